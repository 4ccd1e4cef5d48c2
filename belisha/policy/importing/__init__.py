"""Documents that schools have, read into outlines. No Django.

    outline = read(Path("Social media policy.docx"))

Readers (`word`, `open_document`, `printed`, `web_page`, `markdown`, `plain_text`) yield a flat list
of blocks; `structure` finds title, front matter, sections and numbered clauses in them, in one way
for all formats.
"""

from belisha.policy.importing.reading import read, read_with_text
from belisha.policy.importing.unreadable import Unreadable

__all__ = ["Unreadable", "read", "read_with_text"]
