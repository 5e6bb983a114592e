"""The text of a plain letter that is sent on or answered: without `>` and the header within."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")
_MARK = re.compile(
    r"(?im)^[ \t>]*(?:-{2,}[ \t]*(?:original message|forwarded message(?: from [^\n]{1,80})?)[ \t]*-{2,}"
    r"|begin forwarded message:|_{10,})[ \t]*\n"
)
_HEADER = re.compile(r"[ \t>]*\*?(From|Sent|Date|To|Cc|Subject|Reply-To)\*?:\*?[ \t]*([^\n]*)(?:\n|$)")
_SPACE = re.compile(r"\s*")
_FEWEST = 60  # words that make what is quoted the letter, and not a line that is answered


def sent_on(text: str) -> tuple[str, dict[str, str]]:
    r"""The text as one reads it, and what the header of the letter that was sent on says ("from", "date" …).

    The signs of quoting go where most of the letter is quoted.

    >>> sent_on("See below.\n\n----- Original Message -----\nFrom: Ann Hill\nSubject: Port\n\nIt ends.")
    ('See below.\n\nIt ends.', {'from': 'Ann Hill', 'subject': 'Port'})
    """
    quoted = sum(len(line.split()) for line in text.split("\n") if _QUOTED.match(line))
    if quoted >= _FEWEST and quoted * 2 > len(text.split()):
        text = _QUOTED.sub("", text)
    fields: dict[str, str] = {}
    parts, at = [], 0
    for mark in _MARK.finditer(text):
        end, found = _header(text, mark.end())
        if "from" in found and len(found) > 1:
            parts.append(text[at : mark.start()])
            at, fields = end, fields or found
    return "".join([*parts, text[at:]]).strip("\n") if parts else text, fields


def _header(text: str, at: int) -> tuple[int, dict[str, str]]:
    """Where the header that begins at `at` ends, and its fields."""
    found: dict[str, str] = {}
    at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
    while match := _HEADER.match(text, at):
        found.setdefault(match[1].lower().replace("sent", "date"), match[2].strip())
        at = match.end()
    return _SPACE.match(text, at).end(), found  # type: ignore[union-attr]
