"""Article lint: what an editor should look at again in an article's quotes, each at its place.

    remarks = find_remarks(article, attribution.extract([article]).quotes)

One small finder a kind. The language is not read again: a remark can only be as right as the analysis is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from attribution.analysis import AttributedQuote
from attribution.article import Article, Span
from attribution.marks import find_marks, unmarked
from attribution.people import Person
from attribution.people.names import fold, parse_name
from attribution.people.roles import noun_of

KINDS = (
    "unclosed marks",
    "far attribution",
    "unnamed source",
    "no source",
    "pronoun only",
    "fragment",
    "headline only",
    "name spelt two ways",
)

FAR = 0  # paragraphs of prose between a quote and its speaker's name: with one a reader looks up again
PRONOUNS_IN_A_ROW = 3  # quotes of one speaker: two are a matter of style, at three a reader has to search
CLEAR_PRONOUN = 0.5  # less sure than this, a pronoun is likelier somebody else than the one it was read as
FRAGMENT_WORDS = 3  # one word or two show that a word was used, not what was said
CONTEXT_WORDS = 6  # so many words of one speaker in a paragraph give the fragments among them their context
SOURCELESS_WORDS = 5  # shorter unattributed pieces of a sentence are mostly terms ("carried interest")
NEAREST = 0.5  # the share of a headline quote's words that the text must pass in one place to be the nearest
# Less sure than this, a fragment's speaker is not told, and words are not called nobody's: in news articles
# (PolNeAR dev) those below are mostly somebody's whom a reader sees at once.
SURE = 0.6

# A turn has its label; a headline, and a quote in a quote, need no source of their own.
_TOLD = {"direct", "partial", "scare", "block"}
_PRONOUNS = {"he", "she", "they"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CUT = re.compile(r"…|\.\s?\.\s?\.|\[[^\]]*\]")  # where a quote leaves words out, or has others put in
_PROSE = re.compile(r"[.!?…][\"'”’»)\]]*$")  # a subhead, a byline and a picture's name end otherwise
# Only behind a letter: behind a number it may be inches.
_CLOSING = re.compile(r"(?<=[^\W\d_][.,!?…])[”\"](?=\s|$)|(?<=[^\W\d_])”(?=[\s.,;:!?]|$)")
_REASON = re.compile(
    r"(?i)(?:(?:asked |wished )?not (?:want )?to|\w+n['’]t want to|declined to|refused to) be (?:named|"
    r"identified)|(?:on|under) condition of anonymity|anonymously|not authori[sz]ed to (?:speak|comment)"
)


@dataclass(frozen=True)
class Remark:
    """One thing to look at again: its `kind` (of `KINDS`), its place, and what to do in one sentence.

    `span` stands in the article's untouched text; `quote_id` is that of the (first) quote it is about,
    `None` where it is about no quote.
    """

    kind: str
    span: Span
    message: str
    quote_id: str | None = None

    def as_record(self) -> dict[str, int | str | None]:
        """The remark as one flat row: `kind`, `start`, `end`, `text`, `message`, `quote_id`.

        >>> Remark("no source", Span(4, 9, "“No.”"), "Name the speaker.").as_record()["text"]
        '“No.”'
        """
        place = self.span.as_record()
        return {"kind": self.kind, **place, "message": self.message, "quote_id": self.quote_id}


def find_remarks(article: Article, quotes: Sequence[AttributedQuote]) -> list[Remark]:
    """What to look at again in `article`, in reading order.

    `quotes` are as `attribution.extract` gives them, best over all articles at hand: a name is known to be
    misspelt by the others. Quotes of other articles among them are passed over.

    >>> [(r.kind, r.span) for r in find_remarks(Article("We never left,” she said.", file="note.txt"), [])]
    [('unclosed marks', Span(start=14, end=15, text='”'))]
    """
    page = _Page(article, tuple(quote for quote in quotes if quote.article == article))
    finders = (_unclosed, _far, _unnamed, _sourceless, _pronouns, _fragments, _headlines, _names)
    found = [remark for find in finders for remark in find(page)]
    return sorted(found, key=lambda remark: (remark.span.start, KINDS.index(remark.kind)))


@dataclass(frozen=True)
class _Page:
    """An article with its quotes, and where its paragraphs lie."""

    article: Article
    quotes: tuple[AttributedQuote, ...]

    @cached_property
    def told(self) -> list[AttributedQuote]:
        """The quotes that should say who speaks, in reading order."""
        return [quote for quote in self.quotes if quote.quote.kind in _TOLD]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.article.paragraphs]

    def number(self, at: int) -> int:
        """The number of the paragraph that the character `at` stands in."""
        return max(0, bisect_right(self._starts, at) - 1)

    def paragraph(self, number: int) -> str:
        """The text of a paragraph."""
        start, end = self.article.paragraphs[number]
        return self.article.text[start:end]

    def prose(self, number: int) -> bool:
        """Whether the paragraph is running text: a subhead or a caption parts nobody from a quote."""
        return _PROSE.search(self.paragraph(number)) is not None

    def between(self, quote: AttributedQuote, mention: Span) -> int:
        """How many paragraphs of running text stand between a quote and a mention."""
        there = self.number(mention.start)
        here = min((self.number(piece.start) for piece in quote.quote.pieces), key=lambda n: abs(n - there))
        return sum(self.prose(number) for number in range(min(here, there) + 1, max(here, there)))

    def find(self, name: str) -> Span | None:
        """The first place of a name as whole words, over any white space."""
        words = r"\s+".join(map(re.escape, name.split()))
        found = re.search(rf"(?<!\w){words}(?!\w)", self.article.text)
        return Span.of(self.article.text, *found.span()) if found else None


def _unclosed(page: _Page) -> Iterator[Remark]:
    text, marks = page.article.text, find_marks(page.article.text)
    covered = sorted((piece.start, piece.end) for m in marks if not m.depth for piece in m.pieces)
    stray: dict[int, tuple[Span, int]] = {}  # the first of a paragraph, and how many spans open before it
    for match in _CLOSING.finditer(text):
        before = bisect_right(covered, (match.start(), 0))
        if not before or covered[before - 1][1] <= match.start():
            stray.setdefault(page.number(match.start()), (Span.of(text, *match.span()), before))
    open_ends = {mark.pieces[-1].start for mark in marks if mark.unclosed}
    for quote in (quote for quote in page.quotes if quote.quote.unclosed):
        piece = next((p for p in quote.quote.pieces if p.start in open_ends), quote.quote.pieces[-1])
        remedy = "set it where the speaker’s words end"
        following = page.number(piece.start) + 1
        if following in stray and stray[following][1] == bisect_right(covered, (piece.start, len(text))):
            del stray[following]  # no other quote opens up to that mark: it is the one that is missing
            remedy = "the next paragraph has one, so open that paragraph with a mark too"
        yield Remark("unclosed marks", piece, f"{_shown(piece)} has no closing mark: {remedy}.", quote.id)
    for closing, _ in stray.values():
        message = "Nothing opens the quote that this mark closes: set the opening mark, or delete this one."
        yield Remark("unclosed marks", closing, message)


def _far(page: _Page) -> Iterator[Remark]:
    """Once for each mention. A list may stand far from the words and the colon that introduce it."""
    leaning: dict[Span | None, list[AttributedQuote]] = {}
    for quote in page.told:
        mention, inferred = quote.attribution.mention, quote.speaker.person is not None
        listed = mention and page.paragraph(page.number(mention.start)).endswith(":")
        far = page.between(quote, mention) > FAR and not listed if mention else inferred
        if far and _longest(quote) >= FRAGMENT_WORDS:
            leaning.setdefault(mention, []).append(quote)
    for mention, (first, *rest) in leaning.items():
        who = f"says these {len(rest) + 1} quotes" if rest else "says this quote"
        if mention:
            where = "before" if mention.end <= first.quote.start else "after"
            told = f"Only “{_line(mention.text)}”, more than a paragraph {where}, tells who {who}"
        else:
            told = f"No words near tell who {who}, and {first.name} is only inferred"
        message = f"{told}: name the speaker beside {_shown(first.quote.pieces[0])}."
        yield Remark("far attribution", first.quote.pieces[0], message, first.id)


def _unnamed(page: _Page) -> Iterator[Remark]:
    """Once for each description: the second quote of "a guard" tells an editor nothing new."""
    sources: dict[str, list[AttributedQuote]] = {}
    for quote in page.told:
        described, speaker = quote.speaker.description or "", quote.speaker
        # Without a noun for people it is a paper, a body, or words that were misread for a speaker.
        human = speaker.person is None and speaker.type in {"unnamed", "group"} and noun_of(described)
        unclear = _pronoun(quote) and speaker.confidence < CLEAR_PRONOUN  # which is told instead
        if human and _longest(quote) >= FRAGMENT_WORDS and not unclear:
            sources.setdefault(fold(described), []).append(quote)
    for quotes in sources.values():
        first, mention = quotes[0], quotes[0].attribution.mention
        span = mention if mention and noun_of(mention.text) else first.quote.pieces[0]
        number = page.number(span.start)
        near = " ".join(map(page.paragraph, range(max(0, number - 1), number + 1)))
        reason = _REASON.search(_line(near))
        many = f" of {len(quotes)} quotes" if len(quotes) > 1 else ""
        whom = f"The source{many} is not named, only called “{first.speaker.description}”"
        why = ", and the text does not say why: give the name or the reason."
        if reason:
            why = f"; the text says “{reason.group()}”, so check that this was agreed."
        yield Remark("unnamed source", span, whom + why, first.id)


def _sourceless(page: _Page) -> Iterator[Remark]:
    """Not where the closing mark is missing: the source may stand in what the quote has swallowed."""
    for quote in (quote for quote in page.told if not quote.quote.unclosed):
        kind, piece, attribution = quote.quote.kind, quote.quote.pieces[0], quote.attribution
        said = kind == "direct" or kind != "scare" and quote.quote.words >= SOURCELESS_WORDS
        if said and not (attribution.mention or quote.speaker.person) and attribution.confidence >= SURE:
            message = f"Nothing tells who says {_shown(piece)}: name the speaker beside the quote."
            yield Remark("no source", piece, message, quote.id)


def _pronouns(page: _Page) -> Iterator[Remark]:
    for quote in page.told:
        if (mention := _pronoun(quote)) and quote.speaker.confidence < CLEAR_PRONOUN:
            rivals = (name for name, _ in (*quote.speaker.alternatives, *quote.alternatives))
            choice = [name for name in dict.fromkeys((quote.name, *rivals)) if name not in {None, *_PRONOUNS}]
            doubt = f"could be {' or '.join(choice[:2])}" if choice[1:] else "could be somebody else"
            message = f"“{mention.text}” {doubt}: put the name in its place."
            yield Remark("pronoun only", mention, message, quote.id)
    for person, run in groupby(page.told, key=lambda quote: _nameless(page, quote)):
        first, *rest = run
        if person and rest[PRONOUNS_IN_A_ROW - 2 :] and (mention := _pronoun(first)):
            many = f"{len(rest) + 1} quotes in a row have only “{mention.text}” for {person.name}"
            yield Remark("pronoun only", mention, f"{many}: put the name here.", first.id)


def _pronoun(quote: AttributedQuote) -> Span | None:
    """The pronoun that tells who speaks, if one does."""
    mention = quote.attribution.mention
    return mention if mention and fold(mention.text) in _PRONOUNS else None


def _nameless(page: _Page, quote: AttributedQuote) -> Person | None:
    """Whom a pronoun stands for, where neither its paragraph nor the one before has the name."""
    person, mention = quote.speaker.person, _pronoun(quote)
    if person is None or mention is None:
        return None
    stop = page.number(mention.start) + 1
    start = next((n for n in range(stop - 2, max(-1, stop - 5), -1) if page.prose(n)), stop - 1)
    words = _folded(" ".join(map(page.paragraph, range(start, stop))))
    forms = (parse_name(form) for form in (person.name, *person.aliases))
    called = {parts.surname or " ".join(parts.given) for parts in forms} - {""}
    return None if any(_folded(name) in words for name in called) else person


def _fragments(page: _Page) -> Iterator[Remark]:
    """Not where the words are quoted at length elsewhere, as a first paragraph's often are, nor twice."""
    known = "".join(_folded(q.quote.text) for q in page.quotes if _longest(q) >= FRAGMENT_WORDS)
    for _, told in groupby(page.told, key=lambda quote: page.number(quote.quote.start)):
        beside, said = list(told), Counter[str | None]()
        for quote in beside:
            said[quote.name] += quote.quote.words
        new: list[tuple[AttributedQuote, Span]] = []
        for quote in beside:
            partial = quote.quote.kind in {"partial", "scare"} and quote.attribution.mention
            if not partial or _longest(quote) >= FRAGMENT_WORDS or said[quote.name] >= CONTEXT_WORDS:
                continue
            for piece in quote.quote.pieces:
                if (words := _folded(piece.text)) not in known:
                    known += words
                    new.append((quote, piece))
        if not new:
            continue
        first, place = new[0]
        shown = " and ".join(_shown(piece) for _, piece in new)
        sure = all(quote.name == first.name and quote.confidence >= SURE for quote, _ in new)
        whom = f" from {first.speaker.person.name}" if sure and first.speaker.person else ""
        message = f"Only {shown} {'are' if new[1:] else 'is'} quoted{whom}: quote more, or drop the marks."
        yield Remark("fragment", place, message, first.id)


def _headlines(page: _Page) -> Iterator[Remark]:
    quoted = [(q, piece) for q in page.quotes if q.quote.kind == "headline" for piece in q.quote.pieces]
    heads = {page.number(piece.start) for _, piece in quoted}
    text, bounds = page.article.text, enumerate(page.article.paragraphs)
    body = [m for number, bound in bounds if number not in heads for m in _WORD.finditer(text, *bound)]
    keys = [_spelt(match.group()) for match in body]
    whole = f" {' '.join(keys)} "
    for quote, piece in quoted if body else ():
        parts = [[_spelt(word) for word in _WORD.findall(part)] for part in _CUT.split(unmarked(piece.text))]
        missing = [part for part in parts if part and f" {' '.join(part)} " not in whole]
        if not missing:
            continue
        remedy = ": give the whole quote there, or drop the marks."
        if place := _nearest(keys, max(missing, key=len)):
            nearest = _line(text[body[place[0]].start() : body[place[-1]].end()])
            remedy = f", the nearest are “{nearest}”: quote these, or drop the marks."
        message = f"The text does not have the headline’s words {_shown(piece)}{remedy}"
        yield Remark("headline only", piece, message, quote.id)


def _nearest(body: Sequence[str], words: Sequence[str]) -> range:
    """Which words of the body, as many as `words`, have most of them; an empty range where none do.

    >>> _nearest("he is following the children to school".split(), "follow the children".split())
    range(2, 5)
    """
    size, wanted, window = len(words), Counter(words), Counter[str]()
    best, place, shared = NEAREST * size, range(0), 0
    for stop, word in enumerate(body, start=1):
        window[word] += 1
        shared += window[word] <= wanted[word]
        if stop > size:
            left = body[stop - size - 1]
            shared -= window[left] <= wanted[left]
            window[left] -= 1
        if shared > best:
            best, place = shared, range(max(0, stop - size), stop)
    return place


def _names(page: _Page) -> Iterator[Remark]:
    """Once for "Marguerite Stanick" and "Stanick"; an apostrophe of another style is no misspelling."""
    spoken = {person.id: (person, q.id) for q in reversed(page.quotes) if (person := q.speaker.person)}
    for person, quote_id in spoken.values():
        told = ""
        for spelling in sorted(person.misspellings, key=len, reverse=True):
            found = page.find(spelling)
            if found and spelling not in told and _spelt(spelling) not in _spelt(person.name):
                told += f"{spelling}\n"
                where = "elsewhere in this article" if page.find(person.name) else "in another article"
                message = f"“{_line(found.text)}” is spelt “{person.name}” {where}: check which is right."
                yield Remark("name spelt two ways", found, message, quote_id)


def _line(text: str) -> str:
    return " ".join(text.split())


def _spelt(text: str) -> str:
    return text.casefold().replace("’", "'")


def _longest(quote: AttributedQuote) -> int:
    """How many words the quote's longest piece has."""
    return max(len(_WORD.findall(piece.text)) for piece in quote.quote.pieces)


def _folded(text: str) -> str:
    """The words alone, without case and accents, each between spaces."""
    return " " + " ".join(re.findall(r"[^\W_]+", fold(text))) + " "


def _shown(piece: Span) -> str:
    """The piece's first words between quotation marks, as a message repeats them."""
    words = unmarked(piece.text).rstrip(".,").split()
    return f"“{' '.join(words[:6])}{' …' if len(words) > 6 else ''}”"
