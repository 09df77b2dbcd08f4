"""The server of Signaalkaart: takes in sealed observations, shows the desk, tells reporters."""
