"""A checked quote's card: the verdict, the draft's words, the source's words, and what differs."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from attribution.check import PASSING, CheckedQuote, Passage
from attribution.check.report import MEANING, differences_html, draft_html, source_html
from attribution.pages import frame, library, view


def style(row: CheckedQuote) -> str:
    """`pass` or `fail`: how a checked quote is drawn wherever it stands."""
    return "pass" if row.passes else "fail"


def verdict_label(verdict: str) -> str:
    """The verdict with its sign.

    >>> verdict_label("verbatim"), verdict_label("altered")
    ('✓ Verbatim', '✕ Altered')
    """
    return f"{'✓' if verdict in PASSING else '✕'} {verdict.capitalize()}"


def show_checked(row: CheckedQuote, number: int, total: int, *, chosen: bool) -> None:
    """The card of one checked quote, the `number`th of the draft's `total` (from 1)."""
    classes = f"card checked {'chosen' if chosen else ''}"
    st.html(
        f'<article class="{classes}"><h3><span class="chip {style(row)}">{verdict_label(row.verdict)}</span> '
        f"<small>{escape(MEANING[row.verdict])}</small></h3>"
        f'<div class="sides">{_draft_side(row, number, total)}{_source_side(row)}</div>'
        f"{_differences(row)}{_warnings(row)}</article>"
    )


def _draft_side(row: CheckedQuote, number: int, total: int) -> str:
    speaker = escape(row.quote.speaker or "nobody named")
    return (
        f"<section><h4>In the draft, {number} of {total}: <b>{speaker}</b></h4>"
        f'<blockquote class="{style(row)}">{draft_html(row)}</blockquote></section>'
    )


def _source_side(row: CheckedQuote) -> str:
    """Where the words stand: one passage, each part of a stitched quote, or the nearest one."""
    if row.nearest:
        title = f"No find, the nearest passage ({row.likeness:.0%} alike) in"
        return f"<section>{_passage(row, row.nearest, title)}</section>"
    passages = passages_of(row)
    if not passages:
        return "<section><h4>In the sources</h4><p>Nothing like it.</p></section>"
    titles = [f"Part {i} of {len(passages)} in" for i, _ in enumerate(passages, start=1)]
    shown = zip(passages, titles if len(passages) > 1 else ["In"], strict=True)
    return f"<section>{''.join(_passage(row, passage, title) for passage, title in shown)}</section>"


def passages_of(row: CheckedQuote) -> tuple[Passage, ...]:
    """The places of the sources that a checked quote has, in the order of its words."""
    return row.parts or tuple(passage for passage in (row.source or row.nearest,) if passage)


def _passage(row: CheckedQuote, passage: Passage, title: str) -> str:
    speaker = f": <b>{escape(passage.speaker)}</b>" if passage.speaker else ""
    words = re.sub(r"\s*\n\s*", "\n", source_html(row, passage))  # blank lines would make the card long
    return f'<h4>{title} {escape(passage.article.name)}{speaker}</h4><p class="words">{words}</p>'


def _differences(row: CheckedQuote) -> str:
    listed = "" if row.verdict == "not found" else differences_html(row)
    return (
        f'<div class="differences"><h4>What differs (draft for source)</h4>{listed}</div>' if listed else ""
    )


def _warnings(row: CheckedQuote) -> str:
    return "".join(f'<p class="warning">{escape(warning)}</p>' for warning in row.warnings)


def source_links(row: CheckedQuote) -> None:
    """A link to each place of a checked quote in its source."""
    loaded = {article.id for article in library.articles()}
    passages = passages_of(row)
    for number, passage in enumerate(passages, start=1):
        if passage.article.id not in loaded:
            continue
        which = "the nearest passage" if row.nearest else "in its source"
        which = f"part {number}" if len(passages) > 1 else which
        st.page_link(
            frame.pages()[1],
            label=f"Open {which}",
            icon=":material/article:",
            query_params=view.parameters(
                article=passage.article.id,
                quote=passage.quote_id,
                passage=f"{passage.span.start}-{passage.span.end}",
            ),
        )
