"""RTF by striprtf: the words of the document, without its formatting."""

from __future__ import annotations

import re

from attribution.article import AttributionError
from attribution.readers.document import Contents, Document
from attribution.readers.officexml import joined

_DEEPEST = 500  # groups in groups; real documents have about ten
_HIDDEN = re.compile(r"\\v(?![a-z0-9]).*?(?:\\v0(?!\d)|\\plain(?![a-z])|(?=\})|$)", re.DOTALL)
_FIELD = r"\{\\%s ((?:[^{}\\]|\\'[0-9a-fA-F]{2}|\\u-?\d+ ?\S?|\\[a-z]+-?\d* ?)*)\}"


def read(data: bytes) -> Contents:
    """The one document of an RTF file. Raises `AttributionError` where it is broken, bottomless or empty."""
    source = data.decode("latin-1").replace("\0", "")
    if _depth(source) > _DEEPEST:
        raise AttributionError("is nested too deeply to be read. Save its text as .txt.")
    text = joined(_stripped(_HIDDEN.sub("", _without_pictures(source))).split("\n"))
    if not text:
        raise AttributionError("is an RTF document without text. Save its text as .txt and name that.")
    fields = {name: _field(source, name) for name in ("title", "author")}
    return Contents([Document(text, **fields)])


def _stripped(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return rtf_to_text(source, errors="replace")


def _without_pictures(source: str) -> str:
    """Without runs of hexadecimal data, which no text is."""
    return re.sub(r"(?<![0-9a-fA-F])[0-9a-fA-F]{64,}", "", source)


def _depth(source: str) -> int:
    depth = deepest = 0
    for brace in re.findall(r"(?<!\\)[{}]", source):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest


def _field(source: str, name: str) -> str | None:
    """A field of the document's card, {\\info{\\title …}}."""
    match = re.search(_FIELD % name, source[:100_000])
    if not match or not match[1].strip():
        return None
    charset = re.search(r"\\ansicpg\d+", source[:1000])
    return (
        " ".join(_stripped(f"{{\\rtf1\\ansi{charset[0] if charset else ''} {match[1]}}}").split())[:500]
        or None
    )
