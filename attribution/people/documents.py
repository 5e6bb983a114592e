"""A document that speaks ("the report", "a web video by the Harbour League"), named after who made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attribution.people.names import fold, words_of
from attribution.people.nominals import Nominal, alike, description_of, read_nominal
from attribution.people.readings import Reading, Resolution, nobody, stands_for
from attribution.people.scene import Entity, Scene

# What stands between a document and its maker: "a study being released on Tuesday by …".
_MADE = set(
    "released issued published written prepared compiled produced commissioned conducted authored made put "
    "posted filed signed sent drafted released unveiled being out".split()
)
_FAR = 9  # words
_ReadPhrase = Callable[[Scene, int, int, Nominal], Reading]


def read_document(scene: Scene, first: int, stop: int, nominal: Nominal, read: _ReadPhrase) -> Reading:
    """Name a document after its makers, else find it again, else leave it nameless.

    `read` reads the noun phrase of an owner: "[the party]'s bylaws". What somebody states, posts or
    writes in a letter is that somebody's own words.
    """
    printed = " ".join(scene.units.text[scene.units[first].start : scene.units[stop - 1].end].split())
    makers = _owner(scene, first, nominal, read) or makers_after(scene, nominal.stop)
    if makers and "own" in words_of("documents.txt")[nominal.head].split():
        name = scene.names.names[makers[0]].name
        return stands_for(scene, makers[0], f"“{printed}” is {name}'s own.", 0.8)
    if all(scene.names.names[n].type == "person" for n in makers):
        makers = ()
    label = _label(scene, makers, nominal) if makers else title_before(scene, first, nominal)
    known = _met(scene, nominal, label)
    if known < 0 and not label and nominal.definite:
        label = _of_its_court(scene, first, nominal)
    if known < 0:
        entity = Entity("document", label=label, nominal=nominal, description=description_of(printed))
        known = scene.add(entity)
    scene.entities[known].label = scene.entities[known].label or label
    return Reading(told(scene, known, printed), known)


def told(scene: Scene, number: int, printed: str) -> Resolution:
    """What the words `printed` are, a document on the scene: named, or only described."""
    entity = scene.entities[number]
    if not entity.label:
        return nobody(entity.description or printed, "document", confidence=0.7)
    why = f"“{printed}” is the {entity.label}."
    if fold(printed).endswith(fold(entity.label)):
        why = f"“{entity.label}” is a document, not a person."
    return Resolution("document", why, 0.85, (), entity.label)


def makers_after(scene: Scene, i: int) -> tuple[int, ...]:
    """The bodies and people whom "by", "from" or "which include" names as makers from word `i` on."""
    units = scene.units
    for k in range(i, min(i + _FAR, len(units) - 1)):
        unit = units[k]
        if unit.sentence != units[i].sentence or scene.quoted(unit.start):
            return ()
        includes = unit.folded == "which" and units[k + 1].folded.startswith("include")
        if unit.folded in {"by", "from"} or includes:
            return _joined(scene, k + 1 + includes)
        between = unit.folded in _MADE or unit.tag in {"RB", "CD"} or unit.folded in {"on", "this", "last"}
        if not (
            between
            or unit.text == ","
            or unit.tag.startswith("NNP")
            or unit.folded in {"week", "month", "year"}
        ):
            return ()
    return ()


def _joined(scene: Scene, i: int) -> tuple[int, ...]:
    """The names that start at word `i`, joined by commas and "and"."""
    starts = {start: (end, number) for start, end, number in scene.names.mentions}
    found: list[int] = []
    while i < len(scene.units):
        if scene.units[i].folded == "the" and scene.units[i].start not in starts:
            i += 1
            continue
        if scene.units[i].start not in starts:
            break
        end, number = starts[scene.units[i].start]
        found.append(number)
        i = scene.units.between(end, len(scene.units.text)).start
        after = i
        while after < len(scene.units) and scene.units[after].folded in {",", "and", "&"}:
            after += 1
        if after == i:
            break
        i = after
    return tuple(dict.fromkeys(found))


def _owner(scene: Scene, first: int, nominal: Nominal, read: _ReadPhrase) -> tuple[int, ...]:
    """ "[the party]'s bylaws", "[its] rules", "a [Times] article": the name that owns the document."""
    units = scene.units
    if nominal.owner >= 0:
        owner = scene.name_in(nominal.owner, nominal.owner + 1)
        if owner is None and not units[nominal.owner].capital:
            reading = read(scene, first, nominal.owner + 1, read_nominal(units, first, nominal.owner + 1))
            return reading.resolution.names if reading.resolution.type == "organisation" else ()
        return () if owner is None else (owner,)
    if units[first].folded in {"its", "their"}:
        ranked = scene.rank(first, "thing")
        name = scene.entities[ranked[0].entity].name if ranked else -1
        return (name,) if name >= 0 else ()
    inside = scene.name_in(first, nominal.stop - 1)
    form = None if inside is None else scene.names.names[inside]
    return (inside,) if inside is not None and form and form.type == "organisation" else ()


def _label(scene: Scene, makers: Sequence[int], nominal: Nominal) -> str:
    """ "Harbour League web video": the makers' names before the noun and the nouns that specify it."""
    units, start = scene.units, nominal.stop - 1
    while start > 0 and units[start - 1].tag == "NN" and not units[start - 1].capital:
        start -= 1
    noun = units.text[units[start].start : units[nominal.stop - 1].end]
    return f"{' and '.join(scene.names.names[n].name for n in makers)} {noun}"


def title_before(scene: Scene, first: int, nominal: Nominal) -> str | None:
    """ "Harbour Office report" of "A Harbour Office report released …", None without capitals."""
    units, head = scene.units, nominal.stop - 1
    begin = max(first, nominal.owner + 2) if nominal.owner >= 0 else first
    opening = units[begin].tag in {"DT", "PRP$", "CD"} or units[begin].folded in {"the", "a", "an"}
    named = [i for i in range(begin + opening, head) if units[i].capital]
    if not named or units[named[0]].tag in {"JJ", "VBN"}:
        return None
    return units.text[units[named[0]].start : units[head].end]


def _met(scene: Scene, nominal: Nominal, label: str | None) -> int:
    """The number of the document that the phrase takes up again, -1 for none."""
    fits = {}
    for number, entity in scene.described():
        if entity.type != "document" or not entity.nominal:
            continue
        same = bool(label and entity.label) and fold(str(label)) == fold(str(entity.label))
        alike_named = entity.nominal.head in alike(nominal.head) or nominal.head in entity.nominal.words
        if same or (nominal.definite and alike_named and not (label and entity.label)):
            fits[number] = entity.events[-1].start
    return max(fits, key=lambda n: fits[n], default=-1)


def _of_its_court(scene: Scene, first: int, nominal: Nominal) -> str | None:
    """ "the ruling" of an article that has one court rule: "County Court ruling"."""
    makers = set(words_of("documents.txt")[nominal.head].split()) - {"own"}
    fits = {
        number: name.name
        for number, name in enumerate(scene.names.names)
        if name.type == "organisation"
        and makers & set(fold(name.name).split())
        and scene.entities[number].events
    }
    last = max(fits, key=lambda n: scene.entities[n].events[-1].start, default=-1)
    return f"{fits[last]} {nominal.head}" if fits else None
