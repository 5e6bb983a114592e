"""The rows of tables → articles: which column is which, guessed by name and said, or named by a person."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attribution.article import AttributionError
from attribution.readers.dates import iso_date
from attribution.readers.document import Contents, Document, Table
from attribution.readers.formats import TEXT_COLUMNS, column_key
from attribution.readers.text import MOST_BYTES, is_blank
from attribution.readers.webtext import fragment_text

MOST_ROWS = 100_000
_NAMES = {
    "text": TEXT_COLUMNS,
    "title": "title headline head heading article_title".split(),
    "author": "author authors byline writer".split(),
    "published": "published date publish_date published_date publication_date published_at date_published "
    "pubdate pub_date publishdate published_time datetime timestamp created_at time".split(),
    "outlet": "outlet source publisher publication site site_name newspaper source_name media domain".split(),
    "url": "url link href web_url article_url canonical_url permalink".split(),
    "language": "language lang".split(),
}
FIELDS = tuple(_NAMES)
"""What a column may be named as holding."""

_MOST_REFUSED = 100  # rows told one by one


def named_columns(given: Iterable[str]) -> dict[str, str]:
    """What a table's columns are called by a person who writes “text=Story”, one for each field.

    Raises `AttributionError` where that is not what stands there.

    >>> named_columns(["text=Story", "published = Day"])
    {'text': 'Story', 'published': 'Day'}
    """
    columns: dict[str, str] = {}
    for each in given:
        field, sign, name = (part.strip() for part in each.partition("="))
        if not (sign and name) or field not in FIELDS:
            raise AttributionError(
                f"--column: “{each}” is no FIELD=NAME. Write text=Story; fields: {', '.join(FIELDS)}."
            )
        if field in columns:
            raise AttributionError(f"--column: names “{field}” twice. Name one column for it.")
        columns[field] = name
    return columns


def table_of(columns: Sequence[str], given: Mapping[str, str] | None) -> Contents:
    """The contents of a table with these `columns` before any row: which is what, and a line that says so.

    Those `given` by a person ("": none), the others by their names; without a text the table is refused.
    Raises `AttributionError` where a given one is not there, or the table is one that this program wrote.

    >>> table_of(["id", "Body", "Publish Date"], None).table.chosen
    {'text': 'Body', 'published': 'Publish Date'}
    """
    chosen = _choose(columns, given)
    table = Table(list(columns), chosen)
    if "text" in chosen:
        return Contents(notes=[_note(table)], table=table)
    reason = f"has no column with a text. It has {_shown(columns)}: call one “text”, or name it."
    return Contents(refused=[("", reason)], table=table)


def _choose(columns: Sequence[str], given: Mapping[str, str] | None) -> dict[str, str]:
    by_key = {column_key(column): column for column in reversed(columns)}
    for field, column in (given or {}).items():
        if field not in _NAMES:
            raise AttributionError(f"has no use for a column as “{field}”. Known: {', '.join(_NAMES)}.")
        if column and column not in columns:
            raise AttributionError(
                f"has no column {_shown([column])}. It has {_shown(columns)}: name one of them."
            )
    chosen = dict(given or {})
    if not chosen and {"quote_id", "pieces"} & by_key.keys():
        raise AttributionError("holds quotes that were extracted, no articles. Name the articles themselves.")
    for field, names in _NAMES.items():
        for name in names:
            if name in by_key and by_key[name] not in chosen.values():
                chosen.setdefault(field, by_key[name])
    if not given and set(chosen) == {"text"} and "speaker" in by_key:
        raise AttributionError("is a list of quotes, no articles. Name the articles themselves.")
    return {field: chosen[field] for field in _NAMES if chosen.get(field)}


def _note(table: Table) -> str:
    """Which columns were taken, in a line for a person.

    >>> _note(Table(["id", "Body", "Date"], {"text": "Body", "published": "Date"}))
    'Read text from “Body”, published from “Date”; not “id”.'
    """
    taken = ", ".join(f"{field} from {_shown([column])}" for field, column in table.chosen.items())
    rest = [column for column in table.columns if column not in table.chosen.values()]
    return f"Read {taken}; not {_shown(rest)}." if rest else f"Read {taken}."


def _shown(columns: Sequence[str]) -> str:
    """Names of columns in a line: what a file calls them may be long, or no line at all."""
    plain = (" ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", str(column)).split()) for column in columns[:12])
    names = [f"“{name[:40]}…”" if len(name) > 40 else f"“{name}”" for name in plain]
    return ", ".join(names)[:300] + (" …" if len(columns) > 12 else "")


def add_rows(contents: Contents, rows: Iterable[tuple[str, Mapping[str, Any] | str]]) -> None:
    """Put a document for each row into what `table_of` made; a row is (its place, its cells or why none)."""
    chosen = contents.table.chosen if contents.table else {}
    if "text" not in chosen:
        return
    unread = marked_up = 0
    for count, (place, cells) in enumerate(rows):
        if count >= MOST_ROWS:
            contents.refused.append((f"after row {MOST_ROWS:,}", "is more than a table may hold. Split it."))
            break
        try:
            if isinstance(cells, str):
                raise AttributionError(cells)
            document = _document(place, cells, chosen)
        except AttributionError as error:
            unread += 1
            if unread <= _MOST_REFUSED:
                contents.refused.append((place, str(error)))
        else:
            contents.documents.append(document)
            marked_up += document.text != _whole(cells[chosen["text"]])
    if marked_up:
        contents.notes.append(f"HTML in {_shown([chosen['text']])} is read as the text that one sees.")
    if unread > _MOST_REFUSED:
        more = f"{unread - _MOST_REFUSED:,} further rows"
        contents.refused.append((more, "have no text that can be read. See the rows above."))


def _text(cell: object, column: str) -> str:
    """The text of a row. Raises `AttributionError` where there is none, or too much."""
    if isinstance(cell, str) and len(cell) > MOST_BYTES:
        most = f"{MOST_BYTES // 1_000_000} MB"
        raise AttributionError(f"is larger than {most}, the most that one article may have. Split it.")
    text = as_seen(_whole(cell))
    if is_blank(text):
        raise AttributionError(f"has no text in column {_shown([column])}.")
    return text


_LINE_END = re.compile(r"(?:\\r)?\\n(?=\\|\s|$|[^\W_a-z]|[\"'“‘«\[(])")


def _whole(cell: object) -> str:
    r"""The text of a cell: paragraphs of a list together, line ends that are written out as such.

    >>> _whole(["No.", "Yes."]), _whole(r"No.\n\nYes."), _whole(r"C:\news\notes")
    ('No.\n\nYes.', 'No.\n\nYes.', 'C:\\news\\notes')
    """
    if isinstance(cell, list) and all(isinstance(part, str) for part in cell):
        return "\n\n".join(cell)
    if not isinstance(cell, str):
        return ""
    return cell if "\n" in cell or "\\n" not in cell else _LINE_END.sub("\n", cell)


_OPENED = re.compile(
    r"(?i)<(p|div|span|a|em|strong|b|i|u|q|li|h[1-6]|blockquote|figcaption|td)\b[^<>]{0,500}>"
)
_CLOSED = re.compile(r"(?i)</([a-z]{1,10}[1-6]?)\s*>|<(br)\s*/?>")
_BLOCK = re.compile(r"(?i)<(?:br|p|div|li|h[1-6]|blockquote|td|hr)\b")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")


def as_seen(cell: str) -> str:
    """A cell that holds HTML as the text that one sees; any other as it is.

    >>> as_seen("<p>&ldquo;No,&rdquo; said <b>Hill</b>.</p>"), as_seen("R&amp;D"), as_seen("a <b & c")
    ('“No,” said Hill.', 'R&D', 'a <b & c')
    """
    opened = {match[1].lower() for match in _OPENED.finditer(cell)}
    closed = {(match[1] or match[2]).lower() for match in _CLOSED.finditer(cell)}
    if not (opened & closed or "br" in closed):
        return html.unescape(cell) if _ENTITY.search(cell) else cell
    # With tags within its lines alone it is its empty lines that part the paragraphs.
    parts = [cell] if _BLOCK.search(cell) else re.split(r"\n[ \t\r]*\n", cell)
    return "\n\n".join(filter(None, map(fragment_text, parts)))


def _document(place: str, cells: Mapping[str, Any], chosen: Mapping[str, str]) -> Document:
    fields: dict[str, str | None] = {}
    for field, column in chosen.items():
        if field == "published":
            fields[field] = iso_date(cells.get(column))
        elif field == "url":
            link = _line(cells.get(column)) or ""
            fields[field] = link if re.fullmatch(r"(?i)https?://\S+", link) else None
        elif field != "text":
            fields[field] = _line(cells.get(column))
    return Document(_text(cells.get(chosen["text"]), chosen["text"]), part=place, **fields)


def _line(value: object) -> str | None:
    """A cell as a line: of a list its items, of an object its name, as JSON of news collections has them."""
    if isinstance(value, list):
        return ", ".join(text for item in value[:20] if (text := _line(item))) or None
    if isinstance(value, dict):
        return _line(value.get("name") or value.get("title"))
    if isinstance(value, float) and not math.isfinite(value):  # an empty cell, as data frames have it
        return None
    if isinstance(value, str):
        value = as_seen(value)
    text = " ".join(str(value).split())[:500] if isinstance(value, str | int | float) else ""
    return text or None
