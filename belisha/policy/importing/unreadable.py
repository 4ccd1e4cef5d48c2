"""The one error of reading a document."""


class Unreadable(ValueError):
    """The file cannot be read as a document; its text says so to whoever sent it."""
