"""Cameras and tablets, their loans, and what was confiscated (clauses P.ii, P.ix, A.3 to A.5)."""
