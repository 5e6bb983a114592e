"""RSS and Atom feeds by feedparser: an article an entry, with the text that the feed itself has."""

from __future__ import annotations

import io
import re
from typing import Any

from attribution.article import AttributionError
from attribution.readers.dates import iso_date
from attribution.readers.document import Contents, Document
from attribution.readers.webtext import fragment_text, with_title

_MOST_ENTRIES = 2000
_MOST_TOLD = 20  # entries without text told one by one
_SUMMARY = 60  # words; a feed whose entries have fewer gives summaries

_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,20})|([0-9]{1,20}));?")


def read(data: bytes) -> Contents:
    """The articles of a feed; nothing is fetched. Raises `AttributionError` where it has no entry."""
    import feedparser

    plain = io.BytesIO(_REFERENCE.sub(_of_character, _without_doctype(data)))
    try:
        feed = feedparser.parse(plain, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, OverflowError):  # its encoding is none, or a sign in it
        raise AttributionError("is a broken feed. Save it again, or the pages that it leads to.") from None
    if not feed.entries:
        raise AttributionError("is a feed or XML file without an entry. Name the feed, or the page's HTML.")
    outlet = _line(feed.feed.get("title"))
    language = (_line(feed.feed.get("language")) or "")[:2].lower() or None
    contents = Contents()
    without_text = 0
    for number, entry in enumerate(feed.entries[:_MOST_ENTRIES], start=1):
        text = _text(entry)
        if not text:
            without_text += 1
            if without_text <= _MOST_TOLD:
                contents.refused.append((_called(entry, number), "has no text in the feed. Save its page."))
            continue
        contents.documents.append(_document(entry, text, f"entry {number}", outlet, language))
    if without_text > _MOST_TOLD:
        more = f"and {without_text - _MOST_TOLD:,} more entries"
        contents.refused.append((more, "have no text in the feed. Save their pages."))
    if len(feed.entries) > _MOST_ENTRIES:
        contents.refused.append((f"after entry {_MOST_ENTRIES}", "is more than one feed may hold. Split it."))
    lengths = sorted(len(document.text.split()) for document in contents.documents)
    if lengths and lengths[len(lengths) // 2] < _SUMMARY:
        contents.notes.append("The feed gives summaries, not whole articles. Save the pages for all quotes.")
    return contents


def _document(entry: Any, text: str, part: str, outlet: str | None, language: str | None) -> Document:
    title = _line(fragment_text(entry.get("title") or ""))
    return Document(
        with_title(title, text),
        part=part,
        title=title,
        author=_line(entry.get("author")),
        published=iso_date(entry.get("published") or entry.get("updated")),
        outlet=_line((entry.get("source") or {}).get("title")) or outlet,
        url=_link(entry),
        language=language,
    )


def _link(entry: Any) -> str | None:
    link = entry.get("link") or ""
    return link if re.match(r"https?://\S+$", link) else None


def _called(entry: Any, number: int) -> str:
    """What tells an entry from the others: its number, and its link or title where it has one."""
    name = _link(entry) or _line(fragment_text(entry.get("title") or ""))
    return f"entry {number}, {name[:200]}" if name else f"entry {number}"


def _text(entry: Any) -> str:
    """The longest text that the entry has: its content, else its summary."""
    given = [content.get("value") or "" for content in entry.get("content") or []]
    texts = [fragment_text(markup) for markup in (*given, entry.get("summary") or "")]
    return max(texts, key=len)


def _line(value: object) -> str | None:
    return (" ".join(value.split())[:500] or None) if isinstance(value, str) else None


def _of_character(match: re.Match[bytes]) -> bytes:
    """The reference, if there is a character of that number."""
    number = int(match[1], 16) if match[1] else int(match[2])
    return match[0] if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else b""


def _without_doctype(data: bytes) -> bytes:
    """Without the declarations of a DTD: the entities that a feed may use are those of HTML."""
    start = re.search(rb"(?i)<!doctype", data)
    if not start:
        return data
    close, subset = data.find(b">", start.end()), data.find(b"[", start.end())
    if 0 <= subset < close:
        close = data.find(b">", data.find(b"]", subset) + 1)
    return data[: start.start()] + data[close + 1 :] if close > 0 else data[: start.start()]
