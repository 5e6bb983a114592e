"""The verdict on one quote: how its words stand in the sources, before it is asked who said them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from rapidfuzz.distance import Indel

from attribution.check.alignment import Alignment
from attribution.check.differences import (
    TYPOGRAPHY,
    Difference,
    declared,
    differences,
    excused,
    look_alikes,
    weight,
)
from attribution.check.draft import QuotedWords
from attribution.check.places import Place, Places, Source
from attribution.check.words import plain

Verdict = Literal[
    "verbatim", "typography", "trimmed", "altered", "stitched", "misattributed", "context", "not found"
]
VERDICTS: tuple[str, ...] = get_args(Verdict)
PASSING = frozenset({"verbatim", "typography", "trimmed"})

_ALIKE = 0.5  # the share of a quote's words, by weight and by letters, that its source has to have
_ALIKE_SHORT, _SHORT = 0.65, 6  # more for quotes of so few words in which several differ
_LONGEST_GAP = 12  # words left out silently between two runs that are still one passage, altered
_RUN = 3  # words in a row that make a run of a stitched quote
_MOST_RUNS = 4


@dataclass(frozen=True)
class Finding:
    """Where a quote's words stand and what that makes of them.

    `places` are alike good ones of a quote that passes; one for each part of a stitched quote; else one.
    """

    verdict: Verdict
    likeness: float
    places: tuple[Place, ...]
    differences: tuple[Difference, ...] = ()
    warnings: tuple[str, ...] = ()


def find(quoted: QuotedWords, places: Places) -> Finding:
    """The strongest verdict that holds for the words alone: the speaker and the context are not asked yet."""
    keys = quoted.words.keys
    if not keys:
        return Finding("not found", 0.0, (), warnings=("There is no word between the quotation marks.",))
    exact = places.exact(keys)
    # Pieces that stand apart, or a declared cut: what stands in a row elsewhere may be the better place.
    candidates = exact or places.nearest(keys, quoted.cuts)
    judged = [_judged(quoted, place) for place in candidates[: len(exact) or 3]]
    if not judged:
        return Finding("not found", 0.0, ())
    best = max(judged, key=_worth)
    if best.verdict == "not found" or best.verdict == "altered" and _changed(quoted, best.places[0]) >= _RUN:
        best = _stitched(quoted, places) or best
    if best.verdict == "stitched":
        return best
    equal = [f for f in judged if (f.verdict, f.likeness) == (best.verdict, best.likeness)]
    return replace(best, places=tuple(place for finding in equal for place in finding.places))


def _changed(quoted: QuotedWords, place: Place) -> int:
    """How many words of the draft the place does not have."""
    paired = place.alignment.steps
    return sum(
        i is not None and (j is None or quoted.words.keys[i] != place.source.words.keys[j]) for i, j in paired
    )


def _worth(finding: Finding) -> tuple[int, float, int]:
    """Order of findings: the better verdict, the liker passage, the fewer differences."""
    return -VERDICTS.index(finding.verdict), finding.likeness, -len(finding.differences)


def _judged(quoted: QuotedWords, place: Place) -> Finding:
    """The verdict that one place gives."""
    found = differences(quoted, place)
    warnings = _warnings(quoted, found)
    share = likeness(quoted, place)
    if changed := sum(difference.kind not in TYPOGRAPHY for difference in found):
        short = len(quoted.words) <= (3 if changed == 1 else _SHORT)
        enough = _ALIKE_SHORT if short else _ALIKE
        if min(_shared(quoted, place), share) < enough:
            return Finding("not found", share, (place,), tuple(found))
        return Finding("altered", min(share, 0.999), (place,), tuple(found), warnings)
    passed = declared(quoted, place)
    if len(parts := _parts(quoted, place)) > 1:
        return Finding("stitched", share, tuple(parts), tuple(found), (*warnings, _told(parts)))
    begins, ends = place.source.edges
    cut = not begins[place.alignment.first] or not ends[place.alignment.last]
    if passed or cut or quoted.bracketed or (quoted.cuts and quoted.ellipses):
        return Finding("trimmed", 1.0, (place,), tuple(found), warnings)
    return Finding("typography" if found else "verbatim", 1.0, (place,), tuple(found), warnings)


def _warnings(quoted: QuotedWords, found: Sequence[Difference]) -> tuple[str, ...]:
    warnings = [
        f"“{word}” mixes letters of two scripts that look alike."
        for word in dict.fromkeys(look_alikes(quoted))
    ]
    if any(difference.kind == "hidden characters" for difference in found):
        warnings.append("There are invisible characters in the draft or in the source.")
    return tuple(warnings)


def likeness(quoted: QuotedWords, place: Place) -> float:
    """How like the draft's words are to the passage, 0 to 1, by letters; declared cuts aside."""
    skipped = excused(quoted, place)
    source = place.source
    ours = " ".join(plain(quoted.word(i)) for i, _ in place.alignment.steps if i is not None)
    theirs = " ".join(
        plain(source.words.word(j)) for _, j in place.alignment.steps if j is not None and j not in skipped
    )
    return round(Indel.normalized_similarity(ours, theirs), 3)


def _shared(quoted: QuotedWords, place: Place) -> float:
    """The share of the words, by weight, that the draft and the passage have in common, of the longer one."""
    skipped = excused(quoted, place)
    keys, source = quoted.words.keys, place.source
    common = ours = theirs = 0.0
    for i, j in place.alignment.steps:
        ours += weight(keys[i]) if i is not None else 0.0
        if j is not None and j not in skipped:
            theirs += weight(source.words.keys[j])
        if i is not None and j is not None and keys[i] == source.words.keys[j]:
            common += weight(keys[i])
    return common / max(ours, theirs)


def _parts(quoted: QuotedWords, place: Place) -> list[Place]:
    """The place cut where the draft joins different quotations, or over a cut paragraphs that lie apart."""
    source, steps = place.source, place.alignment.steps
    paired = [k for k, step in enumerate(steps) if None not in step]
    cuts = [0]
    for k, m in pairwise(paired):
        before, (i, after) = steps[k][1], steps[m]
        quotes = source.quote_of[before], source.quote_of[after]
        if quotes[0] == quotes[1] != -1:
            continue
        far = _paragraphs_apart(source, before, after)
        if far > (i in quoted.pieces) and (-1 not in quotes or i in quoted.cuts and far > 1):
            cuts.append(m)
    parts = (steps[a:b] for a, b in pairwise([*cuts, len(steps)]))
    return [Place(source, Alignment(part, place.alignment.cost)) for part in parts]


def _paragraphs_apart(source: Source, before: int, after: int) -> int:
    return source.paragraph(source.words.starts[after]) - source.paragraph(source.words.starts[before])


# --- stitched --------------------------------------------------------------------------------------


def _stitched(quoted: QuotedWords, places: Places) -> Finding | None:
    """The parts of a quote that was joined from several places, where they explain it; None where not."""
    keys = quoted.words.keys
    runs: list[tuple[int, int, list[Place]]] = []
    at = left = 0
    while at < len(keys):
        length, found = places.longest(keys, at)
        if length >= _RUN and sum(map(weight, keys[at : at + length])) > 1:
            runs.append((at, length, found))
            at += length
        else:
            at, left = at + 1, left + 1
    if not 2 <= len(runs) <= _MOST_RUNS or left > len(keys) // 10:
        return None
    # From the longest run outwards, each at the place nearest to its neighbour.
    anchor = max(range(len(runs)), key=lambda i: runs[i][1])
    chosen = {anchor: runs[anchor][2][0]}
    for i in [*range(anchor - 1, -1, -1), *range(anchor + 1, len(runs))]:
        neighbour = chosen[i + 1] if i < anchor else chosen[i - 1]
        chosen[i] = min(
            runs[i][2], key=lambda place, to=neighbour, first=i < anchor: _apart(place, to, first)
        )
    parts = [chosen[i] for i in range(len(runs))]
    apart = any(
        _apart(one, other, True) > _LONGEST_GAP
        or _paragraphs_apart(one.source, one.alignment.last, other.alignment.first) != 0
        for one, other in pairwise(parts)
    )
    if not apart:
        return None
    return Finding("stitched", round(1 - left / len(keys), 3), tuple(parts), warnings=(_told(parts),))


def _told(parts: Sequence[Place]) -> str:
    return f"The words stand in {len(parts)} places of the sources."


def _apart(place: Place, neighbour: Place, first: bool) -> float:
    """Words between two places of one source, `place` the first of them or not; attributions do not count."""
    one, other = (place, neighbour) if first else (neighbour, place)
    if one.source is not other.source:
        return float("inf")
    after, start = one.alignment.last + 1, other.alignment.first
    if start < after:  # a word said twice in the draft, or the order turned round
        return after - start
    return sum(not one.source.attributing[j] for j in range(after, start))
