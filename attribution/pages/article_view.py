"""A whole article, exactly as published, with every quote marked in its stance's colour and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from attribution.article import Article
from attribution.charts import palette
from attribution.pages.words import STANCES, speaker_label, stance_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_HERE = Path(__file__).parent
_view = st.components.v2.component(
    "attribution_article",
    html='<div class="article" role="document"></div>',
    css=(_HERE / "article_view.css").read_text(encoding="utf-8"),
    js=(_HERE / "article_view.js").read_text(encoding="utf-8"),
)


class Piece(NamedTuple):
    """Characters of a quote in a text: the quote's id, how it is drawn, and what stands before it."""

    start: int
    end: int
    quote: str
    style: str
    label: str


def segments(
    article: Article,
    quotes: Sequence[AttributedQuote],
    target: str | None,
    passage: tuple[int, int] | None = None,
) -> list[dict[str, Any]]:
    """The article's text cut into its quotes, in their stance's style and with their speaker before them."""
    pieces = [
        Piece(piece.start, piece.end, q.id, stance_label(q, target) or "none", speaker_label(q))
        for q in quotes
        for piece in q.quote.pieces
    ]
    return cut(article.text, pieces, passage)


def cut(text: str, pieces: Sequence[Piece], passage: tuple[int, int] | None = None) -> list[dict[str, Any]]:
    """`text` cut where a piece or the `passage` begins or ends; the texts together are `text`.

    Each has its `text`; those in a quote also `quote` (the innermost quote's id), `style`, `label` (in the
    quote's first piece only) and `depth` (2 for a quote in a quote); those in the passage are `found`.
    """
    bounds = [bound for piece in pieces for bound in piece[:2]] + [*(passage or ())]
    cuts = sorted({0, len(text), *(min(bound, len(text)) for bound in bounds)})
    labelled: set[str] = set()
    out: list[dict[str, Any]] = []
    opening = sorted(pieces, key=lambda piece: (piece.start, -piece.end))
    open_pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        open_pieces = [piece for piece in open_pieces if piece.end > start]
        while opening and opening[0].start <= start:
            open_pieces.append(opening.pop(0))
        segment: dict[str, Any] = {"text": text[start:end]}
        if open_pieces:
            inner = min(open_pieces, key=lambda piece: piece.end - piece.start)
            segment |= {"quote": inner.quote, "style": inner.style, "depth": min(len(open_pieces), 2)}
            if inner.quote not in labelled:
                labelled.add(inner.quote)
                segment["label"] = inner.label
        if passage and passage[0] <= start and end <= passage[1]:
            segment["found"] = True
        out.append(segment)
    return out


def show_article(
    article: Article,
    quotes: Sequence[AttributedQuote],
    target: str | None,
    *,
    selected: str | None,
    dark: bool,
    on_select: Callable[[str], None],
    passage: tuple[int, int] | None = None,
) -> None:
    """The article with its quotes, scrolled to the passage or the selected one.

    A click or Enter on a quote selects it.
    """
    data = {"segments": segments(article, quotes, target, passage), "styles": STANCES}
    _show("article_view", data | {"article": article.id, "selected": selected}, dark, on_select)


def show_draft(
    draft: Article,
    pieces: Sequence[Piece],
    styles: Mapping[str, str],
    *,
    selected: str | None,
    card: str,
    dark: bool,
    on_select: Callable[[str], None],
) -> None:
    """A draft in a pane of its own height, scrolled to the selected quote.

    `styles` says in words what a piece's style means. A click on a quote selects it and brings the element
    of the class `card` into sight.
    """
    data = {"segments": cut(draft.text, pieces), "styles": dict(styles), "pane": "The draft", "card": card}
    _show("draft_view", data | {"article": draft.id, "selected": selected}, dark, on_select)


def _show(key: str, data: dict[str, Any], dark: bool, on_select: Callable[[str], None]) -> None:
    def chosen() -> None:
        if quote_id := st.session_state[key].get("chosen"):
            on_select(quote_id)

    colours = palette(dark)
    _view(key=key, data=data | {"marks": colours.marks, "tints": colours.tints}, on_chosen_change=chosen)
