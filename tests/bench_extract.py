"""Quotes and speakers: how fast, how accurate and in how much memory, against parsing alone and textacy.

    pip install ".[bench]"
    python tests/bench_extract.py [--gold DATA/quotes/polnear-fragments-dev.jsonl.gz] [--articles 10000]

Articles of about 750 words, made of the seeds' paragraphs, are read by turns with the language pipeline
alone, with textacy's `direct_quotations` on top of it, and with `extract` (quotes, speakers, people):
medians of the turns, so that a noisy machine disturbs all of them alike. Then fresh processes read
articles, one and then two at a time, timed from when all have loaded; and one reads many in one call,
its memory looked at on the way. Beside the clock stands processor time, which a busy machine disturbs
less. `--gold` also holds both against PolNeAR's quotes. textacy needs an English pipeline with lemmas,
tags and the label `nsubj`; the shipped one has them.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from spacy.tokens import Doc
from textacy.extract import direct_quotations

from attribution import Article, extract, load_language, read_articles
from attribution.evaluate.figures import Share
from attribution.evaluate.gold import read_gold
from attribution.evaluate.rows import Spans
from attribution.paths import seeds_folder

WORDS, TURNS, BATCH = 750, 5, 8
FIRST = 100  # articles after which memory is first looked at

Found = tuple[Spans, Spans]  # a quote's pieces, and the words that name its speaker


def made_articles(number: int) -> list[Article]:
    """Articles of about 750 words, each of other paragraphs of the seeds and with a line of its own."""
    seeds = read_articles([str(seeds_folder())])[0]
    paragraphs = [seed.text[a:b] for seed in seeds for a, b in seed.paragraphs]
    return [_article(paragraphs, i) for i in range(number)]


def _article(paragraphs: Sequence[str], number: int) -> Article:
    chosen = [f"Report {number} of the day."]
    while sum(len(paragraph.split()) for paragraph in chosen) < WORDS:
        chosen.append(paragraphs[(number + len(chosen)) % len(paragraphs)])
    return Article("\n\n".join(chosen), f"{number}.txt")


# --- speed -----------------------------------------------------------------------------------------


def textacy_quotes(doc: Doc) -> list[Found] | None:
    """What textacy finds; `None` where it refuses the article, as it does with an odd number of marks."""
    try:
        found = list(direct_quotations(doc))
    except ValueError:
        return None
    return [
        (
            ((quote.content.start_char, quote.content.end_char),),
            tuple((token.idx, token.idx + len(token)) for token in quote.speaker),
        )
        for quote in found
    ]


def by_turns() -> None:
    """Time of each way through the same articles, as ratios to parsing."""
    articles = made_articles(BATCH)
    nlp = load_language()
    steps: dict[str, Callable[[], object]] = {
        "parse": lambda: [nlp(article.text) for article in articles],
        "parse and textacy's direct_quotations": lambda: [textacy_quotes(nlp(a.text)) for a in articles],
        "extract (parse, quotes, speakers, people)": lambda: extract(articles),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in steps}
    for turn in range(TURNS + 1):
        for name, run in steps.items():
            start, used = time.perf_counter(), time.process_time()
            run()
            if turn:  # the first loads and warms
                times[name].append((time.perf_counter() - start, time.process_time() - used))
    middle = {name: [median(kind) for kind in zip(*taken, strict=True)] for name, taken in times.items()}
    parse, textacy, ours = middle.values()
    words = sum(len(article.text.split()) for article in articles)
    print(f"\n{BATCH} articles, {words} words, medians of {TURNS} turns, one process\n")
    print("| step | articles a second | × parse | × parse, processor time |\n| --- | --- | --- | --- |")
    for name, (wall, used) in middle.items():
        print(f"| {name} | {BATCH / wall:.1f} | {wall / parse[0]:.2f} | {used / parse[1]:.2f} |")
    told = " and ".join(f"{mine / theirs:.2f}" for mine, theirs in zip(ours, textacy, strict=True))
    print(f"\nextract takes {told} (processor time) × as long as textacy on the same pipeline.")


def _worker(pipe, number: int) -> None:
    """Load, say so, wait for the word, read so many articles, say in how much processor time."""
    articles = made_articles(number)
    extract(articles[:2])
    pipe.send("ready")
    pipe.recv()
    start = time.process_time()
    extract(articles)
    pipe.send(time.process_time() - start)


def in_processes(processes: int, number: int = 40) -> tuple[float, float]:
    """Articles a second, and a second of processor time, of processes that read `number` each, all loaded."""
    context = get_context("spawn")
    pipes = [context.Pipe() for _ in range(processes)]
    workers = [context.Process(target=_worker, args=(far, number), daemon=True) for _, far in pipes]
    for worker in workers:
        worker.start()
    for near, _ in pipes:
        near.recv()
    start = time.perf_counter()
    for near, _ in pipes:
        near.send("go")
    used = sum(near.recv() for near, _ in pipes)
    taken = time.perf_counter() - start
    for worker in workers:
        worker.join()
    return processes * number / taken, processes * number / used


# --- memory ----------------------------------------------------------------------------------------


def _resident() -> float:
    """Megabytes in use by this process now (Linux), else at most so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure_memory(pipe, number: int) -> None:
    articles = made_articles(number)
    seen: dict[int, float] = {}

    def progress(done: int, total: int, file: str) -> None:
        if done in (FIRST, total):
            seen[done] = _resident()

    quotes = len(extract(articles, progress=progress).quotes)
    pipe.send((seen[FIRST], seen[number], _peak(), quotes))


def memory(number: int) -> None:
    """Resident memory after 100 and after `number` articles of one call, and the peak with people named."""
    context = get_context("spawn")
    near, far = context.Pipe()
    worker = context.Process(target=_measure_memory, args=(far, number), daemon=True)
    worker.start()
    first, last, peak, quotes = near.recv()
    worker.join()
    growth = (last - first) / (number - FIRST) * 1024
    print(
        f"\n| articles | memory |\n| --- | --- |\n| {FIRST} | {first:.0f} MB |\n| {number} | {last:.0f} MB |"
    )
    print(f"| {number}, people named: peak | {peak:.0f} MB |")
    print(f"\nGrowth: {growth:.1f} kB an article, of which {quotes / number:.1f} quotes are kept.")


# --- accuracy --------------------------------------------------------------------------------------


def accuracy(gold: Path) -> None:
    """The share of gold quotes found and of their speakers' mentions overlapped, ours and textacy's."""
    nlp = load_language()
    answers: dict[str, list[tuple[bool, bool]]] = {"extract": [], "textacy": []}
    items = [item for item in read_gold(gold) if item.quotes]
    refused = 0
    for item in items:
        theirs = textacy_quotes(nlp(item.article.text))
        refused += theirs is None
        for name, found in (("extract", _ours(item.article)), ("textacy", theirs or [])):
            answers[name] += [_judged(q.pieces, q.mentions, found) for q in item.quotes if q.mentions]
    total = len(answers["extract"])
    print(f"\n{gold.name}: {total} quotes in {len(items)} articles, {refused} of them refused by textacy\n")
    print("| | quotes found | speakers found right |\n| --- | --- | --- |")
    for name, judged in answers.items():
        found, right = Share.of(f for f, _ in judged), Share.of(r for _, r in judged)
        print(f"| {name} | {found.value:.1%} | {right.value:.1%} |")


def _ours(article: Article) -> list[Found]:
    found = []
    for quote in extract([article]).quotes:
        mention = quote.attribution.mention
        pieces = tuple((piece.start, piece.end) for piece in quote.quote.pieces)
        found.append((pieces, ((mention.start, mention.end),) if mention else ()))
    return found


def _judged(pieces: Spans, mentions: Spans, found: Sequence[Found]) -> tuple[bool, bool]:
    """Whether some quote shares characters with `pieces`, and the one that shares most has the mention."""
    best = max(found, key=lambda quote: _shared(pieces, quote[0]), default=None)
    if best is None or not _shared(pieces, best[0]):
        return False, False
    return True, _shared(mentions, best[1]) > 0


def _shared(some: Spans, others: Spans) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in some for c, d in others)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, help="PolNeAR fragments, to compare what is found")
    parser.add_argument("--articles", type=int, default=1000, help="for memory, more than 100 (1000)")
    given = parser.parse_args()
    if given.articles <= FIRST:
        parser.error(f"--articles: more than {FIRST} are needed")
    by_turns()
    rates = [in_processes(processes) for processes in (1, 2)]
    print(
        "\n| processes | articles of 750 words a second | a second of processor time |\n| --- | --- | --- |"
    )
    for processes, (rate, worked) in enumerate(rates, start=1):
        print(f"| {processes} | {rate:.1f} | {worked:.1f} |")
    memory(given.articles)
    if given.gold:
        accuracy(given.gold)


if __name__ == "__main__":
    main()
