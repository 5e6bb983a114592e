"""Finding near-duplicates: seconds, memory, how both grow, and against comparing all pairs.

    python tests/bench_duplicates.py

1,000 and 10,000 made-up articles of about 750 words, one in three with a quote that the next one has too. One
in five is made from another: a copy under another headline with one word in ten changed, a later version with
a paragraph taken out and two new ones, or the first third of it as the news broke. "Found" is the share of
those pairs that stand in one group, "wrong" the number of groups that join two different texts. What a user
would pick instead is `rapidfuzz.fuzz.ratio` of all pairs, measured on the first thousand of them, or, where
it is installed, `datasketch` (MinHash with 128 permutations of runs of three words, 64 bands of two, and each
pair that it gives compared by its runs).
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, islice, pairwise
from pathlib import Path

from rapidfuzz import fuzz

from attribution.article import Article
from attribution.check.words import words_of
from attribution.duplicates import group_duplicates

SOURCES = Path(__file__).parent / "data" / "sources"
SIZES = (1000, 10_000)
PARAGRAPHS, SENTENCES = 15, 2  # sentences are 25 words on the average
PAIRS = 1000


class Writer:
    """Writes sentences that go from word to word as the sources do, one word in eight an invented name."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        text = " ".join(file.read_text(encoding="utf-8") for file in sorted(SOURCES.glob("*.txt")))
        words = [word.strip("\"'“”‘’") for word in text.split()]
        self.following: dict[str, list[str]] = defaultdict(list)
        for one, other in pairwise(words):
            self.following[one].append(other)

    def sentence(self) -> str:
        """One sentence of 15 to 35 words."""
        word = self.rng.choice(list(self.following)) if self.rng.random() < 0.2 else "The"
        words = []
        for _ in range(self.rng.randrange(15, 36)):
            words.append(f"Name{self.rng.randrange(5000)}" if self.rng.random() < 0.125 else word)
            word = self.rng.choice(self.following.get(word) or ["The"])
        return " ".join(words).rstrip(",.") + "."

    def paragraph(self) -> str:
        """Two sentences."""
        return " ".join(self.sentence() for _ in range(SENTENCES))


def articles(number: int, rng: random.Random) -> tuple[list[Article], list[int]]:
    """So many articles in random order, and for each the number of the text that it was made from."""
    writer = Writer(rng)
    texts: list[tuple[int, str]] = []
    spoken = f"“{writer.paragraph()}”"
    for text in range(number - number // 5):
        paragraphs = [writer.paragraph() for _ in range(PARAGRAPHS)]
        if text % 3 == 0:
            paragraphs[4:6] = [spoken, f"“{writer.paragraph()}”"]
            spoken = paragraphs[5]
        texts.append((text, "\n\n".join([writer.sentence(), *paragraphs])))
    for i, text in enumerate(rng.sample(range(len(texts)), number // 5)):
        texts.append((text, _changed(texts[text][1], i % 3, writer)))
    rng.shuffle(texts)
    made = [Article(text, file=f"{i}.txt", outlet=f"Outlet {i % 50}") for i, (_, text) in enumerate(texts)]
    return made, [text for text, _ in texts]


def _changed(text: str, how: int, writer: Writer) -> str:
    headline, *paragraphs = text.split("\n\n")
    if how == 0:
        words = [w if writer.rng.random() > 0.1 else "other" for w in "\n\n".join(paragraphs).split(" ")]
        return f"{writer.sentence()}\n\n{' '.join(words)}"
    if how == 1:
        paragraphs[7:8] = [writer.paragraph(), writer.paragraph()]
        return "\n\n".join([headline, *paragraphs])
    return "\n\n".join([headline, *paragraphs[: PARAGRAPHS // 3]])


def by_minhash(read: list[Article]) -> Iterator[tuple[int, int]]:
    """The pairs that `datasketch` finds."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=128, params=(64, 2))
    runs = []
    for i, article in enumerate(read):
        keys = words_of(article.text).keys
        runs.append({" ".join(run) for run in zip(keys, keys[1:], keys[2:], strict=False)})
        hashed = MinHash(num_perm=128)
        hashed.update_batch([run.encode() for run in runs[-1]])
        for j in index.query(hashed):
            if len(runs[i] & runs[j]) >= 0.6 * min(len(runs[i]), len(runs[j])):
                yield j, i
        index.insert(i, hashed)


def judged(groups: list[list[int]], made_from: list[int]) -> tuple[float, int]:
    """The share of the pairs made from one text that stand in one group, and the number of wrong groups."""
    together = {pair for group in groups for pair in combinations(sorted(group), 2)}
    copies: dict[int, list[int]] = defaultdict(list)
    for i, text in enumerate(made_from):
        copies[text].append(i)
    wanted = {pair for same in copies.values() for pair in combinations(same, 2)}
    wrong = sum(len({made_from[i] for i in group}) > 1 for group in groups)
    return len(wanted & together) / len(wanted), wrong


def main() -> None:
    """Measure and print."""
    print("| articles | | s | ÷ ours | found | wrong | memory, MB |")
    print("|" + " --- |" * 7)
    for size in SIZES:
        made, made_from = articles(size, random.Random(7))
        number = {article.file: i for i, article in enumerate(made)}
        began = time.perf_counter()
        groups = group_duplicates(made)
        ours = time.perf_counter() - began
        found = [[number[article.file] for article in group.articles] for group in groups]
        row("group_duplicates", size, (ours, ours), found, made_from)
        try:
            began = time.perf_counter()
            pairs = [list(pair) for pair in by_minhash(made)]
            row("datasketch", size, (time.perf_counter() - began, ours), pairs, made_from)
        except ImportError:
            pass
        began = time.perf_counter()
        for one, other in islice(combinations(made, 2), PAIRS):
            fuzz.ratio(one.text, other.text)
        theirs = (time.perf_counter() - began) / PAIRS * size * (size - 1) / 2
        print(f"| {size:,} | rapidfuzz, all pairs | {theirs:,.0f} | {theirs / ours:,.0f} | | | |", flush=True)


def row(
    name: str, size: int, took: tuple[float, float], groups: list[list[int]], made_from: list[int]
) -> None:
    """Print one line of the table; `took` is its seconds and ours."""
    found, wrong = judged(groups, made_from)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e3 if sys.platform == "linux" else 1e6)
    figures = f"{took[0]:.1f} | {took[0] / took[1]:.1f} | {found:.1%} | {wrong} | {peak:,.0f}"
    print(f"| {size:,} | {name} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
