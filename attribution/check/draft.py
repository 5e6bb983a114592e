"""The words that a draft puts between quotation marks, and what it declares about them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from attribution.check.words import Words, is_ellipsis, key_of, words_of

_BRACKET = regex.compile(r"\[[^\[\]]{0,120}\]")
_LETTERS = regex.compile(r"\[(\p{L}{1,3})\]\p{L}")


@dataclass(frozen=True)
class QuotedWords:
    """The words of a draft's quote.

    `cuts` are the words before which a cut is declared, `len(words)` standing for the end: by an ellipsis, by
    a bracket in place of words, or by the end of a piece. `bracketed` says whether words were replaced, and
    `ellipses` whether there is an ellipsis; `recased` holds the words whose first letter stands in brackets
    ("[T]he").
    """

    words: Words
    cuts: frozenset[int]
    pieces: tuple[int, ...]  # the first word of each piece
    recased: frozenset[int]
    bracketed: bool
    ellipses: bool

    def word(self, number: int) -> str:
        """A word as it stands, without the brackets around its first letter."""
        return self.words.word(number).replace("[", "").replace("]", "")


def quoted_words(text: str, pieces: Sequence[tuple[int, int]]) -> QuotedWords:
    """The words of the quote that stands in `text` at `pieces`, pairs of start and end.

    >>> quoted = quoted_words("“[T]he raids … [were] wrong.”", [(0, 28)])
    >>> quoted.words.keys, sorted(quoted.cuts), sorted(quoted.recased)
    (('the', 'raids', 'wrong'), [2], [0])
    """
    starts, ends, keys = array("q"), array("q"), []
    cuts, recased, firsts = set(), set(), []
    bracketed = ellipses = False
    for start, end in pieces:
        brackets = [match.span() for match in _BRACKET.finditer(text, start, end)]
        letters = {match.start() for match in _LETTERS.finditer(text, start, end)}
        if len(keys):
            cuts.add(len(keys))
        firsts.append(len(keys))
        before = start
        pending = False  # a bracket stood for words just before
        for a, b in _spans(text, start, end, brackets, letters):
            gap = text[before:a]
            if is_ellipsis(gap):
                ellipses = True
                cuts.add(len(keys))
            inside = next((s for s in brackets if s[0] <= a < s[1] and s[0] not in letters), None)
            touching = next((s for s in brackets if s[0] == b or s[1] == a and s[0] not in letters), None)
            before = b
            if inside or touching:
                bracketed = pending = True
                continue
            if pending:
                cuts.add(len(keys))
                pending = False
            if a in letters:
                recased.add(len(keys))
            starts.append(a)
            ends.append(b)
            keys.append(key_of(text[a:b].replace("[", "").replace("]", "")))
        if pending or is_ellipsis(text[before:end]):
            ellipses |= not pending
            cuts.add(len(keys))
    words = Words(text, starts, ends, tuple(keys))
    return QuotedWords(words, frozenset(cuts), tuple(firsts), frozenset(recased), bracketed, ellipses)


def _spans(
    text: str, start: int, end: int, brackets: Sequence[tuple[int, int]], letters: set[int]
) -> list[tuple[int, int]]:
    """The words of a piece, "[T]he" as one."""
    found = words_of(text, start, end)
    spans = list(zip(found.starts, found.ends, strict=True))
    for a, b in brackets:
        if a in letters:
            inside = [span for span in spans if a < span[0] <= b]
            spans = [span for span in spans if span not in inside]
            spans.append((a, max(span[1] for span in inside)))
    return sorted(spans)
