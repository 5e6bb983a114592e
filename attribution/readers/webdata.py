"""What a web page says of itself: title, author, date, outlet, address, language.

In the order in which it is believed: JSON-LD (schema.org), Open Graph and other meta tags, microdata, the
page's shape, then what trafilatura makes of it. The date is the one of first publication.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from attribution.readers.dates import iso_date
from attribution.readers.firstlines import beginning, bylines, dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DAY_IN_URL = re.compile(r"/(20\d\d)[/-](\d\d)[/-](\d\d)(?:/|-)")
_MOST_ELEMENTS = 20_000  # of a larger page, only what it says in so many words
_NO_DAY = "1970-01-01"  # what an empty field becomes where days are counted from it
_ARTICLE = re.compile(r"(?i)(?:article|posting|report|pressrelease)$")
_META = {
    "title": "og:title twitter:title parsely-title dc.title dcterms.title sailthru.title citation_title "
    "headline title",
    "author": "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl "
    "citation_author byline",
    "published": "article:published_time og:published_time og:article:published_time datepublished "
    "parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date "
    "pubdate publish-date publishdate publish_date publication_date date.issued article.published "
    "article_date_original citation_publication_date cxenseparse:recs:publishtime cxenseparse:publishtime "
    "rnews:datepublished date",
    "outlet": "og:site_name publisher dc.publisher dcterms.publisher application-name",
    "url": "og:url parsely-link twitter:url",
    "language": "content-language dc.language dcterms.language og:locale",
}
_IN_META = {field: names.split() for field, names in _META.items()}


def page_metadata(tree: HtmlElement, *, thorough: bool) -> dict[str, str]:
    """The fields that the page gives; `thorough` also looks where it does not say so in so many words.

    The tree is the page's own, with its scripts.
    """
    found: dict[str, str] = {}
    for source in (_json_ld, _meta, _microdata, _shape):
        if source in (_microdata, _shape) and {"title", "author", "published", "outlet"} <= found.keys():
            break  # they tell no more
        for name, value in source(tree):
            value = _clean(name, value)
            if value and name not in found:
                found[name] = value
    small = sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS)) < _MOST_ELEMENTS
    if thorough and small and not {"title", "author"} <= found.keys():
        for name, value in _by_trafilatura(tree):
            if value and name not in found:
                found[name] = value
    in_url = _DAY_IN_URL.search(found.get("url", ""))
    if "published" not in found and in_url and (day := iso_date("-".join(in_url.groups()))):
        found["published"] = day
    if title := found.get("title"):
        found["title"] = _without_outlet(title, found.get("outlet"))
    return found


def _clean(name: str, value: object) -> str | None:
    """The value as it is kept: one line, entities resolved, dates and languages in their ISO form."""
    if name == "published":
        day = iso_date(html.unescape(value[:500]) if isinstance(value, str) else value)
        return None if day == _NO_DAY else day
    if not isinstance(value, str):
        return None
    value = value[:5000]
    text = " ".join(re.sub(r"<[^<>]{1,200}>", "", html.unescape(html.unescape(value))).split())[:500]
    if name == "author":
        text = re.sub(r"(?i)^(?:by|written by|von|par|por|di)[\s:]+(?=\S)", "", text)
        return None if re.match(r"(?i)https?:|/|@|admin$|staff$", text) else text or None
    if name == "url":
        return text if re.match(r"(?i)https?://[^\s<>\"]+$", text) else None
    if name == "language":
        return text.replace("_", "-")[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", text) else None
    return text or None


# --- JSON-LD -----------------------------------------------------------------------------------------


def _json_ld(tree: HtmlElement) -> Iterator[tuple[str, Any]]:
    nodes = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += list(_nodes(_loaded(script.text or "")))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}
    for node in nodes:
        if any(_ARTICLE.search(kind) for kind in _list(node.get("@type")) if isinstance(kind, str)):
            yield from _of_article(node, by_id)


_WRAPPED = re.compile(
    r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|/\*.*?\*/)\s*$"
)
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "author", "publisher")


def _loaded(text: str) -> object:
    """The JSON of a script, also where it stands in a comment or has raw line breaks or a comma too much."""
    text = _WRAPPED.sub("", text).strip(" \r\n\t;")
    for candidate in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object in there that has a type, outer ones first."""
    if depth > 6:
        return
    for item in _list(value):
        if isinstance(item, dict):
            if "@type" in item:
                yield item
            for key in _INNER:
                if isinstance(item.get(key), dict | list):
                    yield from _nodes(item[key], depth + 1)


def _of_article(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    yield "title", node.get("headline") or node.get("name")
    yield "published", node.get("datePublished") or node.get("dateCreated")
    yield "author", ", ".join(_names(node.get("author") or node.get("creator"), by_id)) or None
    for key in ("publisher", "sourceOrganization", "isPartOf"):
        for name in _names(node.get(key), by_id)[:1]:
            yield "outlet", name
    page = node.get("mainEntityOfPage")
    yield "url", node.get("url")
    yield "url", page.get("@id") or page.get("url") if isinstance(page, dict) else page
    yield "language", next(iter(_list(node.get("inLanguage"))), None)


def _names(value: object, by_id: dict[str, dict[str, Any]]) -> list[str]:
    """The names of people or organisations, given as texts, as objects or by reference."""
    names = []
    for item in _list(value)[:20]:
        if isinstance(item, dict):
            name = item.get("name") or by_id.get(str(item.get("@id")), {}).get("name")
            item = next(iter(_list(name)), None)
        if isinstance(item, str) and (name := _clean("author", item)) and name not in names:
            names.append(name)
    return names


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


# --- meta tags, microdata, the page's shape ----------------------------------------------------------


def _meta(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    given: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            if (name := element.get(key)) and (content := element.get("content")):
                given.setdefault(name.strip().lower(), []).append(content)
    base = next((b.get("href") or "" for b in tree.iter("base")), "") or next(
        iter(given.get("og:url", [])), ""
    )
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield "url", urljoin(base, link.get("href").strip())
    if lang := tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield "language", lang
    for field, names in _IN_META.items():
        for name in names:
            values = given.get(name, [])
            if field == "author":
                values = [", ".join(dict.fromkeys(a for v in values[:20] if (a := _clean(field, v))))]
            yield from ((field, value) for value in values[:3])


_PROPERTIES = {"headline": "title", "datepublished": "published", "author": "author", "publisher": "outlet"}


def _microdata(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """`itemprop` (HTML microdata), `property` (RDFa) and the classes of hAtom and hEntry."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        for name in (element.get("itemprop") or element.get("property") or "").lower().split():
            if field := _PROPERTIES.get(name.rpartition(":")[2]):
                yield field, _own_value(element, field)
        classes = (element.get("class") or "").lower().split()
        if "entry-title" in classes or "p-name" in classes:
            yield "title", beginning(element, 500)
        if "published" in classes or "dt-published" in classes:
            yield "published", _own_value(element, "published")


def _own_value(element: HtmlElement, field: str) -> str:
    named = element.xpath('.//*[@itemprop="name" or @property="name" or @property="schema:name"]')
    if field in ("author", "outlet") and named:
        element = named[0]
    given = element.get("content")
    if field == "published":  # in an abbreviation it stands behind what one sees
        given = given or element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
    return given or beginning(element, 500)


def _shape(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The headline, dates and names above the text, and what stands behind the bar in the window's title."""
    titles = (beginning(t, 500) for t in tree.iter("title") if t.getparent().tag == "head")
    window = " ".join(next(titles, "").split())
    headings = [(h, text) for h in islice(tree.iter("h1"), 10) if (text := beginning(h, 500).strip())]
    named = [text for _, text in headings if len(text) > 9 and _key(window).startswith(_key(text))]
    inside = [text for h, text in headings if any(True for _ in h.iterancestors("article", "main"))]
    yield "title", next(iter([*named, *inside, *(text for _, text in headings)]), "")
    yield "title", window
    yield from (("published", text) for text in dates(tree))
    yield from (("author", names) for names in bylines(tree))
    if " | " in window:
        yield "outlet", window.rpartition(" | ")[2]


def _without_outlet(title: str, outlet: str | None) -> str:
    """The headline without the name that sites put behind it: “Hill says no | Example Herald”."""
    match = re.fullmatch(r"(.{2,}?)\s+(?:[|–—-]|::|»|•|·)\s+([^|]{2,60})", title)
    if match and outlet:
        behind, name = _key(match[2]), _key(outlet)
        near = len(match[1]) >= 10 and behind and (behind in name or name in behind)
        return match[1] if near or (behind and behind == name) else title
    return title


def _key(name: str) -> str:
    return re.sub(r"(?i)^the\b|\.com\b|[\W_]+", "", name).casefold()


def _by_trafilatura(tree: HtmlElement) -> Iterator[tuple[str, str | None]]:
    from trafilatura import extract_metadata

    # Its dates are guesses where the page says none: another article's, the copyright's.
    found = extract_metadata(tree, extensive=False)
    if found is not None:
        yield "title", found.title
        yield "author", found.author.replace("; ", ", ") if found.author else None
