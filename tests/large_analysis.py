"""A large analysis made of invented sentences, for the pages' tests and benchmarks: no model runs for it.

`large_analysis(2_000)` is the same on every machine: ten quotes an article, some of them the same remark in
several outlets, dates over half a year, speakers from the often quoted to those quoted once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from attribution.analysis import Analysis, AttributedQuote
from attribution.article import Article, Span
from attribution.people import Person, Speaker
from attribution.quotes import Quote
from attribution.speakers import Attribution
from attribution.stance import Stance, Target

TARGET = "Operation Lantern"
PER_ARTICLE = 10

_GIVEN = (
    "Ada Ben Cleo Dara Elio Fenna Goran Hana Ivo Juno Kaya Luca Mirel Nils Orla Piet Quin Rosa Sami Tove"
).split()
_FAMILY = (
    "Abbing Brook Castell Dunmore Eland Farrow Gantry Holm Ibsley Jarrow Kestrel Lindqvist Marsh Norrow "
    "Oakes Pell Quill Rowan Stroud Tarn Umber Vance Weir Yarrow Zeller"
).split()
_ROLES = ("docker", "harbour chief", "teacher", "council member", "ferry captain", "shopkeeper", None, None)
_BODIES = ("Harbour Watch", "Quay Traders' League", "Port Nurses' Union", "Lantern Desk", "Tidewater Council")
_TOWNS = (
    "Ashport Birkhaven Coldwater Drumley Eastquay Fernmouth Gullness Highstrand Innerholm Kelpford Lowtide "
    "Millhaven Northpier Oysterby Pebbleton Reedwick Saltmarsh Tollgate Underhill Westerquay"
).split()
_PAPERS = ("Courier", "Herald", "Observer", "Dispatch", "Evening Post")

_SYLLABLES = "bal cor den fal gri hul jan kel lom mar nev osk pri quo rud sel tam ulm vor wen".split()
_DID = (
    "counted lost found carried rebuilt searched closed opened guarded mended photographed cleared sold kept "
    "painted missed borrowed measured wanted"
).split()
_VIEWS = {
    "support": "Lantern helped {}",
    "oppose": "Lantern harmed {}",
    "neutral": "the register names {}",
    "unsure": "ask me in June about {}",
}
_KINDS = ("direct",) * 12 + ("partial",) * 3 + ("scare", "headline", "nested", "block", "transcript")


@cache
def large_analysis(quotes: int, *, rated: bool = True) -> Analysis:
    """An analysis of so many quotes in a tenth as many articles; `rated` with a stance toward `TARGET`."""
    dice = random.Random(quotes)
    people = _people(dice)
    shared = [_sentence(dice, label) for label in (*_VIEWS, "oppose") for _ in range(quotes // 200)]
    made: list[AttributedQuote] = []
    articles: list[Article] = []
    for number in range(quotes // PER_ARTICLE):
        rows = [_row(dice, people, shared) for _ in range(PER_ARTICLE)]
        article = _article(number, rows, dice)
        articles.append(article)
        made += _quotes(article, rows, dice, rated)
    return Analysis(tuple(articles), tuple(made), tuple(people))


def _people(dice: random.Random) -> list[Person]:
    """Five hundred people and a few bodies, in the order of how often they are quoted."""
    names = [f"{given} {family}" for family in _FAMILY for given in _GIVEN]
    dice.shuffle(names)
    people = [Person(f"p{i}", name, "person", role=dice.choice(_ROLES)) for i, name in enumerate(names)]
    bodies = [Person(f"b{i}", name, "organisation") for i, name in enumerate(_BODIES)]
    return [*people[:8], *bodies, *people[8:]]


def _sentence(dice: random.Random, label: str) -> str:
    """Words of their own: of what two sentences share, little tells anything."""
    clauses = [
        f"{_name(dice)} {dice.choice(_DID)} {_name(dice)} and {_name(dice)}"
        for _ in range(dice.choice((0, 1, 2, 3, 5)))
    ]
    said = ", ".join([_VIEWS[label].format(_name(dice)), *clauses]) + "."
    return said[0].upper() + said[1:]


def _name(dice: random.Random) -> str:
    """An invented name, one of eight thousand."""
    return "".join(dice.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _row(
    dice: random.Random, people: Sequence[Person], shared: Sequence[str]
) -> tuple[str, str, Person | None, str | None]:
    """A quote's label and words, who said it, and what an unnamed one is called."""
    label = dice.choice(("oppose", "oppose", "support", "support", "neutral", "unsure"))
    words = dice.choice(shared) if shared and dice.random() < 0.08 else _sentence(dice, label)
    if dice.random() < 0.06:
        return label, words, None, dice.choice(("a docker", "a resident", None))
    return label, words, people[int(len(people) * dice.random() ** 2.5)], None


def _article(number: int, rows: Sequence[tuple], dice: random.Random) -> Article:
    """The report around the quotes; every seventh has no date."""
    town = _TOWNS[number % len(_TOWNS)]
    told = [f"Lantern: the {number + 1:,}. report from {town}"]
    for _, words, person, described in rows:
        who = person.name if person else described or "One voice"
        told.append(f"“{words}” {who} said. The tide at {town} was noted at {dice.randrange(1, 24)} o'clock.")
    day = date(2026, 1, 1) + timedelta(days=dice.randrange(180))
    return Article(
        "\n\n".join(told),
        file=f"report-{number:04}.txt",
        outlet=f"{town} {_PAPERS[number // len(_TOWNS) % len(_PAPERS)]}",
        published=None if number % 7 == 6 else day.isoformat(),
        title=told[0],
    )


def _quotes(
    article: Article, rows: Sequence[tuple], dice: random.Random, rated: bool
) -> list[AttributedQuote]:
    made, at = [], 0
    for label, words, person, described in rows:
        start = article.text.index(f"“{words}”", at)
        at = start + len(words) + 2
        who = person.name if person else described
        mention = article.text.index(who, at) if who else 0
        made.append(
            AttributedQuote(
                article,
                Quote((Span.of(article.text, start, at),), dice.choice(_KINDS)),
                Attribution(
                    Span.of(article.text, mention, mention + len(who)) if who else None,
                    None,
                    "Made for a test: the name stands after the words.",
                    dice.choice((0.95, 0.9, 0.5, 0.15)),
                ),
                Speaker(
                    person,
                    person.type if person else "unnamed",
                    described,
                    role=person.role if person else None,
                ),
                stances=(_stance(label, dice),) if rated else (),
            )
        )
    return made


def _stance(label: str, dice: random.Random) -> Stance:
    best = dice.choice(("oppose", "support")) if label == "unsure" else label
    size = dice.betavariate(5, 2) if label in ("oppose", "support") else dice.random() * 0.35
    score = round(-size if best == "oppose" else size, 4)
    confidence = 0.3 if label == "unsure" else round(dice.uniform(0.5, 0.99), 4)
    return Stance(TARGET, label, best, score, confidence, "by-hand")


def without_stances(found: Analysis) -> Analysis:
    """The same quotes before anybody asked for their stance."""
    return replace(found, quotes=tuple(replace(quote, stances=()) for quote in found.quotes))


def shelve(quotes: int) -> Analysis:
    """Make an analysis of so many quotes the one that the page shows, as if the models had made it."""
    from attribution import readers
    from attribution.pages import analyses, library

    found = large_analysis(quotes)
    read = readers.Reading(articles=list(found.articles))
    readers.read_files = lambda paths, columns: read
    library._read.cache_clear()
    key = analyses._key(found.articles)
    analyses._shelf.put(key, without_stances(found))
    analyses._shelf.put((key, Target(TARGET)), found)
    return found
