"""Clips: opened in a process of their own, faces followed through them, and safe copies written."""
