"""What the kernteam works on: cases and their network, decisions, actions and goals."""
