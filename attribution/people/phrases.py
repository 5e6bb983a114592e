"""A noun phrase that speaks ("the sheriff", "an internal memo"), and whom it stands for, with the reason."""

from __future__ import annotations

from dataclasses import replace

from attribution.people.named import Name
from attribution.people.names import fold
from attribution.people.nominals import SPOKESMEN, Nominal, alike, description_of
from attribution.people.readings import Reading, Resolution, best_role, chosen, nobody, stands_for
from attribution.people.roles import noun_of, plain_role
from attribution.people.scene import Candidate, Entity, Scene

# What a person writes or says: its words are the person's.
_OWN_WORDS = {
    "statement",
    "tweet",
    "post",
    "letter",
    "email",
    "e-mail",
    "message",
    "memoir",
    "book",
    "brief",
    "speech",
    "column",
}


def read_noun_phrase(scene: Scene, first: int, stop: int, nominal: Nominal) -> Reading:
    """Read a phrase that holds no speaking name: "the sheriff", "an internal memo", "officials"."""
    printed = " ".join(scene.units.text[scene.units[first].start : scene.units[stop - 1].end].split())
    inside = _names_inside(scene, first, stop)
    if nominal.head in SPOKESMEN and (bodies := [n for n in inside if scene.names.names[n].type != "person"]):
        body = scene.names.names[bodies[0]].name
        return stands_for(scene, bodies[0], f"“{printed}” speaks for {body} and is not named.", 0.85)
    if nominal.kind == "document":
        return _read_document(scene, first, printed, nominal, inside)
    if nominal.kind == "group":
        return _read_group(scene, first, printed, nominal, inside)
    if nominal.plural:
        return _read_several(scene, first, printed, nominal)
    if named := _named_beside(scene, stop, nominal):
        return named
    if nominal.kind == "organisation" and (label := _title_before(scene, first, nominal)):
        return _labelled(scene, printed, label, "organisation", nominal)
    if nominal.kind == "organisation" and nominal.definite:
        return _read_body(scene, first, printed, nominal)
    if nominal.definite:
        return _read_role(scene, first, printed, nominal)
    return _introduce(scene, printed, nominal)


def _named_beside(scene: Scene, stop: int, nominal: Nominal) -> Reading | None:
    """ "the woman leading the talks, Camille Thébaud": the name stands right behind the phrase."""
    units = scene.units
    if nominal.kind != "person" or not nominal.definite or stop + 1 >= len(units) or units[stop].text != ",":
        return None
    start = units[stop + 1].start
    number = next((n for s, _, n in scene.names.mentions if s == start), None)
    if number is None or scene.names.names[number].type != "person":
        return None
    return stands_for(
        scene, number, f"{scene.names.names[number].name} is named right behind these words.", 0.9
    )


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
    return [n for s, e, n in scene.names.mentions if begin <= s and e <= end]


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
    for number in range(len(scene.entities) - 1, len(scene.names.names) - 1, -1):
        entity = scene.entities[number]
        known = entity.nominal
        if not known or known.plural != nominal.plural or known.kind != nominal.kind or not entity.events:
            continue
        if known.head in alike(nominal.head) or nominal.head in known.words:
            return number
    return -1


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


def _role_score(name: Name, nominal: Nominal) -> float:
    """How well the roles that the article gives a person fit the noun phrase."""
    best = 0.0
    states = {word for state in name.states for word in fold(state).split()}
    for role in name.roles:
        words = {fold(word).strip(".,’'s") for word in plain_role(role).replace("-", " ").split()} | {
            noun_of(role.text)
        }
        head = noun_of(role.text) or noun_of(plain_role(role))
        shared = len(nominal.words & (words | states))
        extra = nominal.words - words - states - {"former", "then", "longtime"}
        if nominal.head == head:
            best = max(best, 3.0 + shared - 0.3 * len(extra))
        elif head in alike(nominal.head):
            best = max(best, 2.2 + shared - 0.3 * len(extra))
        elif nominal.head in words:
            best = max(best, 2.0 + shared - 0.3 * len(extra))
    return best


_MATCHED = 1.2


def _read_role(scene: Scene, first: int, printed: str, nominal: Nominal) -> Reading:
    """ "the sheriff": the person whom the article calls one, else the unnamed one, else nobody for sure."""
    scored = []
    for number, name in enumerate(scene.names.names):
        fits = name.type == "person" and (
            not nominal.gender or not name.gender or nominal.gender == name.gender
        )
        if fits and (score := _role_score(name, nominal)) >= _MATCHED:
            scored.append((score, _last_seen(scene, number, first), number))
    met = _met_before(scene, nominal)
    if scored:
        scored.sort(reverse=True)
        score, seen, number = scored[0]
        if met < 0 or score >= 3.0 or seen > scene.entities[met].events[-1].start:
            return _by_role(scene, printed, nominal, scored)
    if met >= 0:
        return _again(scene, met, printed)
    ranked = scene.rank(first, nominal.gender or "person")
    if ranked and _varies(scene, first, ranked[0], nominal):
        return _doubtful(chosen(scene, printed, ranked), printed, scene)
    return _introduce(scene, printed, nominal, confidence=0.6)


def _varies(scene: Scene, first: int, candidate: Candidate, nominal: Nominal) -> bool:
    """Whether the phrase may be another word for the one in the foreground: "The New York businessman"."""
    features = candidate.features
    foreground = features.get("distance", 9.0) < 1.2 and (
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
        near = (1.0 if events and events[-1].subject else 0.5) if events else 0.0
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


def _read_document(scene: Scene, first: int, printed: str, nominal: Nominal, inside: list[int]) -> Reading:
    """A document: named by the body or the capitalised words before its noun, or met before, or nameless."""
    if nominal.owner >= 0 and inside:
        owner = scene.names.names[inside[0]]
        if owner.type != "person" or nominal.head in _OWN_WORDS:
            return stands_for(scene, inside[0], f"“{printed}” is {owner.name}'s own.", 0.75)
    if label := _title_before(scene, first, nominal):
        return _labelled(scene, printed, label, "document", nominal)
    if nominal.definite and (met := _met_before(scene, nominal)) >= 0:
        return _again(scene, met, printed)
    return _introduce(scene, printed, nominal)


def _title_before(scene: Scene, first: int, nominal: Nominal) -> str | None:
    """ "Harbour Office report" of "A Harbour Office report released …", None without capitals."""
    units, head = scene.units, nominal.stop - 1
    begin = max(first, nominal.owner + 2) if nominal.owner >= 0 else first
    opening = units[begin].tag in {"DT", "PRP$", "CD"} or units[begin].folded in {"the", "a", "an"}
    named = [i for i in range(begin + opening, head) if units[i].capital]
    if not named or units[named[0]].tag in {"JJ", "VBN"}:
        return None
    return units.text[units[named[0]].start : units[head].end]


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
