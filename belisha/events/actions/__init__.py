"""What can be done about events and visitors."""
