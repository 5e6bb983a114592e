"""A draft against its sources: every quote gets a verdict, its place, and what differs there."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from attribution.article import Article, AttributionError, Span
from attribution.check.differences import Difference
from attribution.check.draft import QuotedWords, quoted_words
from attribution.check.places import Place, Places
from attribution.check.surroundings import turned_by
from attribution.check.verdicts import PASSING, Finding, Verdict, find
from attribution.people import names_agree

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote

Step = tuple[int | None, int | None]
Progress = Callable[[int, int, str], None]
Extract = Callable[[Sequence[Article]], "Analysis"]

_WHOLE = 150_000  # characters; of a longer source only the neighbourhood of a passage is read for its speaker
_AROUND = 8_000  # characters of that neighbourhood on either side
_LEADING, _TRAILING = (
    frozenset("$€£¥(-−–…"),
    frozenset(".,!?…;:%)"),
)  # go with a passage where the draft has them
_SURE = 0.5  # confidence in both speakers from which another speaker is an error and not a warning


@dataclass(frozen=True)
class DraftQuote:
    """A quote to be checked: its `pieces` in `text` and who the draft says said it."""

    text: str
    pieces: tuple[Span, ...]
    speaker: str | None = None
    speaker_id: str | None = None
    speaker_type: str = "person"
    confidence: float = 1.0
    unclosed: bool = False

    @property
    def words(self) -> str:
        """The pieces as they stand, joined by a space."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Passage:
    """Characters of a source, and who says them there."""

    article: Article
    span: Span
    speaker: str | None = None
    quote_id: str | None = None

    def as_record(self) -> dict[str, Any]:
        """The passage as it stands in the public record."""
        return {
            "article": self.article.id,
            "file": self.article.file,
            **self.span.as_record(),
            "speaker": self.speaker,
        }


@dataclass(frozen=True)
class CheckedQuote:
    """A draft's quote with its verdict.

    `source` is where its words stand (of a stitched quote the first part, all of them in `parts`); a quote
    that was not found has none, and `nearest` shows the likest passage. `likeness` is 1 where all words are
    the same. `differences` begin with changed negations and numbers.
    """

    quote: DraftQuote
    verdict: Verdict
    likeness: float
    source: Passage | None
    nearest: Passage | None = None
    parts: tuple[Passage, ...] = ()
    differences: tuple[Difference, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the quote may be printed as it is."""
        return self.verdict in PASSING

    def as_record(self) -> dict[str, Any]:
        """The public record of a checked quote."""
        return {
            "start": self.quote.pieces[0].start,
            "end": self.quote.pieces[-1].end,
            "text": self.quote.words,
            "speaker": self.quote.speaker,
            "verdict": self.verdict,
            "likeness": self.likeness,
            "source": self.source and self.source.as_record(),
            "nearest": self.nearest and self.nearest.as_record(),
            "parts": [part.as_record() for part in self.parts],
            "differences": [difference.as_record() for difference in self.differences],
            "warnings": list(self.warnings),
        }


def check_quotes(
    draft: Article | Sequence[DraftQuote],
    sources: Sequence[Article],
    *,
    extract: Extract | None = None,
    progress: Progress | None = None,
) -> list[CheckedQuote]:
    """Every quote of the draft held against the sources, in the draft's order.

    `draft` is an article, of which every quote in quotation marks is checked (a quote in a quote with the one
    around it), or a list of quotes. `extract` reads articles (`attribution.extract` unless given): the draft
    and those sources in which a quote was found, for who says it there. `progress` is called with the number
    of quotes looked up, their total and what is being done. Raises `AttributionError` for a draft without
    quotes, without sources, or with no source but itself.
    """
    if extract is None:
        from attribution.analysis import extract as extract
    quotes = _quotes_of(draft, extract)
    others = [source for source in sources if not _same_text(source, draft)]
    if not others:
        raise AttributionError(_no_sources(draft, sources))
    places = Places(others)
    read: list[QuotedWords] = []
    findings: list[Finding] = []
    for done, quote in enumerate(quotes):
        read.append(quoted_words(quote.text, [(piece.start, piece.end) for piece in quote.pieces]))
        findings.append(find(read[-1], places))
        if progress:
            progress(done + 1, len(quotes), "looking the quotes up")
    voices = Voices(
        [place for f in findings if f.verdict != "not found" for place in f.places], extract, draft
    )
    named = voices.draft_quotes or quotes
    rows = zip(named, read, findings, strict=True)
    return [_checked(quote, quoted, finding, voices) for quote, quoted, finding in rows]


def _quotes_of(draft: Article | Sequence[DraftQuote], extract: Extract) -> list[DraftQuote]:
    if not isinstance(draft, Article):
        if not draft:
            raise AttributionError("The list of quotes is empty. Give at least one.")
        return list(draft)
    quotes = draft_quotes(extract([draft]).quotes)
    if not quotes:
        raise AttributionError(
            f"{draft.file}: no quotes in it. Put the words to be checked in quotation marks."
        )
    return quotes


def draft_quotes(quotes: Sequence[AttributedQuote]) -> list[DraftQuote]:
    """The quotes of a draft that are checked: those in marks, an inner one with the one around it."""
    outer = [q for q in quotes if q.quote.kind not in ("transcript", "block")]
    pieces = [(p.start, p.end, q.id) for q in outer for p in q.quote.pieces]
    return [_draft_quote(q) for q in outer if not _inside_another(q, pieces)]


def _inside_another(quote: AttributedQuote, pieces: Sequence[tuple[int, int, str]]) -> bool:
    if quote.quote.kind != "nested":
        return False
    start, end = quote.quote.start, quote.quote.end
    return any(a <= start and end <= b and other != quote.id for a, b, other in pieces)


def _draft_quote(found: AttributedQuote) -> DraftQuote:
    person = found.speaker.person
    return DraftQuote(
        found.article.text,
        found.quote.pieces,
        found.name,
        person.id if person else None,
        found.speaker.type,
        found.confidence,
        found.quote.unclosed,
    )


def _same_text(source: Article, draft: Article | Sequence[DraftQuote]) -> bool:
    return isinstance(draft, Article) and source.sha256 == draft.sha256


def _no_sources(draft: Article | Sequence[DraftQuote], sources: Sequence[Article]) -> str:
    remedy = "Name the articles, transcripts or statements that the quotes come from."
    if sources and isinstance(draft, Article):
        return f"{draft.file}: the only source is the draft itself. {remedy}"
    return f"There are no sources to check against. {remedy}"


def read_draft(path: str) -> Article | list[DraftQuote]:
    """The draft in the file `path` (`-`: standard input): an article, or in a `.jsonl` file a list of quotes.

    Each line of a list is a JSON object with `text` and, where known, `speaker`. Raises `AttributionError`
    for a file or a line that cannot be read.
    """
    from attribution.readers import read_article

    article = read_article(path)
    if not path.lower().endswith((".jsonl", ".ndjson")):
        return article
    lines = enumerate(article.text.split("\n"), start=1)
    return [_listed_quote(line, f"{path}, line {i}") for i, line in lines if line.strip()]


def _listed_quote(line: str, place: str) -> DraftQuote:
    try:
        row = json.loads(line)
        text, speaker = row["text"], row.get("speaker")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise AttributionError(f'{place}: is no quote. Write {{"text": "…", "speaker": "…"}}.') from None
    if not isinstance(text, str) or not text.strip() or not isinstance(speaker, str | None):
        raise AttributionError(f"{place}: “text” has to be a text, “speaker” a name or null.")
    return DraftQuote(text, (Span.of(text, 0, len(text)),), speaker or None)


# --- who says it there -------------------------------------------------------------------------------


class Voices:
    """Who says what in the sources where a quote was found; of long ones only near the passages."""

    def __init__(
        self, places: Sequence[Place], extract: Extract, draft: Article | Sequence[DraftQuote]
    ) -> None:
        self._excerpts: dict[str, list[tuple[int, int, Article]]] = {}
        for place in places:
            self._take(place)
        wanted = [excerpt for found in self._excerpts.values() for _, _, excerpt in found]
        whole = isinstance(draft, Article)
        found = extract([draft, *wanted] if whole else wanted) if wanted else None
        quotes = found.quotes if found else ()
        self._of: dict[str, list[AttributedQuote]] = {}
        for quote in quotes:
            self._of.setdefault(quote.article.id, []).append(quote)
        self.draft_quotes = draft_quotes(self._of.get(draft.id, ())) if whole and found else []

    def _take(self, place: Place) -> None:
        article = place.source.article
        start, end = _bounds(place)
        taken = self._excerpts.setdefault(article.id, [])
        if any(a <= start and end <= b for a, b, _ in taken):
            return
        if len(article.text) <= _WHOLE:
            taken.append((0, len(article.text), article))
            return
        starts = [a for a, _ in article.paragraphs]
        low = starts[max(0, bisect_right(starts, max(0, start - _AROUND)) - 1)] if starts else 0
        after = bisect_right(starts, end + _AROUND)
        high = starts[after] if after < len(starts) else len(article.text)
        low, high = max(low, start - 2 * _AROUND), min(high, end + 2 * _AROUND)
        excerpt = Article(article.text[low:high], file=article.file)
        taken.append((low, high, excerpt))

    def at(self, start: int, end: int, article: Article) -> AttributedQuote | None:
        """The smallest quote of the source that holds the characters `start` to `end`, or most of them."""
        for low, high, excerpt in self._excerpts.get(article.id, ()):
            if low <= start and end <= high:
                held = []
                for quote in self._of.get(excerpt.id, ()):
                    shared = sum(
                        max(0, min(end, low + p.end) - max(start, low + p.start)) for p in quote.quote.pieces
                    )
                    size = sum(p.end - p.start for p in quote.quote.pieces)
                    if shared:
                        held.append((shared < 0.8 * (end - start), size, len(held), quote))
                return min(held)[3] if held else None
        return None


def _bounds(place: Place) -> tuple[int, int]:
    words = place.source.words
    return words.starts[place.alignment.first], words.ends[place.alignment.last]


def _passage(place: Place, quoted: QuotedWords, voices: Voices) -> tuple[Passage, AttributedQuote | None]:
    """The words of `place`, with the stops around them that the draft has too, and who says them."""
    article, words = place.source.article, quoted.words
    start, end = _bounds(place)
    voice = voices.at(start, end, article)
    first, last = (next(i for i, j in steps if None not in (i, j)) for steps in _both_ways(place))
    before, after = words.text[: words.starts[first]], words.text[words.ends[last] :]
    while start and before and before[-1] == article.text[start - 1] and before[-1] in _LEADING:
        start, before = start - 1, before[:-1]
    while end < len(article.text) and after and after[0] == article.text[end] and after[0] in _TRAILING:
        end, after = end + 1, after[1:]
    span = Span.of(article.text, start, end)
    return Passage(article, span, voice.name if voice else None, voice.id if voice else None), voice


def _both_ways(place: Place) -> tuple[Sequence[Step], Sequence[Step]]:
    return place.alignment.steps, place.alignment.steps[::-1]


def _checked(quote: DraftQuote, quoted: QuotedWords, finding: Finding, voices: Voices) -> CheckedQuote:
    """The finding with what the source says of the speaker and around the passage."""
    warnings = [*(["Its closing mark is missing in the draft."] if quote.unclosed else []), *finding.warnings]
    if finding.verdict == "not found":
        nearest = _passage(finding.places[0], quoted, voices)[0] if finding.places else None
        row = CheckedQuote(quote, "not found", finding.likeness, None, nearest)
        return replace(row, warnings=tuple(warnings))
    if finding.verdict == "stitched" and len(finding.places) > 1:
        parts = tuple(_passage(place, quoted, voices)[0] for place in finding.places)
        if len({part.speaker for part in parts if part.speaker}) > 1:
            warnings.append(
                f"They are said by {_listed([part.speaker or 'nobody named' for part in parts])}."
            )
        row = CheckedQuote(quote, "stitched", finding.likeness, parts[0], parts=parts)
        return replace(row, warnings=tuple(warnings))
    heard = [(place, *_passage(place, quoted, voices)) for place in finding.places]
    place, passage, voice = min(heard, key=lambda each: _suits(quote, each[2]))
    verdict: Verdict = finding.verdict
    other = _other_speaker(quote, voice)
    if other == "error" and finding.verdict in PASSING:
        verdict = "misattributed"
    if other:
        warnings.append(f"In the source it is {passage.speaker} who says this.")
    elif voice and not voice.speaker.person and quote.speaker_id:
        warnings.append(f"The source does not name the speaker ({voice.name or 'nobody'}).")
    if verdict in PASSING or verdict == "misattributed":
        reasons = turned_by(place)
        warnings += reasons
        verdict = "context" if reasons and verdict in PASSING else verdict
    row = CheckedQuote(quote, verdict, finding.likeness, passage, differences=finding.differences)
    return replace(row, warnings=tuple(warnings))


def _suits(quote: DraftQuote, voice: AttributedQuote | None) -> int:
    """Order of alike places: the same speaker's first, then where none is known, then another's."""
    if voice is None or not voice.speaker.person:
        return 1
    return 2 if _other_speaker(quote, voice) else 0


def _other_speaker(quote: DraftQuote, voice: AttributedQuote | None) -> str | None:
    """`error` where the source surely has another speaker, `warning` where it may; None where not."""
    person = voice.speaker.person if voice else None
    if not person or not quote.speaker or not (quote.speaker_id or quote.confidence == 1.0):
        return None
    if person.id == quote.speaker_id or names_agree(quote.speaker, person.name):
        return None
    sure = min(quote.confidence, voice.confidence) >= _SURE
    alike = quote.speaker_type == voice.speaker.type
    return "error" if sure and alike else "warning"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}"
