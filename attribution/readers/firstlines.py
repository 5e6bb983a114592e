"""Who wrote a page and when, as it says above the text: “By Ann Reporter”, “January 14, 2026 6:03 pm”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from attribution.readers.dates import iso_date, month_names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 20_000  # of a larger page only the beginning is looked through
_LONG = 150  # characters; the second paragraph as long as this is within the text
_SHORT = "p span div li dd em small b strong td address i font h2 h3 h4 h5 h6".split()
_DATED = re.compile(
    r"(?i)(?:publi|post|release|issued|dateline|byline|article|story|entry|time|date|fecha|datum|dato\b|\bdata\b)"
)
_SAYS_SO = re.compile(r"(?i)\W*(?:first )?(?:published|posted|released)\b")
_CHANGED = re.compile(
    r"(?i)\W*(?:(?:last|site|page) )?(?:updated|modified|changed|revised|reviewed|stand\b|aktualisiert|"
    r"mis à jour|modifié|actualizad|atualizad|aggiornat|oppdatert|uppdaterad|opdateret)"
)
_BY = re.compile(r"(?i)(?:written by|by|von|par|por|di|da|door|av|af)[:\s]+(?=\S)")
_AND = re.compile(r"(?i)\s*(?:,|&|;|\b(?:and|und|et|y|e|en|og|och|with)\b)\s*")
_PARTICLES = frozenset("de da do di du la le van von der den ter al bin el dos das".split())
_JOINS = frozenset(
    "at on in the of am pm by and first last posted published updated online print min read um uhr den "
    "vom le les du de del la las el al il alle ore kl klo às em à heure heures est edt cst cdt mst mdt "
    "pst pdt gmt utc et ct mt pt st nd rd th ago".split()
)
_AROUND = frozenset("aside nav footer a li".split())
_TEASER = re.compile(
    r"(?i)related|recommend|sidebar|teaser|latest|most-read|popular|comment|footer|promo|more-"
)


def dates(tree: HtmlElement) -> Iterator[str]:
    """What may be the date of publication, the likeliest first; then what is said to be a later one."""
    later: list[str] = []
    for element in islice(tree.iter("time", *_SHORT), _MOST_ELEMENTS):
        if (text := _dated(element)) and iso_date(text) and not _beside(element):
            if _CHANGED.match(text) or "updated" in _names(element):
                later.append(text)
            else:
                yield text
    for line in _lines(tree):
        if _is_dateline(line) and iso_date(line):
            if _CHANGED.match(line):
                later.append(line)
            else:
                yield line
    yield from later


def bylines(tree: HtmlElement) -> Iterator[str]:
    """The names behind a “by”, where they look like names of people.

    >>> from lxml import html
    >>> list(bylines(html.fromstring("<div><h1>Up and down</h1><p>By Ann Lee and Bo Ray</p></div>")))
    ['Ann Lee, Bo Ray']
    """
    for line in _lines(tree):
        if (match := _BY.match(line)) and len(line) <= 100 and (names := _people(line[match.end() :])):
            yield ", ".join(names)


def beginning(element: HtmlElement, most: int = 100) -> str:
    """The text of an element as far as it is wanted: a page may have it nested without end."""
    text = ""
    for piece in islice(element.itertext(), most):
        text += piece
        if len(text) > most:
            break
    return text[: most + 1]


def _is_dateline(line: str) -> bool:
    """Whether a line has nothing but a date, a time, names and what joins them: no word of a sentence."""
    words = re.findall(r"[^\W\d_]{2,}", line)
    small = [
        word for word in words[1:] if word.islower() and word not in _JOINS and word not in month_names()
    ]
    return len(line) <= 80 and len(words) <= 10 and not small


def _dated(element: HtmlElement) -> str | None:
    """What an element says that is named as a date, or begins with the word “published”."""
    if element.tag == "time":
        return element.get("datetime") or beginning(element)
    text = beginning(element).strip() if len(element) < 4 else ""
    if not 6 < len(text) <= 80:
        return None
    return text if _DATED.search(_names(element)) or _SAYS_SO.match(text) else None


def _names(element: HtmlElement) -> str:
    """What the page's makers call an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"


def _beside(element: HtmlElement) -> bool:
    """Whether it stands in what surrounds an article: menus, the footer, other articles, comments."""
    return any(
        outer.tag in _AROUND or _TEASER.search(f"{outer.get('class') or ''} {outer.get('id') or ''}")
        for outer in element.iterancestors()
    )


def _lines(tree: HtmlElement) -> Iterator[str]:
    """The short texts of a page in order, as far as its second paragraph: of elements, and behind them."""
    body = next(tree.iter("body"), tree)
    paragraphs = 0
    for element in islice(body.iter(), 2_000):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "h1"):
            continue  # a headline may be about a day
        texts = [element.tail or ""]
        if element.tag not in ("body", "a", "nav", "footer", "aside"):
            texts.insert(0, beginning(element, 400))
        for text in texts:
            line = " ".join(text.split())
            if 6 < len(line) <= _LONG and not _beside(element):
                yield line
        paragraphs += element.tag == "p" and len(texts[0]) > _LONG
        if paragraphs > 1:
            return


def _people(text: str) -> list[str]:
    """The names at the beginning of a list of names; two to four words each, with capitals."""
    people: list[str] = []
    for part in _AND.split(re.split(r"\s+[|·•–—-]\s+|\s*[/(]", text)[0].strip(" .")):
        words = part.split()
        if not 2 <= len(words) <= 4 or not all(word in _PARTICLES or _is_name(word) for word in words):
            break
        people.append(part)
    return people


def _is_name(word: str) -> bool:
    return word[0].isupper() and re.fullmatch(r"[^\W\d_]+(?:[.'’-][^\W\d_]*)*", word) is not None
