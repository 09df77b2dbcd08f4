"""Who works with the signaalkaart: people, their organisations, devices, invitations and sessions."""
