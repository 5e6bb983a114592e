"""Where in many sources a run of words may stand: an index of word pairs, no all-pairs comparing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from attribution.article import Article
from attribution.check.alignment import Alignment, align
from attribution.check.draft import QuotedWords
from attribution.check.words import Words, boundaries, words_of
from attribution.marks import find_marks

_POSTINGS = 4000  # places looked at for a quote's rarest pairs or words, whatever the size of the index
_REGIONS = 6  # stretches of the sources that are aligned word by word
_ALIKE = 40  # exact places kept of a phrase that stands in many
_LONGEST_ATTRIBUTION = 25  # words between two pieces of one quote
_NEAR = 80  # words between the two sides of a declared cut that one region still holds


@dataclass(frozen=True)
class Place:
    """A stretch of a source that a draft's words were laid against; the steps number that source's words."""

    source: Source
    alignment: Alignment


class Source:
    """A source: its article, its words, and what is quoted in it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.words = words_of(article.text)

    @cached_property
    def edges(self) -> tuple[list[bool], list[bool]]:
        """Whether a sentence or a quoted piece begins with each word, and whether one ends with it."""
        return boundaries(self.words)

    @cached_property
    def quote_of(self) -> list[int]:
        """For each word the number of the quotation that holds it, −1 outside of quotation marks."""
        found = [-1] * len(self.words)
        for start, end, number in self._pieces:
            first, last = self._word_at(start), self._word_at(end)
            found[first:last] = [number] * (last - first)
        return found

    @cached_property
    def attributing(self) -> list[bool]:
        """Whether each word stands between two quoted pieces of a paragraph, as an attribution does."""
        found = [False] * len(self.words)
        for (_, end, _), (start, _, _) in pairwise(self._pieces):
            first, last = self._word_at(end), self._word_at(start)
            if 0 < last - first <= _LONGEST_ATTRIBUTION and self.paragraph(end - 1) == self.paragraph(start):
                found[first:last] = [True] * (last - first)
        return found

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that the character `at` lies in."""
        return bisect_right(self._paragraph_starts, at) - 1

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.article.paragraphs]

    @cached_property
    def _pieces(self) -> list[tuple[int, int, int]]:
        """Start and end of each quoted piece, and the number of its quotation."""
        marks = [mark for mark in find_marks(self.article.text) if not mark.depth]
        return sorted((p.start, p.end, number) for number, mark in enumerate(marks) for p in mark.pieces)

    def _word_at(self, character: int) -> int:
        return bisect_left(self.words.starts, character)


def lay(quoted: QuotedWords, words: Words, edges: tuple[Sequence[bool], Sequence[bool]]) -> Alignment | None:
    """One quote's words against those of another; `edges` as `boundaries(words)` gives them."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys((*words.keys, *quoted.words.keys)))}
    ours, theirs = ([numbers[key] for key in keys] for keys in (quoted.words.keys, words.keys))
    return align(ours, theirs, cuts=quoted.cuts, begins=edges[0], ends=edges[1])


class Places:
    """An index over the words of many articles: built in time linear in them, asked in near constant time.

    The words of all sources stand in one array; their pairs are sorted, so that the places of a pair are
    one slice. A quote is looked up by its rarest pairs (by its rarest words where no pair is found), the
    hits are counted along diagonals, and only the best stretches are aligned.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self.sources = [Source(article) for article in articles]
        self._number_of: dict[str, int] = {}
        numbers = self._number_of
        parts = [
            np.fromiter((numbers.setdefault(key, len(numbers)) for key in source.words.keys), np.int32)
            for source in self.sources
        ]
        self._first = np.cumsum([0, *map(len, parts)])
        self._all = np.concatenate([*parts, np.empty(0, np.int32)])
        self._by_word = np.argsort(self._all, kind="stable").astype(np.int32)
        self._words_sorted = self._all[self._by_word]
        pairs = self._pairs(self._all)
        # No pair across the border of two sources.
        kept = np.ones(len(pairs), bool)
        kept[self._first[(self._first > 0) & (self._first <= len(pairs))] - 1] = False
        places = np.flatnonzero(kept)
        order = np.argsort(pairs[places], kind="stable")
        self._by_pair = places[order].astype(np.int32)
        self._pairs_sorted = pairs[self._by_pair]

    def numbers(self, keys: Sequence[str]) -> list[int]:
        """The index's number of each word, −1 for one that no source has."""
        return [self._number_of.get(key, -1) for key in keys]

    def exact(self, keys: Sequence[str]) -> list[Place]:
        """Every place (of a common phrase, the first few) where the words stand in a row."""
        wanted = np.asarray(self.numbers(keys), np.int32)
        if not len(wanted) or (wanted < 0).any():
            return []
        at, hits = min(self._hits(wanted), key=lambda hit: len(hit[1]))
        found = []
        for start in (hits - at).tolist():
            source = self._source_at(start) if start >= 0 else -1
            if source < 0 or start + len(wanted) > self._first[source + 1]:
                continue
            if np.array_equal(self._all[start : start + len(wanted)], wanted):
                first = start - int(self._first[source])
                steps = tuple((i, first + i) for i in range(len(wanted)))
                found.append(Place(self.sources[source], Alignment(steps, 0.0)))
                if len(found) == _ALIKE:
                    break
        return found

    def longest(self, keys: Sequence[str], at: int) -> tuple[int, list[Place]]:
        """How many words from word `at` on stand in a row somewhere, and where; the steps start at `at`."""
        wanted = np.asarray(self.numbers(keys[at:]), np.int32)
        if len(wanted) < 2 or (wanted[:2] < 0).any():
            return 0, []
        starts = self._slice(self._pairs_sorted, self._by_pair, self._pairs(wanted[:2])[0])
        limits = self._first[np.searchsorted(self._first, starts, side="right")]
        length, kept = 2, starts
        while len(kept):
            starts = kept
            if length == len(wanted):
                break
            inside = kept + length < limits
            kept, limits = kept[inside], limits[inside]
            same = self._all[kept + length] == wanted[length]
            kept, limits = kept[same], limits[same]
            length += bool(len(kept))
        found = []
        for start in starts[:_ALIKE].tolist():
            number = self._source_at(start)
            first = start - int(self._first[number])
            steps = tuple((at + i, first + i) for i in range(length))
            found.append(Place(self.sources[number], Alignment(steps, 0.0)))
        return (length, found) if found else (0, [])

    def nearest(self, keys: Sequence[str], cuts: frozenset[int] = frozenset()) -> list[Place]:
        """The stretches that the words fit best, the best first, with `cuts` declared before some words."""
        wanted = np.asarray(self.numbers(keys), np.int32)
        found = []
        for number, first, last in self._regions(wanted, bool(cuts)):
            source = self.sources[number]
            begins, ends = source.edges
            aligned = align(
                wanted.tolist(),
                self._all[self._first[number] + first : self._first[number] + last],
                cuts=cuts,
                skippable=source.attributing[first:last],
                begins=begins[first:last],
                ends=ends[first:last],
            )
            if aligned:
                steps = tuple((i, None if j is None else first + j) for i, j in aligned.steps)
                found.append(Place(source, Alignment(steps, aligned.cost)))
        return sorted(found, key=lambda place: place.alignment.cost)

    def _source_at(self, place: int) -> int:
        return int(np.searchsorted(self._first, place, side="right")) - 1

    def _pairs(self, numbers: np.ndarray) -> np.ndarray:
        return numbers[:-1].astype(np.int64) * (len(self._number_of) + 1) + numbers[1:]

    def _hits(self, wanted: np.ndarray) -> list[tuple[int, np.ndarray]]:
        """Word number and places of each pair of known words, the pair's first word counted."""
        if len(wanted) == 1:
            return [(0, self._slice(self._words_sorted, self._by_word, wanted[0]))]
        known = (wanted[:-1] >= 0) & (wanted[1:] >= 0)
        pairs = self._pairs(wanted)
        return [
            (i, self._slice(self._pairs_sorted, self._by_pair, pairs[i]))
            for i in np.flatnonzero(known).tolist()
        ]

    @staticmethod
    def _slice(sorted_values: np.ndarray, places: np.ndarray, value: int) -> np.ndarray:
        low, high = np.searchsorted(sorted_values, [value, value + 1])
        return places[low:high]

    def _regions(self, wanted: np.ndarray, cut: bool) -> list[tuple[int, int, int]]:
        """Source number and bounds of the stretches in which most of the words stand in their order."""
        hits = self._rarest(self._hits(wanted))
        if sum(len(places) > 0 for _, places in hits) < 2:
            alone = [
                (i, self._slice(self._words_sorted, self._by_word, number))
                for i, number in enumerate(wanted.tolist())
                if number >= 0
            ]
            hits += self._rarest(alone)
        if not hits:
            return []
        diagonals = np.concatenate([places.astype(np.int64) - i for i, places in hits])
        weights = np.concatenate([np.full(len(places), 1 / (1 + len(places)) ** 0.5) for _, places in hits])
        sources = np.searchsorted(self._first, np.concatenate([places for _, places in hits]), "right") - 1
        order = np.lexsort((diagonals, sources))
        diagonals, weights, sources = diagonals[order], weights[order], sources[order]
        apart = _NEAR if cut else 6 + len(wanted) // 4
        fresh = np.flatnonzero((np.diff(diagonals) > apart) | (np.diff(sources) > 0)) + 1
        starts = np.concatenate([[0], fresh])
        stops = np.concatenate([fresh, [len(diagonals)]])
        best = np.argsort(-np.add.reduceat(weights, starts), kind="stable")[:_REGIONS]
        slack = 4 + len(wanted) // 4
        regions = []
        for group in best.tolist():
            number = int(sources[starts[group]])
            before, size = int(self._first[number]), int(self._first[number + 1] - self._first[number])
            low = int(diagonals[starts[group]]) - before - slack
            high = int(diagonals[stops[group] - 1]) - before + len(wanted) + slack + _LONGEST_ATTRIBUTION
            regions.append((number, max(0, low), min(size, high)))
        return regions

    @staticmethod
    def _rarest(hits: list[tuple[int, np.ndarray]]) -> list[tuple[int, np.ndarray]]:
        """The hits of the rarest pairs or words, as many as may be looked at."""
        kept, total = [], 0
        for i, places in sorted(hits, key=lambda hit: len(hit[1])):
            total += len(places)
            if kept and total > _POSTINGS:
                break
            if len(places):
                kept.append((i, places[:_POSTINGS]))
        return kept
