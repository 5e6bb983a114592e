"""What the words around a name say its bearer is: "border czar", "a commissioner", "(R-Fla.)"."""

from __future__ import annotations

import re
from functools import lru_cache

from attribution.article import Span
from attribution.people.names import fold, is_role, is_title, singulars, table_of, words_of
from attribution.people.units import Unit, Units

_MODIFIERS = {"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "CD", "AFX", "HYPH", "POS", "''"}
_DETERMINERS = {"DT", "PRP$", "POS"}
_OPENERS = {"DT", "PRP$", "JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "CD", "RB"}
_STOPS = {",", ".", ";", ":", "—", "–", "-", "?", "!", ")", "“", "”", '"', "‘", "''", "``"}
_PARTY = re.compile(r"\s*\((?:R|D|I|L|G|DFL)[-–]\s*([A-Za-z. ]+?)\)")
LONGEST_ROLE = 16  # words


@lru_cache(maxsize=16384)
def noun_of(phrase: str) -> str:
    """The role noun that a phrase turns on, folded; "" where it has none.

    >>> noun_of("chief executive of Tern Air Charter"), noun_of("the agency's director")
    ('executive', 'director')
    """
    before = re.split(r"\b(?:of|for|with|at|in|from|on|to|who|and)\b|,", phrase, maxsplit=1)[0]
    words = [fold(word).strip(".") for word in re.findall(r"[\w.’'-]+", before)]
    abbreviations = table_of("titles.json")["abbreviations"]
    for word in reversed(words):
        if word in abbreviations:
            return str(abbreviations[word])
        if is_role(word):
            return next(form for form in singulars(word) if form in words_of("roles.txt"))
    return ""


def left_role(units: Units, first: int, titles: int) -> Span | None:
    """The role printed before the name whose first word is number `first`.

    `titles` is how many words of the name are titles. "border czar Tom Homan", "The minister, Luis Bassa".
    """
    start = stop = first + titles
    while start > 0 and _modifies(units, start):
        start -= 1
    if start < stop and (noun := _last_role(units, start, stop)) is not None and noun == stop - 1:
        while stop > start and units[stop - 1].folded.rstrip(".") in table_of("titles.json")["honorifics"]:
            stop -= 1  # "education chief Dr Imogen Falk"
        if stop > start:
            return Span.of(units.text, units[start].start, units[stop - 1].end)
        return None
    return _post_of(units, first) or _role_before_comma(units, first)


def _post_of(units: Units, first: int) -> Span | None:
    """ "Secretary of State John F. Kerry": a title, "of" and its capitals right before the name."""
    of = first - 1
    while of > 0 and units[of].capital and units[of].line == units[first].line:
        of -= 1
    if of < 1 or of == first - 1 or units[of].folded != "of" or not is_title(units[of - 1].text):
        return None
    start = of - 1
    while start > 0 and units[start - 1].capital and _modifies(units, start):
        start -= 1
    return Span.of(units.text, units[start].start, units[first - 1].end)


def label_role(units: Units, first: int) -> Span | None:
    """The role that a transcript's label gives before a name in brackets: "CHAIR (Cllr C. Abara):"."""
    if first > 1 and units[first - 1].text == "(" and is_role(units[first - 2].text):
        return Span.of(units.text, units[first - 2].start, units[first - 2].end)
    return None


def body_roles(units: Units, first: int, stop: int) -> list[Span]:
    """What an article calls a body: "The rights group Luz Abierta", "the Navigators, a trade union"."""
    roles = []
    start = first
    while start > 0 and first - start < 5 and not units[start - 1].capital and _modifies(units, start):
        start -= 1
    if start < first and is_body(units[first - 1].text):
        roles.append(Span.of(units.text, units[start].start, units[first - 1].end))
    if stop + 2 < len(units) and units[stop].text == "," and units[stop + 1].folded in {"a", "an", "the"}:
        end = stop + 2
        while end < len(units) and end < stop + 8 and units[end].tag in _MODIFIERS:
            end += 1
        if end > stop + 2 and is_body(units[end - 1].text):
            roles.append(Span.of(units.text, units[stop + 2].start, units[end - 1].end))
    return roles


def _modifies(units: Units, i: int) -> bool:
    """Whether the word before number `i` can belong to a role that runs up to `i`."""
    unit, after = units[i - 1], units[i]
    if unit.line != after.line or unit.sentence != after.sentence:
        return False
    if unit.tag == "POS":
        return i > 1 and units[i - 2].tag in _MODIFIERS
    noun = unit.word and unit.tag in _MODIFIERS and unit.folded not in {"said", "says"}
    return noun or is_title(unit.text)


def _last_role(units: Units, start: int, stop: int) -> int | None:
    return next((i for i in range(stop - 1, start - 1, -1) if is_title(units[i].text)), None)


def _role_before_comma(units: Units, first: int) -> Span | None:
    """ "The minister, Luis Bassa": a determined role noun just before a comma before the name."""
    if first < 3 or units[first - 1].text != "," or not is_role(units[first - 2].text):
        return None
    start = first - 2
    while start > 0 and first - start < LONGEST_ROLE and _modifies(units, start):
        start -= 1
    determined = start > 0 and units[start - 1].tag in _DETERMINERS
    if not determined or units[start].sentence != units[first].sentence:
        return None
    return Span.of(units.text, units[start].start, units[first - 2].end)


def right_role(units: Units, last: int) -> Span | None:
    """The role printed after the name whose last word is number `last`.

    "Tom Homan, the border czar", "Geoffrey Starks (D), a commissioner", "Ham is a retired general".
    """
    i = last + 1
    if i < len(units) and units[i].text == "(":
        while i < len(units) and units[i].text != ")" and i < last + 10:
            i += 1
        i += 1
    if i >= len(units) - 1 or units[i].line != units[last].line:
        return None
    if units[i].text == "," or units[i].text in {"-", "–", "—", "("}:
        i = _skip_age(units, i + 1)
        if i < len(units) - 2 and units[i].folded == "who" and units[i + 1].folded in {"is", "was"}:
            i += 2
    elif units[i].folded in {"is", "was"} and units[i + 1].tag in {"DT", "PRP$"}:
        i += 1
    else:
        return None
    return _phrase(units, i, last)


def _skip_age(units: Units, i: int) -> int:
    """Past "41," in ", 41, a cannery worker"."""
    if i + 2 < len(units) and units[i].text.isdigit() and units[i + 1].text == ",":
        return i + 2
    return i


def _phrase(units: Units, start: int, last: int) -> Span | None:
    """The noun phrase from word `start` up to the next stop, if it turns on a role noun."""
    if start >= len(units) or not (units[start].tag in _OPENERS or is_role(units[start].text)):
        return None
    stop = start
    while stop < len(units) and stop - start < LONGEST_ROLE and not _ends(units, stop, last):
        stop += 1
    # ", the mayor also said" is no apposition: one ends with a mark or with the line
    closed = stop >= len(units) or units[stop].text in _STOPS or units[stop].line != units[last].line
    closed = closed or units[last + 1].text not in {",", "-", "–", "—"} or stop - start >= LONGEST_ROLE
    if (
        stop == start
        or not closed
        or not (noun := noun_of(units.text[units[start].start : units[stop - 1].end]))
    ):
        return None
    begin = start
    while units[begin].tag == "DT" and begin < stop - 1 and units[begin].folded not in {"no", "another"}:
        begin += 1
    span = Span.of(units.text, units[begin].start, units[stop - 1].end)
    return span if noun and not _is_list(units, begin, stop) else None


def _ends(units: Units, i: int, last: int) -> bool:
    unit: Unit = units[i]
    if unit.text in _STOPS or unit.line != units[last].line or (unit.text in {"and", "but"} and i > last + 2):
        return True
    return unit.tag in {"VBD", "VBZ", "VBP", "MD", "WP", "WDT"}


def _is_list(units: Units, start: int, stop: int) -> bool:
    """Whether the phrase goes on to name somebody else: "Frey, Gov. Walz and others"."""
    first = units[start]
    if not first.capital or not is_title(first.text) or start + 1 >= stop:
        return False
    return units[start + 1].capital and units[start + 1].label == "person"


def plain_role(span: Span) -> str:
    """A role for the reader: without article, abbreviations of a lone title written out.

    >>> plain_role(Span(0, 4, "Gov.")), plain_role(Span(0, 15, "the border czar"))
    ('governor', 'border czar')
    """
    text = re.sub(r"^(?:the|a|an)\s+", "", " ".join(span.text.split()), flags=re.I)
    return str(table_of("titles.json")["abbreviations"].get(fold(text).rstrip("."), text))


def party_state(text: str, end: int) -> str:
    """The state in "(R-Fla.)" printed right after character `end`, else "".

    >>> party_state("Marco Rubio (R-Fla.) said", 11)
    'Florida'
    """
    if not (match := _PARTY.match(text, end)):
        return ""
    key = fold(match.group(1)).replace(".", "").strip()
    return str(table_of("states.json").get(key, match.group(1)))


def is_body(word: str) -> bool:
    """Whether the noun names an organisation: "agency"."""
    return fold(word) in words_of("bodies.txt")
