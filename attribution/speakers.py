"""Who said a quote: the mention of the speaker, the cue, and the reason why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.tokens import Doc, Token

from attribution.article import Span
from attribution.cues import CUE_NOUNS, CUE_VERBS, is_cue
from attribution.linker import Linker, load_linker
from attribution.linking import Page, cue_of
from attribution.mentions import Mention
from attribution.paths import model_folder
from attribution.quotes import Quote
from attribution.telling import STOP, may_tell, telling
from attribution.transcripts import find_turns


@dataclass(frozen=True)
class Attribution:
    """The words of the article that name a quote's speaker.

    `mention` is the speaker as printed (`he`, `Homan`, `Mayor Jacob Frey`), `cue` the reporting verb
    or noun; both are `None` where the article gives none. `evidence` is one plain sentence,
    `confidence` (0...1) how likely the mention is right, `alternatives` the other mentions with theirs.
    """

    mention: Span | None
    cue: Span | None
    evidence: str
    confidence: float
    alternatives: tuple[tuple[Span, float], ...] = ()


TELLING = {"according", "noun"}  # ties that leave no doubt that somebody speaks
NOBODY = "Nothing around the quote says whose words they are."


@cache
def _linker() -> Linker:
    return load_linker(model_folder("speaker"))


def attribute(doc: Doc, quotes: Sequence[Quote], linker: Linker | None = None) -> list[Attribution]:
    """One attribution a quote, in the order of `quotes` (as `find_quotes(doc)` gives them).

    `doc` needs a parse and named entities. A turn of a transcript belongs to its label, every other
    quote to the mention that `linker` (the shipped one where `None`) finds likeliest, or to nobody.
    """
    page = Page(doc, quotes)
    labels = _labels(page)
    return [
        _labelled(*labels[quote.start]) if quote.kind == "transcript" else attribution
        for quote, attribution in zip(quotes, _linked(page, linker or _linker()), strict=True)
    ]


def _labels(page: Page) -> dict[int, tuple[Span, Span | None]]:
    """Label and bracketed note of each transcript turn, by where its words start."""
    if not any(quote.kind == "transcript" for quote in page.quotes):
        return {}
    turns = find_turns(page.text, page.layout.paragraphs)
    return {turn.pieces[0].start: (turn.label, turn.note) for turn in turns}


def _labelled(label: Span, note: Span | None) -> Attribution:
    """The attribution of a transcript turn: a bare "Q" with a name in brackets is that name."""
    mention = label
    if note is not None and (
        label.text in {"Q", "A"} or label.text.isupper() and len(label.text.split()) == 1
    ):
        name = note.text.split(",")[0]
        if name[:1].isupper() and len(name.split()) > 1:
            mention = Span(note.start, note.start + len(name), name)
    return Attribution(mention, None, f"Label “{label.text}” of the turn.", 0.99)


def _linked(page: Page, linker: Linker) -> Iterator[Attribution]:
    reading = linker.read(page)
    previous: tuple[Mention, Token | None] | None = None
    for quote in page.quotes:
        if quote.kind == "transcript":
            previous = None
            yield Attribution(None, None, "", 0.0)
            continue
        nested = quote.kind == "nested"
        candidates = page.candidates(quote)
        leaning = previous[0] if previous and not nested else None
        chances = reading.probabilities(page, quote, candidates, leaning)
        told = telling(page, quote, candidates)
        best = told.number if told else _best(page, quote, candidates, chances)
        order = [int(i) for i in chances.argsort()[::-1] if i != best and i < len(candidates)][:3]
        others = tuple((_span(page, candidates[i]), float(chances[i])) for i in order if chances[i] >= 0.005)
        if best is None:
            yield Attribution(None, None, NOBODY, told.chance if told else float(chances[-1]), others)
            continue
        mention = candidates[best]
        cue, tie = (told.cue, told.tie) if told else cue_of(page, mention, quote)
        if not nested and previous == (mention, cue):  # the cue is the last quote's, this one has none
            cue, tie = None, "carried"
        elif not nested:
            previous = (mention, cue)
        span = _cue_span(page, cue, tie, mention)
        evidence = _evidence(tie, span, page, mention, quote)
        chance = max(told.chance if told else 0.0, float(chances[best]))
        yield Attribution(_span(page, mention), span, evidence, chance, others)


def _best(page: Page, quote: Quote, candidates: Sequence[Mention], chances: np.ndarray) -> int | None:
    """The number of the mention that speaks; `None` for nobody."""
    best = int(chances.argmax())
    if best < len(candidates):
        return best if _tied(page, candidates[best], quote) else None
    for i, mention in enumerate(candidates):
        if quote.kind == "headline" and _introduced(page, mention, quote):
            return i  # 'We will win': Jones defends budget
    # Citing “huge” losses, Jones left: a reporting verb right before the mark tells that somebody said it,
    # and so do the words that introduce a block, "according to Hill" and "described by Hill as".
    order = [int(i) for i in chances[:-1].argsort()[::-1]]
    if quote.kind == "block" or _cued(page, quote):
        return next(iter(order), None)
    tied = (i for i in order if _tells(page, candidates[i], quote, float(chances[i])))
    return next(tied, None) if quote.kind not in {"scare", "nested"} else None


def _tells(page: Page, mention: Mention, quote: Quote, chance: float) -> bool:
    """Whether somebody speaks for sure where the mention is tied so: "Forecasters expected a tide of “…”"."""
    cue, tie = cue_of(page, mention, quote)
    if tie in TELLING:
        return chance > 0.1
    if tie != "subject" or quote.kind != "partial" or cue is None or cue.lower_ not in CUE_VERBS:
        return False
    between = page.text[cue.idx : quote.start]
    near = cue.idx < quote.start and cue.i > mention.last and not STOP.search(between)
    return near and chance > 0.05 and may_tell(page.doc[mention.head])


def _tied(page: Page, mention: Mention, quote: Quote) -> bool:
    """Whether more than its being near ties a mention to words that are often nobody's."""
    if quote.kind not in {"nested", "scare"} or _introduced(page, mention, quote):
        return True
    cue, _ = cue_of(page, mention, quote)
    return cue is not None and (quote.kind == "nested" or cue.lower_ in CUE_VERBS | CUE_NOUNS)


def _cued(page: Page, quote: Quote) -> bool:
    """Whether the word right before the quote is a reporting verb of the narration."""
    before = page.between(quote.start, quote.start)[0] - 1
    return quote.kind != "nested" and before >= 0 and page.beside(before, quote) and is_cue(page.doc[before])


def _cue_span(page: Page, cue: Token | None, tie: str, mention: Mention) -> Span | None:
    if cue is None:
        return None
    last = page.doc[cue.i + 1] if tie == "according" else cue
    return Span.of(page.text, cue.idx, last.idx + len(last))


def _introduced(page: Page, mention: Mention, quote: Quote) -> bool:
    """Whether nothing but a colon or a comma parts the mention from the quote."""
    between = page.text[mention.end : quote.start] or page.text[quote.end : mention.start]
    return between.strip() in {":", ","}


def _span(page: Page, mention: Mention) -> Span:
    return Span.of(page.text, mention.start, mention.end)


def _where(quote: Quote, mention: Mention) -> str:
    if mention.end <= quote.start:
        return "before the quote"
    if mention.start >= quote.end:
        return "after the quote"
    return "between the two pieces" if len(quote.pieces) == 2 else "between the pieces"


def _evidence(tie: str, cue: Span | None, page: Page, mention: Mention, quote: Quote) -> str:
    """One sentence that a reporter understands: how the mention is tied to the quote."""
    where = _where(quote, mention)
    if tie == "carried":
        return "No cue of its own; carried on from the quote before."
    if tie == "signed":
        return "Signs the quote after a dash."
    if tie == "presented":
        return "Presented as its speaker right after the quote."
    apart = page.layout.paragraph(quote.start) - page.layout.paragraph(mention.start)
    if apart and cue is None or abs(apart) > 1:
        there = "an earlier paragraph" if apart > 0 else "the next paragraph"
        return f"No cue beside the quote; carried over from {there}."
    if cue is None:
        if _introduced(page, mention, quote):
            return f"Named right {where}, with nothing but a mark between."
        return f"Named {where}, without a reporting verb."
    return {
        "subject": f"Subject of “{cue.text}” {where}.",
        "according": f"Named after “{cue.text}” {where}.",
        "noun": f"Tied to “{cue.text}” {where}.",
        "near": f"Stands beside “{cue.text}” {where}.",
    }[tie]
