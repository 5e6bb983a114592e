"""A whole article, exactly as published, with every quote marked in its stance's colour and line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def segments(article: Article, quotes: Sequence[AttributedQuote], target: str | None) -> list[dict[str, Any]]:
    """The article's text cut where a quote begins or ends; the texts together are the article's text.

    Each has its `text`; those in a quote also `quote` (the innermost quote's id), `stance`, `who`
    (the speaker, in the quote's first piece only) and `depth` (2 for a quote in a quote).
    """
    pieces = [(piece.start, piece.end, quote) for quote in quotes for piece in quote.quote.pieces]
    cuts = sorted({0, len(article.text), *(a for a, _, _ in pieces), *(b for _, b, _ in pieces)})
    labelled: set[str] = set()
    out: list[dict[str, Any]] = []
    opening = sorted(pieces, key=lambda piece: (piece[0], -piece[1]))
    open_pieces: list[tuple[int, int, AttributedQuote]] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        open_pieces = [piece for piece in open_pieces if piece[1] > start]
        while opening and opening[0][0] <= start:
            open_pieces.append(opening.pop(0))
        segment: dict[str, Any] = {"text": article.text[start:end]}
        if open_pieces:
            inner = min(open_pieces, key=lambda piece: piece[1] - piece[0])[2]
            segment |= {"quote": inner.id, "stance": stance_label(inner, target) or "none"}
            segment["depth"] = min(len(open_pieces), 2)
            if inner.id not in labelled:
                labelled.add(inner.id)
                segment["who"] = speaker_label(inner)
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
) -> None:
    """The article with its quotes, scrolled to the selected one; a click or Enter on a quote selects it."""

    def chosen() -> None:
        if quote_id := st.session_state["article_view"].get("chosen"):
            on_select(quote_id)

    colours = palette(dark)
    _view(
        key="article_view",
        data={
            "article": article.id,
            "segments": segments(article, quotes, target),
            "selected": selected,
            "stances": STANCES,
            "marks": colours.marks,
            "tints": colours.tints,
        },
        on_chosen_change=chosen,
    )
