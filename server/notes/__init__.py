"""What reports led to, told once a quarter to the school, club or team they came from."""
