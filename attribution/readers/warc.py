"""Web archives (WARC, ISO 28500) by fastwarc and resiliparse: an article a page."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError
from attribution.readers.document import BREAKS_OFF, Contents, Document
from attribution.readers.formats import HTML, MEGABYTE
from attribution.readers.webdata import page_metadata
from attribution.readers.webtext import decode_html, drop_hidden, parse_html, tidy, with_title

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_MOST_PAGES = 5000
_MOST_BYTES = 100 * MEGABYTE  # unpacked, all pages together
_FEWEST = 25  # words; a page with fewer has a menu or a notice, but no article


def read(data: bytes) -> Contents:
    """The articles of the pages in an archive that were answered with 200; its other answers are counted.

    Raises `AttributionError` where the packages of the extra `warc` are missing or there is no page.
    """
    try:
        import fastwarc.warc  # noqa: F401
        from resiliparse.extract.html2text import extract_plain_text  # noqa: F401
    except ImportError:
        raise AttributionError(
            'is a web archive, which needs two more packages. Install them: pip install "attribution[warc]"'
        ) from None
    contents, pages, size, broken = Contents(), 0, 0, False
    passed_over: Counter[str] = Counter()
    try:
        for record, body in _pages(data, passed_over):
            size += len(body)
            if pages == _MOST_PAGES or size > _MOST_BYTES:
                contents.refused.append((f"after page {pages}", "is more than is read. Split it."))
                break
            pages += 1
            _take(body, record, f"page {pages}", contents)
    except (OSError, ValueError):  # what stands before the break is read
        broken = True
    if pages and passed_over:
        counts = ", ".join(f"{what} ({number:,})" for what, number in passed_over.most_common())
        contents.notes.append(f"Not read, beside the pages: {counts}.")
    if broken and pages:
        contents.refused.append((f"after page {pages}", "is broken. Record it again for the rest."))
    elif not pages:
        held = f" (it holds {', '.join(passed_over)})" if passed_over and not broken else ""
        what = "is a broken web archive" if broken else f"is a web archive without a web page{held}"
        raise AttributionError(f"{what}. Record it again, or save its pages.")
    return contents


def _pages(data: bytes, passed_over: Counter[str]) -> Iterator[tuple[WarcRecord, bytes]]:
    """Each record that is a page, one after another from the packed stream, and its bytes.

    The other answers are counted in `passed_over`; requests and notes of the crawler are no answers.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
    kinds |= WarcRecordType.conversion
    for record in ArchiveIterator(io.BytesIO(data), record_types=kinds, parse_http=True, auto_decode="all"):
        if (other := _no_page(record)) is None:
            yield record, record.reader.read(HTML.most_bytes + 1)
        else:
            passed_over[other] += 1


def _no_page(record: WarcRecord) -> str | None:
    """What a record is, in the plural, that is no page; `None` for a page."""
    from fastwarc.warc import WarcRecordType

    if record.record_type == WarcRecordType.revisit:
        return "pages recorded before"
    http = record.http_headers
    if http is None and record.record_type == WarcRecordType.response:
        return "broken answers"
    said = (record.headers if http is None else http).get("Content-Type")
    kind = (said or "text/html" if http is not None else said or "").lower()
    if http is not None and http.status_code != 200:
        return "redirects and errors"
    if "html" in kind or http is not None and kind.startswith("text/plain"):
        return None
    if "pdf" in kind or "msword" in kind or "officedocument" in kind or "opendocument" in kind:
        return "PDF and Word documents, to be saved by themselves"
    return "pictures and other parts of pages"


def _take(body: bytes, record: Any, part: str, contents: Contents) -> None:
    """Put the page's article into `contents`, or why there is none."""
    url = " ".join((record.headers.get("WARC-Target-URI") or "").strip("<> ").split())[:2000]
    where = f"{part}, {url}" if url else part
    if len(body) > HTML.most_bytes:
        reason = f"is larger than {HTML.most_bytes // MEGABYTE} MB, the most that a web page may have."
        contents.refused.append((where, reason))
        return
    try:
        charset = record.http_charset
        document = _document(decode_html(body, charset), url, part, hashlib.sha256(body).hexdigest())
    except AttributionError as error:
        contents.refused.append((where, str(error)))
    else:
        contents.documents.append(document)
        if _is_cut(record, body):
            contents.notes.append(f"{part}: {BREAKS_OFF}")


def _is_cut(record: Any, body: bytes) -> bool:
    """Whether the answer says that it is longer than what there is of it."""
    http = record.http_headers
    said = (http.get("Content-Length") or "") if http is not None else ""
    plain = http is not None and not (http.get("Content-Encoding") or http.get("Transfer-Encoding"))
    return plain and said.isdecimal() and len(body) < int(said[:12])


def _document(page: str, url: str, part: str, sha256: str) -> Document:
    from lxml import html
    from resiliparse.extract.html2text import extract_plain_text

    tree = parse_html(page)
    metadata = page_metadata(tree, thorough=False)
    drop_hidden(tree)
    clean = html.tostring(tree, encoding="unicode")
    text = tidy(extract_plain_text(clean, main_content=True, alt_texts=False, list_bullets=False))
    if len(text.split()) < _FEWEST:
        raise AttributionError("is a web page without an article. Open it in a browser and save the text.")
    if "url" not in metadata and re.fullmatch(r"(?i)https?://\S+", url):
        metadata["url"] = url
    return Document(with_title(metadata.get("title"), text), part=part, sha256=sha256, **metadata)
