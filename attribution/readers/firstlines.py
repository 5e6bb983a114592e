"""Who wrote a page and when, as it says above the text: “By Ann Reporter”, “January 14, 2026 6:03 pm”."""

from __future__ import annotations

import datetime
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
_SIGNED = re.compile(
    r"(?i)(?:^|[\s_-])(?:auth?or|byline|signature|autore|auteur)(?:[_-]+(?:names?|author))?(?=$|\s)"
)
_DATED = re.compile(
    r"(?i)(?:publi|post|release|issued|dateline|byline|article|story|entry|time|date|fecha|datum|dato\b|\bdata\b)"
)
_SAYS_SO = re.compile(r"(?i)\W*(?:first )?(?:published|posted|released)\b")
_CHANGED = re.compile(
    r"(?i)\W*(?:(?:last|site|page) )?(?:updated|modified|changed|revised|reviewed|stand\b|aktualisiert|"
    r"mis à jour|modifié|actualizad|atualizad|aggiornat|oppdatert|uppdaterad|opdateret)"
)
_CREDIT = r"(?:written|words|story|text|reported|posted|interview)"
_BY = re.compile(rf"(?i)(?:(?:{_CREDIT} )?by|{_CREDIT} ?:|von|par|por|di|da|door|av|af)[:\s]+(?=\S)")
_BEHIND_BY = re.compile(  # but not “Di Maria”
    rf"(?i)^(?:(?:(?:{_CREDIT} )?by|{_CREDIT} ?:)[:\s]+(?=\S)|"
    r"(?:von|par|por|di|da|door|av|af)[:\s]+(?=[^\s,]+ [^\s,]))"
)
# What stands behind a name: “Ann Lee, Senior Staff Writer”.
_ROLE = re.compile(
    r"(?i)(?:(?:staff|senior|chief|lead|special|guest|contributing|managing|associate|assistant|deputy|executive|"
    r"freelance|investigative|multimedia|digital|data|news|sports?|politics|political|health|education|crime|"
    r"business|science|features?|arts|opinion|city|local|national|foreign|general|assignment|copy|online|web|"
    r"photo|white house|editor-in) ?)*-?(?:writer|reporter|correspondent|editor|columnist|intern|contributor|"
    r"producer|photographer|journalist|anchor|chief|fellow|staff)s?(?: (?:at|for|in|of) .*)?|"
    r"(?:[\w’'-]+ ){1,3}(?:editor|correspondent|columnist|bureau|desk|bureau chief|staff(?: .*)?)"
)
_AND = re.compile(r"(?i)\s*(?:,|&|;|\b(?:and|und|et|y|e|en|og|och|with)\b)\s*")
_PARTICLES = frozenset("de da do di du la le van von der den ter al bin el dos das".split())
_JOINS = frozenset(
    "at on in the of am pm by and first last posted published updated online print min read um uhr den "
    "vom le les du de del la las el al il alle ore kl klo às em à heure heures est edt cst cdt mst mdt "
    "pst pdt gmt utc et ct mt pt st nd rd th ago release press news".split()
)
_AROUND = frozenset("aside nav footer a li".split())
_OTHERS = re.compile(r"(?i)related|recommend|sidebar|teaser|latest|most-read|popular|comment|promo|more-")
_FOOT = re.compile(r"(?i)footer")
_ZONE = re.compile(r"(?i:\d ?[ap]\.?m\.?) ([ECMP][DS]T)\b")
_WEST = {"E": 4, "C": 5, "M": 6, "P": 7}  # hours behind Greenwich in summer
# The place and the day before a dispatch's first words: “PORT HILL, Jan. 14, 2026 (Coast Wire) --”.
_DISPATCH = re.compile(
    r"(?!(?i:update|correct|editor|note|live))[A-Z]{3,}[^\n]{8,90}?(?:\s(?:--|[-–—])\s|/\s?--?\s)"
)


def dates(tree: HtmlElement) -> Iterator[str]:
    """What may be the date of publication, the likeliest first; then what is said to be a later one."""
    later: list[str] = []
    for element in islice(tree.iter("time", *_SHORT), _MOST_ELEMENTS):
        if (text := _dated(element)) and iso_date(text) and not beside(element):
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
    if opening := dispatch(tree):
        yield opening
    yield from later


def shown_day(tree: HtmlElement, said: object, day: str) -> str:
    """The outlet's own day, as above the text or by the clock there, where `said` is Greenwich's; else `day`.

    `said` is the date and time as the page's tags have it, and `day` its day.
    """
    time = re.search(
        r"\d[T ](\d\d):\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]00:?00)$",
        said.strip() if isinstance(said, str) else "",
    )
    if not time:
        return day
    hour, date = int(time[1]), datetime.date.fromisoformat(day)
    for text in _shown(tree):
        if shown := iso_date(text):
            apart = (datetime.date.fromisoformat(shown) - date).days
            near = (apart == -1 and hour < 12) or (apart == 1 and hour >= 10)
            return shown if near else day
    before = hour < _hours_behind(tree)
    return (date - datetime.timedelta(days=1)).isoformat() if before else day


def _hours_behind(tree: HtmlElement) -> int:
    """How far the clock above the text is behind Greenwich: “Updated: 7:00 AM EST” is by 5 hours."""
    zone = next((match[1] for line in _lines(tree) if (match := _ZONE.search(line))), "")
    return _WEST[zone[0]] + (zone[1:] == "ST") if zone else 0


def _shown(tree: HtmlElement) -> Iterator[str]:
    """The dates above the text in the words that a reader sees, but for those of a change."""
    for element in islice(tree.iter("time", *_SHORT), _MOST_ELEMENTS):
        text = beginning(element).strip()
        dated = element.tag == "time" or _dated(element)
        if dated and not _CHANGED.match(text) and "updated" not in _names(element) and not beside(element):
            yield text
    for line in _lines(tree):
        if _is_dateline(line) and not _CHANGED.match(line):
            yield line


def dispatch(tree: HtmlElement) -> str:
    """The place, day and agency before the first words of a dispatch; "" where there are none."""
    body = next(tree.iter("body"), tree)
    for element in islice(body.iter(), 2_000):
        for text in (element.text, element.tail) if isinstance(element.tag, str) else ():
            if text and len(text) > _LONG and (match := _DISPATCH.match(text.strip())):
                return match[0]
    return ""


def bylines(tree: HtmlElement) -> Iterator[str]:
    """The names behind a “by”, where they look like names of people.

    >>> from lxml import html
    >>> list(bylines(html.fromstring("<div><h1>Up and down</h1><p>By Ann Lee and Bo Ray</p></div>")))
    ['Ann Lee, Bo Ray']
    """
    for line in _lines(tree):
        if (match := _BY.match(line)) and len(line) <= 100 and (names := _people(line[match.end() :])):
            yield ", ".join(names)


def signatures(tree: HtmlElement) -> Iterator[str]:
    """The people in elements that are named for an author and have nothing but names."""
    for element in islice(tree.iter("a", *_SHORT), _MOST_ELEMENTS):
        if _SIGNED.search(element.get("class") or "") and not of_another(element):
            pieces = [" ".join(text.split()) for text in islice(element.itertext(), 10) if text.strip()]
            line = ", ".join(piece for piece in pieces if not re.fullmatch(r"(?i),|&|and", piece))
            if (names := _people(_BEHIND_BY.sub("", line))) and len(", ".join(names)) >= len(line) - 8:
                yield ", ".join(names)


def names_alone(text: str) -> str:
    """The names in a byline, without the “by” before them, and the roles and the day behind them.

    >>> names_alone("By Ann Lee, Senior Staff Writer | May 4, 2024"), names_alone("Local 12")
    ('Ann Lee', 'Local 12')
    """
    parts = [
        part.strip() for part in re.split(r"\s*[,;]\s+|\s+[|•·]\s+", _BEHIND_BY.sub("", text)) if part.strip()
    ]
    kept = parts[:1]
    for part in parts[1:]:
        month = any(word.casefold() in month_names() for word in re.findall(r"[^\W\d_]+", part))
        dated = re.fullmatch(r"\d{4}.*", part) or (month and re.search(r"\d", part)) or iso_date(part)
        if not dated and not _ROLE.fullmatch(part):
            kept.append(part)
    return ", ".join(kept)


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
    text = beginning(element).strip()
    if element.tag == "time":  # what one sees goes before what stands behind it, in whatever zone
        behind = element.get("datetime") or ""
        if not behind or iso_date(text):
            return text
        return f"Updated {behind}" if _CHANGED.match(text) else behind
    if len(element) > 3 or not 6 < len(text) <= 80:
        return None
    return text if _DATED.search(_names(element)) or _SAYS_SO.match(text) else None


def _names(element: HtmlElement) -> str:
    """What the page's makers call an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"


def beside(element: HtmlElement) -> bool:
    """Whether it stands in what surrounds an article: menus, the footer, other articles, comments."""
    return of_another(element) or any(
        outer.tag in _AROUND or _FOOT.search(f"{outer.get('class') or ''} {outer.get('id') or ''}")
        for outer in element.iterancestors()
    )


def of_another(element: HtmlElement) -> bool:
    """Whether it belongs to another article or to a comment."""
    return any(
        _OTHERS.search(f"{outer.get('class') or ''} {outer.get('id') or ''}")
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
            if 6 < len(line) <= _LONG and not beside(element):
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
