"""Runs of capitalised words, where names stand, and a name found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from attribution.article import Span
from attribution.people.names import NameParts, is_suffix, is_title
from attribution.people.roles import label_role, left_role, right_role
from attribution.people.units import Units

NOT_NAMES = set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december anon anonymous q a i no the photo watch crowd "
    "audience chorus protesters voice voices".split()
)
OPENING, CLOSING = "\"“‘'(", "\"”’')"


@dataclass(frozen=True)
class Found:
    """A printed name: words `first` up to `stop` (titles included), its parts, and its type.

    `shared` is the role that it has from a name joined to it: "Senators Ann Roe and Ida Poe"; `kin` says
    that its surname is a relative's and stands nowhere with it: "his wife, Rosa".
    """

    first: int
    stop: int
    parts: NameParts
    type: str
    shared: Span | None = None
    kin: bool = False

    def span(self, units: Units) -> Span:
        """The name as printed, titles included."""
        return Span.of(units.text, units[self.first].start, units[self.stop - 1].end)

    def roles(self, units: Units) -> list[Span]:
        """What the words before and after the name say its bearer is."""
        before = left_role(units, self.first, len(self.parts.titles))
        found = (before or self.shared, label_role(units, self.first), right_role(units, self.stop - 1))
        return [role for role in found if role]


def text_of(units: Units, a: int, b: int) -> str:
    """The words `a` up to `b` as printed."""
    return units.text[units[a].start : units[b - 1].end]


@lru_cache(maxsize=2)
def runs(units: Units) -> tuple[tuple[int, int], ...]:
    """Maximal runs of capitalised words on a line, with particles and quoted nicknames inside them."""
    return tuple(_runs(units))


def _runs(units: Units) -> Iterator[tuple[int, int]]:
    i = 0
    while i < len(units):
        if reach := _in_charge(units, i):
            i = reach
            continue
        if not _opens(units, i):
            i += 1
            continue
        j = i + 1
        while j < len(units) and units[j].line == units[i].line and not _in_charge(units, j):
            if continues(units, j):
                j += 1
            elif reach := _inner(units, j):
                j = reach
            else:
                break
        yield i, j
        i = j


def _in_charge(units: Units, i: int) -> int:
    """Past "Special Agent in Charge", a title that is cut in two by a small word; 0 where it is none."""
    words = [unit.folded for unit in units.all[i : i + 4]]
    return i + 4 if words == ["special", "agent", "in", "charge"] else 0


def _opens(units: Units, i: int) -> bool:
    unit = units[i]
    if not unit.word:
        return False
    if unit.capital:
        plain_opening = (
            unit.first and not unit.tag.startswith("NNP") and not unit.label and not is_title(unit.text)
        )
        return not plain_opening or (unit.text.isupper() and len(unit.text) > 2)
    reach = _inner(units, i) if unit.particle else 0
    return bool(reach) and "person" in (unit.label, units[reach].label) and unit.tag.startswith("NNP")


def continues(units: Units, j: int) -> bool:
    """Whether a capitalised word follows the one before it with just white space between."""
    gap = units[j].start - units[j - 1].end
    return units[j].capital and units[j].word and 1 <= gap <= 2 and units[j].line == units[j - 1].line


def _inner(units: Units, j: int) -> int:
    """The word to go on from where a particle or a quoted nickname stands inside a name, else 0."""
    ahead = j
    while ahead < len(units) and ahead < j + 3 and units[ahead].particle:
        ahead += 1
    if ahead > j and ahead < len(units) and continues(units, ahead):
        return ahead
    if units[j].text == "&" and j + 1 < len(units) and units[j + 1].capital:
        return j + 2
    if units[j].text == "," and j + 1 < len(units) and is_suffix(units[j + 1].text) and units[j + 1].capital:
        return j + 2
    if (
        units[j].text in OPENING
        and j + 3 < len(units)
        and units[j + 1].capital
        and units[j + 2].text in CLOSING
    ):
        return j + 3 if continues(units, j + 3) else 0
    return 0
