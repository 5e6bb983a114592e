"""The wordings of one remark as rows: changed words marked, words left out as a sign with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from attribution.check.differences import Difference
from attribution.check.draft import QuotedWords, quoted_words
from attribution.check.places import lay
from attribution.check.report import style_of
from attribution.check.words import Words, boundaries, words_of
from attribution.marks import unmarked
from attribution.pages.words import count, shorten

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.variants import Relation, Utterance, Wording

Style = Literal["same", "changed", "grave"]
RELATIONS = {
    "fullest": "Fullest wording",
    "verbatim": "Verbatim",
    "trimmed": "Trimmed",
    "altered": "Altered",
}


@dataclass(frozen=True)
class Part:
    """Some characters of a wording, or the place where it leaves words out.

    `style` is `same`, `changed`, or `grave` for a negation or a number. A place where words are left out has
    their number in `left_out` and no `text`. `other` holds the words on the other side, where it has any.
    """

    text: str
    style: Style = "same"
    left_out: int = 0
    other: str = ""


@dataclass(frozen=True)
class Row:
    """One wording of a remark; `relation` is `fullest` for the one that the others are held against."""

    quote: AttributedQuote
    relation: Relation | Literal["fullest"]
    parts: tuple[Part, ...]

    @property
    def cuts(self) -> bool:
        """Whether it leaves words of the fullest wording out."""
        return any(part.left_out for part in self.parts)

    @property
    def changes(self) -> int:
        """How many places it words otherwise than the fullest wording; at least one where it is altered."""
        if self.relation != "altered":
            return 0
        return max(1, sum(part.style != "same" for part in self.parts))


@dataclass(frozen=True)
class Compared:
    """A remark with its rows, the fullest wording first."""

    utterance: Utterance
    rows: tuple[Row, ...]

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The names of the articles that have it."""
        return frozenset(row.quote.article.name for row in self.rows)

    @cached_property
    def changes(self) -> int:
        """How many places its wordings word otherwise than the fullest."""
        return sum(row.changes for row in self.rows)


def compared(utterance: Utterance) -> Compared:
    """The utterance with what each of its wordings has changed and left out."""
    base = utterance.base
    changes = [difference for wording in utterance.wordings for difference in wording.changes]
    rows = [Row(base, "fullest", tuple(_base_parts(base.quote.text, changes)))]
    rows += [Row(w.quote, w.relation, tuple(_parts(w, base.quote.text))) for w in utterance.wordings]
    return Compared(utterance, tuple(rows))


@dataclass(frozen=True)
class _Mark:
    """Characters `start` to `end` in a style; where they are none, `left_out` words are left out there."""

    start: int
    end: int
    style: Style
    left_out: int = 0
    other: str = ""


def _base_parts(base: str, changes: Iterable[Difference]) -> Iterator[Part]:
    """The fullest wording, the words marked that another has not so."""
    marks = [_Mark(d.source.start, d.source.end, style_of(d.kind)) for d in changes if d.source]
    yield from _marked(base, 0, len(base), marks)


def _parts(wording: Wording, base: str) -> Iterator[Part]:
    """A wording's pieces, held against the text of the fullest one."""
    quote, text = wording.quote.quote, wording.quote.article.text
    marks = [
        _Mark(d.draft.start, d.draft.end, style_of(d.kind), other=d.source.text if d.source else "")
        for d in wording.changes
        if d.draft
    ]
    pieces = [_inside(text, p.start, p.end, quote.kind in ("transcript", "block")) for p in quote.pieces]
    said = quoted_words(text, pieces)
    before, within, after = _gaps(said, words_of(base), wording.changes)
    yield from before
    for number, (start, end) in enumerate(pieces):
        if number:
            yield Part(" ")
        yield from _marked(text, start, end, [*marks, *within])
    yield from after


def _inside(text: str, start: int, end: int, whole: bool) -> tuple[int, int]:
    """Bounds of a piece's words without the quotation marks around them."""
    words = text[start:end] if whole else unmarked(text[start:end])
    at = text.find(words, start, end)
    return (at, at + len(words)) if at >= 0 else (start, end)


def _marked(text: str, start: int, end: int, marks: Iterable[_Mark]) -> Iterator[Part]:
    """The characters `start` to `end` of `text` in parts; of marks that overlap the first one counts.

    >>> [part.text for part in _marked("We may go now", 0, 9, [_Mark(3, 6, "changed")])]
    ['We ', 'may', ' go']
    """
    at = start
    for mark in sorted(marks, key=lambda mark: (mark.start, bool(mark.end - mark.start), -mark.end)):
        first, last = max(mark.start, at), min(mark.end, end)
        if mark.left_out:
            inside, first, last = start <= mark.start <= end, min(first, end), min(first, end)
        else:
            inside = first < last
        if not inside:
            continue
        if first > at:
            yield Part(text[at:first])
        yield Part(text[first:last], mark.style, mark.left_out, mark.other)
        at = last
    if at < end:
        yield Part(text[at:end])


def _gaps(
    said: QuotedWords, base: Words, changes: Sequence[Difference]
) -> tuple[list[Part], list[_Mark], list[Part]]:
    """Where `said` leaves words of `base` out: before its first word, within, and after its last."""
    before: list[Part] = []
    within: list[_Mark] = []
    after: list[Part] = []
    silent = [(d.source, style_of(d.kind)) for d in changes if d.source and not d.draft]
    reworded = [d.source for d in changes if d.source and d.draft]
    for following, passed in _passed(said, base):
        kept = [j for j in passed if not any(s.start <= base.starts[j] < s.end for s in reworded)]
        if not kept:
            continue
        span = base.span(kept[0], kept[-1])
        style = next((style for s, style in silent if s.start < span.end and span.start < s.end), "same")
        if following in (0, len(said.words)):
            (after if following else before).append(Part("", style, len(kept), span.text))
        else:
            at = said.words.starts[following] if style == "same" else said.words.ends[following - 1]
            within.append(_Mark(at, at, style, len(kept), span.text))
    return before, within, after


def _passed(said: QuotedWords, base: Words) -> Iterator[tuple[int, list[int]]]:
    """The words of `base` that `said` has not, those in a row together, and its word that follows them."""
    aligned = lay(said, base, boundaries(base))
    if aligned is None:
        return
    outside = range(aligned.first), range(aligned.last + 1, len(base))
    before, after = ([(None, j) for j in each] for each in outside)
    following = 0
    for i, run in groupby([*before, *aligned.steps, *after], key=lambda step: step[0]):
        if i is None and not _replaced(said, following):
            yield following, [j for _, j in run]
        elif i is not None:
            following = i + 1


def _replaced(said: QuotedWords, following: int) -> bool:
    """Whether words in brackets stand before word `following`, in the place of others."""
    return 0 < following < len(said.words) and "]" in said.words.gap(following)


def html(row: Row) -> str:
    """A row's words in quotation marks as HTML, the article's characters escaped.

    What is cut at an end stands outside of the marks, and what the eye sees is told in words too.
    """
    cut = [bool(part.left_out) for part in row.parts]
    first, last = cut.index(False), len(cut) - cut[::-1].index(False)
    shown = [_part_html(part, fullest=row.relation == "fullest") for part in row.parts]
    return "".join([*shown[:first], "“", *shown[first:last], "”", *shown[last:]])


def _part_html(part: Part, *, fullest: bool) -> str:
    if part.left_out:
        told = f"{count(part.left_out, 'word')} left out"
        return (
            f' <span class="gap {part.style}" title="{escape(f"{told}: “{shorten(part.other, 200)}”")}">'
            f'<span aria-hidden="true">⋯&#8239;{part.left_out}</span>'
            f'<span class="unseen"> ({told}) </span></span> '
        )
    if part.style == "same":
        return escape(part.text)
    if fullest:
        told = "worded otherwise elsewhere"
    elif part.other:
        told = f"for “{shorten(part.other, 80)}”"
    else:
        told = "added"
    unseen = f'<span class="unseen"> ({escape(told)}) </span>'
    return f'<mark class="{part.style}" title="{escape(told)}">{escape(part.text)}</mark>{unseen}'
