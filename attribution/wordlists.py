"""The word lists in `data/*.txt`: the section in brackets, then an entry a line; `#` starts a comment."""

from __future__ import annotations

from importlib.resources import files


def read_lists(name: str) -> dict[str, list[str]]:
    """The sections of `data/name`, each with its entries in order.

    >>> read_lists("labels.txt")["not speakers"][0]
    'breaking'
    """
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in (files("attribution") / "data" / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            entries = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            entries.append(line)
    return sections
