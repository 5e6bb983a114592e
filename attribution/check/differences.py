"""What differs between a draft's words and the stretch of a source that they were laid against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from attribution.article import Span
from attribution.check.alignment import Step
from attribution.check.draft import QuotedWords
from attribution.check.places import Place
from attribution.check.words import between, mixed_script, spelling
from attribution.wordlists import read_lists

# Kinds of difference, the gravest first; those of TYPOGRAPHY leave the words as they were said.
GRAVEST = ("negation dropped", "negation added", "number changed", "look-alike letters")
TYPOGRAPHY = frozenset(
    {"typography", "punctuation", "case at the start", "hidden characters", "number style"}
)


_CLAUSE = 4  # of more words in a row it is not one of them that was changed


@dataclass(frozen=True)
class Difference:
    """Words of the draft and of the source that differ, and how; None on a side that has no words."""

    draft: Span | None
    source: Span | None
    kind: str

    def as_record(self) -> dict[str, str | None]:
        """`{"draft", "source", "kind"}`, as the public record has it."""
        texts = {"draft": self.draft, "source": self.source}
        return {side: span and span.text for side, span in texts.items()} | {"kind": self.kind}


def differences(quoted: QuotedWords, place: Place) -> list[Difference]:
    """Every difference, changed meaning first: negations, numbers, then the rest as they come."""
    found = [*_of_words(quoted, place), *_of_spelling(quoted, place), *_between(quoted, place)]
    rank = {kind: i for i, kind in enumerate(GRAVEST)}

    def order(difference: Difference) -> tuple[int, int]:
        at = difference.draft or difference.source
        graver = rank.get(difference.kind, len(GRAVEST) + (difference.kind in TYPOGRAPHY))
        return graver, at.start if at else 0

    return sorted(found, key=order)


def declared(quoted: QuotedWords, place: Place) -> set[int]:
    """The source words passed over where the draft declares a cut."""
    following: int | None = None
    passed = set()
    for i, j in reversed(place.alignment.steps):
        if i is not None:
            following = i
        elif j is not None and following in quoted.cuts:
            passed.add(j)
    return passed


def excused(quoted: QuotedWords, place: Place) -> set[int]:
    """The source words that the draft may well leave out: it declares that, or they attribute the quote."""
    skipped = (j for i, j in place.alignment.steps if i is None and j is not None)
    return declared(quoted, place) | {j for j in skipped if place.source.attributing[j]}


def _of_words(quoted: QuotedWords, place: Place) -> Iterator[Difference]:
    """Words changed, added and dropped, those in a row together."""
    free = excused(quoted, place)
    source, steps = place.source, place.alignment.steps

    def silent(step: Step) -> bool:
        i, j = step
        if i is None:
            return j not in free
        return j is None or quoted.words.keys[i] != source.words.keys[j]

    for differs, run in groupby(steps, key=silent):
        if not differs:
            continue
        run = list(run)
        ours = [i for i, _ in run if i is not None]
        theirs = [j for _, j in run if j is not None]
        draft = quoted.words.span(ours[0], ours[-1]) if ours else None
        said = source.words.span(theirs[0], theirs[-1]) if theirs else None
        keys = [quoted.words.keys[i] for i in ours], [source.words.keys[j] for j in theirs]
        yield Difference(draft, said, _kind(*keys))


def _kind(ours: list[str], theirs: list[str]) -> str:
    """How two runs of words differ.

    >>> _kind(["can"], ["can't"]), _kind(["40"], ["400"]), _kind(["lawful"], ["unlawful"]), _kind(["a"], [])
    ('negation dropped', 'number changed', 'negation dropped', 'added')
    """
    plain = "changed" if ours and theirs else "added" if ours else "dropped"
    if max(len(ours), len(theirs)) > (_CLAUSE if ours and theirs else _CLAUSE - 1):
        return plain
    negations = sum(map(is_negation, ours)), sum(map(is_negation, theirs))
    if len(ours) == len(theirs) == 1:
        negations = (
            negations[0] + (ours[0] in _negatives(theirs[0])),
            negations[1] + (theirs[0] in _negatives(ours[0])),
        )
    if negations[0] != negations[1]:
        return "negation added" if negations[0] > negations[1] else "negation dropped"
    numbers = [[key for key in keys if _is_number(key)] for keys in (ours, theirs)]
    if numbers[0] != numbers[1]:
        return "number changed"
    return plain


def is_negation(key: str) -> bool:
    """Whether a word turns a statement round."""
    return key in _list("negations") or key.endswith("n't")


def _negatives(key: str) -> set[str]:
    return {prefix + key for prefix in ("un", "in", "im", "il", "ir", "dis", "non")}


def _is_number(key: str) -> bool:
    return key[0].isdigit() or key in _list("numbers")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(read_lists("check.txt")[name])


def weight(key: str) -> float:
    """How much a word counts for two passages being alike: little ones a quarter."""
    return 0.25 if key in _list("little") else 1.0


def _of_spelling(quoted: QuotedWords, place: Place) -> Iterator[Difference]:
    """The same word written in another way."""
    words, source = quoted.words, place.source.words
    paired = [(i, j) for i, j in place.alignment.steps if i is not None and j is not None]
    shouted = any(
        all(word.isupper() for word in side if any(c.isalpha() for c in word))
        for side in ([quoted.word(i) for i, _ in paired], [source.word(j) for _, j in paired])
    )
    for i, j in paired:
        if words.keys[i] != source.keys[j]:
            continue
        how = spelling(quoted.word(i), source.word(j))
        if how is None or how == "case" and i in quoted.recased:
            continue
        if how == "case":
            opens = i == 0 or i in quoted.cuts or any(c in words.gap(i) + source.gap(j) for c in ".!?:;")
            how = "case at the start" if opens or shouted else "case"
        named = {"hidden": "hidden characters", "look-alike": "look-alike letters"}
        yield Difference(words.span(i, i), source.span(j, j), named.get(how, how))


def _between(quoted: QuotedWords, place: Place) -> Iterator[Difference]:
    """What differs in the characters between words, before the first and after the last."""
    words, source = quoted.words, place.source.words
    previous: Step = (None, None)
    for i, j in place.alignment.steps:
        a, b = previous
        previous = (i, j)
        if None in (i, j, a, b) or i in quoted.cuts:
            continue
        how = between(words.gap(i), source.gap(j))
        if how == "sign" and any(key[0].isdigit() for key in (words.keys[a], words.keys[i])):
            how = "number changed"
        if how:
            yield Difference(words.span(a, i), source.span(b, j), how)
    yield from _at_the_ends(quoted, place)


def _at_the_ends(quoted: QuotedWords, place: Place) -> Iterator[Difference]:
    """A currency or percent sign lost or found at an end, a question made of a statement or the reverse."""
    words, source = quoted.words, place.source.words
    steps = [(i, j) for i, j in place.alignment.steps if i is not None and j is not None]
    (i, j), (k, m) = steps[0], steps[-1]
    before = (
        words.text[max(0, words.starts[i] - 1) : words.starts[i]],
        source.text[max(0, source.starts[j] - 1) : source.starts[j]],
    )
    after = words.text[words.ends[k] : words.ends[k] + 1], source.text[source.ends[m] : source.ends[m] + 1]
    if i == 0 and _differ(before, "$€£¥₹₽-−", words.keys[i][0].isdigit()):
        yield Difference(words.span(i, i), source.span(j, j), "number changed")
    if k == len(words) - 1:
        if _differ(after, "%‰°", words.keys[k][0].isdigit()):
            yield Difference(words.span(k, k), source.span(m, m), "number changed")
        asked = after[0] == "?", after[1] == "?"
        if asked[0] != asked[1] and (asked[0] or after[0] in ".!"):
            yield Difference(words.span(k, k), source.span(m, m), "sign")


def _differ(signs: tuple[str, str], telling: str, number: bool) -> bool:
    shown = [sign if sign and sign in telling else "" for sign in signs]
    return number and shown[0] != shown[1]


def look_alikes(quoted: QuotedWords) -> list[str]:
    """The words of the quote in which letters of two scripts stand side by side."""
    return [quoted.word(i) for i in range(len(quoted.words)) if mixed_script(quoted.word(i))]
