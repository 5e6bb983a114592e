"""The quotes of an analysis in columns, made once for all visitors: a filter is a matter of moments."""

from __future__ import annotations

import threading
import weakref
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from attribution.pages.words import speaker_label, stance_label

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote


@dataclass(frozen=True)
class Filters:
    """What a quote must be to pass: an empty tuple lets every quote pass, `sure` is the least confidence."""

    speakers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sure: float = 0.0


_MOST_PASSED = 8  # selections kept of each analysis, for going back and forth


@dataclass(eq=False)
class Columns:
    """The quotes in reading order, and what is asked of each again and again. Made by `columns`."""

    quotes: Sequence[AttributedQuote]
    speakers: tuple[str, ...]  # by the number of their quotes, most first
    kinds: frozenset[str]
    rated: bool  # whether any quote has a stance toward the target
    _codes: dict[str, tuple[np.ndarray, dict[str | None, int]]]
    _sure: np.ndarray
    _numbers: dict[str, int]
    _passed: OrderedDict[Filters, Sequence[AttributedQuote]] = field(default_factory=OrderedDict)

    def passing(self, filters: Filters) -> Sequence[AttributedQuote]:
        """The quotes that pass, in reading order: the same object each time, so that others know it again."""
        if filters == Filters():
            return self.quotes
        passed = self._passed.get(filters)
        if passed is None:
            quotes = self.quotes
            passed = self._passed[filters] = tuple(quotes[i] for i in np.flatnonzero(self._mask(filters)))
            while len(self._passed) > _MOST_PASSED:
                self._passed.popitem(last=False)
        return passed

    def number(self, quote_id: str | None) -> int | None:
        """Which quote has this id; `None` where none has."""
        return self._numbers.get(quote_id) if quote_id else None

    def _mask(self, filters: Filters) -> np.ndarray:
        mask = self._sure >= filters.sure
        for name, wanted in (
            ("speaker", filters.speakers),
            ("article", filters.articles),
            ("stance", filters.stances),
            ("kind", filters.kinds),
        ):
            if wanted:
                mask &= self._among(name, wanted)
        return mask & ~self._among("article", filters.without) if filters.without else mask

    def _among(self, name: str, wanted: Collection[str]) -> np.ndarray:
        codes, numbers = self._codes[name]
        return np.isin(codes, [numbers[value] for value in wanted if value in numbers])


_made: dict[tuple[int, str | None], Columns] = {}  # by the analysis's own place in memory, while it lives
_lock = threading.Lock()


def columns(found: Analysis, target: str | None) -> Columns:
    """The columns of `found`, with the stances toward `target`."""
    key = (id(found), target)
    with _lock:
        if key not in _made:
            _made[key] = _columns(found.quotes, target)
            weakref.finalize(found, _made.pop, key, None)
        return _made[key]


def _columns(quotes: Sequence[AttributedQuote], target: str | None) -> Columns:
    speakers = [speaker_label(quote) for quote in quotes]
    stances = [stance_label(quote, target) for quote in quotes]
    kinds = [quote.quote.kind for quote in quotes]
    return Columns(
        quotes,
        speakers=tuple(label for label, _ in Counter(speakers).most_common()),
        kinds=frozenset(kinds),
        rated=any(stances),
        _codes={
            "speaker": _coded(speakers),
            "article": _coded(quote.article.id for quote in quotes),
            "stance": _coded(stances),
            "kind": _coded(kinds),
        },
        _sure=np.array([quote.confidence for quote in quotes]),
        _numbers={quote.id: number for number, quote in enumerate(quotes)},
    )


def _coded(values: Iterable[str | None]) -> tuple[np.ndarray, dict[str | None, int]]:
    """The values as numbers, and the number of each."""
    numbers: dict[str | None, int] = {}
    codes = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
    return codes, numbers
