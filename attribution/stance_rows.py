"""The rows of `attribution stance`: read from JSON lines, given back with a stance each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError

if TYPE_CHECKING:
    from attribution.stance import QuoteInContext, Stance, StanceClassifier, Target

    Row = tuple[dict[str, Any], Target, QuoteInContext]


def read_row(line: bytes) -> Row:
    """A row of `attribution stance`, as given and as the classifier takes it. Raises `ValueError`."""
    from attribution.stance import QuoteInContext, Target, check_target

    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError('is no JSON. Write {"text": "…", "target": "…"} on one line.') from None
    if not isinstance(row, dict):
        raise ValueError('is no JSON object. Write {"text": "…", "target": "…"}.')
    for field in ("text", "target"):
        if not isinstance(row.get(field), str) or not row[field].strip():
            raise ValueError(f"has no “{field}”. Give it as a text.")
    for field in ("context", "speaker", "about"):
        if not isinstance(row.get(field), str | None):
            raise ValueError(f"“{field}” is no text. Give a text or leave it out.")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise ValueError("“aliases” is no list of texts. Give one or leave it out.")
    target = Target(row["target"], about=row.get("about"), aliases=tuple(aliases))
    try:
        check_target(target)
    except AttributionError as error:
        raise ValueError(str(error)) from None
    return row, target, QuoteInContext(row["text"], context=row.get("context"), speaker=row.get("speaker"))


def with_stances(rows: Sequence[Row], classifier: StanceClassifier) -> Iterator[dict[str, Any]]:
    """The rows in their order, each with its stance; those that share a target are classified together."""
    stances: dict[int, Stance] = {}
    for target in dict.fromkeys(target for _, target, _ in rows):
        alike = [i for i, row in enumerate(rows) if row[1] == target]
        found = classifier.classify([rows[i][2] for i in alike], target)
        stances.update(zip(alike, found, strict=True))
    for i, (row, _, _) in enumerate(rows):
        yield row | {"stance": stances[i].as_record()}
