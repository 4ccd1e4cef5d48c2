"""Rooms, playground and things on tables, drawn as SVG in pixels or around a foot at 0, 0."""
# ruff: noqa: E501, S311 - an outline is clearer whole; chance only colours apples

import random
from math import cos, radians, sin

from people import CAST, ellipse, line, mix, path, soft

AMBER, TEAL, CORAL, LEAF = "#ffb000", "#2c7d8c", "#e5694d", "#5d9160"
ASPHALT, PAPER = "#22252b", "#fbf7ef"

DEFS = (
    '<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#b4daf0"/>'
    '<stop offset="1" stop-color="#e6f2ee"/></linearGradient><radialGradient id="glow"><stop offset="0" '
    'stop-color="#fffaf0" stop-opacity=".75"/><stop offset="1" stop-color="#fffaf0" stop-opacity="0"/>'
    '</radialGradient><radialGradient id="lamp" cx=".4" cy=".35"><stop offset="0" stop-color="#ffe9ae"/>'
    '<stop offset="1" stop-color="#ffa400"/></radialGradient>'
    + "".join(
        f'<filter id="b{b}" x="-80%" y="-80%" width="260%" height="260%"><feGaussianBlur stdDeviation="{b}"/></filter>'
        for b in (1, 2, 3, 5, 6, 8, 12)
    )
    + "</defs>"
)


def rect(x: float, y: float, w: float, h: float, fill: str, more: str = "") -> str:
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{fill}" {more}/>'


def at(x: float, y: float, k: float, shape: str) -> str:
    return f'<g transform="translate({x} {y}) scale({k})">{shape}</g>'


def bunting(y: float, width: int = 1600) -> str:
    s = line(f"M-20,{y}Q{width / 2},{y + 90} {width + 20},{y}", "#8a8374", 4)
    for i, colour in zip(range(width // 125), (AMBER, TEAL, CORAL, LEAF) * 4, strict=False):
        x = 55 + i * 125
        top = y + 90 * 2 * (x / width) * (1 - x / width)
        s += path(f"M{x},{top}l84,2l-40,76Z", colour) + path(
            f"M{x},{top}l84,2l-3,7l-77,-2Z", mix(colour, "#000000", 0.15)
        )
    return s


def window(x: float, y: float) -> str:
    return (
        rect(x - 14, y - 14, 328, 268, "#fdfaf3", 'rx="6"')
        + rect(x, y, 300, 240, "url(#sky)")
        + soft(ellipse(x + 70, y + 170, 80, 34, "#ffffff"), 12, 0.8)
        + path(
            f"M{x},{y + 240}V{y + 200}Q{x + 90},{y + 150} {x + 170},{y + 196}T{x + 300},{y + 180}V{y + 240}Z",
            "#8fb98a",
        )
        + rect(x + 144, y, 12, 240, "#fdfaf3")
        + rect(x, y + 112, 300, 12, "#fdfaf3")
    )


def board(x: float, y: float) -> str:
    arch = f"M{x + 60},{y + 190}Q{x + 220},{y + 20} {x + 380},{y + 190}"
    chalk = "".join(
        line(f"M{x + d},{y + 190}v{-up}", "#dfe8dd", 4)
        for d, up in ((140, 66), (220, 86), (300, 66))
    )
    return (
        rect(x - 12, y - 12, 464, 284, "#a5713a", 'rx="6"')
        + rect(x, y, 440, 260, "#355049")
        + line(arch, "#eef3ea", 6)
        + chalk
        + line(f"M{x + 40},{y + 190}h360", "#eef3ea", 6)
        + line(
            f"M{x + 60},{y + 226}h110M{x + 190},{y + 226}h60M{x + 270},{y + 226}h110",
            "#dfe8dd",
            5,
            'opacity=".7"',
        )
    )


def room(extra: str = "", wall: str = "#efe3c8", width: int = 1600, height: int = 1200) -> str:
    return (
        rect(0, 0, width, height, wall)
        + rect(0, 0, width, 150, "#dcebea")
        + ellipse(width * 0.3, height * 0.35, width * 0.5, height * 0.5, "url(#glow)")
        + rect(0, height - 330, width, 330, "#cda56c")
        + rect(0, height - 346, width, 16, "#b88a50")
        + extra
    )


def field() -> str:
    s = rect(0, 0, 1600, 1200, "url(#sky)") + ellipse(1370, 170, 70, 70, "#ffd676")
    s += "".join(
        soft(ellipse(x, y, 150, 36, "#ffffff"), 12, 0.9)
        for x, y in ((300, 200), (420, 180), (960, 280))
    )
    s += path("M0,620Q400,470 800,590T1600,540V1200H0Z", "#9dc48c") + path(
        "M0,700Q600,600 1600,690V1200H0Z", "#7fb173"
    )
    return s


def playground() -> str:
    s = field() + path("M0,860Q800,800 1600,860V1200H0Z", "#5a5f68")
    for i in range(9):  # a zebra crossing to practise on
        s += path(f"M{40 + i * 185},1010l100,0l-30,190l-130,0Z", "#f6f1e6")
    for x in (150, 1450):
        s += "".join(
            rect(x - 12, 560 + i * 60, 24, 60, ("#f6f1e6", ASPHALT)[i % 2]) for i in range(7)
        )
        s += soft(ellipse(x, 525, 80, 80, AMBER), 12, 0.35) + ellipse(x, 525, 46, 46, "url(#lamp)")
    return s


def garden() -> str:
    s = field() + path("M0,930Q800,880 1600,930V1200H0Z", "#8a6038")
    for i in range(26):
        x, y = 30 + i * 62, 960 + i * 37 % 190
        s += "".join(
            line(f"M{x},{y}q{d},-26 {d * 2},-{44 - abs(d)}", LEAF, 9) for d in (-16, -6, 6, 16)
        )
    return s


def climbing_bar() -> str:
    bar = "".join(line(f"M{x},545V1120", "#b8392c", 20) for x in (1150, 1400))
    return bar + line("M1120,545H1430", "#d6533f", 22)


def table(y: float, cloth: str = "#dfb473", width: int = 1600, height: int = 1200) -> str:
    return (
        soft(rect(0, y - 12, width, 30, "#5a3a18"), 8, 0.35)
        + rect(0, y, width, height - y, cloth)
        + rect(0, y, width, 26, mix(cloth, "#5a3410", 0.3))
        + soft(ellipse(width * 0.4, y + 130, width * 0.35, 60, "#fff0cc"), 12, 0.35)
    )


def bridge() -> str:
    """A bridge of card and wood, 900 wide, on two piers striped like a beacon; its foot is at 0."""
    s = soft(ellipse(0, 6, 470, 20, "#3a2208"), 8, 0.4)
    for x in (-330, 330):
        s += "".join(rect(x - 40, -104 + i * 27, 80, 27, (ASPHALT, PAPER)[i % 2]) for i in range(4))
    for i in range(-5, 6):
        s += rect(
            i * 56 - 8,
            -140 - 150 * (1 - (i / 6) ** 2),
            16,
            150 * (1 - (i / 6) ** 2) + 10,
            "#c58a41",
        )
    s += line("M-360,-130C-200,-350 200,-350 360,-130", "#a86f2c", 34) + line(
        "M-360,-134C-200,-356 200,-356 360,-134", "#d39a50", 22
    )
    return (
        s
        + rect(-450, -142, 900, 38, "#7c4d22", 'rx="18"')
        + rect(-440, -140, 880, 10, "#a06a35", 'rx="5"')
    )


def tower() -> str:
    """A tower of lolly sticks, 420 high; its foot is at 0."""
    s = soft(ellipse(0, 4, 110, 16, "#3a2208"), 8, 0.4)
    for i in range(6):
        y, w = -i * 70, 92 - i * 10
        for a, b in ((-w, w - 10), (w, 10 - w), (-w, 10 - w), (w, w - 10)):
            s += line(f"M{a},{y}L{b},{y - 70}", ("#c9924c", "#e0b473")[a < 0], 12)
        s += line(f"M{-w},{y}H{w}", "#a86f2c", 13)
    return s + rect(-4, -500, 8, 80, ASPHALT) + path("M4,-500l70,22l-70,24Z", CORAL)


def sun_poster() -> str:
    """A painted sun with a face: nobody's, though the finder may think so."""
    rays = "".join(
        line(f"M{108 * cos(a)},{108 * sin(a)}L{142 * cos(a)},{142 * sin(a)}", AMBER, 14)
        for a in (radians(30 * i) for i in range(12))
    )
    s = rect(-170, -180, 340, 360, "#fffdf6") + rays + ellipse(0, 0, 92, 96, "#ffc93f")
    for x in (-30, 30):
        s += ellipse(x, -14, 10, 15, "#33221a") + ellipse(x - 3, -19, 4, 4, "#ffffff")
    s += line("M-40,30Q0,78 40,30", "#b23a2c", 9) + line("M-4,4q-8,18 6,18", "#d98a10", 6)
    return s + "".join(soft(ellipse(x, 28, 20, 14, "#f07a3a"), 5, 0.6) for x in (-56, 56))


def scarecrow() -> str:
    """A scarecrow with a stitched smile: found as a face, perhaps, and it is none."""
    s = rect(-9, 80, 18, 700, "#8a5c2c") + rect(-230, 210, 460, 18, "#8a5c2c", 'rx="9"')
    s += path(
        "M-200,190L-60,150H60L200,190L204,250L90,250L110,520H-110L-90,250L-204,250Z", "#b5533c"
    )
    s += "".join(rect(-100, y, 200, 14, "#e9b25a", 'opacity=".6"') for y in (290, 370, 450))
    s += ellipse(0, 20, 92, 104, "#e0bd80") + soft(ellipse(34, 40, 44, 70, "#a67c3c"), 12, 0.5)
    for x in (-34, 34):
        s += (
            ellipse(x, 0, 15, 15, ASPHALT)
            + ellipse(x - 4, -4, 4, 4, "#ffffff")
            + line(f"M{x - 20},-30Q{x},-40 {x + 20},-30", "#7a4a1c", 6)
        )
    s += path("M0,8L-14,42H14Z", "#d8662c") + line("M-46,62Q0,100 46,62", "#6a3a18", 6)
    s += "".join(line(f"M{x},{88 - abs(x) / 4 - 10}v18", "#6a3a18", 4) for x in (-26, -9, 9, 26))
    s += "".join(line(f"M{x},-60l{x / 3},46", "#d9a441", 9) for x in range(-90, 91, 20))
    return (
        s
        + path("M-160,-50Q0,-96 160,-50Q0,-20-160,-50Z", "#7a4f28")
        + path("M-84,-60Q-70,-170 0,-176Q70,-170 84,-60Z", "#8d5d30")
        + rect(-86, -84, 172, 24, CORAL)
    )


def pumpkin(colour: str = "#e58a2e") -> str:
    s = soft(ellipse(0, 96, 130, 16, "#3a2208"), 8, 0.4)
    for i, x in enumerate((-72, 72, -40, 40, 0)):
        s += ellipse(x, 0, 62, 92, mix(colour, "#8a3c0c", (0.3, 0.4, 0.15, 0.22, 0)[i]))
    return (
        s
        + soft(ellipse(-26, -40, 20, 30, "#ffd79a"), 8, 0.6)
        + path("M-14,-84Q-10,-130 22,-136L32,-122Q12,-112 16,-84Z", "#5f7a3a")
    )


def carrots() -> str:
    s = ""
    for i in range(4):
        s += line(f"M{i * 34 - 20},-40q-6,-40 -26,-60m26,60q4,-44 16,-70", LEAF, 8)
        s += path(
            f"M{i * 34 - 38},-40Q{i * 34 - 20},-60 {i * 34},-40L{i * 34 - 14},92Z",
            ("#ec8436", "#dc7428")[i % 2],
        )
    return s


def basket(seed: int) -> str:
    r, s = random.Random(seed), ""
    for i in range(9):
        s += at(
            -120 + i % 5 * 60,
            -70 - i // 5 * 46,
            1,
            ellipse(0, 0, 40, 40, r.choice(("#c0392b", "#d9a531", "#86a83e", "#b8322a")))
            + soft(ellipse(-12, -14, 9, 9, "#ffffff"), 3, 0.6)
            + line("M0,-36q2,-14 8,-18", "#5a3a18", 5),
        )
    s += path("M-180,-60H180L150,96H-150Z", "#b07f45") + rect(
        -190, -72, 380, 30, "#c9985a", 'rx="15"'
    )
    return (
        s
        + "".join(
            line(f"M{x},-36L{x * 0.86},90", "#8a5f2e", 5, 'opacity=".6"')
            for x in range(-150, 151, 30)
        )
        + line("M-168,10H168M-160,54H160", "#8a5f2e", 5, 'opacity=".6"')
    )


def loaf() -> str:
    s = soft(ellipse(0, 60, 170, 14, "#3a2208"), 8, 0.4) + path(
        "M-160,56Q-190,-60 0,-66Q190,-60 160,56Z", "#c98a42"
    )
    return s + "".join(line(f"M{x},-40q24,34 10,70", "#f0cd92", 13) for x in (-90, -30, 30, 90))


def marrow() -> str:
    return ellipse(0, 0, 210, 58, "#5f8a45") + "".join(
        line(f"M-190,{y}Q0,{y * 3.2} 190,{y}", "#8fb56b", 7) for y in (-16, -6, 5, 15)
    )


def harvest(y: float) -> str:
    return (
        at(190, y, 0.9, basket(1))
        + at(450, y + 40, 0.85, pumpkin())
        + at(620, y + 50, 1, carrots())
        + at(860, y + 66, 0.9, loaf())
        + at(1135, y + 16, 1, pumpkin("#d9772a"))
        + at(1410, y, 0.9, basket(7))
    )


def sheaf(x: float, y: float) -> str:
    """A sheaf of wheat whose foot is at ``x``, ``y``."""
    s = ""
    for i in range(-7, 8):
        s += line(f"M{i * 5},0Q{i * 7},-160 {i * 17},-280", "#d7ac55", 6)
        s += ellipse(i * 17, -296, 9, 30, "#e3bd66", f'transform="rotate({i * 5} {i * 17} -296)"')
    return at(x, y, 1, s + rect(-52, -100, 104, 22, CORAL, 'rx="10"'))


def hands() -> str:
    s = ""
    for who, m in (("Amara", 1), ("Bram", -1)):
        c, x = CAST[who], 800 - m * 800
        s += line(f"M{x},1180Q{x + m * 150},900 {x + m * 330},720", c.jumper, 150)
        s += line(f"M{x + m * 350},700L{x + m * 480},590", c.skin, 92)
        s += "".join(
            line(
                f"M{x + m * 470},{600 + i * 24}L{x + m * (600 - i * 14)},{540 + i * 34}",
                mix(c.skin, "#4a1a10", 0.06 * i),
                30,
            )
            for i in range(4)
        )
    return s


def weights() -> str:
    s = ""
    for x in (-70, 0, 70):
        s += path(f"M{x - 30},-6L{x - 22},-70H{x + 22}L{x + 30},-6Z", "#3a3f48") + rect(
            x - 10, -92, 20, 26, "#3a3f48", 'rx="8"'
        )
    return s
