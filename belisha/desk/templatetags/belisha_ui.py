"""What the templates of every area say in one word: icons, lights, paths back, buttons, dates
and boxes.

A light is always a shape, a word and a colour together, so that none of them is needed alone
(WCAG 2.2, 1.4.1 Use of Color).
"""

from datetime import date, datetime, time

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.dateformat import format as written
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from belisha.lib.bidi import in_order
from belisha.people.glass import LINE
from belisha.people.rules import SCHOOL_LANGUAGE
from belisha.policy.wording import SHIPPED_WORDS, in_language

register = template.Library()

# The shape of each word that the rules answer with; the five shapes are words of their own.
SHAPES = {
    "yes": "yes",
    "ask": "ask",
    "no": "no",
    "info": "info",
    "quiet": "quiet",
    "as-is": "yes",
    "safe-copy": "info",
    "waits": "ask",
}


def _drawing(symbol: str, css: str, words: str = "") -> SafeString:
    href = f"{static('icons.svg')}#{symbol}"
    if words:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}"><use href="{}"/></svg>',
            css,
            words,
            href,
        )
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>', css, href
    )


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """A line icon of `static/icons.svg` by its name without `i-`; `words` if it stands alone."""
    return _drawing(f"i-{name}", "i", words)


@register.simple_tag
def sign(kind: str, words: str = "") -> SafeString:
    """The shape of a light alone, for a place where the word stands elsewhere in the same row."""
    return _drawing(f"l-{shape(kind)}", "sign", words)


@register.simple_tag
def light(kind: str, words: str, pill: bool = False) -> SafeString:
    """A light: circle yes, triangle ask, octagon no, square info, ring quiet; with its words."""
    css = f"light {shape(kind)} pill" if pill else f"light {shape(kind)}"
    return format_html('<span class="{}">{}{}</span>', css, sign(kind), words)


@register.simple_tag
def glass(line: str, words: str) -> SafeString:
    """What was signed on the screen, as a drawing with words that say whose it is."""
    if not LINE.fullmatch(line):
        return format_html('<span class="signed">{}</span>', gettext("signed by typed name"))
    return format_html(
        '<svg class="signed" viewBox="0 0 600 200" role="img" aria-label="{}">'
        '<path class="line" d="{}"/></svg>',
        words,
        line,
    )


@register.simple_tag
def crumbs(*steps: str) -> SafeString:
    """The way back, as pairs of words and address: `{% crumbs "Albums" albums_url %}`."""
    links = format_html_join(
        "", '<li><a href="{1}">{0}</a></li>', zip(steps[::2], steps[1::2], strict=True)
    )
    back = gettext("The way back")
    return format_html('<nav aria-label="{}"><ol class="crumbs">{}</ol></nav>', back, links)


@register.simple_tag
def print_button(small: bool = True) -> SafeString:
    """Prints the page that loads `js/print.js`. Without a script the browser's own menu does."""
    css = "btn second small" if small else "btn second"
    words = '<button class="{}" type="button" data-print hidden>{}Print</button>'
    return format_html(words, css, icon("print"))


@register.simple_tag
def save_csv(view: str, *named: object, query: str = "") -> SafeString:
    """Leads to the list as a sheet: the view's name with what its address names, and the query by
    which the list is narrowed, or nothing."""
    address = reverse(view, args=named) + (f"?{query}" if query else "")
    words = '<a class="btn second small" href="{}">{}Save as CSV</a>'
    return format_html(words, address, icon("down"))


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """`22 November 2026`, or as the reader's language writes it."""
    if value is None:
        return ""
    return written(value, "j F Y") if _english() else date_format(value, "DATE_FORMAT")


@register.filter(expects_localtime=True)
def weekday(value: date | None) -> str:
    """`Sunday 22 November 2026`."""
    return f"{written(value, 'l')} {day(value)}" if value else ""


@register.filter(expects_localtime=True)
def clock(value: datetime | time | None) -> str:
    """`3:40pm`, in the school's time, or as the reader's language writes it."""
    if value is None:
        return ""
    return written(value, "g:iA").lower() if _english() else time_format(value, "TIME_FORMAT")


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """`22 November 2026, 3:40pm`, in the school's time."""
    return f"{day(value)}, {clock(value)}" if value else ""


def _english() -> bool:
    return (get_language() or "en").startswith("en")


@register.simple_tag
def school_words(text: str) -> SafeString:
    """A purpose's words: ours in the reader's language; those that the school typed, as typed."""
    if _english() or text in SHIPPED_WORDS:
        return format_html("{}", in_language(text))
    return format_html('<span lang="{}" dir="auto">{}</span>', SCHOOL_LANGUAGE, text)


@register.filter
def plain_words(text: str) -> str:
    """The same where no tag may stand, such as in the words for a picture."""
    return in_language(text)


register.filter(in_order)


@register.filter
def percent(fraction: float) -> str:
    """A fraction of the picture as a length that SVG understands in any language: `12.50%`."""
    return f"{fraction * 100:.2f}%"


@register.filter
def fraction(value: float | str | None) -> str:
    """A fraction as the forms of a box take it, the same in any language: `0.1250`."""
    return f"{value:.4f}" if isinstance(value, float | int) else ""


@register.filter
def shape(kind: str) -> str:
    """The shape of a light, for the colour of a word that stands apart from it."""
    return SHAPES[kind]
