"""New and missing voices: whom only one outlet quotes, whom it leaves out, and who is quoted first when."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attribution.charts.rows import by_outlet
from attribution.charts.timeline import published_on
from attribution.pages.words import FEW, speaker_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_LEAST_OTHERS = 2  # of one other outlet alone nobody can say that "most others" quote somebody


@dataclass(frozen=True)
class OutletVoices:
    """The voices of one outlet beside those of the others.

    A voice is a named speaker. `only` are those that no other outlet quotes, `shared` those that another
    one quotes too, each with the most quoted first. `missing` are those that more than half of the other
    outlets quote and this one does not: of an outlet with fewer than `FEW` attributed quotes nothing is
    missing, it is too small to tell, and outlets so small are not counted among the others. `others` is the
    number of those that are large enough; `unattributed` that of the quotes here without a named speaker.
    """

    outlet: str
    quotes: tuple[AttributedQuote, ...]
    only: tuple[str, ...]
    shared: tuple[str, ...]
    missing: tuple[str, ...]
    others: int
    unattributed: int

    @property
    def few(self) -> bool:
        """Whether it has too few attributed quotes to say whom it leaves out."""
        return len(self.quotes) - self.unattributed < FEW


def outlet_voices(quotes: Sequence[AttributedQuote]) -> list[OutletVoices]:
    """Every outlet's voices beside those of the others, in reading order.

    An article whose outlet is not known stands for itself.
    """
    groups = by_outlet(quotes)
    heard = {
        outlet: Counter(speaker_label(quote) for quote in mine if quote.speaker.person)
        for outlet, mine in groups.items()
    }
    outlets_of = Counter(voice for voices in heard.values() for voice in voices)
    large = [outlet for outlet, voices in heard.items() if voices.total() >= FEW]
    told = Counter(voice for outlet in large for voice in heard[outlet])  # how many large outlets quote each
    found = []
    for outlet, mine in groups.items():
        voices = heard[outlet]
        others = len(large) - (outlet in large)
        missing = [
            voice
            for voice, by in told.most_common()
            if voice not in voices and by >= _LEAST_OTHERS and by > others / 2
        ]
        ranked = [voice for voice, _ in voices.most_common()]
        found.append(
            OutletVoices(
                outlet,
                tuple(mine),
                only=tuple(voice for voice in ranked if outlets_of[voice] == 1),
                shared=tuple(voice for voice in ranked if outlets_of[voice] > 1),
                missing=tuple(missing) if outlet in large else (),
                others=others,
                unattributed=len(mine) - voices.total(),
            )
        )
    return found


@dataclass(frozen=True)
class FirstQuoted:
    """A voice and the `day` of the earliest dated article that quotes it, with the `outlets` of that day.

    `new` is False on the first day of all, when nobody could be known yet. Its `undated` quotes stand in
    articles without a date: they may be older.
    """

    voice: str
    day: datetime.date
    outlets: tuple[str, ...]
    new: bool
    undated: int


def first_quoted(quotes: Sequence[AttributedQuote]) -> list[FirstQuoted]:
    """When each named speaker is quoted first, the earliest first; who has no dated quote is left out."""
    outlets = {quote.id: outlet for outlet, mine in by_outlet(quotes).items() for quote in mine}
    dated: dict[str, list[tuple[datetime.date, str]]] = defaultdict(list)
    undated: Counter[str] = Counter()
    days = {quote.article.id: published_on(quote.article) for quote in quotes}
    for quote in quotes:
        if not quote.speaker.person:
            continue
        if day := days[quote.article.id]:
            dated[speaker_label(quote)].append((day, outlets[quote.id]))
        else:
            undated[speaker_label(quote)] += 1
    start = min((day for day in days.values() if day), default=None)
    found = []
    for voice, places in dated.items():
        first = min(day for day, _ in places)
        there = tuple(dict.fromkeys(outlet for day, outlet in places if day == first))
        found.append(FirstQuoted(voice, first, there, new=first != start, undated=undated[voice]))
    return sorted(found, key=lambda each: (each.day, each.voice))
