"""What a stance is toward: a name with its aliases and what it is, or a claim."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from attribution.article import AttributionError
from attribution.wordlists import read_lists

_LONGEST_TARGET = 200  # characters
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Target:
    """What a stance is toward: an operation, a policy, a person, or a claim (see `is_claim`).

    `about` says in a few words what it is, which helps with a name that explains nothing;
    `aliases` are its other names.

    >>> Target("Operation Lantern", about="raids on harbour warehouses").name
    'Operation Lantern'
    """

    name: str
    about: str | None = None
    aliases: tuple[str, ...] = ()


def check_target(target: Target) -> None:
    """Raise `AttributionError` where nobody could take a stance toward `target`."""
    name = target.name
    shown = f"target {name[:40]!r}"
    remedy = "Name an operation, a policy, a person or a claim in a few words."
    if not name.strip():
        raise AttributionError(f"target: it is empty. {remedy}")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        raise AttributionError(f"{shown}: it holds control characters. {remedy}")
    if not any(character.isalnum() for character in name):
        raise AttributionError(f"{shown}: it holds no letter and no digit. {remedy}")
    if len(name) > _LONGEST_TARGET:
        raise AttributionError(f"{shown}: {len(name)} characters, more than {_LONGEST_TARGET}. {remedy}")


def names_in(text: str, names: tuple[str, ...]) -> str | None:
    """The first of `names` that stands in `text` as whole words, in any case.

    >>> names_in("The police came.", ("ICE", "the police"))
    'the police'
    """
    near = _spaced(text)
    return next((name for name in names if (bare := _spaced(name)).strip() and bare in near), None)


def _spaced(text: str) -> str:
    return " " + " ".join(re.findall(r"[^\W_]+", text.casefold())) + " "


@lru_cache(maxsize=4096)
def is_claim(name: str) -> bool:
    """Whether `name` is a claim, to be agreed with or not, and no name of something.

    It is one where it reads as a clause: words of a subject, then in the same clause a finite verb. Finite
    are small-letter auxiliaries ("is", "has", "should"), forms that can be nothing else ("makes", "went"),
    and, where an object follows, pasts and words in -s ("made the city", "harms our"). What stands after
    "that", "who", "to" and their like belongs to a name; right after "the" or "our" no verb stands. Where
    the form does not tell ("the benefits outweigh the risks"), a first word "that" makes it a claim.

    >>> [is_claim(n) for n in ("the surge made the city safer", "the law that was passed", "harbour raids")]
    [True, False, False]
    """
    clause, lists = claim_clause(name), _lists()
    words = _WORD.findall(clause.replace("’", "'"))
    if len(words) > 2 and name.split()[0].lower() == "that" and len(clause.split()) < len(name.split()):
        return True
    for at, word in enumerate(words):
        if word.lower() in lists["ends a name"]:
            return False
        if at == 0:
            continue
        before = words[at - 1].lower()
        after = words[at + 1].lower() if at + 1 < len(words) else None
        if before not in lists["determiners"] and _is_finite(word, after):
            return True
    return False


def _is_finite(word: str, after: str | None) -> bool:
    lists = _lists()
    if word in lists["auxiliaries"] or word in lists["finite verbs"]:
        return True
    if after is None:
        return word in lists["ends a claim"]
    past_or_present = word in lists["may take an object"] or (
        word.islower() and len(word) > 3 and word.endswith(("ed", "s"))
    )
    return past_or_present and after in lists["starts an object"]


def claim_clause(name: str) -> str:
    """A claim as it stands after "agrees that".

    >>> claim_clause("That the raids must end.")
    'the raids must end'
    """
    clause = re.sub(r"(?i)^that (?=\w+ \w)", "", " ".join(name.split()).strip(" .!?"))
    first = clause.split(" ", 1)[0]
    small = first.lower() in _lists()["determiners"] or first.lower() in _lists()["pronouns"]
    return clause[:1].lower() + clause[1:] if small else clause


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(entries) for name, entries in read_lists("stance.txt").items()}


def list_of(section: str) -> frozenset[str]:
    """The words of one section of `data/stance.txt`."""
    return _lists()[section]
