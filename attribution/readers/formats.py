"""The registry: which kinds of files are read, by which module, and how one is told from another."""

from __future__ import annotations

import codecs
import csv
import json
import re
import zlib
from dataclasses import dataclass

from attribution.article import AttributionError

MEGABYTE = 1_000_000
_HEAD = 4096  # bytes looked at to tell a format


@dataclass(frozen=True)
class Format:
    """One format: `module` in `attribution.readers` reads it, `what` is what a person calls it.

    `most_bytes` is the largest file read, `remedy` what to do with a larger one. `suffixes` are how its files
    are mostly named.
    """

    module: str
    what: str
    suffixes: tuple[str, ...]
    most_bytes: int = 50 * MEGABYTE
    remedy: str = "Split it."

    def too_large(self, file: str) -> AttributionError:
        """The error for a file over the limit."""
        most = f"{self.most_bytes // MEGABYTE} MB, the most that {self.what} may have"
        return AttributionError(f"{file}: is larger than {most}. {self.remedy}")


_AS_TEXT = "Save the article's text as .txt."
TEXT = Format("text", "one article", (".txt", ".md"), 5 * MEGABYTE)
HTML = Format("html", "a web page", (".html", ".htm", ".xhtml"), 5 * MEGABYTE, _AS_TEXT)
PDF = Format("pdf", "a PDF", (".pdf",))
ZIP = Format("archive", "a ZIP archive", (".zip", ".docx", ".odt"))
RTF = Format("rtf", "an RTF document", (".rtf",), 5 * MEGABYTE, _AS_TEXT)
MAIL = Format("mail", "an e-mail", (".eml", ".mbox", ".mhtml", ".mht"))
CSV = Format("csv", "a table", (".csv", ".tsv"))
JSONL = Format("jsonl", "a JSONL file", (".jsonl", ".ndjson"))
PARQUET = Format("parquet", "a Parquet file", (".parquet",))
FEED = Format("feed", "a feed", (".rss", ".atom", ".xml"), 5 * MEGABYTE)
WARC = Format("warc", "a web archive", (".warc", ".warc.gz"))
SUBTITLES = Format("subtitles", "a file of subtitles", (".srt", ".vtt"), 5 * MEGABYTE)
EXPORT = Format("exports", "an export of a database", (), 20 * MEGABYTE)

FORMATS = (TEXT, HTML, PDF, ZIP, RTF, MAIL, CSV, JSONL, PARQUET, FEED, WARC, SUBTITLES, EXPORT)
SUFFIXES = tuple(suffix for format in FORMATS for suffix in format.suffixes)
"""The files that are taken for articles when a folder is walked."""

UPLOADS = tuple(suffix.rpartition(".")[2] for suffix in SUFFIXES)
"""The same for a field of a page that takes files: without the dot."""

TABLES = (CSV, JSONL, PARQUET)
TEXT_COLUMNS = (
    "text body content article article_text article_body articlebody full_text fulltext main_text maintext "
    "story transcript"
).split()
"""Columns of a table that hold the article, the likeliest first, in small letters with _ between words."""

_STARTS = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"{\\rtf", RTF),
    (b"PAR1", PARQUET),
    (b"WARC/", WARC),
    (b"WEBVTT", SUBTITLES),
)
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word, Excel or Outlook file. Save it as .docx or .txt."),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive. Unpack it and name the folder."),
    (b"Rar!\x1a\x07", "is a RAR archive. Unpack it and name the folder."),
    (b"\xff\xd8\xff", "is a picture. Read its text with OCR, and name that."),
    (b"\x89PNG", "is a picture. Read its text with OCR, and name that."),
    (b"GIF8", "is a picture. Read its text with OCR, and name that."),
    (b"ID3", "is a sound recording. Name its transcript."),
    (b"SQLite format 3\0", "is a database. Export its articles as CSV or JSONL."),
)
_TAG = re.compile(r"(?i)<(?:!doctype html|html|head|body|title|meta|link|article|main|div|p|h1)[\s>/]")
_LEAD = re.compile(r"(?s)(?:\s|<\?.*?\?>|<!--.*?-->)*")
_FEED = re.compile(r"(?is)<(?:!doctype\s+)?(?:rss|(?:\w+:)?feed|rdf:rdf)\b")
_TIMES = re.compile(r"\s*(?:\d+\s*\n)?\s*\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s+-->\s")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?.*(?:\r?\n[ \t].*)*\r?\n")
_OF_MAILBOX = re.compile(r"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d .{4,30}\r?\n")
_OF_MAIL = {"received", "return-path", "message-id", "mime-version", "dkim-signature", "delivered-to"}
_OF_LETTERS = {"from", "to", "subject", "date", "cc", "reply-to", "content-type"}


def detect(data: bytes, file: str) -> Format:
    r"""The format of `data`, by what stands in it; the name of `file` only decides where that leaves it open.

    Raises `AttributionError` for a kind of file that is known and not read, with the way out.

    >>> detect(b"%PDF-1.7\n", "note.txt").what, detect(b"Hill said no.", "note.pdf").what
    ('a PDF', 'one article')
    """
    start = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    for magic, reason in _REFUSED:
        if start.startswith(magic):
            raise AttributionError(f"{file}: {reason}")
    for magic, format in _STARTS:
        if start.startswith(magic):
            return format
    if start.startswith(b"\x1f\x8b"):
        return _in_gzip(data, file)
    if re.search(rb"[\r\n]%PDF-\d", data[:1024]):
        return PDF  # some programs put a line before it
    head = _decoded(data[:_HEAD])
    if head is None:
        return TEXT  # whose reader says that it is none
    return _by_text(head.lstrip("\ufeff"), data, file.lower())


def _in_gzip(data: bytes, file: str) -> Format:
    try:
        inside = zlib.decompressobj(wbits=31).decompress(data[: 2 * _HEAD], 64)
    except zlib.error:
        inside = b""
    if inside.startswith(b"WARC/"):
        return WARC
    raise AttributionError(f"{file}: is a gzip archive. Unpack it and name what was in it.")


def _decoded(head: bytes) -> str | None:
    """The first characters, roughly: enough to know tags and headers; `None` where it is no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return None if b"\0\0" in head else head.decode("latin-1")


def _by_text(head: str, data: bytes, name: str) -> Format:
    """The format of what begins with the characters `head`."""
    body = head[_LEAD.match(head).end() :]  # type: ignore[union-attr]
    if _FEED.match(body):
        return FEED
    if _TAG.match(body) or (name.endswith(HTML.suffixes) and _TAG.search(head)):
        return HTML
    if head.lstrip().startswith("<?xml") and body.startswith("<"):
        return FEED if name.endswith(FEED.suffixes) else HTML if "<html" in body.lower() else FEED
    if _TIMES.match(head) or (name.endswith(SUBTITLES.suffixes) and "-->" in head):
        return SUBTITLES
    if _is_mail(head, name):
        return MAIL
    if _is_json(data, head, name):
        return JSONL
    if _is_csv(head, name):
        return CSV
    if exported_by(head, data):
        return EXPORT
    return TEXT


# What stands in an export: in its beginning, and (as bytes: it may be large) somewhere in it.
_EXPORTED = (
    (
        "LexisNexis",
        r"(?m)^[ \t\f]*\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*\r?$",
        r"(?m)^[ \t]*LENGTH:[ \t]*[\d,]+ words",
    ),
    ("ProQuest", r"(?m)^[ \t\f]*Document \d{1,5} of \d{1,5}[ \t]*\r?$", r"(?m)^[ \t]*Full text:"),
    ("Nexis Uni", r"(?m)^[ \t]*Length:[ \t]*[\d,]+ words", r"(?m)^[ \t]*End of Document[ \t]*\r?$"),
    (
        "Factiva",
        r"(?m)^(?:WC[ \t]+)?[\d,]+ words[ \t]*\r?$",
        r"(?m)^(?:AN[ \t]+)?Document [A-Z]{3,}\w{6,40}[ \t]*\r?$",
    ),
    ("NewsBank", r"(?m)^[ \t]*OpenURL Link[ \t]*\r?$", r"(?m)^[ \t]*Record(?: Number)?:"),
)


def exported_by(head: str, data: bytes | None = None) -> str | None:
    r"""The database whose export begins with `head`, if it is one; `data` is the whole, where `head` is not.

    >>> exported_by("1 of 2 DOCUMENTS\n\nThe Quay\n\nLENGTH: 12 words\n\nNo."), exported_by("Hill said no.")
    ('LexisNexis', None)
    """
    for name, first, within in _EXPORTED:
        if re.search(first, head[:_HEAD]) and (
            re.search(within.encode(), data) if data else re.search(within, head)
        ):
            return name
    return None


def _is_mail(head: str, name: str) -> bool:
    """Whether it begins as mail programs write it, or as a letter whose file is named a mail."""
    names, in_mailbox = set(), _OF_MAILBOX.match(head)
    begins_so = head.startswith("From ") and (in_mailbox or name.endswith(MAIL.suffixes))
    at = head.find("\n") + 1 if begins_so else 0
    while match := _HEADER.match(head, at):
        names.add(match[1].lower())
        at = match.end()
    letters = names & _OF_LETTERS
    if letters and (in_mailbox or names & _OF_MAIL):
        return True
    return name.endswith(MAIL.suffixes) and len(letters) >= 2


def _is_json(data: bytes, head: str, name: str) -> bool:
    """Whether its first line is an object, or it is a list of them and named so."""
    if head.lstrip().startswith("[") and name.endswith(".json"):
        return True
    if re.match(r"\s*\[\s*\{", head) and name.endswith(JSONL.suffixes):
        return True
    if not head.lstrip().startswith("{"):
        return False
    if name.endswith((*JSONL.suffixes, ".json")):
        return True
    first = data.lstrip().split(b"\n", 1)[0]
    try:
        return len(first) < MEGABYTE and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _is_csv(head: str, name: str) -> bool:
    """Whether its first line names the columns of a table: by its file's name, or by three known ones."""
    line = head.split("\n", 1)[0].strip()
    if name.endswith(CSV.suffixes):
        return True
    for delimiter in ",;\t":
        try:
            cells = {column_key(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])}
        except csv.Error:
            continue
        known = {"title", "headline", "date", "published", "url", "link", "outlet", "source", "id", "author"}
        if len(cells) >= 3 and cells & set(TEXT_COLUMNS) and len(cells & known) >= 2:
            return True
    return False


def column_key(name: object) -> str:
    """A column's name as it is compared: small letters, with _ for all that is neither letter nor digit.

    >>> column_key("Publish Date"), column_key("datePublished")
    ('publish_date', 'date_published')
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(name).strip().strip("\ufeff"))
    return re.sub(r"\W+", "_", words).strip("_").lower()
