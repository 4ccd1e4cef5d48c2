"""What a person is told when a file cannot be taken as a photograph, or as pages of a PDF."""

MAX_BYTES = 60 * 1024 * 1024
MAX_BYTES_OF_PAPER = 20 * 1024 * 1024


class Unreadable(Exception):
    """A file that will not be read: a code for programs, a plain sentence for the person.

    Codes: empty, too-large, too-many-pixels, too-many-pages, damaged, animated, not-a-picture,
    too-hard.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def weigh(size: int) -> None:
    """Refuse what is too little or too much (bytes) before anything looks inside."""
    if not size:
        raise Unreadable("empty", "This file is empty. Copy it from the camera again.")
    if size > MAX_BYTES:
        raise Unreadable(
            "too-large",
            f"This file is larger than {MAX_BYTES // 1024 // 1024} MB. Save a smaller copy as a "
            "JPEG and add that.",
        )


def weigh_paper(size: int) -> None:
    """The same for a PDF, of which many times its size is held while it is drawn."""
    if size > MAX_BYTES_OF_PAPER:
        raise Unreadable(
            "too-large",
            f"This PDF is larger than {MAX_BYTES_OF_PAPER // 1024 // 1024} MB. Add screenshots of "
            "its pages.",
        )


def too_hard() -> Unreadable:
    """For a picture that ran into the limits of the process that opened it."""
    return Unreadable(
        "too-hard",
        "This picture took too much time or memory to open. Save it again as a JPEG and add that.",
    )


def locked() -> Unreadable:
    """For a PDF, or a page of it, that does not open."""
    return Unreadable(
        "damaged",
        "This PDF does not open here. It is locked or damaged. Add screenshots of its pages.",
    )


def page_too_hard() -> Unreadable:
    """For a PDF that ran into the limits of the process that opened it."""
    return Unreadable(
        "too-hard",
        "This PDF took too much time or memory to open. Add screenshots of its pages.",
    )
