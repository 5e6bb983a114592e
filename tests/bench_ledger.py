"""The ledger of many people: processor seconds and memory for 10,000 and for 100,000 printed names.

    python tests/bench_ledger.py [--names 100000]

Invented people, five names an article, as a corpus prints them: most in full, some by surname alone, some
with a title, a nickname's form or a slip of the pen. Each size runs in a process of its own, so that its
peak memory is its own; memory is what building adds to the names themselves. About ten times the names
should take about ten times as long.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from multiprocessing import get_context

from attribution.article import Span
from attribution.people import ArticleSpeakers, build_ledger
from attribution.people.named import ArticleNames, Name
from attribution.people.names import parse_name
from attribution.people.readings import Resolution

AN_ARTICLE = 5  # names
GIVEN = "Ada Boris Clara Dmitri Elena Farid Greta Hugo Ines Jonas Kofi Lena Mateo Nora Omar Petra".split()
HEADS = "Bar Cal Dor Fen Gar Hol Kar Lan Mar Nor Pel Ras Sel Tor Val Wen".split()
MIDDLES = "a e i o ai ea ou".split()
TAILS = "bek dahl fort gren holm kins lund mont nard ovic quist rell sen ton vick worth".split()
ROLES = "sheriff senator judge mayor lawyer teacher nurse economist".split()


def made_articles(number: int, seed: int = 7) -> list[ArticleSpeakers]:
    """Articles that print `number` names of about a third as many people, each name saying one quote."""
    chance = random.Random(seed)
    people = [_person(chance) for _ in range(max(1, number // 3))]
    articles = []
    for start in range(0, number, AN_ARTICLE):
        names = tuple(_printed(chance, *chance.choice(people)) for _ in range(AN_ARTICLE))
        said = tuple(Resolution("person", "", 0.9, (i,)) for i in range(AN_ARTICLE))
        articles.append(ArticleSpeakers(f"article-{start}", ArticleNames(names), said))
    return articles


def _person(chance: random.Random) -> tuple[str, str, str]:
    syllables = (HEADS, MIDDLES, HEADS, MIDDLES, TAILS)
    surname = "".join(chance.choice(part) for part in syllables).capitalize()
    return chance.choice(GIVEN), surname, chance.choice(ROLES)


def _printed(chance: random.Random, given: str, surname: str, role: str) -> Name:
    """The person as one article prints it."""
    kind = chance.random()
    if kind < 0.1:
        name = surname
    elif kind < 0.15:
        at = chance.randrange(1, len(surname) - 1)
        name = f"{given} {surname[:at]}{surname[at + 1 :]}"
    elif kind < 0.25:
        name = f"{given[0]}. {surname}"
    else:
        name = f"{given} {surname}"
    roles = (Span(0, len(role), role),) if chance.random() < 0.5 else ()
    return Name(name, "person", (Span(0, len(name), name),), roles, parse_name(name).gender)


def _measure(number: int) -> tuple[float, float, int]:
    """Seconds of processor time, mebibytes and people of the ledger of `number` names."""
    articles = made_articles(number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()  # a busy machine disturbs it less than the clock
    ledger = build_ledger(articles)
    seconds = time.process_time() - start
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, len(ledger.people)


def main() -> None:
    """Print a line a size and the growth between them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=int, default=100_000, help="names of the larger ledger")
    most = parser.parse_args().names
    rows = []
    for number in (most // 10, most):
        with get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(_measure, (number,)))
        seconds, memory, people = rows[-1]
        print(f"{number:>9,} names  {people:>8,} people  {seconds:7.2f} s  {memory:7.1f} MiB", flush=True)
    print(f"ten times the names take {rows[1][0] / rows[0][0]:.1f} times as long")


if __name__ == "__main__":
    main()
