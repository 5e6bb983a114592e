"""From the words that speak ("he", "the sheriff", "Homan") to whom they stand for, within one article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from attribution.people.documents import told
from attribution.people.families import JOINED
from attribution.people.named import ArticleNames, Name
from attribution.people.names import is_role, is_title, singulars, words_of
from attribution.people.narrator import interviewed, narrator
from attribution.people.nominals import SPOKESMEN, read_nominal, without_wording
from attribution.people.phrases import read_noun_phrase
from attribution.people.readings import (
    Reading,
    Resolution,
    nobody,
    read_name,
    read_pronoun,
    speaking_names,
    stands_for,
)
from attribution.people.scene import Scene
from attribution.people.units import PRONOUNS, stands_as, units_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from attribution.article import Span
    from attribution.quotes import Quote
    from attribution.speakers import Attribution

__all__ = ["Resolution", "resolve"]

_HER_NAME = re.compile(r"\b(?:His|Her|Their|Whose|his|her|their|whose) names? (?:is|was) ")
_FIRST_PERSON = {"i", "we", "me", "my", "us", "you"}
# Between a body and who speaks for it: "Harbour Office [Director of Trade] Ann Roe".
_OFFICE = re.compile(r"(?! and )(?: (?:[A-Z][\w.’'-]*|of|in|for|and|the))* ")
_ADDRESSING = {"asked", "told", "asks", "tells", "asking", "telling"}
_Visit = Callable[[int, int, int], None]


def resolve(
    doc: Doc, names: ArticleNames, quotes: Sequence[Quote], attributions: Sequence[Attribution]
) -> list[Resolution]:
    """Say for each quote whom its attribution's mention stands for.

    `doc` is the parsed article, `names` what `names_in` found in it; `attributions[i]` belongs to
    `quotes[i]`. One resolution a quote comes back, in the same order. Nobody is forced: where the
    article names no speaker the type is "unnamed" (or "group", "document", "organisation").
    """
    return _Reader(Scene(doc, units_of(doc), names, quotes), quotes, attributions).read()


def _read_mention(scene: Scene, first: int, stop: int) -> Reading:
    """Read the mention of the words `first` up to `stop`."""
    stop = without_wording(scene.units, first, stop)
    if stop - first == 1 and PRONOUNS.get(scene.units[first].folded):
        return read_pronoun(scene, first, lambda start, end: _read_mention(scene, start, end))
    if named := speaking_names(scene, first, stop):
        return read_name(scene, first, stop, named)
    return read_noun_phrase(scene, first, stop, read_nominal(scene.units, first, stop))


class _Reader:
    """Reads an article once from left to right and answers for every quote's mention on the way."""

    def __init__(self, scene: Scene, quotes: Sequence[Quote], attributions: Sequence[Attribution]) -> None:
        self.scene, self.units = scene, scene.units
        self.quotes = quotes
        self.mentions = [attribution.mention for attribution in attributions]
        self.readings: dict[int, Reading] = {}
        self.stretch = [
            self._completed(a.mention.start, a.mention.end, a.cue.start if a.cue else -1)
            if a.mention
            else range(0)
            for a in attributions
        ]

    def _completed(self, start: int, end: int, cue: int) -> range:
        """The words of a mention with what it was cut short of; `cue` is where its verb starts."""
        span = self.units.between(start, end) or self.units.around(start)  # "Petit-[Roux]"
        if not span or self.units[span.start].folded in PRONOUNS:
            return span
        if (stop := self._body_after(span)) or (stop := self._joined_before(span, cue)):
            return range(span.start, stop)
        for name, form in self._forms_near(start, end):
            leads = name.type == "person" and (
                any(role.start < end <= role.end < form.end <= role.end + 80 for role in name.roles)
                or (form.start == end + 1 and self._titles(span, form, cue))
            )
            if leads or form.start < end < form.end:
                stop = self.units.between(form.start, form.end).stop
                return self._person_at(stop) or range(span.start, stop)
            if form.end == start - 1 and self._noun_after(span.start, name.type) == span.stop:
                return range(self.units.between(form.start, form.end).start, span.stop)
            within = name.type != "person" and start <= form.start and form.end <= end
            if within and (person := self._person_at(self.units.between(form.start, form.end).stop)):
                return person
            if form.end == end and (stop := self._noun_after(span.stop, name.type)):
                return range(span.start, stop)
        return self._with_family(span)

    def _person_at(self, i: int) -> range | None:
        """The words of a person's name behind a body's: "Harbour Office [Director of Trade Ann Roe]"."""
        end, text, names = self.units[i - 1].end, self.units.text, self.scene.names
        for start, stop, number in names.mentions_within(end, end + 60 + self._longest):
            if names.names[number].type == "person" and _OFFICE.fullmatch(text, end, start):
                office = text[end:start].split()
                if not office or any(map(is_title, office)):
                    return self.units.between(start, stop)
        return None

    def _titles(self, span: range, name: Span, cue: int) -> bool:
        """Whether the words stand before a name like a title: "harbour master [Finn Olsen] said"."""
        last = self.units[span.stop - 1]
        closed = self.units.text[name.end : name.end + 1] in {",", ".", ";"} or 0 < cue - name.end <= 2
        return closed and last.tag == "NN" and not last.capital

    def _forms_near(self, start: int, end: int) -> list[tuple[Name, Span]]:
        """Every printed name that may touch these characters, or a role that does; name by name."""
        names, forms, reach = self.scene.names.names, self._forms, self._longest + 2
        low = bisect_left(forms, start - reach, key=lambda entry: entry[1].start)
        high = bisect_right(forms, end + reach, key=lambda entry: entry[1].start)
        return [(names[number], form) for number, form in sorted(forms[low:high])]

    @cached_property
    def _forms(self) -> list[tuple[int, Span]]:
        """Every printed name with its number, in the order of the text."""
        names = enumerate(self.scene.names.names)
        return sorted(((i, f) for i, name in names for f in name.forms), key=lambda entry: entry[1].start)

    @cached_property
    def _longest(self) -> int:
        """The most characters that a printed name or a role has."""
        spans = (span for name in self.scene.names.names for span in (*name.forms, *name.roles))
        return max((span.end - span.start for span in spans), default=0)

    def _with_family(self, span: range) -> range:
        """ "[Owen] and Délia Prys": who is named without a surname is named together with the other."""
        for first, last in self._families:
            if first.start in span or last.start in span:
                return range(min(span.start, first.start), max(span.stop, last.stop))
        return span

    @cached_property
    def _families(self) -> list[tuple[range, range]]:
        """The words of every two names joined by "and" of which the first lacks its surname."""
        names, between = self.scene.names.names, self.units.between
        joined = [
            (between(start, end), between(other_start, other_end), names[one])
            for (start, end, one), (other_start, other_end, _) in pairwise(self.scene.names.mentions)
            if names[one].type == "person" and self.units.text[end:other_start].strip() in {"and", "&"}
        ]
        return [
            (first, last)
            for first, last, name in joined
            if name.parts.surname not in self.units[first.stop - 1].folded
        ]

    def _body_after(self, span: range) -> int:
        """The end of the body that a spokesman speaks for: "a spokesman [for the League]"; 0 for none."""
        last, i = self.units[span.stop - 1], span.stop
        if not SPOKESMEN.intersection(singulars(last.folded)) or i + 2 >= len(self.units):
            return 0
        if self.units[i].folded not in {"for", "at", "of", "with", "from"}:
            return 0
        i += 1 + (self.units[i + 1].folded == "the")
        ends = {s: e for s, e, n in self.scene.names.mentions if self.scene.names.names[n].type != "person"}
        end = ends.get(self.units[i].start)
        named = end and any(start == end + 2 for start, _, _ in self.scene.names.mentions)  # "…, Ian Wells,"
        return self.units.between(last.start, end).stop if end and not named else 0

    def _joined_before(self, span: range, cue: int) -> int:
        """The end of the second of two names that share the verb at `cue`: "Ann Roe [and Bo Lund] said"."""
        names, mentions = self.scene.names.names, self.scene.names.mentions
        last = self.units[span.stop - 1].end
        low = bisect_left(mentions, (self.units[span.start].start,))
        high = bisect_left(mentions, (last,), low)
        for (start, end, one), (other_start, other_end, other) in pairwise(mentions[low : high + 1]):
            joined = end == last and one != other and names[one].type == names[other].type
            if joined and 0 < cue - other_end <= 2 and JOINED.fullmatch(self.units.text, end, other_start):
                return self.units.between(start, other_end).stop
        return 0

    def _noun_after(self, i: int, type: str) -> int:
        """The end of the noun that a name only specifies: "Harbour Office [report]"; 0 for none."""
        lists = ("bodies.txt",) if type == "person" else ("bodies.txt", "documents.txt", "roles.txt")
        stop = i
        while stop < len(self.units) and self.units[stop].tag == "NN" and not self.units[stop].capital:
            if self.units[stop].start - self.units[stop - 1].end != 1:
                break
            stop += 1
        return stop if stop > i and any(self.units[stop - 1].folded in words_of(f) for f in lists) else 0

    def read(self) -> list[Resolution]:
        """One resolution a quote."""
        for _, _, visit, first, stop, number in sorted(self._points(), key=lambda point: point[:2]):
            visit(first, stop, number)
        # "I" and "you" inside a quote need the quote's own speaker, which may be named after it
        widest_first = sorted(
            range(len(self.quotes)), key=lambda i: self.quotes[i].start - self.quotes[i].end
        )
        for i in widest_first:
            if self._is_first_person(i):
                self.readings[self.stretch[i].start] = self._inside(i)
        return [self._named_later(i, self._answer(i)) for i in range(len(self.quotes))]

    def _answer(self, i: int) -> Resolution:
        mention = self.mentions[i]
        if mention is None:
            return Resolution("unnamed", "The article does not say who said it.", 1.0)
        if not self.stretch[i]:
            return nobody(mention.text)
        reading = self.readings[self.stretch[i].start]
        entity = self.scene.entities[reading.entity] if reading.entity >= 0 else None
        if entity and entity.type == "document" and entity.label and not reading.resolution.label:
            return told(self.scene, reading.entity, mention.text)  # the article names it further down
        return reading.resolution

    def _points(self) -> list[tuple[int, int, _Visit, int, int, int]]:
        """What is met on the way: speakers, names, and in narration pronouns and subjects."""
        points: list[tuple[int, int, _Visit, int, int, int]] = []
        covered: set[int] = set()
        for span in {span.start: span for span in self.stretch if span}.values():
            points.append((span.start, 1, self._meet_speaker, span.start, span.stop, 0))
            covered.update(span)
        for start, end, number in self.scene.names.mentions:
            span = self.units.between(start, end)
            points.append((span.start, 0, self._meet_name, span.start, span.stop, number))
            covered.update(span)
            if stop := self._relative_after(span.stop):
                points.append((span.start, 1, self._meet_phrase, span.start, stop, 0))
        for first, stop, members in self._couples():
            points.append((first, 2, partial(self._meet_couple, members), first, stop, 0))
        for i, unit in enumerate(self.units.all):
            if i in covered or self.scene.quoted(unit.start):
                continue
            another = not unit.folded.endswith("self")  # "herself" is the subject again
            pronoun = PRONOUNS.get(unit.folded) in {"male", "female"} or unit.folded == "they"
            if pronoun and another and not self._looks_ahead(i):
                points.append((i, 0, self._meet_pronoun, i, i + 1, 0))
            if stop := self._subject_phrase(i, covered):
                points.append((i, 0, self._meet_phrase, i, stop, 0))
        return points

    def _relative_after(self, i: int) -> int:
        """The end of the noun that a name owns where that is a person: "Pike['s mother] wept"; else 0."""
        if i + 1 >= len(self.units) or self.units[i].tag != "POS" or self.units[i + 1].capital:
            return 0
        return i + 2 if is_role(self.units[i + 1].text) and self.units[i + 1].tag == "NN" else 0

    def _looks_ahead(self, i: int) -> bool:
        """Whether a possessive may mean the subject that follows: "In her book, Ann Roe …"."""
        first = i
        while first > 0 and not self.units[first].first and self.units[first].text != ",":
            first -= 1
        return (
            self.units[i].folded in {"his", "her"}
            and self.units[first].first
            and self.units[first].tag == "IN"
        )

    def _couples(self) -> Iterator[tuple[int, int, tuple[int, int]]]:
        """Two names of one kind joined by "and" (a bracket may stand between): "Bea and Flo Wimmer"."""
        names, text = self.scene.names.names, self.units.text
        people = [mention for mention in self.scene.names.mentions if names[mention[2]].type == "person"]
        others = [mention for mention in self.scene.names.mentions if names[mention[2]].type != "person"]
        pairs = (*pairwise(people), *pairwise(others))
        for (start, end, one), (other_start, other_end, other) in pairs:
            alike = one != other and names[one].type == names[other].type and other_start - end < 80
            if alike and JOINED.fullmatch(text, end, other_start):
                first, last = self.units.between(start, end), self.units.between(other_start, other_end)
                yield first.start, last.stop, (one, other)

    def _meet_couple(self, members: tuple[int, int], first: int, stop: int, _: int) -> None:
        self.scene.enter(self.scene.couple(members), first, stop)

    def _subject_phrase(self, i: int, covered: set[int]) -> int:
        """The end of a noun phrase that starts at word `i` and is a subject; 0 where there is none."""
        if self.units[i].tag not in {"DT", "PRP$"}:
            return 0  # a bare noun is seldom taken up again
        stop = i + 1
        while stop < min(len(self.units), i + 7) and self._in_phrase(stop):
            if self.units[stop].tag == "VBN" and self.units[stop - 1].tag.startswith("NN"):
                break  # "a Times article hailed"
            stop += 1
        last = self.units[stop - 1]
        if stop == i + 1 or not last.tag.startswith("NN") or stop - 1 in covered:
            return 0  # "The rights group Luz Abierta" is met by its name
        written = last.folded in words_of("documents.txt")
        if covered.intersection(range(i, stop)):
            return stop if written else 0
        if i and self.units[i - 1].folded in _ADDRESSING and not written:
            return stop  # "I asked the clerk why": he may answer
        return stop if written or stands_as(self.scene.doc, self.units, i, stop, climb=False)[0] else 0

    def _in_phrase(self, i: int) -> bool:
        return self.units[i].tag in {"JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "POS", "CD"}

    def _meet_name(self, first: int, stop: int, number: int) -> None:
        self.scene.enter(number, first, stop)

    def _meet_pronoun(self, first: int, stop: int, _: int) -> None:
        wanted = PRONOUNS[self.units[first].folded]
        ranked = self.scene.rank(first, wanted)
        if ranked and (wanted != "several" or self.scene.entities[ranked[0].entity].members):
            self.scene.enter(ranked[0].entity, first, stop)
            self.scene.note_pronoun(wanted, ranked[0].entity, first)

    def _meet_phrase(self, first: int, stop: int, _: int) -> None:
        nominal = read_nominal(self.units, first, stop)
        if nominal.kind == "other":
            return
        reading = read_noun_phrase(self.scene, first, stop, nominal)
        if reading.entity < 0 or reading.resolution.confidence < 0.5:
            return
        subject = stands_as(self.scene.doc, self.units, first, stop, climb=False)[0]
        subject = subject or (first > 0 and self.units[first - 1].folded in _ADDRESSING)
        if subject or self.scene.entities[reading.entity].label or reading.resolution.names:
            self.scene.enter(reading.entity, first, stop)
        for other in self._joined_to(reading, stop):  # "the county and the Relief Chapter"
            self.scene.enter(self.scene.couple((reading.entity, other)), first, stop)

    def _joined_to(self, reading: Reading, stop: int) -> Iterator[int]:
        """The number of the name that "and" joins to a phrase which stands for a body's name."""
        names, (own, *_) = self.scene.names.names, (*reading.resolution.names, -1)
        if own < 0 or names[own].type != "organisation":
            return
        end = self.units[stop - 1].end
        for start, _, other in self.scene.names.mentions:
            joined = JOINED.fullmatch(self.units.text, end, start)
            if joined and other != own and names[other].type == "organisation":
                yield other

    def _meet_speaker(self, first: int, stop: int, _: int) -> None:
        reading = self._answers(first) or _read_mention(self.scene, first, stop)
        self.readings[first] = reading
        if reading.entity < 0:
            return
        self.scene.enter(reading.entity, first, stop, speaks=True)
        wanted = PRONOUNS.get(self.units[first].folded) if stop - first == 1 else None
        if wanted in {"male", "female"}:
            self.scene.note_pronoun(wanted, reading.entity, first)

    def _answers(self, first: int) -> Reading | None:
        """The reading of an interview's label "A"; `None` where it is none, or nobody is interviewed."""
        label = self.units[first].folded.rstrip(".")
        if label not in {"a", "answer", "q", "question"} or first not in self._labels:
            return None
        word = self.units[first].text.rstrip(".")
        if label[0] == "a" and (found := interviewed(self.scene.names, self.units.text, self._interview)):
            return stands_for(self.scene, found[0], f"“{word}” stands for an answer: {found[1]}.", 0.85)
        return Reading(nobody(word))

    @cached_property
    def _labels(self) -> set[int]:
        """The words that are a turn's label."""
        return {
            stretch.start
            for stretch, quote in zip(self.stretch, self.quotes, strict=True)
            if stretch and quote.kind == "transcript"
        }

    @cached_property
    def _interview(self) -> int:
        """The character at which the first turn starts."""
        return self.units[min(self._labels)].start

    # Quotes inside quotes, and names that come late

    def _is_first_person(self, i: int) -> bool:
        return len(self.stretch[i]) == 1 and self.units[self.stretch[i].start].folded in _FIRST_PERSON

    def _enclosing(self, i: int) -> int | None:
        """The narrowest other quote with a piece that holds the mention of quote `i`."""
        start = self.units[self.stretch[i].start].start
        holding = [
            (piece.end - piece.start, k)
            for k, quote in enumerate(self.quotes)
            for piece in quote.pieces
            if k != i and piece.start <= start < piece.end
        ]
        return min(holding)[1] if holding else None

    def _inside(self, i: int) -> Reading:
        """ "I" in a quote is its speaker; "you" whom the speaker addresses by name in it."""
        word = self.units[self.stretch[i].start]
        outer = self._enclosing(i)
        if outer is None:
            return self._narrator(i)
        speaker = self._answer(outer)
        if word.folded != "you":
            return Reading(
                replace(
                    speaker, evidence=f"“{word.text}” stands in a quote: it is the one who says that quote."
                )
            )
        bounds = [(p.start, p.end) for p in self.quotes[outer].pieces]
        names = self.scene.names.names
        addressed = [
            (form.start, number)
            for number, name in enumerate(names)
            for form in name.forms
            if name.type == "person"
            and number not in speaker.names
            and any(a <= form.start < b for a, b in bounds)
        ]
        if not addressed:
            return self._addressed_before(outer, speaker, word.text)
        number = min(addressed)[1]
        why = f"“you” is {names[number].name}, whom the speaker names in the same quote."
        return stands_for(self.scene, number, why, 0.7)

    def _addressed_before(self, outer: int, speaker: Resolution, word: str) -> Reading:
        """ "you" in a turn that names nobody: the one who spoke last before it."""
        before = [k for k in range(len(self.quotes)) if self.quotes[k].end <= self.quotes[outer].start]
        for k in sorted(before, key=lambda k: -self.quotes[k].end):
            last = self._answer(k)
            if len(last.names) == 1 and last.names != speaker.names:
                why = f"“{word}” is probably {self.scene.names.names[last.names[0]].name}, who spoke before."
                return stands_for(self.scene, last.names[0], why, 0.5)
        return Reading(nobody(word))

    def _narrator(self, i: int) -> Reading:
        """ "I" outside any quote is who wrote the words, where the article says so."""
        word = self.units[self.stretch[i].start]
        if word.folded in {"you", "we", "us"}:
            return Reading(nobody(word.text))
        if found := narrator(self.units.text, self.scene.names, word.start):
            number, why = found
            name = self.scene.names.names[number].name
            return stands_for(self.scene, number, f"“{word.text}” is {name}, who {why}.", 0.75)
        return Reading(
            nobody("the writer", why=f"“{word.text}” is the writer, whom the article does not name.")
        )

    def _named_later(self, i: int, answer: Resolution) -> Resolution:
        """ "… the woman told us. Her name is Rufina Salcedo." """
        mention = self.mentions[i]
        if mention is None or answer.names or answer.type != "unnamed":
            return answer
        end = max(mention.end, self.quotes[i].end)
        if not (told := _HER_NAME.search(self.units.text, end, end + 400)):
            return answer
        number = next((n for start, _, n in self.scene.names.mentions if start == told.end()), None)
        if number is None:
            return answer
        name = self.scene.names.names[number].name
        why = f"“{mention.text}” is {name}: the article gives the name just after."
        return stands_for(self.scene, number, why, 0.8).resolution
