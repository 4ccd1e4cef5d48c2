"""Belisha: a safe crossing between a school and the web."""

__version__ = "0.1.0"
