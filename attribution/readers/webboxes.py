"""What stands within a page's article and is none of it: boxes, pull quotes, marks of notes, calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from attribution.readers.access import ASKS
from attribution.readers.webtext import letters

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 1_000_000  # characters of a page that are looked at
_MOST_IN_BOX = 120  # words; and never more than a quarter of the page's
_IN_FORM = 60  # words round a field to fill in
_NAMED = re.compile(  # words in the names that a page's makers give to what they put between the paragraphs
    r"(?i:(?:^|[\s_-])(?:newsletter|sign-?up|subscri(?:be|ption)|donat(?:e|ion)|promos?|related|trending|pop-?up|republish|"
    r"recommend(?:ed|ation)?s?|read-?(?:next|more)|most-?(?:read|viewed|popular)|trust-?badge)(?=$|[\s_-]))|"
    r"(?:Newsletter|SignUp|Donat(?:e|ion)|Promo|Related|Recommended|PageList)(?=$|[\sA-Z_-])"
)
_HEADED = re.compile(  # the words that head a list of other articles
    r"(?i)\W*(?:(?:also|must|related|further) read(?:s|ing)?|read (?:more|next|also)|related(?: \w+)?|"
    r"recommended(?: \w+)*|more (?:in|on|from) .{2,40}|more (?:stories|news|coverage)|most (?:read|viewed)|"
    r"you (?:may|might) (?:also )?(?:like|be interested in)|most popular(?: .{0,30})?|trending(?: .{0,30})?|"
    r"(?:recent|latest) (?:posts|stories|news|articles)|people are also reading|see also|go deeper|"
    r"in case you missed it|(?:à )?lire aussi|lees ook|lesen sie auch|mehr zum thema|lea también|"
    r"le puede interesar|leggi anche|leia (?:também|mais)|läs (?:också|även|mer)|les også|læs også|"
    r"czytaj (?:też|także)|читайте также|関連記事)\W*"
)
_LED = re.compile(  # the same words before one title: “ALSO READ: Ferry runs aground”
    r"(?i)(?:also read|read (?:more|next|also)|related|see also|lire aussi|lees ook|lea también|leggi anche|"
    r"leia (?:também|mais)|lesen sie auch|mehr zum thema)\s*[:|]\s.{5,150}"
)
_CALL = re.compile(  # what a site says to its reader, and no article of anything else
    r"(?i)\bto your inbox|\bour (?:free |daily |weekly |morning )*newsletters?\b|"
    r"\bsign up (?:to \w+|for) our\b|\bnewsletter .{0,80}\bsign up\b|\bno spam[,.!]|\byour tax-deductible\b|"
    r"\breader-supported publication|\bfree or paid subscriber|\bsupport .{3,40} (?:from|for) as little as\b|"
    r"\bunsubscribe (?:at any time|from)|\bsupport (?:our|independent) (?:\w+ )?journalism|"
    r"\b(?:give|donate) (?:now|today)!|\bthis e-?mail in your browser|"
    r"^(?:view this post on instagram|a post shared by .{1,80}|our standards: .{1,80}|advertisement|"
    r"(?:story|article) continues below.{0,20}|(?:hide|toggle) caption|share this (?:article|story|post)?|"
    r"(?:skip past|after) newsletter promotion|loading\W*|(?:write|leave|add|post) a comment\W*|"
    r"(?:copyright(?: ©| \(c\))?|©|\(c\)) ?(?:19|20)\d\d.{0,200}|.{0,40}riproduzione riservata.{0,40}|"
    r".{0,40}(?:alle rechte vorbehalten|tous droits réservés|(?:derechos|direitos) reservados).{0,40})$"
)
_QUOTING = re.compile('[“”„«»"]')
_PULLED = re.compile(r"(?i)pull[-_]?(?:quote|ed)?\b|pullquote|click[-_]?to[-_]?tweet|tweet(?:able|[-_]?this)")
_ARCHIVE_BARS = ("wm-ipp-base", "wm-ipp", "wm-ipp-print")  # of web.archive.org, over the copied page


def core(tree: HtmlElement) -> HtmlElement:
    """The one element that the page itself calls its article or main part, else its body."""
    for tag in ("article", "main", "body"):
        if len(found := list(tree.iter(tag))) == 1:
            return found[0]
    return tree


def drop_additions(tree: HtmlElement) -> None:
    """Take out of the tree what stands within an article and is none of it.

    These are boxes for newsletters and other articles, marks of footnotes, what an archive puts over its
    copies, and quotes set large that stand in the text as well. Tables that only put things side by side
    become plain blocks.
    """
    doomed = list(_other_articles(tree))
    for element in tree.iter():
        if element.get("id") in _ARCHIVE_BARS or (element.tag == "sup" and _is_footnote_mark(element)):
            doomed.append(element)
        elif element.tag == "table" and _is_layout(element):
            _make_blocks(element)
    doomed += _boxes(tree)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()
    _drop_repeated(tree)


def without_calls(text: str) -> str:
    """The text without the paragraphs in which the site asks its reader to sign up, to give or to read on.

    >>> without_calls("She left.\\n\\nRelated: Ferry runs aground\\n\\nSign up for our newsletter")
    'She left.'
    """
    return "\n\n".join(paragraph for paragraph in text.split("\n\n") if not _is_call(paragraph))


def _is_call(paragraph: str) -> bool:
    if len(paragraph) > 400 or _LED.fullmatch(paragraph):
        return len(paragraph) <= 400
    if _QUOTING.search(paragraph) or ASKS.search(paragraph):  # a pay-wall tells that the text is not whole
        return False
    return _CALL.search(paragraph) is not None


def _boxes(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Small parts that are named or headed as boxes, or have a field to fill in."""
    most = min(_MOST_IN_BOX, len(_said(tree, _MOST).split()) // 4)
    for element in tree.iter("div", "section", "aside", "figure", "p", "ul", "form"):
        called = _NAMED.search(_called(element)) is not None
        if element.tag == "p" and _is_link(element):
            yield element
        if not called and not _is_headed(element) and element.find("form") is None:
            continue
        said = _said(element, 20 * _MOST_IN_BOX)
        words = _MOST if ASKS.search(said) else len(said.split())  # a pay-wall is told of, not dropped
        small = words <= (most if called or _is_headed(element) else min(most, _IN_FORM))
        if small and next(element.iter("h1"), None) is None:
            yield element


def _is_link(paragraph: HtmlElement) -> bool:
    """Whether a paragraph is another article's title and nothing else: a few words, all of them a link."""
    links = [_said(link, 300) for link in islice(paragraph.iter("a"), 2)]
    said = _said(paragraph, 300)
    if len(links) != 1 or letters(links[0]) != letters(said):
        return False
    return 5 <= len(said.split()) <= 25 and said.rstrip()[-1:] not in '.!?”"’'


def _is_headed(element: HtmlElement) -> bool:
    """Whether it begins with a line such as “Read more”, and all that follows are links."""
    pieces = (piece for text in islice(element.itertext(), 200) if (piece := text.strip()))
    first = next(pieces, "")
    if len(first) > 60 or not _HEADED.fullmatch(first):
        return False
    linked = sum(len(_said(link, 300)) for link in islice(element.iter("a"), 50))
    return linked * 3 >= sum(map(len, pieces))


def _other_articles(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Small articles whose headings lead elsewhere, on a page that has one whose heading does not."""
    articles = [
        a for a in islice(tree.iter("article"), 200) if next(a.iterancestors("article"), None) is None
    ]
    led = [article for article in articles if _leads_elsewhere(article)]
    words = [len(_said(article, 100_000).split()) for article in articles if article not in led]
    small = [(article, count) for article in led if (count := len(_said(article, 1000).split())) <= 80]
    if words and sum(count for _, count in small) < max(words):
        yield from (article for article, _ in small)


def _leads_elsewhere(article: HtmlElement) -> bool:
    heading = next(article.iter("h1", "h2", "h3", "h4"), None)
    if heading is None:
        return False
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    away = [link for link in links[:3] if "#" not in (link.get("href") or "#")]  # not to its own place
    return any(letters(_said(heading, 300)) in letters(_said(link, 600)) for link in away)


def _drop_repeated(tree: HtmlElement) -> None:
    """Take out quotes set large (“pull quotes”) whose words the text has as well."""
    large = [e for e in tree.iter("blockquote", "aside") if len(_said(e, 600)) < 500]
    large += [e for e in tree.iter("div", "p", "figure", "span", "section") if _PULLED.search(_called(e))]
    if not large or len(large) > 200:
        return
    everything = letters(_said(core(tree), _MOST))
    for element in large:
        source = next(element.iter("blockquote", "p"), element)
        pulled = letters(_said(source, 600))
        if len(pulled) >= 12 and everything.count(pulled) > 1 and element.getparent() is not None:
            element.drop_tree()


def _is_footnote_mark(element: HtmlElement) -> bool:
    links = [*element.iter("a"), *element.iterancestors("a")]
    if not any("#" in (link.get("href") or "") for link in links):
        return False
    return re.fullmatch(r"\W*\w{0,3}\W*", _said(element, 10)) is not None


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table is there to put things side by side: it has the headline, or a column of text."""
    if any(True for _ in table.iter("h1", "article", "main")):
        return True
    cells = islice(table.iter("td"), 30)
    return any(sum(1 for _ in cell.iter("p", "br")) > 3 and len(_said(cell, 1000)) > 600 for cell in cells)


def _make_blocks(table: HtmlElement) -> None:
    """Make blocks of a table's rows and cells, and leave the tables within them as they are."""
    parts = [table]
    for part in parts:
        parts += [child for child in part if child.tag in ("thead", "tbody", "tfoot", "tr", "td", "th")]
    for part in parts:
        part.tag = "div"


def _called(element: HtmlElement) -> str:
    """What the page's makers call an element."""
    names = ("class", "id", "data-testid", "data-component", "aria-label")
    return " ".join(element.get(name) or "" for name in names)


def _said(element: HtmlElement, most: int) -> str:
    """The words of an element, up to about `most` characters."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > most:
            break
    return " ".join(parts)
