"""A noun phrase that speaks ("the sheriff", "an internal memo"), and whom it stands for, with the reason."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from attribution.article import Span
from attribution.people.documents import makers_after, read_document, title_before
from attribution.people.found import CALLED
from attribution.people.named import Name
from attribution.people.names import fold
from attribution.people.nominals import SPOKESMEN, Nominal, alike, description_of, read_nominal
from attribution.people.readings import Reading, Resolution, best_role, chosen, nobody, stands_for
from attribution.people.roles import noun_of, plain_role
from attribution.people.scene import Candidate, Entity, Scene


def read_noun_phrase(scene: Scene, first: int, stop: int, nominal: Nominal) -> Reading:
    """Read a phrase that holds no speaking name: "the sheriff", "an internal memo", "officials"."""
    printed = " ".join(scene.units.text[scene.units[first].start : scene.units[stop - 1].end].split())
    inside = _names_inside(scene, first, stop)
    if nominal.head in SPOKESMEN and (bodies := [n for n in inside if scene.names.names[n].type != "person"]):
        body = scene.names.names[bodies[0]].name
        return stands_for(scene, bodies[0], f"“{printed}” speaks for {body} and is not named.", 0.85)
    if nominal.kind == "document":
        return read_document(scene, first, stop, nominal, read_noun_phrase)
    if nominal.kind == "group":
        return _read_group(scene, first, printed, nominal, inside)
    called = CALLED.match(scene.units.text, scene.units[min(nominal.stop, stop) - 1].end)
    if called and (named := _named_at(scene, called.end(), printed)):
        return named
    if nominal.head in {"author", "writer"} and (authors := _read_authors(scene, printed, nominal)):
        return authors
    if nominal.plural:
        return _read_several(scene, first, printed, nominal)
    if (age := _THE_AGED.match(printed)) and (aged := _of_age(scene, printed, age[1])):
        return aged
    if named := _named_beside(scene, stop, nominal):
        return named
    if nominal.kind == "organisation" and (label := title_before(scene, first, nominal)):
        return _labelled(scene, printed, label, "organisation", nominal)
    if nominal.kind == "organisation" and nominal.definite:
        return _read_body(scene, first, printed, nominal)
    if nominal.definite:
        return _read_role(scene, first, printed, nominal)
    return _introduce(scene, printed, nominal)


def _read_authors(scene: Scene, printed: str, nominal: Nominal) -> Reading | None:
    """ "the authors of the report, which include A and B": they, and the report takes their names."""
    units, first = scene.units, nominal.stop + 1
    if first + 1 >= len(units) or units[nominal.stop].folded != "of":
        return None
    document = read_nominal(units, first, min(first + 5, len(units)))
    makers = makers_after(scene, document.stop) if document.kind == "document" else ()
    if not makers:
        return None
    read_document(scene, first, document.stop, document, read_noun_phrase)
    names = " and ".join(scene.names.names[n].name for n in makers)
    resolution = Resolution("group", f"The article says who “{printed}” are: {names}.", 0.85, makers)
    return Reading(resolution, scene.couple(makers))


def _named_at(scene: Scene, start: int, printed: str) -> Reading | None:
    """ "a reader who signed off as T.J.": the name at character `start` is the reader's."""
    number = next((n for s, _, n in scene.names.mentions if s == start), None)
    if number is None or scene.names.names[number].type != "person":
        return None
    why = f"“{printed}” gave the name {scene.names.names[number].name}."
    return stands_for(scene, number, why, 0.85)


_THE_AGED = re.compile(r"(?i)(?:the|this|that) (?:[a-z]+ )?(\d{1,3})[- ‑]year[- ‑]olds?\b")
_AGED = re.compile(r"(?: ?\([^()\n]{1,20}\))?, (?:aged? )?(\d{1,3})(?=[,.;:)—–]| (?:and|who)\b|\Z)")
_AGED_BEFORE = re.compile(r"(?i)\b(\d{1,3})[- ‑]year[- ‑]old (?:[\w’'-]+ ){0,4}\Z")


def _of_age(scene: Scene, printed: str, age: str) -> Reading | None:
    """ "the 62-year-old": the only person whose age the article gives so: "George Lind, 62,"."""
    text, fits = scene.units.text, set()
    for number, name in enumerate(scene.names.names):
        for form in name.forms if name.type == "person" else ():
            told = _AGED.match(text, form.end) or _AGED_BEFORE.search(
                text[max(0, form.start - 60) : form.start]
            )
            if told and told[1] == age:
                fits.add(number)
    if len(fits) != 1:
        return None
    number = fits.pop()
    return stands_for(scene, number, f"“{printed}” is {scene.names.names[number].name}, who is {age}.", 0.9)


def _named_beside(scene: Scene, stop: int, nominal: Nominal) -> Reading | None:
    """ "the woman leading the talks, Camille Thébaud": the name stands right behind the phrase."""
    units = scene.units
    if nominal.kind not in _TYPES or not (nominal.definite or nominal.head in SPOKESMEN):
        return None
    comma = stop
    while comma < min(len(units), stop + _CLAUSE) and not _closes(scene, stop, comma):
        comma += 1
    if comma + 1 >= len(units) or units[comma].text != ",":
        return None
    name = comma + 1
    while name < min(len(units) - 1, comma + 4) and units[name].tag in {"NN", "JJ", "DT", "RBS", "JJS"}:
        name += 1  # "Scott's niece, state Del. Marcia Price"
    start = units[name].start
    found = next(((e, n) for s, e, n in scene.names.mentions if s == start), None)
    if found is None or scene.names.names[found[1]].type not in _TYPES[nominal.kind]:
        return None
    after = units.text[found[0] : found[0] + 12].lstrip()
    if (comma > stop or name > comma + 1) and not _ENDS_NAME.match(after):
        return None
    why = f"{scene.names.names[found[1]].name} is named right behind these words."
    return stands_for(scene, found[1], why, 0.9)


_TYPES = {"person": {"person"}, "organisation": {"organisation"}}
# "Captain Ivo Katz of the River Police", "Lodge 12,"
_ENDS_NAME = re.compile(r"(?:\d+ ?)?(?:(?:of|from) (?:the )?[A-Z]|[,.(\n]|\Z)")
_CLAUSE = 12  # words between a noun and the name in apposition to it


def _closes(scene: Scene, stop: int, i: int) -> bool:
    """Whether word `i` ends what may stand between a noun phrase and its comma."""
    unit = scene.units[i]
    if unit.line != scene.units[stop - 1].line or unit.tag in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    return not unit.word and unit.tag != "CD" and unit.text != "'s"


def _labelled(scene: Scene, printed: str, label: str, type: str, nominal: Nominal) -> Reading:
    """A body or document that has no entry of its own but whose words make a name."""
    for number, entity in enumerate(scene.entities):
        if entity.label and fold(entity.label) == fold(label):
            return _again(scene, number, printed)
    entity = Entity(type=type, label=label, nominal=nominal, description=description_of(printed))
    return Reading(
        Resolution(type, f"“{label}” is a {type}, not a person.", 0.85, (), label), scene.add(entity)
    )


def _names_inside(scene: Scene, first: int, stop: int) -> list[int]:
    begin, end = scene.units[first].start, scene.units[stop - 1].end
    return [number for _, _, number in scene.names.mentions_within(begin, end)]


def _introduce(
    scene: Scene, printed: str, nominal: Nominal, type: str = "unnamed", confidence: float = 0.85
) -> Reading:
    """Somebody whom the article only describes steps on the scene."""
    type = (
        type
        if nominal.kind in {"person", "other"}
        else {"organisation": "organisation", "document": "document"}.get(nominal.kind, "group")
    )
    entity = Entity(
        type=type,
        gender=nominal.gender,
        plural=nominal.plural,
        description=description_of(printed),
        nominal=nominal,
    )
    return Reading(nobody(printed, type, confidence=confidence), scene.add(entity))


def _met_before(scene: Scene, nominal: Nominal) -> int:
    """The last unnamed one described with the same noun: "a freight loader" for "the loader"."""
    fits = {}
    for number, entity in scene.described():
        known = entity.nominal
        if not known or known.plural != nominal.plural or known.kind != nominal.kind:
            continue
        if _numbers(known) != _numbers(nominal):
            continue  # "SPEAKER 2" is not "SPEAKER 1"
        again = known.head in alike(nominal.head) or nominal.head in known.words
        vague = nominal.head in _ANYBODY and known.gender == nominal.gender
        if again or (vague and _just_met(scene, entity)):
            fits[number] = entity.events[-1].start
    return max(fits, key=lambda n: fits[n], default=-1)


def _numbers(nominal: Nominal) -> set[str]:
    return {word.strip("#") for word in nominal.words if any(map(str.isdigit, word))}


# Who was called something else before: "Her grandmother wept. … the old woman said."
_ANYBODY = {"woman", "man", "girl", "boy"}


def _just_met(scene: Scene, entity: Entity) -> bool:
    """Whether nobody else was spoken of since an unnamed one was the subject."""
    last = entity.events[-1]
    others = (event for other in scene.entities if other is not entity for event in other.events)
    return last.subject and all(event.quoted for event in others if event.start > last.start)


def _again(scene: Scene, number: int, printed: str) -> Reading:
    entity = scene.entities[number]
    words = entity.label or entity.description
    type = entity.type if entity.type != "person" else "unnamed"
    why = (
        f"“{printed}” is {words}, whom the article does not name."
        if not entity.label
        else f"“{printed}” is the {words}."
    )
    return Reading(Resolution(type, why, 0.8, (), entity.label, entity.description), number)


_RANKS = {"vice", "deputy", "assistant", "associate", "junior", "under", "shadow", "lieutenant"}


_OURS = re.compile(r"(?i)\b(?:my|our)\s+\Z")


def _role_score(scene: Scene, name: Name, nominal: Nominal) -> float:
    """How well the roles that the article gives a person fit the noun phrase."""
    best = 0.0
    states = {word for state in name.states for word in fold(state).split()}
    for role in name.roles:
        if nominal.own and not _OURS.search(scene.units.text, 0, role.start):
            continue  # another one's father is not "my father"
        words, head = _words_of(role)
        if (nominal.words ^ words) & _RANKS:
            continue  # "the vice president" is not the president
        shared = len(nominal.words & (words | states))
        extra = nominal.words - words - states - {"former", "then", "longtime"}
        if nominal.head == head:
            best = max(best, 3.0 + shared - 0.3 * len(extra))
        elif head in alike(nominal.head):
            best = max(best, 2.2 + shared - 0.3 * len(extra))
        elif nominal.head in words:
            best = max(best, 2.0 + shared - 0.3 * len(extra))
    return best


@lru_cache(maxsize=4096)  # the same few roles are held against every noun phrase of an article
def _words_of(role: Span) -> tuple[frozenset[str], str]:
    """The words of a role, folded, and the noun that it turns on."""
    noun, plain = noun_of(role.text), plain_role(role)
    words = {fold(word).strip(".,’'s") for word in plain.replace("-", " ").split()}
    return frozenset(words | {noun}), noun or noun_of(plain)


_MATCHED = 1.2


def _read_role(scene: Scene, first: int, printed: str, nominal: Nominal) -> Reading:
    """ "the sheriff": the person whom the article calls one, else the unnamed one, else nobody for sure."""
    scored = []
    owner = _owner(scene, first, nominal)
    for number, name in enumerate(scene.names.names):
        genders = {nominal.gender, name.gender} - {None}
        fits = name.type == "person" and len(genders) < 2 and number != owner
        if not fits or _of_another(scene, name, owner, nominal):
            continue
        if (score := _role_score(scene, name, nominal)) >= _MATCHED:
            scored.append((score, _last_seen(scene, number, first), number))
    met = _met_before(scene, nominal)
    if scored:
        scored.sort(reverse=True)
        score, seen, number = scored[0]
        if met < 0 or score >= 3.0 or seen > scene.entities[met].events[-1].start:
            return _by_role(scene, printed, nominal, scored)
    if met >= 0:
        return _again(scene, met, printed)
    own = scene.quoted(scene.units[first].start) and scene.spoken
    exclude = frozenset({scene.spoken[-1][1]} if own else ())  # nobody calls himself "the governor"
    ranked = scene.rank(first, nominal.gender or "person", exclude=exclude)
    if ranked and _varies(scene, first, ranked[0], nominal):
        return _doubtful(chosen(scene, printed, ranked), printed, scene)
    return _introduce(scene, printed, nominal, confidence=0.6)


_GENDERS = {"his": "male", "her": "female", "its": "thing", "their": "several"}


def _owner(scene: Scene, first: int, nominal: Nominal) -> int:
    """The number of the name whose director the phrase is: "her aide", "the trust's director"; else -1."""
    if nominal.owner >= 0:
        owner = scene.name_in(nominal.owner, nominal.owner + 1)
        return -1 if owner is None else owner
    wanted = _GENDERS.get(scene.units[first].folded)
    ranked = scene.rank(first, wanted) if wanted else []
    return scene.entities[ranked[0].entity].name if ranked else -1


def _of_another(scene: Scene, name: Name, owner: int, nominal: Nominal) -> bool:
    """Whether the article gives a person the role beside another name: "director of the Bay Museum"."""
    if owner < 0:
        return False
    beside = [
        {number for _, _, number in scene.names.mentions_within(role.start, role.end)}
        for role in name.roles
        if noun_of(role.text) in alike(nominal.head)
    ]
    return bool(beside) and all(names and owner not in names for names in beside)


def _varies(scene: Scene, first: int, candidate: Candidate, nominal: Nominal) -> bool:
    """Whether the phrase may be another word for the one in the foreground: "The New York businessman"."""
    features = candidate.features
    foreground = features.get("distance", 9.0) < 1.5 and (
        features.get("subject") or features.get("speaks last")
    )
    described = nominal.owner < 0 or "former" in nominal.words
    printed_so = scene.units[first].folded in {"the", "this", "that"} or "former" in nominal.words
    return (
        bool(foreground and described and printed_so)
        and nominal.kind == "person"
        and (scene.entities[candidate.entity].name >= 0 and not scene.units[first].text.isupper())
    )


def _doubtful(reading: Reading, printed: str, scene: Scene) -> Reading:
    number = reading.resolution.names[0]
    name = scene.names.names[number].name
    why = f"“{printed}” is probably {name}, the one spoken of just before; the article does not say so."
    return Reading(
        replace(reading.resolution, evidence=why, confidence=min(0.5, reading.resolution.confidence)),
        reading.entity,
    )


def _last_seen(scene: Scene, number: int, first: int) -> int:
    """Where the person was last mentioned before word `first`, -1 for not yet."""
    events = scene.entities[number].events
    return events[-1].start if events else -1


def _by_role(scene: Scene, printed: str, nominal: Nominal, scored: list[tuple[float, int, int]]) -> Reading:
    number = scored[0][2]
    name = scene.names.names[number]
    role = next(
        (plain_role(r) for r in name.roles if nominal.head in {noun_of(r.text), noun_of(plain_role(r))}), None
    )
    role = role or best_role(name) or ""
    close = [(n, 0.15) for s, _, n in scored[1:3] if s >= scored[0][0] - 0.5]
    why = f"“{printed}” is {name.name}: the article calls them “{role}”."
    return stands_for(scene, number, why, 0.75 if close else 0.9, tuple(close))


def _read_body(scene: Scene, first: int, printed: str, nominal: Nominal) -> Reading:
    """ "the agency": the body whose name or description has the noun, else the last in the foreground."""
    scored = []
    for number, name in enumerate(scene.names.names):
        events = scene.entities[number].events
        if name.type not in {"organisation", "place"}:
            continue
        words = {fold(word).strip(".,’'") for word in name.name.split()}
        described = {fold(role.text).split()[-1] for role in name.roles}
        near = 0.0
        if events:
            near = 0.5 * events[-1].subject + 1 / (
                1 + max(0, scene.sentences_since(events[-1].sentence, first))
            )
        if nominal.head in words or alike(nominal.head) & described:
            scored.append((3.0 + near + len(nominal.words & words), _last_seen(scene, number, first), number))
        elif events and words & alike(nominal.head):
            scored.append((2.0 + near, events[-1].start, number))
    if scored:
        number = max(scored)[2]
        name = scene.names.names[number].name
        confidence = 0.85 if max(scored)[0] >= 3 else 0.65
        return stands_for(
            scene, number, f"“{printed}” is {name}, the {nominal.head} named in the article.", confidence
        )
    met = _met_before(scene, nominal)
    if met >= 0:
        return _again(scene, met, printed)
    ranked = [c for c in scene.rank(first, "thing") if scene.entities[c.entity].type == "organisation"]
    if ranked and nominal.owner < 0 and ranked[0].features["distance"] < 1.2 and not nominal.words:
        reading = chosen(scene, printed, ranked)
        return _doubtful(reading, printed, scene) if reading.resolution.names else reading
    return _introduce(scene, printed, nominal, confidence=0.6)


def _read_group(scene: Scene, first: int, printed: str, nominal: Nominal, inside: list[int]) -> Reading:
    """ "Scott's family": a group with a name only where it is somebody's named one."""
    if nominal.owner >= 0 and inside and scene.names.names[inside[0]].type == "person":
        label = f"{scene.names.names[inside[0]].name}'s {nominal.head}"
        entity = Entity(type="group", plural=True, label=label, nominal=nominal)
        why = f"“{printed}” speak together; the article does not say who."
        return Reading(Resolution("group", why, 0.8, (), label), scene.add(entity))
    return _read_several(scene, first, printed, nominal)


def _read_several(scene: Scene, first: int, printed: str, nominal: Nominal) -> Reading:
    """ "the sisters": two people named together just before, else people whom nobody names."""
    if nominal.definite and nominal.kind in {"person", "group"}:
        couples = [
            (e.events[-1].sentence, n)
            for n, e in enumerate(scene.entities)
            if e.members and e.events and all(scene.entities[m].type == "person" for m in e.members)
        ]
        if couples and scene.sentences_since(max(couples)[0], first) <= 2:
            number = max(couples)[1]
            members = scene.entities[number].members
            names = " and ".join(scene.names.names[m].name for m in members)
            why = f"“{printed}” are {names}, named together before it."
            return Reading(Resolution("group", why, 0.8, members), number)
    met = _met_before(scene, nominal) if nominal.definite else -1
    return _again(scene, met, printed) if met >= 0 else _introduce(scene, printed, nominal)
