"""Quotes set off without quotation marks: after `> `, under a line that introduces them, or whole posts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from attribution.article import Span
from attribution.cues import CUE_NOUNS, REPORTING

_LED = re.compile(r">[ \t\u00a0]*(?=[^\s>])")
# We sail at noon. — Ann Hill (@annhill) May 3, 2021: a post as another page shows it
_SIGNED = re.compile(
    r"\s*[-–—]{1,2}\s*(?=[^()\n]{2,50} \(@\w{1,30}\),? (?:[A-Z][a-z]+ \d{1,2},|\d{1,2} [A-Z][a-z]+) \d{4}$)"
)
_ENTRY = re.compile(r"[-–—•*·\[(<#@]|\d{1,2}[.):]|\w[.)]\s")
_FEWEST = 5  # words; less is a heading or an entry of a list
# What may follow the cue before the colon: wrote on Monday:, said in a statement:, read as follows:
_AFTER_CUE = frozenset("as at back by from full in later on online the this through to today via".split())


@dataclass(frozen=True)
class Block:
    """One block quote, a piece a paragraph, without what sets it off."""

    pieces: tuple[Span, ...]


def find_blocks(text: str, paragraphs: Sequence[tuple[int, int]], taken: Sequence[int]) -> list[Block]:
    """The block quotes among the `paragraphs` of an article; none where the signs are not plain.

    `taken` is where marked spans and the turns of transcripts start: a paragraph that begins with one is
    no block. Plain signs are a `>` before it, the signature of a post at its end, or a line above it that
    ends with a cue and a colon. Further paragraphs belong to it only with a `>`, or indented as it is.
    """
    taken = sorted(taken)
    gaps = [text[a:b] for (_, a), (b, _) in pairwise([(0, 0), *paragraphs])]
    indents = [re.split(r"[\r\n]", gap)[-1] for gap in gaps]
    blocks: list[list[tuple[int, int]]] = []
    last, sign = -2, ""  # the paragraph that the last block ended with, and what sets that block off
    for number, (start, end) in enumerate(paragraphs):
        led = _LED.match(text, start, end)
        at = led.end() if led else start
        marks = taken[bisect_left(taken, start) : bisect_left(taken, end)]
        if marks and marks[0] <= at:
            continue
        signed = _SIGNED.search(text, max(at, end - 120), end)
        own = ">" if led else indents[number]
        if own and last == number - 1 and own == sign and (led or not marks):
            blocks[-1].append((at, end))
        elif led or signed:
            blocks.append([(at, signed.start() if signed else end)])
            sign = ">" if led else ""
        elif number and not marks and _introduced(text, paragraphs[number - 1], (start, end)):
            blocks.append([(at, end)])
            sign = own if len(own) > len(indents[number - 1]) else ""
        else:
            continue
        last = number
    spoken = [block for block in blocks if _speech(text, block[0][0], block[-1][1])]
    return [Block(tuple(Span.of(text, *bounds) for bounds in block)) for block in spoken]


def _speech(text: str, start: int, end: int) -> bool:
    """Whether the paragraph is sentences, not a heading, a link or an entry of a list."""
    entry = _ENTRY.match(text, start) is not None
    return start < end and text[end - 1] in ".!?…" and len(text[start:end].split()) >= _FEWEST and not entry


def _introduced(text: str, above: tuple[int, int], paragraph: tuple[int, int]) -> bool:
    """Whether the paragraph `above` ends with a cue and a colon: “In a letter to staff, she wrote:”"""
    if text[above[1] - 1] != ":" or not _speech(text, *paragraph):
        return False
    words = re.findall(r"[\w’']+", re.split(r"[.!?…;]\s", text[max(above[0], above[1] - 160) : above[1]])[-1])
    for at, word in enumerate(words):
        cue, rest = word.casefold(), words[at + 1 :]
        if cue in REPORTING and (not rest or rest[0].casefold() in _AFTER_CUE and len(rest) <= 8):
            return True
        if cue in {"told", "tells"} and len(rest) <= 4:
            return True
        if cue in CUE_NOUNS and [w.casefold() for w in rest] == ["in", "full"]:
            return True
    return False
