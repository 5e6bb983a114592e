"""A name or a pronoun that speaks, and whom it stands for, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from attribution.people.named import Name
from attribution.people.names import fold, is_known_given, is_role, is_title
from attribution.people.nominals import description_of
from attribution.people.roles import plain_role
from attribution.people.scene import Candidate, Scene
from attribution.people.units import PRONOUNS


@dataclass(frozen=True)
class Resolution:
    """Who one mention stands for in its article.

    `names` numbers the entries of `ArticleNames.names` (several for joint speakers, none for an unnamed
    speaker); `label` is a name made of the text's own words for what is no such entry ("Government
    Accountability Office report"). `description` is what the text calls an unnamed speaker.
    `confidence` (0...1) and `evidence` tell how sure it is and why, `alternatives` number the
    runners-up with theirs.
    """

    type: str
    evidence: str
    confidence: float
    names: tuple[int, ...] = ()
    label: str | None = None
    description: str | None = None
    role: str | None = None
    alternatives: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Reading:
    """A resolution, and the number of the entity that it puts on the scene (-1 for nobody)."""

    resolution: Resolution
    entity: int = -1


_TYPES = {
    "person": "person",
    "organisation": "organisation",
    "place": "organisation",
    "people": "group",
    "document": "document",
}


_PAST = re.compile(r"(?i)(?:former|onetime|one-time|ex-|then-|late)\b")


def best_role(name: Name) -> str | None:
    """The role to show for a person: the most telling of those that the article gives."""
    roles = [plain_role(role) for role in name.roles]
    short = [role for role in roles if len(role.split()) <= 8] or roles
    return max(short, key=lambda role: (not _PAST.match(role), min(len(role.split()), 4)), default=None)


def stands_for(
    scene: Scene, number: int, evidence: str, confidence: float, runners: tuple[tuple[int, float], ...] = ()
) -> Reading:
    """The reading that a mention is entry `number` of the article's names."""
    name = scene.names.names[number]
    resolution = Resolution(
        type=_TYPES.get(name.type, "organisation"),
        evidence=evidence,
        confidence=confidence,
        names=(number,),
        role=best_role(name),
        alternatives=runners,
    )
    return Reading(resolution, number)


def nobody(text: str, type: str = "unnamed", why: str | None = None, confidence: float = 0.8) -> Resolution:
    """The reading that the text names nobody, only describes: `text` as printed."""
    words = description_of(text)
    return Resolution(
        type, why or f"The article gives no name, only “{words}”.", confidence, description=words or None
    )


# Names


def speaking_names(scene: Scene, first: int, stop: int) -> list[int]:
    """The names in the phrase that stand for the speaker, not for an owner or a place beside him."""
    units, begin, end = scene.units, scene.units[first].start, scene.units[stop - 1].end
    inside = list(scene.names.mentions_within(begin, end))
    # a mention may leave out the title that the name's form has: "Mr. [Homan]"
    inside = inside or [(max(s, begin), min(e, end), n) for s, e, n in scene.names.mentions if s <= begin < e]
    speaking: list[tuple[int, int, int]] = []
    for s, e, number in inside:
        if _modifies(scene, e, end) or not _leads(scene, first, s, bool(speaking)):
            continue
        speaking.append((s, e, number))
    if not speaking:
        return []
    joint = speaking[:1]
    for one, other in pairwise(speaking):
        between = units.text[one[1] : other[0]].strip()
        if (
            one in joint
            and between in {"and", "&", ","}
            and scene.names.names[other[2]].type == scene.names.names[one[2]].type
        ):
            joint.append(other)
    return list(dict.fromkeys(number for _, _, number in joint))


def _modifies(scene: Scene, after: int, end: int) -> bool:
    """Whether the name that ends at character `after` only owns or specifies the noun behind it."""
    i = scene.unit_at(after)
    unit = scene.units[i]
    beside = scene.names.mentions_within(after + 1, min(after + 80, end))
    if any(s == after + 1 and scene.names.names[n].type == "person" for s, _, n in beside):
        return True  # "Harbour Office Director Ann Roe"
    if unit.start >= end or unit.start < after:
        return False
    if unit.tag == "POS" or unit.text in {"'s", "’s", "'", "’"}:
        return i + 1 < len(scene.units) and scene.units[i + 1].start < end
    noun = unit.tag in {"NN", "NNS", "JJ"} or is_role(unit.text)
    return unit.start - after <= 1 and unit.word and noun and not unit.capital


def _leads(scene: Scene, first: int, start: int, already: bool) -> bool:
    """Whether the name at character `start` stands where the phrase's head or its apposition stands."""
    i = scene.unit_at(start)
    for k in range(i - 1, first - 1, -1):
        unit = scene.units[k]
        if unit.folded in {"and", "&"}:
            return already or _leads(scene, first, unit.start, already)
        if unit.text in {",", "—", "–", "(", "“", '"'}:
            return not already
        if unit.folded == "of" and k > first and is_title(scene.units[k - 1].text) and k + 1 < i:
            continue  # "Secretary of State John F. Kerry"
        if unit.tag in {"IN", "TO", "WP", "WDT", "VBZ", "VBP", "MD"} or unit.folded in {
            "of",
            "for",
            "to",
            "who",
        }:
            return False
    return True


def read_name(scene: Scene, first: int, stop: int, numbers: list[int]) -> Reading:
    """The reading of words that print the names `numbers`."""
    if len(numbers) > 1:
        names = [scene.names.names[n].name for n in numbers]
        resolution = Resolution("group", f"{' and '.join(names)} are named together.", 0.95, tuple(numbers))
        return Reading(resolution, scene.couple(tuple(numbers)))
    number = numbers[0]
    name = scene.names.names[number]
    printed = " ".join(scene.units.text[scene.units[first].start : scene.units[stop - 1].end].split())
    forms = [
        form for form in name.forms if scene.units[first].start <= form.start < scene.units[stop - 1].end
    ]
    form = forms[0].text if forms else printed
    if others := tuple(o for form in forms for o in scene.names.doubtful.get(form.start, ())):
        runners = tuple((o, 0.3 / len(others)) for o in others)
        rivals = " or ".join(scene.names.names[o].name for o in others)
        why = f"“{form}” is {name.name}, the last of that name before it; it could be {rivals}."
        return stands_for(scene, number, why, 0.7, runners)
    if caller := _caller(scene, name):
        why = f"“{caller}” gives a first name and a place, and no more."
        return Reading(Resolution("person", why, 0.85, label=caller), number)
    if fold(name.name) in fold(form):
        return stands_for(scene, number, f"{name.name} is named here.", 0.98)
    if any(misspelt and fold(misspelt) in fold(form) for misspelt in name.misspellings):
        return stands_for(scene, number, f"“{form}” is {name.name}, spelt another way.", 0.9)
    if not any(name.parts.surname in fold(form.text) for form in name.forms):
        why = f"“{form}” is {name.name}: the surname is that of the family named with it."
        return stands_for(scene, number, why, 0.8)
    why = f"“{form}” is {name.name}, the only one of that name in the article."
    return stands_for(scene, number, why, 0.97)


def _caller(scene: Scene, name: Name) -> str | None:
    """ "Joan in Hale", as a phone-in names its callers: a first name printed once, with a place behind it."""
    if len(name.forms) > 1 or name.roles or not is_known_given(fold(name.name)):
        return None
    place = _FROM.match(scene.units.text, name.forms[0].end)
    return f"{name.name} {place[1]} {place[2]}" if place else None


_FROM = re.compile(
    r",? (in|from) ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
    r"(?=:|,? (?:says|said|asks|asked|writes|wrote|texts|texted)\b)"
)

# Pronouns


def read_pronoun(scene: Scene, first: int, read: Callable[[int, int], Reading]) -> Reading:
    """The reading of "he", "they", "who": the likeliest of those on the scene.

    `read` reads the words that a relative pronoun follows.
    """
    unit = scene.units[first]
    kind = PRONOUNS[unit.folded]
    if kind == "relative":
        return _read_relative(scene, first, read)
    if kind in {"speaker", "listener"}:
        return Reading(nobody(unit.text))
    exclude = frozenset()
    if scene.quoted(unit.start) and scene.spoken:
        exclude = frozenset({scene.spoken[-1][1]})
    ranked = scene.rank(first, kind, exclude=exclude)
    if not ranked:
        return Reading(nobody(unit.text, "group" if kind == "several" else "unnamed", confidence=0.5))
    reading = chosen(scene, unit.text, ranked)
    if kind == "several" and scene.quoted(unit.start):  # whom a speaker calls "they" is seldom told
        doubted = replace(reading.resolution, confidence=min(0.5, reading.resolution.confidence))
        return Reading(doubted, reading.entity)
    return reading


def chosen(scene: Scene, printed: str, ranked: list[Candidate]) -> Reading:
    """The likeliest candidate, told with what decided for it."""
    best = ranked[0]
    entity = scene.entities[best.entity]
    runners = tuple(
        (c.entity, c.probability)
        for c in ranked[1:4]
        if scene.entities[c.entity].name >= 0 and c.probability > 0.02
    )
    if entity.members:
        names = " and ".join(scene.names.names[n].name for n in entity.members)
        why = f"“{printed}” are {names}, named together before it."
        return Reading(
            Resolution("group", why, best.probability, entity.members, alternatives=runners), best.entity
        )
    if entity.name < 0:
        words = entity.label or entity.description or printed
        why = f"“{printed}” is {words}, {_decided(best, printed)}."
        kind = entity.type if entity.type != "person" else "unnamed"
        return Reading(
            Resolution(
                kind, why, best.probability, (), entity.label, entity.description, alternatives=runners
            ),
            best.entity,
        )
    name = scene.names.names[entity.name].name
    why = f"“{printed}” is {name}, {_decided(best, printed)}."
    reading = stands_for(scene, entity.name, why, best.probability, runners)
    return Reading(reading.resolution, best.entity)


def _decided(best: Candidate, printed: str) -> str:
    kind = {"male": "man ", "female": "woman "}.get(PRONOUNS.get(fold(printed), ""), "")
    if best.features.get("same pronoun") or best.features.get("spoke near"):
        return "who spoke just before"
    if best.features.get("subject") and best.features.get("same sentence"):
        return "the subject of the same sentence"
    if best.features.get("subject") and best.features.get("sentence before"):
        return "the subject of the sentence before"
    return f"the likeliest {kind}named before it"


def _read_relative(scene: Scene, first: int, read: Callable[[int, int], Reading]) -> Reading:
    """ "Pence, who called …": the name or noun that the clause follows."""
    before = scene.units[first].start
    ends = [(e, n) for _, e, n in scene.names.mentions if before - 60 <= e <= before]
    word = scene.units[first].text
    if ends and _BETWEEN.fullmatch(scene.units.text, max(ends)[0], before):
        number = max(ends)[1]
        return stands_for(scene, number, f"“{word}” follows the name {scene.names.names[number].name}.", 0.9)
    start, stop = _clause_noun(scene, first)
    if start < stop:
        return read(start, stop)
    if (stop := _noun_before(scene, first)) and scene.units[first].folded == "who":
        return read(*stop)
    wanted = "thing" if scene.units[first].folded == "which" else "person"
    ranked = scene.rank(first, wanted)
    return chosen(scene, word, ranked) if ranked else Reading(nobody(word))


_BETWEEN = re.compile(r"(?:\s*\([^()]*\))?[\s,—–-]*")


def _noun_before(scene: Scene, first: int) -> tuple[int, int] | None:
    """The words of a noun phrase right before word `first`, a comma aside: "[the ombudsman], who …"."""
    units = scene.units
    stop = first - (first > 0 and units[first - 1].text == ",")
    start = stop
    while start > 0 and units[start - 1].tag in _IN_PHRASE and units[start - 1].line == units[first].line:
        start -= 1
        if units[start].tag in {"DT", "PRP$"}:
            return (start, stop) if stop - start > 1 and units[stop - 1].tag == "NN" else None
    return None


_IN_PHRASE = {"DT", "PRP$", "JJ", "NN", "NNP", "CD", "VBN", "HYPH"}


def _clause_noun(scene: Scene, first: int) -> tuple[int, int]:
    """The words of the noun that the relative clause of word `first` describes; none where unparsed."""
    token = scene.doc[scene.units[first].token]
    for _ in range(3):
        if token.dep_.startswith(("acl", "relcl", "advcl:relcl")):
            break
        token = token.head
    else:
        return 0, 0
    noun = token.head
    if noun.i >= scene.doc[scene.units[first].token].i or noun.pos_ == "VERB":
        return 0, 0
    span = scene.units.between(scene.doc[noun.left_edge.i].idx, noun.idx + len(noun))
    return span.start, span.stop
