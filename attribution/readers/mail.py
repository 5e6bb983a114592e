"""E-mails (.eml, RFC 5322) and mailboxes (.mbox): the letters, and what hangs on them as their own files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parseaddr

from attribution.article import AttributionError
from attribution.readers import html
from attribution.readers.dates import iso_date
from attribution.readers.document import BREAKS_OFF, Contents, Document, Member
from attribution.readers.formats import SUFFIXES
from attribution.readers.text import decode, is_blank
from attribution.readers.webtext import decode_html, fragment_text

_MOST_PARTS = 200
_MOST_LETTERS = 2000
_MAILBOX = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,200} \d{4}[^\r\n]{0,40}\r?\n(?=[A-Za-z-]{1,40}:)"
)


def read(data: bytes) -> Contents:
    """The letter of a mail and its attachments, or those of all mails in a mailbox.

    Of a letter that is there twice the plain one is taken, else the web page's text. Raises
    `AttributionError` where there is neither letter nor attachment.
    """
    letters = _letters(data)
    if len(letters) == 1:
        return _read_one(letters[0])
    contents = Contents()
    for number, letter in enumerate(letters[:_MOST_LETTERS], start=1):
        _add_letter(contents, letter, f"letter {number:,}")
    if len(letters) > _MOST_LETTERS:
        more = (f"after letter {_MOST_LETTERS:,}", "is more than one mailbox may hold. Split it.")
        contents.refused.append(more)
    return contents


def _letters(data: bytes) -> list[bytes]:
    """The mails of a mailbox (mbox, RFC 4155), or the one mail that a file is."""
    if not data.startswith(b"From "):
        return [data]
    starts = [match.start() for match in _MAILBOX.finditer(data)]
    if not starts:
        return [data.split(b"\n", 1)[-1]]
    letters = [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]
    return [re.sub(rb"(?m)^>(>*From )", rb"\1", letter.lstrip().split(b"\n", 1)[-1]) for letter in letters]


def _add_letter(contents: Contents, letter: bytes, part: str) -> None:
    """Put a letter of a mailbox and what hangs on it into `contents`."""
    try:
        found = _read_one(letter)
    except AttributionError as error:
        contents.refused.append((part, str(error)))
        return
    sha256 = hashlib.sha256(letter).hexdigest()
    contents.documents += [replace(document, part=part, sha256=sha256) for document in found.documents]
    contents.notes += [f"{part}: {note}" for note in found.notes]
    contents.members += [Member(f"{part}/{member.name}", member.data) for member in found.members]


def _read_one(data: bytes) -> Contents:
    message = message_from_bytes(data, policy=policy.default.clone(max_line_length=0))
    if saved := _header(message, "Snapshot-Content-Location"):
        return _saved_page(message, saved)
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
    cut = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)
    return Contents(documents, members=members, notes=[BREAKS_OFF] if cut else [])


def _saved_page(message: EmailMessage, address: str) -> Contents:
    """The page that a browser saved with its pictures in one file (.mhtml), from `address`."""
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    contents = html.read(_payload(page) if page is not None else b"")
    address = address if re.match(r"https?://\S+$", address) else ""
    saved = [replace(document, url=document.url or address or None) for document in contents.documents]
    return Contents(saved, notes=contents.notes)


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
