"""Where an article prints names: runs of capitalised words, typed by entity labels, titles and apposition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from attribution.article import Span
from attribution.people.names import (
    NameParts,
    fold,
    is_known_given,
    is_role,
    is_suffix,
    is_title,
    parse_name,
    table_of,
    words_of,
)
from attribution.people.roles import is_body, label_role, left_role, right_role
from attribution.people.units import Units

_NOT_NAMES = set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december anon anonymous q a i the photo watch".split()
)
_NO_PERSON = set("operation project hurricane storm route highway fort lake mount port channel".split())
_OPENING, _CLOSING = "\"“‘'(", "\"”’')"


@dataclass(frozen=True)
class Found:
    """A printed name: words `first` up to `stop` (titles included), its parts, and its type."""

    first: int
    stop: int
    parts: NameParts
    type: str

    def span(self, units: Units) -> Span:
        """The name as printed, titles included."""
        return Span.of(units.text, units[self.first].start, units[self.stop - 1].end)

    def roles(self, units: Units) -> list[Span]:
        """What the words before and after the name say its bearer is."""
        before = left_role(units, self.first, len(self.parts.titles))
        found = (before, label_role(units, self.first), right_role(units, self.stop - 1))
        return [role for role in found if role]


@lru_cache(maxsize=2)
def runs(units: Units) -> tuple[tuple[int, int], ...]:
    """Maximal runs of capitalised words on a line, with particles and quoted nicknames inside them."""
    return tuple(_runs(units))


def _runs(units: Units) -> Iterator[tuple[int, int]]:
    i = 0
    while i < len(units):
        if not _opens(units, i):
            i += 1
            continue
        j = i + 1
        while j < len(units) and units[j].line == units[i].line:
            if _continues(units, j):
                j += 1
            elif reach := _inner(units, j):
                j = reach
            else:
                break
        yield i, j
        i = j


def _opens(units: Units, i: int) -> bool:
    unit = units[i]
    if not unit.word:
        return False
    if unit.capital:
        plain_opening = (
            unit.first and not unit.tag.startswith("NNP") and not unit.label and not is_title(unit.text)
        )
        return not plain_opening or (unit.text.isupper() and len(unit.text) > 2)
    return unit.particle and unit.label == "person" and i + 1 < len(units) and units[i + 1].capital


def _continues(units: Units, j: int) -> bool:
    """Whether a capitalised word follows the one before it with just white space between."""
    gap = units[j].start - units[j - 1].end
    return units[j].capital and units[j].word and 1 <= gap <= 2 and units[j].line == units[j - 1].line


def _inner(units: Units, j: int) -> int:
    """The word to go on from where a particle or a quoted nickname stands inside a name, else 0."""
    ahead = j
    while ahead < len(units) and ahead < j + 3 and units[ahead].particle:
        ahead += 1
    if ahead > j and ahead < len(units) and _continues(units, ahead):
        return ahead
    if units[j].text == "&" and j + 1 < len(units) and units[j + 1].capital:
        return j + 2
    if units[j].text == "," and j + 1 < len(units) and is_suffix(units[j + 1].text) and units[j + 1].capital:
        return j + 2
    if (
        units[j].text in _OPENING
        and j + 3 < len(units)
        and units[j + 1].capital
        and units[j + 2].text in _CLOSING
    ):
        return j + 3 if _continues(units, j + 3) else 0
    return 0


def find_names(units: Units, hints: Iterable[tuple[int, int]] = ()) -> list[Found]:
    """Every printed name of the article, in order.

    `hints` are the characters of mentions that are known to speak: capitalised words there are names
    even where the pipeline saw none.
    """
    # the name that speaks stands at the head, before any comma: "Viewer, Zone B"
    heads = ((start, start + len(units.text[start:end].split(",")[0])) for start, end in hints)
    hinted = {i for start, end in heads for i in units.between(start, end)}
    found: list[Found] = []
    for i, j in runs(units):
        found += _read_run(units, i, j, hinted)
    found = _join_bodies(units, found)
    return _with_first_names(units, found)


def _read_run(units: Units, i: int, j: int, hinted: set[int]) -> list[Found]:
    while j > i + 1 and units[j - 1].folded.rstrip("s") in _NOT_NAMES:
        j -= 1  # "Murmur Saturday night"
    if body := _surely_body(units, i, j):
        return [body]
    people = [(a, b) for a, b, label in _entities(units, i, j) if label == "person"]
    nickname = next((k for k in range(i + 1, j - 2) if units[k].text in _OPENING), 0)
    if people and nickname:
        people = [(min(people[0][0], nickname - 1), j)]
    if people:
        return [
            name for a, b in _merge(units, people) if (name := _person(units, *_widen(units, i, j, a, b)))
        ]
    shouted = j - i > 3 and all(units[k].text.isupper() for k in range(i, j))
    if not shouted and (name := _titled(units, i, j)):
        return [name]
    rest = [
        Found(a, b, parse_name(_text(units, a, b)), _sort(units, a, b, label, hinted))
        for a, b, label in (_body_reach(units, j, *entity) for entity in _entities(units, i, j))
        if label in {"organisation", "place", "people"}
    ]
    if rest or shouted:
        return rest
    name = _untold(units, i, j, hinted)
    return [name] if name else []


def _surely_body(units: Units, i: int, j: int) -> Found | None:
    """A run that its own words or the noun before it tell to be no person: "Lindenfell Airport"."""
    words = [units[k] for k in range(i, j) if units[k].word]
    name, last = _text(units, i, j), words[-1].folded
    if len(words) == 1 or all(word.text.isupper() for word in words):
        return None
    if words[0].folded in _NO_PERSON:
        return Found(i, j, parse_name(name), "event")
    before = units[i - 1] if i else None
    called = (
        before is not None and before.line == units[i].line and is_body(before.text) and before.tag == "NN"
    )
    bodily = is_body_word(last) and not is_title(words[0].text)
    if bodily or called or last in {"united", "inc", "ltd", "llc", "plc"}:
        return Found(i, j, parse_name(name), "organisation")
    if any(units[k].text == "&" for k in range(i, j)):
        return Found(i, j, parse_name(name), "organisation")
    if (
        last in words_of("documents.txt")
        and words[-2].capital
        and not any(w.label == "person" for w in words[:-1])
    ):
        return Found(i, j, parse_name(name), "document")
    return None


def _sort(units: Units, a: int, b: int, label: str, hinted: set[int]) -> str:
    """The type of a name from its label, its last word, and whether it speaks."""
    if b - a == 1 and units[a].initials and "." in units[a].text and a in hinted:
        return "person"  # "T.J." asked
    last = units[b - 1].folded
    if b - a > 1 and last in words_of("documents.txt") and last not in words_of("bodies.txt"):
        return "document"
    return label


def _text(units: Units, a: int, b: int) -> str:
    return units.text[units[a].start : units[b - 1].end]


def _entities(units: Units, i: int, j: int) -> list[tuple[int, int, str]]:
    """Stretches of one entity in words `i` to `j`."""
    bounds = [i] + [k for k in range(i + 1, j) if units[k].entity != units[k - 1].entity] + [j]
    return [(a, b, units[a].label) for a, b in pairwise(bounds) if units[a].label]


def _merge(units: Units, people: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A given name and a surname labelled as two people are one."""
    merged: list[tuple[int, int]] = []
    for a, b in people:
        if merged and units[a - 1].text in _OPENING and b < len(units) and units[b].text in _CLOSING:
            continue  # the nickname itself
        single = bool(merged) and merged[-1][1] - merged[-1][0] == 1 and b - a == 1
        # Marcia "Cia" Price
        nickname = bool(merged) and a - merged[-1][1] == 3 and units[a - 1].text in _CLOSING
        if single and (merged[-1][1] == a or nickname):
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return merged


def _widen(units: Units, i: int, j: int, a: int, b: int) -> tuple[int, int]:
    """A person's entity widened to the proper nouns beside it, and to the titles before it."""
    short = j - i <= 7
    opened = is_known_given(units[a].folded)  # "Secretary of [State] John F. Kerry"
    while (
        short
        and b < j
        and not units[b].label
        and (units[b].tag.startswith("NNP") or is_suffix(units[b].text))
    ):
        b += 1
    while (
        short
        and not opened
        and a > i
        and ((not units[a - 1].label and units[a - 1].tag.startswith("NNP")) or units[a - 1].initials)
    ):
        a -= 1
    while a > i and is_title(units[a - 1].text):
        a -= 1
    if is_title(units[b - 1].text) and b < j <= b + 3:
        b = j  # the label ended at a title: "[Minneapolis Mayor] Jaocb Frey"
    return a, b


def _person(units: Units, a: int, b: int) -> Found | None:
    while b > a and not units[b - 1].word:
        b -= 1
    while a < b and (not units[a].word or (units[a].folded in _NOT_NAMES and b - a > 1)):
        a += 1
    if a >= b:
        return None
    parts = parse_name(_text(units, a, b))
    lone = fold(parts.plain)
    if b - a == 1 and units[a].text.isupper() and 2 < len(lone) <= 5:
        return Found(a, b, parts, "organisation")  # "IMF"; a transcript's "PYM" finds its person by surname
    exclaimed = b - a == 1 and units[a].first and b < len(units) and units[b].text in {"?", "!"}
    if lone in _NOT_NAMES or exclaimed or (b - a == 1 and is_role(lone)):
        return None
    return Found(a, b, parts, "person")


def _titled(units: Units, i: int, j: int) -> Found | None:
    """A run that a title opens: "Gov. Walz", "Sheriff Ruben Oakes"."""
    name = _text(units, i, j)
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
    if after == "of" and len(core) == 1 and units[first].label in {"", "organisation"}:
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


def is_body_word(word: str) -> bool:
    """Whether the word says that the name is an organisation's: "Federation"."""
    return fold(word).rstrip("s") in words_of("bodies.txt") or fold(word) in words_of("bodies.txt")


def _body_reach(units: Units, j: int, a: int, b: int, label: str) -> tuple[int, int, str]:
    """An organisation's entity up to the body noun that ends its run."""
    ends = [k for k in range(b, j) if is_body_word(units[k].text) and not units[k].label]
    if ends and ends[-1] - b <= 3:
        return a, ends[-1] + 1, "organisation"
    return a, b, label


def _untold(units: Units, i: int, j: int, hinted: set[int]) -> Found | None:
    """A run that no entity covers: a name where its words, its neighbours or a hint say so."""
    name = _text(units, i, j)
    parts = parse_name(name)
    words = [unit for unit in (units[k] for k in range(i, j)) if unit.word]
    if is_body_word(words[-1].text) and len(words) > 1:
        return Found(i, j, parts, "organisation")
    if any(unit.label for unit in words) or fold(name) in _NOT_NAMES or is_role(name) or len(words) > 4:
        return None
    told = len(words) > 1 and (parts.gender or _described(units, j))
    if told or (hinted.issuperset(range(i, j)) and not is_title(words[-1].text)):
        return Found(i, j, parts, "person")
    return None


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


def _join_bodies(units: Units, found: list[Found]) -> list[Found]:
    """ "Ministry" + "of" + "Public Order" is one organisation, "St. Orlan" + "'s" + "Hospital" too."""
    starts = {name.first: name for name in found}
    joined: list[Found] = []
    taken = -1
    for i, j in runs(units):
        if i < taken:
            continue
        last = units[j - 1]
        reach = (
            _reach_over(units, j)
            if is_body_word(last.text) and last.tag.startswith("NN")
            else _own_body(units, j)
        )
        if reach and not (i in starts and starts[i].type == "person" and units[j].tag != "POS"):
            joined.append(Found(i, reach, parse_name(_text(units, i, reach)), "organisation"))
            taken = reach
    covered = {k for name in joined for k in range(name.first, name.stop)}
    kept = [name for name in found if not covered.intersection(range(name.first, name.stop))]
    return sorted([*kept, *joined], key=lambda name: name.first)


def _reach_over(units: Units, j: int) -> int:
    """Past "of [the] Capitalised words" from word `j`, else 0."""
    if (
        j + 1 >= len(units)
        or units[j].folded not in {"of", "for", "on"}
        or units[j].line != units[j - 1].line
    ):
        return 0
    k = j + 1
    if units[k].folded == "the":
        k += 1
    stop = k
    while stop < len(units) and _continues(units, stop) and units[stop].folded not in _NOT_NAMES:
        stop += 1
        joins = stop + 1 < len(units) and units[stop].folded in {"and", "&"} and units[stop + 1].capital
        if joins and units[stop + 1].entity == units[stop - 1].entity != -1:
            stop += 1
    return stop if stop > k else 0


def _own_body(units: Units, j: int) -> int:
    """Past "'s Hospital" from word `j`, else 0."""
    if j + 1 < len(units) and units[j].text in {"'s", "’s"} and _continues(units, j + 1):
        return j + 2 if is_body_word(units[j + 1].text) else 0
    return 0


def _with_first_names(units: Units, found: list[Found]) -> list[Found]:
    """ "Owen and Délia Prys": the first of a couple shares the surname printed once."""
    by_stop = {name.stop: name for name in found}
    # "Obama and Hillary Clinton": who is "Mr. Obama" elsewhere shares nobody's surname.
    surnames = {fold(name.parts.surname) for name in found if name.parts.given or name.parts.titles}
    couples: dict[int, Found] = {}
    for name in found:
        at = name.first
        if name.type != "person" or not (name.parts.given and name.parts.surname) or at < 2:
            continue
        before = units[at - 2]
        alone = (
            at < 3
            or not units[at - 3].capital
            or units[at - 3].line != before.line
            or is_title(units[at - 3].text)
        )
        other = by_stop.get(at - 1)
        if (
            units[at - 1].folded not in {"and", "&"}
            or not before.capital
            or not alone
            or is_title(before.text)
            or before.folded in surnames
        ):
            continue
        lone = other is None or other.stop - other.first - len(other.parts.titles) == 1
        if lone and before.tag.startswith("NNP"):
            surname = name.parts.plain.split()[-1]
            couples[at - 2] = Found(at - 2, at - 1, parse_name(f"{before.text} {surname}"), "person")
    kept = [name for name in found if name.stop - 1 not in couples]
    return sorted([*kept, *couples.values()], key=lambda name: name.first)
