"""Who works with the signaalkaart: people, organisations, devices, invitations and sessions."""
