"""The files that leave the project: records as tables, and what a page shows as a report."""

from attribution.export.report import to_html
from attribution.export.tables import to_parquet, to_xlsx
from attribution.export.text import CSV_COLUMNS, RECORD_FIELDS, to_csv, to_jsonl
from attribution.export.view import View
from attribution.export.word import to_docx

__all__ = [
    "CSV_COLUMNS",
    "RECORD_FIELDS",
    "View",
    "to_csv",
    "to_docx",
    "to_html",
    "to_jsonl",
    "to_parquet",
    "to_xlsx",
]
