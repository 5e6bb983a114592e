"""Found quotes and speakers held against a gold standard."""

from __future__ import annotations

import gzip
import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attribution.analysis import AttributedQuote, extract
from attribution.article import Article, AttributionError
from attribution.paths import seeds_folder


@dataclass(frozen=True)
class GoldQuote:
    """One quote as a person marked it; what the gold does not say stays `None`.

    `pieces` are the exact spans (marks included), `span` any characters of the quote, `mentions` the
    spans of its source, `speaker` the canonical name (`""` for nobody named).
    """

    span: tuple[int, int]
    pieces: tuple[tuple[int, int], ...] | None = None
    mentions: tuple[tuple[int, int], ...] = ()
    mention_text: str | None = None
    speaker: str | None = None
    kind: str | None = None
    group: str = ""


@dataclass(frozen=True)
class GoldArticle:
    """An article with its gold quotes; articles of one `set` are about the same people and read together."""

    article: Article
    quotes: tuple[GoldQuote, ...]
    set: str
    not_quotes: tuple[tuple[int, int], ...] = ()


@dataclass
class Share:
    """How many of how many, and the ones that failed."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, ok: bool, told: str) -> None:
        """Count one case; `told` is what to say of it where it is wrong."""
        self.total += 1
        self.right += ok
        if not ok:
            self.wrong.append(told)

    @property
    def value(self) -> float:
        """The share, 0...1; 0 where there was nothing to count."""
        return self.right / self.total if self.total else 0.0


def read_gold(path: Path) -> list[GoldArticle]:
    """A gold file: a row an article (`quotes` or `fragments`) or a row a quote (`file` or `doc`).

    Texts stand in the rows, beside the file, in the seeds, or (rows with `doc`) in `polnear-dev.jsonl.gz`
    beside it. Raises `AttributionError` where the file is none of these.
    """
    try:
        reader = gzip.open if path.suffix == ".gz" else open
        with reader(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise AttributionError(
            f"{path}: not a readable JSONL file ({error}). Give one JSON object a line."
        ) from error
    keys = set(rows[0]) if rows else set()
    if "fragments" in keys:
        return [_fragments(row) for row in rows]
    if {"file", "quotes"} <= keys:
        return [_article(row, path.parent) for row in rows]
    if {"file", "pieces"} <= keys:
        return _by_file(rows, path.parent)
    if {"doc", "source_spans"} <= keys:
        return _by_document(rows, path.parent)
    raise AttributionError(f"{path}: no gold that is known here. See `attribution evaluate speakers --help`.")


def _spans(pairs: Sequence[Sequence[int]] | None) -> tuple[tuple[int, int], ...]:
    return tuple((int(a), int(b)) for a, b in pairs or ())


def _fragments(row: dict[str, Any]) -> GoldArticle:
    """PolNeAR's marked spans: those of five words and more with a source count."""
    quotes = tuple(
        GoldQuote((f["start"], f["end"]), mentions=_spans(f["source_spans"]), group=f["source_type"] or "")
        for f in row["fragments"]
        if f["n_words"] >= 5 and f["attribution"] and f["source_spans"]
    )
    return GoldArticle(Article(row["text"], row["id"]), quotes, row["id"])


def _read(name: str, folder: Path) -> str:
    path = next((p for p in (folder / name, seeds_folder() / name) if p.exists()), None)
    if path is None:
        raise AttributionError(f"{name}: the gold file's article is not beside it. Put it into {folder}.")
    with path.open(encoding="utf-8", newline="") as lines:
        return lines.read()


def _gold_quote(row: dict[str, Any], speaker: bool = True) -> GoldQuote:
    pieces = _spans(row["pieces"])
    return GoldQuote(
        (pieces[0][0], pieces[-1][1]),
        pieces,
        (),
        row["mention"],
        (row["speaker"] or "") if speaker else None,
        row["kind"],
        row["kind"],
    )


def _article(row: dict[str, Any], folder: Path) -> GoldArticle:
    article = Article(
        _read(row["file"], folder), row["file"], outlet=row.get("outlet"), published=row.get("date")
    )
    quotes = tuple(_gold_quote(quote) for quote in row["quotes"])
    return GoldArticle(article, quotes, row.get("set", row["file"]), _spans(row.get("not_quotes")))


def _by_file(rows: Sequence[dict[str, Any]], folder: Path) -> list[GoldArticle]:
    files: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        files.setdefault(row["file"], []).append(row)
    return [
        GoldArticle(Article(_read(name, folder), name), tuple(map(_gold_quote, rows)), "all")
        for name, rows in files.items()
    ]


def _by_document(rows: Sequence[dict[str, Any]], folder: Path) -> list[GoldArticle]:
    """Hand-labelled speakers of PolNeAR quotes (`speakers-dev`)."""
    with gzip.open(folder / "polnear-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    quotes: dict[str, list[GoldQuote]] = {}
    for row in rows:
        group = row["source_type"] if row["speaker"] else "unnamed"
        span = (row["start"], row["end"])
        mentions = _spans(row["source_spans"]) if row["mention_ok"] else ()
        quotes.setdefault(row["doc"], []).append(
            GoldQuote(span, mentions=mentions, speaker=row["speaker"] or "", group=group)
        )
    return [GoldArticle(Article(texts[doc], doc), tuple(found), doc) for doc, found in quotes.items()]


def evaluate_speakers(
    gold: Sequence[GoldArticle],
    language: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> dict[str, Share]:
    """The shares found right: `found`, `pieces exact`, `mention overlap`, `speaker`, each also by group.

    A quote counts as found where a quote of ours shares characters with it. Speakers are compared
    as `same_name` does; a gold quote that names nobody is right where ours names nobody.
    """
    shares: dict[str, Share] = {}
    sets: dict[str, list[GoldArticle]] = {}
    for item in gold:
        sets.setdefault(item.set, []).append(item)
    for done, items in enumerate(sets.values()):
        analysis = extract([item.article for item in items], language=language)
        for item in items:
            ours = [quote for quote in analysis.quotes if quote.article.id == item.article.id]
            _compare(item, ours, shares)
        if progress:
            progress(done + 1, len(sets), items[0].article.file)
    return shares


def _compare(item: GoldArticle, ours: Sequence[AttributedQuote], shares: dict[str, Share]) -> None:
    text = item.article.text
    if any(quote.pieces for quote in item.quotes):
        kept = {(p.start, p.end) for q in ours if q.quote.kind != "nested" for p in q.quote.pieces}
        for a, b in item.not_quotes:
            told = f"{item.article.file}:{a}: {text[a:b]}"
            shares.setdefault("titles and names kept out", Share()).count((a, b) not in kept, told)
    for quote in item.quotes:
        match = _match(quote, ours)
        for name, ok, told in _verdicts(quote, match, text):
            where = f"{item.article.file}:{quote.span[0]}: {told}"
            for key in (name, f"{name} [{quote.group}]") if quote.group else (name,):
                shares.setdefault(key, Share()).count(ok, where)


def _match(gold: GoldQuote, ours: Sequence[AttributedQuote]) -> AttributedQuote | None:
    """Our quote with exactly the gold's pieces, else the one that shares the most characters with it."""

    def shared(quote: AttributedQuote) -> tuple[bool, int, int]:
        pieces = tuple((p.start, p.end) for p in quote.quote.pieces)
        common = sum(max(0, min(b, d) - max(a, c)) for a, b in gold.pieces or (gold.span,) for c, d in pieces)
        return pieces == gold.pieces, common, -sum(b - a for a, b in pieces)

    best = max(ours, key=shared, default=None)
    return best if best is not None and shared(best)[1] > 0 else None


def _verdicts(gold: GoldQuote, ours: AttributedQuote | None, text: str) -> Iterator[tuple[str, bool, str]]:
    words = re.sub(r"\s+", " ", text[gold.span[0] : gold.span[1]])[:70]
    yield "found", ours is not None, words
    if gold.pieces:
        exact = ours is not None and tuple((p.start, p.end) for p in ours.quote.pieces) == gold.pieces
        yield "pieces exact", exact, words
    if gold.kind:
        yield "kind", ours is not None and ours.quote.kind == gold.kind, f"{words} | {gold.kind}"
    mention = ours.attribution.mention if ours else None
    if gold.mentions:
        ok = mention is not None and any(mention.start < b and a < mention.end for a, b in gold.mentions)
        exact = mention is not None and (mention.start, mention.end) in gold.mentions
        told = f"{words} | gold {[text[a:b] for a, b in gold.mentions]} | {mention.text if mention else None}"
        yield "mention overlap", ok, told
        yield "mention exact", exact, told
    if gold.speaker is not None:
        name = ours.speaker.person.name if ours and ours.speaker.person else ""
        told = f"{words} | gold {gold.speaker or '-'} | {name or '-'} ({mention.text if mention else None})"
        yield "speaker", ours is not None and same_name(name, gold.speaker), told


_DROPPED = frozenset("the a an of and for jr sr ii iii dr mr mrs ms".split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: case, accents, titles and middle names aside; two empty names are.

    >>> same_name("Loretta E. Lynch", "Loretta Lynch"), same_name("Bill Clinton", "Hillary Clinton")
    (True, False)
    """
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


def interval(share: Share) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share (Wilson 1927)."""
    if not share.total:
        return 0.0, 1.0
    z, n, p = 1.96, share.total, share.value
    centre, margin = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre - margin) / (1 + z * z / n), (centre + margin) / (1 + z * z / n)


def table(shares: dict[str, Share], errors: int = 0) -> str:
    """The shares as a Markdown table, with the first `errors` failures of each below it."""
    lines = ["| what | right | of | share | 95 % interval |", "| --- | --- | --- | --- | --- |"]
    for name in sorted(shares):
        share = shares[name]
        low, high = interval(share)
        lines.append(f"| {name} | {share.right} | {share.total} | {share.value:.1%} | {low:.1%}–{high:.1%} |")
    for name in sorted(shares):
        if errors and "[" not in name and shares[name].wrong:
            lines += ["", f"{name}, wrong:", *(f"- {told}" for told in shares[name].wrong[:errors])]
    return "\n".join(lines)
