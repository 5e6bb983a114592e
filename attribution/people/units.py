"""The words of a parsed article as names are read: hyphens joined, one line a word, no tokens kept."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from attribution.article import paragraphs
from attribution.people.names import fold, is_initials, table_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# NER labels of the pipeline shipped and of spaCy's own, with what they mean here.
LABELS = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "NORP": "people",
    "GPE": "place", "LOC": "place", "FAC": "place", "WORK_OF_ART": "work", "LAW": "work",
    "PRODUCT": "work", "EVENT": "event", "MISC": "event",
}  # fmt: skip
PRONOUNS: dict[str, str] = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "they": "several", "them": "several", "their": "several", "themselves": "several", "both": "several",
    "it": "thing", "its": "thing", "itself": "thing",
    "which": "relative", "that": "relative", "who": "relative", "whose": "relative",
    "i": "speaker", "we": "speaker", "me": "speaker", "my": "speaker", "us": "speaker", "you": "listener",
}  # fmt: skip
_BEFORE_CAPITAL = re.compile(r"['’‘]|(?:al|el|as|ash|an|ar|at|az|ad)[-‑]|[dl]['’]")
_JOINS = {"-", "–", "‑"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One word: its characters, tag (Penn), entity label, and where its sentence, line and token lie.

    `entity` is the number of the named entity that holds it (-1 outside any), `label` its type; `line`
    numbers paragraphs; `first` marks a sentence's first word.
    """

    start: int
    end: int
    text: str
    folded: str
    tag: str
    label: str
    entity: int
    sentence: int
    first: bool
    line: int
    token: int

    @property
    def capital(self) -> bool:
        """Whether it opens with a capital letter, be it behind an article: "al-Masri", "d’Arc"."""
        before = _BEFORE_CAPITAL.match(self.text)
        return self.text[0].isupper() or (before is not None and self.text[before.end() :][:1].isupper())

    @property
    def initials(self) -> bool:
        """Whether it is initials: "J.", "T.J."."""
        return self.capital and is_initials(self.text)

    @property
    def particle(self) -> bool:
        """Whether it may stand inside a surname: "de", "van"."""
        return self.folded in table_of("titles.json")["particles"]

    @property
    def word(self) -> bool:
        """Whether it has a letter."""
        return any(c.isalpha() for c in self.text)


@dataclass(frozen=True, eq=False)
class Units:
    """The words of one article in order, with the text they come from."""

    text: str
    all: tuple[Unit, ...]

    @cached_property
    def _in_order(self) -> list[int]:
        return [unit.start for unit in self.all]

    @cached_property
    def starts(self) -> dict[int, int]:
        """Number of the word that starts at a character."""
        return {unit.start: i for i, unit in enumerate(self.all)}

    def __getitem__(self, i: int) -> Unit:
        return self.all[i]

    def __len__(self) -> int:
        return len(self.all)

    def between(self, start: int, end: int) -> range:
        """Numbers of the words that lie in the characters `start` to `end`."""
        return range(bisect.bisect_left(self._in_order, start), bisect.bisect_left(self._in_order, end))

    def around(self, at: int) -> range:
        """The number of the word that holds the character `at`, as a range; an empty one where none does."""
        i = bisect.bisect_right(self._in_order, at) - 1
        return range(i, i + 1) if i >= 0 and self.all[i].end > at else range(0)


@lru_cache(maxsize=2)  # names and references of an article are read one after the other
def units_of(doc: Doc) -> Units:
    """The words of a parsed article; a hyphenated word is one word."""
    labels = {
        token.i: (number, LABELS.get(ent.label_, "")) for number, ent in enumerate(doc.ents) for token in ent
    }
    text = doc.text
    breaks = [start for start, _ in paragraphs(text)]
    units: list[Unit] = []
    sentence = line = 0
    first = True
    for token in doc:
        if token.is_sent_start:
            sentence, first = sentence + 1, True
        if token.is_space:
            continue
        while line < len(breaks) and breaks[line] <= token.idx:
            line, first = line + 1, True
        joins = bool(units) and units[-1].end == token.idx and _joins(units[-1].text, token.text)
        start = units.pop().start if joins else token.idx
        word = text[start : token.idx + len(token)]
        if not joins and len(word) > 2 and word[0] in "-–—" and word[1].isalpha():
            start, word = start + 1, word[1:]  # a signature's dash: "-Commissioner Geoffrey Starks"
        number, label = labels.get(token.i, (-1, ""))
        place = (number, sentence, first, line, token.i)
        units.append(Unit(start, start + len(word), word, fold(word), token.tag_, label, *place))
        first = first and not any(c.isalnum() for c in word)
    return Units(text, tuple(units))


SUBJECTS = {"nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer", "csubj", "agent", "obl:agent"}
POSSESSORS = {"nmod:poss", "poss"}


def stands_as(doc: Doc, units: Units, first: int, stop: int, *, climb: bool = True) -> tuple[bool, bool]:
    """Whether the words `first` up to `stop` stand as a subject, and whether they only modify another noun.

    With `climb` a name in apposition to the subject, or joined to it by "and", is a subject too.
    """
    after = units[stop] if stop < len(units) else None
    if after is not None and after.line == units[stop - 1].line:
        if after.tag == "POS" or after.text in {"'s", "’s"}:
            return False, True
        if after.tag in {"NN", "NNS"} and after.start - units[stop - 1].end == 1:
            return False, True
    if not doc.has_annotation("DEP"):
        return after is not None and after.tag in {"VBD", "VBZ", "VBP", "MD"}, False
    token: Token = doc[units[stop - 1].token]
    for _ in range(6):
        inside = units[first].start <= token.head.idx < units[stop - 1].end
        beside = climb and token.dep_ in {"flat", "flat:name", "appos", "conj"}
        if token.head is token or not (beside or inside):
            break
        token = token.head
    return token.dep_ in SUBJECTS, token.dep_ in POSSESSORS


def _joins(before: str, text: str) -> bool:
    """Whether the token belongs to the word before it: "Duarte", "-", "Peel"."""
    if text in _JOINS:
        return before[-1].isalnum()
    return len(before) > 1 and before[-1] in _JOINS and text[0].isalnum()
