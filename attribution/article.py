"""The article: its text exactly as published, and where its paragraphs lie."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise


class AttributionError(Exception):
    """A user's mistake, told in one line: the thing, what is wrong with it, and the remedy."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Characters `start` to `end` of an article, with the `text` that stands there.

    >>> Span.of("He said no.", 3, 7)
    Span(start=3, end=7, text='said')
    """

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` from `start` to `end`."""
        return cls(start, end, text[start:end])

    def as_record(self) -> dict[str, int | str]:
        """`{"start", "end", "text"}`, as the public record has it."""
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True)
class Article:
    """One article. Every offset of the project indexes into `text`, which nothing ever changes.

    `file` is what a person calls it (a path, `-`, or a title for pasted text); `sha256` is of the
    bytes as they were read (of the UTF-8 text where there were none). What the source does not say
    stays `None`.

    >>> Article("Hill said no.", file="note.txt").id
    'a7a6c022794c'
    """

    text: str
    file: str
    sha256: str = ""
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None  # as the source says it: "en", "fr-CA"
    read_as: str | None = None  # the language as a person says it, whatever source and text show: "en"
    id: str = field(default="")

    def __post_init__(self) -> None:
        if not self.sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "sha256", digest)
        if not self.id:
            object.__setattr__(self, "id", self.sha256[:12])

    @property
    def name(self) -> str:
        """What to call it on a page: outlet, else title, else file name."""
        return self.outlet or self.title or re.split(r"[\\/]", self.file)[-1]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Bounds of the paragraphs, without the white space around them."""
        return paragraphs(self.text)


# A form feed is a page end, not a paragraph end: a quote may run over it.
_LINE = re.compile(r"[^\r\n\v\x1c-\x1e\x85\u2028\u2029]+")
_LABELLED = re.compile(r"(?:>>+ ?)?[A-Z][A-Z.'’\-]+(?: [A-Z.'’\-]+){0,4}:\s")  # HILL: another speaker
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Bounds of the paragraphs of `text`, without the white space around them, in order.

    A blank line always parts two paragraphs. A single line break does too, unless the text is
    hard-wrapped: a line as long as its block's lines are that does not end a sentence runs on.

    >>> [("One.\nTwo.")[a:b] for a, b in paragraphs("One.\nTwo.")]
    ['One.', 'Two.']
    """
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            lines.append((start, start + len(stripped)))
    bounds: list[tuple[int, int]] = []
    joins = [_runs_on(text, a, b) for a, b in pairwise(lines)]
    width = _wrap_width(text, lines, joins)
    for i, (start, end) in enumerate(lines):
        if i and width and joins[i - 1] and _wrapped(text, lines[i - 1], lines[i], width):
            bounds[-1] = (bounds[-1][0], end)
        else:
            bounds.append((start, end))
    return bounds


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether just one line break stands between the two lines."""
    gap = text[line[1] : following[0]]
    return len(re.findall(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", gap)) == 1


def _wrap_width(text: str, lines: list[tuple[int, int]], joins: list[bool]) -> int:
    """The column at which a hard-wrapped text breaks its lines, in characters; 0 where it is not wrapped."""
    broken = [
        lines[i][1] - lines[i][0]
        for i, joined in enumerate(joins)
        if joined and not _ENDS_SENTENCE.search(text[max(0, lines[i][1] - 8) : lines[i][1]])
    ]
    longest = max((end - start for start, end in lines), default=0)
    widest = max(broken, default=0)
    if sum(end - start > widest for start, end in lines) <= 1 + len(lines) // 20:
        longest = widest  # but for a headline or a subject
    if len(broken) < 3 or not 40 <= longest <= 132:
        return 0
    return longest


def _wrapped(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the line was broken only because the next word no longer fitted."""
    if _LABELLED.match(text, *following):
        return False
    first_word = text[following[0] : following[1]].split(maxsplit=1)[0]
    return (line[1] - line[0]) + 1 + len(first_word) > width - 4


def passage_bounds(article: Article, start: int, end: int) -> tuple[int, int]:
    """Bounds of the paragraphs that `start` to `end` touch, as a reader needs them to follow the quote.

    Where they hold next to nothing but the quote, the paragraph before comes with them.

    >>> passage_bounds(Article("He spoke.\\n\\n“Two.”", file="-"), 11, 17)
    (0, 17)
    """
    touched = [i for i, (a, b) in enumerate(article.paragraphs) if a < end and b > start]
    if not touched:
        return start, end
    first, last = touched[0], touched[-1]
    alone = (start - article.paragraphs[first][0]) + (article.paragraphs[last][1] - end) < _ENOUGH
    return article.paragraphs[max(0, first - 1) if alone else first][0], article.paragraphs[last][1]


_ENOUGH = 25  # characters around a quote that tell who speaks
