"""The arithmetic of an evaluation: shares with their intervals, and how far a confidence can be trusted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from attribution.pages.words import CERTAINTIES, certainty

BINS = 10  # of equal width, for reliability and calibration error

Case = tuple[float, bool]  # a confidence, 0...1, and whether the answer was right


@dataclass(frozen=True)
class Share:
    """How many of how many.

    >>> Share.of([True, True, False, True])
    Share(right=3, total=4)
    """

    right: int
    total: int

    @classmethod
    def of(cls, answers: Iterable[bool]) -> Share:
        """The share of the answers that are right."""
        known = list(answers)
        return cls(sum(known), len(known))

    @property
    def value(self) -> float:
        """The share, 0...1; 0 where there was nothing to count."""
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson score interval (Wilson 1927).

        >>> [round(bound, 3) for bound in Share(9, 10).interval]
        [0.596, 0.982]
        """
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.value
        centre, margin = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = (centre - margin) / (1 + z * z / n), (centre + margin) / (1 + z * z / n)
        return max(0.0, low), min(1.0, high)


@dataclass(frozen=True)
class Bin:
    """Answers of like confidence: how many, their mean confidence, and how many were right."""

    name: str
    share: Share
    confidence: float


def bin_of(confidence: float) -> int:
    """The number of the bin that holds `confidence`; 1.0 belongs to the last."""
    return min(BINS - 1, int(confidence * BINS))


def reliability(cases: Sequence[Case]) -> list[Bin]:
    """The bins that hold anything, lowest first."""
    found = _binned(cases, bin_of)
    return [_bin(f"{i / BINS:.1f}–{(i + 1) / BINS:.1f}", found[i]) for i in range(BINS) if i in found]


def by_word(cases: Sequence[Case]) -> list[Bin]:
    """The same for the words that the page shows instead of a number, surest first."""
    found = _binned(cases, certainty)
    return [_bin(f"{word} (from {CERTAINTIES[word]})", found[word]) for word in CERTAINTIES if word in found]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and share right, bin by bin.

    Weighted by the bins' sizes (Naeini, Cooper and Hauskrecht 2015); 0 without any.
    """
    gaps = sum(abs(b.confidence - b.share.value) * b.share.total for b in bins)
    return gaps / sum(b.share.total for b in bins) if bins else 0.0


def _binned(cases: Sequence[Case], key: Callable[[float], int | str]) -> dict[int | str, list[Case]]:
    found: dict[int | str, list[Case]] = {}
    for case in cases:
        found.setdefault(key(case[0]), []).append(case)
    return found


def _bin(name: str, cases: Sequence[Case]) -> Bin:
    mean = sum(confidence for confidence, _ in cases) / len(cases)
    return Bin(name, Share.of(right for _, right in cases), mean)
