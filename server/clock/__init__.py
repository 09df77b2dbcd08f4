"""The process that does things on time, and the record of what it did."""
