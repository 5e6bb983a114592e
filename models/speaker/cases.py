"""What the speaker model learns from: quotes with their candidate mentions, as the product sees them."""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attribution.encoder import View, view_of
from attribution.linking import AFTER, BEFORE, Page, features, null_features
from attribution.quotes import find_quotes


@dataclass
class Case:
    """One quote: the features of each candidate (nobody last), which overlap the gold source, which of
    them are right (of "Roe" and "Roe's lawyer" only the longer speaks), and its size in words.

    `edges` are the tokens of its pieces' marks in the document's view, `mentions` the first and last
    token of each candidate. An indirect statement (`marked` false) has no features: only the encoder
    learns from it.
    """

    rows: list[list[str]]
    right: list[bool]
    overlap: list[bool]
    words: int
    gold: bool
    edges: list[tuple[int, int]]
    mentions: list[tuple[int, int]]
    marked: bool = True


@dataclass
class Document:
    """An article's view and its cases."""

    view: View
    cases: list[Case]


def lines(path: Path) -> list[dict]:
    """The rows of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read(data: Path, part: str, nlp, tokenizer, cache: Path) -> list[Document]:
    """The articles of a part ("train", "dev"); kept in `cache`, since parsing takes minutes."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    rows = lines(data / "quotes" / f"polnear-fragments-{part}.jsonl.gz")
    statements = {row["id"]: row["quotes"] for row in lines(data / "quotes" / f"polnear-{part}.jsonl.gz")}
    found = []
    for row, doc in zip(rows, nlp.pipe(r["text"] for r in rows), strict=True):
        found.append(_document(row, doc, statements[row["id"]], tokenizer))
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_bytes(pickle.dumps(found))
    return found


def _document(row: dict, doc, statements: Sequence[dict], tokenizer) -> Document:
    quotes = find_quotes(doc)
    page = Page(doc, quotes)
    pieces = [p for q in quotes if q.kind not in {"nested", "transcript"} for p in q.pieces]
    view = view_of(doc.text, page.layout.paragraphs, pieces, tokenizer, BEFORE, AFTER)
    if not len(view.ids):
        return Document(view, [])
    return Document(view, [*_quoted(row, page, quotes, view), *_indirect(page, statements, view)])


def _quoted(row: dict, page: Page, quotes, view: View) -> Iterator[Case]:
    previous = None
    for quote in quotes:
        if quote.kind in {"transcript", "nested"}:
            continue
        fragments = [
            f
            for f in row["fragments"]
            if any(p.start < b and a < p.end for p in quote.pieces for a, b in f["parts"])
        ]
        if not fragments:
            continue
        fragment = max(fragments, key=lambda f: f["n_words"])
        sources = [tuple(s) for s in fragment.get("source_spans") or []]
        if fragment["attribution"] is not None and not sources:
            continue  # an attribution without a source: the text may name one or not
        candidates = page.candidates(quote)
        right, overlap = _judged([(m.start, m.end) for m in candidates], sources)
        rows = [list(features(page, quote, m, previous)) for m in candidates] + [
            list(null_features(page, quote))
        ]
        edges = [view.edges[p.start, p.end] for p in quote.pieces if (p.start, p.end) in view.edges]
        mentions = [(view.token(m.start), view.token(m.end - 1)) for m in candidates]
        yield Case(
            rows, [*right, not sources], [*overlap, not sources], quote.words, bool(sources), edges, mentions
        )
        if any(right):
            previous = candidates[right.index(True)]


def _indirect(page: Page, statements: Sequence[dict], view: View) -> Iterator[Case]:
    """What is told without marks: the same ties of source and cue, many more of them."""
    for statement in statements:
        sources = [tuple(s) for s in statement["source_spans"]]
        if statement["kind"] != "indirect" or not sources:
            continue
        start, end = statement["content_spans"][0][0], statement["content_spans"][-1][1]
        first, last = view.token(start), view.token(end - 1)
        if not (view.starts[first] < end and view.ends[last] > start):
            continue  # too far from any quote to be in the view
        number = page.layout.paragraph(start)
        low, high = page.layout.paragraphs[number][0], page.layout.paragraphs[number][1]
        inside = [
            m
            for m in page.mentions
            if low <= m.start
            and m.end <= high
            and not any(m.start < b and a < m.end for a, b in statement["content_spans"])
        ]
        right, overlap = _judged([(m.start, m.end) for m in inside], sources)
        if any(right):
            mentions = [(view.token(m.start), view.token(m.end - 1)) for m in inside]
            yield Case(
                [], [*right, False], [*overlap, False], end - start, True, [(first, last)], mentions, False
            )


def _judged(
    spans: Sequence[tuple[int, int]], sources: Sequence[tuple[int, int]]
) -> tuple[list[bool], list[bool]]:
    overlap = [any(a < d and c < b for c, d in sources) for a, b in spans]
    told = [span for span, ok in zip(spans, overlap, strict=True) if ok]
    right = [
        ok and not any(_within(span, other) for other in told)
        for span, ok in zip(spans, overlap, strict=True)
    ]
    return right, overlap


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]
