"""When the kernteam meets, what it talks about there, and what it found of that."""
