"""Links → articles: a page is fetched when a person names its address, and never otherwise."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from attribution.article import AttributionError
from attribution.readers.addresses import Link, link_of, shown
from attribution.readers.reading import Reading

if TYPE_CHECKING:
    from attribution.readers.fetch import Answer, Network

_PAUSE = 1.0  # seconds between two pages of one site
_SAVE = "Save the page in your browser and add the file."
_KINDS = {
    "": "",
    "application/atom+xml": ".atom",
    "application/gzip": "",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/octet-stream": "",
    "application/pdf": ".pdf",
    "application/rdf+xml": ".rss",
    "application/rss+xml": ".rss",
    "application/rtf": ".rtf",
    "application/vnd.apache.parquet": ".parquet",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/warc": ".warc",
    "application/x-gzip": "",
    "application/x-ndjson": ".jsonl",
    "application/x-subrip": ".srt",
    "application/xhtml+xml": ".xhtml",
    "application/xml": ".xml",
    "application/zip": ".zip",
    "binary/octet-stream": "",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": "",
    "text/rtf": ".rtf",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "text/xml": ".xml",
}
"""The content types that a reader is there for, and how files of them are named."""


def read_links(urls: Iterable[str], columns: Mapping[str, str] | None = None) -> Reading:
    """The articles behind links: each page is fetched, and read as a file with the same bytes would be.

    Only public http and https pages are fetched, one after another, as `attribution.readers.fetch` says, and
    as far as their sites' robots.txt lets programs. An article's `file` is the link as it was given, its
    `url` the one that the page gives as its own, else where the link led. A link that cannot be read is
    among the `refused` with the reason and a way out; the others go on. `columns` is as in `Reading`.

    >>> read_links(["http://localhost:8080/"]).refused
    [('http://localhost:8080/', 'leads to an address that is not on the public internet. Only ...')]
    """
    with Reading(columns) as reading:
        links = Links(reading)
        for url in urls:
            links.read(url)
    return reading


class Links:
    """Fetches links into `reading`, and remembers which were fetched and what their sites allow."""

    def __init__(self, reading: Reading, network: Network | None = None) -> None:
        # Imported here: whoever reads files alone needs no HTTP.
        from attribution.readers.fetch import Network
        from attribution.readers.robots import Robots

        self._reading = reading
        self._network = network or Network()
        self._robots = Robots()
        self._seen: set[Link] = set()
        self._visited: dict[str, float] = {}  # host → when

    def read(self, url: str) -> None:
        """Fetch `url` and add its articles; one that was named before is left out."""
        try:
            link = link_of(url)
            if link in self._seen:
                return
            self._seen.add(link)
            answer = self._fetched(link)
        except AttributionError as error:
            self._reading.refuse(shown(url), str(error))
            return
        before = len(self._reading.articles)
        name = answer.link.target.partition("?")[0] + _KINDS[answer.kind]
        self._reading.add(answer.data, url.strip(), named=name, charset=answer.charset)
        for i, article in enumerate(self._reading.articles[before:], start=before):
            if article.url is None:
                self._reading.articles[i] = replace(article, url=str(answer.link))

    def _fetched(self, link: Link) -> Answer:
        """The page of `link`. Raises `AttributionError` where it is none, or may not be had."""
        from attribution.readers.fetch import MOST_SECONDS, Visit

        since = time.monotonic() - self._visited.get(link.host, float("-inf"))
        time.sleep(max(0.0, _PAUSE - since))
        try:
            with Visit(self._network, MOST_SECONDS) as visit:
                answer = visit.follow(link, wanted=_KINDS, check=lambda to: self._robots.check(visit, to))
        finally:
            self._visited[link.host] = time.monotonic()
        if answer.status != HTTPStatus.OK:
            raise AttributionError(f"answers with {answer.status}{_reason(answer.status)}")
        if answer.kind not in _KINDS:
            kind = answer.kind if re.fullmatch(r"[\w.+/-]{1,80}", answer.kind) else "an unknown type"
            raise AttributionError(f"is {kind}, which is not read. Name a page or a document.")
        return answer


def _reason(status: int) -> str:
    """What a status that is no page means to a person, and the way out."""
    if status in (401, 402, 403, 406, 451):
        return f": it wants a sign-in, or lets no programs in. {_SAVE}"
    if status in (404, 410):
        return ": there is no such page. Check the address."
    if status == 429:
        return f": it was asked too often. Wait a while, or: {_SAVE}"
    if status >= 500:
        return f": its server has a problem. Try again later, or: {_SAVE}"
    return f", not with a page. {_SAVE}"
