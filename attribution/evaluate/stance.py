"""Stances held against a gold standard: macro-F1 with and without doubt, calibration, intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from attribution.evaluate.figures import BINS, Case, Share, bin_of
from attribution.evaluate.labelled import Labelled

if TYPE_CHECKING:
    from attribution.stance import Stance, StanceClassifier

RESAMPLES, SEED = 1000, 7


@dataclass(frozen=True)
class Answer:
    """A gold stance and what the classifier says."""

    gold: Labelled
    stance: Stance

    @property
    def right(self) -> bool:
        """Whether the likeliest label is the gold's."""
        return self.stance.best == self.gold.label

    @property
    def given(self) -> bool:
        """Whether the label is given rather than `unsure`."""
        return self.stance.label != "unsure"

    @property
    def case(self) -> Case:
        """Confidence and whether right."""
        return self.stance.confidence, self.right


@dataclass(frozen=True)
class Figure:
    """A measure and its 95 % bootstrap interval; `nan` where there is nothing to measure."""

    value: float
    low: float
    high: float


def evaluate_stance(
    gold: Sequence[Labelled],
    classifier: StanceClassifier,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[Answer]:
    """The classifier's stance for every gold row, in their order; quotes of one target go together."""
    stances: dict[int, Stance] = {}
    for target in dict.fromkeys(item.target for item in gold):
        alike = [i for i, item in enumerate(gold) if item.target == target]
        found = classifier.classify([gold[i].quote for i in alike], target)
        stances.update(zip(alike, found, strict=True))
        if progress:
            progress(len(stances), len(gold), target.name)
    return [Answer(item, stances[i]) for i, item in enumerate(gold)]


def figures(answers: Sequence[Answer], resamples: int = RESAMPLES) -> dict[str, Figure]:
    """Every measure by name, with its interval from so many seeded resamples of the quotes.

    A class's F1 needs gold rows of that class; macro-F1 is the mean over those classes. "given" leaves
    out what is `unsure`; where `unsure` counts as wrong, it is a miss of the gold's class. The bootstrap
    draws whole quotes, each with all its targets (Efron and Tibshirani 1993, percentile intervals).
    """
    counts = _counts(answers)
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=resamples)
    point = _measures(counts.sum(axis=0)[None])
    spread = _measures((drawn @ counts.reshape(len(counts), -1)).reshape(resamples, *counts.shape[1:]))
    made = {}
    for name, value in point.items():
        known = spread[name][~np.isnan(spread[name])]
        low, high = np.percentile(known, (2.5, 97.5)) if len(known) else (np.nan, np.nan)
        made[name] = Figure(float(value[0]), float(low), float(high))
    return made


_CLASSES = 3
# One quote's sums: gold × likeliest label × (unsure, given), then of each bin of confidence its number
# of answers, its confidence and its right answers. All of them add up, so a resample is one product.
_CELLS = _CLASSES * _CLASSES * 2


def _counts(answers: Sequence[Answer]) -> np.ndarray:
    """Quotes × sums."""
    from attribution.stance import STANCES

    units = {unit: i for i, unit in enumerate(dict.fromkeys(a.gold.unit for a in answers))}
    counts = np.zeros((len(units), _CELLS + 3 * BINS))
    for answer in answers:
        row = counts[units[answer.gold.unit]]
        gold, best = STANCES.index(answer.gold.label), STANCES.index(answer.stance.best)
        row[(gold * _CLASSES + best) * 2 + answer.given] += 1
        row[_CELLS + 3 * bin_of(answer.stance.confidence) :][:3] += 1, answer.stance.confidence, answer.right
    return counts


def _measures(sums: np.ndarray) -> dict[str, np.ndarray]:
    """The measures of each row of `sums`, samples × sums."""
    from attribution.stance import STANCES

    cells = sums[:, :_CELLS].reshape(-1, _CLASSES, _CLASSES, 2)
    told, given = cells.sum(axis=3), cells[..., 1]
    gold = told.sum(axis=2)
    made: dict[str, np.ndarray] = {}
    for name, table, wanted in (
        ("likeliest label", told, gold),
        ("given labels", given, given.sum(axis=2)),
        ("unsure as wrong", given, gold),
    ):
        f1 = _f1(table, wanted)
        made[f"macro-F1, {name}"] = _mean(f1)
        made |= {f"F1 {label}, {name}": f1[:, i] for i, label in enumerate(STANCES)}
    made["accuracy, likeliest label"] = _ratio(np.trace(told, axis1=1, axis2=2), told.sum(axis=(1, 2)))
    made["accuracy, given labels"] = _ratio(np.trace(given, axis1=1, axis2=2), given.sum(axis=(1, 2)))
    made["coverage (labels given)"] = _ratio(given.sum(axis=(1, 2)), told.sum(axis=(1, 2)))
    support, oppose = STANCES.index("support"), STANCES.index("oppose")
    opposite = given[:, support, oppose] + given[:, oppose, support]
    made["opposite of the gold, given labels"] = _ratio(opposite, given.sum(axis=(1, 2)))
    bins = sums[:, _CELLS:].reshape(-1, BINS, 3)
    gap = np.abs(bins[..., 1] - bins[..., 2]).sum(axis=1)
    made["calibration error"] = _ratio(gap, bins[..., 0].sum(axis=1))
    return made


def _f1(table: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """F1 of each class from samples × gold × predicted; `nan` where nothing of the class is wanted."""
    right = np.diagonal(table, axis1=1, axis2=2)
    f1 = 2 * right / np.maximum(table.sum(axis=1) + wanted, 1)
    return np.where(wanted > 0, f1, np.nan)


def _mean(values: np.ndarray) -> np.ndarray:
    """The mean of each row without its `nan`s."""
    return _ratio(np.nansum(values, axis=1), (~np.isnan(values)).sum(axis=1))


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


@dataclass(frozen=True)
class Coverage:
    """The surest answers: what share of all they are, the least confidence among them, how many are right."""

    share: float
    confidence: float
    right: Share


def coverage_curve(answers: Sequence[Answer], steps: int = 10) -> list[Coverage]:
    """How often the likeliest label is right among the surest tenth, two tenths, … and all answers."""
    ranked = sorted((answer.case for answer in answers), key=lambda case: -case[0])
    curve = []
    for step in range(1, steps + 1):
        kept = ranked[: ceil(len(ranked) * step / steps)]
        curve.append(Coverage(step / steps, kept[-1][0], Share.of(right for _, right in kept)))
    return curve


def confusion(answers: Sequence[Answer]) -> dict[str, dict[str, int]]:
    """For each gold label how often which label is likeliest, and how many of them are `unsure`."""
    from attribution.stance import STANCES

    made = {}
    for label in STANCES:
        rows = [answer for answer in answers if answer.gold.label == label]
        made[label] = {best: sum(answer.stance.best == best for answer in rows) for best in STANCES}
        made[label]["unsure"] = sum(not answer.given for answer in rows)
    return made
