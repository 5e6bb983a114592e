"""Names of many articles merged into entries, block by block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from attribution.people.named import ArticleNames, Name
from attribution.people.names import (
    NameParts,
    acronyms,
    body_key,
    compare_names,
    fold,
    is_known_given,
    nickname_roots,
    parse_name,
)
from attribution.people.nominals import alike
from attribution.people.readings import Resolution, best_role
from attribution.people.roles import noun_of, plain_role


@dataclass(frozen=True)
class Entry:
    """One person or body of the ledger, with what each article prints of it."""

    type: str
    members: tuple[tuple[str, Name], ...]

    @cached_property
    def spellings(self) -> Counter[str]:
        """How often each form is printed without titles, in all articles."""
        return Counter(
            parse_name(form.text).plain if self.type == "person" else _bare(form.text)
            for _, name in self.members
            for form in name.forms
        )

    @cached_property
    def name(self) -> str:
        """The canonical name: the fullest form in the spelling that most articles use."""
        names = [name.name for _, name in self.members]
        if self.type != "person":
            return max(names, key=lambda name: (len(name.split()), -names.index(name)))
        articles = Counter(_spelling(name) for name in names)
        printed: Counter[tuple[str, ...]] = Counter()
        for form, count in self.spellings.items():
            printed[_spelling(form)] += count

        def rank(name: str) -> tuple[float, ...]:
            parts, spelling = parse_name(name), _spelling(name)
            full = bool(parts.given) + bool(parts.surname)
            written = sum(len(given) > 1 for given in parts.given)
            known = bool(parts.given) and is_known_given(parts.given[0])
            accents = sum(ord(c) > 127 for c in name)
            votes = sum(n for other, n in articles.items() if _agree(other, spelling))
            uses = sum(n for other, n in printed.items() if _agree(other, spelling))
            roots = nickname_roots(parts.given[0]) if parts.given else frozenset()
            formal = not roots or parts.given[0] in roots
            return (full, votes, formal, known, uses, written + bool(parts.suffix), len(parts.given), accents)

        return max(dict.fromkeys(names), key=rank)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other form that the articles print, titles and all."""
        forms = {" ".join(form.text.split()) for _, name in self.members for form in name.forms}
        return tuple(sorted(forms - {self.name}))

    @cached_property
    def misspellings(self) -> tuple[str, ...]:
        """Forms that are the name with a letter wrong or an accent missing."""
        if self.type != "person":
            return ()
        own = parse_name(self.name)
        letters = set(self.name.casefold().replace("-", " ").split())
        found = set()
        for form in self.spellings:
            parts = parse_name(form)
            likeness = compare_names(replace(parts, titles=()), own)
            words = form.casefold().replace("-", " ").split()
            accent = any(w not in letters and fold(w) in {fold(x) for x in letters} for w in words)
            if likeness == "misspelt" or (likeness == "same" and accent):
                found.add(form)
        return tuple(sorted(found))

    @cached_property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """Every role with the id of the article that gives it."""
        pairs = ((plain_role(role), article) for article, name in self.members for role in name.roles)
        return tuple(dict.fromkeys(pairs))

    @property
    def role(self) -> str | None:
        """The role to show."""
        return next((role for _, name in self.members if (role := best_role(name))), None)


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip("'’")


def _spelling(name: str) -> tuple[str, ...]:
    """Given name and surname as spelt; an initial or nothing where the given name is not written."""
    parts = parse_name(name)
    return (parts.given[0] if parts.given and len(parts.given[0]) > 1 else "", parts.surname)


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two spellings do not contradict each other."""
    return all(x == y or not x or not y for x, y in zip(a, b, strict=True))


class Entries:
    """All entries, and for (article, number of its name) the number of the entry."""

    def __init__(self, articles: Sequence[tuple[str, ArticleNames]]) -> None:
        self._groups: list[list[tuple[int, int]]] = []
        self._names = [names.names for _, names in articles]
        self.of: dict[tuple[int, int], int] = {}
        self._blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._bearers: dict[str, list[int]] = defaultdict(list)
        self._called: dict[str, list[int]] = defaultdict(list)
        every = [(i, n, name) for i, names in enumerate(self._names) for n, name in enumerate(names)]
        people = [(i, n, name, name.parts) for i, n, name in every if name.type == "person"]
        for i, n, name, parts in people:
            if parts.given and parts.surname:
                self._join(self._full(name, parts), i, n, parts)
        for i, n, name, parts in people:
            if not (parts.given and parts.surname):
                self._join(self._short(name, parts), i, n, parts)
        self._join_bodies([(i, n, name) for i, n, name in every if name.type != "person"])
        self.all = [
            Entry(
                type=self._names[group[0][0]][group[0][1]].type,
                members=tuple((articles[i][0], self._names[i][n]) for i, n in group),
            )
            for group in self._groups
        ]
        self._in_article: dict[int, list[int]] = defaultdict(list)
        for (i, _), number in self.of.items():
            self._in_article[i].append(number)

    def _parts(self, number: int) -> list[NameParts]:
        return list(dict.fromkeys(self._names[i][n].parts for i, n in self._groups[number]))

    def _join(self, number: int | None, i: int, n: int, parts: NameParts) -> None:
        if number is None:
            number = len(self._groups)
            self._groups.append([])
        self._groups[number].append((i, n))
        self.of[i, n] = number
        keys = _blocks(parts) if parts.given and parts.surname else ()
        for index, key in (*((self._blocks, key) for key in keys), (self._bearers, parts.surname)):
            if key and number not in index[key]:  # type: ignore[index]
                index[key].append(number)  # type: ignore[index]
        forms = self._names[i][n].forms if parts.given and parts.surname else ()
        nicknames = {parse_name(form.text).nickname for form in forms}
        initials = "".join(given[:1] for given in parts.given)
        for call in {*parts.given[:1], *nicknames, initials} - {""}:
            if parts.surname and len(call) > 1 and number not in self._called[call]:
                self._called[call].append(number)

    def _full(self, name: Name, parts: NameParts) -> int | None:
        """The entry that a full name belongs to: one it agrees with, and no other as well."""
        near = dict.fromkeys(number for key in _blocks(parts) for number in self._blocks.get(key, ()))
        fits = {}
        for number in near:
            likeness = {compare_names(parts, other) for other in self._parts(number) if other.given}
            if "misspelt" in likeness and self._roles_part(name, number):
                continue  # two offices, two people: Tom Harper the judge, Tom Harker the goalkeeper
            if "different" not in likeness:
                fits[number] = "misspelt" if "misspelt" in likeness else "same"
        same = [number for number, likeness in fits.items() if likeness == "same"]
        if len(parts.given[0]) == 1 and len(same) > 1:
            return None  # "J. Smith" could be John or Jane
        return same[0] if same else next(iter(fits), None)

    def _short(self, name: Name, parts: NameParts) -> int | None:
        """The entry that a surname or a given name alone belongs to, where only one can be meant."""
        if parts.surname:
            bearers = [n for n in self._bearers.get(parts.surname, ()) if self._gender_fits(name, n)]
            full = [n for n in bearers if any(p.given for p in self._parts(n))]
            lone = [n for n in bearers if n not in full]
            if len(full) > 1:
                full = [n for n in full if self._roles_meet(name, n)]
            if len(full) == 1:
                return full[0]
            if lone:
                return lone[0]
            if not bearers and not full:
                called = self._called.get(parts.surname, [])
                return called[0] if len(called) == 1 else None
            return None
        bearing = self._called.get("".join(parts.given), [])
        return bearing[0] if len(bearing) == 1 else None

    def _gender_fits(self, name: Name, number: int) -> bool:
        genders = {self._names[i][n].gender for i, n in self._groups[number]} - {None}
        return not name.gender or not genders or name.gender in genders

    def _roles_meet(self, name: Name, number: int) -> bool:
        """Whether a role of the name is one that the entry bears."""
        own, theirs = _role_nouns(name), self._nouns(number)
        return any(alike(role) & theirs for role in own)

    def _roles_part(self, name: Name, number: int) -> bool:
        """Whether both bear roles and none is the same."""
        return bool(_role_nouns(name) and self._nouns(number)) and not self._roles_meet(name, number)

    def _nouns(self, number: int) -> set[str]:
        return set().union(*(_role_nouns(self._names[i][n]) for i, n in self._groups[number]))

    def _join_bodies(self, bodies: Sequence[tuple[int, int, Name]]) -> None:
        by_key: dict[str, int] = {}
        letters: dict[str, list[str]] = defaultdict(list)
        begun: dict[str, list[str]] = defaultdict(list)
        for i, n, name in sorted(bodies, key=lambda body: -len(body[2].name)):
            key = body_key(name.name)
            number = by_key.get(key)
            if number is None and " " not in key and len(letters.get(key, ())) == 1:
                number = by_key[letters[key][0]]
            if number is None and key.count(" ") and len(begun.get(key, ())) == 1:
                number = by_key[begun[key][0]]  # "Quiet Skies" for "Quiet Skies Haddow"
            if number is None:
                number = len(self._groups)
                self._groups.append([])
                words = key.split()
                for stop in range(2, len(words)):
                    begun[" ".join(words[:stop])].append(key)
                for acronym in acronyms(name.name):
                    letters[acronym].append(key)
            by_key[key] = number
            self._groups[number].append((i, n))
            self.of[i, n] = number

    def by_role_elsewhere(self, article: int, resolution: Resolution) -> tuple[int, str] | None:
        """The person of this article whom another article calls what this one calls an unnamed speaker."""
        words = fold(resolution.description or "").split()
        if resolution.type != "unnamed" or not words or words[0] in {"a", "an", "one"}:
            return None
        head = noun_of(resolution.description or "")
        fits: dict[int, str] = {}
        for number in dict.fromkeys(self._in_article.get(article, ())) if head else ():
            for role, _ in self.all[number].roles if self.all[number].type == "person" else ():
                if noun_of(role) == head and set(words) - {"the", "this", "that"} <= set(fold(role).split()):
                    fits[number] = role
        return next(iter(fits.items())) if len(fits) == 1 else None


def _role_nouns(name: Name) -> set[str]:
    return {noun_of(role.text) for role in name.roles} - {""}


def _blocks(parts: NameParts) -> tuple[tuple[str, ...], ...]:
    """Keys under which a full name meets every other that could be the same, misspelt ones too."""
    given = parts.given[0]
    calls = {given[:1], *(root[:1] for root in nickname_roots(given)), *(g[:1] for g in parts.given[1:2])}
    if parts.nickname:
        calls.add(parts.nickname[:1])
    keys = [("surname", parts.surname, call) for call in sorted(calls)]
    if len(given) > 1:
        # two words one slip apart share a form with one letter left out
        shorter = {parts.surname[:i] + parts.surname[i + 1 :] for i in range(len(parts.surname))}
        keys += [("given", given, form) for form in sorted({parts.surname, *shorter})]
    return tuple(keys)
