"""Rows of gold files: read, checked, and refused by file and line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.article import AttributionError
from attribution.paths import seeds_folder

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Row:
    """One JSON object of a gold file, and the line it stands on."""

    path: Path
    line: int
    values: dict[str, Any]

    @property
    def place(self) -> str:
        """What to call the row in an error or a table."""
        return f"{self.path.name}, line {self.line}"

    def broken(self, what: str) -> AttributionError:
        """The error that names this row."""
        return AttributionError(f"{self.path}, line {self.line}: {what}. Mend the row.")


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file, gzipped or not. Raises `AttributionError` where one is no JSON object."""
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as stream:
            lines = [(number, line) for number, line in enumerate(stream, start=1) if line.strip()]
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise AttributionError(f"{path}: cannot be read ({error}). Name a JSONL file in UTF-8.") from error
    if not lines:
        raise AttributionError(f"{path}: is empty. Write one JSON object a line.")
    rows = []
    for number, line in lines:
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Row(path, number, {}).broken(f"is no JSON ({error})") from None
        rows.append(Row(path, number, values))
        if not isinstance(values, dict):
            raise rows[-1].broken("is no JSON object")
    return rows


@contextmanager
def reading(row: Row) -> Iterator[None]:
    """Whatever a row lacks becomes an `AttributionError` that names it."""
    try:
        yield
    except KeyError as error:
        raise row.broken(f"has no “{error.args[0]}”") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise row.broken(f"is not as it should be: {error}") from error


def span(value: Any, text: str) -> tuple[int, int]:
    """`[start, end]` or `{"start", "end"}` as a pair. Raises `ValueError` where no text stands there."""
    start, end = (value["start"], value["end"]) if isinstance(value, dict) else value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise ValueError(f"{value} is no span of a text of {len(text)} characters")
    return start, end


def spans(values: Any, text: str) -> Spans:
    """A list of spans; none for null."""
    return tuple(span(value, text) for value in values or ())


def mark(value: Any, text: str) -> tuple[Spans, str | None]:
    """A mention or cue as the gold has it: its characters, or only its words, or neither.

    >>> mark([0, 2], "He left."), mark("He", "He left."), mark(None, "He left.")
    ((((0, 2),), 'He'), ((), 'He'), ((), None))
    """
    if value is None or isinstance(value, str):
        return (), value or None
    start, end = span(value, text)
    return ((start, end),), text[start:end]


def article_text(row: Row) -> str:
    """The text that a row's spans index: its own, or that of its `file` beside the gold or in the seeds.

    Raises `AttributionError` where there is no such file.
    """
    if isinstance(row.values.get("text"), str) and "file" not in row.values:
        return row.values["text"]
    name = row.values["file"]
    places = (row.path.parent / name, Path(name), seeds_folder() / Path(name).name)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise AttributionError(
            f"{row.path}, line {row.line}: {name} is not there. Put the article beside the gold file."
        )
    with found.open(encoding="utf-8", newline="") as stream:
        return stream.read()
