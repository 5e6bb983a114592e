"""People whose surname stands with a spouse or a parent: "Owen and Délia Prys", "his wife, Rosa"."""

from __future__ import annotations

import re
from dataclasses import replace

from attribution.people.names import Gender, NameParts, fold, is_kin, is_title, parse_name
from attribution.people.roles import left_role, noun_of
from attribution.people.runs import Found
from attribution.people.units import Units

_POSSESSORS: dict[str, Gender | None] = {"his": "male", "her": "female", "their": None}
_FAR = 3  # paragraphs
# What joins two people named together: "Ann Roe (D), a lawyer, and Bo Roe".
JOINED = re.compile(r"(?:\s*\([^()]*\)|, [^,.;:“”\"]{3,60})?,?\s+(?:and|&)\s+(?:the\s+)?")


def with_family_names(units: Units, found: list[Found]) -> list[Found]:
    """The names, those of a couple's first and of lone kin with the surname that their family bears."""
    # "Obama and Hillary Clinton": who is "Mr. Obama" elsewhere shares nobody's surname.
    formal = [n for n in found if n.parts.given or (n.parts.titles and not is_kin(n.parts.titles[-1]))]
    surnames = {fold(name.parts.surname) for name in formal}
    called = {name.parts.given[0] for name in found if name.parts.given}
    by_stop = {name.stop: name for name in found}
    shared: dict[int, Found] = {}
    for number, name in enumerate(found):
        if name.type != "person":
            continue
        if name.parts.given and name.parts.surname:
            if first := _first_of_couple(units, name, by_stop, surnames):
                shared[first.first] = first
        elif name.parts.surname not in surnames | called and name.stop - name.first == 1:
            before = [shared.get(other.first, other) for other in found[:number] if other.type == "person"]
            if owner := _kin_of(units, name, before):
                shared[name.first] = replace(_named(name, owner.parts), kin=True)
    kept = [name for name in found if not any(k in shared for k in range(name.first, name.stop))]
    return sorted([*kept, *shared.values()], key=lambda name: name.first)


def _named(name: Found, family: NameParts) -> Found:
    surname = family.plain.split()[-1]
    return Found(name.first, name.stop, parse_name(f"{name.parts.plain} {surname}"), "person")


def _first_of_couple(
    units: Units, name: Found, by_stop: dict[int, Found], surnames: set[str]
) -> Found | None:
    """ "[Owen] and Délia Prys": the word before "and" where it stands alone and is nobody's surname."""
    at = name.first
    if at < 2 or units[at - 1].folded not in {"and", "&"}:
        return None
    before, other = units[at - 2], by_stop.get(at - 1)
    beyond = units[at - 3] if at > 2 else None
    alone = not beyond or not beyond.capital or beyond.line != before.line or is_title(beyond.text)
    lone = other is None or other.stop - other.first - len(other.parts.titles) == 1
    proper = before.capital and before.tag.startswith("NNP") and not is_title(before.text)
    if not (alone and lone and proper) or before.folded in surnames:
        return None
    return _named(Found(at - 2, at - 1, parse_name(before.text), "person"), name.parts)


def _kin_of(units: Units, name: Found, before: list[Found]) -> Found | None:
    """Whose "wife, Rosa" or "daughters Jill and [Trish]" the given name alone is."""
    i = name.first - 1
    last = before[-1] if before else None
    if last and i > 0 and units[i].folded in {"and", "&"} and last.stop == i and last.stop - last.first == 1:
        if is_kin(units[last.first - 1].text) and last.parts.given:
            return last
        i = last.first - 1  # the sister before it was taken for a surname's bearer
    while i > 0 and units[i].text == ",":
        i -= 1
    if i < 1 or not is_kin(units[i].text) or units[i].sentence != units[name.first].sentence:
        return None
    while i > 0 and units[i - 1].tag in {"JJ", "NN", "CD", "VBN"}:
        i -= 1
    owning = units[i - 1]
    if owning.folded in {"my", "our", "your"}:
        return None
    near = [one for one in before if units[name.first].line - units[one.first].line <= _FAR and one.first < i]
    if owning.tag == "POS":
        near = [one for one in near if one.stop == i - 1]
    gender = _POSSESSORS.get(owning.folded)
    fits = [
        one for one in near if one.parts.surname and not (gender and one.parts.gender not in {None, gender})
    ]
    return fits[-1] if fits else None


def with_shared_roles(units: Units, found: list[Found]) -> list[Found]:
    """The names, the second of two with the plural role before the first: "my parents, Ann and Bo Roe"."""
    shared = list(found)
    for number in range(1, len(found)):
        one, other = shared[number - 1], found[number]
        if one.type == other.type == "person" and JOINED.fullmatch(
            units.text, units[one.stop - 1].end, units[other.first].start
        ):
            role = one.shared or left_role(units, one.first, len(one.parts.titles))
            if (
                role
                and role.text.split()[-1].casefold().endswith("s")
                and noun_of(role.text) != fold(role.text)
            ):
                shared[number] = replace(other, shared=role)
    return shared
