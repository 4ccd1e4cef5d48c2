"""The pictures of the Robins, for tests of what is given of them."""

from belisha.photos.tests.conftest import robins, settled

__all__ = ["robins", "settled"]
