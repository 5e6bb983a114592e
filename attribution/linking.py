"""The learned step: what speaks for a mention being the speaker of a quote, and how much."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from spacy.tokens import Doc, Token

from attribution.cues import CUE_NOUNS, CUE_VERBS
from attribution.mentions import POSSESSIVES, SUBJECTS, Mention, find_mentions
from attribution.quotes import Quote, layout_of

BEFORE, AFTER = 3, 1  # how many paragraphs around a quote's own are searched for its speaker


class Page:
    """A parsed article with its quotes, and what the features look up again and again."""

    def __init__(self, doc: Doc, quotes: Sequence[Quote]) -> None:
        self.doc, self.quotes = doc, quotes
        # Asked for hundreds of times a token: spaCy makes each of these anew.
        self.tokens = list(doc)
        self.lower = [token.lower_ for token in self.tokens]
        self._surroundings: dict[tuple[int, int], tuple[str, str, str]] = {}
        self.layout = layout_of(doc)
        self.text = self.layout.text
        self.starts = self.layout.token_starts
        self.quoted = [False] * len(doc)
        for quote in quotes:
            if quote.kind != "nested":
                for piece in quote.pieces:
                    for i in range(*self.between(piece.start, piece.end)):
                        self.quoted[i] = True

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the tokens that start within the characters `start` to `end`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def beside(self, i: int, quote: Quote) -> bool:
        """Whether token `i` stands around the quote: in the narration, or in a nested one's outer quote."""
        if quote.kind == "nested":
            return self.quoted[i] and not quote.start <= self.starts[i] < quote.end
        return not self.quoted[i]

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions outside the quotes."""
        return [m for m in find_mentions(self.doc, self.quoted) if not self.quoted[m.head]]

    @cached_property
    def heads(self) -> list[int]:
        """The number of each token's head."""
        return [token.head.i for token in self.tokens]

    @cached_property
    def words_before(self) -> np.ndarray:
        """How many words, not marks or spaces, stand before each token, and in all."""
        counts = [any(map(str.isalnum, token)) for token in self.lower]
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def _mention_ends(self) -> tuple[list[int], list[int]]:
        return [m.first for m in self.mentions], [m.last for m in self.mentions]

    def mentions_within(self, start: int, end: int) -> int:
        """How many mentions lie wholly within the tokens `start` to `end`."""
        firsts, lasts = self._mention_ends
        return max(0, bisect_left(lasts, end) - bisect_left(firsts, start))

    def _starts_of(self, quote: Quote) -> list[int]:
        """Where each piece of an outer quote starts, by token."""
        if quote.kind == "nested":
            return []
        return [self.between(piece.start, piece.start)[0] for piece in quote.pieces]

    @cached_property
    def _pieces(self) -> list[int]:
        """Where the pieces of the outer quotes start, by token."""
        return sorted(at for quote in self.quotes for at in self._starts_of(quote))

    def pieces_within(self, start: int, end: int, but: Quote) -> int:
        """How many pieces of other quotes start within the tokens `start` to `end`."""
        if end <= start:
            return 0
        all_of_them = bisect_left(self._pieces, end) - bisect_left(self._pieces, start)
        return all_of_them - sum(start <= at < end for at in self._starts_of(but))

    @cached_property
    def inner_mentions(self) -> list[Mention]:
        """The mentions inside the quotes: who a nested quote may belong to."""
        return [m for m in find_mentions(self.doc, self.quoted) if self.quoted[m.head]]

    @cached_property
    def plain(self) -> list[str]:
        """Each word in lower case; all dashes are one, all line breaks are one."""
        return [_plain(word) for word in self.lower]

    @cached_property
    def boundaries(self) -> np.ndarray:
        """For each token, how many sentences of the narration have started up to it."""
        count, out = 0, []
        for token in self.tokens:
            before = self.text[max(0, token.idx - 3) : token.idx].rstrip()[-1:]
            if (
                token.is_sent_start
                and (token.text[:1].isupper() or token.text[:1] in "\"“‘'«„")
                and before in ".!?…:”\"’'»"
            ):
                count += 1
            out.append(count)
        return np.array(out, dtype=np.int32)

    @cached_property
    def name_counts(self) -> dict[str, int]:
        """How often each capitalised word stands in the article."""
        counts: dict[str, int] = {}
        for start, word in zip(self.starts, self.lower, strict=True):
            if self.text[start].isupper():
                counts[word] = counts.get(word, 0) + 1
        return counts

    def surroundings(self, quote: Quote) -> tuple[str, str, str]:
        """How the quote meets its surroundings: what stands before, how it closes, its first letter."""
        place = quote.start, quote.end
        if place not in self._surroundings:
            self._surroundings[place] = _surroundings(self, quote)
        return self._surroundings[place]

    def candidates(self, quote: Quote) -> list[Mention]:
        """The mentions near a quote, in order: from three paragraphs before it to one after.

        A nested quote's stand inside the quote around it.
        """
        if quote.kind == "nested":
            outer = min(
                (
                    p
                    for q in self.quotes
                    for p in q.pieces
                    if p.start <= quote.start
                    and quote.end <= p.end
                    and p.end - p.start > quote.end - quote.start
                ),
                key=lambda piece: piece.end - piece.start,
                default=None,
            )
            if outer is None:
                return []
            return [
                m
                for m in self.inner_mentions
                if outer.start <= m.start and m.end <= outer.end and not quote.start <= m.start < quote.end
            ]
        bounds = self.layout.paragraphs
        number, last = self.layout.paragraph(quote.start), self.layout.paragraph(quote.end - 1)
        low = bounds[max(0, number - BEFORE)][0]
        high = bounds[min(len(bounds) - 1, last + AFTER)][1]
        first, stop = self.between(low, high)
        near = self.mentions[
            bisect_left(self._mention_ends[1], first) : bisect_left(self._mention_ends[1], stop)
        ]
        return [m for m in near if low <= m.start and m.end <= high]


def cue_of(page: Page, mention: Mention, quote: Quote) -> tuple[Token | None, str]:
    """The reporting verb or noun that ties a mention to a quote, and how.

    The tie is "subject", "according", "noun", "near" (a verb beside it, whatever the parse says) or "none".
    """
    tokens = page.tokens
    head = _top(tokens[mention.head])
    if (according := _according(page, mention.first)) is not None:
        return according, "according"
    if head.dep_ in SUBJECTS and not _acted_on(head):
        verb = _reporting(head.head, quote, page)
        if verb is not None:
            return verb, "subject"
    if head.dep_ in POSSESSIVES and head.head.lower_ in CUE_NOUNS:
        return head.head, "noun"
    if (
        head.dep_ in {"obl", "obl:agent", "pobj", "agent", "nmod"}
        and mention.first
        and page.lower[mention.first - 1] in {"by", "from", "of"}
    ):
        governor = head.head.head if head.dep_ == "pobj" else head.head
        if governor.lower_ in CUE_VERBS or governor.lower_ in CUE_NOUNS:
            return governor, "noun"
    return _near(page, mention, quote)


def _according(page: Page, first: int) -> Token | None:
    """The "according" before a mention that starts at token `first`, or before the role in front of it."""
    lower = page.lower
    for i in range(first - 1, max(0, first - 5), -1):
        if lower[i] == "to" and lower[i - 1] == "according":
            return page.tokens[i - 1]
        if not lower[i].isalpha():
            return None
    return None


def _acted_on(subject: Token) -> bool:
    """Whether somebody else says it: "the plan was described by Hill as", not "Hill was quoted as"."""
    if not subject.dep_.endswith("pass"):
        return False
    return any(
        child.dep_ in {"obl:agent", "agent"}
        or child.dep_ == "obl"
        and any(c.lower_ == "by" for c in child.lefts)
        for child in subject.head.children
    )


def _top(token: Token) -> Token:
    """The head of the conjunction or the name that the token is part of."""
    for _ in range(4):
        if token.dep_ in {"conj", "flat", "flat:name", "compound", "appos"} and token.head.pos_ in {
            "PROPN",
            "NOUN",
            "PRON",
        }:
            token = token.head
    return token


def _reporting(verb: Token, quote: Quote, page: Page) -> Token | None:
    """The reporting verb nearest to the quote among a verb, its conjuncts and its complements."""
    options, queue = [], [verb]
    while queue and len(options) < 12:
        token = queue.pop(0)
        options.append(token)
        queue += [
            c
            for c in token.children
            if c.dep_ in {"conj", "xcomp", "advcl", "ccomp"}
            and not any(g.dep_ in SUBJECTS for g in c.children)
        ]
    cues = [t for t in options if t.lower_ in CUE_VERBS and page.beside(t.i, quote)] or (
        [verb] if page.beside(verb.i, quote) and _distance(verb, quote) < 12 else []
    )
    return min(cues, key=lambda t: _distance(t, quote), default=None)


def _distance(token: Token, quote: Quote) -> int:
    """Characters from the token to the nearest edge of the quote's pieces."""
    end = token.idx + len(token)
    return min(max(piece.start - end, token.idx - piece.end, 0) for piece in quote.pieces)


def _near(page: Page, mention: Mention, quote: Quote) -> tuple[Token | None, str]:
    """A reporting verb beside the mention in its sentence, whatever the parse says."""
    for i in (mention.last + 1, mention.first - 1, mention.last + 2, mention.first - 2, mention.last + 3):
        told = 0 <= i < len(page.lower) and page.lower[i] in CUE_VERBS and page.beside(i, quote)
        if told and page.tokens[i].pos_ in {"VERB", "AUX"}:
            return page.tokens[i], "near"
    return None, "none"


_DASHES = frozenset("- -- – — ―".split())


def _bucket(n: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 120):
        if n <= limit:
            return str(limit)
    return "far"


def features(page: Page, quote: Quote, mention: Mention, previous: Mention | None) -> Iterator[str]:
    """What can be seen of a quote and one mention, as names of binary features."""
    text, lower = page.text, page.lower
    head = page.tokens[mention.head]
    side = "before" if mention.end <= quote.start else "after" if mention.start >= quote.end else "between"
    edge, gap_start, gap_end = _gap(page, quote, mention)
    words = int(page.words_before[gap_end] - page.words_before[gap_start]) if gap_end > gap_start else 0
    sentences = int(
        abs(page.boundaries[min(gap_end, len(lower) - 1)] - page.boundaries[max(gap_start - 1, 0)])
    )
    sentences = min(sentences, 3)
    rivals = 0 if quote.kind == "nested" else min(page.mentions_within(gap_start, gap_end), 4)
    paragraphs = page.layout.paragraph(mention.start) - page.layout.paragraph(quote.start)
    crossed = min(page.pieces_within(gap_start, gap_end, quote), 3)
    verb, tie = cue_of(page, mention, quote)
    top = _top(head)
    subject = top.dep_ in SUBJECTS
    dep = "subj" if subject else top.dep_
    known = verb is not None and verb.lower_ in CUE_VERBS
    cue_words = _bucket(_words_to(page, verb, quote)) if verb is not None else "-"
    kind = f"{mention.kind}:{head.lower_}" if mention.kind == "PRON" else mention.kind
    place = f"{side}|p{paragraphs}|s{sentences}"
    opening, closing, start_case = page.surroundings(quote)
    first_piece_alone = len(quote.pieces) > 1
    yield f"place={place}"
    yield f"place,words={place}|{_bucket(words)}"
    yield f"rivals={place}|{rivals}"
    yield f"crossed={side}|{crossed}|p{paragraphs}"
    yield f"tie={tie}|{known}|{side}"
    yield f"tie,place={tie}|{known}|{place}|{cue_words}"
    yield f"tie,place,rivals={tie}|{known}|{place}|{rivals}|{crossed}"
    yield f"cue={verb.lower_ if verb is not None else '-'}"
    yield f"cue,side={verb.lower_ if verb is not None else '-'}|{side}|s{sentences}"
    yield f"kind={kind}"
    yield f"kind,tie={kind}|{tie}|{known}|{side}"
    yield f"dep={dep}|{mention.kind}"
    yield f"dep,place={dep}|{place}|{rivals}"
    yield f"head={head.lower_}" if mention.kind in {"NOUN", "PRON"} else "head=name"
    yield f"edges={side}|s{sentences}|{opening}|{closing}|{start_case}"
    yield f"edges,tie={side}|{tie}|{known}|{opening}|{closing}"
    yield f"split={first_piece_alone}|{side}|{tie}"
    yield f"quote={quote.kind}|{side}|p{paragraphs}"
    yield f"next={side}|{page.plain[mention.last + 1] if mention.last + 1 < len(lower) else '-'}"
    yield f"prev={side}|{page.plain[mention.first - 1] if mention.first else '-'}|{_bucket(words)}"
    yield f"next,next={side}|{_words(page, mention.last + 1, 1)}"
    yield f"prev,prev={side}|{_words(page, mention.first - 1, -1)}"
    if side == "before":
        yield f"lead={_words(page, gap_end - 1, -1)}|s{sentences}|{rivals}|{tie}"
    yield f"edge={edge}|{_bucket(words)}|{tie}|{known}"
    yield f"root={top.head.dep_ in {'ROOT', 'root'} and subject}|{place}"
    if previous is not None:
        same = _same(page, previous, mention)
        yield f"previous={same}|{place}"
        yield f"previous,kind={same}|{kind}|{tie}"
    count = max(page.name_counts.get(lower[i], 0) for i in range(mention.first, mention.last + 1))
    yield f"count={_bucket(count) if mention.kind not in {'PRON', 'NOUN'} else '-'}"
    yield f"governs={_governs(page, verb, quote)}|{tie}"
    yield f"phrase={side}|{_phrase(page, gap_start, gap_end)}"
    yield f"comma={_closed_by_comma(text, quote)}|{side}|{tie}|{known}"


def null_features(page: Page, quote: Quote) -> Iterator[str]:
    """What can be seen of a quote that may have no speaker in the text."""
    opening, closing, start_case = page.surroundings(quote)
    words = _bucket(quote.words)
    yield "null"
    yield f"null,words={words}"
    yield f"null,kind={quote.kind}|{words}"
    yield f"null,edges={opening}|{closing}|{start_case}"
    i = page.between(quote.start, quote.end)[0]
    yield f"null,prev={page.lower[i - 1] if i else '-'}"
    yield f"null,prev2={' '.join(page.lower[max(0, i - 2) : i])}"
    yield f"null,case={start_case}|{quote.kind}"


def _words(page: Page, i: int, step: int) -> str:
    """Two neighbouring words from token `i` on."""
    return "_".join(page.plain[k] for k in (i, i + step) if 0 <= k < len(page.plain))


def _phrase(page: Page, start: int, end: int) -> str:
    """The words between mention and quote where they are four at most."""
    if not 0 < end - start <= 6:
        return "-"
    words = [page.plain[i] for i in range(start, end) if not page.lower[i].isspace()]
    return "_".join(words) if 0 < len(words) <= 4 else "-"


def _plain(word: str) -> str:
    """All dashes are one, all line breaks are one."""
    return "—" if word in _DASHES else "¶" if "\n" in word and word.isspace() else word


def _gap(page: Page, quote: Quote, mention: Mention) -> tuple[str, int, int]:
    """The piece edge nearest to the mention ("opens" or "closes") and the tokens between the two."""
    best: tuple[int, str, int, int] | None = None
    for piece in quote.pieces:
        if mention.end <= piece.start:
            option = (
                piece.start - mention.end,
                "opens",
                mention.last + 1,
                page.between(piece.start, piece.start + 1)[0],
            )
        elif mention.start >= piece.end:
            option = (
                mention.start - piece.end,
                "closes",
                page.between(piece.end, piece.end)[0],
                mention.first,
            )
        else:
            option = (0, "inside", mention.first, mention.first)
        if best is None or option[0] < best[0]:
            best = option
    assert best is not None
    return best[1:]


def _words_to(page: Page, token: Token, quote: Quote) -> int:
    ends = []
    for piece in quote.pieces:
        first, last = page.between(piece.start, piece.end)
        ends.append(first - token.i - 1 if token.i < first else token.i - last)
    return max(0, min(ends, key=abs))


def _surroundings(page: Page, quote: Quote) -> tuple[str, str, str]:
    """How the quote meets its surroundings: what stands before, how it closes, its first letter."""
    text = page.text
    start, end = page.layout.paragraphs[page.layout.paragraph(quote.start)]
    tail_end = page.layout.paragraphs[page.layout.paragraph(quote.end - 1)][1]
    lead = text[max(0, quote.start - 2) : quote.start].strip()[-1:]
    opening = (
        "paragraph"
        if quote.start <= start
        else lead
        if lead in {":", ",", ".", "?", "!", ";", "—", "-"}
        else "word"
    )
    closing = "paragraph" if quote.end >= tail_end else "inside"
    last = quote.text[-1:]
    first = next((c for c in quote.text if c.isalnum()), "")
    return (
        opening,
        closing + (last if last in {",", ".", "?", "!", "—"} else "-"),
        "upper" if first.isupper() else "lower",
    )


def _closed_by_comma(text: str, quote: Quote) -> bool:
    first = quote.pieces[0]
    return "," in first.text[-3:] or text[first.end : first.end + 1] == ","


def _same(page: Page, previous: Mention, mention: Mention) -> str:
    if previous.head == mention.head:
        return "token"
    return "word" if page.lower[previous.head] == page.lower[mention.head] else "other"


def _governs(page: Page, verb: Token | None, quote: Quote) -> bool:
    """Whether the reporting verb governs a token of the quote."""
    if verb is None:
        return False
    first, last = page.between(quote.pieces[0].start, quote.pieces[0].end)
    return verb.i in page.heads[first : min(last, first + 80)]
