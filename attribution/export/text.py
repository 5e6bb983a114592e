"""Records → JSONL and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

# What the records nest: fields with parts, which tables give a column each, and lists.
NESTED = {
    "mention": ("start", "end", "text"),
    "cue": ("start", "end", "text"),
    "stance": ("target", "label", "best", "score", "confidence", "model"),
}
LISTS = ("pieces", "alternatives")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Line ends to some readers though JSON lets them stand, and halves of characters that UTF-8 cannot carry.
_TO_ESCAPE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


def _flat(field: str) -> list[str]:
    return [f"{field}_{part}" for part in NESTED[field]] if field in NESTED else [field]


RECORD_FIELDS = (
    *("article", "file", "sha256", "outlet", "published", "quote_id", "start", "end"),
    *("page", "time", "pieces", "text"),
    *("kind", "unclosed", "speaker", "speaker_id", "speaker_type", "speaker_description", "role"),
    *("mention", "cue", "evidence", "confidence", "alternatives", "stance"),
)
"""The fields of the public record, in order."""

CSV_COLUMNS = tuple(column for field in RECORD_FIELDS for column in _flat(field))
"""The columns of `to_csv`, in order."""


def to_jsonl(records: Iterable[Mapping[str, Any]]) -> str:
    r"""One JSON object a line, in UTF-8 characters.

    >>> to_jsonl([{"text": "C’est fini."}])
    '{"text": "C’est fini."}\n'
    """
    return "".join(_json(record) + "\n" for record in records)


def to_csv(records: Iterable[Mapping[str, Any]]) -> str:
    r"""A table with a header and one row a record, as RFC 4180 has it.

    `mention`, `cue` and `stance` become columns of their own (`mention_text`, `stance_label`);
    `pieces` and `alternatives` hold JSON. What is null is empty. A text that a spreadsheet would
    run as a formula, one that begins with = + - @, a tab or a line end, has an apostrophe put before it.

    >>> to_csv([{"text": "=1+1", "mention": {"text": "he"}}]).splitlines()[1].strip(",")
    "'=1+1,,,,,,,,,,he"
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(CSV_COLUMNS)
    for record in records:
        writer.writerow(cells(record))
    return _TO_ESCAPE.sub(lambda match: match[0] if match[0] < "\ud800" else "\ufffd", table.getvalue())


def cells(record: Mapping[str, Any]) -> list[Any]:
    """The record's values in the order of `CSV_COLUMNS`, safe in a spreadsheet."""
    row: list[Any] = []
    for field in RECORD_FIELDS:
        value = record.get(field)
        if field in NESTED:
            row += [safe((value or {}).get(part)) for part in NESTED[field]]
        elif field in LISTS:
            row.append(_json(value) if value is not None else None)
        else:
            row.append(safe(value))
    return row


def safe(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula; anything else as it is.

    >>> safe("=1+1"), safe(-1)
    ("'=1+1", -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _json(value: Any) -> str:
    line = json.dumps(value, ensure_ascii=False)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
