"""A small encoder reads the narration around an article's quotes, all quotes of a window in one pass."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from attribution.article import Span

# Characters of a quote that are read on either side; who said it stands outside, so the middle is left out.
HEAD, TAIL = 60, 40
LONGEST, LEFT, RIGHT = 480, 128, 64  # tokens of a window, and of what a quote in it has around itself
# Entries of the vocabulary that no text has: a paragraph's end, a quote's edges, what was left out.
BREAK, OPENS, CLOSES, GAP = 1, 2, 3, 4
CLS, SEP = 101, 102


class Encoding(Protocol):
    """What `tokenizers.Tokenizer.encode` gives."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Tokenizer(Protocol):
    """The part of `tokenizers.Tokenizer` that is used here."""

    def encode_batch(self, input: list[str], *, add_special_tokens: bool) -> list[Encoding]:
        """The texts' tokens."""
        ...


@dataclass(frozen=True)
class View:
    """An article as the encoder reads it: token `ids` with the characters `starts` to `ends` of each.

    Paragraphs far from every quote and the middles of long quotes are left out. `edges` has, for every
    piece asked for, the tokens that stand for its two marks.
    """

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    edges: dict[tuple[int, int], tuple[int, int]]

    def token(self, at: int) -> int:
        """The number of the token that the character `at` lies in, or of the next one."""
        return min(bisect_left(self.ends, at + 1), len(self.ids) - 1)

    @cached_property
    def windows(self) -> tuple[np.ndarray, int]:
        """Where the windows start, and their common length, in tokens."""
        count = len(self.ids)
        if count <= LONGEST:
            return np.array([0]), count
        number = -(-(count - LEFT - RIGHT) // (LONGEST - LEFT - RIGHT))
        step = -(-(count - LEFT - RIGHT) // number)
        length = step + LEFT + RIGHT
        return np.array([min(k * step, count - length) for k in range(number)]), length

    def window(self, token: int) -> int:
        """The number of the window that shows the most around a quote that starts at `token`."""
        starts, _ = self.windows
        return max(0, bisect_right(starts, token - LEFT) - 1)


def view_of(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    pieces: Sequence[Span],
    tokenizer: Tokenizer,
    before: int,
    after: int,
) -> View:
    """The view of an article whose quotes have these `pieces`, in reading order and not overlapping.

    Paragraphs from `before` ahead of a piece to `after` behind it are read.
    """
    parts: list[tuple[int, int, int]] = []  # characters to read, or a sign that stands for them
    shown: list[Span] = []
    order = sorted(pieces, key=lambda piece: piece.start)
    at = 0
    for number in _near(paragraphs, order, before, after):
        start, end = paragraphs[number]
        while at < len(order) and order[at].start < end:
            piece = order[at]
            at += 1
            if piece.start < start:
                continue
            shown.append(piece)
            parts += [(start, piece.start, 0), (piece.start, piece.start, OPENS)]
            if piece.end - piece.start > HEAD + TAIL + 20:
                left, right = piece.start + HEAD, piece.end - TAIL
                parts += [(piece.start, left, 0), (left, right, GAP), (right, piece.end, 0)]
            else:
                parts += [(piece.start, piece.end, 0)]
            parts += [(piece.end, piece.end, CLOSES)]
            start = piece.end
        parts += [(start, max(start, end), 0), (end, end, BREAK)]
    return _joined(text, parts, shown, tokenizer)


def _near(
    paragraphs: Sequence[tuple[int, int]], pieces: Sequence[Span], before: int, after: int
) -> list[int]:
    """The numbers of the paragraphs around the pieces."""
    firsts = [start for start, _ in paragraphs]
    kept: set[int] = set()
    for piece in pieces:
        first, last = bisect_right(firsts, piece.start) - 1, bisect_right(firsts, piece.end - 1) - 1
        kept.update(range(max(0, first - before), min(len(paragraphs), last + after + 1)))
    return sorted(kept)


def _joined(
    text: str, parts: Sequence[tuple[int, int, int]], pieces: Sequence[Span], tokenizer: Tokenizer
) -> View:
    read = [text[start:end] for start, end, sign in parts if not sign]
    encoded = iter(tokenizer.encode_batch(read, add_special_tokens=False))
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    edges: dict[int, list[int]] = {OPENS: [], CLOSES: [], BREAK: [], GAP: []}
    for start, end, sign in parts:
        if sign:
            edges[sign].append(len(ids))
            ids.append(sign)
            starts.append(start)
            ends.append(end)
            continue
        part = next(encoded)
        ids += part.ids
        starts += [start + a for a, _ in part.offsets]
        ends += [start + b for _, b in part.offsets]
    marks = zip(pieces, edges[OPENS], edges[CLOSES], strict=True)
    return View(
        np.array(ids),
        np.array(starts),
        np.array(ends),
        {(piece.start, piece.end): (opens, closes) for piece, opens, closes in marks},
    )
