"""Trials that need real commits: each runs in a process with a folder of its own."""
