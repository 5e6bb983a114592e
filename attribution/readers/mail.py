"""E-mails (.eml, RFC 5322) and mailboxes (.mbox): the letters, and what hangs on them as their own files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parseaddr

from attribution.article import AttributionError
from attribution.readers import html
from attribution.readers.dates import iso_date
from attribution.readers.document import BREAKS_OFF, Contents, Document, Member
from attribution.readers.formats import SUFFIXES
from attribution.readers.letters import sent_on
from attribution.readers.text import decode, is_blank
from attribution.readers.unread import PICTURE, Unread, told, unread
from attribution.readers.webtext import decode_html, fragment_text

_MOST_PARTS = 200
_MOST_LETTERS = 2000
# Of no use beside the letter: its signature, and further versions of it.
_BESIDE = (
    "application/pgp-signature application/pkcs7-signature application/x-pkcs7-signature "
    "text/x-amp-html text/watch-html text/enriched"
).split()
_CARDS = {"text/calendar": ".ics", "text/vcard": ".vcf", "text/x-vcard": ".vcf"}
_MAILBOX = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,200} \d{4}[^\r\n]{0,40}\r?\n(?=[A-Za-z-]{1,40}:)"
)


def read(data: bytes) -> Contents:
    """The letter of a mail and its attachments, or those of all mails in a mailbox.

    Of a letter that is there twice the plain one is taken, else the web page's text. Raises
    `AttributionError` where there is neither letter nor attachment. What is attached and not read is refused.
    """
    letters = _letters(data)
    if len(letters) == 1:
        mail = _read_one(letters[0])
        contents = mail.contents
    else:
        contents, mail = Contents(), _Mail()
        for number, letter in enumerate(letters[:_MOST_LETTERS], start=1):
            _add_letter(contents, mail, letter, f"letter {number:,}")
        if len(letters) > _MOST_LETTERS:
            more = (f"after letter {_MOST_LETTERS:,}", "is more than one mailbox may hold. Split it.")
            contents.refused.append(more)
    contents.refused += told(mail.unread)
    if mail.shown:
        contents.notes.append(f"Pictures that a letter shows, not read: {mail.shown:,}.")
    return contents


@dataclass
class _Mail:
    """What is in a mail; `unread` are attachments without a reader, `shown` counts pictures in the letter."""

    contents: Contents = field(default_factory=Contents)
    unread: list[tuple[str, Unread]] = field(default_factory=list)
    shown: int = 0


def _letters(data: bytes) -> list[bytes]:
    """The mails of a mailbox (mbox, RFC 4155), or the one mail that a file is."""
    if not data.startswith(b"From "):
        return [data]
    starts = [match.start() for match in _MAILBOX.finditer(data)]
    if not starts:
        return [data.split(b"\n", 1)[-1]]
    letters = [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]
    return [re.sub(rb"(?m)^>(>*From )", rb"\1", letter.lstrip().split(b"\n", 1)[-1]) for letter in letters]


def _add_letter(contents: Contents, mail: _Mail, letter: bytes, part: str) -> None:
    """Put a letter of a mailbox and what hangs on it into `contents`, and what is not read into `mail`."""
    try:
        one = _read_one(letter)
    except AttributionError as error:
        contents.refused.append((part, str(error)))
        return
    found, sha256 = one.contents, hashlib.sha256(letter).hexdigest()
    contents.documents += [replace(document, part=part, sha256=sha256) for document in found.documents]
    contents.refused += [(f"{part}, {name}", reason) for name, reason in found.refused]
    contents.notes += [f"{part}: {note}" for note in found.notes]
    contents.members += [Member(f"{part}/{member.name}", member.data) for member in found.members]
    mail.unread += [(f"{part}, {name}", kind) for name, kind in one.unread]
    mail.shown += one.shown


def _read_one(data: bytes) -> _Mail:
    message = message_from_bytes(data, policy=policy.default.clone(max_line_length=0))
    if saved := _header(message, "Snapshot-Content-Location"):
        return _Mail(_saved_page(message, saved))
    mail = _Mail()
    letters: dict[str, list[str]] = {"plain": [], "html": []}
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise AttributionError(f"has more than {_MOST_PARTS} parts. Save the one that matters.")
        if part.is_multipart() or part.get_content_type() in _BESIDE:
            continue
        if _is_letter(part):
            letters[part.get_content_subtype()].append(_letter(part))
        else:
            _take_attached(part, number, mail)
    text = next((t for kind in ("plain", "html") if not is_blank(t := "\n\n".join(letters[kind]))), "")
    if not (text or mail.contents.members or mail.unread):
        raise AttributionError("is an e-mail without text. Save its text as .txt and name that.")
    text, within = sent_on(text)
    mail.contents.documents += [Document(text, **_fields(message, within))] if text else []
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        mail.contents.notes.append(BREAKS_OFF)
    return mail


def _is_letter(part: EmailMessage) -> bool:
    """Whether the part is the letter itself, or text that mail programs put below it."""
    if part.get_content_maintype() != "text" or part.get_content_subtype() not in ("plain", "html"):
        return False
    name, disposition = _name(part).lower(), _disposition(part)
    if name.endswith(SUFFIXES):
        return disposition == "inline" and name.endswith((".txt", ".html", ".htm"))
    return not name or disposition != "attachment"


def _take_attached(part: EmailMessage, number: int, mail: _Mail) -> None:
    """Put what hangs on the letter among the files to be read, or among those that no reader is there for."""
    card = _CARDS.get(part.get_content_type())
    name = _name(part) or (f"part {number}{card}" if card else "")
    is_picture, disposition = part.get_content_maintype() == "image", _disposition(part)
    if is_picture and disposition != "attachment" and (disposition or _header(part, "Content-ID")):
        mail.shown += 1
    elif kind := (unread(name) if name else PICTURE if is_picture else None):
        mail.unread.append((f"attachment {name or f'part {number}'}", kind))
    else:  # what has no name, or one without an ending, is told by its bytes
        mail.contents.members.append(Member(name or f"part {number}", _payload(part)))


def _saved_page(message: EmailMessage, address: str) -> Contents:
    """The page that a browser saved with its pictures in one file (.mhtml), from `address`."""
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    contents = html.read(_payload(pages[0]) if pages else b"")
    if len(pages) > 1:
        contents.notes.append(f"Frames within the page, not read: {len(pages) - 1:,}.")
    address = address if re.match(r"https?://\S+$", address) else ""
    saved = [replace(document, url=document.url or address or None) for document in contents.documents]
    return Contents(saved, notes=contents.notes)


def _fields(message: EmailMessage, within: Mapping[str, str]) -> dict[str, str | None]:
    """Subject, sender and date, where the headers can be read; of a letter sent on those `within`."""
    name, address = parseaddr(within.get("from") or _header(message, "From"))
    return {
        "title": (within.get("subject") or _header(message, "Subject"))[:500] or None,
        "author": name or address or None,
        "published": iso_date(within.get("date") or _header(message, "Date")),
    }


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # the header is broken in one of many ways; the letter is none the worse
        return ""


def _name(part: EmailMessage) -> str:
    """The file name of a part, without its folders; empty where it has none."""
    try:
        name = part.get_filename() or ""
    except Exception:  # the header is broken in one of many ways
        return ""
    return re.sub(r"[\x00-\x1f\x7f]", "?", re.split(r"[\\/]", name)[-1])[:200]


def _disposition(part: EmailMessage) -> str | None:
    """Whether a part is shown within the letter ("inline") or hangs on it ("attachment"), if it says so."""
    try:
        return part.get_content_disposition()
    except Exception:
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
