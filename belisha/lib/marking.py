"""Words that stand where no Django is known, marked so that `make messages` finds them."""


def marked(words: str) -> str:
    """Return the words as they are; imported as ``_``, it marks them. Who shows them translates."""
    return words
