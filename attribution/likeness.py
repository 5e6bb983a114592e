"""How much of one article's own wording stands in another, and which of many articles are alike.

Texts are compared by their runs of three words. What is quoted does not count, nor do paragraphs that an
outlet prints under everything: two reports of one speech share its words, and are two reports. Pairs worth
comparing come from an index of runs of five words (Broder 1997): time grows with the number of words, not
with that of all pairs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from urllib.parse import urlsplit

import numpy as np

from attribution.article import Article
from attribution.blocks import find_blocks
from attribution.check.words import words_of
from attribution.marks import find_marks

_ALIKE = 0.6  # of the shorter text's runs: one word in seven changed, or a third of the text rewritten
_NEARLY_ALL = 0.9  # the same for texts with hardly a word of their own beside what they quote
_LITTLE = 40  # runs of own words; with fewer the quotes count too
_RUN, _LONG_RUN = 3, 5  # words in a row: to compare two texts, and to find whom to compare
_KEPT = 4_000_000  # runs in the index; of more words every second, third … run is left out, by its number
_NEIGHBOURS = 3  # of the articles that share a run, so many beside each other are compared, not all with all
_WORTH = 0.05  # of the shorter text's long runs: below, two texts share a phrase or two
_SHORT = 0.5  # of the other text's length: a shorter one may be one item of a round-up
_KIN = 0.2  # of an item's runs: what two versions of one text still share, and two items do not
_EVERYWHERE, _DIFFERENT = 4, 0.8  # articles with a paragraph, and the share of its neighbours that differ
_A_HEADLINE = 20  # words
_MIX = np.uint64(0x9E3779B97F4A7C15)  # spreads the words' numbers over 64 bits (Knuth's golden ratio)

Link = tuple[int, int, float]  # two articles by their numbers, and how alike they are (0 to 1)
_Paragraph = tuple[tuple[str, ...], tuple[int, int]]  # its words, and the numbers of its first and last + 1


def alike(articles: Sequence[Article]) -> list[Link]:
    """Pairs of articles that are one text, enough of them to tie each such text's articles together.

    >>> texts = "The pier fell at noon.", "A man sold hats.", "The pier fell at noon!"
    >>> alike([Article(text, file=text) for text in texts])
    [(0, 2, 1.0)]
    """
    numbers: dict[str, int] = {}
    read = [_Read(article, numbers) for article in articles]
    first: dict[bytes, int] = {}
    links = []
    for i, each in enumerate(read):
        if len(each.numbers) and (of := first.setdefault(each.numbers.tobytes(), i)) != i:
            links.append((of, i, 1.0))
    return links + _nearly([(i, read[i]) for i in first.values()])


class _Read:
    """An article as runs of words; each run is a number, the same wherever these words stand in a row."""

    def __init__(self, article: Article, numbers: dict[str, int]) -> None:
        self.article = article
        words = words_of(article.text)
        self.starts = words.starts
        self.keys = words.keys
        given = (numbers.setdefault(key, len(numbers) + 1) for key in words.keys)
        self.numbers = np.fromiter(given, np.uint64, len(words))
        self.boilerplate: list[tuple[int, int]] = []

    @cached_property
    def paragraphs(self) -> list[_Paragraph]:
        """Its paragraphs, those without a word left out."""
        bounds = [self._words(start, end) for start, end in self.article.paragraphs]
        return [(self.keys[first:last], (first, last)) for first, last in bounds if first < last]

    @cached_property
    def own(self) -> np.ndarray:
        """The runs of the article's own words: without quotes and boilerplate."""
        return _runs(self.numbers[self._counted & ~self._quoted], _RUN)

    @cached_property
    def whole(self) -> np.ndarray:
        """The runs of all its words but the boilerplate."""
        return _runs(self.numbers[self._counted], _RUN)

    @cached_property
    def _counted(self) -> np.ndarray:
        counted = np.ones(len(self.numbers), bool)
        for first, last in self.boilerplate:
            counted[first:last] = False
        return counted

    @cached_property
    def _quoted(self) -> np.ndarray:
        text = self.article.text
        pieces = [piece for mark in find_marks(text) if not mark.depth for piece in mark.pieces]
        blocks = find_blocks(text, self.article.paragraphs, [piece.start for piece in pieces])
        quoted = np.zeros(len(self.numbers), bool)
        for piece in (*pieces, *(piece for block in blocks for piece in block.pieces)):
            first, last = self._words(piece.start, piece.end)
            quoted[first:last] = True
        return quoted

    def _words(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def _runs(numbers: np.ndarray, length: int) -> np.ndarray:
    """A number for each run of so many words, sorted, each once."""
    runs = np.zeros(max(0, len(numbers) - length + 1), np.uint64)
    for i in range(length):
        runs = (runs ^ numbers[i : i + len(runs)]) * _MIX
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)


def _share(shorter: np.ndarray, longer: np.ndarray) -> float:
    return len(np.intersect1d(shorter, longer, assume_unique=True)) / max(1, len(shorter))


# --- near-duplicates -------------------------------------------------------------------------------


def _nearly(read: Sequence[tuple[int, _Read]]) -> list[Link]:
    """Pairs of articles, given with their numbers, that share most words but not all."""
    pairs = list(_candidates([each.numbers for _, each in read]))
    _mark_boilerplate([read[i][1] for i in sorted({i for pair in pairs for i in pair})])
    links: list[Link] = []
    within: dict[int, list[tuple[_Read, Link]]] = defaultdict(list)  # short texts by the long one with them
    for pair in pairs:
        (i, shorter), (j, longer) = sorted((read[k] for k in pair), key=lambda each: len(each[1].own))
        likeness = _likeness(shorter, longer)
        link = (*sorted((i, j)), likeness)
        if likeness and len(shorter.own) < _SHORT * len(longer.own):
            within[j].append((shorter, link))
        elif likeness:
            links.append(link)
    for items in within.values():
        if not _round_up([item for item, _ in items]):
            links += [link for _, link in items]
    return links


def _likeness(shorter: _Read, longer: _Read) -> float:
    """How much of the shorter text stands in the longer; 0 where it is too little for one text."""
    if len(shorter.own) >= _LITTLE:
        share = _share(shorter.own, longer.own)
        return share if share >= _ALIKE else 0.0
    one, other = sorted((shorter.whole, longer.whole), key=len)
    share = _share(one, other)
    return share if share >= _NEARLY_ALL and len(one) >= _SHORT * len(other) else 0.0


def _round_up(items: Sequence[_Read]) -> bool:
    """Whether the short texts that one long text holds are different ones, not versions of one."""
    longest = max((item.own for item in items), key=len)
    return any(_share(item.own, longest) < _KIN for item in items)


def _candidates(texts: Sequence[np.ndarray]) -> Iterator[tuple[int, int]]:
    """Pairs of texts, as the numbers of their words, that share enough long runs to be worth comparing."""
    one_in = np.uint64(1 + sum(map(len, texts)) // _KEPT)
    runs = [each[each % one_in == 0] for each in (_runs(text, _LONG_RUN) for text in texts)]
    lengths = np.array([len(each) for each in runs], np.int64)
    every = np.concatenate([*runs, np.empty(0, np.uint64)])
    del runs
    order = np.argsort(every, kind="stable")
    every, holders = every[order], np.repeat(np.arange(len(texts)), lengths)[order]
    del order
    codes = []
    for step in range(1, _NEIGHBOURS + 1):
        shared = np.flatnonzero(every[step:] == every[:-step])
        codes.append(holders[shared] * len(texts) + holders[shared + step])
    found, times = np.unique(np.concatenate(codes), return_counts=True)
    one, other = np.divmod(found, max(1, len(texts)))
    worth = times >= _WORTH * np.minimum(lengths[one], lengths[other])
    yield from zip(one[worth].tolist(), other[worth].tolist(), strict=True)


# --- what an outlet prints under everything --------------------------------------------------------


def _mark_boilerplate(read: Sequence[_Read]) -> None:
    """Mark the paragraphs that stand below, or above, different texts of one outlet, not to be counted.

    Such a paragraph has another one above it in each of several articles, or another one below. Once it is
    left out the next one meets the different texts, and so on to the last. A text of which next to nothing
    but a headline would be left is a copy with another headline, and is counted whole.
    """
    outlets: dict[str, list[_Read]] = defaultdict(list)
    for each in read:
        if outlet := outlet_of(each.article):
            outlets[outlet.casefold()].append(each)
    for theirs in outlets.values():
        left = [each.paragraphs for each in theirs]
        while everywhere := _everywhere(left):
            left = [[paragraph for paragraph in some if paragraph[0] not in everywhere] for some in left]
        for each, kept in zip(theirs, left, strict=True):
            if sum(len(words) for words, _ in kept) >= _A_HEADLINE:
                each.boilerplate = [
                    bounds for _, bounds in each.paragraphs if bounds not in {b for _, b in kept}
                ]


def _everywhere(articles: Sequence[Sequence[_Paragraph]]) -> set[tuple[str, ...]]:
    """The words of the paragraphs that have different neighbours in nearly all articles that have them."""
    above, below = defaultdict(list), defaultdict(list)
    for paragraphs in articles:
        words = [(), *(words for words, _ in paragraphs), ()]
        for before, here, after in zip(words, words[1:], words[2:], strict=False):
            above[here].append(before)
            below[here].append(after)
    return {
        words
        for side in (above, below)
        for words, others in side.items()
        if len(others) >= _EVERYWHERE and len(set(others)) >= _DIFFERENT * len(others)
    }


def outlet_of(article: Article) -> str | None:
    """The article's outlet, or else the host of its address.

    >>> outlet_of(Article("No.", file="a.html", url="https://www.quay.example/a"))
    'quay.example'
    """
    if article.outlet:
        return article.outlet
    try:
        host = urlsplit(article.url or "").hostname or ""
    except ValueError:  # an address that is none
        return None
    return host.removeprefix("www.") or None
