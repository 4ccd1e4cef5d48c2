"""Pages about events and visitors."""
