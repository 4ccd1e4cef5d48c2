"""Pages about purposes and agreements."""
