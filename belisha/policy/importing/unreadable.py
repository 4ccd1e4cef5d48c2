"""The one error of reading a document."""


class Unreadable(ValueError):
    """The file cannot be read as a document. Its text is one sentence or two for whoever sent it."""
