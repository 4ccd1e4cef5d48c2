"""A device taken from a pupil, until it is in the hands of the family again (A.3 to A.5)."""
