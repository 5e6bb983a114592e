"""*Check quotes*: every quote of a draft held against its sources, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from attribution.article import Article, AttributionError
from attribution.check import CheckedQuote, check_quotes
from attribution.check.report import MEANING, counted, to_html
from attribution.export import to_jsonl
from attribution.pages import analyses, frame, view
from attribution.pages.article_view import Piece, show_draft
from attribution.pages.checked_card import show_checked, source_links, style, verdict_label
from attribution.pages.draft_form import Asked, draft_form
from attribution.pages.words import count, joined
from attribution.pages.work import progress_bar


def main() -> None:
    """The page, from top to bottom: the form first, the checked quotes once there are any."""
    heading = st.container(gap=None)
    waiting = st.empty()
    asked: Asked | None = st.session_state.get("check")
    rows = _rows(asked, waiting) if asked else None
    if asked is None or rows is None:
        with heading:
            _title("Check quotes", "Every quote of a draft, held against its sources word by word.")
        draft_form()
        return
    with heading:
        _title(f"The quotes of {asked.draft.name}", _summary(asked, rows))
    with st.container(horizontal=True, gap="small"):
        _another()
        _downloads(asked, rows)
    # It is there even when empty: what stands below keeps its place on the page.
    is_open = bool(st.session_state.get("check_open"))
    with st.container(border=is_open, key="check_again"):
        if is_open:
            draft_form()
    shown = _filter(rows)
    cards, draft = st.columns([3, 2], gap="medium")
    with cards:
        _cards(rows, shown)
    with draft, st.container(key="beside"):
        _draft(asked.draft, rows)


def _another() -> None:
    """The button that opens the form again, and closes it."""
    is_open = st.session_state.get("check_open")
    st.button(
        "Close the form" if is_open else "Check another draft",
        key="check_another",
        icon=":material/close:" if is_open else ":material/edit:",
        on_click=_open,
        args=(not is_open,),
    )


def _open(wanted: bool) -> None:
    st.session_state["check_open"], st.session_state["check_error"] = wanted, None
    view.touch()


def _title(title: str, below: str) -> None:
    st.html(f'<h1 class="view">{escape(title)}</h1><p class="below">{escape(below)}</p>')


def _summary(asked: Asked, rows: Sequence[CheckedQuote]) -> str:
    failing = sum(not row.passes for row in rows)
    sources = joined([article.name for article in asked.sources])
    told = f"{failing} to look at" if failing else "all as in the sources"
    return f"{count(len(rows), 'quote')}, {told} · {count(len(asked.sources), 'source')}: {sources}"


# --- the check -------------------------------------------------------------------------------------

_MOST_CHECKS = 4  # kept for a visitor


def _rows(asked: Asked, waiting: st.delta_generator.DeltaGenerator) -> list[CheckedQuote] | None:
    """The checked quotes, checked once; None where nothing can be checked: the form tells why."""
    done: dict[tuple[str, ...], list[CheckedQuote]] = st.session_state.setdefault("checks", {})
    if asked.key not in done:
        try:
            rows = _checked(asked, waiting)
        except AttributionError as error:
            st.session_state["check"], st.session_state["check_error"] = None, str(error)
            return None
        finally:
            waiting.empty()
        done[asked.key] = rows
        while len(done) > _MOST_CHECKS:
            del done[next(iter(done))]
    return done[asked.key]


def _checked(asked: Asked, waiting: st.delta_generator.DeltaGenerator) -> list[CheckedQuote]:
    told = iter(["Finding the draft's quotes", "Reading who says the words in the sources, texts done"])
    looked_up = progress_bar(waiting, "Looking the quotes up")
    return check_quotes(
        asked.draft,
        asked.sources,
        extract=lambda articles: analyses.extracted(tuple(articles), progress_bar(waiting, next(told))),
        progress=looked_up,
    )


# --- which are shown -------------------------------------------------------------------------------


def _filter(rows: Sequence[CheckedQuote]) -> list[int]:
    """The counts of every verdict, to choose what is shown; the numbers of the quotes that are."""
    verdicts = counted(rows)
    failing = sum(not row.passes for row in rows)
    labels = {"failing": f"To look at: {failing}"} if failing else {}
    labels |= {"all": f"All: {len(rows)}"}
    labels |= {verdict: f"{verdict_label(verdict)}: {number}" for verdict, number in verdicts.items()}
    if st.session_state.get("check_show") not in labels:
        st.session_state["check_show"] = next(iter(labels))
    st.pills(
        "Show",
        list(labels),
        key="check_show",
        format_func=labels.__getitem__,
        required=True,
        help="\n\n".join(f"{verdict_label(verdict)}: {MEANING[verdict]}" for verdict in MEANING),
        on_change=_show_anew,
        persist_state="session",
        wrap=True,
    )
    wanted = st.session_state["check_show"]
    return [
        number
        for number, row in enumerate(rows)
        if wanted == "all" or row.verdict == wanted or wanted == "failing" and not row.passes
    ]


def _show_anew() -> None:
    st.session_state["check_most"] = None
    view.touch()


def _downloads(asked: Asked, rows: Sequence[CheckedQuote]) -> None:
    """The report and the rows, a file each."""
    stem = re.sub(r"[^\w-]+", "-", asked.draft.name.rsplit(".", 1)[0]).strip("-") or "draft"
    report = to_html(rows, asked.draft.name, asked.sources)
    records = to_jsonl(row.as_record() for row in rows)
    for label, data, name, mime in (
        ("Report", report, f"{stem}-checked.html", "text/html"),
        ("Rows", records, f"{stem}-checked.jsonl", "application/jsonl"),
    ):
        st.download_button(
            label,
            data.encode("utf-8", "replace"),
            name,
            mime,
            key=f"check_{label.lower()}",
            icon=":material/download:",
            help="One file that opens offline" if label == "Report" else "A JSON line a quote",
            on_click="ignore",
        )


# --- the cards and the draft -------------------------------------------------------------------------

_STEP = 25  # cards drawn at a time


def _cards(rows: Sequence[CheckedQuote], shown: Sequence[int]) -> None:
    frame.part(f"{count(len(shown), 'quote')} to look at" if _only_failing() else count(len(shown), "quote"))
    st.html(f'<p class="below key">{_KEY}</p>')
    most = st.session_state.get("check_most") or _STEP
    for number in shown[:most]:
        with st.container(border=True, key=f"checked_{number}"):
            show_checked(
                rows[number],
                number + 1,
                len(rows),
                chosen=st.session_state.get("check_chosen") == str(number),
            )
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.button(
                    "Show in the draft",
                    key=f"in_draft:{number}",
                    icon=":material/edit_note:",
                    on_click=_choose,
                    args=(str(number),),
                )
                source_links(rows[number])
    if len(shown) > most:
        st.button(f"Show {min(_STEP, len(shown) - most)} more", key="check_more", on_click=_show_more)


_KEY = (
    'Marked: <mark class="changed">changed</mark>, <mark class="grave">a “not” or a number</mark>, '
    '<mark class="small">marks, spaces and capitals</mark>, <mark class="found">the passage</mark>'
)


def _only_failing() -> bool:
    return st.session_state["check_show"] == "failing"


def _show_more() -> None:
    st.session_state["check_most"] = (st.session_state.get("check_most") or _STEP) + _STEP
    view.touch()


def _choose(number: str) -> None:
    st.session_state["check_chosen"] = number
    view.touch()


def _draft(draft: Article, rows: Sequence[CheckedQuote]) -> None:
    """The draft's text with every quote marked by its verdict."""
    frame.part("The draft")
    chosen = st.session_state.get("check_chosen")

    def from_draft(number: str) -> None:
        """A quote was clicked: its card has to be there to be brought into sight."""
        _choose(number)
        st.session_state["check_show"], at = "all", int(number)
        st.session_state["check_most"] = max(_STEP, at + _STEP - at % _STEP)

    show_draft(
        draft,
        [
            Piece(piece.start, piece.end, str(number), style(row), verdict_label(row.verdict))
            for number, row in enumerate(rows)
            for piece in row.quote.pieces
        ],
        {"pass": "passes", "fail": "to look at"},
        selected=chosen,
        card=f"st-key-checked_{chosen}",
        dark=frame.is_dark(),
        on_select=from_draft,
    )


main()
