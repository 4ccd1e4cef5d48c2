"""What waits for me. The highest area: it may ask all others."""
