"""Targets that articles offer: the operations, laws and policies that they name most often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from attribution.stance.targets import Target, list_of

_LEAST = 2  # mentions of a policy in small letters: once is in passing
_NAME = r"[A-Z][\w’'-]*"
# A name ends before its possessive mark: "Operation Clear Quay's cost".
_POSSESSIVE = re.compile(r"['’]s?$")
_OPERATION = re.compile(rf"\bOperation(?: {_NAME}){{1,4}}")
_NUMBERED = re.compile(
    r"\b(?:Proposition|Prop\.|Measure|Executive Order|Senate Bill|House Bill) [A-Z\d][\w-]*"
)


def suggested_targets(texts: Sequence[str], most: int = 8) -> list[Target]:
    """Up to `most` targets that the articles' `texts` discuss, the named before the described.

    Named are operations ("Operation Clear Quay") and what is capitalised and ends in a word for a policy
    ("the Harbour Safety Act", "the Common Roof programme", "Proposition 12"); described are policies in
    small letters ("the travel ban", "the Medicaid expansion") that are mentioned at least twice. Within
    each, what more articles speak of comes first, then what is mentioned more often. The aliases are other
    names that the texts use.

    >>> suggested_targets(["Operation Clear Quay began. The mayor praised the sweep, and Clear Quay."])
    [Target(name='Operation Clear Quay', about=None, aliases=('Clear Quay',))]
    """
    named, described = _Tally(), _Tally()
    for text in texts:
        named.add(_named(text))
        described.add(_described(text))
    names = _merged(named.ranked())
    found = [
        Target(name, aliases=(*others, *_aliases(name, others, texts))) for name, others in names.items()
    ]
    taken = {alias.casefold() for target in found for alias in (target.name, *target.aliases)}
    found += [
        Target(name)
        for name in described.ranked()
        if described.mentions[name] >= _LEAST and name.casefold() not in taken
    ]
    return found[:most]


class _Tally:
    """In how many articles a name stands, and how often."""

    def __init__(self) -> None:
        self.articles: Counter[str] = Counter()
        self.mentions: Counter[str] = Counter()

    def add(self, names: Iterator[str]) -> None:
        """Count the names of one article."""
        here = Counter(names)
        self.mentions.update(here)
        self.articles.update(here.keys())

    def ranked(self) -> list[str]:
        """The names, in most articles first."""
        return sorted(self.mentions, key=lambda name: (-self.articles[name], -self.mentions[name], name))


def _named(text: str) -> Iterator[str]:
    for match in _OPERATION.finditer(text):
        yield _POSSESSIVE.sub("", match[0])
    yield from (match[0] for match in _NUMBERED.finditer(text))
    for match in _policy_names().finditer(text):
        words = _POSSESSIVE.sub("", match[0]).split()
        owners = [at for at, word in enumerate(words) if word.endswith(("’s", "'s", "’", "'"))]
        words = words[owners[-1] + 1 :] if owners else words  # "the mayor's Clean Streets Plan"
        while words and words[0].lower() in list_of("weak words"):
            del words[0]
        if len(words) > 1 and list_of("institutions").isdisjoint(words):
            yield f"the {' '.join(words)}"


@cache
def _policy_names() -> re.Pattern[str]:
    large, small = (
        "|".join(sorted(list_of(section), key=len, reverse=True))
        for section in ("heads of policies", "policies in small letters")
    )
    # "the Plan Commission" and "a Deal Breaker" go on: no policy ends there.
    return re.compile(
        rf"\b{_NAME}(?: (?:{_NAME}|of|and|for|on|to|the|in)){{0,5}} (?:{large})\b(?! [A-Z])(?: of \d{{4}})?"
        rf"|\b{_NAME}(?: {_NAME}){{1,3}} (?:{small})\b"
    )


def _described(text: str) -> Iterator[str]:
    for match in _small_policies().finditer(text):
        words = [word for word in match[1].split() if word not in list_of("weak words")]
        if words and list_of("determiners").isdisjoint(words) and not _POSSESSIVE.search(words[-1]):
            yield f"the {' '.join(words)} {match[2]}"


@cache
def _small_policies() -> re.Pattern[str]:
    heads = "|".join(sorted(list_of("policies in small letters"), key=len, reverse=True))
    return re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Tt]his) ((?:[\w’'-]+ ){{1,2}})({heads})\b")


def _merged(ranked: Sequence[str]) -> dict[str, list[str]]:
    """Every name with its longer and shorter forms: "the Obama Clean Power Plan" is the Clean Power Plan."""
    names: dict[str, list[str]] = {}
    for name in ranked:
        bare = name.removeprefix("the ")
        same = next(
            (known for known in names if f" {known}".endswith(f" {bare}") or f" {bare}".endswith(
                f" {known.removeprefix('the ')}")),
            None,
        )  # fmt: skip
        if same is None:
            names[name] = []
        else:
            names[same].append(name)
    return names


def _aliases(name: str, known: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Short forms of `name` that the texts use: without "Operation", its last word, its letters."""
    words = name.split()
    letters = re.compile(rf"{re.escape(name.removeprefix('the '))} \(([A-Z]{{2,6}})\)")
    forms = [match[1] for text in texts if (match := letters.search(text))]
    if words[0] == "Operation":
        bare = " ".join(words[1:])
        if any(re.search(rf"(?<!Operation ){re.escape(bare)}", text) for text in texts):
            forms.append(bare)
        short = f"the {words[-1].lower()}"
        if any(re.search(rf"\b{re.escape(short)}\b", text) for text in texts):
            forms.append(short)
    return [form for form in dict.fromkeys(forms) if form not in known]
