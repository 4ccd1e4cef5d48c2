"""QR codes as drawings in a page, that no style and no other address is needed for."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def qr_code(text: str, words: str = "") -> SafeString:
    """Draw `text` as a QR code; `words` say what it is to those who cannot see it."""
    code = qrcode.QRCode(border=2)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{2}"><path d="{1}"/></svg>',
        len(rows),
        dark,
        words or _("A picture that your app reads"),
    )
