"""A sealed file opens whole and with its key, or not at all."""

import os

import pytest

from belisha.lib.sealing import CHUNK, BrokenSeal, SealedFile, SealingWriter

KEY, ABOUT = os.urandom(32), b"a test"


@pytest.fixture
def sealed(tmp_path):
    def sealed(data):
        path = tmp_path / "sealed"
        with path.open("wb") as file:
            writer = SealingWriter(file, KEY, ABOUT)
            writer.write(data[: len(data) // 3])
            writer.write(data[len(data) // 3 :])
            writer.finish()
        return path

    return sealed


@pytest.mark.parametrize("size", [0, 5, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_is_read_from_any_place(sealed, size):
    data = os.urandom(size)
    with SealedFile(sealed(data), KEY, ABOUT) as file:
        assert file.read() == data
        assert file.size == size
        file.seek(size // 2)
        assert file.read() == data[size // 2 :]


@pytest.mark.parametrize("size", [5, CHUNK, 3 * CHUNK])
def test_a_changed_cut_or_swapped_file_does_not_open(sealed, size):
    path = sealed(os.urandom(size))
    whole = path.read_bytes()
    middle = bytearray(whole)
    middle[size // 2 + 7] ^= 1
    first, second = 7 + CHUNK + 16, 7 + 2 * (CHUNK + 16)
    swapped = whole[:7] + whole[first:second] + whole[7:first] + whole[second:]
    others = [swapped] if size > 2 * CHUNK else []
    for wrong in (middle, whole[:-1], whole[: 7 + size // 2], b"", *others):
        path.write_bytes(wrong)
        with pytest.raises(BrokenSeal), SealedFile(path, KEY, ABOUT) as file:
            file.read()
    path.write_bytes(whole)
    with pytest.raises(BrokenSeal):
        SealedFile(path, os.urandom(32), ABOUT)
    with pytest.raises(BrokenSeal):
        SealedFile(path, KEY, b"another use")
