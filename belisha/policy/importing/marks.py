"""Numbers as documents print them: what is one, which places it can have, how one is written."""

import re
from dataclasses import dataclass
from functools import lru_cache

LABELS = (
    "section part chapter appendix annex annexe schedule clause article rule paragraph principle "
    "pledge promise step point standard statement aim expectation guideline requirement commitment"
).split()
APART = {"appendix", "annex", "annexe", "schedule"}
BULLETS = "•‣◦▪▫■□●○∙·◆◇►▶➢➤➔→✓✔☑✗❖⁃*-–—\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf06f\uf0a8\uf0b0"
MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
).split()
_ROMAN = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
_STEPS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_PART = r"(?:\d{1,3}|[ivxlcdm]{1,8}|[IVXLCDM]{1,6}|[a-z]{1,2}|[A-Z])"
_BULLET = re.compile(
    rf"^(?:[{re.escape(BULLETS)}]|o(?=\s+[A-Z]|\t)|\(cid:\d+\))(?:\s+|(?=\w)(?<![-–—*o]))"
)
_LABEL = re.compile(
    rf"^(?P<label>{'|'.join(LABELS)})\s+(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*|[A-Z]|[IVXL]{{1,6}})"
    r"(?P<end>\s*[:.)–—-]\s*|\s+|$)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"^(?P<number>§{1,2}\s?\d{1,3}(?:\.\d{1,3})*[a-z]?)(?P<end>[.:)]?\s+|$)")
# 1.1, 1.1.1, A.1, A1, B.ii, 1.1(a), 1a, 1(a)(i)
_COMPOUND = re.compile(
    r"^(?P<number>(?:\d{1,3}|[A-Z]\.?\d{1,2}|[IVX]{2,5}\.\d{1,2}|[a-z]\.\d{1,2})(?:\.\d{1,3})*(?:\.?\((?:[a-z]{1,2}|[ivxl]{1,6}"
    r"|\d{1,2})\))*"
    r"|\d{1,3}(?:\.\d{1,3})*\.?[a-z]|\d{1,3}(?:\.\d{1,3})*\.[ivxl]{1,6}|[A-Z]\.(?:[ivxl]{1,6}"
    r"|[a-z]))"
    r"(?P<end>[.:)]?(?:\s+[-–—])?(?:\s+|$)|\.?(?=[A-Z][a-z]))"
)
_SINGLE = re.compile(
    rf"^(?P<open>[(\[]?)(?P<number>{_PART})(?P<close>[)\]]\.?|\.\)?|:|\s?[-–—](?=\s)|(?=\t| {{3}}))"
    r"(?P<end>\s+|$|(?=[A-Z][a-z]))"
)
_LONE = re.compile(r"^(?P<number>\d{1,2})(?P<end>\s+(?=[A-Z])|$)")
_PIECE = re.compile(r"\d+|[A-Za-z]+")


@dataclass(frozen=True)
class Mark:
    """A number at the beginning of a text. `printed` is bare: no stop or colon after it.

    `shape` is what all numbers of one list have in common: brackets, label, how many pieces.
    `before` are the pieces before the last, so that ``1.2`` stands in ``("1",)``. `weak` marks may
    as well be words, unless their neighbours count with them.
    """

    printed: str
    rest: str
    shape: str
    before: tuple[str, ...]
    readings: tuple[tuple[str, int], ...]
    weak: bool = False
    label: str = ""

    @property
    def bare(self) -> str:
        """The number without its label: ``4`` of ``Section 4``. Appendices keep theirs."""
        if not self.label or self.label in APART:
            return self.printed
        return self.printed.split()[-1].lstrip("§")


def without_bullet(text: str) -> str | None:
    """The text after a printed bullet, or None when it begins with none."""
    found = _BULLET.match(text)
    return text[found.end() :].strip() if found else None


@lru_cache(maxsize=4096)
def mark_of(text: str) -> Mark | None:
    """The number that a text begins with, if it can be one."""
    for pattern in (_LABEL, _SIGN, _COMPOUND, _SINGLE, _LONE):
        if found := pattern.match(text):
            mark = _made(pattern, found, text)
            if mark:
                return mark
    return None


def numbered(number: str, text: str) -> Mark | None:
    """The mark of what a format has counted itself: the number is certain, its style is read."""
    bare = number.strip()
    mark = mark_of(f"{bare} X") or mark_of(f"{bare}. X")
    if mark is None:
        printed = bare.rstrip(".:")
        shape = f"other {re.sub(r'[0-9]+', '1', printed)}"
        return Mark(printed, text, shape, (), ()) if bare else None
    return Mark(bare_of(bare), text, mark.shape, mark.before, mark.readings, label=mark.label)


def bare_of(number: str) -> str:
    """A printed number without the stop or colon after it; brackets remain."""
    return number.strip().rstrip(".:–— ").strip()


def _made(pattern: re.Pattern[str], found: re.Match[str], text: str) -> Mark | None:
    number, rest = found["number"], text[found.end() :].strip()
    if pattern is _LABEL:
        return _labelled(found, rest)
    if pattern is _SIGN:
        pieces = _PIECE.findall(number)
        shape = f"§{len(pieces)}"
        return Mark(number, rest, shape, tuple(pieces[:-1]), readings(pieces[-1]), label="§")
    if pattern is _COMPOUND:
        return _compound(number, found["end"], rest)
    if pattern is _LONE:
        first = rest.split(maxsplit=1)[0].strip(".,").lower() if rest else ""
        if first in MONTHS or int(number) == 0:
            return None
        return Mark(number, rest, "1 ", (), readings(number), weak=True)
    close = found["close"].rstrip(".").strip() if found["close"] != ".)" else ")"
    if (found["open"] == "(" and close != ")") or (found["open"] == "[" and close != "]"):
        return None
    if not found["open"] and close == "]":
        return None
    if number.isdigit() and not 0 < int(number) < 200:
        return None
    glued = not found["end"] and bool(rest)
    dash = close in ("-", "–", "—")
    if dash and not rest[:1].isalpha():
        return None  # "4 – 5 years"
    weak = (
        (not found["open"] and close != ")" and not number.isdigit())
        or glued
        or dash
        or number.startswith("0")
    )
    if close == ":" and not number.isdigit():
        return None
    printed = f"{found['open']}{number}{'' if dash or close == ':' else close}"
    return Mark(printed, rest, f"{found['open']}{{}}{close}", (), readings(number), weak)


def _labelled(found: re.Match[str], rest: str) -> Mark | None:
    label, number = found["label"], found["number"]
    end = found["end"].strip()
    if not end and rest and rest[:1].islower():
        return None  # "section 4 of the Act", "Part 2 says"
    if number.isalpha() and not number.isupper():
        return None
    pieces = _PIECE.findall(number)
    kind = label.lower()
    shape = f"{kind} {len(pieces)}"
    printed = f"{label} {number}"
    return Mark(printed, rest, shape, tuple(pieces[:-1]), readings(pieces[-1]), label=kind)


def _compound(number: str, end: str, rest: str) -> Mark | None:
    pieces = _PIECE.findall(number)
    if len(pieces) < 2:
        return None
    digits = [piece for piece in pieces if piece.isdigit()]
    padded = any(len(piece) > 1 and piece.startswith("0") for piece in digits)
    if padded and len(pieces) > 2:
        return None  # a date
    if pieces[-1] == "0" and len(pieces) == 2 and digits == pieces:
        # 1.0, 2.0, 3.0: the first level, over 1.1 and 2.1
        return Mark(number, rest, "1.0", (), readings(pieces[0]), rest[:1].islower())
    kinds = "".join("1" if piece.isdigit() else "a" for piece in pieces)
    dotted = "." if "." in number else ""
    tail = "()" if number.endswith(")") else ""
    if not rest and not end.strip():
        weak = True
    else:
        weak = padded or rest[:1].islower() or bool(re.match(r"[\d£%(]", rest))
    if not digits and not (dotted and pieces[0].isupper()):
        return None
    if len(pieces) == 2 and kinds == "1a" and not tail and rest[:1].islower():
        return None  # "3d printing"
    if kinds == "1a" and not dotted and not tail and not end.strip() and not rest:
        return None
    printed = number
    if end.startswith(")") and not number.endswith(")"):
        printed = f"{number})"
    shape = f"{kinds}{dotted}{tail}"
    return Mark(printed, rest, shape, tuple(pieces[:-1]), readings(pieces[-1]), weak)


@lru_cache(maxsize=1024)
def readings(number: str) -> tuple[tuple[str, int], ...]:
    """Every place that a number can have: ``i`` is the first in Roman or the ninth letter."""
    if number.isdigit():
        return (("1", int(number)),)
    case = "upper" if number.isupper() else "lower"
    small = number.lower()
    found = []
    if all(letter in _ROMAN for letter in small) and _roman(_value(small)) == small:
        found.append((f"roman {case}", _value(small)))
    if len(small) == 1:
        found.append((f"letter {case}", ord(small) - 96))
    elif len(small) == 2 and small[0] == small[1]:
        found.append((f"letter {case}", ord(small[0]) - 70))
    elif len(small) == 2:
        found.append((f"letter {case}", (ord(small[0]) - 96) * 26 + ord(small[1]) - 96))
    return tuple(found)


def written(value: int, style: str) -> str:
    """A place in a list as formats write it: style is ``1``, ``a``, ``A``, ``i`` or ``I``."""
    if style in "aA" and value > 0:
        count, letter = divmod(value - 1, 26)
        text = chr(97 + letter) * (count + 1)
        return text.upper() if style == "A" else text
    if style in "iI" and 0 < value < 4000:
        return _roman(value).upper() if style == "I" else _roman(value)
    return str(value)


def _value(small: str) -> int:
    values = [_ROMAN[letter] for letter in small]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _roman(value: int) -> str:
    text = ""
    for step, letters in _STEPS:
        while value >= step:
            text, value = text + letters, value - step
    return text
