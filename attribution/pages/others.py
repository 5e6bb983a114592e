"""The other outlets' wordings of a quote, on its card: found beside the page, so that no click waits."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.pages import analyses, frame, view
from attribution.pages.wordings import RELATIONS, html
from attribution.pages.words import HELP, count, speaker_label

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.pages.wordings import Compared, Row
    from attribution.pages.worker import Job

_PATIENCE = 0.12  # seconds that a card waits for them: of a few articles they are found in less
_MOST_SHOWN = 4


def show_others(found: Analysis, quote: AttributedQuote) -> None:
    """The wordings that other articles have of the quote; nothing where there is no other article."""
    if len(found.articles) < 2:
        return
    job = analyses.comparison(found)
    if not job.finished.wait(_PATIENCE):
        _wait(job)
        return
    remarks: list[Compared] = job.result() or []
    remark = next((remark for remark in remarks if any(_same(row.quote, quote) for row in remark.rows)), None)
    if remark:
        _show(remark, quote)
    else:
        st.html('<p class="below">No other article loaded has this remark.</p>')


@st.fragment(run_every=1.0)
def _wait(job: Job) -> None:
    """A line until the wordings are found; then the page is drawn again with them."""
    job.watch("a card")
    if not job.finished.is_set():
        st.caption("Looking for this remark in the other articles …")
        return
    view.touch()
    st.rerun()


def _same(one: AttributedQuote, other: AttributedQuote) -> bool:
    return one.article.id == other.article.id and one.quote.pieces == other.quote.pieces


def _show(remark: Compared, quote: AttributedQuote) -> None:
    others = [row for row in remark.rows if not _same(row.quote, quote)]
    mine = next(row for row in remark.rows if _same(row.quote, quote))
    sure = "" if remark.utterance.sure else " (possibly the same remark)"
    title = f"In {count(len(others), 'other wording')}{sure}"
    left = len(others) - _MOST_SHOWN
    more = f"<p>{count(left, 'more wording')}.</p>" if left > 0 else ""
    st.html(
        f'<section class="card others"><h3>{escape(title)}</h3>'
        f"<p>Here: {_relation(mine)}</p><ul>{_listed(others[:_MOST_SHOWN])}</ul>{more}</section>"
    )
    st.page_link(
        frame.page("compare"),
        label="Compare the wordings",
        icon=":material/compare_arrows:",
        help=HELP["remarks"],
        query_params=view.parameters(passage=None)
        | {"speaker": [speaker_label(quote)] if quote.speaker.person else []},
    )


def _listed(rows: Sequence[Row]) -> str:
    return "".join(
        f"<li><b>{escape(row.quote.article.name)}</b> "
        f"<small>{escape(row.quote.article.published or 'no date')}</small> {_relation(row)}"
        f'<p class="said">{html(row)}</p></li>'
        for row in rows
    )


def _relation(row: Row) -> str:
    return f'<span class="relation {row.relation}">{RELATIONS[row.relation]}</span>'
