"""Pixels to JPEG, with nothing in the file but the pixels."""

from __future__ import annotations

import numpy as np
import pyvips

from .reading import Pixels

VIEW = 1600
THUMB = 320


def scaled(pixels: Pixels, longest: int) -> Pixels:
    """The picture with its longer side at most `longest` pixels; never made larger."""
    if max(pixels.shape[:2]) <= longest:
        return pixels
    image = _image(pixels).thumbnail_image(longest, height=longest, size="down")
    return np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, 3)


def jpeg(pixels: Pixels, *, quality: int = 82) -> bytes:
    """A baseline JPEG of the pixels: no profile, no EXIF, no comment."""
    return bytes(_image(pixels).jpegsave_buffer(Q=quality, keep="none"))


def _image(pixels: Pixels) -> pyvips.Image:
    height, width, bands = pixels.shape
    image = pyvips.Image.new_from_memory(pixels.data, width, height, bands, "uchar")
    return image.copy(interpretation="srgb")
