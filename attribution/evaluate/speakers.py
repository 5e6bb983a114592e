"""Found quotes and speakers held against a gold standard, answer by answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from attribution.analysis import AttributedQuote, extract
from attribution.article import Article, Span
from attribution.evaluate.gold import GoldArticle, GoldQuote
from attribution.evaluate.rows import Spans

FOUND, EXACT, PRECISION = "quote pieces found", "quote pieces exact", "our pieces that are quotes"
WHOLE, KIND = "quotes with all pieces exact", "kind"
MENTION, MENTION_EXACT = "mention overlaps", "mention exact"
CUE, CUE_EXACT = "cue overlaps", "cue exact"
SPEAKER = "canonical speaker"
NOBODY, NOBODY_PRECISION = "unnamed recognised", "our unnamed that are unnamed"
KEPT_OUT, NOT_SAID = "not-quotes kept out", "not-quotes kept out or given to nobody"
MEASURES = (
    *(FOUND, EXACT, PRECISION, WHOLE, KIND, MENTION, MENTION_EXACT, CUE, CUE_EXACT),
    *(SPEAKER, NOBODY, NOBODY_PRECISION, KEPT_OUT, NOT_SAID),
)
"""What is measured, in the order of a report."""

_SAME = 0.5  # of the characters of two spans together: so many shared, and they are one


@dataclass(frozen=True)
class Verdict:
    """One answer held against the gold.

    `groups` are what it counts under, such as ("source", "pronoun"). `confidence` is ours in the
    answer, where there is one; `gold` and `ours` are the two answers, `text` the words in question,
    and `place` tells where they stand.
    """

    measure: str
    right: bool
    groups: tuple[tuple[str, str], ...] = ()
    confidence: float | None = None
    gold: str = ""
    ours: str = ""
    text: str = ""
    place: str = ""


def evaluate_speakers(
    gold: Sequence[GoldArticle],
    language: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[Verdict]:
    """Find quotes and speakers in the gold's articles and judge every answer.

    A piece is found where a piece of ours shares characters with it. A mention or cue overlaps where ours
    shares characters with the gold's, or, where the gold gives only words, one holds the other. Speakers
    are compared by `same_name`; a gold quote that names nobody is right where ours names nobody. A quote
    that is not found is wrong in all that is asked of it. `language` names another spaCy pipeline.
    """
    verdicts: list[Verdict] = []
    sets: dict[str, list[GoldArticle]] = {}
    for item in gold:
        sets.setdefault(item.set, []).append(item)
    for done, items in enumerate(sets.values()):
        analysis = extract([item.article for item in items], language=language)
        for item in items:
            ours = [quote for quote in analysis.quotes if quote.article is item.article]
            verdicts += judge(item, ours)
        if progress:
            progress(done + 1, len(sets), items[0].article.file)
    return verdicts


def judge(item: GoldArticle, ours: Sequence[AttributedQuote]) -> Iterator[Verdict]:
    """What of our quotes of one article is right."""
    for quote in item.quotes:
        match = _match(quote, ours)
        groups = tuple(_groups(item.article, quote))
        place = f"{item.article.file}:{quote.span[0]}"
        text = " … ".join(item.article.text[a:b] for a, b in quote.pieces)
        for measure, right, sure, wanted, given in _answers(item, quote, match, ours):
            yield Verdict(measure, right, groups, sure, wanted, given, text, place)
    yield from _kept_out(item, ours)
    if item.complete:
        yield from _precision(item, ours)


def _answers(
    item: GoldArticle, gold: GoldQuote, match: AttributedQuote | None, ours: Sequence[AttributedQuote]
) -> Iterator[tuple[str, bool, float | None, str, str]]:
    """Measure, whether right, confidence, the gold's answer and ours."""
    text = item.article.text
    kept = {(piece.start, piece.end) for quote in ours for piece in quote.quote.pieces}
    for a, b in gold.pieces:
        yield FOUND, any(c < b and a < d for c, d in kept), None, text[a:b], "not found"
        yield EXACT, (a, b) in kept, None, text[a:b], "other bounds or not found"
    if item.joined:
        pieces = _pieces(match) if match else ()
        told = " … ".join(text[a:b] for a, b in pieces)
        yield WHOLE, pieces == gold.pieces, None, "", told
        if gold.kind:
            kind = match.quote.kind if match else "-"
            yield KIND, kind == gold.kind, None, gold.kind, kind
    found = match.attribution if match else None
    for names, spans, words, mine in (
        ((MENTION, MENTION_EXACT), gold.mentions, gold.mention, found.mention if found else None),
        ((CUE, CUE_EXACT), gold.cues, gold.cue, found.cue if found else None),
    ):
        if not spans and not words:
            continue
        wanted = " … ".join(text[a:b] for a, b in spans) or words or ""
        sure = found.confidence if found else None
        for name, right in zip(names, _overlap(mine, spans, words), strict=True):
            yield name, right, sure, wanted, mine.text if mine else "-"
    if gold.speaker is not None:
        yield from _named(gold.speaker, match)


def _named(speaker: str, match: AttributedQuote | None) -> Iterator[tuple[str, bool, float | None, str, str]]:
    name = match.speaker.person.name if match and match.speaker.person else ""
    right = match is not None and same_name(name, speaker)
    sure = match.confidence if match else None
    mention = match.attribution.mention if match else None
    ours = f"{name or '-'} ({mention.text if mention else 'no mention'})" if match else "quote not found"
    yield SPEAKER, right, sure, speaker or "-", ours
    if not speaker:
        yield NOBODY, right, sure, "-", ours
    if match and not name:
        yield NOBODY_PRECISION, not speaker, sure, speaker or "-", ours


def _kept_out(item: GoldArticle, ours: Sequence[AttributedQuote]) -> Iterator[Verdict]:
    text = item.article.text
    for a, b in item.not_quotes:
        taken = next((quote for quote in ours if any(_one((a, b), piece) for piece in _pieces(quote))), None)
        mention = taken.attribution.mention if taken else None
        length = "up to 4 words" if len(text[a:b].split()) < 5 else "5 words and more"
        for measure, right in ((KEPT_OUT, taken is None), (NOT_SAID, mention is None)):
            yield Verdict(
                measure,
                right,
                (("not-quotes", length),),
                taken.confidence if taken else None,
                "no quote",
                f"{taken.quote.kind} ({mention.text if mention else 'nobody'})" if taken else "no quote",
                text[a:b],
                f"{item.article.file}:{a}",
            )


def _precision(item: GoldArticle, ours: Sequence[AttributedQuote]) -> Iterator[Verdict]:
    text = item.article.text
    real = [piece for quote in item.quotes for piece in quote.pieces] + list(item.others)
    for quote in ours:
        for a, b in _pieces(quote):
            # A title inside a quote shares its characters with it and is none all the same.
            right = any(c < b and a < d for c, d in real) and not any(
                _one((a, b), none) for none in item.not_quotes
            )
            yield Verdict(
                PRECISION,
                right,
                confidence=quote.confidence,
                gold="no quote",
                ours=quote.quote.kind,
                text=text[a:b],
                place=f"{item.article.file}:{a}",
            )


def _match(gold: GoldQuote, ours: Sequence[AttributedQuote]) -> AttributedQuote | None:
    """Our quote with exactly the gold's pieces, else the one that shares the most characters with it."""

    def shared(quote: AttributedQuote) -> tuple[bool, int, int]:
        pieces = _pieces(quote)
        common = sum(max(0, min(b, d) - max(a, c)) for a, b in gold.pieces for c, d in pieces)
        return pieces == gold.pieces, common, -sum(b - a for a, b in pieces)

    best = max(ours, key=shared, default=None)
    return best if best is not None and shared(best)[1] > 0 else None


def _pieces(quote: AttributedQuote) -> Spans:
    return tuple((piece.start, piece.end) for piece in quote.quote.pieces)


def _one(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans are one but for a mark or a comma."""
    (a, b), (c, d) = first, second
    return min(b, d) - max(a, c) >= _SAME * (max(b, d) - min(a, c))


def _overlap(ours: Span | None, spans: Spans, words: str | None) -> tuple[bool, bool]:
    """Whether ours overlaps the gold's span or words, and whether it is just that."""
    if ours is None:
        return False, False
    if spans:
        return any(ours.start < b and a < ours.end for a, b in spans), (ours.start, ours.end) in spans
    one, other = f" {_plain(ours.text)} ", f" {_plain(words or '')} "
    return one in other or other in one, one == other


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


# --- what a quote counts under ---------------------------------------------------------------------


def _groups(article: Article, quote: GoldQuote) -> Iterator[tuple[str, str]]:
    if quote.source:
        yield "source", quote.source
    if place := position(article, quote):
        yield "position", place
    if quote.type:
        yield "speaker", quote.type
    if quote.kind:
        yield "kind", quote.kind


def position(article: Article, quote: GoldQuote) -> str | None:
    """Where the mention stands: "before", "after", "inside", "between pieces", or in an "other paragraph".

    Of several spans the first counts; of words alone, the place nearest to the quote that is not in it.
    """
    start, end = quote.span
    if quote.mentions:
        a, b = quote.mentions[0]
    elif quote.mention:
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(quote.mention)}(?!\w)", article.text)]
        outside = [s for s in found if not _within(s, quote.pieces)]
        if not outside and not found:
            return None
        a, b = min(outside or found, key=lambda s: max(start - s[1], s[0] - end, 0))
    else:
        return None
    if _within((a, b), quote.pieces):
        return "inside"
    paragraph = next((p for p in article.paragraphs if p[0] <= a < p[1]), None)
    if paragraph is None or not any(paragraph[0] <= c < paragraph[1] for c, _ in quote.pieces):
        return "other paragraph"
    if a >= end:
        return "after"
    return "before" if b <= start else "between pieces"


def _within(span: tuple[int, int], pieces: Spans) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in pieces)


# --- names -----------------------------------------------------------------------------------------

_DROPPED = frozenset("the a an of and for jr sr ii iii dr mr mrs ms".split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: case, accents, titles and middle names aside; two empty names are.

    Names joined by "; " are one with names joined so, or by "and", where each of either has its like in the
    other.

    >>> same_name("Loretta E. Lynch", "Loretta Lynch"), same_name("Bill Clinton", "Hillary Clinton")
    (True, False)
    >>> names = ("Bo Reed; Ann Hill", "Ann Hill and Bo Reed", "Bo Reed")
    >>> [same_name("Ann Hill; Bo Reed", name) for name in names]
    [True, True, False]
    """
    if ";" not in one + other:
        return _same(one, other)
    ours, theirs = (re.split(r";| and ", name) for name in (one, other))
    return all(any(_same(a, b) for b in theirs) for a in ours) and all(
        any(_same(a, b) for a in ours) for b in theirs
    )


def _same(one: str, other: str) -> bool:
    left, right = _words(one), _words(other)
    if left == right or not left or not right:
        return left == right
    return len(left) > 1 and len(right) > 1 and left[0] == right[0] and left[-1] == right[-1]


def _words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return [
        word
        for word in re.findall(r"[a-z0-9]+", plain.replace("’", "").replace("'", ""))
        if word not in _DROPPED
    ]
