"""JSONL, and JSON lists: an article an object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attribution.article import AttributionError
from attribution.readers.document import Contents
from attribution.readers.formats import TEXT_COLUMNS, column_key
from attribution.readers.tables import add_rows, table_of
from attribution.readers.text import decode

_DEEPEST = 4  # objects in objects around the list of articles


def read(data: bytes, columns: Mapping[str, str] | None = None) -> Contents:
    """The articles of a file with one JSON object a line; `columns` are those that a person named."""
    rows = list(_rows(decode(data, "")))
    names: dict[str, None] = {}
    for _, row in rows[:1000]:
        if isinstance(row, dict):
            names.update(dict.fromkeys(row))
    if not names:
        raise AttributionError('has no JSON object. Write one a line, {"text": "…", "title": "…"}.')
    contents = table_of(list(names), columns)
    add_rows(contents, rows)
    return contents


def _rows(text: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Each object with its place, or why there is none."""
    whole = text.strip()
    if whole.startswith("[") or (whole.startswith("{") and ("\n" in whole[:3] or "\n" not in whole)):
        yield from _of_one_value(whole)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"row {number}", _object(line)


def _of_one_value(text: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """The objects of a list, of a list within objects ({"response": {"docs": […]}}), or the one object."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise AttributionError("is no JSON that can be read. Write one object a line.") from None
    for _ in range(_DEEPEST):
        if not isinstance(value, dict) or {column_key(name) for name in value} & set(TEXT_COLUMNS):
            break
        lists = [
            item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)
        ]
        objects = [item for item in value.values() if isinstance(item, dict)]
        if len(lists) == 1:
            value = lists[0]
        elif len(objects) == len(value) > 1:  # {"id 1": {…}, "id 2": {…}}
            value = objects
        elif len(objects) == 1 and not lists:
            value = objects[0]
        else:
            break
    kind = "item" if isinstance(value, list) or "\n" in text else "row"
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        yield f"{kind} {number}", item if isinstance(item, dict) else "is no JSON object. Write {…}."


def _object(line: str) -> dict[str, Any] | str:
    try:
        row = json.loads(line)
    except RecursionError:
        return "is nested too deeply to be read."
    except ValueError as error:
        return f"is no JSON object ({str(error)[:80]}). Mend the line."
    return row if isinstance(row, dict) else "is no JSON object. Write {…}."
