"""Where an article prints names: runs of capitalised words, typed by entity labels, titles and apposition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from attribution.people.bodies import body_reach, is_body_word, join_bodies, sort_of, surely_body
from attribution.people.families import with_family_names, with_shared_roles
from attribution.people.names import fold, is_known_given, is_role, is_suffix, is_title, parse_name, table_of
from attribution.people.roles import noun_of, right_role
from attribution.people.runs import CLOSING, NOT_NAMES, OPENING, Found, runs, text_of
from attribution.people.units import PRONOUNS, Unit, Units

_PEERS = {"lord", "lady", "baron", "baroness", "earl"}  # "Lord Ashby of Selby"
_UNNAMED = {"unidentified", "unknown", "unnamed"}  # "UNIDENTIFIED MALE" is no name
_NEAR = 40  # words within which a pronoun takes a name up
# What introduces the name that an unnamed speaker gives: "a reader who signed off as T.J."
CALLED = re.compile(
    r"(?: of (?:them|the \w+))?,?\s+who\s+(?:signed (?:off )?as|goes by|is called|"
    r"gave (?:his|her|their) (?:first )?names? (?:only )?as|"
    r"identified (?:himself|herself|themselves) (?:only )?as)\s+"
)


def find_names(units: Units, hints: Iterable[tuple[int, int]] = ()) -> list[Found]:
    """Every printed name of the article, in order.

    `hints` are the characters of mentions that are known to speak: capitalised words there are names
    even where the pipeline saw none.
    """
    # the name that speaks stands at the head, before any comma: "Viewer, Zone B"
    heads = ((start, start + len(units.text[start:end].split(",")[0])) for start, end in hints)
    hinted = {i for start, end in heads for i in units.between(start, end)}
    hinted |= {units.starts[m.end()] for m in CALLED.finditer(units.text) if m.end() in units.starts}
    found: list[Found] = []
    for i, j in runs(units):
        found += _read_run(units, i, j, hinted)
    found = _whole_again(units, join_bodies(units, found))
    return with_shared_roles(units, with_family_names(units, found))


def _whole_again(units: Units, found: list[Found]) -> list[Found]:
    """Full names that were read whole at one place are whole at every other: "GORDON" + "STRAKE" too."""
    full: dict[str, set[tuple[str, ...]]] = {}
    for name in found:
        words = tuple(unit.folded for unit in units.all[name.first + len(name.parts.titles) : name.stop])
        if name.type == "person" and name.parts.given and name.parts.surname and len(words) > 1:
            full.setdefault(words[0], set()).add(words)
    again: dict[int, Found] = {}
    whole = {k: name for name in found for k in range(name.first, name.stop)}
    for i, unit in enumerate(units.all):
        for words in full.get(unit.folded, ()) if unit.capital else ():
            stop = i + len(words)
            cut = {id(whole.get(k)) for k in range(i, min(stop, len(units)))}
            if len(cut) > 1 and tuple(each.folded for each in units.all[i:stop]) == words:
                first = min(i, *(whole[k].first for k in range(i, stop) if k in whole))
                again[first] = Found(first, stop, parse_name(text_of(units, first, stop)), "person")
    covered = {k for name in again.values() for k in range(name.first, name.stop)}
    kept = [name for name in found if not covered.intersection(range(name.first, name.stop))]
    return sorted([*kept, *again.values()], key=lambda name: name.first)


def _read_run(units: Units, i: int, j: int, hinted: set[int]) -> list[Found]:
    while j > i + 1 and units[j - 1].folded.rstrip("s") in NOT_NAMES:
        j -= 1  # "Murmur Saturday night"
    if units[i].folded in _UNNAMED:
        return []
    if body := surely_body(units, i, j):
        return [body]
    people = [(a, b) for a, b, label in _entities(units, i, j) if label == "person"]
    nickname = next((k for k in range(i + 1, j - 2) if units[k].text in OPENING), 0)
    if people and nickname:
        people = [(min(people[0][0], nickname - 1), j)]
    if people:
        return [
            name for a, b in _merge(units, people) if (name := _person(units, *_widen(units, i, j, a, b)))
        ]
    shouted = j - i > 3 and all(units[k].text.isupper() for k in range(i, j))
    if not shouted and (name := _titled(units, i, j)):
        return [name]
    if name := _mislabelled(units, i, j, hinted):
        return [name]
    rest = [
        Found(a, b, parse_name(text_of(units, a, b)), sort_of(units, a, b, label, hinted))
        for a, b, label in (body_reach(units, j, *entity) for entity in _entities(units, i, j))
        if label in {"organisation", "place", "people"}
    ]
    if rest or shouted:
        return rest
    name = _untold(units, i, j, hinted)
    return [name] if name else []


def _entities(units: Units, i: int, j: int) -> list[tuple[int, int, str]]:
    """Stretches of one entity in words `i` to `j`."""
    bounds = [i] + [k for k in range(i + 1, j) if units[k].entity != units[k - 1].entity] + [j]
    return [(a, b, units[a].label) for a, b in pairwise(bounds) if units[a].label]


def _merge(units: Units, people: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A given name and a surname labelled as two people are one."""
    merged: list[tuple[int, int]] = []
    for a, b in people:
        if merged and units[a - 1].text in OPENING and b < len(units) and units[b].text in CLOSING:
            continue  # the nickname itself
        linked = (
            bool(merged) and merged[-1][1] < a and all(units[k].particle for k in range(merged[-1][1], a))
        )
        if linked or (merged and merged[-1][1] == a and units[a].particle and not units[a].capital):
            merged[-1] = (merged[-1][0], b)
            continue
        single = bool(merged) and merged[-1][1] - merged[-1][0] == 1 and b - a == 1
        # Marcia "Cia" Price
        nickname = bool(merged) and a - merged[-1][1] == 3 and units[a - 1].text in CLOSING
        if single and (merged[-1][1] == a or nickname):
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return merged


def _widen(units: Units, i: int, j: int, a: int, b: int) -> tuple[int, int]:
    """A person's entity widened to the proper nouns beside it, and to the titles before it."""
    short = j - i <= 7
    opened = b - a > 1 and is_known_given(units[a].folded)  # "Secretary of [State] John F. Kerry"
    while (
        short
        and b < j
        and not units[b].label
        and (units[b].tag.startswith("NNP") or is_suffix(units[b].text) or units[b - 1].initials)
    ):
        b += 1
    while (
        short
        and not opened
        and a > i
        and (_unlabelled_name(units[a - 1]) or units[a - 1].initials or is_known_given(units[a - 1].folded))
    ):
        a -= 1
    while a > i and is_title(units[a - 1].text):
        a -= 1
    if is_title(units[b - 1].text) and b < j <= b + 3:
        b = j  # the label ended at a title: "[Minneapolis Mayor] Jaocb Frey"
    return a, b


def _unlabelled_name(unit: Unit) -> bool:
    return not unit.label and unit.tag.startswith("NNP")


def _person(units: Units, a: int, b: int) -> Found | None:
    while b > a and not units[b - 1].word:
        b -= 1
    while a < b and (not units[a].word or (units[a].folded in NOT_NAMES and b - a > 1)):
        a += 1
    if a >= b:
        return None
    parts = parse_name(text_of(units, a, b))
    lone = fold(parts.plain)
    if b - a == 1 and units[a].text.isupper() and 2 < len(lone) <= 5:
        return Found(a, b, parts, "organisation")  # "IMF"; a transcript's "PYM" finds its person by surname
    exclaimed = b - a == 1 and units[a].first and b < len(units) and units[b].text in {"?", "!"}
    lettered = len(lone.split()) > 1 and len(lone.split()[-1]) == 1 and not parts.gender  # "Zone B"
    if lone in NOT_NAMES or exclaimed or lettered or (b - a == 1 and is_role(lone)):
        return None
    return Found(a, b, parts, "person")


def _titled(units: Units, i: int, j: int) -> Found | None:
    """A run that a title opens: "Gov. Walz", "Sheriff Ruben Oakes"."""
    name = text_of(units, i, j)
    parts = parse_name(name)
    # a lower-case role before the run counts too: "border czar Tom Homan"
    role_before = i > 0 and not units[i - 1].capital and is_role(units[i - 1].text)
    if not parts.titles and not role_before:
        return None
    core = parts.plain.split()
    if not core or len(core) > 4 or is_body_word(core[-1]) or is_title(core[-1]) or is_role(core[-1]):
        return None
    after = units[j].folded if j < len(units) else ""
    first = i + len(parts.titles)
    peer = bool(parts.titles) and fold(parts.titles[-1]) in _PEERS
    if after == "of" and len(core) == 1 and units[first].label in {"", "organisation"} and not peer:
        return None
    whole = {units[k].entity for k in range(i, j)}
    one_body = whole != {-1} and len(whole) == 1 and units[i].label == "organisation"
    if one_body and not _strong(parts.titles) and not (parts.gender and len(core) > 1):
        return None
    if not parts.titles and units[i].label in {"organisation", "place", "people"} and not parts.gender:
        return None
    return Found(i, j, parts, "person")


def _strong(titles: tuple[str, ...]) -> bool:
    """Whether a title is one that only people bear: "Mr.", "Gov."."""
    table = table_of("titles.json")
    words = {fold(title).rstrip(".") for title in titles}
    return bool(words & (set(table["honorifics"]) | set(table["abbreviations"])))


def _untold(units: Units, i: int, j: int, hinted: set[int]) -> Found | None:
    """A run that no entity covers: a name where its words, its neighbours or a hint say so."""
    name = text_of(units, i, j)
    parts = parse_name(name)
    words = [unit for unit in (units[k] for k in range(i, j)) if unit.word]
    if is_body_word(words[-1].text):
        return Found(i, j, parts, "organisation") if len(words) > 1 else None
    if any(unit.label for unit in words) or fold(name) in NOT_NAMES or is_role(name) or len(words) > 4:
        return None
    if len(words) == 1 and hinted.issuperset(range(i, j)) and i and units[i - 1].folded == "the":
        return Found(i, j, parts, "organisation")  # "the ACLU"
    told = len(words) > 1 and (is_known_given(words[0].folded) or _described(units, j) or _listed(units, i))
    if told or (hinted.issuperset(range(i, j)) and not is_title(words[-1].text)):
        return Found(i, j, parts, "person")
    return None


def _mislabelled(units: Units, i: int, j: int, hinted: set[int]) -> Found | None:
    """A run taken for a place or a body that is plainly a person: "Anjali Brandt, the emergency manager"."""
    words, labels = range(i, j), {units[k].label for k in range(i, j)} - {""}
    name = parse_name(text_of(units, i, j))
    plain = 2 <= j - i <= 3 and not name.titles and all(units[k].word for k in words)
    if not plain or not labels <= {"place", "organisation", "people"} or is_body_word(units[j - 1].text):
        return None
    known = is_known_given(units[i].folded)
    told = _described(units, j) or _presented(units, i) if known or labels == {"place"} else False
    label = j < len(units) and units[j].text == ":"  # of a turn, where words in capitals mislead
    speaks = known and (labels <= {"place", "organisation"} or label) and hinted.issuperset(words)
    meant = known and j - i == 2 and labels == {"organisation"} and _meant(units, i, j)
    return Found(i, j, name, "person") if told or speaks or meant else None


def _meant(units: Units, i: int, j: int) -> bool:
    """Whether "she" soon after can mean nobody but her: "Laura Finch met Peter Crane. … she said"."""
    gender = parse_name(text_of(units, i, j)).gender
    if i and units[i - 1].tag in {"IN", "TO", "DT"}:
        return False  # "at Georgia Tech"
    for k in range(max(0, i - _NEAR), min(len(units), j + _NEAR)):
        if k >= j and PRONOUNS.get(units[k].folded) == gender:
            return gender is not None
        another = not i <= k < j and units[k].label == "person"
        opens = another and (k == 0 or units[k].entity != units[k - 1].entity)
        if opens and parse_name(text_of(units, k, min(k + 2, len(units)))).gender in {None, gender}:
            return False
    return False


def _listed(units: Units, i: int) -> bool:
    """Whether the run follows a person in a list: "Patti Lane and [Orso Quill]"."""
    return i > 1 and units[i - 1].folded in {"and", "&"} and units[i - 2].label == "person"


def _presented(units: Units, i: int) -> bool:
    """Whether a role and a comma stand right before: "The president's chief of staff, Laura Pons,"."""
    start = i - 1
    while start > 0 and i - start < 8 and units[start - 1].tag in {"NN", "NNP", "IN", "JJ", "DT", "POS"}:
        start -= 1
    if units[i - 1].text != "," or start > i - 3 or units[start].line != units[i].line:
        return False
    return units[start].tag == "DT" and noun_of(text_of(units, start, i - 1)) != ""


def _described(units: Units, j: int) -> bool:
    """Whether an age or a role stands right behind: ", 41," or ", a cannery worker"."""
    if (
        j + 1 < len(units)
        and units[j].text == ","
        and units[j + 1].text.isdigit()
        and len(units[j + 1].text) == 2
    ):
        return True
    return j + 1 < len(units) and units[j].text == "," and right_role(units, j - 1) is not None
