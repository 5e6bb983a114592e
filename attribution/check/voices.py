"""Who says the words where they stand in a source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attribution.article import Article, Span
from attribution.check.draft import QuotedWords
from attribution.check.places import Place

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote

Extract = Callable[[Sequence[Article]], "Analysis"]

_WHOLE = 150_000  # characters; of a longer source only the neighbourhood of a passage is read for its speaker
_AROUND = 8_000  # characters of that neighbourhood on either side
# Signs that go with a passage where the draft has them too.
_LEADING, _TRAILING = frozenset("$€£¥(-−–…"), frozenset(".,!?…;:%)")


@dataclass(frozen=True)
class Passage:
    """Characters of a source, and who says them there."""

    article: Article
    span: Span
    speaker: str | None = None
    quote_id: str | None = None

    def as_record(self) -> dict[str, Any]:
        """The passage as it stands in the public record."""
        return {
            "article": self.article.id,
            "file": self.article.file,
            **self.span.as_record(),
            "speaker": self.speaker,
        }


class Voices:
    """Who says what in the sources where a quote was found; of long ones only near the passages."""

    def __init__(self, places: Sequence[Place], extract: Extract, draft: Article | None) -> None:
        """`extract` reads the `draft` together with the sources, so that a person has one id."""
        self._excerpts: dict[str, list[tuple[int, int, Article]]] = {}
        for place in places:
            self._take(place)
        wanted = [excerpt for found in self._excerpts.values() for _, _, excerpt in found]
        self._of: dict[str, list[AttributedQuote]] = {}
        if wanted:
            for quote in extract([draft, *wanted] if draft else wanted).quotes:
                self._of.setdefault(quote.article.id, []).append(quote)

    def of(self, article: Article) -> list[AttributedQuote]:
        """The quotes of an article that was read whole."""
        return self._of.get(article.id, [])

    def _take(self, place: Place) -> None:
        article = place.source.article
        start, end = bounds(place)
        taken = self._excerpts.setdefault(article.id, [])
        if any(a <= start and end <= b for a, b, _ in taken):
            return
        if len(article.text) <= _WHOLE:
            taken.append((0, len(article.text), article))
            return
        starts = [a for a, _ in article.paragraphs]
        low = starts[max(0, bisect_right(starts, max(0, start - _AROUND)) - 1)] if starts else 0
        after = bisect_right(starts, end + _AROUND)
        high = starts[after] if after < len(starts) else len(article.text)
        low, high = max(low, start - 2 * _AROUND), min(high, end + 2 * _AROUND)
        excerpt = Article(article.text[low:high], file=article.file)
        taken.append((low, high, excerpt))

    def at(self, start: int, end: int, article: Article) -> AttributedQuote | None:
        """The smallest quote of the source that holds the characters `start` to `end`, or most of them."""
        for low, high, excerpt in self._excerpts.get(article.id, ()):
            if low <= start and end <= high:
                held = []
                for quote in self._of.get(excerpt.id, ()):
                    shared = sum(
                        max(0, min(end, low + p.end) - max(start, low + p.start)) for p in quote.quote.pieces
                    )
                    size = sum(p.end - p.start for p in quote.quote.pieces)
                    if shared:
                        held.append((shared < 0.8 * (end - start), size, len(held), quote))
                return min(held)[3] if held else None
        return None


def bounds(place: Place) -> tuple[int, int]:
    """The characters of a place, from its first word to its last."""
    words = place.source.words
    return words.starts[place.alignment.first], words.ends[place.alignment.last]


def passage(place: Place, quoted: QuotedWords, voices: Voices) -> tuple[Passage, AttributedQuote | None]:
    """The words of `place`, with the stops around them that the draft has too, and who says them."""
    article, words = place.source.article, quoted.words
    start, end = bounds(place)
    voice = voices.at(start, end, article)
    paired = [i for i, j in place.alignment.steps if i is not None and j is not None]
    first, last = paired[0], paired[-1]
    before, after = words.text[: words.starts[first]], words.text[words.ends[last] :]
    while start and before and before[-1] == article.text[start - 1] and before[-1] in _LEADING:
        start, before = start - 1, before[:-1]
    while end < len(article.text) and after and after[0] == article.text[end] and after[0] in _TRAILING:
        end, after = end + 1, after[1:]
    span = Span.of(article.text, start, end)
    known = voice.id if voice and voice.article.id == article.id else None  # none of an excerpt's
    return Passage(article, span, voice.name if voice else None, known), voice
