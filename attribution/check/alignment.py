"""Two runs of words laid against each other, word by word.

Semi-global edit distance (Sellers 1980): all of the draft's words against the stretch of the source that fits
them best. Words that the draft leaves out cost as much as words that it adds, but nearly nothing where the
draft declares a cut (an ellipsis, a bracket, the end of a piece) and where the source interrupts a quote for
its attribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

_FREE = 0.01  # a skipped word that the draft's ellipsis or the source's own attribution excuses
_EDGE = 0.3  # for an end inside a sentence: of two equal readings the one that keeps to its ends is right
_GUESSED = 2  # words at an end of the draft that may differ and still be laid against the source's
_LARGEST = 1_500_000  # cells of the table; longer quotes are laid between their matching blocks

Step = tuple[int | None, int | None]  # a word of the draft and one of the source, None where there is none


@dataclass(frozen=True)
class Alignment:
    """Pairs of a draft word and a source word, in order; None where one side has no word there."""

    steps: tuple[Step, ...]
    cost: float

    @property
    def first(self) -> int:
        """The first source word of the stretch."""
        return next(j for _, j in self.steps if j is not None)

    @property
    def last(self) -> int:
        """The last source word of the stretch."""
        return next(j for _, j in reversed(self.steps) if j is not None)


def align(
    draft: Sequence[int],
    source: Sequence[int],
    *,
    cuts: frozenset[int] = frozenset(),
    skippable: Sequence[bool] | None = None,
    begins: Sequence[bool] | None = None,
    ends: Sequence[bool] | None = None,
) -> Alignment | None:
    """The cheapest alignment of the words `draft` with a stretch of `source`; None where no word is shared.

    Words are numbers. `cuts` are the draft words before which a cut is declared; `skippable` says of each
    source word whether it may be passed over, `begins` and `ends` where a stretch may well begin and end.

    >>> align([1, 9, 3], [7, 1, 2, 3, 8]).steps
    ((0, 1), (1, 2), (2, 3))
    """
    n, m = len(draft), len(source)
    if not n or not m or set(draft).isdisjoint(source):
        return None
    ours, theirs = np.asarray(draft), np.asarray(source)
    if n * m > _LARGEST:
        return _by_blocks(ours, theirs)
    skip = np.where(np.asarray(skippable), _FREE, 1.0) if skippable is not None else np.ones(m)
    edge_in = _edge(begins, m)
    edge_out = _edge(ends, m)
    table = np.empty((n + 1, m + 1))
    table[0, :m], table[0, m] = edge_in, _EDGE
    passed = np.concatenate([[0.0], np.cumsum(skip)])
    freely = np.arange(m + 1) * _FREE
    for i in range(1, n + 1):
        row = table[i - 1] + 1.0
        np.minimum(row[1:], table[i - 1, :-1] + (theirs != ours[i - 1]), out=row[1:])
        walked = freely if i in cuts else passed
        table[i] = np.minimum.accumulate(row - walked) + walked
    total = table[n].copy()
    total[1:] += edge_out
    total[0] += _EDGE
    return _traced(table, total, ours, theirs, skip, cuts)


def _edge(fits: Sequence[bool] | None, m: int) -> np.ndarray:
    return np.zeros(m) if fits is None else np.where(np.asarray(fits), 0.0, _EDGE)


def _traced(
    table: np.ndarray,
    total: np.ndarray,
    ours: np.ndarray,
    theirs: np.ndarray,
    skip: np.ndarray,
    cuts: frozenset[int],
) -> Alignment | None:
    """The steps back from the cheapest end."""
    i, j = len(ours), int(total.argmin())
    while j + 1 < len(total) and total[j + 1] <= total[j] + 1e-9:
        j += 1  # a last word that differs is a changed one rather than an added one
    cost, steps = float(total[j]), []
    while i:
        here = table[i, j]
        differs = j and ours[i - 1] != theirs[j - 1]
        if j and not differs and abs(table[i - 1, j - 1] - here) < 1e-6:
            steps.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif j and abs(table[i, j - 1] + (_FREE if i in cuts else skip[j - 1]) - here) < 1e-6:
            steps.append((None, j - 1))
            j -= 1
        elif j and abs(table[i - 1, j - 1] + 1 - here) < 1e-6:
            steps.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        else:
            steps.append((i - 1, None))
            i -= 1
    steps.reverse()
    same = [None not in step and ours[step[0]] == theirs[step[1]] for step in steps]
    return Alignment(tuple(_without_guesses(steps, same)), cost) if any(same) else None


def _without_guesses(steps: list[Step], same: list[bool]) -> list[Step]:
    """The steps, those at either end laid against nothing where hardly one of them is the same word.

    A changed word or two at an end stand for the source's; a longer run is words that the source has not.
    """
    solid = [k for k in range(len(steps) - 1) if same[k] and same[k + 1]]
    first = solid[0] if solid else same.index(True)
    last = solid[-1] + 1 if solid else len(same) - 1 - same[::-1].index(True)
    kept = list(steps)
    for ends in (range(first), range(last + 1, len(steps))):
        if sum(not same[k] for k in ends) > _GUESSED:
            for k in ends:
                kept[k] = (steps[k][0], None)
    return [step for step in kept if step != (None, None)]


def _by_blocks(ours: np.ndarray, theirs: np.ndarray) -> Alignment | None:
    """The same for very long quotes: plain edit distance between the first and the last matching word."""
    codes = Levenshtein.opcodes(ours.tolist(), theirs.tolist())
    steps: list[Step] = []
    for code in codes:
        a, b = range(code.src_start, code.src_end), range(code.dest_start, code.dest_end)
        if code.tag in ("equal", "replace"):
            steps += zip(a, b, strict=True)
        elif code.tag == "delete":
            steps += [(i, None) for i in a]
        else:
            steps += [(None, j) for j in b]
    while steps and steps[0][0] is None:
        steps.pop(0)
    while steps and steps[-1][0] is None:
        steps.pop()
    if not any(a is not None and b is not None and ours[a] == theirs[b] for a, b in steps):
        return None
    cost = sum(a is None or b is None or ours[a] != theirs[b] for a, b in steps)
    return Alignment(tuple(steps), float(cost))
