"""Marked spans become quotes: pieces joined, kind given, titles and nicknames kept out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal, get_args

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from attribution.article import Span, paragraphs
from attribution.blocks import Block, find_blocks
from attribution.cues import is_cue
from attribution.marks import Marked, find_marks, unmarked
from attribution.plain import plain_words
from attribution.titles import without_titles
from attribution.transcripts import Turn, find_turns

Kind = Literal["direct", "partial", "scare", "headline", "nested", "block", "transcript"]
KINDS: tuple[str, ...] = get_args(Kind)
_OPENING = "\"“„«‘'"


@dataclass(frozen=True)
class Quote:
    """One quote: its `pieces` in reading order (marks included), its `kind`, and whether a mark is missing.

    A split quote and a quote over several paragraphs are one quote with several pieces.
    """

    pieces: tuple[Span, ...]
    kind: Kind
    unclosed: bool = False

    @property
    def start(self) -> int:
        """Where the first piece starts."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1].end

    @cached_property
    def text(self) -> str:
        """The pieces' words without their marks and without Markdown, joined by a space."""
        strip = (lambda text: text) if self.kind in {"transcript", "block"} else unmarked
        return " ".join(plain_words(strip(piece.text)) for piece in self.pieces)

    @cached_property
    def words(self) -> int:
        """How many words were quoted."""
        return len(self.text.split())


def find_quotes(doc: Doc) -> list[Quote]:
    """Every quote of an article, in reading order; titles, nicknames and names in marks are left out.

    `doc` is the parsed article: `doc.text` is the untouched text. It needs sentence starts and tags,
    no speakers. Transcript turns and blocks set off without marks count as quotes; marks inside one of
    them or inside another quote are `nested`.
    """
    layout = layout_of(doc)
    turns = find_turns(layout.text, layout.paragraphs)
    marks = _within_turns(find_marks(layout.text), turns)
    taken = [piece.start for each in (*marks, *turns) for piece in each.pieces]
    blocks = find_blocks(layout.text, layout.paragraphs, [*taken, *(turn.start for turn in turns)])
    said = without_titles(layout.text, marks)
    outer = _outside([mark for mark in said if mark.depth == 0], [*turns, *blocks])
    quotes = [_quote(group, layout) for group in _groups(outer, layout)]
    quotes += [Quote(turn.pieces, "transcript") for turn in turns]
    quotes += [Quote(block.pieces, "block") for block in blocks]
    alone = {mark.start for mark in outer}
    whole = {(quote.start, quote.end) for quote in quotes}  # HILL: “We go.” - the turn, not a quote in it
    nested = [Quote(m.pieces, "nested", m.unclosed) for m in said if m.depth or m.start not in alone]
    quotes += [quote for quote in nested if (quote.start, quote.end) not in whole]
    return sorted(quotes, key=lambda quote: (quote.start, -quote.end))


class Layout:
    """Where tokens, paragraphs and headings of a parsed article lie, looked up by character."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.paragraphs = paragraphs(self.text)
        self._starts = [start for start, _ in self.paragraphs]
        self.token_starts: list[int] = doc.to_array(IDX).tolist()

    @cached_property
    def _double_style(self) -> bool:
        """Whether the article quotes in double marks, so that a line in single ones is no remark."""
        singles = sum(
            self.text[start] in "'‘" and self.text[start + 1 : start + 2] != "'" for start in self._starts
        )
        return self.text.count("“") + (self.text.count('"') + self.text.count("''")) // 2 > 2 * singles

    def tokens(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that start within the characters `start` to `end`."""
        return self.doc[bisect_left(self.token_starts, start) : bisect_left(self.token_starts, end)]

    def before(self, at: int) -> str:
        """The last few characters before the character `at`, white space aside."""
        return self.text[max(0, at - 20) : at].rstrip()

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that the character `at` lies in."""
        return max(0, bisect_right(self._starts, at) - 1)

    def heading(self, number: int) -> bool:
        """Whether the paragraph is a headline, a subhead or a crosshead."""
        start, end = self.paragraphs[number]
        line = re.sub(r"\s*\([^()]*\)$", "", self.text[start:end])  # (Photo: A. Hill)
        words, last = len(line.split()), line.rstrip("\"'“”‘’«»")[-1:]
        if number and words <= 8 and self._double_style and re.fullmatch(r"['‘][^'\"“”].*['’]", line):
            return True  # a crosshead: 'All bets are off.'
        letters = [c for c in line if c.isalpha()]
        shouted = bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)
        remark = re.match(r"[\"“„«‘'][^\"”»]+[.!?][\"”»’']\s*[-–—]", line)
        if words > 30 or remark or last in ".,;:…" or (last in "!?" and number and not shouted):
            return False
        if number == 0 or shouted and words <= 20:
            return True
        return words <= 10 or number <= 3 and words <= 25 and self.heading(number - 1)


def _outside(marks: Sequence[Marked], within: Sequence[Turn | Block]) -> list[Marked]:
    """The marks that stand in no piece of the turns and blocks."""
    pieces = sorted(piece for each in within for piece in each.pieces)
    starts = [piece.start for piece in pieces]

    def outside(mark: Marked) -> bool:
        before = bisect_right(starts, mark.start) - 1
        return before < 0 or pieces[before].end <= mark.start

    return [mark for mark in marks if outside(mark)]


def _within_turns(marks: Sequence[Marked], turns: Sequence[Turn]) -> list[Marked]:
    """The marks without those around a turn and its label: a whole transcript in quotation marks."""
    starts = [turn.start for turn in turns]

    def around(piece: Span) -> bool:
        return bisect_left(starts, piece.start) < bisect_left(starts, piece.end)

    return [mark for mark in marks if not any(map(around, mark.pieces))]


@lru_cache(maxsize=2)  # an article's quotes are found and attributed one after the other
def layout_of(doc: Doc) -> Layout:
    """The layout of a parsed article."""
    return Layout(doc)


def _groups(marks: Sequence[Marked], layout: Layout) -> list[list[Marked]]:
    """Marked spans that are one quote: around one attribution, or under one cue in one sentence."""
    groups: list[list[Marked]] = []
    for mark in marks:
        if groups and _belongs(groups[-1], mark, layout):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _belongs(group: Sequence[Marked], mark: Marked, layout: Layout) -> bool:
    """Whether the mark goes on with the quote of the `group` of marks before it."""
    last = group[-1]
    if layout.paragraph(last.pieces[-1].start) != layout.paragraph(mark.start):
        return False
    if layout.heading(layout.paragraph(mark.start)):
        return False
    words = [t for t in layout.tokens(last.end, mark.start) if any(c.isalnum() for c in t.text)]
    if not words:  # She said they had “counted.” “We have them,” he said.
        return not (_led(group, layout) and _trailed(mark, layout))
    if any(_starts_sentence(token, layout) for token in words[1:]):
        return False
    before = layout.before(mark.start)[-1:]
    opens_sentence = before in ".!?…:"
    cued, led = any(is_cue(token) for token in words), _led(group, layout)
    if opens_sentence and _trailed(mark, layout):  # “You left,” she said. “You lied,” he said.
        return False
    if _starts_sentence(words[0], layout) and unmarked(last.pieces[-1].text)[-1:] not in {*",-–—"}:
        # A fresh sentence after a closed one: it belongs only if it is nothing but the attribution.
        return cued and not led and opens_sentence and len(words) <= 6 and before != ":"
    if opens_sentence:
        return cued and not led
    return not (cued and led) if len(words) > 3 or cued else True


def _trailed(mark: Marked, layout: Layout) -> bool:
    """Whether an attribution of its own follows the mark: words that end as a remark does, then a cue."""
    if not re.search(r"[,!?…—–-][\"”’'»]*$", mark.pieces[-1].text):
        return False
    following = layout.tokens(mark.end, layout.paragraphs[layout.paragraph(mark.end - 1)][1])[:8]
    for token in following:
        if token.text[0] in _OPENING or token.text[0] in ".!?…;":
            return False
        if is_cue(token):
            return True
    return False


def _starts_sentence(token: Token, layout: Layout) -> bool:
    """Whether a new sentence of narration starts at the token: after a full stop, with a capital."""
    return bool(token.is_sent_start) and token.text[0].isupper() and _ended(layout.before(token.idx))


def _ended(before: str) -> bool:
    return re.search(r"[.!?…][\"”’'»]{0,2}$", before) is not None


def _led(group: Sequence[Marked], layout: Layout) -> bool:
    """Whether a cue leads into the group's first mark from the same sentence."""
    return any(is_cue(token) for token in _lead(group[0].start, layout))


def _lead(at: int, layout: Layout) -> list[Token]:
    """The tokens of the sentence that leads up to the character `at`; none where a sentence ends there."""
    if _ended(layout.before(at)):
        return []
    sentence: list[Token] = []
    for token in layout.tokens(layout.paragraphs[layout.paragraph(at)][0], at):
        if _starts_sentence(token, layout):
            sentence = []
        sentence.append(token)
    return sentence


def _quote(group: Sequence[Marked], layout: Layout) -> Quote:
    pieces = tuple(piece for mark in group for piece in mark.pieces)
    quote = Quote(pieces, "direct", any(mark.unclosed for mark in group))
    return replace(quote, kind=_kind(quote, layout))


def _kind(quote: Quote, layout: Layout) -> Kind:
    if layout.heading(layout.paragraph(quote.start)):
        return "headline"
    words = [
        token for piece in quote.pieces for token in layout.tokens(piece.start, piece.end) if token.is_alpha
    ]
    first = next((c for c in quote.text if c.isalnum()), "")
    finite = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD", "VB"} for token in words)
    before = layout.before(quote.start)[-1:]
    if not first.islower() and (finite or quote.text[-1:] in ".!?,…" or quote.text.isupper()):
        return "direct"
    if first.islower() and finite and before in {":", ","} and len(words) >= 4:
        return "direct"
    if len(words) <= 2 and not _cued(quote, layout):
        return "scare"
    return "partial"


def _cued(quote: Quote, layout: Layout) -> bool:
    """Whether a cue stands close to the quote in its sentence."""
    end = layout.paragraphs[layout.paragraph(quote.end - 1)][1]
    after = layout.tokens(quote.end, end)[:5]
    return any(is_cue(token) for token in [*_lead(quote.start, layout)[-6:], *after])
