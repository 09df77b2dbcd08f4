"""What reached the desk another way: a call, a letter, a talk, the police, the anonymous line."""
