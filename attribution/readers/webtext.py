"""The HTML of web pages, mails and feeds → a tree without what is hidden, and the text that one sees."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from attribution.article import AttributionError
from attribution.readers.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|"
    rb"<\?xml[^>]{0,100}encoding=[\"']([\w.:-]{2,30})"
)
# As browsers read them (WHATWG Encoding Standard): who declares these writes their larger cousins.
_LARGER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
_FEW = 0.001  # this share of characters may be broken: one bad byte is no reason to lose a page


def decode_html(data: bytes, declared: str | None = None) -> str:
    """The characters of a page: by its mark, by what is declared where that fits, else by the likeliest.

    `declared` is what came with it, from a mail's header or a server. UTF-8 that is declared to be something
    else is UTF-8: no other encoding looks so. Raises `AttributionError` where no encoding fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if data.count(b"\0") > len(data) // 100:
        raise AttributionError("is binary, not text. Save the page again, as HTML.")
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = _CHARSET.search(data[:4096])
    named = [declared, (match[1] or match[2]).decode() if match else None]
    for encoding in (_known(name) for name in (*named, "utf-8") if name):
        text = data.decode(encoding, "replace") if encoding else None
        if text is not None and text.count("\ufffd") <= len(text) * _FEW:
            return text
    return decode(data, "")


def _known(name: str) -> str | None:
    """Python's name of a text encoding that a page may declare."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Of Python's own: base64 and the like are none, UTF-7 hides tags, and punycode takes for ever.
    plain = codec._is_text_encoding and codec.name not in {"utf-7", "punycode", "idna", "unicode_escape"}  # type: ignore[attr-defined]
    return _LARGER.get(codec.name, codec.name) if plain and codec.name != "raw_unicode_escape" else None


def parse_html(text: str) -> HtmlElement:
    """The tree of a page. Nothing is fetched; entities are those of HTML alone.

    Raises `AttributionError` where there is nothing in it.
    """
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        tree = html.document_fromstring(_legal(text).encode("utf-8", "replace"), parser=parser)
    except Exception as error:
        if type(error).__name__ not in ("ParserError", "XMLSyntaxError"):
            raise
        raise AttributionError("is empty. Name a page that holds an article's text.") from None
    if any("depth" in error.message for error in parser.error_log):  # what lies deeper was left out
        raise AttributionError("is nested too deeply to be read. Save its text as .txt.")
    return tree


def breaks_off(page: str) -> bool:
    """Whether the page was cut: it ends within a word or a tag, and never says that it ends.

    >>> breaks_off("<html><body><p>Hill said n"), breaks_off("<html><p>Hill said no.</p>")
    (True, False)
    """
    begun, end = re.search(r"(?i)<html|<!doctype html", page[:4096]), page[-4096:].rstrip()
    return begun is not None and not end.endswith(">") and "</html" not in end.lower()


_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,20})|([0-9]{1,20}));?")


def _legal(text: str) -> str:
    """Without the characters that no XML tree may hold, written out or by number.

    Numbers of cp1252 mean what they do to browsers: old pages write “ as &#147;.
    """
    plain = _ILLEGAL.sub("", re.sub(r"[\v\f]", " ", text))
    return _REFERENCE.sub(_of_number, plain)


def _of_number(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    if 0x80 <= number < 0xA0:
        return bytes([number]).decode("cp1252", "ignore")
    if number in (0x0B, 0x0C):
        return " "
    illegal = number > 0x10FFFF or 0xD800 <= number < 0xE000 or _ILLEGAL.match(chr(number))
    return "" if illegal else match[0]


_NEVER_SEEN = (
    "script style noscript template iframe object embed applet svg canvas math audio video select button "
    "textarea input head"
).split()
_HIDING = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+\s*(?:;|!|$)|"
    r"font-size\s*:\s*0*\.?0+(?:px|em|rem|pt|%)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{4,}px|"
    r"clip-path\s*:\s*inset\((?:50|100)%"
)
_SIMPLE = re.compile(r"[\w-]*[.#][\w-]+")


def drop_hidden(tree: HtmlElement) -> None:
    """Take out of the tree what a reader of the page does not see: scripts, forms, hidden elements.

    Also puts the marks round `<q>`, which browsers do. Rules of style sheets count where they name one
    class or one id; what other rules or scripts hide is not known here.
    """
    hidden = _hidden_names(tree)
    doomed, quotes = [], []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            doomed.append(element)  # a comment
        elif element.tag in _NEVER_SEEN or _is_hidden(element, hidden):
            doomed.append(element)
        elif element.tag == "q":
            quotes.append(element)
    for element in quotes:
        _put_marks(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _hidden_names(tree: HtmlElement) -> set[str]:
    """Classes and ids, as `.name`, `p.name` and `#name`, that the page's own style sheets hide."""
    names: set[str] = set()
    for sheet in tree.iter("style"):
        for rules in (sheet.text or "")[:500_000].split("}"):
            selectors, _, rule = rules.rpartition("{")
            if "@" in selectors or "{" in selectors:
                continue  # for print or for some screens only
            if selectors and _HIDING.search(rule[:2000]):
                selectors = selectors.rpartition("*/")[2]
                names.update(s.strip() for s in selectors.split(",") if _SIMPLE.fullmatch(s.strip()))
    return names


def _is_hidden(element: HtmlElement, names: set[str]) -> bool:
    if element.tag in ("html", "body"):
        return False  # hidden until a script shows it
    if element.get("hidden") is not None or _HIDING.search(element.get("style") or ""):
        return True
    if not names:
        return False
    own = [f".{name}" for name in (element.get("class") or "").split()]
    if element.get("id"):
        own.append(f"#{element.get('id')}")
    return any(name in names or element.tag + name in names for name in own)


def _put_marks(quote: HtmlElement) -> None:
    depth = sum(1 for outer in quote.iterancestors("span") if outer.get("class") == "q")
    opening, closing = "‘’" if depth % 2 else "“”"
    quote.tag = "span"  # to trafilatura a <q> is a paragraph of its own
    quote.attrib.clear()
    quote.set("class", "q")
    quote.text = opening + (quote.text or "")
    if len(quote):
        quote[-1].tail = (quote[-1].tail or "") + closing
    else:
        quote.text += closing


_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead tr "
    "ul".split()
)


def visible_text(tree: HtmlElement) -> str:
    """The text of a tree as one sees it: white space as a browser has it, a blank line between blocks."""
    parts: list[str] = []
    walk = [(tree, False)]
    while walk:
        element, leaving = walk.pop()
        block = element.tag in _BLOCKS
        if leaving:
            parts += ["\n\n"] if block else []
            if element is not tree:
                parts.append(_collapsed(element.tail))
            continue
        parts += ["\n\n"] if block else ["\n"] if element.tag == "br" else []
        parts.append((element.text or "") if element.tag == "pre" else _collapsed(element.text))
        walk.append((element, True))
        walk += [(child, False) for child in reversed(element)]
    return tidy("".join(parts))


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def tidy(text: str) -> str:
    r"""Paragraphs apart by one blank line, without white space at the ends of lines.

    >>> tidy(" One. \n\n\n  Two,\n three. ")
    'One.\n\nTwo,\nthree.'
    """
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", text)).strip()


def with_title(title: str | None, text: str) -> str:
    """The text under its headline, which stands there once: quotes in headlines are quotes."""
    if not title:
        return text
    first = {letters(paragraph) for paragraph in text[:2000].split("\n\n")[:4]}
    return text if letters(title) in first else f"{title}\n\n{text}"


def letters(text: str) -> str:
    """The letters and figures of a text alone, in small letters: to see whether two texts are one.

    >>> letters("“It’s late!”") == letters("It's late")
    True
    """
    return re.sub(r"[\W_]+", "", text).casefold()


def fragment_text(markup: str) -> str:
    """What one sees of a piece of HTML, as feeds and mails have it; nothing of what is hidden."""
    if not markup.strip():
        return ""
    try:
        tree = parse_html(markup)
    except AttributionError:
        return ""
    drop_hidden(tree)
    return visible_text(tree)
