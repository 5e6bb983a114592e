"""What changed in the quotes from one version of an article to the next.

changes = compare_versions(older.quotes, newer.quotes)
for row in changes.reworded:
    print(row.older.quote.text, "→", row.newer.quote.text, row.differences)
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, product
from typing import TYPE_CHECKING, Any, Literal

from rapidfuzz.distance import Indel

from attribution.article import Article, Span
from attribution.check.alignment import Alignment, Step
from attribution.check.differences import TYPOGRAPHY, Difference, differences, weight
from attribution.check.draft import QuotedWords, quoted_words
from attribution.check.places import Place, Source
from attribution.check.words import Words
from attribution.people import names_agree

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

Fate = Literal["added", "reworded", "vanished", "re-attributed", "unchanged"]

_LEAST = 1.25  # content words that a reworded quote keeps (little words count a quarter),
_OTHER_SPEAKER = 3.0  # and one that has another speaker too
_SHARED, _KEPT = 0.5, 0.3  # of the shorter wording's words, and of the longer's, by weight
_WHOLE = 0.9  # of the shorter one's: it was cut, or is a part of the longer, which may be any length


@dataclass(frozen=True)
class QuoteChange:
    """What became of one quote: `older` is None where it was added, `newer` where it vanished.

    `differences` are the words that changed, `draft` at its place in the newer article's text and `source` in
    the older one's; a quote that has another speaker now may have some too. Marks and dashes are none.
    """

    fate: Fate
    older: AttributedQuote | None
    newer: AttributedQuote | None
    differences: tuple[Difference, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The row as plain data: the fate, the quotes' ids, words and speakers, and the differences."""
        sides = {"older": self.older, "newer": self.newer}
        return {
            "fate": self.fate,
            **{
                side: quote and {"quote_id": quote.id, "text": quote.quote.text, "speaker": quote.name}
                for side, quote in sides.items()
            },
            "differences": [difference.as_record() for difference in self.differences],
        }


@dataclass(frozen=True)
class VersionChanges:
    """Each quote of two versions in one row: the newer one's in order, what vanished between them."""

    rows: tuple[QuoteChange, ...]

    @property
    def added(self) -> tuple[QuoteChange, ...]:
        """The quotes that only the newer version has."""
        return self._of("added")

    @property
    def reworded(self) -> tuple[QuoteChange, ...]:
        """The quotes with other words in the newer version, by the same speaker."""
        return self._of("reworded")

    @property
    def vanished(self) -> tuple[QuoteChange, ...]:
        """The quotes that only the older version has."""
        return self._of("vanished")

    @property
    def reattributed(self) -> tuple[QuoteChange, ...]:
        """The quotes that the newer version gives to another speaker, reworded or not."""
        return self._of("re-attributed")

    @property
    def unchanged(self) -> int:
        """How many quotes have the same words and the same speaker in both."""
        return len(self._of("unchanged"))

    def _of(self, fate: Fate) -> tuple[QuoteChange, ...]:
        return tuple(row for row in self.rows if row.fate == fate)


def compare_versions(older: Sequence[AttributedQuote], newer: Sequence[AttributedQuote]) -> VersionChanges:
    """What became of the quotes of an article, `older`, in its next version, `newer`.

    Both as `attribution.extract` gives them for one article each, best from one call over both: a person
    has one name then. A speaker is another one where two names do not go together, or where a quote gains
    or loses its name along with the words that attribute it.
    """
    before, after = [_Said(quote) for quote in older], [_Said(quote) for quote in newer]
    pairs = _paired(before, after)
    rows = {
        j: _change(before[pairs[j]], said) if j in pairs else QuoteChange("added", None, said.quote)
        for j, said in enumerate(after)
    }
    where = {i: j for j, i in pairs.items()}
    ordered = [(j, 0, row) for j, row in rows.items()]
    place = -1  # the newer quote after which a vanished one stood
    for i, said in enumerate(before):
        if i in where:
            place = where[i]
        else:
            ordered.append((place, i + 1, QuoteChange("vanished", said.quote, None)))
    return VersionChanges(tuple(row for *_, row in sorted(ordered, key=lambda item: item[:2])))


class _Said:
    """A quote with its words where they stand in the article, and as a source to lay others against."""

    def __init__(self, quote: AttributedQuote) -> None:
        self.quote = quote
        pieces = [(piece.start, piece.end) for piece in quote.quote.pieces]
        self.words: QuotedWords = quoted_words(quote.article.text, pieces)
        self.keys = self.words.words.keys
        self.weight = sum(map(weight, self.keys))

    @cached_property
    def source(self) -> Source:
        """The article from the quote's start to its end, with blanks for what is not quoted."""
        start, text = self.quote.quote.start, ""
        for piece in self.quote.quote.pieces:
            text = text.ljust(piece.start - start) + piece.text
        source = Source(Article(text, file=self.quote.article.file))
        places = [
            array("q", (at - start for at in ats)) for ats in (self.words.words.starts, self.words.words.ends)
        ]
        source.words = Words(text, *places, self.keys)  # not those in brackets, which nobody said
        return source

    def home(self, span: Span) -> Span:
        """The place in the article of a span of the source."""
        start = self.quote.quote.start
        return Span.of(self.quote.article.text, start + span.start, start + span.end)

    def piece(self, at: int) -> int:
        """The number of the piece that a character of the source stands in."""
        return bisect_right(self.quote.quote.pieces, self.quote.quote.start + at, key=lambda p: p.start)


# --- which quote is which --------------------------------------------------------------------------


def _paired(older: Sequence[_Said], newer: Sequence[_Said]) -> dict[int, int]:
    """For each newer quote that the older version has, by its number, the number of the older one."""
    found = []
    for (i, one), (j, other) in product(enumerate(older), enumerate(newer)):
        if likeness := _likeness(one, other):
            sameness = (
                not _reattributed(one.quote, other.quote),
                one.quote.quote.kind == other.quote.quote.kind,
            )
            away = abs(i / len(older) - j / len(newer))
            found.append((likeness, sameness, -away, j, i))
    pairs: dict[int, int] = {}
    for *_, j, i in sorted(found, reverse=True):
        if j not in pairs and i not in pairs.values():
            pairs[j] = i
    return pairs


def _likeness(one: _Said, other: _Said) -> float:
    """How much of two quotes is the same, 0 where they are not one remark and 1 where every word is."""
    if one.keys == other.keys:
        return 1.0
    shorter, longer = sorted((one.weight, other.weight))
    if sum(map(weight, set(one.keys) & set(other.keys))) < _LEAST:
        return 0.0
    shared = sum(weight(other.keys[i]) for i, j in _laid(one, other).steps if None not in (i, j))
    cut = shared >= _WHOLE * shorter
    needed = (
        (_OTHER_SPEAKER, _SHARED) if _reattributed(one.quote, other.quote) else (_LEAST, 0 if cut else _KEPT)
    )
    if shared < needed[0] or shared < _SHARED * shorter or shared < needed[1] * longer:
        return 0.0
    return shared / (longer + 1)


def _laid(older: _Said, newer: _Said) -> Alignment:
    """The newer quote's words laid against those of the older one, so that most of them meet their like.

    Of the two, unlike of a draft and its source, either may be the longer and neither is a mere passage.
    """
    steps: list[Step] = []
    for code in Indel.opcodes(older.source.words.keys, newer.keys):
        theirs, ours = range(code.src_start, code.src_end), range(code.dest_start, code.dest_end)
        if code.tag == "equal":
            steps += zip(ours, theirs, strict=True)
        else:
            steps += [(i, None) for i in ours]
            steps += [(None, j) for j in theirs]
    return Alignment(tuple(steps), 0.0)


def _reattributed(older: AttributedQuote, newer: AttributedQuote) -> bool:
    """Whether the two name different speakers, or only one of them names or describes one."""
    if older.unread or newer.unread:  # nothing is known of who speaks
        return False
    one, other = older.speaker.person, newer.speaker.person
    if one and other:
        return one.id != other.id and not names_agree(one.name, other.name)
    if (older.name or "").casefold() == (newer.name or "").casefold():
        return False
    mentions = [quote.attribution.mention for quote in (older, newer)]
    texts = {mention.text.casefold() if mention else "" for mention in mentions}
    return len(texts) > 1  # the same words are the same person, however they were read


# --- what became of it -----------------------------------------------------------------------------


def _change(older: _Said, newer: _Said) -> QuoteChange:
    found = () if older.keys == newer.keys else tuple(_differences(older, newer))
    fate: Fate = "reworded" if found else "unchanged"
    if _reattributed(older.quote, newer.quote):
        fate = "re-attributed"
    return QuoteChange(fate, older.quote, newer.quote, found)


def _differences(older: _Said, newer: _Said) -> Iterator[Difference]:
    """The words that differ; what the newer quote leaves out is one too, whether it declares that or not."""
    aligned = _laid(older, newer)
    told: list[Span] = []
    for difference in differences(newer.words, Place(older.source, aligned)):
        if difference.kind not in TYPOGRAPHY and not _same_but_brackets(difference):
            told += [difference.source] if difference.source else []
            yield replace(difference, source=difference.source and older.home(difference.source))
    words = older.source.words
    kept = {j for i, j in aligned.steps if i is not None}
    gone = [
        j
        for j in range(len(words))
        if j not in kept and not any(span.start <= words.starts[j] < span.end for span in told)
    ]
    for _, run in groupby(enumerate(gone), key=lambda at: (at[1] - at[0], older.piece(words.starts[at[1]]))):
        missing = [j for _, j in run]
        yield Difference(None, older.home(words.span(missing[0], missing[-1])), "dropped")


def _same_but_brackets(difference: Difference) -> bool:
    """Whether "[T]he" stands for "The", or the same in both."""
    sides = (difference.draft, difference.source)
    texts = [re.sub(r"[\[\]]", "", side.text) if side else "" for side in sides]
    return texts[0] == texts[1]
