"""The two albums, picture by picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from people import CAST, Pose, ellipse, soft
from scenes import (
    at,
    basket,
    board,
    bridge,
    bunting,
    climbing_bar,
    garden,
    hands,
    harvest,
    marrow,
    playground,
    pumpkin,
    rect,
    room,
    scarecrow,
    sheaf,
    sun_poster,
    table,
    tower,
    weights,
    window,
)


@dataclass(frozen=True)
class Picture:
    """One picture: what is drawn behind, who stands there, what is drawn before them.

    ``others`` are boxes (x, y, w, h in pixels) of faces that are not a child's.
    """

    file: str
    taken_at: str
    back: str
    poses: Sequence[Pose]
    front: str = ""
    others: Sequence[tuple[int, int, int, int]] = ()
    size: tuple[int, int] = (1600, 1200)


def row(names: Sequence[str], x: int, step: int, y: int, h: int) -> list[Pose]:
    """Children side by side, each turned a little to the middle."""
    return [
        Pose(
            name,
            x + i * step,
            y + i % 2 * 14,
            h,
            turn=0.3 - 0.6 * i / (len(names) - 1),
            tilt=(i % 3 - 1) * 4,
            mouth=("grin", "smile")[i % 2],
        )
        for i, name in enumerate(names)
    ]


def holding(who: str, *hands: tuple[int, int]) -> str:
    """The hands of ``who`` at these places, before a thing that is held."""
    return "".join(ellipse(x, y, 32, 36, CAST[who].skin) for x, y in hands)


BRIDGE_DAY = (
    Picture(
        "01.jpg",
        "2026:11:20 10:12:41",
        room(window(80, 230) + board(1120, 220) + bunting(60)),
        (
            Pose("Amara", 215, 520, 215, turn=0.25, tilt=4, mouth="grin"),
            Pose("Leo", 510, 480, 210, tilt=-4),
            Pose("Zofia", 800, 430, 215, mouth="grin"),
            Pose("Yusuf", 1090, 480, 212, turn=-0.15, tilt=5),
            Pose("Maisie", 1390, 530, 215, turn=-0.25, tilt=-3, mouth="grin"),
        ),
        table(860) + at(800, 1120, 1.15, bridge()),
    ),
    Picture(
        "02.jpg",
        "2026:11:20 10:15:03",
        room(window(640, 190) + bunting(40)),
        (
            Pose(
                "Malik",
                480,
                480,
                370,
                turn=0.3,
                tilt=5,
                mouth="grin",
                look=0.6,
                hands=((-40, 262), (130, 240)),
            ),
            Pose(
                "Tilly",
                1130,
                500,
                360,
                turn=-0.3,
                tilt=-6,
                look=-0.6,
                hands=((-130, 236), (40, 262)),
            ),
        ),
        table(980) + at(800, 1160, 0.9, bridge()),
    ),
    Picture(
        "03.jpg",
        "2026:11:20 10:17:26",
        rect(0, 0, 1600, 1200, "#e9d5ac") + table(420),
        (),
        at(800, 900, 1.5, bridge()) + hands(),
    ),
    Picture(
        "04.jpg",
        "2026:11:19 14:02:10",
        room(window(-120, 260) + bunting(60, 1200), width=1200, height=1600),
        (
            Pose(
                "Idris",
                640,
                560,
                340,
                turn=-0.2,
                tilt=-4,
                mouth="grin",
                look=-0.7,
                hands=((-160, 300), (90, 330)),
            ),
        ),
        table(1250, width=1200, height=1600) + at(330, 1370, 1.45, tower()),
        size=(1200, 1600),
    ),
    Picture(
        "05.jpg",
        "2026:11:18 11:30:55",
        room(at(1390, 245, 0.62, sun_poster()) + window(90, 210) + bunting(30)),
        (
            *row(("Priya", "Bram", "Ottoline", "Dov", "Kit"), 190, 300, 500, 170),
            *row(("Safiya", "Leo", "Saoirse", "Malik"), 340, 300, 690, 182),
        ),
        table(1010) + at(800, 1160, 0.6, bridge()),
        others=((1346, 204, 88, 88),),
    ),
    Picture(
        "06.webp",
        "2026:11:20 10:40:18",
        room(board(580, 200) + bunting(30)),
        (
            Pose("Ottoline", 420, 500, 290, view="side", hands=((60, 240), (150, 220))),
            Pose(
                "Bram",
                1170,
                490,
                290,
                turn=-0.35,
                tilt=-5,
                mouth="oh",
                look=-0.7,
                hands=((-150, 230), (-30, 290)),
            ),
        ),
        table(920) + at(800, 1130, 1, bridge()) + at(800, 870, 1, weights()),
    ),
    Picture(
        "07.jpg",
        "2026:11:17 09:20:37",
        room(board(580, 190) + bunting(20)),
        (
            Pose(
                "Miss Raman",
                1180,
                380,
                200,
                turn=-0.2,
                mouth="grin",
                hands=((-190, 130), (110, 330)),
            ),
            Pose("Kit", 230, 800, 250, view="back"),
            Pose("Yusuf", 640, 840, 262, view="back"),
            Pose("Tilly", 990, 860, 240, view="side", tilt=54),
            Pose("Zofia", 1370, 830, 250, view="back"),
        ),
    ),
    Picture(
        "08.heic",
        "2026:11:20 11:05:49",
        playground() + bunting(60) + climbing_bar(),
        (
            Pose("Malik", 1275, 815, 112, mouth="grin", spin=180, hands=((-74, -190), (74, -190))),
            *row(("Saoirse", "Dov", "Safiya", "Priya", "Amara"), 230, 190, 610, 116),
        ),
    ),
)

HARVEST_TABLE = (
    Picture(
        "01.jpg",
        "2026:10:02 09:41:12",
        room(bunting(50) + sheaf(90, 870) + sheaf(1510, 870), wall="#f1dfbd"),
        (
            Pose("Saoirse", 260, 470, 230, turn=0.25, tilt=5, mouth="grin"),
            Pose("Dov", 620, 430, 225, tilt=-4),
            Pose("Safiya", 980, 440, 228, tilt=3, mouth="grin"),
            Pose("Idris", 1340, 470, 226, turn=-0.25, tilt=-5),
        ),
        table(850, "#a9c0a0") + harvest(990),
    ),
    Picture(
        "02.jpg",
        "2026:10:02 09:44:30",
        room(
            bunting(50, 1200) + sheaf(130, 1290) + sheaf(1070, 1290),
            wall="#f1dfbd",
            width=1200,
            height=1600,
        ),
        (Pose("Priya", 600, 580, 400, tilt=4, mouth="grin", hands=((-70, 310), (70, 310))),),
        table(1290, "#a9c0a0", 1200, 1600)
        + at(600, 1230, 1.6, pumpkin())
        + holding("Priya", (456, 1220), (744, 1220)),
        size=(1200, 1600),
    ),
    Picture(
        "03.png",
        "2026:10:02 09:30:02",
        rect(0, 0, 1600, 1200, "#f1dfbd")
        + sheaf(160, 650)
        + sheaf(800, 650)
        + sheaf(1440, 650)
        + table(640, "#a9c0a0"),
        (),
        harvest(800)
        + soft(ellipse(800, 1132, 240, 16, "#3a2208"), 8, 0.4)
        + at(800, 1070, 1.2, marrow()),
    ),
    Picture(
        "04.webp",
        "2026:10:02 10:08:54",
        garden(),
        (
            Pose("Kit", 350, 520, 210, turn=0.3, tilt=5, mouth="grin"),
            Pose("Ottoline", 1220, 530, 208, turn=-0.3, tilt=-4),
        ),
        at(790, 430, 1.05, scarecrow()),
        others=((695, 350, 190, 205),),
    ),
    Picture(
        "05.jpg",
        "2026:10:02 10:31:20",
        room(bunting(20) + sheaf(80, 920) + sheaf(1520, 920), wall="#f1dfbd"),
        (
            *row(("Malik", "Zofia", "Yusuf", "Tilly", "Bram", "Amara"), 200, 240, 420, 156),
            *row(("Maisie", "Idris", "Safiya", "Leo", "Priya"), 320, 240, 600, 168),
        ),
        table(900, "#a9c0a0") + harvest(1040),
    ),
    Picture(
        "06.jpg",
        "2026:10:02 10:52:07",
        room(window(640, 200) + bunting(30) + sheaf(150, 930), wall="#f1dfbd"),
        (
            Pose("Tilly", 520, 520, 300, turn=0.3, tilt=6, mouth="grin", look=0.5),
            Pose("Leo", 1110, 720, 300, turn=-0.3, tilt=-8, look=-0.6),
        ),
        table(920, "#a9c0a0")
        + at(1100, 828, 1.1, marrow())
        + holding("Leo", (930, 833), (1270, 833))
        + at(380, 1030, 1, basket(3))
        + at(760, 1050, 1, pumpkin()),
    ),
)
ALBUMS = {"Bridge day": BRIDGE_DAY, "Harvest table": HARVEST_TABLE}
