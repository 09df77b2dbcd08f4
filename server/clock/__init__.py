"""The process that does things on time, the record of what it did, and what time is believed."""
