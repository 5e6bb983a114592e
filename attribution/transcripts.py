"""Turns of a transcript: `NAME: words` lines, with the label apart from what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from attribution.article import Span
from attribution.wordlists import read_lists

_LABEL = re.compile(
    r"(?P<name>(?:[^\W\d_][\w.'’\-]*)(?:[ \u00a0]+[\w.'’\-]+){0,5})"
    r"(?P<note>[ \u00a0]*[(\[][^)\]\n]{1,60}[)\]])?:[ \t\u00a0]+(?=\S)"
)
_NOT_SPEAKERS = frozenset(read_lists("labels.txt")["not speakers"])


@dataclass(frozen=True)
class Turn:
    """One turn: the speaker's `label` as printed, the `note` in brackets after it, and what was said."""

    label: Span
    note: Span | None
    pieces: tuple[Span, ...]


def find_turns(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Turn]:
    """The turns of the transcripts in an article; none where fewer than three lines carry a label.

    A label is `Q`, `A`, words in capitals, or words that label several lines. A paragraph without a
    label between two turns belongs to the turn before it, unless it is a note in brackets.
    """
    labelled = {i: match for i, (a, b) in enumerate(paragraphs) if (match := _label(text, a, b))}
    heads = Counter(_head(match) for match in labelled.values())
    labelled = {i: match for i, match in labelled.items() if _speaks(match, heads)}
    if len(labelled) < 3:
        return []
    numbers = sorted(labelled)
    turns = []
    for n, following in zip(numbers, [*numbers[1:], None], strict=True):
        match = labelled[n]
        pieces = [Span.of(text, match.end(), paragraphs[n][1])]
        if following is not None and following - n <= 3:
            between = [paragraphs[i] for i in range(n + 1, following)]
            pieces += [Span.of(text, a, b) for a, b in between if _is_speech(text[a:b])]
        note = Span.of(text, *_inner(match)) if match["note"] else None
        turns.append(Turn(Span.of(text, match.start("name"), match.end("name")), note, tuple(pieces)))
    return turns


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    match = _LABEL.match(text, start, end)
    return None if match is None or match["name"].casefold().replace("’", "'") in _NOT_SPEAKERS else match


def _head(match: re.Match[str]) -> str:
    return match["name"].split()[-1].casefold()


def _speaks(match: re.Match[str], heads: Counter[str]) -> bool:
    name = match["name"]
    shouted = sum(c.isupper() for c in name if c.isalpha()) > 0.6 * sum(c.isalpha() for c in name)
    return shouted or heads[_head(match)] >= 3


def _inner(match: re.Match[str]) -> tuple[int, int]:
    """The words of the note, without its brackets."""
    text, start = match["note"], match.start("note")
    lead = len(text) - len(text.lstrip(" \u00a0(["))
    return start + lead, match.end("note") - 1


def _is_speech(paragraph: str) -> bool:
    return paragraph[0] not in "[(•*" and paragraph[-1] in ".!?…,\"”’'–—-"
