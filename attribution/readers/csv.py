"""CSV and TSV tables: an article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from attribution.article import AttributionError
from attribution.readers.document import Contents
from attribution.readers.formats import TEXT_COLUMNS, column_key
from attribution.readers.tables import add_rows, table_of
from attribution.readers.text import MOST_BYTES, decode


def read(data: bytes, columns: Mapping[str, str] | None = None) -> Contents:
    """The articles of a table whose first line names its columns; `columns` are those that a person named."""
    csv.field_size_limit(MOST_BYTES + 1)
    text = decode(data, "")
    if not text.strip():
        raise AttributionError("is empty. Name a file that holds an article's text.")
    delimiter = _delimiter(re.split(r"[\r\n]", text[:20_000].lstrip("\r\n"), maxsplit=1)[0], columns or {})
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = _header(rows)
    contents = table_of([name for name in names if name], columns)
    add_rows(contents, _rows(rows, names))
    return contents


def _header(rows: Iterator[list[str]]) -> list[str]:
    """The names of the columns: the first line that is not empty."""
    try:
        names = next((row for row in rows if row), [])
    except csv.Error as error:
        raise AttributionError(f"has no line with the names of columns ({error}). Write one.") from None
    return [" ".join(name.split()).strip("\ufeff") for name in names]


def _delimiter(line: str, given: Mapping[str, str]) -> str:
    """What parts the columns: that which makes names of articles' columns, else what is there most."""
    known = {column_key(name) for name in (*TEXT_COLUMNS, *given.values(), "title", "date", "url")}

    def score(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([line.strip()], delimiter=delimiter), [])
        return sum(column_key(cell) in known for cell in cells), len(cells)

    return max(",;\t|", key=score)


def _rows(rows: Iterator[list[str]], names: list[str]) -> Iterator[tuple[str, dict[str, Any] | str]]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"row {number}", f"is no row of a table ({error}). Mend it."
            continue
        if any(cell.strip() for cell in cells):
            yield f"row {number}", dict(zip(names, cells, strict=False))
