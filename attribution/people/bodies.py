"""Organisations, documents and places among the capitalised words of an article."""

from __future__ import annotations

import re

from attribution.people.names import fold, is_title, parse_name, words_of
from attribution.people.roles import is_body
from attribution.people.runs import NOT_NAMES, Found, continues, runs, text_of
from attribution.people.units import Units

_NO_PERSON = set("operation project hurricane storm route highway fort lake mount port channel zone".split())
_AFTER_PLACE = re.compile(
    r"(?:, [A-Z][\w. ]+)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}\b| \([A-Z][\w ]+\) ?[-–—]| ?(?:--|—|–) ?[A-Z\"“])"
)
_AGENCY = re.compile(r"(?:, [A-Z][\w. ]+)? \([A-Z][\w/. ]+\) ?(?:-|–|—|--) ?[A-Z\"“]")


def surely_body(units: Units, i: int, j: int) -> Found | None:
    """A run that its own words or the noun before it tell to be no person: "Lindenfell Airport"."""
    words = [units[k] for k in range(i, j) if units[k].word]
    name, last = text_of(units, i, j), words[-1].folded
    numbered = j < len(units) and units[j].text.isdigit()  # "Channel 6"
    if (len(words) > 1 or numbered) and words[0].folded in _NO_PERSON:
        return Found(i, j, parse_name(name), "event")
    if numbered and name in {"No", "No.", "Number"} and units[j].text in {"10", "11"}:
        return Found(i, j + 1, parse_name(name), "organisation")  # of Downing Street
    if _dateline(units, i, j):
        return Found(i, j, parse_name(name), "place")
    if len(words) == 1 or all(word.text.isupper() for word in words):
        return None
    before = units[i - 1] if i else None
    called = (
        before is not None and before.line == units[i].line and is_body(before.text) and before.tag == "NN"
    )
    bodily = is_body_word(last) or called  # "panel Chairman Rep. Ann Roe" is no panel of that name
    if bodily and not is_title(words[0].text) or last in {"united", "inc", "ltd", "llc", "plc"}:
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


def _dateline(units: Units, i: int, j: int) -> bool:
    """Whether the run opens a line as a report's place: "CORLEY, June 2 (Sea Wire) -", "Corley (AP) —"."""
    if i and units[i - 1].line == units[i].line:
        return False
    shouted = units[j - 1].text.isupper()
    line = units.text[units[j - 1].end : units[j - 1].end + 60]
    return bool((_AFTER_PLACE if shouted else _AGENCY).match(line))


def sort_of(units: Units, a: int, b: int, label: str, hinted: set[int]) -> str:
    """The type of a name from its label, its last word, and whether it speaks."""
    if b - a == 1 and units[a].initials and "." in units[a].text and a in hinted:
        return "person"  # "T.J." asked
    last = units[b - 1].folded
    if b - a > 1 and last in words_of("documents.txt") and last not in words_of("bodies.txt"):
        return "document"
    return label


def body_reach(units: Units, j: int, a: int, b: int, label: str) -> tuple[int, int, str]:
    """An organisation's entity up to the body noun that ends its run."""
    ends = [k for k in range(b, j) if is_body_word(units[k].text) and not units[k].label]
    if ends and ends[-1] - b <= 3:
        return a, ends[-1] + 1, "organisation"
    return a, b, label


def join_bodies(units: Units, found: list[Found]) -> list[Found]:
    """ "Ministry" + "of" + "Public Order" is one organisation, "St. Orlan" + "'s" + "Hospital" too."""
    starts = {name.first: name for name in found}
    joined: list[Found] = []
    taken = -1
    for i, j in runs(units):
        if i < taken:
            continue
        last = units[j - 1]
        bodily = is_body_word(last.text) and last.tag.startswith("NN")
        cause = last.tag == "NNPS" and j < len(units) and units[j].folded == "for"  # "Citizens for Clean Air"
        reach = _reach_over(units, j, starts) if bodily or cause else _own_body(units, j)
        if reach and not (i in starts and starts[i].type == "person" and units[j].tag != "POS"):
            joined.append(Found(i, reach, parse_name(text_of(units, i, reach)), "organisation"))
            taken = reach
    covered = {k for name in joined for k in range(name.first, name.stop)}
    kept = [name for name in found if not covered.intersection(range(name.first, name.stop))]
    return sorted([*kept, *joined], key=lambda name: name.first)


def _reach_over(units: Units, j: int, starts: dict[int, Found]) -> int:
    """Past "of [the] Capitalised words" from word `j`, up to a person who starts there; else 0."""
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
    while stop < len(units) and continues(units, stop) and units[stop].folded not in NOT_NAMES:
        if stop in starts and starts[stop].type == "person":
            while stop > k and is_title(units[stop - 1].text):
                stop -= 1
            break  # "Department of Public Order [Assistant Secretary] Ann Roe"
        stop += 1
        joins = stop + 1 < len(units) and units[stop].folded in {"and", "&"} and units[stop + 1].capital
        if joins and units[stop + 1].entity == units[stop - 1].entity != -1:
            stop += 1
    return stop if stop > k else 0


def _own_body(units: Units, j: int) -> int:
    """Past "'s Hospital" from word `j`, else 0."""
    if j + 1 < len(units) and units[j].tag == "POS" and continues(units, j + 1):
        return j + 2 if is_body_word(units[j + 1].text) else 0
    return 0


def is_body_word(word: str) -> bool:
    """Whether the word says that the name is an organisation's: "Federation"."""
    return fold(word).rstrip("s") in words_of("bodies.txt") or fold(word) in words_of("bodies.txt")
