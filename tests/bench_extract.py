"""Quotes and speakers: seconds an article, as a ratio to the cost of parsing it.

    python tests/bench_extract.py

Reads the two seed articles again and again, first with the language pipeline alone, then with quotes,
speakers and people on top, and then their quotes' stances. Medians of seven turns, taken by turns in
one process, so that a noisy machine disturbs all of them alike.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from statistics import median

from attribution import Target, classify, extract, load_language, load_stance, read_articles
from attribution.paths import seeds_folder

TURNS, COPIES = 7, 5


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    articles = read_articles([str(seeds_folder())])[0] * COPIES
    words = sum(len(article.text.split()) for article in articles)
    nlp, classifier = load_language(), load_stance()
    analysis = extract(articles)
    steps: dict[str, Callable[[], object]] = {
        "parse": lambda: [nlp(article.text) for article in articles],
        "extract (parse, quotes, speakers, people)": lambda: extract(articles),
        "stance": lambda: classify(analysis, [Target("Operation Metro Surge")], classifier=classifier),
    }
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(TURNS):
        for name, run in steps.items():
            times[name].append(seconds(run))
    parse = median(times["parse"])
    print(f"{len(articles)} articles, {words} words, {len(analysis.quotes)} quotes")
    print("| step | s | articles/s of 750 words | × parse |\n| --- | --- | --- | --- |")
    for name, taken in times.items():
        middle = median(taken)
        print(f"| {name} | {middle:.2f} | {words / 750 / middle:.1f} | {middle / parse:.2f} |")
    print(f"quotes classified a second: {len(analysis.quotes) / median(times['stance']):.0f}")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
