"""Draw the pictures of the demonstration school into its folder, with index.json.

    .venv/bin/python docs/demonstration/draw.py

Every child here is invented: nothing was traced or taken from a photograph. The HEIC picture
is written only where ``heif-enc`` (Debian: libheif-examples) is at hand.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from math import cos, radians, sin
from pathlib import Path

import pyvips
from albums import ALBUMS, Picture
from people import CAST, Pose, figure
from PIL import Image
from scenes import DEFS

OUT = Path(__file__).parents[2] / "belisha" / "desk" / "demonstration" / "pictures"


def render(picture: Picture) -> Image.Image:
    width, height = picture.size
    children = "".join(figure(pose, f"p{i}") for i, pose in enumerate(picture.poses))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f"{DEFS}{picture.back}{children}{picture.front}</svg>"
    )
    pixels = pyvips.Image.svgload_buffer(svg.encode()).flatten().colourspace("srgb")
    return Image.fromarray(pixels.numpy())


def face_box(pose: Pose) -> tuple[float, float, float, float] | None:
    """Forehead to chin and ear to ear: left, top, width, height in pixels; none from behind."""
    if pose.view == "back":
        return None
    k, a = pose.h / 200, radians(pose.tilt + pose.spin)
    middle = 30 * (-1 if pose.turn < 0 else 1) if pose.view == "side" else pose.turn * 8
    x, y = middle * cos(a) - 14 * sin(a), middle * sin(a) + 14 * cos(a)
    return pose.x + (x - 70) * k, pose.y + (y - 86) * k, 140 * k, 172 * k


def camera(picture: Picture, number: int) -> Image.Exif:
    """What a school tablet writes into a picture: time, make, and a place (in the sea)."""
    exif = Image.Exif()
    upright = picture.size[0] > picture.size[1]
    exif.update({0x010F: "Kerbside Optics", 0x0110: "Pelican 3", 0x0112: 1 if upright else 6})
    exif.update({0x0131: "Pelican OS 12.1", 0x0132: picture.taken_at})
    exif.get_ifd(0x8769).update(
        {
            0x9003: picture.taken_at,
            0x9004: picture.taken_at,
            0xA431: "PEL3-000417",
            0xA002: 1600,
            0xA003: 1200,
        }
    )
    exif.get_ifd(0x8825).update(
        {
            1: "N",
            2: (50.0, 0.0, 0.0),
            3: "W",
            4: (3.0, 0.0, float(number)),
            29: picture.taken_at[:10],
        }
    )
    return exif


def write(picture: Picture, folder: Path, number: int) -> None:
    image, target = render(picture), folder / picture.file
    if picture.size[0] < picture.size[1]:  # held upright: the pixels lie on their side
        image = image.transpose(Image.Transpose.ROTATE_90)
    exif = camera(picture, number)
    if target.suffix == ".png":
        image = image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG)
        image.save(target, exif=exif, optimize=True)
    elif target.suffix == ".heic":
        encoder = shutil.which("heif-enc")
        if encoder is None:
            sys.stderr.write(f"{target.name} left as it is: no heif-enc\n")
            return
        with tempfile.NamedTemporaryFile(suffix=".jpg") as plain:
            image.save(plain, "JPEG", exif=exif, quality=97)
            plain.flush()
            command = [encoder, "-q", "60", "-o", target, plain.name]
            subprocess.run(command, check=True)  # noqa: S603 - our own arguments
    else:
        image.save(target, exif=exif, quality=86)


def describe(picture: Picture, album: str) -> dict[str, object]:
    width, height = picture.size
    known = [(p.who, face_box(p)) for p in picture.poses] + [
        ("not-a-face", b) for b in picture.others
    ]
    faces = [
        {
            "who": "adult" if who in CAST and CAST[who].grown_up else key(who),
            "box": [
                round(b[0] / width, 4),
                round(b[1] / height, 4),
                round(b[2] / width, 4),
                round(b[3] / height, 4),
            ],
        }
        for who, b in known
        if b
    ]
    return {
        "file": f"{key(album)}/{picture.file}",
        "album": album,
        "taken_at": picture.taken_at.replace(":", "-", 2).replace(" ", "T"),
        "faces": faces,
    }


def key(name: str) -> str:
    return name.lower().replace(" ", "-")


def main() -> None:
    index: dict[str, object] = {
        "cast": {
            key(c.first): {"first_name": c.first, "last_name": c.surname}
            for c in CAST.values()
            if not c.grown_up
        }
    }
    pictures = []
    for album, drawn in ALBUMS.items():
        folder = OUT / key(album)
        folder.mkdir(parents=True, exist_ok=True)
        for number, picture in enumerate(drawn, 1):
            write(picture, folder, number)
            pictures.append(describe(picture, album))
    index["pictures"] = pictures
    (OUT / "index.json").write_text(json.dumps(index, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
