"""RTF by striprtf: the words of the document, without its formatting."""

from __future__ import annotations

import re

from attribution.article import AttributionError
from attribution.readers.conversation import CELL_ENDS, ROW_BEGINS, ROW_ENDS, tables_joined
from attribution.readers.document import BREAKS_OFF, Contents, Document
from attribution.readers.exports import as_articles
from attribution.readers.officexml import footnotes_told, joined

_DEEPEST = 500  # groups in groups; real documents have about ten
_HIDDEN = re.compile(r"\\v(?![a-z0-9]).*?(?:\\v0(?!\d)|\\plain(?![a-z])|(?=\})|$)", re.DOTALL)
# Possessive: what a group has taken it never gives back, which would take for ever on a group without an end.
_FIELD = r"\{\\%s ((?:[^{}\\]++|\\'[0-9a-fA-F]{2}|\\[a-z]++-?\d*+)*+)\}"
_APART = re.compile(r"\{(?:\\\*)?\\(?:listtext|pntext)(?![a-z])|\{[^{}]{0,100}?\\deleted(?![a-z0-9])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_TABLE = re.compile(r"\\(trowd|nestcell|cell|nestrow|row)(?![a-z])")
_MARKS = {"trowd": ROW_BEGINS, "cell": CELL_ENDS, "nestcell": CELL_ENDS, "row": ROW_ENDS, "nestrow": ROW_ENDS}
_UNICODE = re.compile(r"\\u(-?\d++)|\\uc(?![\d-])")


def read(data: bytes) -> Contents:
    """The one document of an RTF file. Raises `AttributionError` where it is broken, bottomless or empty."""
    source = _UNICODE.sub(_in_range, data.decode("latin-1").replace("\0", ""))
    deepest, still_open = _groups(source)
    if deepest > _DEEPEST:
        raise AttributionError("is nested too deeply to be read. Save its text as .txt.")
    shown = _HIDDEN.sub("", _without_pictures(_without_deleted(source)))
    text = joined(tables_joined(_stripped(_TABLE.sub(_marked, shown)).split("\n")))
    if not text:
        raise AttributionError("is an RTF document without text. Save its text as .txt and name that.")
    fields = {name: _field(source, name) for name in ("title", "author")}
    notes = footnotes_told(len(re.findall(r"\\footnote(?![a-z])", source)))
    return as_articles(
        Contents([Document(text, **fields)], notes=[*notes, *([BREAKS_OFF] if still_open > 0 else [])])
    )


def _stripped(source: str) -> str:
    """The words; characters that RTF writes as two halves are whole."""
    from striprtf.striprtf import rtf_to_text

    try:
        halves = rtf_to_text(source, errors="replace").encode("utf-16-le", "surrogatepass")
    except (ValueError, TypeError, IndexError, OverflowError):  # numbers that are none
        raise AttributionError("is a broken RTF document. Open it and save it again.") from None
    return re.sub(r"[\x00-\x08\x0e-\x1f]", "", halves.decode("utf-16-le", "replace"))


def _in_range(match: re.Match[str]) -> str:
    """The number of a character as it stands, if there is such a character."""
    number = match[1] or ""
    return match[0] if 0 < len(number) <= 7 and -0x10000 <= int(number) <= 0x10FFFF else ""


def _marked(match: re.Match[str]) -> str:
    """A part of a table as a mark in a paragraph of its own."""
    return rf"\par{{\uc1\u{ord(_MARKS[match[1]]) - 0x10000}?}}\par "


def _without_deleted(source: str) -> str:
    """Without what a person has deleted, and without the numbers that a program gives to a list."""
    parts, at = [], 0
    for match in _APART.finditer(source):
        if match.start() < at:
            continue
        depth, end = 0, len(source)
        for brace in _BRACE.finditer(source, match.start()):
            depth += (brace[0] == "{") - (brace[0] == "}")
            if depth == 0:
                end = brace.end()
                break
        parts.append(source[at : match.start()])
        at = end
    return "".join([*parts, source[at:]])


def _without_pictures(source: str) -> str:
    """Without runs of hexadecimal data, which no text is."""
    return re.sub(r"(?<![0-9a-fA-F])[0-9a-fA-F]{64,}", "", source)


def _groups(source: str) -> tuple[int, int]:
    """How deep its groups go, and how many are open at its end."""
    depth = deepest = 0
    for match in _BRACE.finditer(source):
        depth += (match[0] == "{") - (match[0] == "}")
        deepest = max(deepest, depth)
    return deepest, depth


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
