"""What can be done about a case."""
