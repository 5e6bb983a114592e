"""What a web page says of itself: title, author, date, outlet, address, language.

In the order in which it is believed: JSON-LD (schema.org), Open Graph and other meta tags, microdata, the
page's shape, then what trafilatura makes of it. The date is the one of first publication, the headline the
one that a reader of the page sees.
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
from attribution.readers.firstlines import (
    beginning,
    bylines,
    dates,
    names_alone,
    of_another,
    shown_day,
    signatures,
)
from attribution.readers.webshape import headlines, key, outlets, saved_from, window_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DAY_IN_URL = re.compile(r"/(20\d\d)[/-](\d\d)[/-](\d\d)(?:/|-)")
_MOST_ELEMENTS = 20_000  # of a larger page, only what it says in so many words
# A copy's address in an archive, before the page's own.
_ARCHIVED = re.compile(
    r"(?i)^https?://(?:web\.archive\.org/web|archive\.\w+)/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)"
)
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
    said: dict[str, object] = {}
    for source in (_json_ld, _meta, _microdata, _shape):
        if source in (_microdata, _shape) and {"title", "author", "published", "outlet"} <= found.keys():
            break  # they tell no more
        for name, value in source(tree):
            if name not in found and (cleaned := _clean(name, value)):
                found[name], said[name] = cleaned, value
    small = sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS)) < _MOST_ELEMENTS
    if thorough and small and not {"title", "author"} <= found.keys():
        for name, value in _by_trafilatura(tree):
            if name not in found and (cleaned := _clean(name, value)):
                found[name] = cleaned
    if "url" not in found and (url := _clean("url", saved_from(tree))):
        found["url"] = url
    in_url = _DAY_IN_URL.search(found.get("url", ""))
    if "published" not in found and in_url and (day := iso_date("-".join(in_url.groups()))):
        found["published"] = day
    _weigh(tree, found, said)
    return found


def _weigh(tree: HtmlElement, found: dict[str, str], said: dict[str, object]) -> None:
    """Hold the fields against one another and against what a reader of the page sees."""
    if "published" in found:
        found["published"] = shown_day(tree, said.get("published"), found["published"])
    if "outlet" not in found and (outlet := next(outlets(tree, found), None)):
        found["outlet"] = outlet
    outlet = found.get("outlet")
    if title := found.get("title"):
        found["title"] = _without_outlet(_as_shown(tree, title, outlet), outlet)
    authors = found.get("author", "").split(", ") if "author" in found else []
    written = _written_by(tree)
    if written and set(authors) <= set(written):
        authors = written
    signed = [name for name in authors if key(name) != key(outlet or "")]
    if authors and not signed:  # the outlet for an author, where a name may stand above the text
        signed = next((names.split(", ") for names in (*bylines(tree), *signatures(tree))), [])
    if authors := signed or authors:
        found["author"] = ", ".join(authors)


def _as_shown(tree: HtmlElement, title: str, outlet: str | None) -> str:
    """The headline above the text, where it and the window's title agree against the one for sharing.

    Also where `title` is that headline and more: “I rode a bus - Ann Lee - Some Site”.
    """
    window = window_title(tree)
    for shown in headlines(tree)[:3]:
        if len(shown) < 10 or key(shown) == key(outlet or ""):
            continue
        if re.match(re.escape(shown) + r"\s+(?:[|–—·»-]|::)\s", title):
            return shown
        agree = key(window).startswith(key(shown)) and key(title) not in key(window)[len(key(shown)) :]
        if agree and len(shown) >= 20:  # what is shorter may be the name of a section
            return shown
    return title


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
        text = names_alone(text)
        return None if re.match(r"(?i)https?:|/|@|admin$|staff$|[\d\W]+$", text) else text or None
    if name == "url":
        text = _ARCHIVED.sub("", text)
        return text if re.match(r"(?i)https?://[^\s<>\"]+$", text) else None
    if name == "outlet" and re.match(r"(?i)https?:|www\.", text):
        return None
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
    for part in ("publisher", "sourceOrganization", "isPartOf"):
        for name in _names(node.get(part), by_id)[:1]:
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
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if (name := element.get(attribute)) and (content := element.get("content")):
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
                values = [_turned(v) if name == "citation_author" else v for v in values[:20]]
                values = [", ".join(dict.fromkeys(a for v in values if (a := _clean(field, v))))]
            yield from ((field, value) for value in values[:3])
    for text in given.get("parsely-page", [])[:1]:
        if isinstance(page := _loaded(text), dict):
            names = _list(page.get("authors") or page.get("author"))
            yield "author", ", ".join(name for name in names if isinstance(name, str))
            yield from (
                ("title", page.get("title")),
                ("published", page.get("pub_date")),
                ("url", page.get("link")),
            )


def _turned(name: str) -> str:
    """The name of a list of references as one says it: “Lee, Ann” → “Ann Lee”."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def _written_by(tree: HtmlElement) -> list[str]:
    """The names in the card that some content systems make for shared links: all, where others give one."""
    card = {m.get("name"): m.get("content") or "" for m in tree.iter("meta") if m.get("name")}
    said = card.get("twitter:data1", "") if card.get("twitter:label1", "").lower() == "written by" else ""
    return [name for name in (_clean("author", said) or "").split(", ") if name]


_PROPERTIES = {"headline": "title", "datepublished": "published", "author": "author", "publisher": "outlet"}


def _microdata(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """`itemprop` (HTML microdata), `property` (RDFa), the classes of hAtom and hEntry, links to an author."""
    authors: list[str] = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        for name in (element.get("itemprop") or element.get("property") or "").lower().split():
            if field := _PROPERTIES.get(name.rpartition(":")[2]):
                value = _own_value(element, field)
                if field != "author":
                    yield field, value
                elif not of_another(element):
                    authors.append(value)
        classes = set((element.get("class") or "").lower().split())
        if classes & {"entry-title", "p-name"}:
            yield "title", beginning(element, 500)
        if classes & {"published", "dt-published"}:
            yield "published", _own_value(element, "published")
        linked = element.get("rel") == "author" or classes & {"p-author", "reader-credits"}
        if (linked or {"author", "vcard"} <= classes) and not of_another(element):
            authors.append(beginning(element, 200))
    names = dict.fromkeys(name for text in authors[:20] if (name := _clean("author", text)))
    yield "author", ", ".join(names)


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
    shown, window = headlines(tree), window_title(tree)
    yield from (("title", title) for title in [*shown[:1], window, *shown[1:]])
    yield from (("published", text) for text in dates(tree))
    yield from (("author", names) for names in bylines(tree))
    before, bar, behind = window.rpartition(" | ")
    if bar:
        yield "outlet", before if shown and key(behind) == key(shown[0]) else behind


def _without_outlet(title: str, outlet: str | None) -> str:
    """The headline without the name that sites put behind it: “Hill says no | Example Herald”."""
    match = re.fullmatch(r"(.{2,}?)\s+(?:[|–—-]|::|»|•|·)\s+([^|]{2,60})", title)
    if match and outlet:
        behind, name = key(match[2]), key(outlet)
        near = len(match[1]) >= 10 and behind and (behind in name or name in behind)
        return match[1] if near or (behind and behind == name) else title
    return title


def _by_trafilatura(tree: HtmlElement) -> Iterator[tuple[str, str | None]]:
    from trafilatura import extract_metadata

    # Its dates are guesses where the page says none: another article's, the copyright's.
    found = extract_metadata(tree, extensive=False)
    if found is not None:
        yield "title", found.title
        yield "author", found.author.replace("; ", ", ") if found.author else None
