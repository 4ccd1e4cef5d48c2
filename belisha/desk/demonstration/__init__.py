"""The demonstration school: plainly invented people, drawn pictures, the real ways of Belisha."""

from belisha.desk.demonstration.load import NotADemonstration, load
from belisha.desk.demonstration.passes import passes

__all__ = ["NotADemonstration", "load", "passes"]
