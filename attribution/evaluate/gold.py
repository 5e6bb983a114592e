"""Gold quotes with their speakers, read from JSONL.

The simplest file has a row an article, complete with every quote of it:

    {"text": "“We go,” said Ann Hill.",
     "quotes": [{"pieces": [[0, 8]], "speaker": "Ann Hill", "mention": [14, 22], "cue": "said"}]}

`pieces` are [start, end] pairs of characters, quotation marks included; all else may be left out.
`speaker` is the canonical name, null where the article names nobody; several at once are joined by
"; ". `mention` (the words that name the source) and `cue` are spans, or the words alone; `kind` is one
of the record's. In place of `text` a row may name a `file` beside the gold. `"not_quotes": [[start,
end], …]` are marked titles and nicknames; articles with the same `"set"` have their people named together.

A row a quote does as well, each with its `file`, so the corrected output of `attribution extract
--format jsonl` is a gold standard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.article import Article, AttributionError
from attribution.evaluate.rows import Row, Spans, article_text, mark, read_rows, reading, span, spans

NAME, BODY, PRONOUN, NOMINAL, UNNAMED = "name", "organisation or document", "pronoun", "nominal", "unnamed"

_FEWEST = 5  # words of a PolNeAR fragment that counts, as in what is published on it
_PRONOUNS = frozenset("i you he she it we they him her them us me who which that".split())
# PolNeAR's types of source; a relative pronoun stands for what is before it.
_POLNEAR = {
    "name_person": NAME,
    "name_other": BODY,
    "name": NAME,
    "pronoun": PRONOUN,
    "pronoun_rel": PRONOUN,
    "nominal": NOMINAL,
}


@dataclass(frozen=True)
class GoldQuote:
    """One quote as a person marked it; what the gold does not say is `None` or empty.

    `pieces` have their marks. `speaker` is the canonical name, "" for nobody named. `mentions` and
    `cues` are spans; `mention` and `cue` the words alone where the gold gives no more. `source` is
    "name", "organisation or document" (its name), "pronoun", "nominal" or "unnamed".
    """

    pieces: Spans
    speaker: str | None = None
    mentions: Spans = ()
    mention: str | None = None
    cues: Spans = ()
    cue: str | None = None
    source: str | None = None
    type: str | None = None
    kind: str | None = None

    @property
    def span(self) -> tuple[int, int]:
        """From the first piece's start to the last one's end."""
        return self.pieces[0][0], self.pieces[-1][1]


@dataclass(frozen=True)
class GoldArticle:
    """An article with its gold quotes; articles of one `set` are about the same people and read together.

    `others` are quotes that are there but not to be judged, `not_quotes` marked words that are no quotes.
    `complete` says that no quote is missing, `joined` that every quote has all its pieces.
    """

    article: Article
    quotes: tuple[GoldQuote, ...]
    set: str
    not_quotes: Spans = ()
    others: Spans = ()
    complete: bool = True
    joined: bool = True


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file; this module says what its rows hold.

    PolNeAR's `fragments` are read too (those of five words and more in double marks with a source are
    judged), and rows with a `doc` of the `polnear-dev.jsonl.gz` beside them. Raises `AttributionError`
    with file and line for a row that is none of these.
    """
    rows = read_rows(path)
    first = rows[0].values
    if "fragments" in first:
        return [_fragments(row) for row in rows]
    if "quotes" in first:
        return [_whole(row) for row in rows]
    if "doc" in first and "source_spans" in first:
        return _by_document(rows)
    if "file" in first:
        return _by_file(rows)
    raise rows[0].broken('has neither "quotes" nor "file"; see attribution evaluate speakers --help')


def _whole(row: Row) -> GoldArticle:
    with reading(row):
        values = row.values
        text = article_text(row)
        name = values.get("file", row.place)
        article = Article(text, name, outlet=values.get("outlet"), published=values.get("date"))
        quotes = tuple(_quote(quote, text) for quote in values["quotes"])
        return GoldArticle(
            article, quotes, str(values.get("set", name)), spans(values.get("not_quotes"), text)
        )


def _by_file(rows: Sequence[Row]) -> list[GoldArticle]:
    files: dict[str, tuple[str, list[GoldQuote]]] = {}
    for row in rows:
        with reading(row):
            name = row.values["file"]
            text, quotes = files.setdefault(name, (article_text(row), []))
            quote = _quote(row.values, text)
            if quote not in quotes:  # `attribution extract` has a row a target
                quotes.append(quote)
    return [GoldArticle(Article(text, name), tuple(quotes), "all") for name, (text, quotes) in files.items()]


def _quote(values: dict[str, Any], text: str) -> GoldQuote:
    pieces = spans(values["pieces"], text)
    if not pieces:
        raise ValueError("a quote has no pieces")
    mentions, mention = mark(values.get("mention"), text)
    cues, cue = mark(values.get("cue"), text)
    speaker = (values["speaker"] or "") if "speaker" in values else None
    if not isinstance(speaker, str | None):
        raise ValueError(f"speaker {speaker!r} is no text")
    kind, sort = values.get("kind"), values.get("speaker_type")
    source = _source(mention, speaker, sort)
    return GoldQuote(pieces, speaker, mentions, mention, cues, cue, source, sort, kind)


def _source(mention: str | None, speaker: str | None, sort: str | None) -> str | None:
    """What sort of words the mention is, from the words and the speaker."""
    if speaker == "":
        return UNNAMED
    if mention is None:
        return None
    if mention.casefold() in _PRONOUNS:
        return PRONOUN
    named = _capitalised(mention) & _capitalised(speaker or "")
    if not named:
        return NOMINAL
    return BODY if sort in ("organisation", "document") else NAME


def _capitalised(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_][\w’'-]+", text) if word[0].isupper()}


# --- PolNeAR ---------------------------------------------------------------------------------------


def _fragments(row: Row) -> GoldArticle:
    """Every marked span of a PolNeAR article; one that is in part an attribution's counts neither way."""
    with reading(row):
        text, found = row.values["text"], row.values["fragments"]
        said = [f for f in found if f["attribution"]]
        judged = [f for f in said if f["n_words"] >= _FEWEST and f["source_spans"] and f["mark"] != "single"]
        quotes = tuple(
            GoldQuote(
                spans(f["parts"], text),
                mentions=spans(f["source_spans"], text),
                cues=spans(f["cue_spans"], text),
                source=_POLNEAR.get(f["source_type"]),
                kind=f["attr_kind"],
            )
            for f in judged
        )
        others = tuple(
            span(f, text)
            for f in found
            if f not in judged and (f["attribution"] or f["partial_attributions"])
        )
        none = tuple(span(f, text) for f in found if not f["attribution"] and not f["partial_attributions"])
        article = Article(text, row.values["id"])
        return GoldArticle(article, quotes, row.values["id"], none, others, joined=False)


def _by_document(rows: Sequence[Row]) -> list[GoldArticle]:
    """Hand-labelled speakers of some PolNeAR quotes (`speakers-dev`)."""
    path = rows[0].path.parent / "polnear-dev.jsonl.gz"
    texts = {row.values["id"]: row.values["text"] for row in read_rows(path)}
    quotes: dict[str, list[GoldQuote]] = {}
    for row in rows:
        with reading(row):
            values = row.values
            if values["doc"] not in texts:
                raise AttributionError(f"{row.path}, line {row.line}: {values['doc']} is not in {path.name}.")
            text, speaker = texts[values["doc"]], values["speaker"] or ""
            mentions = spans(values["source_spans"], text) if values["mention_ok"] else ()
            source = _POLNEAR[values["source_type"]] if speaker else UNNAMED
            quotes.setdefault(values["doc"], []).append(
                GoldQuote((span(values, text),), speaker, mentions, source=source, type=values["type"])
            )
    return [
        GoldArticle(Article(texts[doc], doc), tuple(found), doc, complete=False, joined=False)
        for doc, found in quotes.items()
    ]
