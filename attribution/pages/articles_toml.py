"""A visitor's mends as an `articles.toml`, which beside the files makes them everybody's."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from attribution.article import Article, AttributionError
from attribution.readers.metadata import FIELDS, FILE_NAME, read_metadata

__all__ = ["FILE_NAME", "to_toml"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def to_toml(
    articles: Mapping[str, Article], mended: Mapping[str, Mapping[str, str | None]]
) -> tuple[str, list[str]]:
    """The file's text, and a line for each thing that such a file cannot say.

    `articles` are those loaded as their files say them, `mended` the fields set by hand, both by the same
    keys. What an `articles.toml` beside a file says already is kept, so that the new one can replace it.
    """
    tables: dict[str, dict[str, str]] = {}
    lost: list[str] = []
    folders: dict[str, str] = {}
    for folder in dict.fromkeys(os.path.dirname(articles[key].file) for key in mended):
        for name, fields in _there(folder).items():
            tables.setdefault(name, dict(fields))
    for key, fields in mended.items():
        file = articles[key].file
        name, folder = os.path.basename(file), os.path.dirname(file)
        if not _is_whole(articles[key]):
            lost.append(f"{file} is a part of its file, which {FILE_NAME} cannot name: mend it there.")
            continue
        if folders.setdefault(name, folder) != folder:
            lost.append(f"{file}: another file of that name was mended too; only {folders[name]} is kept.")
            continue
        known = {field: value for field, value in fields.items() if value}
        gone = [field for field, value in fields.items() if not value and getattr(articles[key], field)]
        # Without a word on the language the text tells it again, which is what was asked for.
        if unsaid := [field for field in gone if field != "read_as"]:
            lost.append(f"{file}: {FILE_NAME} cannot say that the {' and the '.join(unsaid)} is unknown.")
        tables[name] = {k: v for k, v in tables.get(name, {}).items() if k not in gone} | known
    return "\n".join(_table(name, fields) for name, fields in tables.items() if fields), lost


def _there(folder: str) -> dict[str, dict[str, str]]:
    """What the folder's own file says; a visitor's own texts lie in no folder."""
    try:
        return read_metadata(Path(folder)) if folder and os.path.isdir(folder) else {}
    except AttributionError:
        return {}  # the page tells of it where it tells what could not be read


def _is_whole(article: Article) -> bool:
    """Whether the article is all of its file; of a part an `articles.toml` cannot say its own title."""
    return article.id == article.sha256[:12]


def _table(file: str, fields: Mapping[str, str]) -> str:
    lines = [f"{name} = {_value(name, fields[field])}" for name, field in FIELDS.items() if field in fields]
    return "\n".join([f"[{_string(file)}]", *lines, ""])


def _value(field: str, value: str) -> str:
    return value if field == "published" and _DAY.fullmatch(value) else _string(value)


def _string(text: str) -> str:
    """A TOML basic string: JSON's, but for the one character that JSON leaves as it is."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
