"""What keeps its order among words from right to left."""

from django.utils import translation


def in_order(number: str) -> str:
    """A telephone number whose groups would else change places in such a language."""
    return f"\u2066{number}\u2069" if translation.get_language_bidi() else number
