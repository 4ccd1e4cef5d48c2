"""What can be done with accounts of ours, and with those that are not."""
