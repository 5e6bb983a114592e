"""The same utterance in several articles: its wordings side by side, who cut it, who changed a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from attribution.article import Article
from attribution.check.differences import TYPOGRAPHY, Difference, differences, weight
from attribution.check.draft import QuotedWords, quoted_words
from attribution.check.places import Place, Source, lay
from attribution.people import names_agree

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

Relation = Literal["verbatim", "trimmed", "altered"]

_LEAST = 2.0  # content words (little words count a quarter) that two quotes must share to be one utterance
_LEAST_OF_ONE = 1.25  # the same where the speaker is the same: "a gamble" beside "a gamble with our lives"
_SAME = 0.9  # of the shorter quote's words, by weight: one remark, if nothing was changed
_POSSIBLE, _RUN = 0.55, 3  # the same for a changed one, with so many words in a row
_OVERLAP = 5  # words in a row by which two parts of one longer remark are told
_OTHER_SPEAKER = 4.0  # content words that two named speakers must share to be one remark, wrongly credited
_TOLD = 200  # pairs looked at between two calls of `progress`
_COMMON = 300  # quotes that share a pair of words: a phrase of the day tells nothing


@dataclass(frozen=True)
class Wording:
    """One article's wording of an utterance, and how it stands to the fullest one (the `base`)."""

    quote: AttributedQuote
    relation: Relation
    differences: tuple[Difference, ...] = ()

    @property
    def changes(self) -> tuple[Difference, ...]:
        """The differences in words; those in marks, dashes and spaces left out."""
        return tuple(d for d in self.differences if d.kind not in TYPOGRAPHY)


@dataclass(frozen=True)
class Utterance:
    """What one person said once, as several articles have it.

    `base` is the fullest wording, `wordings` the others in the order of publication where it is known,
    else as the articles were loaded. `sure` is False where a word differs or the speakers do: then it is
    "possibly the same remark", and `reasons` say what speaks for it and against.
    """

    base: AttributedQuote
    wordings: tuple[Wording, ...]
    sure: bool
    reasons: tuple[str, ...]

    @cached_property
    def quotes(self) -> tuple[AttributedQuote, ...]:
        """All its quotes, the base first."""
        return (self.base, *(wording.quote for wording in self.wordings))

    @property
    def first(self) -> AttributedQuote | None:
        """The quote published first; None where a date is missing, or two share the first day."""
        days = [_day(quote) for quote in self.quotes]
        if None in days or days.count(min(days)) > 1:
            return None
        return self.quotes[days.index(min(days))]

    def as_record(self) -> dict[str, Any]:
        """The utterance as plain data: ids of its quotes, relations, differences and reasons."""
        return {
            "base": self.base.id,
            "sure": self.sure,
            "reasons": list(self.reasons),
            "first": self.first.id if self.first else None,
            "wordings": [
                {
                    "quote_id": wording.quote.id,
                    "relation": wording.relation,
                    "differences": [difference.as_record() for difference in wording.changes],
                }
                for wording in self.wordings
            ],
        }


def _day(quote: AttributedQuote) -> date | None:
    try:
        return datetime.fromisoformat(quote.article.published or "").date()
    except ValueError:
        return None


def find_variants(
    quotes: Sequence[AttributedQuote], *, progress: Callable[[int, int], None] | None = None
) -> list[Utterance]:
    """The utterances that two articles and more quote, in the order of their first quotes.

    Quotes are compared where they share a pair of words that is not everybody's; time grows with the number
    of such pairs, not with all pairs of quotes. A quote belongs to one utterance at most; the words of a
    quote in a quote are its own speaker's, not the outer one's. `progress` is called now and then with the
    number of pairs looked at, and of all.
    """
    inner = _inner_pieces(quotes)
    said = [_Said(quote, inner) for quote in quotes]
    pairs, links = list(_candidates(said)), []
    for done, (a, b) in enumerate(pairs):
        if progress and done % _TOLD == 0:
            progress(done, len(pairs))
        if _linked(said[a], said[b]):
            links.append((a, b))
    groups = tied_groups(len(said), links)
    found = [utterance for group in groups for utterance in _utterances([said[i] for i in group])]
    place = {quote.id: number for number, quote in enumerate(quotes)}
    return sorted(found, key=lambda utterance: min(place[quote.id] for quote in utterance.quotes))


class _Said:
    """A quote with its words."""

    def __init__(self, quote: AttributedQuote, inner: dict[str, list[tuple[int, int]]]) -> None:
        self.quote = quote
        pieces = [(piece.start, piece.end) for piece in quote.quote.pieces]
        if quote.quote.kind != "nested":
            pieces = [part for piece in pieces for part in _without(piece, inner.get(quote.article.id, []))]
        self.words: QuotedWords = quoted_words(quote.article.text, pieces)
        self.keys = self.words.words.keys
        self.weights = {key: weight(key) * number for key, number in Counter(self.keys).items()}
        self.weight = sum(map(weight, self.keys))

    @property
    def named(self) -> bool:
        """Whether its article names the speaker."""
        return self.quote.speaker.person is not None

    @cached_property
    def source(self) -> Source:
        """The quote's own words as a text that others can be laid against."""
        return Source(Article(self.quote.quote.text, file=self.quote.article.file))


def _inner_pieces(quotes: Sequence[AttributedQuote]) -> dict[str, list[tuple[int, int]]]:
    """The pieces of the quotes in quotes, by article."""
    inner: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for quote in quotes:
        if quote.quote.kind == "nested":
            inner[quote.article.id] += [(piece.start, piece.end) for piece in quote.quote.pieces]
    return inner


def _without(piece: tuple[int, int], inner: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a piece without the inner ones.

    >>> _without((0, 20), [(5, 8), (30, 40)])
    [(0, 5), (8, 20)]
    """
    start, end = piece
    left = []
    for a, b in sorted(span for span in inner if start < span[0] and span[1] < end):
        left.append((start, a))
        start = b
    return [*left, (start, end)]


def _candidates(said: Sequence[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs of quotes worth a look: they share a pair of words, one of them a telling one."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, each in enumerate(said):
        if each.weight >= _LEAST_OF_ONE:
            pairs = set(zip(each.keys, each.keys[1:], strict=False))
            for pair in pairs:
                if weight(pair[0]) + weight(pair[1]) > 1:
                    holders[pair].append(number)
    found = {pair for held in holders.values() if 1 < len(held) <= _COMMON for pair in combinations(held, 2)}
    yield from sorted(found)


def _linked(one: _Said, other: _Said) -> bool:
    """Whether two quotes may be one utterance."""
    shorter, longer = sorted((one, other), key=lambda said: said.weight)
    if not _may_be_linked(shorter, longer):
        return False
    aligned = lay(shorter.words, longer.source.words, longer.source.edges)
    if aligned is None:
        return False
    theirs = longer.source.words.keys
    same = [i for i, j in aligned.steps if None not in (i, j) and shorter.keys[i] == theirs[j]]
    shared = sum(weight(shorter.keys[i]) for i in same)
    return _enough(shared, _longest_run(same), shorter.weight, _speakers(one, other))


def _may_be_linked(shorter: _Said, longer: _Said) -> bool:
    """Whether they have words enough in common, in whatever order: to lay them out takes far longer."""
    mine, theirs = shorter.weights, longer.weights
    shared = sum(min(mine[key], theirs[key]) for key in mine.keys() & theirs.keys())
    run = _longest_run([i for i, key in enumerate(shorter.keys) if key in theirs])
    # Of one speaker the least is asked, so that most pairs need no look at the names.
    return _enough(shared, run, shorter.weight, "same") and _enough(
        shared, run, shorter.weight, _speakers(shorter, longer)
    )


def _enough(shared: float, run: int, whole: float, speakers: Literal["same", "different", "unknown"]) -> bool:
    """Whether words of the weight `shared`, `run` of them in a row, tie a quote of the weight `whole`."""
    if shared >= _SAME * whole:
        return shared >= {"same": _LEAST_OF_ONE, "unknown": _LEAST, "different": _OTHER_SPEAKER}[speakers]
    if shared < _LEAST or speakers == "different":
        return False
    close = speakers == "same" and run >= _RUN and shared >= _POSSIBLE * whole
    return close or run >= _OVERLAP and shared >= _LEAST + 1


def _longest_run(numbers: Sequence[int]) -> int:
    best = run = 0
    before = -2
    for number in numbers:
        run = run + 1 if number == before + 1 else 1
        best, before = max(best, run), number
    return best


def _speakers(one: _Said, other: _Said) -> Literal["same", "different", "unknown"]:
    """Whether two quotes have one speaker; of a person and a body, who may speak for it, nothing is known."""
    first, second = one.quote.speaker, other.quote.speaker
    if not first.person or not second.person:
        return "unknown"
    if first.person.id == second.person.id or names_agree(first.person.name, second.person.name):
        return "same"
    return "different" if first.type == second.type else "unknown"


def tied_groups(size: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers that links tie together, each group and the groups in order."""
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, other in links:
        a, b = sorted((root(one), root(other)))
        parent[b] = a
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(size):
        groups[root(i)].append(i)
    return [group for group in groups.values() if len(group) > 1]


# --- one utterance ---------------------------------------------------------------------------------


def _utterances(members: Sequence[_Said]) -> Iterator[Utterance]:
    """The fullest wording with all that are like it; what hangs together without it, likewise."""
    left = list(members)
    while len(left) > 1:
        base = max(left, key=lambda said: said.weight)
        like = [said for said in left if said is base or _linked(said, base)]
        if len({said.quote.article.id for said in like}) > 1:
            yield _utterance(base, like)
        taken = set(map(id, like))
        left = [said for said in left if id(said) not in taken]


def _utterance(base: _Said, members: Sequence[_Said]) -> Utterance:
    others = [said for said in members if said is not base]
    days = [_day(said.quote) for said in members]
    if None not in days:
        others.sort(key=lambda said: _day(said.quote) or date.max)
    wordings = tuple(_wording(said, base) for said in others)
    reasons_for, reasons_against = _for(members, wordings), _against(members, wordings)
    return Utterance(base.quote, wordings, not reasons_against, (*reasons_for, *reasons_against))


def _wording(said: _Said, base: _Said) -> Wording:
    aligned = lay(said.words, base.source.words, base.source.edges)
    found = tuple(differences(said.words, Place(base.source, aligned)))
    if any(difference.kind not in TYPOGRAPHY for difference in found):
        return Wording(said.quote, "altered", found)
    whole = said.keys == base.keys
    return Wording(said.quote, "verbatim" if whole else "trimmed", found)


def _people(members: Sequence[_Said]) -> list[str]:
    """The names of the speakers, each person once."""
    people = {said.quote.speaker.person.id: said.quote.speaker.person for said in members if said.named}
    return [person.name for person in people.values()]


def _for(members: Sequence[_Said], wordings: Sequence[Wording]) -> list[str]:
    """What speaks for one remark."""
    reasons = []
    if len(names := _people(members)) == 1:
        reasons.append(f"The speaker is {names[0]} in each article that names one.")
    if all(wording.relation != "altered" for wording in wordings):
        cut = any(wording.relation == "trimmed" for wording in wordings)
        reasons.append(f"All wordings have the same words{', some cut' if cut else ''}.")
    return reasons


def _against(members: Sequence[_Said], wordings: Sequence[Wording]) -> list[str]:
    """What speaks against it: words that differ, speakers that differ."""
    reasons = []
    for wording in wordings:
        told = [_told(difference) for difference in wording.changes]
        if len(told) > 3:
            told[3:] = [f"and {len(told) - 3} more"]
        if told:
            reasons.append(f"{wording.quote.article.name} has {', '.join(told)}.")
    if len(names := _people(members)) > 1:
        reasons.append(f"The articles name different speakers: {' and '.join(names)}.")
    return reasons


def _told(difference: Difference) -> str:
    draft, source = difference.draft, difference.source
    if draft and source:
        return f"“{draft.text}” for “{source.text}”"
    return f"“{draft.text}” more" if draft else f"no “{source.text}”"
