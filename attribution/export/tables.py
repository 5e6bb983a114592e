"""Records → Parquet and Excel: the same columns as the CSV, each in its own type."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError
from attribution.export.text import CSV_COLUMNS, NESTED, RECORD_FIELDS, cells

if TYPE_CHECKING:
    import pyarrow

# The libraries take a while to load and are wanted by few: they are imported where they are used.

_WHOLE = {"start", "end", "page", "mention_start", "mention_end", "cue_start", "cue_end"}
_REAL = {"confidence", "stance_score", "stance_confidence"}
_MOST_ROWS = 1_048_575  # of a sheet of Excel, without the header
_LONGEST = 32_767  # characters in a cell of Excel
_WIDTHS = {"text": 70, "evidence": 40, "role": 28, "speaker": 24, "outlet": 20, "stance_target": 24}

# Halves of characters are no text to any file; most control characters are none to XML, nor are two more.
_HALVES = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    r"""`text` with � for the characters that no XML, and so no Word or Excel file, can hold.

    >>> xml_text("a\x00b")
    'a�b'
    """
    return _NOT_XML.sub("\ufffd", text)


def to_parquet(records: Iterable[Mapping[str, Any]]) -> bytes:
    """A Parquet file with one row a record.

    `mention`, `cue` and `stance` become columns of their own, as in `to_csv`; `pieces` and `alternatives`
    stay lists. Texts are as they are, with � for a half of a character.

    >>> to_parquet([{"text": "No."}])[:4]
    b'PAR1'
    """
    import pyarrow
    from pyarrow import parquet

    rows = [_columns(record) for record in records]
    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=_schema()), file)
    return file.getvalue()


def _columns(record: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for field in RECORD_FIELDS:
        value = record.get(field)
        if field in NESTED:
            row |= {f"{field}_{part}": (value or {}).get(part) for part in NESTED[field]}
        else:
            row[field] = value
    return {column: _whole(value) for column, value in row.items()}


def _whole(value: Any) -> Any:
    """The value with � for every half of a character in it."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, list):
        return [{key: _whole(part) for key, part in entry.items()} for entry in value]
    return value


def _schema() -> pyarrow.Schema:
    """The columns' types, the same for every table, an empty one too."""
    import pyarrow

    piece = pyarrow.struct([("start", pyarrow.int64()), ("end", pyarrow.int64()), ("text", pyarrow.string())])
    runner_up = pyarrow.struct([("speaker", pyarrow.string()), ("confidence", pyarrow.float64())])
    special = {
        "pieces": pyarrow.list_(piece),
        "alternatives": pyarrow.list_(runner_up),
        "unclosed": pyarrow.bool_(),
    }
    special |= dict.fromkeys(_WHOLE, pyarrow.int64()) | dict.fromkeys(_REAL, pyarrow.float64())
    return pyarrow.schema([(column, special.get(column, pyarrow.string())) for column in CSV_COLUMNS])


def to_xlsx(records: Iterable[Mapping[str, Any]]) -> bytes:
    """An Excel workbook with one sheet: a header, and one row a record, with the columns of `to_csv`.

    A text that a spreadsheet would run as a formula has an apostrophe put before it, as in `to_csv`. What
    Excel cannot hold is changed: � for control characters, and … where a text is cut after 32,766
    characters. Raises `AttributionError` for more rows than a sheet has.

    >>> to_xlsx([{"text": "No."}])[:2]
    b'PK'
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    rows = list(records)
    if len(rows) > _MOST_ROWS:
        raise AttributionError(f"Excel: {len(rows):,} quotes, over {_MOST_ROWS:,}. Take CSV or Parquet.")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Quotes")
    sheet.freeze_panes = "A2"

    def written(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        cell = WriteOnlyCell(sheet, _fitting(value))
        cell.data_type = "s"  # never a formula, an error or a date, whatever it reads like
        return cell

    letters = [get_column_letter(number) for number in range(1, len(CSV_COLUMNS) + 1)]
    for letter, column in zip(letters, CSV_COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, max(11, len(column) + 2))
    header = [WriteOnlyCell(sheet, column) for column in CSV_COLUMNS]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for record in rows:
        sheet.append([written(value) for value in cells(record)])
    sheet.auto_filter.ref = f"A1:{letters[-1]}{len(rows) + 1}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fitting(text: str) -> str:
    text = xml_text(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
