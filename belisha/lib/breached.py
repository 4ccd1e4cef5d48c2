"""Known passwords: a list that is shipped, and lists that an operator has.

Where the shipped list comes from: collections of real breached passwords could only be downloaded,
so none of them is in it. It holds what a person makes of a known short password when a system asks
for fifteen letters: the 19,640 passwords that Django ships, which come from breaches, doubled and
tripled, followed by years and runs of digits, two of the most used ones together; and walks over
the keyboard. `variations` is the whole recipe, and `python -m belisha.lib.breached` writes the
file anew. A school that wants more names a file of its own in BELISHA_BREACHED.

The shipped file holds the first five bytes of SHA-1 hashes, sorted: a password that is on no list
is taken for one about once in three million times.
"""

import gzip
import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product
from pathlib import Path

SHIPPED = Path(__file__).with_name("breached.sha1-5")
WIDTH = 5  # bytes of a hash in the shipped file
LEAST, MOST = 15, 40  # letters of a password on the shipped list
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
TAILS = ("123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890")
YEARS = tuple(str(year) for year in range(1980, 2031))


def is_in_shipped(password: str) -> bool:
    """Whether the shipped list has it, in whatever letter case."""
    wanted = _short_hash(password.casefold())
    hashes = _shipped()
    low, high = 0, len(hashes) // WIDTH
    while low < high:
        middle = (low + high) // 2
        if hashes[middle * WIDTH : (middle + 1) * WIDTH] < wanted:
            low = middle + 1
        else:
            high = middle
    return hashes[low * WIDTH : (low + 1) * WIDTH] == wanted


def is_in_hashes(password: str, file: Path) -> bool:
    """Whether a file of SHA-1 hashes has it: one a line, hexadecimal, sorted; `:count` may follow.

    It is searched on the disk, so it may be of any size. Raises `OSError` when it cannot be read.
    """
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, 2)
        while low < high:  # the first line at or after a byte between them
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline()
            line = lines.readline()
            if line and line[:40].upper() < digest:
                low = middle + 1
            else:
                high = middle
        lines.seek(low)
        if low:
            lines.readline()
        return lines.readline()[:40].upper() == digest


def hashes_of(passwords: Iterable[str]) -> Iterator[str]:
    """The lines of a file for `is_in_hashes`, from passwords in clear."""
    found = {
        hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        for password in passwords
    }
    yield from sorted(found)


def variations(words: list[str]) -> Iterator[str]:
    """What people make of known passwords to reach fifteen letters; the best known come first."""
    for word in words:
        yield word
        yield from (word * times for times in (2, 3, 4, 5))
        yield from (f"{word}{word}{tail}" for tail in ("1", "12", "123", "!"))
        yield from (f"{word}{tail}" for tail in TAILS)
    for word, year in product(words, YEARS):
        yield f"{word}{year}"
        yield f"{word}{year}!"
    common = list(islice((word for word in words if len(word) >= 6), 300))
    for one, other in product(common, common):
        yield one + other
    for first, second in product(ROWS, ROWS):
        for row in (first + second, first[::-1] + second[::-1], first + second[::-1]):
            yield from (row[:length] for length in range(LEAST, len(row) + 1))
    columns = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm")
    for start in range(len(columns)):
        walk = "".join(columns[start:])
        yield from (walk[:length] for length in range(LEAST, len(walk) + 1))
    for mark in "abcdefghijklmnopqrstuvwxyz0123456789":
        yield from (mark * length for length in range(LEAST, MOST + 1))


def write(file: Path, words: list[str]) -> None:
    """Write the shipped file, from the words that Django ships."""
    long = {word for word in variations(words) if LEAST <= len(word) <= MOST}
    file.write_bytes(b"".join(sorted({_short_hash(word) for word in long})))


def djangos_words() -> list[str]:
    import django.contrib.auth

    file = Path(django.contrib.auth.__file__).with_name("common-passwords.txt.gz")
    return gzip.decompress(file.read_bytes()).decode().split()


@cache
def _shipped() -> bytes:
    return SHIPPED.read_bytes()


def _short_hash(password: str) -> bytes:
    return hashlib.sha1(password.encode(), usedforsecurity=False).digest()[:WIDTH]


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED, djangos_words())
