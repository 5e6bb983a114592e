"""What every reader promises, whatever bytes it is given: for the fuzzer and the property tests."""

from __future__ import annotations

import re

from attribution.article import AttributionError
from attribution.readers import child
from attribution.readers.document import Contents
from attribution.readers.formats import detect
from attribution.readers.sandbox import pack, unpack
from attribution.readers.text import article_from_bytes

MODULES = {"docx": "archive", "odt": "archive", "zip": "archive", "mbox": "mail"}
"""The module that reads a kind of file, where it is not called so itself."""


def read(data: bytes, kind: str) -> Contents:
    """What a file of the kind holds, read as the child process reads it, with the promises checked.

    Raises `AttributionError` where it is refused.
    """
    detect_any(data)
    if kind == "text":
        article = article_from_bytes(data, "note")
        assert article.text and all(0 <= a < b <= len(article.text) for a, b in article.paragraphs)
        return Contents()
    contents = child._read(MODULES.get(kind, kind), data, {})
    members = [member.data for member in contents.members]
    again = Contents.of_record(unpack(pack(contents.as_record())), members)
    assert again == contents, "what the child sends is not what it read"
    check_contents(contents)
    return contents


def detect_any(data: bytes) -> None:
    """To tell the format raises nothing but refusals."""
    for name in ("note", "note.html", "note.csv", "note.eml"):
        try:
            detect(data, name)
        except AttributionError as error:
            check_line(str(error))


def check_contents(contents: Contents) -> None:
    """Fields are lines or nothing, dates ISO dates, addresses of the web; refusals are one plain line."""
    for document in contents.documents:
        assert isinstance(document.text, str), document
        assert document.published is None or re.fullmatch(r"\d{4}-\d\d-\d\d", document.published), document
        for field in ("title", "author", "outlet", "url", "language"):
            value = getattr(document, field)
            assert value is None or (isinstance(value, str) and value and "\n" not in value), (field, value)
        assert document.url is None or re.match("(?i)https?://", document.url), document.url
    for part, reason in contents.refused:
        assert part or contents.table
        check_line(reason)
    for note in contents.notes:
        check_line(note)


def check_line(reason: str) -> None:
    """A refusal or a note is one line that a person can read."""
    assert re.fullmatch(r"[^\x00-\x1f\x7f]{5,900}", reason), reason
    assert not re.search(r"Traceback|0x[0-9a-f]{8}", reason), reason
