"""A device taken from a pupil, from the hand it was in to the hand that takes it back (A.3 to A.5)."""
