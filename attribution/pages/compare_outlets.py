"""*Compare outlets*: one remark in several articles, side by side: who cut it, who changed a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import Article, AttributionError
from attribution.pages import analyses, frame, library, view
from attribution.pages.wordings import RELATIONS, html
from attribution.pages.words import HELP, count, joined, shorten, speaker_label
from attribution.pages.work import followed, found_quotes

if TYPE_CHECKING:
    from attribution.pages.wordings import Compared, Row

_WORDINGS = {"any": "All remarks", "changed": "Changed words only", "cut": "Words left out only"}
_ORDERS = {"any": "Reading order", "outlets": "Most outlets first", "changes": "Most changes first"}
_STEP = 15  # remarks drawn at first, and with each click on "Show more"


def main() -> None:
    """The page, from top to bottom."""
    heading = st.container(gap=None)
    with heading:
        st.html('<h1 class="view">Compare outlets</h1>')
    loaded = library.articles()
    remarks = _remarks(loaded)
    if not remarks:
        return
    figures = st.container(key="figures")
    shown = _ordered(_filtered(remarks))
    with heading:
        _caption(loaded, remarks, shown)
    with figures:
        _key_figures(loaded, shown)
    if not shown:
        frame.note("No remark passes these filters. Take one away to see remarks again.")
        return
    _legend()
    most = st.session_state.setdefault("compare_most", _STEP)
    for number, remark in enumerate(shown[:most]):
        _remark(remark, number)
    if len(shown) > most:
        more = f"Show {min(_STEP, len(shown) - most)} more remarks"
        st.button(more, key="compare_more", on_click=_show_more)


def _remarks(loaded: tuple[Article, ...]) -> list[Compared]:
    """What can be compared; where there is nothing, a line on the page says why and what to do."""
    if len(loaded) < 2:
        frame.note(_ALONE if loaded else "No article is loaded. " + _LOAD)
        return []
    try:
        found = found_quotes(loaded)
        if found is None:
            return []
        held = "Holding every quote against those of the other articles: pairs"
        remarks = followed(analyses.comparison(found), held, None)
    except AttributionError as error:
        frame.note(str(error), "error")
        return []
    if remarks is None:
        return []
    if not remarks:
        frame.note(f"These {len(loaded)} articles share no remark, whole, cut or reworded. {_LOAD}")
    return remarks


_LOAD = (
    "Load at least two articles on the same events, or a report and the transcript: bring them on the "
    "page Add articles, or start with the names of several files."
)
_ALONE = "One article alone has nothing to be compared with. " + _LOAD


def _filtered(remarks: Sequence[Compared]) -> list[Compared]:
    """Draw the filters and return the remarks that pass them."""
    for key, options in (("wording", _WORDINGS), ("order", _ORDERS)):
        if st.session_state[key] not in options:
            st.session_state[key] = "any"
    speakers = dict.fromkeys(label for remark in remarks for label in _speakers(remark))
    columns = st.columns([2, 3, 2], gap="small")
    with columns[0]:
        _select("wording", "Show", _WORDINGS)
    with columns[1]:
        st.multiselect(
            "Speaker",
            list(speakers | dict.fromkeys(st.session_state["speaker"])),
            key="speaker",
            format_func=lambda label: shorten(label, 40),
            placeholder="All",
            help=HELP["speaker"],
            on_change=view.touch,
            persist_state="session",
        )
    with columns[2]:
        _select("order", "Order", _ORDERS)
    return [remark for remark in remarks if _passes(remark)]


def _select(key: str, label: str, options: dict[str, str]) -> None:
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        help=HELP[key],
        on_change=view.touch,
        persist_state="session",
    )


def _passes(remark: Compared) -> bool:
    wanted, speakers = st.session_state["wording"], st.session_state["speaker"]
    return (
        (wanted != "changed" or remark.changes > 0)
        and (wanted != "cut" or any(row.cuts for row in remark.rows))
        and (not speakers or any(label in speakers for label in _speakers(remark)))
    )


def _ordered(remarks: list[Compared]) -> list[Compared]:
    orders = {"outlets": lambda remark: -len(remark.outlets), "changes": lambda remark: -remark.changes}
    order = orders.get(st.session_state["order"])
    return sorted(remarks, key=order) if order else remarks


def _speakers(remark: Compared) -> list[str]:
    """Who is said to have said it: all who are named, else what the fullest wording's article tells."""
    quotes = remark.utterance.quotes
    named = dict.fromkeys(speaker_label(quote) for quote in quotes if quote.speaker.person)
    return list(named) or [speaker_label(quotes[0])]


def _caption(loaded: Sequence[Article], remarks: Sequence[Compared], shown: Sequence[Compared]) -> None:
    """What a screenshot of this page has to say about itself."""
    names = joined(list(dict.fromkeys(article.name for article in loaded)))
    told, articles = count(len(remarks), "remark"), count(len(loaded), "article")
    told = told if len(shown) == len(remarks) else f"{len(shown):,} of {told} (filtered)"
    st.html(f'<p class="below">{escape(f"{told} · {articles}: {names}")}</p>')


def _key_figures(loaded: Sequence[Article], shown: Sequence[Compared]) -> None:
    rows = [row for remark in shown for row in remark.rows]
    total = f"of {len({article.name for article in loaded}):,}"
    figures = [
        ("Remarks", len(shown), f"in {count(len(rows), 'wording')}", "remarks"),
        ("Outlets that cut", _outlets(row for row in rows if row.cuts), total, "cut"),
        ("Outlets that changed words", _outlets(row for row in rows if row.changes), total, "changed"),
    ]
    for column, (label, value, beside, key) in zip(st.columns(3, gap="small"), figures, strict=True):
        with column:
            st.metric(label, f"{value:,}", beside, delta_color="off", delta_arrow="off", help=HELP[key])


def _outlets(rows: Iterable[Row]) -> int:
    return len({row.quote.article.name for row in rows})


def _legend() -> None:
    changed, grave = '<mark class="changed">Wavy</mark>', '<mark class="grave">doubly underlined</mark>'
    gap = '<span class="gap">⋯&#8239;3</span>'
    st.html(
        '<p class="below legend">Every wording is held against the fullest one, which need not be what was '
        f"said. {changed} words are changed, {grave} ones are a negation or a number changed, and {gap} says "
        "that three words are left out there. Verbatim: the same words. Trimmed: some of them left out. "
        "Altered: another word.</p>"
    )


def _remark(remark: Compared, number: int) -> None:
    """A remark: who said it, how sure that it is one, why, and a row for each wording."""
    with st.container(key=f"remark_{number}", gap=None):
        st.html(_head(remark, number))
        source = frame.pages()[1]
        for row in remark.rows:
            with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
                st.html(_row(row, first=row.quote is remark.utterance.first))
                st.page_link(
                    source,
                    label="In its source",
                    icon=":material/article:",
                    query_params=view.parameters(
                        article=row.quote.article.id, quote=row.quote.id, passage=None
                    ),
                )


def _head(remark: Compared, number: int) -> str:
    utterance = remark.utterance
    chip = "One remark" if utterance.sure else "Possibly the same remark"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in utterance.reasons)
    wordings = f"{count(len(remark.rows), 'wording')} in {count(len(remark.outlets), 'outlet')}"
    return (
        f'<h2 class="part remark">{escape(" or ".join(_speakers(remark)))} '
        f'<span class="chip {"neutral" if utterance.sure else "unsure"}">{chip}</span> '
        f"<small>{wordings}</small></h2>"
        f'<ul class="reasons">{reasons}</ul>'
    )


def _row(row: Row, *, first: bool) -> str:
    """A wording: where and when, its words, and what was done to them."""
    quote = row.quote
    relation = RELATIONS[row.relation]
    cue, mention = quote.attribution.cue, quote.attribution.mention
    facts = [
        f'<span class="relation {row.relation}">{relation}</span>',
        f"cue “{escape(cue.text)}”" if cue else "no cue",
        f"speaker “{escape(mention.text)}”" if mention else "no speaker beside it",
    ]
    focus = ""
    if quote.quote.words > _LONG:
        facts.append(f"{quote.quote.words:,} words")
        focus = ' tabindex="0"'
    published = escape(quote.article.published or "no date")
    return (
        f'<div class="wording" role="group" aria-label="{escape(f"{quote.article.name}: {relation}")}">'
        f'<p class="where"><b>{escape(quote.article.name)}</b><span>{published}</span>'
        f"{'<strong>First</strong>' if first else ''}</p>"
        f'<p class="said"{focus}>{html(row)}</p>'
        f'<p class="facts">{"".join(f"<span>{fact}</span>" for fact in facts)}</p></div>'
    )


_LONG = 60  # words from which a wording may scroll, so that the keys must reach it


def _show_more() -> None:
    st.session_state["compare_most"] += _STEP
    view.touch()


main()
