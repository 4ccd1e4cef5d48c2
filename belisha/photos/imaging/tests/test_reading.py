"""Whatever arrives is read as a person would see it, or refused in words."""

import io
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from PIL import Image

from belisha.photos.imaging.reading import read
from belisha.photos.imaging.unreadable import MAX_BYTES, Unreadable

from . import making

SCENE = np.asarray(making.scene()).astype(int)


def apart(pixels: np.ndarray, other: np.ndarray = SCENE) -> float:
    assert pixels.shape == other.shape
    return float(np.abs(pixels.astype(int) - other).mean())


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.sentence.endswith(".")
    return refusal.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_read_whatever_its_kind(kind):
    picture = read(making.saved(making.scene(), kind))
    assert (picture.width, picture.height) == (96, 64)
    assert apart(picture.pixels) < 4
    assert picture.removed == ()
    assert picture.taken_at is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(kind, orientation):
    upright = making.scene()
    lying = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    for turn in lying.get(orientation, []):
        upright = upright.transpose(turn)
    picture = read(making.saved(upright, kind, exif=making.exif(orientation)))
    assert apart(picture.pixels) < 4


def test_the_time_is_kept_with_the_offset_that_the_camera_knew():
    taken = datetime(2026, 6, 30, 9, 15, tzinfo=timezone(timedelta(hours=1)))
    assert read(making.talkative_jpeg()).taken_at == taken
    assert read(making.talkative_png()).taken_at == taken


def test_a_time_without_offset_stays_without():
    exif = Image.Exif()
    exif[0x8769] = {0x9003: "2026:06:30 09:15:00"}
    taken_at = read(making.saved(making.scene(), exif=exif)).taken_at
    assert taken_at == datetime.fromisoformat("2026-06-30T09:15:00")


@pytest.mark.parametrize("clock", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday"])
def test_a_clock_that_was_never_set_is_no_time(clock):
    exif = Image.Exif()
    exif[0x8769] = {0x9003: clock}
    assert read(making.saved(making.scene(), exif=exif)).taken_at is None


def test_what_was_there_beside_the_pixels_is_named():
    assert read(making.talkative_jpeg()).removed == (
        "comment",
        "exif",
        "gps",
        "icc",
        "iptc",
        "maker-note",
        "mpf",
        "other",
        "thumbnail",
        "trailer",
        "xmp",
    )
    assert {"exif", "gps", "icc", "other", "text", "time", "trailer", "xmp"} <= set(
        read(making.talkative_png()).removed
    )
    assert {"exif", "gps", "trailer", "xmp"} <= set(read(making.talkative_webp()).removed)


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_broken_exif_block_does_not_lose_the_picture(cut):
    whole = making.exif()
    broken = whole[:10] + bytes(reversed(whole[10 : 10 + cut])) + whole[10 + cut :]
    plain = making.saved(making.scene())
    picture = read(plain[:2] + making.segment(0xE1, broken) + plain[2:])
    assert "exif" in picture.removed


def test_a_wide_gamut_picture_is_converted_and_not_only_stripped():
    wide = making.vips(making.scene()).icc_transform("p3")
    assert apart(wide.numpy()) > 5, "the stored numbers differ from sRGB, or nothing is shown"
    assert apart(read(wide.jpegsave_buffer(Q=95)).pixels) < 4
    assert apart(read(wide.pngsave_buffer()).pixels) < 2


def test_a_profile_that_does_not_fit_is_as_good_as_none():
    cmyk = making.vips(making.scene()).icc_transform("cmyk").get("icc-profile-data")
    for profile in (b"rubbish", cmyk):
        picture = read(making.saved(making.scene(), "PNG", icc_profile=profile))
        assert apart(picture.pixels) < 1


def test_cmyk_is_read_with_and_without_its_profile():
    printed = making.vips(making.scene()).icc_transform("cmyk")
    for keep in ("icc", "none"):
        picture = read(printed.jpegsave_buffer(Q=95, keep=keep))
        assert apart(picture.pixels) < 25, "the gamut of print is smaller, no more"


@pytest.mark.parametrize("profile", [False, True])
@pytest.mark.parametrize("alpha", [False, True])
def test_sixteen_bits_become_eight(alpha, profile):
    image = making.vips(making.scene())
    if profile:
        image = image.icc_transform("p3", depth=16)
    else:
        image = image.colourspace("rgb16")
    if alpha:
        image = image.bandjoin(65535)
    assert apart(read(image.pngsave_buffer(bitdepth=16)).pixels) < 2


@pytest.mark.parametrize("profile", [False, True])
@pytest.mark.parametrize("deep", [False, True])
def test_what_is_transparent_becomes_white(deep, profile):
    image = making.vips(making.scene())
    if profile:
        image = image.icc_transform("p3", depth=16 if deep else 8)
    elif deep:
        image = image.colourspace("rgb16")
    pixels = read(image.bandjoin(0).pngsave_buffer(bitdepth=16 if deep else 8)).pixels
    assert pixels.min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_grey_and_palette_pictures_are_read_in_colour(mode):
    grey = making.scene().convert("L")
    if mode == "I;16":
        image = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    else:
        image = grey.convert(mode)
    read_back = read(making.saved(image, "PNG")).pixels
    assert read_back.shape == (64, 96, 3)
    if mode != "1":
        assert apart(read_back, np.asarray(grey.convert("RGB")).astype(int)) < 1


def test_a_photograph_with_others_behind_it_gives_the_first():
    made = io.BytesIO()
    making.scene().save(made, "MPO", save_all=True, append_images=[making.scene().rotate(180)])
    assert apart(read(made.getvalue()).pixels) < 4


def test_an_empty_file_is_refused():
    assert refused(b"").code == "empty"


def test_a_file_of_too_many_bytes_is_refused():
    assert refused(making.saved(making.scene()) + b"\0" * MAX_BYTES).code == "too-large"


@pytest.mark.parametrize("claims", [making.png_that_claims, making.jpeg_that_claims])
@pytest.mark.parametrize("size", [(28_777, 28_786), (20_001, 2), (2, 20_001), (10_001, 10_000)])
def test_a_header_that_claims_too_much_is_refused_before_decoding(claims, size):
    refusal = refused(claims(*size))
    assert refusal.code == "too-many-pixels"
    assert f"{size[0]:,} by {size[1]:,}" in refusal.sentence


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    assert refused(making.moving(kind)).code == "animated"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9])
def test_a_truncated_picture_is_refused_and_never_half_grey(kind, part, capfd):
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), np.uint8)
    whole = making.saved(Image.fromarray(noise), kind)
    assert refused(whole[: int(len(whole) * part)]).code == "damaged"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%rest", "a PDF document"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b"<!DOCTYPE html><html><body>", "a web page"),
        (b"PK\x03\x04rest", "a zip file"),
        (making.saved(making.scene(), "GIF"), "a GIF"),
        (making.saved(making.scene(), "TIFF"), "a TIFF"),
        (making.saved(making.scene(), "BMP"), "a BMP"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf", "an AVIF"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isom", "a video"),
        (b"RIFF\x10\0\0\0AVI LIST", "a sound or a video"),
        (b"hello", "some other kind of file"),
    ],
)
def test_what_is_no_picture_is_named_and_told_what_to_do(data, said):
    refusal = refused(data)
    assert refusal.code == "not-a-picture"
    assert said in refusal.sentence
    assert "JPEG" in refusal.sentence
