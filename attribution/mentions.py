"""The mentions of an article that may be a speaker: names, pronouns and noun phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from attribution.cues import CUE_NOUNS, CUE_VERBS
from attribution.people.names import is_role, words_of

# Dependency labels of Universal Dependencies and of the ClearNLP scheme (en_core_web_*).
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "expl"})
POSSESSIVES = frozenset({"nmod:poss", "poss"})
_LEFT = frozenset(
    {
        "det",
        "amod",
        "compound",
        "flat",
        "nummod",
        "nmod:poss",
        "poss",
        "nmod",
        "nmod:desc",
        "case",
        "det:predet",
        "goeswith",
        "punct",
    }
)
_RIGHT = frozenset({"flat", "flat:name", "compound", "goeswith"})
_PRONOUNS = frozenset(
    "he she they it i we who which that you her him them me us "
    "one ones others some many several another".split()
)
_OWNERS = frozenset({"his", "her", "their"})
_TAKEN_UP = frozenset("it that them him her how".split())
_ROLES = frozenset(
    {
        "obl",
        "obl:agent",
        "agent",
        "pobj",
        "obj",
        "dobj",
        "appos",
        "conj",
        "ROOT",
        "root",
        "nmod",
        "parataxis",
        "dep",
        "vocative",
        "npadvmod",
        "obl:npmod",
        "obl:unmarked",
        "attr",
        "list",
        "dislocated",
        "iobj",
        "dative",
    }
    | SUBJECTS
    | POSSESSIVES
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that may be a speaker: tokens `first` to `last` (included) around the token `head`."""

    head: int
    first: int
    last: int
    start: int
    end: int
    kind: str  # the entity label, "PRON" or "NOUN"


def find_mentions(doc: Doc, quoted: Sequence[bool]) -> list[Mention]:
    """The mentions of `doc`, in order. `quoted[i]` tells which tokens stand inside quotation marks.

    A phrase never runs over the edge of a quotation.
    """
    mentions: list[Mention] = []
    taken = -1
    surnames = {ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1}
    for token in doc:
        if token.i > taken and token.text in surnames and _misread(token):
            mentions.append(Mention(token.i, token.i, token.i, token.idx, token.idx + len(token), "NAME"))
            taken = token.i
        if token.i <= taken or not _may_head(token):
            continue
        first, last = _bounds(token, quoted)
        last = _before_verb(doc, first, last, quoted)
        if mentions and mentions[-1].last >= first and not _possessor(doc, mentions[-1], first):
            if mentions[-1].kind in {"PERSON", "ORG"} and token.ent_type_ == "":
                continue
            first = max(first, mentions[-1].last + 1)
            if first > min(token.i, last):
                continue
        if mentions and _apposition(doc, mentions[-1], first, token):
            continue
        if mentions and _role_before(doc, mentions[-1], first, token):
            first = mentions.pop().first
        word = doc[first].text  # "-Commissioner": no space, or a no-break one, parts it from the name
        start = doc[first].idx + len(word) - len(word.lstrip("-–—―\u00a0\u202f"))
        end = doc[last].idx + len(doc[last])
        mentions.append(Mention(doc[first : last + 1].root.i, first, last, start, end, _kind(token)))
        taken = last
    return mentions


def _misread(token: Token) -> bool:
    """Whether a surname was read as another word though it stands as a name: "Redding, …, said"."""
    if token.pos_ == "PROPN" or token.ent_type_ or token.i + 1 == len(token.doc):
        return False
    after = token.nbor()
    return after.text in {",", "'s", "’s"} or after.lower_ in CUE_VERBS


def _role_before(doc: Doc, mention: Mention, first: int, token: Token) -> bool:
    """Whether the mention is the role right before a name: "harbour master Finn Olsen"."""
    named = token.ent_type_ == "PERSON" or token.pos_ == "PROPN" and not token.ent_type_
    return named and mention.kind == "NOUN" and mention.last == first - 1 and is_role(doc[mention.last].text)


def _possessor(doc: Doc, mention: Mention, first: int) -> bool:
    """Whether the mention only says whose the phrase is that starts with it: "the workers' union"."""
    return mention.first >= first and doc[mention.last + 1].lower_ in {"'s", "’s", "'", "’"}


def _apposition(doc: Doc, name: Mention, first: int, token: Token) -> bool:
    """Whether the phrase only says who the name before its comma is: "Jane Roe, a lawyer, said"."""
    if name.kind in {"NOUN", "PRON"} or first != name.last + 2 or doc[first - 1].text != ",":
        return False
    if name.first and doc[name.first - 1].tag_ == "IN" and token.dep_ in SUBJECTS:
        return False  # "In Paris, the ministry said"
    described = doc[first].lower_ in {"a", "an", "the", "his", "her", "their", "its"}
    return described or token.dep_ == "appos" and token.pos_ == "NOUN"


def _kind(token: Token) -> str:
    if token.pos_ == "PRON" or token.lower_ in {"he", "she"}:
        return "PRON"
    return token.ent_type_ or ("NAME" if token.pos_ == "PROPN" else "NOUN")


def _owns_words(token: Token) -> bool:
    """Whether it is the owner of something said: "her remark", but not "her deputy"."""
    owned = token.dep_ in POSSESSIVES and token.lower_ in _OWNERS
    return owned and token.head.lower_ in CUE_NOUNS


def _may_head(token: Token) -> bool:
    if token.pos_ == "PRON" or token.lower_ in {"he", "she", "they"}:
        owning = token.dep_ in POSSESSIVES and token.lower_ in _OWNERS  # "her deputy" is one phrase
        return _owns_words(token) if owning else token.lower_ in _PRONOUNS
    if token.ent_type_ and token.ent_iob_ == "B" and token.ent_type_ in {"PERSON", "ORG"}:
        return True
    if token.pos_ == "PROPN":
        inside = (
            token.dep_ in {"compound", "flat", "flat:name", "amod", "nmod:desc"}
            and token.head.lower_ not in CUE_VERBS
        )
        return token.ent_type_ not in {"DATE", "TIME", "CARDINAL"} and not inside
    if token.pos_ == "NOUN" and token.dep_ == "compound" and token.head.lower_ in CUE_VERBS:
        verb = token.head  # "a [banner] reading “…”", "“…,” an [officer] shouts"
        misread = verb.text.endswith("ing") or (verb.text.endswith("s") and verb.dep_ not in _ROLES)
        return verb.i == token.i + 1 and misread
    if token.pos_ in {"NOUN", "ADJ", "NUM", "DET"}:
        return token.dep_ in (_ROLES if token.pos_ == "NOUN" else SUBJECTS)
    return False


def _bounds(token: Token, quoted: Sequence[bool]) -> tuple[int, int]:
    """First and last token of the phrase around its head: the name, its titles, its determiner."""
    doc = token.doc
    first = last = token.i
    if token.ent_type_:
        while first and doc[first].ent_iob_ == "I":
            first -= 1
        while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
            last += 1
    head = doc[first : last + 1].root if last > first else token
    if head.dep_ in {"flat", "flat:name", "compound", "appos"} and first <= head.head.i <= last:
        head = head.head
    if head.pos_ != "PRON":
        for child in head.lefts:
            if (
                child.i < first
                and child.dep_ in _LEFT
                and child.lower_ not in {"'s", "’s"}
                and not child.is_space
            ):
                first = min(first, child.left_edge.i) if child.dep_ not in {"punct", "case"} else first
        before = doc[first - 1] if first else None
        if before is not None and before.dep_ == "det" and before.head in {token.head, head}:
            first -= 1
        for child in head.rights:
            if child.dep_ in _RIGHT and child.i == last + 1:
                last = child.i
    edge = token.i
    while (
        edge > first
        and quoted[edge - 1] == quoted[token.i]
        and doc[edge - 1].text not in {'"', "“", "”", ":"}
        and not _breaks(doc[edge - 1])
    ):
        edge -= 1
    first = max(first, edge)
    while last > token.i and (
        any(quoted[i] != quoted[token.i] for i in range(token.i, last + 1)) or _breaks(doc[last])
    ):
        last -= 1
    return first, last


def _before_verb(doc: Doc, first: int, last: int, quoted: Sequence[bool]) -> int:
    """The last token but for a verb that was read as a noun: "a sign [reading] “…”", "the plan [states]"."""
    verb, after = doc[last], doc[last + 1] if last + 1 < len(doc) else None
    if last == first or verb.lower_ not in CUE_VERBS or not verb.text.islower() or verb.ent_type_:
        return last
    written = doc[last - 1].lower_ in words_of("documents.txt")
    if verb.text.endswith("ing"):
        return last - 1 if written and after is not None and quoted[after.i] else last
    if verb.text[-1] != "s" or not (written or doc[last - 1].pos_ in {"NOUN", "PROPN"}):
        return last
    told = after is not None and (quoted[after.i] or after.lower_ in _TAKEN_UP)
    told = told or not _has_verb(verb.sent, quoted)
    behind = first > 0 and quoted[first - 1] and (after is None or after.is_punct)
    return last - 1 if told or behind else last


def _has_verb(sentence: Span, quoted: Sequence[bool]) -> bool:
    """Whether a finite verb stands in the narration of a sentence."""
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and not quoted[t.i] for t in sentence)


def _breaks(token: Token) -> bool:
    return token.is_space and "\n" in token.text or token.text in {",", ";"}
