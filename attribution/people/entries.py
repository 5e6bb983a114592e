"""Names of many articles merged into entries, block by block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from attribution.people.named import ArticleNames, Name
from attribution.people.names import (
    Gender,
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
    """One person or body of the ledger, with what each article prints of it.

    `across` says why names of different articles were taken together or kept apart.
    """

    type: str
    members: tuple[tuple[str, Name], ...]
    across: tuple[str, ...] = ()

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
    def reasons(self) -> tuple[str, ...]:
        """Why the forms are one person or body, and what speaks against it, in plain sentences."""
        slips = (
            f"“{form}” is spelt almost like “{name.name}” in the same article."
            for _, name in self.members
            for form in name.misspellings
        )
        return tuple(dict.fromkeys((*slips, *self.across)))

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


@dataclass
class _Group:
    """An entry while it grows, with what names are compared by."""

    members: list[tuple[int, int]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    parts: dict[NameParts, None] = field(default_factory=dict)
    genders: set[Gender] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)

    @property
    def first(self) -> str:
        """The first name that was taken in."""
        return next(iter(self.names))

    def take(self, place: tuple[int, int], name: Name, reasons: Sequence[str]) -> None:
        """Take in the name at a place (article, number)."""
        self.members.append(place)
        self.names.setdefault(name.name)
        self.parts.setdefault(name.parts)
        self.genders |= {name.gender} - {None}  # type: ignore[operator]
        self.nouns |= _role_nouns(name)
        self.reasons += reasons


class Entries:
    """All entries, and for (article, number of its name) the number of the entry."""

    def __init__(self, articles: Sequence[tuple[str, ArticleNames]]) -> None:
        self._groups: list[_Group] = []
        self._names = [names.names for _, names in articles]
        self.of: dict[tuple[int, int], int] = {}
        self._blocks: dict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        self._bearers: dict[str, dict[int, None]] = defaultdict(dict)
        self._called: dict[str, dict[int, None]] = defaultdict(dict)
        every = [(i, n, name) for i, names in enumerate(self._names) for n, name in enumerate(names)]
        people = [(i, n, name, name.parts) for i, n, name in every if name.type == "person"]
        for i, n, name, parts in people:
            if parts.given and parts.surname:
                self._join(*self._full(name, parts), i, n, parts)
        for i, n, name, parts in people:
            if not (parts.given and parts.surname):
                self._join(*self._short(name, parts), i, n, parts)
        self._join_bodies([(i, n, name) for i, n, name in every if name.type != "person"])
        self.all = [
            Entry(
                type=self._names[group.members[0][0]][group.members[0][1]].type,
                members=tuple((articles[i][0], self._names[i][n]) for i, n in group.members),
                across=tuple(dict.fromkeys(group.reasons)),
            )
            for group in self._groups
        ]
        self._in_article: dict[int, list[int]] = defaultdict(list)
        for (i, _), number in self.of.items():
            self._in_article[i].append(number)

    def _join(self, number: int | None, reasons: Sequence[str], i: int, n: int, parts: NameParts) -> None:
        if number is None:
            number = len(self._groups)
            self._groups.append(_Group())
        self._groups[number].take((i, n), self._names[i][n], reasons)
        self.of[i, n] = number
        if parts.surname:
            self._bearers[parts.surname].setdefault(number)
        if not (parts.given and parts.surname):
            return
        for key in _blocks(parts):
            self._blocks[key].setdefault(number)
        nicknames = {parse_name(form.text).nickname for form in self._names[i][n].forms}
        initials = "".join(given[:1] for given in parts.given)
        for call in {parts.given[0], *nicknames, initials}:
            if len(call) > 1:
                self._called[call].setdefault(number)

    def _full(self, name: Name, parts: NameParts) -> tuple[int | None, list[str]]:
        """The entry that a full name belongs to (it agrees with one, and no other as well), and why."""
        near = dict.fromkeys(number for key in _blocks(parts) for number in self._blocks.get(key, ()))
        fits, against = {}, []
        for number in near:
            likeness = {compare_names(parts, other) for other in self._groups[number].parts if other.given}
            if "misspelt" in likeness and self._roles_part(name, number):
                # two offices, two people: Tom Harper the judge, Tom Harker the goalkeeper
                against.append(
                    f"{self._almost(name, number)}, but no role of theirs is the same: kept apart."
                )
            elif "different" not in likeness:
                fits[number] = "misspelt" if "misspelt" in likeness else "same"
        same = [number for number, likeness in fits.items() if likeness == "same"]
        if len(parts.given[0]) == 1 and len(same) > 1:
            return None, [*against, self._could_be(name, same)]  # "J. Smith" could be John or Jane
        number = same[0] if same else next(iter(fits), None)
        if number is None or name.name in self._groups[number].names:
            return number, against
        if fits[number] == "same":
            why = (
                f"“{name.name}” agrees with “{self._groups[number].first}”: one surname, no other given name."
            )
            return number, [*against, why]
        met = " and has the same role" if self._roles_meet(name, number) else "; no role speaks against it"
        return number, [*against, f"{self._almost(name, number)}{met}."]

    def _short(self, name: Name, parts: NameParts) -> tuple[int | None, list[str]]:
        """The entry that a surname or a given name alone belongs to, where only one can be meant, and why."""
        called = list(self._called.get(parts.surname or "".join(parts.given), ()))
        only = f"“{name.name}” alone: nobody else in the articles is called so."
        if not parts.surname:
            return (called[0], [only]) if len(called) == 1 else (None, [])
        bearers = [n for n in self._bearers.get(parts.surname, ()) if self._gender_fits(name, n)]
        full = [n for n in bearers if any(p.given for p in self._groups[n].parts)]
        lone = [n for n in bearers if n not in full]
        if len(full) > 1:
            agreeing = [n for n in full if self._roles_meet(name, n)]
            if len(agreeing) == 1:
                why = f"“{name.name}” alone: of those with the surname only this one has the same role."
                return agreeing[0], [why]
            return (lone[0] if lone else None), [self._could_be(name, full)]
        if full:
            return full[0], [only]
        if lone:
            return lone[0], []
        return (called[0], [only]) if not bearers and len(called) == 1 else (None, [])

    def _almost(self, name: Name, number: int) -> str:
        return f"“{name.name}” is spelt almost like “{self._groups[number].first}”"

    def _could_be(self, name: Name, numbers: Sequence[int]) -> str:
        rivals = " or ".join(f"“{self._groups[number].first}”" for number in numbers[:3])
        return f"“{name.name}” could be {rivals}: kept apart, as nothing tells which."

    def _gender_fits(self, name: Name, number: int) -> bool:
        genders = self._groups[number].genders
        return not name.gender or not genders or name.gender in genders

    def _roles_meet(self, name: Name, number: int) -> bool:
        """Whether a role of the name is one that the entry bears."""
        return any(alike(role) & self._groups[number].nouns for role in _role_nouns(name))

    def _roles_part(self, name: Name, number: int) -> bool:
        """Whether both bear roles and none is the same."""
        return bool(_role_nouns(name) and self._groups[number].nouns) and not self._roles_meet(name, number)

    def _join_bodies(self, bodies: Sequence[tuple[int, int, Name]]) -> None:
        by_key: dict[str, int] = {}
        letters: dict[str, list[str]] = defaultdict(list)
        parts: dict[str, list[str]] = defaultdict(list)
        for i, n, name in sorted(bodies, key=lambda body: -len(body[2].name)):
            key, why = body_key(name.name), []
            if key not in by_key:
                single = " " not in key
                full = letters.get(key, ()) if single else parts.get(key, ())
                if len(full) == 1:
                    by_key[key] = by_key[full[0]]
                    told = "are the initials" if single else "is a part of the name"
                    why = [f"“{name.name}” {told} of “{self._groups[by_key[key]].first}”."]
                else:
                    by_key[key] = len(self._groups)
                    self._groups.append(_Group())
                    for short in _shortened(key, name.type):
                        parts[short].append(key)
                    for acronym in acronyms(name.name):
                        letters[acronym].append(key)
            number = by_key[key]
            self._groups[number].take((i, n), name, why)
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


def _shortened(key: str, type: str) -> list[str]:
    """What a long name may be cut to: "quiet skies" of "quiet skies haddow", a document's its last words."""
    words = key.split()
    begun = [" ".join(words[:stop]) for stop in range(2, len(words))]
    return begun + (
        [" ".join(words[start:]) for start in range(1, len(words) - 1)] if type == "document" else []
    )


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
