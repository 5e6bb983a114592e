"""A draft against its sources: every quote gets a verdict, its place, and what differs there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from attribution.article import Article, AttributionError
from attribution.check.differences import Difference
from attribution.check.draft import DraftQuote, QuotedWords, draft_quotes, quoted_words
from attribution.check.places import Places
from attribution.check.surroundings import turned_by
from attribution.check.verdicts import PASSING, Finding, Verdict, find
from attribution.check.voices import Extract, Passage, Voices
from attribution.check.voices import passage as passage_of
from attribution.people import names_agree

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

Progress = Callable[[int, int, str], None]

_NEAR = 0.4  # likeness from which the nearest passage of a quote that was not found is worth a look
_SURE = 0.5  # confidence in both speakers from which another speaker is an error and not a warning


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
    found = [place for f in findings if f.verdict != "not found" for place in f.places]
    whole = draft if isinstance(draft, Article) else None
    voices = Voices(found, extract, whole)
    # The draft read together with its sources knows the sources' names for its people.
    named = draft_quotes(voices.of(whole)) if whole and found else quotes
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


def _same_text(source: Article, draft: Article | Sequence[DraftQuote]) -> bool:
    return isinstance(draft, Article) and source.sha256 == draft.sha256


def _no_sources(draft: Article | Sequence[DraftQuote], sources: Sequence[Article]) -> str:
    remedy = "Name the articles, transcripts or statements that the quotes come from."
    if sources and isinstance(draft, Article):
        return f"{draft.file}: the only source is the draft itself. {remedy}"
    return f"There are no sources to check against. {remedy}"


def _checked(quote: DraftQuote, quoted: QuotedWords, finding: Finding, voices: Voices) -> CheckedQuote:
    """The finding with what the source says of the speaker and around the passage."""
    warnings = [*(["Its closing mark is missing in the draft."] if quote.unclosed else []), *finding.warnings]
    if finding.verdict == "not found":
        near = finding.places[:1] if finding.likeness >= _NEAR else ()
        nearest = passage_of(near[0], quoted, voices)[0] if near else None
        row = CheckedQuote(quote, "not found", finding.likeness, None, nearest)
        return replace(row, warnings=tuple(warnings))
    if finding.verdict == "stitched" and len(finding.places) > 1:
        parts = tuple(passage_of(place, quoted, voices)[0] for place in finding.places)
        if len({part.speaker for part in parts if part.speaker}) > 1:
            warnings.append(
                f"They are said by {_listed([part.speaker or 'nobody named' for part in parts])}."
            )
        row = CheckedQuote(quote, "stitched", finding.likeness, parts[0], parts=parts)
        return replace(row, warnings=tuple(warnings))
    heard = [(turned_by(place), *passage_of(place, quoted, voices)) for place in finding.places]
    reasons, passage, voice = min(heard, key=lambda each: (_suits(quote, each[2]), len(each[0])))
    verdict: Verdict = finding.verdict
    other = _other_speaker(quote, voice)
    if other == "error" and finding.verdict in PASSING:
        verdict = "misattributed"
    if other:
        warnings.append(f"In the source it is {passage.speaker} who says this.")
    elif voice and voice.unread and quote.speaker:
        warnings.append(voice.evidence)
    elif voice and not voice.speaker.person and quote.speaker:
        warnings.append(f"The source does not name the speaker ({voice.name or 'nobody'}).")
    if verdict in PASSING or verdict == "misattributed":
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
    if not person or not quote.speaker:
        return None
    if person.id == quote.speaker_id or names_agree(quote.speaker, person.name):
        return None
    sure = min(quote.confidence, voice.confidence) >= _SURE
    alike = quote.speaker_type == voice.speaker.type
    return "error" if sure and alike else "warning"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}"
