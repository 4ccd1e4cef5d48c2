"""The rules of working on a case. Pure: no query, no clock, no request."""
