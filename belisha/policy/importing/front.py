"""The front matter of a document: who wrote, checked and approved it, and its dates."""

import re
from dataclasses import dataclass, field

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.marks import mark_of

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring(?: term)?|summer(?: term)?|autumn(?: term)?)"
)
DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}[\s,’'.-]*(?:\d{{4}}|\d{{2}})(?!\d)"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{4}}(?:\s*[/–-]\s*\d{{2,4}})?)"
)
_A_DATE = re.compile(rf"^(?:{DATE})$", re.IGNORECASE)
_WHO = (
    r"(?:(?:full )?governors?|(?:full )?governing (?:body|board)|head ?teacher|principal|board"
    r"|trust|trustees|slt|fgb)"
)
_AGREED = r"(?:approved|accepted|ratified|agreed|adopted|authorised|signed off|endorsed)"
# What a label says, in the order in which they are tried; the first that fits whole counts.
_WORDS = {
    "review": (
        r"(?:date (?:of|for) )?(?:the )?next (?:policy )?review(?: date)?(?: is)?(?: due)?"
        r"(?: by| on| date)?",
        r"review(?: is)? (?:date|due)(?: date| by| on)?",
        r"(?:date )?(?:to be|due to be|for) reviewed?(?: by| on| in)?",
        r"date (?:of|for|due for) (?:next )?review",
        r"(?:next )?review (?:by|on)",
        r"due for review(?: by| on)?",
        r"(?:(?:next|planned|scheduled|proposed) )+(?:policy )?review(?: date)?",
        r"date (?:the )?policy (?:is )?(?:due )?to be reviewed|review deadline",
        r"date for renewal|renewal date|expiry date|review",
    ),
    "reviewed": (
        r"(?:date )?(?:last |most recently )?(?:reviewed|updated|revised|amended)"
        r"(?: on| in| date)?",
        r"(?:date of )?(?:the )?last (?:review|update|revision|amendment)(?: date)?(?: on)?",
        r"date (?:last )?(?:reviewed|updated|revised)|revision date",
    ),
    "review_cycle": (
        r"review (?:cycle|period|frequency|schedule|interval)",
        r"frequency of review|reviewed every|cycle",
    ),
    "approved_by": (
        rf"{_AGREED}(?: and {_AGREED})? by(?: (?:the )?{_WHO})?",
        r"approving (?:body|committee)|approval(?: body| level| by)?|approver",
        r"(?:responsible )?committee(?: responsible)?|ratification by",
        r"(?:governors?|governing (?:body|board))(?:’s|'s|’|')? committee",
    ),
    "approved": (
        rf"(?:date |last )?(?:of )?{_AGREED}(?: by (?:the )?{_WHO})?(?: on| in| date)?",
        rf"(?:date of )?{_WHO}(?:’s|'s|’|')? (?:approval|ratification|adoption)(?: date)?",
        r"date (?:of )?(?:policy )?(?:approval|ratification|adoption)(?: by .{3,40})?",
        rf"date (?:the )?(?:policy )?{_AGREED}(?: by .{{3,40}})?",
        r"(?:approval|ratification|adoption) date",
    ),
    "issued": (
        r"(?:date )?(?:of )?issued?(?: date| on)?",
        r"date (?:of )?(?:issued?|publication|published)",
        r"(?:published|publication)(?: date| on)?",
        r"effective (?:from|date)|(?:in force|valid|applies) from",
        r"implementation date|date (?:of )?implement(?:ation|ed)|start date",
        r"date (?:policy )?effective",
    ),
    "written": (
        r"(?:date )?(?:written|created|produced|prepared)(?: on| date)?",
        r"(?:creation|version) date",
    ),
    "checked": (r"date checked|checked on",),
    "author": (
        r"(?:nominated |prime )*author(?:s|\(s\))?(?: of (?:the )?policy)?|name of author",
        r"(?:written|prepared|produced|drafted|created|compiled) by|writer|originator",
        r"owner|(?:named |slt |subject )?lead(?:er)?|holder|co-?ordinator|person in charge",
        r"lead (?:person|member of staff|author|professional)",
        r"(?:person|persons|staff|staff member|member of staff) responsible"
        r"(?: for (?:the |this )?policy)?",
        r"responsibility(?: of)?|responsible (?:person|officer|member of staff)",
    ),
    "checker": (
        r"check(?:ed|er)(?: by)?",
        r"(?:reviewed|verified|quality assured|amended|updated|revised) by|reviewer",
    ),
    "version": (r"(?:version|revision|issue)(?: no\.?| number)|version|edition|revision|v",),
    "reference": (r"(?:ref(?:erence)?\.?|number|no\.?|code)(?: no\.?| number)?",),
    "school": (r"(?:name of )?school(?: name)?|academy(?: name)?|setting|organisation",),
    "title": (r"title|name|name of (?:policy|document)|policy|document",),
    "head": (r"(?:name of )?(?:executive )?(?:head ?teacher|principal|head)(?:’s|'s)?(?: name)?",),
    "chair": (
        r"chair(?:person|man)?(?: of (?:the )?(?:governors|governing (?:body|board)|trustees))?",
    ),
    "status": (r"status|policy type|type of policy|statutory(?: policy)?",),
    "safeguarding_lead": (r"(?:designated )?safeguarding lead|dsl",),
    "signed": (r"signed(?: by)?|signature",),
    "date": (r"date|dated|date of (?:policy|document)",),
}
_LABELS = tuple(
    (key, re.compile(rf"^(?:the )?(?:policy |document )?(?:{'|'.join(words)})$", re.IGNORECASE))
    for key, words in _WORDS.items()
)
_DATED_BY = {
    "author": "written",
    "checker": "checked",
    "approved_by": "approved",
    "version": "issued",
    "signed": "approved",
    "chair": "approved",
    "head": "approved",
}
_DATES = {"review", "reviewed", "approved", "issued", "written", "checked", "date"}
_PAIR = re.compile(r"^(?P<label>[A-Z][^:\n]{0,60}?)\s*[:\t]\s*(?P<value>.*)$", re.S)
_DASHED = re.compile(rf"^(?P<label>[A-Z][^:\n]{{0,60}}?)\s+[–—-]\s+(?P<value>{DATE})$", re.I)
_NEXT_LABEL = re.compile(
    r"(?:\s{2,}|\t|\s*[|;]\s*|(?<=\w)(?<!Next)(?<!Last)(?<!Policy)(?<!Document)\s+)"
    r"(?=(?:Date|Approved|Ratified|Adopted|Agreed|Review|Next|Last|Policy|Issue|Version|Author"
    r"|Written|Checked|Signed|Date of [a-z ]+)(?: [A-Za-z]+){0,4}\s*:)"
)
_IT = r"(?:(?:this |the )?(?:policy|document)|it)"
# The same, said in a sentence.
_SENTENCES = (
    (
        "author",
        rf"(?:{_IT} (?:was|has been|is) |policy )?(?:written|prepared|produced|drafted|drawn up) by"
        r" (?P<value>[A-Z].{2,60}?)(?: on behalf of .{3,60})?",
    ),
    (
        "approved",
        rf"(?:{_IT} (?:was|has been|is) |policy )?{_AGREED}(?: and \w+)? by (?:the )?"
        rf"(?P<who>[^\d]{{3,60}}?),?(?: on| in|:| –| -)?(?: the)? (?P<value>{DATE})",
    ),
    (
        "review",
        r"(?:date of |the )?next review(?: date| due)?(?: by| on| in|:)?(?: is)?"
        rf" (?P<value>{DATE})",
    ),
    (
        "review",
        rf"(?:{_IT} )?(?:is |(?:will|should|shall) )?(?:next )?"
        r"(?:due to be|due|to be|be|for)(?: for)? review(?:ed)?(?: again)?(?: by| on| in)?"
        rf" (?P<value>{DATE})",
    ),
    ("review", rf"review(?: date| due| by)? (?P<value>{DATE})"),
    (
        "reviewed",
        rf"(?:date )?(?:last )?(?:reviewed|updated|revised)(?: on| in)? (?P<value>{DATE})",
    ),
    ("issued", rf"(?:date )?(?:of )?(?:issued?|published)(?: date)?(?: on| in)? (?P<value>{DATE})"),
    ("approved", rf"(?:policy )?(?:date )?{_AGREED}(?: on| in)? (?P<value>{DATE})"),
    ("version", r"(?:version|edition|v\.?)\s?(?:no\.?\s?)?(?P<value>\d{1,3}(?:\.\d{1,3})*)"),
    (
        "review_cycle",
        r"(?:this policy (?:is|will be) )?reviewed? (?P<value>annually|yearly|termly"
        r"|every \w+ (?:years?|months?|terms?))",
    ),
)
_SENTENCE_ENDS = re.compile(
    r"(?<=\w\w\.)\s+(?=[A-Z])|,? and (?=(?:(?:it )?(?:will|should|shall|is to|to) be|is due)\b)"
)
_SAID = tuple((key, re.compile(rf"^(?:{words})\.?$", re.IGNORECASE)) for key, words in _SENTENCES)
_ROLE = re.compile(r"^(?:role|position|job title)$", re.IGNORECASE)
_CYCLE = re.compile(r"^(?:annual|year|bi-?annual|term|month|every )", re.IGNORECASE)
_BLANK = re.compile(r"^[\s._…–—/-]*$")
_BY = re.compile(r"\bby (?:the )?(.{3,60}?)(?: on| in| date)?\s*:?$", re.IGNORECASE)
_APPROVAL = (["approved"], ["approved_by"], ["approved_by", "date"])
_BODY = (
    r"[^\d,]*\b(?:govern\w+|fgb|board|committee|council|trust\w*|head ?teacher|principal|slt)\b"
    r"[^\d,(]*?"
)
_WHO_AND_WHEN = re.compile(
    rf"^(?:(?P<who>{_BODY})\s*[,(–-]?\s*(?:on |in )?(?P<when>{DATE})\)?"
    rf"|(?P<first>{DATE})\s*[,(–-]?\s*(?:by )?(?:the )?(?P<after>{_BODY})\)?)$",
    re.IGNORECASE,
)
_QUOTES = "“”\"'‘’«»"
COMMITMENT = re.compile(
    r"\bcommit\w*\b.*\bsafeguarding\b|\bsafeguarding\b.*\bcommitment\b", re.I | re.S
)
_SCHOOL = re.compile(
    r"\b(?:schools?(?!['’]s)|academ(?:y|ies)|nurser(?:y|ies)|college|federation|infants?|juniors?"
    r"|primary|pre-?school|trust)\b(?=$|,| \(|\s+(?:and|&|of|for|at|in|with)\b)"
    r"|^(?:ysgol|scoil)\b",
    re.I,
)
POLICY = re.compile(
    r"\b(?:polic(?:y|ies)|polisi|guidance|guidelines?|code of conduct|procedures?|agreement"
    r"|statement|protocol|handbook|plan|rules|charter)\b",
    re.I,
)
_WITHIN_NAMES = ("of", "and", "the", "for", "with", "at", "in", "on", "le", "upon", "y", "yr")
_FOUND_ON_COVERS = re.compile(
    r"^(?:tel(?:ephone)?|phone|e-?mail|www\.|https?:|fax|address|website|©|copyright|head ?teacher)"
    r"|@|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b",
    re.I,
)


@dataclass
class Front:
    """What was found so far. `last` is the key found last, to which a bare date belongs."""

    found: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def add(self, key: str, value: str) -> None:
        value = " ".join(value.split()).strip("| ")
        if key == "date":
            key = _DATED_BY.get(self.last, "date")
        if _BLANK.match(value):
            self.last = key if key not in _DATES else self.last
            return
        if key not in self.found:
            self.found[key] = value
        self.last = key


def labelled(label: str) -> list[str]:
    """The keys that a label stands for: ``Author / Checked`` for two; none for a strange one."""
    label = re.sub(r"\s+", " ", label.strip(" :*.\t")).replace("Head Teacher", "Headteacher")
    for key, pattern in _LABELS:
        if pattern.match(label):
            return [key]
    parts = re.split(r"\s*(?:/|&|\band\b|,)\s*", label)
    if len(parts) > 1:
        keys = [labelled(part) for part in parts if not _ROLE.match(part)]
        if keys and all(keys) and "" not in parts:
            return list(dict.fromkeys(key for some in keys for key in some))
    return []


def pairs_in(block: Block) -> list[tuple[list[str], str, str]]:
    """The pairs that a line or a row of a table holds, as keys, label and value; or none."""
    if block.cells:
        return _pairs_of_row(block.cells)
    text = block.text
    if len(text) > 200 or block.number:
        return []
    whole = _pair(text)
    if whole and whole[0] and ":" not in whole[2]:
        return [whole]
    parts = _NEXT_LABEL.split(text)
    found = [pair for part in parts if (pair := _pair(part))]
    if len(found) == len(parts) and any(keys for keys, _, _ in found):
        return found
    parts = re.split(r"\s*[|•·]\s*|\t", text)
    found = [pair for part in parts for pair in _said(part)]
    return found if len(found) >= len(parts) > 1 else _said(text)


def _pair(text: str) -> tuple[list[str], str, str] | None:
    found = _PAIR.match(text.strip())
    dashed = _DASHED.match(text.strip())
    if not found and dashed and labelled(dashed["label"]):
        found = dashed
    if not found or len(found["value"].split()) > 14 or len(found["label"].split()) > 9:
        return None
    return labelled(found["label"]), found["label"].strip(), found["value"].strip()


def _said(text: str) -> list[tuple[list[str], str, str]]:
    """What one sentence says, or several of which each says something."""
    each = [_said_once(part) for part in _SENTENCE_ENDS.split(text.strip())]
    return [pair for pairs in each for pair in pairs] if all(each) else _said_once(text)


def _said_once(text: str) -> list[tuple[list[str], str, str]]:
    for key, pattern in _SAID:
        if found := pattern.match(text.strip()):
            groups = found.groupdict()
            said = [([key], key, groups["value"])]
            return (
                [(["approved_by"], "approved_by", groups["who"]), *said]
                if "who" in groups
                else said
            )
    return []


def _pairs_of_row(cells: tuple[str, ...]) -> list[tuple[list[str], str, str]]:
    filled = list(cells)
    if len(filled) == 1:
        return pairs_in(Block(filled[0]))
    if len(filled) % 2:
        filled = [cell for cell in filled if cell]
    if len(filled) == 1:
        return []
    pairs = []
    for label, value in zip(filled[::2], filled[1::2], strict=False):
        if label or value:
            pairs.append((labelled(label), label.strip(" :"), " ".join(value.split())))
    if len(pairs) > 1 and all(labelled(value) for _, _, value in pairs):
        return []
    return pairs if any(keys for keys, _, _ in pairs) else []


def is_heads_of_columns(block: Block) -> bool:
    """Whether a row names columns of a history: version, date, author."""
    return len(block.cells) >= 2 and sum(bool(labelled(cell)) for cell in block.cells) >= max(
        2, len(block.cells) - 2
    )


def rows_under(heads: Block, rows: list[Block]) -> dict[str, str]:
    """The newest row of a history of versions, by the keys of its columns."""
    filled = [row for row in rows if any(not _BLANK.match(cell) for cell in row.cells)]
    if not filled:
        return {}
    keys = [labelled(cell) for cell in heads.cells]
    place = next((at for at, some in enumerate(keys) if some == ["version"]), None)

    def newness(row: Block) -> tuple[float, ...]:
        numbers = re.findall(r"\d+", row.cells[place]) if place is not None else []
        return tuple(float(number) for number in numbers)

    newest = max(filled, key=newness) if place is not None else filled[-1]
    front = Front()
    for some, cell in zip(keys, newest.cells, strict=False):
        for key in some:
            front.add(key, cell)
    return front.found


def told_by(keys: list[str], label: str, value: str) -> list[tuple[str, str]]:
    """What a pair tells: ``Approved by governors | 3 May 2024`` and ``Approved | Governors, 3 May
    2024`` both say who and when."""
    who = _BY.search(label)
    told = [(key, value) for key in keys]
    if keys == ["reviewed"] and _CYCLE.match(value):
        told = [("review_cycle", value)]
    elif keys == ["approved_by"] and is_date(value):
        told = [("approved", value)]
    elif keys in _APPROVAL and (both := _WHO_AND_WHEN.match(value)):
        return [
            ("approved_by", both["who"] or both["after"]),
            ("approved", both["when"] or both["first"]),
        ]
    return [("approved_by", who[1]), *told] if who and ("approved", value) in told else told


def is_date(text: str) -> bool:
    return bool(_A_DATE.match(text.strip()))


def is_school(text: str) -> bool:
    """Whether a short line is the name of a school."""
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    names = [word for word in words if word.lower() not in _WITHIN_NAMES]
    return (
        bool(_SCHOOL.search(text))
        and len(names) > 1
        and all(word[0].isupper() for word in names)
        and not mark_of(text)
        and not POLICY.search(text)
        and len(text.split()) <= 9
        and text[:1].isupper()
        and text[-1:] not in ".:;"
    )


def goes_on_as_school(name: str, rest: str) -> bool:
    """Whether a second line only ends the name: ``School`` below ``St Ann's C of E Primary``."""
    return len(rest.split()) <= 2 and bool(_SCHOOL.search(rest)) and is_school(f"{name} {rest}")


def is_of_a_cover(text: str) -> bool:
    """A line that only a cover has: a telephone, an address, a date, the name of a school."""
    return bool(_FOUND_ON_COVERS.search(text)) and len(text.split()) <= 14


def unquoted(text: str) -> str:
    return text.strip().strip(_QUOTES).strip()


def keys_of(label: str) -> str:
    """The key of a label that is none of ours: as printed, in small letters."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:40]
