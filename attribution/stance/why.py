"""Why a stance: the words and short phrases of a quote whose removal changes its score most.

Occlusion (Zeiler and Fergus 2014; for words Li, Monroe and Jurafsky 2016): what the score loses without
some words is their weight. Every word is tried alone, but for articles, pronouns and other little words; then
the phrases around the weightiest words, because "zero tolerance" can carry what neither of its words does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attribution.stance.targets import list_of

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_MOST_PARTS = 80  # of a long quote, runs of words are tried instead of single ones
_PHRASE = 4  # words
_SEEDS = 3  # words around which phrases are tried
_LEAST, _LEAST_SHARE = 0.02, 0.2  # a weight that counts: so much score, such a share of the largest
_MOST = 5


@dataclass(frozen=True)
class WeightedSpan:
    """Characters `start` to `end` of a quote's text, the `text` there, and the score's change without it."""

    start: int
    end: int
    text: str
    weight: float


def weighed(text: str, scores: Callable[[Sequence[str]], Sequence[float]]) -> tuple[WeightedSpan, ...]:
    """The spans of `text` that matter most to `scores`, the strongest first, none overlapping.

    `scores` gives the score of each of many texts; it is called twice.

    >>> weighed("It is a bad idea.", lambda texts: [-0.9 * ("bad" in text) for text in texts])
    (WeightedSpan(start=8, end=11, text='bad', weight=-0.9),)
    """
    parts = _parts(text)
    telling = [part for part in parts if _tells(text[slice(*part)])] or parts
    if not parts:
        return ()
    whole, *without = scores([text, *(_without(text, start, end) for start, end in telling)])
    weights = {part: whole - score for part, score in zip(telling, without, strict=True)}
    phrases = _phrases(text, parts, weights)
    if phrases:
        found = scores([_without(text, start, end) for start, end in phrases])
        weights |= {phrase: whole - score for phrase, score in zip(phrases, found, strict=True)}
    return tuple(WeightedSpan(a, b, text[a:b], round(weights[a, b], 4)) for a, b in _chosen(parts, weights))


def _parts(text: str) -> list[tuple[int, int]]:
    """The words of `text`; of many words, runs of a few."""
    words = [match.span() for match in _WORD.finditer(text)]
    run = max(1, -(-len(words) // _MOST_PARTS))
    return [(words[at][0], words[min(at + run, len(words)) - 1][1]) for at in range(0, len(words), run)]


def _tells(part: str) -> bool:
    return part.casefold().replace("’", "'") not in list_of("little words")


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{text[end:].lstrip()}" if start == 0 else f"{text[:start].rstrip()}{text[end:]}"


def _phrases(
    text: str, parts: Sequence[tuple[int, int]], weights: dict[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """Two to four parts in a row without a mark between, telling at both ends, a weighty one among them."""
    seeds = [parts.index(part) for part in sorted(weights, key=lambda part: -abs(weights[part]))[:_SEEDS]]
    phrases = {}
    for seed in seeds:
        for first in range(max(0, seed - _PHRASE + 1), seed + 1):
            for last in range(max(seed, first + 1), min(first + _PHRASE, len(parts))):
                span = parts[first][0], parts[last][1]
                if (
                    parts[first] in weights
                    and parts[last] in weights
                    and not re.search(r"[.!?;:,]\s", text[slice(*span)])
                ):
                    phrases[span] = None
    return list(phrases)


def _chosen(parts: Sequence[tuple[int, int]], weights: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The weightiest spans, none over another. A phrase has to weigh more than its words do by their number:
    one of four words twice as much as one word."""

    def rank(span: tuple[int, int]) -> float:
        size = sum(span[0] <= start < span[1] for start, _ in parts)
        return abs(weights[span]) / size**0.5

    least = max(_LEAST, _LEAST_SHARE * max(map(abs, weights.values())))
    chosen: list[tuple[int, int]] = []
    for span in sorted(weights, key=lambda span: (-rank(span), span)):
        apart = all(span[1] <= start or span[0] >= end for start, end in chosen)
        if len(chosen) < _MOST and apart and abs(weights[span]) >= least:
            chosen.append(span)
    return sorted(chosen, key=lambda span: -abs(weights[span]))
