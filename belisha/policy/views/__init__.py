"""Pages about purposes, agreements, and how parents are told."""
