"""Concerns and complaints: to the nearest person first, by stages with dates (D.ii, D.vi)."""
