"""What reporters are owed: on time, by whom, and whether it was of use to them."""
