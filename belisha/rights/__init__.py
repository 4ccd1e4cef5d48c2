"""What the school holds, taken along and brought back: backups, the open archive, figures.

Nothing that a family said no to comes back with a restore, and nothing that was erased.
"""
