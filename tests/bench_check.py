"""Checking quotes against sources: seconds and memory, how both grow, and against aligning with every source.

    python tests/bench_check.py

1,000 draft quotes (a third verbatim, a third with a word changed, a third shuffled) are looked up in 100,
1,000 and 10,000 made-up articles of 750 words, with the words of `tests/data/sources` in
their frequencies and some rare ones. "Index" is building `Places`, "quotes" is `find` for all; who says
what is not asked (`bench_extract.py` measures that). What a user would pick instead is
`rapidfuzz.fuzz.partial_ratio_alignment` over every source, measured on the first few quotes.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from rapidfuzz import fuzz

from attribution.article import Article
from attribution.check.draft import quoted_words
from attribution.check.places import Places
from attribution.check.verdicts import find

SOURCES = Path(__file__).parent / "data" / "sources"
WORDS, QUOTES, FEW = 750, 1000, 5
SIZES = (100, 1000, 10_000)


def articles(number: int, rng: random.Random) -> list[Article]:
    """Made-up articles of common words and one rare word in fifteen."""
    text = " ".join(file.read_text(encoding="utf-8") for file in sorted(SOURCES.glob("*.txt")))
    words, times = zip(*Counter(text.split()).items(), strict=True)
    made = []
    for i in range(number):
        drawn = rng.choices(words, times, k=WORDS - WORDS // 15)
        drawn += [f"name{rng.randrange(20_000)}" for _ in range(WORDS // 15)]
        rng.shuffle(drawn)
        lines = (" ".join(drawn[at : at + 60]) + "." for at in range(0, WORDS, 60))
        made.append(Article("\n\n".join(lines), file=f"{i}.txt"))
    return made


def quotes(sources: list[Article], rng: random.Random) -> list[str]:
    """Quotes of 5 to 40 words of the sources: as they stand, with a word changed, and shuffled."""
    made = []
    for number in range(QUOTES):
        words = rng.choice(sources).text.split()
        start = rng.randrange(len(words) - 40)
        drawn = words[start : start + rng.randrange(5, 40)]
        if number % 3 == 1:
            drawn[len(drawn) // 2] = "altered"
        elif number % 3 == 2:
            rng.shuffle(drawn)
        made.append(f"“{' '.join(drawn)}”")
    return made


def main() -> None:
    """Measure and print."""
    rng = random.Random(5)
    every = articles(SIZES[-1], rng)
    asked = quotes(every[: SIZES[0]], rng)
    print(
        "| sources | index, s | 1,000 quotes, s | together, s | memory, MB | rapidfuzz over all, s | ÷ ours |"
    )
    print("|" + " --- |" * 7)
    for size in SIZES:
        began = time.perf_counter()
        places = Places(every[:size])
        built = time.perf_counter()
        for quote in asked:
            find(quoted_words(quote, [(0, len(quote))]), places)
        done = time.perf_counter()
        for quote in asked[:FEW]:
            for source in every[:size]:
                fuzz.partial_ratio_alignment(quote[1:-1], source.text)
        theirs = (time.perf_counter() - done) / FEW * QUOTES
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e3 if sys.platform == "linux" else 1e6)
        ours = done - began
        figures = f"{built - began:.2f} | {done - built:.2f} | {ours:.2f} | {peak:,.0f}"
        print(f"| {size:,} | {figures} | {theirs:,.0f} | {theirs / ours:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
