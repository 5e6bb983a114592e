"""The rows of tables → articles: which column is which, guessed by name and said, or named by a person."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attribution.article import AttributionError
from attribution.readers.dates import iso_date
from attribution.readers.document import Contents, Document
from attribution.readers.formats import TEXT_COLUMNS, column_key
from attribution.readers.text import MOST_BYTES, is_blank

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


def choose_columns(columns: Sequence[str], given: Mapping[str, str] | None) -> dict[str, str]:
    """Which of the table's `columns` holds what: those `given` by a person, the others by their names.

    Raises `AttributionError` where no column holds a text, a given one is not there, or the table is one
    that this program wrote.

    >>> choose_columns(["id", "Body", "Publish Date"], None)
    {'text': 'Body', 'published': 'Publish Date'}
    """
    by_key = {column_key(column): column for column in reversed(columns)}
    there = _shown(columns)
    for field, column in (given or {}).items():
        if field not in _NAMES:
            raise AttributionError(f"has no use for a column as “{field}”. Known: {', '.join(_NAMES)}.")
        if column not in columns:
            raise AttributionError(f"has no column {_shown([column])}. It has {there}: name one of them.")
    chosen = dict(given or {})
    if not chosen and {"quote_id", "pieces"} & by_key.keys():
        raise AttributionError("holds quotes that were extracted, no articles. Name the articles themselves.")
    for field, names in _NAMES.items():
        for name in names:
            if name in by_key and by_key[name] not in chosen.values():
                chosen.setdefault(field, by_key[name])
    if "text" not in chosen:
        raise AttributionError(f"has no column with a text. It has {there}: call one “text”, or name it.")
    if not given and set(chosen) == {"text"} and "speaker" in by_key:
        raise AttributionError("is a list of quotes, no articles. Name the articles themselves.")
    return {field: chosen[field] for field in _NAMES if field in chosen}


def columns_note(chosen: Mapping[str, str], columns: Sequence[str]) -> str:
    """Which columns were taken, in a line for a person.

    >>> columns_note({"text": "Body", "published": "Date"}, ["id", "Body", "Date"])
    'Read text from “Body”, published from “Date”; not “id”.'
    """
    taken = ", ".join(f"{field} from {_shown([column])}" for field, column in chosen.items())
    rest = [column for column in columns if column not in chosen.values()]
    return f"Read {taken}; not {_shown(rest)}." if rest else f"Read {taken}."


def _shown(columns: Sequence[str]) -> str:
    """Names of columns in a line: what a file calls them may be long, or no line at all."""
    plain = (" ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", str(column)).split()) for column in columns[:12])
    names = [f"“{name[:40]}…”" if len(name) > 40 else f"“{name}”" for name in plain]
    return ", ".join(names)[:300] + (" …" if len(columns) > 12 else "")


def documents_of(
    rows: Iterable[tuple[str, Mapping[str, Any] | str]], chosen: Mapping[str, str], contents: Contents
) -> None:
    """Put a document for each row into `contents`; a row is (its place, its cells or why it has none)."""
    count = unread = 0
    for place, cells in rows:
        count += 1
        if count > MOST_ROWS:
            contents.refused.append((f"after row {MOST_ROWS:,}", "is more than a table may hold. Split it."))
            return
        reason = cells if isinstance(cells, str) else _refused(cells.get(chosen["text"]), chosen["text"])
        if reason is None:
            contents.documents.append(_document(place, cells, chosen))  # type: ignore[arg-type]
            continue
        unread += 1
        if unread <= _MOST_REFUSED:
            contents.refused.append((place, reason))
    if unread > _MOST_REFUSED:
        more = f"{unread - _MOST_REFUSED:,} further rows"
        contents.refused.append((more, "have no text that can be read. See the rows above."))


def _refused(text: object, column: str) -> str | None:
    if not isinstance(text, str) or is_blank(text):
        return f"has no text in column {_shown([column])}."
    if len(text) > MOST_BYTES:
        return f"is larger than {MOST_BYTES // 1_000_000} MB, the most that one article may have. Split it."
    return None


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
    return Document(cells[chosen["text"]], part=place, **fields)


def _line(value: object) -> str | None:
    """A cell as a line: of a list its items, of an object its name, as JSON of news collections has them."""
    if isinstance(value, list):
        return ", ".join(text for item in value[:20] if (text := _line(item))) or None
    if isinstance(value, dict):
        return _line(value.get("name") or value.get("title"))
    if isinstance(value, float) and not math.isfinite(value):  # an empty cell, as data frames have it
        return None
    text = " ".join(str(value).split())[:500] if isinstance(value, str | int | float) else ""
    return text or None
