"""What may be typed in about people."""
