"""The one engine of this process: it reads pictures in a child with limits and without secrets."""

from functools import cache

from belisha.photos.imaging.engine import Engine


@cache
def engine() -> Engine:
    """The engine, started when it is first needed."""
    return Engine()
