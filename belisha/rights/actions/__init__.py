"""What can be done, by what it is done to."""
