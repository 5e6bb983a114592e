"""A text as it is read, without Markdown or soft hyphens, lines joined, and where it stands as written."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from attribution.article import Span, paragraphs

_REST = r"[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
_TARGET = r"\(\s*<?(?:https?:|mailto:|www\.|[/#.])" + _REST  # [said Hill](laughter) is no link
_WORDS = r"(?P<words>[^\[\]\n]{0,300}(?:\[[^\[\]\n]{0,100}\][^\[\]\n]{0,100}){0,3})"
_PICTURE = re.compile(
    rf"!\[[^\[\]\n]{{0,300}}\]\(\s*<?{_REST}|!\[\[[^\[\]\n]{{1,300}}\]\]|\[\^[^\[\]\s]{{1,40}}\]:?"
)
_LINK = re.compile(rf"\[{_WORDS}\]{_TARGET}|\[\[(?:[^\[\]|\n]{{1,300}}\|)?(?P<page>[^\[\]|\n]{{1,300}})\]\]")
_HEADING = re.compile(r"(?m)^(?: {0,4}>)* {0,4}(#{1,6}[ \t]+)")  # `>` stays: it sets a block off
_SIGNS = tuple(
    (
        re.compile(rf"(?<![\w\\{sign}]){sign}{{1,3}}(?=[^\s{sign}])"),
        re.compile(rf"(?<=[^\s\\{sign}]){sign}{{1,3}}(?![\w{sign}])"),
    )
    for sign in (r"\*", "_")
)  # of emphasis: what opens it, and what closes it
_FORWARDED, _FILLED = re.compile(r"(?m)^(?:[ \t]*>)+[ \t]?"), re.compile(r"(?m)^[ \t]*\S")
_MOST = 0.9  # of the lines
_LINE_BREAK = re.compile(r"(?<![ \t])[ \t]*(?:\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029])[ \t]*")
# Soft hyphens, and no-break spaces as word processors put them; those of figures and of « » stay.
_WITHIN = re.compile(r"\u00ad+|(?<=[\w.,;?!”’\"])[\u00a0\u202f](?=[^\W\d_])")
_BREAK = re.compile(r"\n[ \t]*\n")
_LONGEST = 1000  # characters that one emphasis may have


@dataclass(frozen=True)
class Plain:
    """A text as it is read; `places` says where each of its characters stands in the text as `written`."""

    text: str
    written: str
    places: Sequence[int]

    def before(self, place: int) -> int:
        """How many characters of `text` stand before this place in the text as written."""
        return bisect_left(self.places, place)

    def as_written(self, span: Span) -> Span:
        """The same words in the text as written, with the markup that stands between them."""
        start, end = self.places[span.start], self.places[span.end - 1] + 1
        return Span.of(self.written, start, end)


def as_read(text: str) -> Plain | None:
    r"""`text` without markup, a hard-wrapped paragraph in one line, and no word with a soft hyphen in it.

    `None` where that is the text itself.

    >>> wrapped = "“No,” said Ann Hill of the harbour board, who had\n" * 4 + "heard it."
    >>> as_read(wrapped).text.count("who had “No,”"), without_markup(wrapped)
    (3, None)
    """
    plain = without_markup(text) or Plain(text, text, range(len(text)))
    breaks = [
        match.span()
        for start, end in paragraphs(plain.text)
        for match in _LINE_BREAK.finditer(plain.text, start, end)
    ]
    breaks = sorted([*breaks, *(match.span() for match in _WITHIN.finditer(plain.text))])
    if not breaks:
        return plain if plain.text != text else None
    parts, places, at = [], array("q"), 0
    for start, end in breaks:
        gap = 0 if plain.text[start] == "\u00ad" else 1
        parts += [plain.text[at:start], " " * gap]
        places.extend(plain.places[at : start + gap])
        at = end
    places.extend(plain.places[at:])
    return Plain("".join([*parts, plain.text[at:]]), text, places)


@lru_cache(maxsize=8)  # asked about one article again and again
def without_markup(text: str) -> Plain | None:
    """`text` without Markdown's links, pictures, emphasis and signs of headings; `None` where it has none.

    Nor are the signs read of a message that is forwarded whole, a `>` before each line.

    >>> plain = without_markup("**“No,”** said [Ann Hill](https://a.example).")
    >>> plain.text
    '“No,” said Ann Hill.'
    >>> plain.as_written(Span.of(plain.text, 0, 5))
    Span(start=2, end=7, text='“No,”')
    """
    return _without_markup(text)


def _without_markup(text: str) -> Plain | None:
    markup = sorted(_markup(text))
    if not markup:
        return None
    parts, places, at = [], array("q"), 0
    for start, end in [*markup, (len(text), len(text))]:
        if start > at:
            parts.append(text[at:start])
            places.extend(range(at, start))
        at = max(at, end)
    return Plain("".join(parts), text, places)


def plain_words(text: str) -> str:
    """A piece of a text without markup, for people and models to read.

    >>> plain_words("We *stay* [open](https://a.example)")
    'We stay open'
    """
    plain = _without_markup(text)
    return plain.text if plain else text


def _markup(text: str) -> Iterator[tuple[int, int]]:
    """Where markup stands; the spans may overlap."""
    if not re.search(r"[\[*_#>]", text):
        return
    if len(_FORWARDED.findall(text)) >= _MOST * len(_FILLED.findall(text)):
        yield from (match.span() for match in _FORWARDED.finditer(text))
    gone = [match.span() for match in _PICTURE.finditer(text)]
    hidden = _hidden(text, gone)
    for match in _LINK.finditer(hidden):
        start, end = match.span("page" if match["page"] else "words")
        gone += [(match.start(), start), (end, match.end())]
    hidden = _hidden(text, sorted(gone))  # addresses may hold any sign
    yield from gone
    yield from (match.span(1) for match in _HEADING.finditer(hidden))
    breaks = [match.start() for match in _BREAK.finditer(hidden)]
    for opens, closes in _SIGNS:
        yield from _emphases(opens.finditer(hidden), closes.finditer(hidden), breaks)


def _hidden(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text`, as long as it is, with these spans blacked out."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], "\0" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _emphases(
    opening: Iterable[re.Match[str]], closing: Iterable[re.Match[str]], breaks: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Both signs of every emphasis: each sign that opens one with the next that closes it, in a paragraph."""
    ends: dict[str, list[int]] = defaultdict(list)
    for match in closing:
        ends[match.group()].append(match.start())
    done: dict[str, int] = defaultdict(int)  # one of another kind may stand within one
    for match in opening:
        sign, (start, stop) = match.group(), match.span()
        of_kind = ends[sign]
        number = bisect_right(of_kind, stop)
        if start < done[sign] or number == len(of_kind):
            continue
        end = of_kind[number]
        if end - stop <= _LONGEST and bisect_left(breaks, start) == bisect_left(breaks, end):
            done[sign] = end + len(sign)
            yield start, stop
            yield end, done[sign]
