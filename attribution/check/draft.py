"""A draft's quotes: their words, who is said to have said them, and what the draft declares of them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from attribution.article import Article, AttributionError, Span
from attribution.check.words import Words, as_written, is_ellipsis, key_of, words_of
from attribution.plain import without_markup

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_BRACKET = regex.compile(r"\[[^\[\]]{0,120}\]")
_LETTERS = regex.compile(r"\[(\p{L}{1,3})\]\p{L}")


@dataclass(frozen=True)
class DraftQuote:
    """A quote to be checked: its `pieces` in `text` and who the draft says said it."""

    text: str
    pieces: tuple[Span, ...]
    speaker: str | None = None  # as the draft names them; None where it names nobody
    speaker_id: str | None = None
    speaker_type: str = "person"
    confidence: float = 1.0
    unclosed: bool = False

    @property
    def words(self) -> str:
        """The pieces as they stand, joined by a space."""
        return " ".join(piece.text for piece in self.pieces)


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
        person.name if person else None,
        person.id if person else None,
        found.speaker.type,
        found.confidence,
        found.quote.unclosed,
    )


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


# --- their words -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuotedWords:
    """The words of a draft's quote.

    `cuts` are the words before which a cut is declared, `len(words)` standing for the end: by an ellipsis, by
    a bracket in place of words, or by the end of a piece. `bracketed` says whether words were replaced, and
    `ellipses` whether there is an ellipsis; `recased` holds the words whose first letter stands in brackets
    ("[T]he").
    """

    words: Words
    cuts: frozenset[int]
    pieces: tuple[int, ...]  # the first word of each piece
    recased: frozenset[int]
    bracketed: bool
    ellipses: bool

    def word(self, number: int) -> str:
        """A word as it stands, without the brackets around its first letter."""
        return self.words.word(number).replace("[", "").replace("]", "")


def quoted_words(text: str, pieces: Sequence[tuple[int, int]]) -> QuotedWords:
    """The words of the quote that stands in `text` at `pieces`, pairs of start and end.

    >>> quoted = quoted_words("“[T]he raids … [were] wrong.”", [(0, 28)])
    >>> quoted.words.keys, sorted(quoted.cuts), sorted(quoted.recased)
    (('the', 'raids', 'wrong'), [2], [0])
    """
    if plain := without_markup(text):
        read = _quoted_words(plain.text, [(plain.before(start), plain.before(end)) for start, end in pieces])
        return replace(read, words=as_written(read.words, plain))
    return _quoted_words(text, pieces)


def _quoted_words(text: str, pieces: Sequence[tuple[int, int]]) -> QuotedWords:
    starts, ends, keys = array("q"), array("q"), []
    cuts, recased, firsts = set(), set(), []
    bracketed = ellipses = False
    for start, end in pieces:
        brackets = [match.span() for match in _BRACKET.finditer(text, start, end)]
        letters = {match.start() for match in _LETTERS.finditer(text, start, end)}
        if len(keys):
            cuts.add(len(keys))
        firsts.append(len(keys))
        before = start
        pending = False  # a bracket stood for words just before
        for a, b in _spans(text, start, end, brackets, letters):
            gap = text[before:a]
            if is_ellipsis(gap):
                ellipses = True
                cuts.add(len(keys))
            inside = next((s for s in brackets if s[0] <= a < s[1] and s[0] not in letters), None)
            touching = next((s for s in brackets if s[0] == b or s[1] == a and s[0] not in letters), None)
            before = b
            if inside or touching:
                bracketed = pending = True
                continue
            if pending:
                cuts.add(len(keys))
                pending = False
            if a in letters:
                recased.add(len(keys))
            starts.append(a)
            ends.append(b)
            keys.append(key_of(text[a:b].replace("[", "").replace("]", "")))
        if pending or is_ellipsis(text[before:end]):
            ellipses |= not pending
            cuts.add(len(keys))
    words = Words(text, starts, ends, tuple(keys))
    return QuotedWords(words, frozenset(cuts), tuple(firsts), frozenset(recased), bracketed, ellipses)


def _spans(
    text: str, start: int, end: int, brackets: Sequence[tuple[int, int]], letters: set[int]
) -> list[tuple[int, int]]:
    """The words of a piece, "[T]he" as one."""
    found = words_of(text, start, end)
    spans = list(zip(found.starts, found.ends, strict=True))
    for a, b in brackets:
        if a in letters:
            inside = [span for span in spans if a < span[0] <= b]
            spans = [span for span in spans if span not in inside]
            spans.append((a, max(span[1] for span in inside)))
    return sorted(spans)
