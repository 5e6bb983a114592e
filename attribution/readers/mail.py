"""E-mails (.eml, RFC 5322) by Python's own parser: the letter, and what hangs on it as files of their own."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from attribution.article import AttributionError
from attribution.readers.dates import iso_date
from attribution.readers.document import Contents, Document, Member
from attribution.readers.formats import SUFFIXES
from attribution.readers.text import decode, is_blank
from attribution.readers.webtext import decode_html, fragment_text

_MOST_PARTS = 200


def read(data: bytes) -> Contents:
    """The letter of a mail and its attachments. Raises `AttributionError` where there is neither.

    Of a letter that is there twice the plain one is taken, else the web page's text.
    """
    if data.startswith(b"From "):
        data = data.split(b"\n", 1)[-1]  # a line that mailboxes have
    message = message_from_bytes(data, policy=policy.default.clone(max_line_length=0))
    letters: dict[str, list[str]] = {"plain": [], "html": []}
    members: list[Member] = []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise AttributionError(f"has more than {_MOST_PARTS} parts. Save the one that matters.")
        if part.is_multipart():
            continue
        if name := _attached(part):
            members.append(Member(name, _payload(part)))
        elif part.get_content_maintype() == "text" and part.get_content_subtype() in letters:
            letters[part.get_content_subtype()].append(_letter(part))
    text = next((t for kind in ("plain", "html") if not is_blank(t := "\n\n".join(letters[kind]))), "")
    if not text and not members:
        raise AttributionError("is an e-mail without text. Save its text as .txt and name that.")
    documents = [Document(text, **_fields(message))] if text else []
    return Contents(documents, members=members)


def _fields(message: EmailMessage) -> dict[str, str | None]:
    """Subject, sender and date, where the headers can be read."""
    name, address = parseaddr(_header(message, "From"))
    return {
        "title": _header(message, "Subject")[:500] or None,
        "author": name or address or None,
        "published": iso_date(_header(message, "Date")),
    }


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # the header is broken in one of many ways; the letter is none the worse
        return ""


def _attached(part: EmailMessage) -> str | None:
    """The name of a part that is a file of its own, if one that may be an article."""
    try:
        name, disposition = part.get_filename(), part.get_content_disposition()
    except Exception:
        return None
    if name:
        name = re.sub(r"[\x00-\x1f\x7f]", "?", re.split(r"[\\/]", name)[-1])[:200]
        readable = name.lower().endswith(SUFFIXES)
        return (
            name if readable and not (disposition == "inline" and name.endswith((".txt", ".html"))) else None
        )
    return None


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _letter(part: EmailMessage) -> str:
    """The text of one part, by its declared encoding where that fits."""
    data = _payload(part)
    declared = part.get_content_charset()
    if part.get_content_subtype() == "html":
        return fragment_text(decode_html(data, declared))
    try:
        text = data.decode(declared or "utf-8")
    except (LookupError, ValueError):
        text = decode(data, "")
    return text.replace("\r\n", "\n").replace("\0", "").strip("\n")
