"""Parquet tables by pyarrow: an article a row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from attribution.article import AttributionError
from attribution.readers.document import Contents
from attribution.readers.formats import MEGABYTE
from attribution.readers.tables import MOST_ROWS, add_rows, table_of

_MOST_BYTES = 100 * MEGABYTE  # unpacked, of the columns that are read
_BATCH = 64  # rows at a time


def read(data: bytes, columns: Mapping[str, str] | None = None) -> Contents:
    """The articles of a table; of its columns only those that are taken are unpacked."""
    import pyarrow

    try:
        return _read(data, columns)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, MemoryError):
            raise
        raise AttributionError("is a broken Parquet file. Write it again, or as CSV.") from None


def _read(data: bytes, columns: Mapping[str, str] | None) -> Contents:
    import pyarrow.parquet

    table = pyarrow.parquet.ParquetFile(io.BytesIO(data), page_checksum_verification=False)
    names = table.schema_arrow.names
    contents = table_of(names, columns)
    chosen = list(contents.table.chosen.values()) if contents.table else []
    if table.metadata.num_rows > MOST_ROWS:
        raise AttributionError(f"has {table.metadata.num_rows:,} rows, more than {MOST_ROWS:,}. Split it.")
    size = sum(
        group.column(i).total_uncompressed_size
        for group in map(table.metadata.row_group, range(table.metadata.num_row_groups))
        for i in range(group.num_columns)
        if group.column(i).path_in_schema.split(".")[0] in chosen
    )
    if size > _MOST_BYTES:
        raise AttributionError(f"unpacks to over {_MOST_BYTES // MEGABYTE} MB. Split it.")
    add_rows(contents, _rows(table, list(dict.fromkeys(chosen))))
    return contents


def _rows(table: Any, columns: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    number = 0
    for batch in table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
        for row in batch.to_pylist():
            number += 1
            yield f"row {number}", row
