"""Invented people, drawn as SVG: a head is 200 units high and its centre lies at 0, 0."""
# ruff: noqa: E501, S311 - an outline is clearer whole; chance only places curls

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, sin


@dataclass(frozen=True)
class Child:
    first: str
    surname: str
    skin: str
    hair: str
    style: str
    eyes: str = "#4a2f1d"
    glasses: bool = False
    freckles: bool = False
    jumper: str = "#2C7D8C"
    grown_up: bool = False


@dataclass(frozen=True)
class Pose:
    """Where a child stands: ``x``, ``y`` the middle of the head and ``h`` its height in pixels.

    ``turn`` runs from -1 (to our left) to 1, ``tilt`` is in degrees. ``hands`` are where the
    hands go, in head units. ``view`` is front, side or back. ``spin`` turns the whole child.
    """

    who: str
    x: float
    y: float
    h: float
    turn: float = 0
    tilt: float = 0
    mouth: str = "smile"
    look: float = 0
    hands: Sequence[tuple[float, float]] = ()
    view: str = "front"
    spin: float = 0


CAST = {
    c.first: c
    for c in (
        Child("Amara", "Lollipop", "#7a4a2f", "#1d1513", "puffs"),
        Child("Leo", "Kerbstone", "#f3c6a5", "#b5602a", "short", "#4d7a8c", glasses=True),
        Child("Zofia", "Zebrano", "#f1c9a8", "#dcb566", "long", "#4a7396"),
        Child("Yusuf", "Islandway", "#c98f62", "#2a1a14", "crop"),
        Child("Maisie", "Testerby", "#eab78f", "#5d3820", "bunches", "#5b6b3c"),
        Child("Malik", "Wayfinder", "#5f3823", "#15100f", "shaved"),
        Child("Tilly", "Crossley-Sample", "#f4cfb2", "#7a4a28", "bob", "#5a4030"),
        Child("Idris", "Footbridge", "#8f5a38", "#1a1412", "curls"),
        Child("Ottoline", "Pavement", "#f0c4a2", "#8d3f1f", "plaits", "#4f6f4a"),
        Child("Bram", "Signpost", "#f3c9a9", "#c9a05a", "tousled", "#47708f"),
        Child("Priya", "Greenlight", "#b97b50", "#1c1413", "long"),
        Child("Kit", "Handrail", "#e6b28a", "#3d2718", "bob"),
        Child("Saoirse", "Milestone", "#f7d3b9", "#c8662a", "curls", "#4b7d6b", freckles=True),
        Child("Dov", "Bollard", "#e9bc97", "#33221a", "tousled", glasses=True),
        Child("Safiya", "Turnstile", "#b5774c", "#d9a441", "scarf"),
        Child("Miss Raman", "", "#ad7047", "#211614", "bun", jumper="#8c3b4a", grown_up=True),
    )
}


def mix(a: str, b: str, t: float) -> str:
    """The colour ``t`` of the way from ``a`` to ``b``."""
    pairs = zip((a[1:3], a[3:5], a[5:7]), (b[1:3], b[3:5], b[5:7]), strict=True)
    return "#" + "".join(f"{round(int(p, 16) * (1 - t) + int(q, 16) * t):02x}" for p, q in pairs)


def soft(shape: str, blur: float, opacity: float = 1) -> str:
    return f'<g filter="url(#b{blur:g})" opacity="{opacity}">{shape}</g>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" {more}/>'


def path(d: str, fill: str = "none", more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def line(d: str, colour: str, width: float, more: str = "") -> str:
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return path(d, "none", f'stroke="{colour}" stroke-width="{width}" {ends} {more}')


def face(child: Child, pose: Pose, uid: str) -> str:
    """The bare face with its light from above left, turned like a globe by ``pose.turn``."""
    skin, t = child.skin, pose.turn
    dark, light = mix(skin, "#4a1a10", 0.4), mix(skin, "#fff1dc", 0.3)

    def put(x: float, out: float = 0) -> tuple[float, float]:
        """Where a feature at ``x`` goes and how narrow it looks."""
        turned = asin(x / 80) + t * 0.62
        return 80 * sin(turned) + t * out, max(0.25, cos(turned))

    s = [
        f'<defs><radialGradient id="f{uid}" cx="{0.44 + t * 0.16}" cy=".5" r=".66">'
        f'<stop offset="0" stop-color="{light}"/><stop offset=".55" stop-color="{skin}"/>'
        f'<stop offset="1" stop-color="{mix(skin, dark, 0.6)}"/></radialGradient></defs>'
    ]
    for side in (-1, 1):
        if side * t < 0.45 and child.style not in ("long", "bob", "scarf"):
            s.append(ellipse(side * 75 - t * 16, 20, 13, 19, mix(skin, dark, 0.2)))
            s.append(ellipse(side * 76 - t * 16, 21, 7, 11, mix(skin, dark, 0.55)))
    chin, jaw = (104, 46) if child.grown_up else (96, 54)
    s.append(
        path(
            f"M-74,-15C-78,-74-46,-101 0,-101C46,-101 78,-74 74,-15C76,24 72,44 {jaw},{chin - 26}"
            f"C{jaw - 16},{chin - 8} 20,{chin} {t * 8},{chin}C-20,{chin}{16 - jaw},{chin - 8}{-jaw},{chin - 26}"
            f"C-72,44-76,24-74,-15Z",
            f"url(#f{uid})",
        )
    )
    for side in (-1, 1):  # cheeks and eye sockets
        x, w = put(side * 44)
        s.append(
            soft(
                ellipse(x * 0.96, 47, 16 * w, 12, mix(skin, "#e0483c", 0.55)), 6, round(w * 0.55, 2)
            )
        )
        x, w = put(side * 33)
        s.append(soft(ellipse(x, 8, 23 * w, 15, dark), 5, 0.28))
    nose, _ = put(0, 12)
    root, _ = put(0, 3)
    bridge = f"M{root - 8},4L{nose - 13},42Q{nose},50 {nose + 13},42L{root + 8},4Z"
    s.append(soft(path(bridge, dark), 5, 0.2))
    s.append(soft(line(f"M{root - 1},8L{nose - 2},34", light, 7), 3, 0.6))
    s.append(soft(ellipse(nose, 45, 13, 5, dark), 2, 0.55))
    s.append(ellipse(nose, 39, 11, 8, mix(skin, "#d8604a", 0.16)))
    s.append(soft(ellipse(nose - 3, 36, 4, 3, light), 2, 0.9))
    for side in (-1, 1):
        s.append(
            soft(ellipse(nose + side * 5.5 + t * 2, 44.5, 2.8, 1.7, mix(dark, "#200808", 0.4)), 1)
        )
        s.append(eye(child, pose, *put(side * 33), side))
    s.append(mouth(pose, *put(0, 6), skin, dark))
    if child.freckles:
        for i, x in enumerate((-52, -45, -37, -30, -21, 21, 29, 36, 44, 51, -12, 12)):
            s.append(ellipse(put(x)[0], 38 + (i * 7) % 12, 1.9, 1.6, "#b0683c", 'opacity=".7"'))
    if child.glasses:
        (a, v), (b, w) = (put(side * 33) for side in (-1, 1))
        rim = 'fill-opacity=".14" stroke="#2b2f38" stroke-width="4.500"'
        s += [
            ellipse(a, 13, 27 * v, 25, "#ffffff", rim),
            ellipse(b, 13, 27 * w, 25, "#ffffff", rim),
        ]
        s.append(line(f"M{a + 27 * v},10Q{(a + b) / 2},4 {b - 27 * w},10", "#2b2f38", 4.5))
    return "".join(s)


def eye(child: Child, pose: Pose, x: float, w: float, side: int) -> str:
    brow = mix(child.hair if child.style != "scarf" else "#33221a", "#2a1710", 0.3)
    look, wide = x + pose.look * 5 + pose.turn * 2, max(w, 0.7)
    lid = f"M{x - 17 * w},{14 + side}Q{x - 11 * w},0 {x},0Q{x + 11 * w},0 {x + 17 * w},{14 - side}"
    brows = f"M{x - 18 * w},{-14 + 3 * (side < 0)}Q{x - 2 * side},-25 {x + 18 * w},{-14 + 3 * (side > 0)}"
    white = f"M{x - 16 * w},14Q{x - 11 * w},0 {x},0Q{x + 11 * w},0 {x + 16 * w},14Q{x},31 {x - 16 * w},14Z"
    return "".join(
        (
            path(white, "#fbf8f2"),
            ellipse(look, 11.5, 10.5 * wide, 11.2, mix(child.eyes, "#000000", 0.45)),
            ellipse(look, 12.5, 8.8 * wide, 9.2, child.eyes),
            ellipse(look, 11.5, 5.2, 5.6, "#150d0a"),
            ellipse(look - 3.5, 7, 3, 3, "#ffffff"),
            ellipse(look + 3, 16, 1.5, 1.5, "#ffffff", 'opacity=".7"'),
            line(lid, mix(brow, "#1c0d08", 0.65), 3.6),
            line(brows, brow, 4.6, 'opacity=".8"'),
        )
    )


def mouth(pose: Pose, x: float, w: float, skin: str, dark: str) -> str:
    a, b, lips = x - 27 * w, x + 27 * w, mix(skin, "#b8413f", 0.45)
    under = soft(ellipse(x, 83, 13, 3, dark), 3, 0.35)
    corners = "".join(soft(ellipse(c, 62, 4, 4, dark), 2, 0.4) for c in (a - 2, b + 2))
    if pose.mouth == "grin":
        gap = f"M{a},60Q{x},67 {b},60Q{x + 17},83 {x},83Q{x - 17},83 {a},60Z"
        teeth = f"M{a + 4},62Q{x},68 {b - 4},62Q{x + 15},74 {x},74Q{x - 15},74 {a + 4},62Z"
        tongue = soft(ellipse(x, 79, 10, 3, "#d8686a"), 1)
        return (
            under
            + corners
            + path(gap, "#74252a")
            + tongue
            + path(teeth, "#fdfaf4")
            + line(gap, lips, 2.4)
        )
    if pose.mouth == "oh":
        return under + ellipse(x, 70, 11 * w, 12, lips) + ellipse(x, 70, 7.5 * w, 8.5, "#6a2226")
    lower = f"M{a + 6},65Q{x},73 {b - 6},65Q{x + 10},77 {x},77Q{x - 10},77 {a + 6},65Z"
    return (
        under
        + corners
        + path(lower, lips)
        + line(f"M{a},61Q{x},75 {b},61", mix(dark, "#5a1418", 0.5), 2.8)
    )


def hair(child: Child, t: float, uid: str) -> tuple[str, str]:
    """What lies behind the head and what lies before it."""
    h = child.hair
    lo, hi = mix(h, "#000000", 0.35), mix(h, "#ffe2b0", 0.28)
    grad = (
        f'<defs><linearGradient id="h{uid}" x1=".2" y1="0" x2=".7" y2="1"><stop offset="0" stop-color="{hi}"/>'
        f'<stop offset=".35" stop-color="{h}"/><stop offset="1" stop-color="{lo}"/></linearGradient></defs>'
    )
    fill = f"url(#h{uid})"
    k = t * 14
    shade = soft(
        path("M-66,-30C-50,-52 50,-52 66,-30L62,-70L-62,-70Z", mix(child.skin, "#3a1410", 0.6)),
        5,
        0.45,
    )
    cap = "M-77,6C-98,-84-50,-120 0,-120C50,-120 98,-84 77,6"
    fringe = {
        "short": "C70,-20 66,-36 52,-50C20,-44-14,-46-38,-62C-54,-50-66,-26-77,6Z",
        "crop": "C70,-22 64,-40 54,-52C20,-62-20,-62-54,-52C-64,-40-70,-22-77,6Z",
        "shaved": "C71,-22 66,-44 56,-58C20,-72-20,-72-56,-58C-66,-44-71,-22-77,6Z",
        "bob": "C72,-14 66,-26 60,-34C30,-24-30,-24-60,-34C-66,-26-72,-14-77,6Z",
        "tousled": "C70,-18 66,-30 58,-42L44,-30L34,-46L14,-30L2,-48L-20,-30L-30,-48L-50,-28L-58,-40C-66,-30-70,-18-77,6Z",
        "bunches": f"C66,-34 40,-58 {k},-76C-40,-58-66,-34-77,6Z",
    }
    d = fringe.get(child.style, f"C70,-30 46,-60 {k - 14},-82C-46,-60-70,-30-77,6Z")
    back, front = "", shade + path(cap + d, fill)
    shine = soft(line("M-56,-66Q-34,-98 4,-100", mix(h, "#fff0d0", 0.45), 12), 6, 0.4)
    if child.style == "long":
        back = path(
            "M-80,-20C-100,60-96,130-84,176L84,176C96,130 100,60 80,-20C70,-120-70,-120-80,-20Z",
            fill,
        )
        for m in (-1, 1):
            lock = f"M{m * 66},-58C{m * 100},-20 {m * 102},110 {m * 80},176C{m * 56},130 {m * 84},40 {m * 66},-58Z"
            front += path(lock, fill)
    elif child.style == "bob":
        back = path(
            "M-80,-20C-98,30-96,80-78,104L78,104C96,80 98,30 80,-20C70,-120-70,-120-80,-20Z", fill
        )
        for m in (-1, 1):
            lock = f"M{m * 62},-56C{m * 98},-20 {m * 104},60 {m * 74},104C{m * 50},80 {m * 76},40 {m * 62},-56Z"
            front += path(lock, fill)
    elif child.style == "bunches":
        for side in (-1, 1):
            back += path(
                f"M{side * 64},-50C{side * 140},-80 {side * 140},40 {side * 108},72C{side * 84},40 {side * 70},10 {side * 64},-50Z",
                fill,
            )
            back += ellipse(side * 76, -38, 12, 12, "#e2583e")
    elif child.style == "plaits":
        for side in (-1, 1):
            for i in range(5):
                back += ellipse(
                    side * (82 + i * 2), 34 + i * 27, 17 - i, 19, mix(h, lo, 0.2 * (i % 2))
                )
            back += ellipse(side * 92, 160, 11, 9, "#ffb000")
    elif child.style in ("curls", "puffs"):
        r = random.Random(child.first)
        ring = [(asin(1) * 2 * i / 11) for i in range(-2, 14)]
        for a in ring:
            size = 26 + r.random() * 8
            back += ellipse(-86 * cos(a), 0 - 84 * sin(a), size, size, mix(h, lo, r.random() * 0.5))
        for i in range(9):
            a = 0.25 + i * 0.33
            front += ellipse(-66 * cos(a), -14 - 70 * sin(a), 17, 16, mix(h, hi, r.random() * 0.45))
        if child.style == "puffs":
            for side in (-1, 1):
                back += ellipse(side * 84, -82, 48, 46, fill) + ellipse(
                    side * 62, -68, 14, 14, "#ffb000"
                )
    elif child.style == "bun":
        back = ellipse(0, -122, 40, 34, fill)
    elif child.style == "scarf":
        back = path(
            "M-88,-10C-100,90-90,140-110,190L110,190C90,140 100,90 88,-10C80,-130-80,-130-88,-10Z",
            fill,
        )
        front = shade + path(
            "M-60,20C-66,-50-40,-74 0,-74C40,-74 66,-50 60,20C58,60 30,98 0,102C-30,98-58,60-60,20Z"
            "M-90,0C-96,70-80,130-60,168L60,168C80,130 96,70 90,0C88,-84 56,-120 0,-120C-56,-120-88,-84-90,0Z",
            fill,
            'fill-rule="evenodd"',
        )
        front += line("M-66,96Q0,150 70,84", lo, 3, 'opacity=".6"') + line(
            "M-76,120Q0,170 60,120", lo, 3, 'opacity=".4"'
        )
        front += line("M-62,0C-66,-56-36,-77 0,-77C36,-77 66,-56 62,0", lo, 4, 'opacity=".5"')
    return grad + back, front + shine


def side_or_back(child: Child, pose: Pose) -> str:
    """A head seen from the side (facing right, or left when ``turn`` is below 0) or from behind."""
    skin, h = child.skin, child.hair
    lo = mix(h, "#000000", 0.35)
    if pose.view == "back":
        end = {"long": 190, "bob": 112}.get(child.style, 96)
        ears = "".join(ellipse(x, 20, 12, 18, mix(skin, "#4a1a10", 0.2)) for x in (-76, 76))
        cap = f"M-79,10C-98,-84-50,-120 0,-120C50,-120 98,-84 79,10C82,70 {end * 0.5},{end} 0,{end}"
        strands = (f"M{x},-96Q{x * 1.7},-20 {x * 1.1},{end - 22}" for x in (-44, -22, 0, 22, 44))
        return (
            ears
            + path(cap + f"C{-end * 0.5},{end}-82,70-79,10Z", h)
            + "".join(line(d, lo, 4, 'opacity=".4"') for d in strands)
            + soft(line("M-56,-60Q-34,-94 4,-98", mix(h, "#fff0d0", 0.45), 12), 6, 0.35)
        )
    dark = mix(skin, "#4a1a10", 0.4)
    shape = (
        "M-56,74C-92,20-88,-104 2,-104C62,-104 80,-62 78,-22C78,-8 74,-2 76,8C80,20 92,28 91,36"
        "C90,43 80,42 79,46C84,50 86,56 81,60C84,66 79,71 75,73C76,90 58,98 34,95C10,91-18,100-56,74Z"
    )
    s = path(shape, skin) + soft(ellipse(36, 52, 19, 15, mix(skin, "#e0483c", 0.55)), 6, 0.5)
    s += soft(ellipse(84, 42, 9, 4, dark), 2, 0.4) + soft(ellipse(56, 10, 17, 16, dark), 5, 0.2)
    s += path("M40,16Q50,-2 66,0Q70,12 66,24Q52,28 40,16Z", "#fbf8f2")
    s += ellipse(61, 12, 6.5, 11, child.eyes) + ellipse(63, 12, 4, 6.5, "#150d0a")
    s += ellipse(62, 7, 2.4, 2.8, "#ffffff")
    s += line("M38,14Q48,-4 68,-1", mix(h, "#1c0d08", 0.65), 3.6)
    s += line("M38,-18Q52,-30 68,-20", mix(h, "#2a1710", 0.3), 4.6)
    s += line("M56,60Q66,70 80,61", mix(dark, "#5a1418", 0.5), 2.8)
    s += path(
        "M-56,78C-106,30-98,-122 2,-122C60,-122 92,-86 80,-40C60,-62 36,-70 22,-52"
        "C6,-30 6,-8-2,12C-18,50-34,74-56,78Z",
        h,
    )
    s += soft(line("M-50,-70Q-26,-100 14,-102", mix(h, "#fff0d0", 0.45), 12), 6, 0.4)
    s += ellipse(-6, 24, 13, 19, mix(skin, dark, 0.2)) + ellipse(
        -5, 25, 7, 11, mix(skin, dark, 0.5)
    )
    if child.style in ("long", "bob"):  # falls forward, over the cheek
        s += path("M-20,-70C40,-60 58,20 46,112C10,124-50,124-84,104C-104,20-80,-60-20,-70Z", h)
        s += "".join(
            line(f"M{x},-40q{x / 3 + 14},60 4,140", lo, 4, 'opacity=".4"')
            for x in (-50, -26, 0, 20)
        )
    if child.style == "plaits":
        s += "".join(
            ellipse(-46 - i * 3, 74 + i * 26, 17 - i, 19, mix(h, lo, 0.2 * (i % 2)))
            for i in range(5)
        )
    return f'<g transform="scale({-1 if pose.turn < 0 else 1} 1)">{s}</g>'


def body(child: Child, pose: Pose) -> str:
    """Legs, torso, collar and neck; arms come later, before whatever stands in front."""
    cloth, skin = child.jumper, child.skin
    lo, neck = mix(cloth, "#0c1c24", 0.3), mix(skin, "#4a1a10", 0.3)
    s = ""
    for x in (-32, 32):
        s += line(f"M{x},380L{x * 1.1},590", mix("#3c4250", "#000000", 0.1 * (x > 0)), 46)
        shoe = f"M{x * 1.1 - 24},612q-2,-32 24,-32q36,8 34,32Z"
        s += path(shoe, "#22252b")
    s += path("M-92,410L-88,190C-88,146-52,132-26,122L26,122C52,132 88,146 88,190L92,410Z", cloth)
    s += soft(path("M30,140C70,150 84,190 88,410L56,410C60,300 54,200 30,140Z", lo), 8, 0.6)
    s += path("M-25,60L-25,126Q0,146 25,126L25,60Z", neck)
    if child.grown_up:
        return s + line("M-26,124Q0,176 26,124", "#f0c96a", 4)
    s += path("M-27,116L-46,132L-18,160L0,138Z", "#ffffff") + path(
        "M27,116L46,132L18,160L0,138Z", "#f1ede4"
    )
    return s + line("M-82,404L82,404", lo, 10, 'opacity=".5"')


def arms(child: Child, pose: Pose) -> str:
    s, lo = "", mix(child.jumper, "#0c1c24", 0.16)
    for m, (x, y) in zip((-1, 1), pose.hands or ((-112, 330), (112, 330)), strict=True):
        bend = (m * 128, (168 + y) / 2 + 26)
        s += line(f"M{m * 72},170Q{bend[0]},{bend[1]} {x},{y}", lo, 42)
        s += line(f"M{m * 72},170Q{bend[0]},{bend[1]} {x},{y}", child.jumper, 36)
        s += ellipse(x, y + 12, 19, 21, child.skin) + line(
            f"M{x - 15},{y + 1}L{x + 15},{y + 1}", "#ffffff", 6
        )
    return s


def figure(pose: Pose, uid: str) -> str:
    child, behind = CAST[pose.who], ""
    if pose.view == "front":
        behind, before = hair(child, pose.turn, uid)
        behind = f'<g transform="rotate({pose.tilt})">{behind}</g>'
        head = face(child, pose, uid) + before
    else:
        head = side_or_back(child, pose)
    shadow = soft(ellipse(0, 98, 25, 11, mix(child.skin, "#2a0c08", 0.6)), 3, 0.6)
    return (
        f'<g transform="translate({pose.x} {pose.y}) rotate({pose.spin}) scale({pose.h / 200})">{behind}'
        f'<g transform="translate(0 -14)">{body(child, pose)}{shadow}{arms(child, pose)}</g>'
        f'<g transform="rotate({pose.tilt})">{head}</g></g>'
    )
