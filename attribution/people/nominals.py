"""A noun phrase that speaks ("the Florida senator", "a homeless man"), taken apart by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from attribution.people.names import Gender, fold, role_gender, singulars, table_of, words_of
from attribution.people.units import Unit, Units

_DEFINITE = {
    "the",
    "this",
    "that",
    "these",
    "those",
    "its",
    "his",
    "her",
    "their",
    "our",
    "my",
    "your",
    "whose",
}
_CUTS = {
    "of",
    "for",
    "at",
    "in",
    "on",
    "from",
    "with",
    "by",
    "to",
    "near",
    "who",
    "which",
    "that",
    "whose",
    ",",
    "(",
    "—",
    "–",
}
_IN_NAMES = {"of", "the", "for", "and", "&", "on"}
_GROUPS = {
    "family", "couple", "pair", "public", "crowd", "duo", "trio", "band", "staff", "crew", "audience",
    "people", "relatives", "survivors", "delegation",
}  # fmt: skip
_HIGH_TAGS = ("VBN", "VBG", "VBD", "VBZ", "VBP", "MD")
# What is in its owner's words: "Ann Roe's description of it".
_WORDING = frozenset(
    "description remark remarks comment comments claim claims assertion insistence warning warnings words "
    "phrase statement question answer reply plea promise vow pledge complaint admission".split()
)
_WRITTEN = frozenset("letter post tweet email e-mail book column article memoir testimony".split())
SPOKESMEN = {"spokesman", "spokeswoman", "spokesperson", "forecaster"}


@dataclass(frozen=True)
class Nominal:
    """A noun phrase: its head noun and the other words (folded), and what it can stand for.

    `kind` is "person", "organisation", "document", "group" or "other"; `stop` is the number of the
    word after the head; `owner` that of the last word before a possessive mark, -1 without one; `own`
    says that it is the narrator's: "my father".
    """

    head: str
    words: frozenset[str]
    definite: bool
    plural: bool
    kind: str
    stop: int
    owner: int = -1
    own: bool = False

    @property
    def gender(self) -> Gender | None:
        """The gender that the noun gives: "mother", "spokesman"."""
        if told := role_gender(self.head):
            return told
        genders = {role_gender(word) for word in self.words} - {None}
        return genders.pop() if len(genders) == 1 else None


def read_nominal(units: Units, first: int, stop: int) -> Nominal:
    """Take the phrase of the words `first` up to `stop` apart."""
    while first < stop and not units[first].word and not units[first].text[0].isdigit():
        first += 1
    cut = stop
    if not _owned_by_body(units, first, stop):
        cut = next((i for i in range(first, stop) if _cuts(units, first, i)), stop)
    nouns = [i for i in range(first, cut) if _noun(units[i])]
    head_at = nouns[-1] if nouns else max(first, cut - 1)
    head, plural = _singular(units[head_at]) if first < stop else ("", False)
    owner = max((i - 1 for i in range(first + 1, cut) if units[i].tag == "POS" and i < head_at), default=-1)
    opening = units[first].folded if first < stop else ""
    words = {form for i in range(first, stop) if i != head_at for form in singulars(units[i].folded)}
    kind = _kind(head, units[head_at].folded if first < stop else "")
    # a headline drops the article: "Lawyer slams …"
    bare = kind == "person" and not plural and units[first].tag not in {"DT", "CD"} and owner < 0
    bare = bare and opening not in {"a", "an", "one", "another", "some", "no"}
    return Nominal(
        head=head,
        words=frozenset(words - _DEFINITE - {"a", "an"}),
        definite=opening in _DEFINITE or (owner >= 0 and opening not in {"a", "an", "one"}) or bare,
        plural=plural,
        kind=kind,
        stop=head_at + 1,
        owner=owner,
        own=opening in {"my", "our"},
    )


def without_wording(units: Units, first: int, stop: int) -> int:
    """The end of the owner in "the mayor[’s claim]", "whose [letter]": who says what is claimed there.

    That is `stop` itself where the words `first` up to `stop` have no such owner.
    """
    if units[first].folded == "whose" and stop == first + 2:
        return first + 1 if units[first + 1].folded in _WORDING | _WRITTEN else stop
    for i in range(first + 1, stop - 1):
        if units[i].tag == "IN":
            break
        if (units[i].tag == "POS" or units[i].text in {"'s", "’s"}) and units[i + 1].folded in _WORDING:
            return i
    return stop


def _owned_by_body(units: Units, first: int, stop: int) -> bool:
    """Whether the last word is a role and a name all that is before it: "a Department of Trade official"."""
    if stop - first < 3 or units[stop - 1].capital or not units[stop - 2].capital:
        return False
    role = any(form in words_of("roles.txt") for form in singulars(units[stop - 1].folded))
    return role and all(units[i].capital or units[i].folded in _IN_NAMES for i in range(first + 1, stop - 1))


def _cuts(units: Units, first: int, i: int) -> bool:
    """Whether what follows word `i` only describes the noun before it."""
    unit = units[i]
    if i == first:
        return False
    if unit.folded in _CUTS or unit.tag == "IN":
        return True
    return unit.tag in _HIGH_TAGS and any(_noun(units[k]) for k in range(first, i)) and unit.tag != "POS"


def _noun(unit: Unit) -> bool:
    return unit.tag.startswith("NN") or (
        unit.word and any(form in _known_nouns() for form in singulars(unit.folded))
    )


@cache
def _known_nouns() -> frozenset[str]:
    lists = (words_of(file) for file in ("roles.txt", "bodies.txt", "documents.txt"))
    return frozenset(word for words in lists for word in words)


def _singular(unit: Unit) -> tuple[str, bool]:
    """The noun in the singular, and whether it was a plural."""
    known = _known_nouns()
    if (written := table_of("titles.json")["abbreviations"].get(unit.folded.rstrip("."))) and unit.capital:
        return str(written), False
    for form in singulars(unit.folded):
        if form in known:
            return form, form != unit.folded
    return unit.folded, unit.tag in {"NNS", "NNPS"}


def _kind(head: str, printed: str) -> str:
    if printed in _GROUPS:
        return "group"
    for file, kind in (
        ("roles.txt", "person"),
        ("documents.txt", "document"),
        ("bodies.txt", "organisation"),
    ):
        if head in words_of(file):
            return kind
    return "other"


@cache
def alike(word: str) -> frozenset[str]:
    """The word and those that name the same role or body in the news.

    >>> "attorney" in alike("lawyer")
    True
    """
    return frozenset({word}.union(*(group for group in _synonyms() if word in group)))


@cache
def _synonyms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset({first, *rest.split()}) for first, rest in words_of("synonyms.txt").items())


def description_of(text: str) -> str:
    """The words that an unnamed speaker is described by, without stray commas and the article's capital.

    >>> description_of("A Trump confidant,")
    'a Trump confidant'
    """
    words = re.sub(r"(?i)^according to ", "", " ".join(text.split()).strip(" ,;:.—–-"))
    first, _, rest = words.partition(" ")
    if fold(first) in _DEFINITE | {"a", "an", "one", "some", "several", "many", "two", "three", "another"}:
        return f"{first.lower()} {rest}".strip()
    return words
