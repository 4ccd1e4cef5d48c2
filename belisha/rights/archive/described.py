"""The archive in words: its README, and the tables that docs/archive.md lists."""

from typing import Any

from belisha.rights.archive.tables import schema

README = """\
# An open archive of a school's records

Belisha wrote this. It holds everything that the school keeps there, but for what would let somebody
in. Nothing in it is sealed: look after it as you would after the filing cabinet.

- `manifest.json` lists every other file with its bytes and SHA-256, every table with its columns,
  and how many rows each has. `version` and `migrations` say which Belisha wrote it.
- `tables/NAME.jsonl` is one table: one row a line, as a JSON object in UTF-8.
- `files/TABLE/ID.ending` is the file that belongs to the row with that `id` in that table.

Ids are whole numbers and stay the same for ever. `refers_to` names the table whose `id` a column
holds. Days are `2026-11-29`, times are in UTC as `2026-11-29T09:30:00+00:00`, bytes are base64.

Left out: passwords, passkeys and second steps, codes and invitations, keys, sessions. A column that
held a seal is empty: the bytes are in `files/`.

`belisha archive import FILE.zip` fills an empty installation from it, with the same ids.
"""


def tables_described() -> str:
    """Every table with what a row is and its columns, in Markdown."""
    return "\n".join(_table(table) for table in schema(secrets=False))


def _table(table: dict[str, Any]) -> str:
    columns = "\n".join(f"| `{one['name']}` | {_kind(one)} |" for one in table["columns"])
    words = f"{table['row']}\n\n" if table["row"] and "(" not in table["row"][:40] else ""
    return f"### {table['table']}\n\n{words}| column | what it is |\n|---|---|\n{columns}\n"


def _kind(column: dict[str, Any]) -> str:
    target = f" of a row of `{column['refers_to']}`" if "refers_to" in column else ""
    return f"{column['kind']}{target}{', or null' if column.get('may_be_null') else ''}"
