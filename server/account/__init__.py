"""What is kept of somebody who works with the signaalkaart: take it along, or be removed."""
