"""The people and bodies that one article names, each with every printed form, its roles and its gender."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from attribution.article import Span
from attribution.people.bodies import is_body_word
from attribution.people.found import find_names
from attribution.people.names import (
    Gender,
    NameParts,
    acronyms,
    body_key,
    compare_names,
    fold,
    is_kin,
    parse_name,
    role_gender,
    table_of,
)
from attribution.people.roles import body_roles, noun_of, party_state
from attribution.people.runs import Found, runs, text_of
from attribution.people.units import Units, stands_as, units_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Name:
    """One person or body of an article: the fullest name it prints, and every form with its characters.

    `type` is "person", "organisation", "place" or "people" (a nation, a party's members). `roles` are
    the words that say what the bearer is, where they stand. `misspellings` are forms that are the
    name spelt another way. `states` are those of "(R-Fla.)".
    """

    name: str
    type: str
    forms: tuple[Span, ...]
    roles: tuple[Span, ...] = ()
    gender: Gender | None = None
    misspellings: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    @property
    def parts(self) -> NameParts:
        """The canonical name taken apart."""
        return parse_name(self.name)


@dataclass(frozen=True)
class ArticleNames:
    """All names of one article. `doubtful` maps the start of a form that fits several names to the others."""

    names: tuple[Name, ...]
    doubtful: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def mentions(self) -> tuple[tuple[int, int, int], ...]:
        """(start, end, number of the name) of every printed form, in order."""
        return tuple(sorted((f.start, f.end, i) for i, name in enumerate(self.names) for f in name.forms))

    def mentions_within(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """Those of `mentions` that lie wholly within the characters `start` to `end`."""
        low, high = bisect_left(self.mentions, (start,)), bisect_left(self.mentions, (end,))
        return tuple(mention for mention in self.mentions[low:high] if mention[1] <= end)


def names_in(doc: Doc, hints: Iterable[Span] = ()) -> ArticleNames:
    """Find and cluster the people and bodies that a parsed article names.

    `doc` comes from any English pipeline with tags and entities; `hints` are the mentions of the
    article's speakers, whose capitalised words are names even where the pipeline saw none. Titles
    ("Gov.") never belong to the name; "Frey" joins "Jacob Frey"; namesakes stay apart. What is
    returned holds no spaCy object.
    """
    units, hints = units_of(doc), list(hints)
    found = find_names(units, [(hint.start, hint.end) for hint in hints])
    people = _People(doc, units)
    for name in found:
        if name.type == "person" and name.parts.given and name.parts.surname:
            people.join(people.place(name.parts), name)
    short = [name for name in found if _is_short(name, people)]
    taken = {k for name in found for k in range(name.first, name.stop)}
    short += _seen_again(units, taken, people, [(hint.start, hint.end) for hint in hints])
    people.give(sorted(short, key=lambda name: name.first))
    claimed = {name.first for cluster in people.clusters for name in cluster.found}
    bodies = [name for name in found if name.type != "person" and name.first not in claimed]
    bodies = _bodies(units, [*bodies, *_shortened(units, taken | claimed, bodies)])
    doubtful = {units[first].start: others for first, others in people.doubtful.items()}
    return ArticleNames((*(_person(units, c) for c in people.clusters), *bodies), doubtful)


def _is_short(name: Found, people: _People) -> bool:
    """A person's short form, or a person's surname that was taken for a place or a body."""
    if name.type == "person":
        return not (name.parts.given and name.parts.surname)
    return name.stop - name.first == 1 and name.parts.surname in people.surnames


def _seen_again(
    units: Units, taken: set[int], people: _People, hints: Iterable[tuple[int, int]]
) -> list[Found]:
    """Known people's names where nothing marked them as names."""
    again = []
    spoken = {(span.start, span.stop) for span in (units.between(*hint) for hint in hints) if len(span) == 1}
    for i, j in sorted({*runs(units), *(span for span in spoken if units[span[0]].capital)}):
        free = [k for k in range(i, j) if k not in taken]
        if not free or free[-1] - free[0] != len(free) - 1:
            continue
        first, stop = free[0], free[-1] + 1
        parts = parse_name(units.text[units[first].start : units[stop - 1].end])
        if people.knows(parts):
            again.append(Found(first, stop, parts, "person"))
        elif stop - first > 1:
            words = [(k, parse_name(units[k].text)) for k in free]
            again += [Found(k, k + 1, one, "person") for k, one in words if one.surname in people.surnames]
    return again


def _shortened(units: Units, taken: set[int], bodies: list[Found]) -> list[Found]:
    """Known bodies' short names where nothing marked them as names: "a Times article"."""
    long = {key for name in bodies if " " in (key := body_key(name.span(units).text))}
    free = ((i, j) for i, j in runs(units) if not taken.intersection(range(i, j)))
    again = [Found(i, j, parse_name(text_of(units, i, j)), "organisation") for i, j in free]
    return [name for name in again if any(_shortens(body_key(name.span(units).text), key) for key in long)]


@dataclass
class _Cluster:
    """The printed forms taken for one person so far."""

    forms: dict[NameParts, None] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    states: set[str] = field(default_factory=set)


class _People:
    """The persons of an article while they are being clustered."""

    def __init__(self, doc: Doc, units: Units) -> None:
        self.doc, self.units = doc, units
        self.clusters: list[_Cluster] = []
        self.surnames: dict[str, list[int]] = {}
        self.calls: dict[str, list[int]] = {}
        self.doubtful: dict[int, tuple[int, ...]] = {}
        self._known: dict[NameParts, int] = {}

    def knows(self, parts: NameParts) -> bool:
        """Whether the name is one that the article gave somewhere else."""
        if replace(parts, titles=()) in self._known:
            return True
        if parts.given:
            return any(
                compare_names(parts, f) == "same"
                for i in self.surnames.get(parts.surname, ())
                for f in self.clusters[i].forms
            )
        return parts.surname in self.surnames or (parts.surname in self.calls and len(parts.surname) > 2)

    def place(self, parts: NameParts) -> int:
        """The number of the cluster for a full name, a new one where it agrees with none."""
        bare = replace(parts, titles=())
        if bare in self._known:
            return self._known[bare]
        for number, cluster in enumerate(self.clusters):
            if all(compare_names(parts, form) != "different" for form in cluster.forms if form.given):
                return number
        self.clusters.append(_Cluster())
        return len(self.clusters) - 1

    def join(self, number: int, name: Found) -> None:
        """Take the printed name into the cluster."""
        cluster, parts = self.clusters[number], name.parts
        cluster.found.append(name)
        cluster.forms.setdefault(parts)
        if not parts.given and any(form.given for form in cluster.forms):
            return
        self._known.setdefault(replace(parts, titles=()), number)
        for call in {*(g for g in parts.given[:1] if len(g) > 1), parts.nickname} - {""}:
            _append(self.calls, call, number)
        if parts.surname and not name.kin:  # nobody calls Rosa Roe, named as "his wife, Rosa", "Roe"
            _append(self.surnames, parts.surname, number)
            if not parts.given and " " in parts.surname:  # "Al Benson", whose given name is also a particle
                _append(self.surnames, parts.surname.split()[-1], number)

    def give(self, short: list[Found]) -> None:
        """Give each short form to the person it stands for, in reading order."""
        seen = sorted(
            (name.first, number, name)
            for number, cluster in enumerate(self.clusters)
            for name in cluster.found
        )
        at = 0
        last: dict[int, tuple[int, int]] = {}
        for name in short:
            while at < len(seen) and seen[at][0] < name.first:
                first, number, one = seen[at]
                if one.parts.surname:
                    last[number] = self._seen(last.get(number, (-1, -1)), one)
                at += 1
            owners = self._owners(name.parts)
            if not owners:
                self.clusters.append(_Cluster())
                owners = [len(self.clusters) - 1]
            owners.sort(key=lambda n: (not self._kin(n), last.get(n, (-1, -1)), -n), reverse=True)
            if len(owners) > 1:
                self.doubtful[name.first] = tuple(owners[1:])
            self.join(owners[0], name)
            if name.parts.surname in self.surnames:  # "Iván" alone brings no Salcedo to mind
                last[owners[0]] = self._seen(last.get(owners[0], (-1, -1)), name)

    def _seen(self, before: tuple[int, int], name: Found) -> tuple[int, int]:
        """Where somebody was last a subject, and last named at all."""
        subject, _ = stands_as(self.doc, self.units, name.first, name.stop)
        return (name.first if subject else before[0], name.first)

    def _owners(self, parts: NameParts) -> list[int]:
        """Clusters that a short form fits, by surname, else by given name, else by a misspelt surname."""
        for index, key in (
            (self.surnames, parts.surname),
            (self.calls, parts.surname or "".join(parts.given)),
        ):
            fits = [n for n in index.get(key, ()) if self._fits(parts, n)]
            if fits and (index is self.surnames or not _formal(parts)):
                return self._by_title(parts, fits)
        if parts.given and not parts.surname:
            return [
                n
                for n, c in enumerate(self.clusters)
                if any(f.given[: len(parts.given)] == parts.given for f in c.forms)
            ]
        if any(fold(t).rstrip(".") not in table_of("titles.json")["honorifics"] for t in parts.titles):
            return []  # "Colonel Quirós" is not the commissioner "Quiroz" misspelt
        slipped = {
            n
            for s, numbers in self.surnames.items()
            if _one_slip(parts, s)
            for n in numbers
            if self._fits(parts, n)
        }
        return sorted(slipped) if len(slipped) == 1 else []

    def _kin(self, number: int) -> bool:
        """Whether somebody is only known as another's relative: "his sister, Kelly Pike" is no "Pike"."""
        found = self.clusters[number].found
        roles = [noun_of(role.text) for name in found for role in name.roles(self.units)]
        return bool(roles) and all(map(is_kin, roles))

    def _fits(self, parts: NameParts, number: int) -> bool:
        gender = parts.gender if parts.titles else None
        others = {form.gender for form in self.clusters[number].forms} - {None}
        return not (gender and others and gender not in others)

    def _by_title(self, parts: NameParts, fits: list[int]) -> list[int]:
        """Of namesakes the one who bears the title elsewhere: "Sheriff Oakes"."""
        words = {fold(title).rstrip(".") for title in parts.titles}
        if parts.plain.isupper() and len(parts.plain) > 2:
            # a transcript's label is short for another label: "PYM" for "LORETTA PYM"
            labels = [
                n for n in fits if any(form.plain.isupper() and form.given for form in self.clusters[n].forms)
            ]
            fits = labels or fits
        bearing = [n for n in fits if words & self._titles(n)] if words else []
        return bearing or fits

    def _titles(self, number: int) -> set[str]:
        """Titles and role nouns that the full forms of a person come with."""
        full = [name for name in self.clusters[number].found if name.parts.given]
        titles = {fold(title).rstrip(".") for name in full for title in name.parts.titles}
        return titles | {noun_of(role.text) for name in full for role in name.roles(self.units)}


def _append(index: dict[str, list[int]], key: str, number: int) -> None:
    numbers = index.setdefault(key, [])
    if number not in numbers:
        numbers.append(number)


def _formal(parts: NameParts) -> bool:
    """Whether a title stands before it that goes with a surname ("Mr. Alexander"), unlike "Sir Alwyn"."""
    return bool(
        {fold(title).rstrip(".") for title in parts.titles} & {"mr", "mrs", "ms", "dr", "sen", "rep", "gov"}
    )


def _one_slip(parts: NameParts, surname: str) -> bool:
    return compare_names(NameParts("", surname=parts.surname), NameParts("", surname=surname)) == "misspelt"


def _person(units: Units, cluster: _Cluster) -> Name:
    """The cluster as a plain record: canonical name, roles, gender, misspellings."""
    spans = tuple(sorted({name.span(units) for name in cluster.found}))
    counts = Counter(_spelling(name.parts) for name in cluster.found if name.parts.surname)
    usual = max(counts.values(), default=0)
    best = max(
        cluster.found, key=lambda n: (counts[_spelling(n.parts)] == usual, _fullness(n.parts), -n.first)
    ).parts
    roles = {role for name in cluster.found for role in name.roles(units)}
    misspelt = {f.plain for f in cluster.forms if _misspells(f, best)}
    states = {party_state(units.text, name.span(units).end) for name in cluster.found} - {""}
    return Name(
        name=presentable(best.plain),
        type="person",
        forms=spans,
        roles=tuple(sorted(roles)),
        gender=_gender(cluster, roles),
        misspellings=tuple(sorted(misspelt)),
        states=tuple(sorted(states)),
    )


def _spelling(parts: NameParts) -> str:
    return parts.surname.split(" ")[-1]


def _fullness(parts: NameParts) -> tuple[int, int, int, int]:
    """How much of a name a form gives: written-out given names, then initials, a suffix, mixed case."""
    written = sum(len(given) > 1 for given in parts.given)
    return (
        bool(parts.given) + bool(parts.surname),
        written + bool(parts.suffix),
        len(parts.given),
        not parts.plain.isupper(),
    )


def _misspells(form: NameParts, best: NameParts) -> bool:
    return compare_names(replace(form, titles=()), replace(best, titles=())) == "misspelt"


def presentable(name: str) -> str:
    """A name printed in capitals alone ("KØHLERT") as it would stand in running text.

    >>> presentable("DARA NWOSU"), presentable("E. M. Sørbø")
    ('Dara Nwosu', 'E. M. Sørbø')
    """
    if not name.isupper() or len(name) < 4 or "." in name:
        return name
    return "-".join(" ".join(word.capitalize() for word in piece.split(" ")) for piece in name.split("-"))


def _gender(cluster: _Cluster, roles: set[Span]) -> Gender | None:
    """The gender that titles, given names and role nouns agree on."""
    told: Counter[Gender] = Counter()
    for name in cluster.found:
        if name.parts.gender:
            told[name.parts.gender] += 1
    for role in roles:
        if gender := role_gender(noun_of(role.text)):
            told[gender] += 2
    return told.most_common(1)[0][0] if told else None


def _bodies(units: Units, found: list[Found]) -> list[Name]:
    """Organisations, places and peoples, clustered by key, acronym and shortened form."""
    clusters: dict[str, list[Found]] = {}
    for name in found:
        clusters.setdefault(body_key(name.span(units).text), []).append(name)
    owner: dict[str, str] = {}
    long = [key for key in clusters if " " in key]
    letters: dict[str, list[str]] = {}
    for key in long:
        for acronym in acronyms(key):
            letters.setdefault(acronym, []).append(key)
    for key in clusters:
        if " " not in key and (full := letters.get(key)):
            owner[key] = full[0]
        elif shorter := [k for k in long if k != key and _shortens(key, k)]:
            before = [k for k in shorter if clusters[k][0].first < clusters[key][0].first]
            owner[key] = (before or shorter)[-1]
    groups: dict[str, list[Found]] = {}
    for key, names in clusters.items():
        while key in owner:
            key = owner[key]
        groups.setdefault(key, []).extend(names)
    return [_body(units, key, names) for key, names in groups.items()]


def _shortens(short: str, full: str) -> bool:
    """ "Quiet Skies" of "Quiet Skies Haddow", "the Post" of "the New York Post"."""
    return (
        len(short) > 3
        and len(short) < len(full)
        and (full.startswith(short + " ") or full.endswith(" " + short))
        and (" " in short or is_body_word(short))
    )


def _body(units: Units, key: str, found: list[Found]) -> Name:
    forms = sorted({name.span(units) for name in found})
    own = [form for form in forms if body_key(form.text) == key]
    types = Counter(name.type for name in found)
    label = (
        "organisation"
        if types["organisation"] * 2 >= len(found) or is_body_word(key.split()[-1])
        else types.most_common(1)[0][0]
    )
    mixed = [form for form in own if not form.text.isupper()]  # "MINISTRY OF WORKS" in a headline
    name = (mixed or own or forms)[0].text
    if name.lower().startswith("the "):
        name = name[4:]
    roles = {role for one in found for role in body_roles(units, one.first, one.stop)}
    return Name(name=name.rstrip("'’"), type=label, forms=tuple(forms), roles=tuple(sorted(roles)))
