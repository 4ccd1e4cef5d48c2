"""What can be done about purposes, agreements and signatures."""

from belisha.policy.actions.purposes import change

__all__ = ["change"]
