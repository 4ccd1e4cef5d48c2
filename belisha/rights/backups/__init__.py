"""Backups made while the school is at work, and restored without losing what was said since."""
