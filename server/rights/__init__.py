"""The rights of who was written about: find, show, put right, erase, object, and be told."""
