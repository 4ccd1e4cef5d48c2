"""Occasions, their notice and spoken reminder; visitors (clauses P.v, P.vii)."""
