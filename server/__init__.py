"""The server of Signaalkaart: receives sealed observations, shows them to the desk, gives feedback back."""
