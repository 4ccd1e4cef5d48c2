"""What may be typed in about events and visitors."""
