"""Mentions become people: one ledger of names, spellings and roles within and across articles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from attribution.people.entries import Entries, Entry
from attribution.people.named import ArticleNames
from attribution.people.readings import Resolution

SpeakerType = Literal["person", "organisation", "document", "group", "unnamed"]
SPEAKER_TYPES: tuple[str, ...] = get_args(SpeakerType)


@dataclass(frozen=True)
class Person:
    """One line of the ledger: a person, organisation, document or group that the articles name.

    `name` is the canonical name, `aliases` every other form the articles print, `misspellings` those
    forms that are the name spelt another way ("Jaocb Frey"), each a reason to look twice.
    `roles` pairs a role with the id of the article that gives it. `reasons` says in plain sentences why
    unlike forms were taken for one, and what speaks against it.
    """

    id: str
    name: str
    type: SpeakerType
    role: str | None = None
    aliases: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Speaker:
    """Who a mention stands for: a `person` of the ledger, or nobody that the text names.

    `description` is what the text says of an unnamed one ("a Trump confidant"); `role` is the role
    given in the quote's own article; `type` is that of the speaker; `confidence` (0...1) is how
    sure the step from mention to person is, `evidence` why in one sentence. `alternatives` are the
    runners-up by canonical name, each with its probability.
    """

    person: Person | None
    type: SpeakerType
    description: str | None = None
    role: str | None = None
    confidence: float = 1.0
    evidence: str = ""
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class ArticleSpeakers:
    """What one article gives the ledger: its id, the names it prints, a resolution for each quote."""

    article: str
    names: ArticleNames
    resolutions: tuple[Resolution, ...]


def no_speakers(article: str, quotes: int) -> ArticleSpeakers:
    """What an article gives the ledger whose language is not read: nobody, for each of so many quotes."""
    return ArticleSpeakers(article, ArticleNames(()), (Resolution("unnamed", "", 1.0),) * quotes)


@dataclass(frozen=True)
class Ledger:
    """The people of all articles, and `speakers[i][k]`: who says quote `k` of article `i`."""

    people: tuple[Person, ...]
    speakers: tuple[tuple[Speaker, ...], ...]


def person_id(name: str, type: str) -> str:
    """A person's id: the same on every run and machine that finds the same canonical name.

    >>> person_id("Tom Homan", "person")
    'ee9942c9a4a4'
    """
    return hashlib.sha256(f"{type}:{name}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def build_ledger(articles: Sequence[ArticleSpeakers]) -> Ledger:
    """Make the names of several articles one ledger, and every quote's speaker a line of it.

    Full names that agree are one person, a misspelt one joins where given name and surname leave no
    other reading; a surname alone joins a full name only where one person of all the articles bears
    it (or one whose role agrees). Names are compared within blocks of a surname, never all with all.
    """
    entries = Entries([(article.article, article.names) for article in articles])
    lines: dict[int, Person] = {}
    for number, entry in enumerate(entries.all):
        if entry.type == "person":
            lines[number] = _person(entry)
    extra: dict[tuple[str, str], Person] = {}
    speakers = tuple(
        tuple(_speaker(article, i, resolution, entries, lines, extra) for resolution in article.resolutions)
        for i, article in enumerate(articles)
    )
    people = {person.id: person for person in (*lines.values(), *extra.values())}
    return Ledger(tuple(sorted(people.values(), key=lambda person: (person.type, person.name))), speakers)


def _person(entry: Entry) -> Person:
    """The ledger's line for an entry."""
    type: SpeakerType = {"person": "person", "people": "group", "document": "document"}.get(
        entry.type, "organisation"
    )  # type: ignore[assignment]
    return Person(
        id=person_id(entry.name, type),
        name=entry.name,
        type=type,
        role=entry.role,
        aliases=tuple(alias for alias in entry.aliases if alias != entry.name),
        misspellings=entry.misspellings,
        roles=entry.roles,
        reasons=entry.reasons,
    )


def _speaker(
    article: ArticleSpeakers,
    i: int,
    resolution: Resolution,
    entries: Entries,
    lines: dict[int, Person],
    extra: dict[tuple[str, str], Person],
) -> Speaker:
    """The speaker of one quote, with its line in the ledger where the articles name one."""
    confidence, evidence, role = resolution.confidence, resolution.evidence, resolution.role
    numbers = list(dict.fromkeys(entries.of[i, n] for n in resolution.names))
    if not numbers and (found := entries.by_role_elsewhere(i, resolution)) is not None:
        numbers = [found[0]]
        words = resolution.description
        evidence = f"“{words}” is {entries.all[found[0]].name}: another article calls them “{found[1]}”."
        confidence, role = 0.7, found[1]
    for n in numbers:
        if n not in lines:
            lines[n] = _person(entries.all[n])
    people = [lines[n] for n in numbers]
    person = people[0] if people else None
    if len(people) > 1:
        person = _made("; ".join(p.name for p in people), "group", extra)
    elif resolution.label and not people:
        person = _made(resolution.label, resolution.type, extra)
    runners = ((entries.all[entries.of[i, n]].name, p) for n, p in resolution.alternatives)
    return Speaker(
        person=person,
        type=person.type if person else resolution.type,  # type: ignore[arg-type]
        description=None if person else resolution.description,
        role=role or (people[0].role if len(people) == 1 else None),
        confidence=confidence,
        evidence=evidence,
        alternatives=tuple((name, p) for name, p in runners if not person or name != person.name),
    )


def _made(name: str, type: str, extra: dict[tuple[str, str], Person]) -> Person:
    """A line for joint speakers or a document, made once."""
    return extra.setdefault((name, type), Person(person_id(name, type), name, type))  # type: ignore[arg-type]
