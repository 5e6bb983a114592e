"""Web archives (WARC, ISO 28500) by fastwarc and resiliparse: an article a page."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError
from attribution.readers.document import Contents, Document
from attribution.readers.formats import HTML, MEGABYTE
from attribution.readers.webdata import page_metadata
from attribution.readers.webtext import decode_html, drop_hidden, parse_html, tidy, with_title

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_MOST_PAGES = 5000
_MOST_BYTES = 100 * MEGABYTE  # unpacked, all pages together
_FEWEST = 25  # words; a page with fewer has a menu or a notice, but no article


def read(data: bytes) -> Contents:
    """The articles of the pages in an archive that were answered with 200; its other records are passed over.

    Raises `AttributionError` where the packages of the extra `warc` are missing or there is no page.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
        from resiliparse.extract.html2text import extract_plain_text  # noqa: F401
    except ImportError:
        raise AttributionError(
            'is a web archive, which needs two more packages. Install them: pip install "attribution[warc]"'
        ) from None
    contents, pages, size = Contents(), 0, 0
    kinds = WarcRecordType.response | WarcRecordType.resource
    for record in ArchiveIterator(io.BytesIO(data), record_types=kinds, parse_http=True, auto_decode="all"):
        if not _is_page(record):
            continue
        pages += 1
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")[:2000]
        body = record.reader.read(HTML.most_bytes + 1)
        size += len(body)
        if pages > _MOST_PAGES or size > _MOST_BYTES:
            contents.refused.append((f"after page {pages - 1}", "is more than is read. Split it."))
            break
        _take(body, url, record, f"page {pages}", contents)
    if not pages:
        raise AttributionError("is a web archive without a web page. Name another.")
    return contents


def _is_page(record: WarcRecord) -> bool:
    http = record.http_headers
    if http is None:
        return "html" in (record.headers.get("Content-Type") or "")
    kind = (http.get("Content-Type") or "text/html").lower()
    return http.status_code == 200 and ("html" in kind or kind.startswith("text/plain"))


def _take(body: bytes, url: str, record: Any, part: str, contents: Contents) -> None:
    """Put the page's article into `contents`, or why there is none."""
    if len(body) > HTML.most_bytes:
        reason = f"is larger than {HTML.most_bytes // MEGABYTE} MB, the most that a web page may have."
        contents.refused.append((f"{part}, {url}", reason))
        return
    try:
        charset = record.http_charset
        document = _document(decode_html(body, charset), url, part, hashlib.sha256(body).hexdigest())
    except AttributionError as error:
        contents.refused.append((f"{part}, {url}", str(error)))
    else:
        contents.documents.append(document)


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
    metadata["url"] = metadata.get("url") or url
    return Document(with_title(metadata.get("title"), text), part=part, sha256=sha256, **metadata)
