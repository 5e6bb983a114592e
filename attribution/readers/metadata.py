"""`articles.toml`: what a person knows of the articles beside it that their texts do not say."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

from attribution.article import AttributionError
from attribution.tongue import language_code

FILE_NAME = "articles.toml"
FIELDS = {
    "outlet": "outlet",
    "published": "published",
    "title": "title",
    "author": "author",
    "url": "url",
    "language": "read_as",
}
"""What the file may say of an article, and the field of `Article` that holds it."""


def read_metadata(folder: Path) -> dict[str, dict[str, str]]:
    """The folder's `articles.toml`: file name → fields of its `Article`; empty where there is none.

        ["2026-02-04_walz.txt"]
        outlet = "Example Herald"
        published = 2026-02-04

    Fields: `outlet`, `published` (an ISO date), `title`, `author`, `url`, and `language` (an ISO 639-1 code)
    where it is not to be told by the text. What is not given stays unknown.
    Raises `AttributionError` where the file cannot be read or says something else.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return {}
    if path.resolve().parent != folder.resolve():
        raise AttributionError(f"{path}: is a link that leads out of its folder. Put the file itself there.")
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AttributionError(f"{path}: cannot be read ({error.strerror}). Mend or remove it.") from None
    except UnicodeDecodeError:
        raise AttributionError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise AttributionError(f"{path}: is no TOML: {error}. Mend that line.") from None
    return {name: _fields(table, f'{path}: ["{name}"]') for name, table in tables.items()}


def _fields(table: object, where: str) -> dict[str, str]:
    if not isinstance(table, dict):
        raise AttributionError(f'{where} must be a table: a line ["FILE NAME"], and its fields below.')
    fields = {}
    for key, value in table.items():
        if key not in FIELDS:
            raise AttributionError(f"{where} has an unknown field “{key}”. Known: {', '.join(FIELDS)}.")
        if key == "published" and isinstance(value, datetime.date):
            value = value.isoformat()
        if not isinstance(value, str) or not value.strip():
            raise AttributionError(f'{where} {key} must be a text in quotation marks, as in {key} = "…".')
        if key == "published":
            _check_date(value, where)
        fields[FIELDS[key]] = _language(value, where) if key == "language" else value.strip()
    return fields


def _language(value: str, where: str) -> str:
    try:
        return language_code(value)
    except AttributionError as error:
        raise AttributionError(f"{where} language: {error}") from None


def _check_date(value: str, where: str) -> None:
    try:
        datetime.datetime.fromisoformat(value.strip())
    except ValueError:
        raise AttributionError(f"{where} published is no ISO date: “{value}”. Write 2026-02-04.") from None
