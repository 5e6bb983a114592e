"""The verbs and nouns that report somebody's words, read from `data/cues.txt`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attribution.wordlists import read_lists

if TYPE_CHECKING:
    from spacy.tokens import Token


def _inflected(base: str) -> set[str]:
    """The regular forms of an English verb."""
    if base.endswith("e"):
        return {base, base + "s", base + "d", base[:-1] + "ing"}
    if base.endswith("y") and base[-2] not in "aeiou":
        return {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    plural = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return {base, plural, base + "ed", base + "ing"}


def _forms(entries: list[str], inflect: Callable[[str], set[str]]) -> frozenset[str]:
    """The regular forms of each entry's first word, and the irregular ones that it lists after it."""
    return frozenset(
        form for base, *irregular in map(str.split, entries) for form in (*inflect(base), *irregular)
    )


_LISTS = read_lists("cues.txt")
REPORTING = _forms(_LISTS["reporting verbs"], _inflected)  # "said": hardly ever anything else
CUE_VERBS = REPORTING | _forms(_LISTS["other verbs"], _inflected)  # "found": reporting at times
CUE_NOUNS = _forms(_LISTS["nouns"], lambda base: {base, base + "s"})
DENYING = _forms(_LISTS["denying verbs"], _inflected)  # "rejected": a claim after it is somebody else's
NAMING = _forms(_LISTS["naming verbs"], _inflected)  # "called": what follows may be a title
CLAIMS = _forms(_LISTS["claims"], lambda base: {base, base + "s"})  # "the claim that …"
PORTRAITS = _forms(_LISTS["portraits"], lambda base: {base, base + "s"})  # "the description of … as …"


def is_cue(token: Token) -> bool:
    """Whether the token is a verb that hardly ever does anything but report ("said", "fumed")."""
    return token.lower_ in REPORTING and token.pos_ not in {"NOUN", "ADJ", "PROPN", "DET"}
