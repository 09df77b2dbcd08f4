"""Words that may be somebody's name: found in a text, and letters put in their place."""
