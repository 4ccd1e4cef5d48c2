"""Posts and accounts that are to go: the ladder, the brake, the letters, where to report. Pure."""
