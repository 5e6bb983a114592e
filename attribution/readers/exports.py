"""What article databases export (LexisNexis, Nexis Uni, ProQuest, Factiva, NewsBank): the articles in it.

Such a file holds one article after another, each between lines that say what it is. It is cut only where the
database's own marks leave no doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from attribution.article import AttributionError, paragraphs
from attribution.readers.dates import iso_date
from attribution.readers.document import Contents, Document
from attribution.readers.formats import exported_by
from attribution.readers.pages import NEXT_PAGE
from attribution.readers.text import decode

_MOST = 5000  # articles
_FIELD = re.compile(r"(?m)^[ \t]*([A-Z][A-Za-z-]*(?: [A-Za-z-]+){0,3}):[ \t]*(.*)$")
_TAGGED = re.compile(
    r"(?m)^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPD|IPC|PUB|AN|ART|VOL)(?:[ \t]+|$)"
)
_LENGTH = re.compile(r"(?im)\b([\d,]{1,7}) words\b")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_BY = re.compile(r"(?i)by[ \t]+([^\W\d_][^\n]{2,100})$")
_HEAD = 6000  # characters in which all that is said about an article stands
_NAMES = {
    "title": ("headline", "title", "hd"),
    "author": ("byline", "author", "by"),
    "published": ("publication date", "pd", "date"),
    "outlet": ("publication title", "sn"),
}
_KNOWN = frozenset(
    "byline author section length dateline headline highlight title type series column distribution source "
    "date page pages abstract links publication publication info".split(" ")
) | {"publication info", "publication title", "publication date", "full text"}
_OFF = 0.35  # by how much the text's length may differ from what the export says


@dataclass(frozen=True)
class _Kind:
    """How a database marks: where a document begins or ends, where its text begins, and what follows it."""

    begins: re.Pattern[str] | None
    ends: re.Pattern[str] | None
    text: re.Pattern[str]
    after: re.Pattern[str]
    title: int  # the number of the headline's line, or -1: the last lines before the text
    outlet: int  # how many lines after the day's the outlet stands


_AFTER_LEXIS = (
    r"(?im)^[ \t]*(?:load-date|language|graphic|subject|classification|publication-type|document-type|"
    r"journal-code|correction-date|url|notes)(?::|[ \t]*$)|^[ \t]*copyright \d{4} "
    r"|^[ \t]*end of document[ \t]*$"
)
_KINDS = {
    "LexisNexis": _Kind(
        re.compile(r"(?m)^[ \t\f]*\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*$"),
        None,
        re.compile(
            r"(?m)^[ \t]*(?:BYLINE|SECTION|LENGTH|DATELINE|HEADLINE|HIGHLIGHT|TYPE|SERIES|COLUMN|"
            r"DISTRIBUTION|SOURCE):.*(?:\n(?![ \t]*\n).*)*\n"
        ),
        re.compile(_AFTER_LEXIS),
        title=-1,
        outlet=-2,
    ),
    "Nexis Uni": _Kind(
        None,
        re.compile(r"(?m)^[ \t]*End of Document[ \t]*$"),
        re.compile(r"(?m)^[ \t]*Body[ \t]*\n"),
        re.compile(_AFTER_LEXIS),
        title=0,
        outlet=-1,
    ),
    "ProQuest": _Kind(
        re.compile(r"(?m)^[ \t\f]*Document \d{1,5} of \d{1,5}[ \t]*$"),
        None,
        re.compile(r"(?m)^[ \t]*Full text:[ \t]*"),
        re.compile(
            r"(?m)^[ \t]*(?:Credit|Subject|Location|People|Company / organization|Title|Pages|"
            r"Publication title|Publication year|Publication date|ProQuest document ID|Copyright|"
            r"Last updated|Database|Section):"
            r"|^_{20,}"
        ),
        title=0,
        outlet=-1,
    ),
    "Factiva": _Kind(
        None,
        re.compile(r"(?m)^(?:AN[ \t]+)?Document [A-Z]{3,}[A-Za-z0-9]{6,40}[ \t]*$"),
        re.compile(r"(?m)^(?:LP(?:[ \t]+|\n)|(?:\(c\) |©|Copyright )[^\n]{0,200}\n)"),
        re.compile(
            r"(?m)^(?:(?:CO|IN|NS|RE|IPD|IPC|PUB|AN|ART|CT|RF)(?:[ \t]+|$)|Document [A-Z]{3,}\w{6,40}[ \t]*$)"
        ),
        title=0,
        outlet=1,
    ),
    "NewsBank": _Kind(
        None,
        re.compile(r"(?m)^[ \t]*Copyright: [^\n]*$"),
        re.compile(r"(?m)^[ \t]*OpenURL Link[ \t]*\n"),
        re.compile(r"(?m)^[ \t]*(?:Record(?: Number)?|Copyright|Caption|Memo|Index terms):"),
        title=1,
        outlet=-4,
    ),
}


def read(data: bytes) -> Contents:
    """The articles of an export as text. Raises `AttributionError` where none can be told from the others."""
    text = decode(data, "").replace("\r\n", "\n").replace("\r", "\n")
    contents = as_articles(Contents([Document(text)]))
    if not contents.documents:
        raise AttributionError("is a database's export without an article's text. Name another.")
    return contents


def as_articles(contents: Contents) -> Contents:
    """The contents of a document; where it is an export, with each article in it by itself.

    What cannot be cut for certain stays whole, and a note says so.
    """
    if len(contents.documents) != 1:
        return contents
    whole = contents.documents[0]
    name = exported_by(whole.text)
    if not name:
        return contents
    spans = _spans(whole.text, _KINDS[name])
    articles = [_article(whole.text, start, end, _KINDS[name]) for start, end in spans[:_MOST]]
    if not articles or not all(articles):
        lost = sum(article is None for article in articles)
        reason = f"{lost:,} of its {len(articles):,} documents have no text that can be told from the rest"
        note = f"Looks like an export of {name}, but {reason}: read as one article. Save each by itself."
        return replace(contents, notes=[*contents.notes, note])
    documents = [article for article in articles if article]
    notes = [*contents.notes, *_told(name, documents, whole.text, spans)]
    if len(documents) == 1:
        return replace(contents, documents=documents, notes=notes)
    parts = [replace(each, part=f"document {number:,}") for number, each in enumerate(documents, start=1)]
    refused = [*contents.refused]
    if len(spans) > _MOST:
        refused.append((f"after document {_MOST:,}", "is more than an export may hold. Split it."))
    return replace(contents, documents=parts, notes=notes, refused=refused)


def _told(name: str, documents: list[Document], text: str, spans: list[tuple[int, int]]) -> list[str]:
    """That the file was cut, and which texts are much longer or shorter than the export says."""
    several = f"{len(documents):,} articles" if len(documents) > 1 else "one article"
    notes = [f"An export of {name}: {several}, read without the lines that tell about it."]
    odd = []
    for number, (document, (start, end)) in enumerate(zip(documents, spans, strict=False), start=1):
        said = _LENGTH.search(text, start, min(end, start + 3000))
        length = int(said[1].replace(",", "") or 0) if said else 0
        if length and abs(len(document.text.split()) - length) > _OFF * length + 30:
            odd.append(str(number))
    if odd:
        shown = ", ".join(odd[:20])
        notes.append(f"Document {shown}: not as long as the export says. Look whether its text is whole.")
    return notes


def _spans(text: str, kind: _Kind) -> list[tuple[int, int]]:
    """Where each document stands, from the line that begins it or to the one that ends it."""
    if kind.begins:
        lines = [match.span() for match in islice(kind.begins.finditer(text), _MOST + 1)]
        firsts = [start for start, _ in lines[1:]]
        return [(end, first) for (_, end), first in zip(lines, [*firsts, len(text)], strict=True)]
    ends = [match.end() for match in islice(kind.ends.finditer(text), _MOST + 1)] if kind.ends else []
    return list(pairwise([0, *ends]))


def _article(text: str, start: int, end: int, kind: _Kind) -> Document | None:
    """The article between `start` and `end`, without what is said about it; `None` where it has no text."""
    begin = _text_begins(text, start, end, kind)
    if begin is None:
        return None
    after = kind.after.search(text, begin, end)
    stop = after.start() if after else end
    said = _said(text[start:begin], text[stop:end], kind)
    body = re.sub(r"(?m)^TD(?:[ \t]+|\n)", "\n", text[begin:stop]).strip("\n \t")
    if outlet := said["outlet"]:
        body = body.removesuffix(f"\n{outlet}").rstrip()  # Factiva says it again below
    if not body.strip():
        return None
    # Hard-wrapped, as the plain ones are; nothing but their line ends is lost.
    body = "\n\n".join(re.sub(r"[ \t]*\n[ \t]*", " ", body[a:b]) for a, b in paragraphs(body))
    pages = NEXT_PAGE * text.count(NEXT_PAGE, 0, begin)  # so that the pages stay those of the file
    return Document(pages + (f"{said['title']}\n\n{body}" if said["title"] else body), **said)


def _text_begins(text: str, start: int, end: int, kind: _Kind) -> int | None:
    """Where the text of a document begins: behind the last of the lines about it that stand together."""
    begin = None
    for match in kind.text.finditer(text, start, min(end, start + _HEAD)):
        if begin is not None and text.count("\n", begin, match.start()) > 2:
            break  # within the text
        begin = match.end()
    return begin


def _said(head: str, tail: str, kind: _Kind) -> dict[str, str | None]:
    """Title, author, day and outlet, as the lines before and after the text give them."""
    fields: dict[str, str] = {}
    plain: list[str] = []
    for line in head.split("\n"):
        parts = [match for part in line.split(" | ") if (match := _FIELD.match(part))]
        if tagged := _TAGGED.match(line):
            fields.setdefault(tagged[1].lower(), line[tagged.end() :].strip())
        elif parts and parts[0][1].lower() in _KNOWN:
            fields.update({part[1].lower(): part[2].strip() for part in parts})
        elif by := _BY.match(line):
            fields.setdefault("by", by[1])
        else:
            plain.append(" ".join(line.split()))
    for match in _FIELD.finditer(tail[:_HEAD]):
        fields.setdefault(match[1].lower(), match[2].strip())
    said = {key: next(filter(None, map(fields.get, names)), None) for key, names in _NAMES.items()}
    dated = next(
        (n for n, line in enumerate(plain) if len(line) < 120 and _YEAR.search(line) and iso_date(line)), None
    )
    said["published"] = iso_date(said["published"] or (plain[dated] if dated is not None else ""))
    said["title"] = said["title"] or _title(plain, dated, kind)
    if dated is not None and not said["outlet"] and 0 <= dated + kind.outlet < len(plain):
        said["outlet"] = plain[dated + kind.outlet]
    return {name: value[:500] if value else None for name, value in said.items()}


def _title(plain: list[str], dated: int | None, kind: _Kind) -> str | None:
    """The headline: the first or second line that is no field, or the last ones that stand together."""
    if kind.title >= 0:
        filled = [line for line in plain if line]
        return filled[kind.title] if len(filled) > kind.title else None
    blocks = [block.strip() for block in "\n".join(plain[(dated or -1) + 1 :]).split("\n\n")]
    return next((" ".join(block.split("\n")) for block in reversed(blocks) if block), None)
