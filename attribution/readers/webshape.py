"""What the shape of a web page tells of it: its headline, the outlet's name in its head and foot, its source.

No tag says these; they are taken where two places of the page agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attribution.readers.firstlines import beginning, beside, dispatch

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 20_000
_MASTHEAD = re.compile(
    r"(?i)(?:logo|brand(?:ing)?|navbar|masthead|(?:site|blog|global)[-_]?(?:header|title|name|logo|branding)|"
    r"header[-_]?logo)"
)
_MASTHEAD_IDS = re.compile(rf"(?i)header|banner|{_MASTHEAD.pattern[4:]}")
_PARTS = re.compile(r"\s+(?:[|–—·»•-]|::)\s+|:\s+|(?<=[^\x00-\u2fff])\s*[-_|｜]\s*")
_COPYRIGHT = re.compile(
    r"(?i)(?:©|\(c\)|copyright)[\s©]*(?:copyright\s+)?(?:by\s+)?"
    r"(?:(?:19|20)\d\d[\s,–-]*){0,4}(?:by\s+)?(?P<holder>[^\d|©.][^|©.\n]{1,60})"
)
_SOURCE = re.compile(r"(?i)(?:来源|來源|출처|source|quelle|fuente|fonte)\s*[:：]\s*(\S[^\n]{0,40})")
_PRINTED = re.compile(
    r"(?i)^\W*(?:printed from|source(?: url)?|original(?: (?:url|article|page))?|retrieved from|"
    r"(?:article )?url|(?:saved|copied) from|permalink)\b[\s:]*(https?://[^\s<>\"]+)"
)
_SAVED = re.compile(r"(?i)\bsaved from url=\(\d+\)(\S+)|page saved with singlefile\s+url:\s*(\S+)")


def headlines(tree: HtmlElement) -> list[str]:
    """The headings that may be the article's, the likeliest first: not the site's name at its head.

    >>> from lxml import html
    >>> headlines(html.fromstring("<div id=logo><h1>Bay Post</h1></div><h2>Berths stay open</h2>"))
    ['Berths stay open']
    """
    title = window_title(tree)
    window = key(title)
    first, _, last = (key(part) for part in title.rpartition(" | "))
    headings = [(h, text) for h in islice(tree.iter("h1"), 10) if (text := _heading(h))]
    lower = [(h, t) for h in islice(tree.iter("h2"), 10) if len(t := _heading(h)) > 9 and not beside(h)]
    found = [(h, text) for h, text in headings if not _in_masthead(h)]
    if not found:  # of a page without any, the window's title tells more than what heads its first part
        found = [(h, text) for h, text in lower if headings or window.startswith(key(text))][:1]
    elif first and last == key(found[0][1]):  # of “Berths stay | Bay Post” the page has the latter larger
        found = [(h, text) for h, text in lower if key(text) == first] + found
    named = [text for _, text in found if len(text) > 9 and window.startswith(key(text))]
    inside = [text for h, text in found if any(True for _ in h.iterancestors("article", "main"))]
    return list(dict.fromkeys([*named, *inside, *(text for _, text in found)])) or _bold_first(tree)


def window_title(tree: HtmlElement) -> str:
    """The title that a browser shows in its window; "" where the page has none."""
    return next((_line(t) for t in tree.iter("title") if t.getparent().tag == "head"), "")


def outlets(tree: HtmlElement, found: dict[str, str]) -> Iterator[str]:
    """Names of the outlet that stand at two places: in the window's title, the address, the head, the foot.

    `found` has the fields that are known of the page.
    """
    host = urlsplit(found.get("url", "")).hostname or ""
    domain = key("".join(host.removeprefix("www.").split(".")[:-1])) if "." in host else ""
    holders = [match["holder"].strip() for text in _texts(tree) if (match := _COPYRIGHT.search(text))]
    heads = [_masthead_name(e) for e in islice(tree.iter(), _MOST_ELEMENTS) if _is_masthead(e)]
    ways = [a for a in islice(tree.iter("a"), _MOST_ELEMENTS) if a.get("href") == "/" and _under_masthead(a)]
    home = [re.sub(r"(?i)\W*\b(?:logo|home(?: ?page)?)\W*$", "", _masthead_name(link)) for link in ways]
    feeds = [
        re.split(r"\s+»", link.get("title") or "")[0]
        for link in tree.iter("link")
        if "rss" in (link.get("type") or "") or "atom" in (link.get("type") or "")
    ]
    sources = [match[1] for text in _texts(tree) if (match := _SOURCE.search(text))]
    witnesses = [name for text in (*holders, *heads, *feeds, *sources) if (name := key(text))]
    for part in reversed(_PARTS.split(window_title(tree))):
        name = key(part)
        seen = any(witness == name or witness.startswith(name) for witness in witnesses)
        if len(name) > 1 and name != key(found.get("title", "")) and (seen or name == domain):
            yield part.strip()
    for name in (*holders, *heads):
        if len(key(name)) > 4 and key(name) == domain:
            yield name
    yield from (name for name in home if 5 < len(name) <= 60)
    if agency := re.search(r"[(/]([A-Z][^()/\d]{1,40})[)/]", dispatch(tree)):
        yield agency[1]


def saved_from(tree: HtmlElement) -> str | None:
    """The address that a saved or printed page says it came from, in a comment or in a line of its own."""
    before = list(tree.itersiblings(preceding=True)) + list(islice(tree.iter(), 40))
    for node in before:
        if not isinstance(node.tag, str) and (match := _SAVED.search((node.text or "")[:3000])):
            return match[1] or match[2]
    for element in islice(tree.iter("a", "p", "div", "span", "td", "li", "small", "footer"), _MOST_ELEMENTS):
        if "reader-domain" in (element.get("class") or "").split():  # Firefox's own view of a page
            return element.get("href")
        for text in (element.text, *(child.tail for child in islice(element, 20))):
            if text and len(text) < 500 and (match := _PRINTED.match(text)):
                return match[1].rstrip(".,;)")
    return None


def key(name: str) -> str:
    """The letters of a name that tell it from others.

    >>> key("The Hill-Times"), key("hilltimes.com")
    ('hilltimes', 'hilltimes')
    """
    return re.sub(r"(?i)^the\b|\.com\b|[\W_]+", "", name).casefold()


def _line(element: HtmlElement) -> str:
    return " ".join(beginning(element, 500).split())


def _heading(element: HtmlElement) -> str:
    return _line(element).strip(" #¶§")  # signs that link to the heading itself


def _masthead_name(element: HtmlElement) -> str:
    return _line(element) or next((i.get("alt") or "" for i in element.iter("img")), "").strip()


def _is_masthead(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    if _MASTHEAD_IDS.fullmatch(element.get("id") or ""):
        return True
    return any(_MASTHEAD.fullmatch(name) for name in (element.get("class") or "").split())


def _in_masthead(heading: HtmlElement) -> bool:
    return any(link.get("href") == "/" for link in heading.iter("a")) or _under_masthead(heading)


def _under_masthead(element: HtmlElement) -> bool:
    outer = [element, *element.iterancestors()]
    return not any(e.tag in ("article", "main") for e in outer) and any(map(_is_masthead, outer))


def _texts(tree: HtmlElement) -> Iterator[str]:
    """The short texts between the tags of a page, each in one line."""
    body = next(tree.iter("body"), tree)
    for element in islice(body.iter(), _MOST_ELEMENTS):
        for text in (element.text, element.tail):
            if isinstance(element.tag, str) and text and len(text) < 500 and (line := " ".join(text.split())):
                yield line


def _bold_first(tree: HtmlElement) -> list[str]:
    """The line in bold that a page without headings begins with."""
    body = next(tree.iter("body"), tree)
    first = next(iter(body), None)
    if first is None or (body.text or "").strip() or first.tag not in ("b", "strong", "big", "font"):
        return []
    return [text] if 9 < len(text := _line(first)) <= 150 else []
