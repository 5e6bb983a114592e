"""What the page shows, as files to take away: made when asked for, of the same quotes as on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from attribution import export
from attribution.pages import view
from attribution.pages.words import HELP, joined

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote

_OFFICE = "application/vnd.openxmlformats-officedocument"


def download_menu(
    found: Analysis, quotes: Sequence[AttributedQuote], target: str | None, filters: Sequence[str]
) -> None:
    """A button that opens the menu of files."""
    view = export.View(
        quotes=tuple(quotes),
        articles=found.articles,
        target=target,
        total=len(found.quotes),
        filters=tuple(filters),
        address=_address(),
    )
    stem = _stem(target)
    with st.popover("Download", icon=":material/download:", help=HELP["download"], key="download"):
        for label, ending, kind, make in _files(view):
            st.download_button(
                label,
                make,
                f"{stem}.{ending}",
                kind,
                key=f"download_{ending}",
                on_click="ignore",
                width="stretch",
            )
        st.caption(f"The {len(quotes):,} quotes shown, filters applied.")


def _files(view: export.View) -> list[tuple[str, str, str, Callable[[], bytes]]]:
    """Every file's label, ending, kind, and what makes it: called on another thread, after a click."""

    def records() -> list[dict[str, Any]]:
        return [record for quote in view.quotes for record in quote.records()]

    return [
        ("Report, one page (HTML)", "html", "text/html", lambda: _utf8(export.to_html(view))),
        ("Report (Word)", "docx", f"{_OFFICE}.wordprocessingml.document", lambda: export.to_docx(view)),
        ("Excel", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda: export.to_xlsx(records())),
        # With a byte order mark: Excel takes a CSV without one for another encoding.
        ("CSV", "csv", "text/csv", lambda: "\ufeff".encode() + _utf8(export.to_csv(records()))),
        ("JSONL", "jsonl", "application/jsonl", lambda: _utf8(export.to_jsonl(records()))),
        ("Parquet", "parquet", "application/vnd.apache.parquet", lambda: export.to_parquet(records())),
    ]


def _utf8(text: str) -> bytes:
    return text.encode("utf-8")


def _address() -> str | None:
    """The address that reopens the view; `None` where the server does not know its own."""
    url = st.context.url
    return f"{url}?{urlencode(view.parameters(), doseq=True)}" if url else None


def _stem(target: str | None) -> str:
    """A file name that every system takes."""
    name = re.sub(r"[^\w]+", "-", (target or "").lower()).strip("-_")[:60].strip("-_")
    return f"quotes-{name}" if name else "quotes"


def told_filters(found: Analysis) -> list[str]:
    """The filters set, in words."""
    wanted = st.session_state
    names = {article.id: article.name for article in found.articles}
    told = {
        "speaker": list(wanted["speaker"]),
        "article": [names.get(article, article) for article in wanted["in"]],
        "stance": list(wanted["stance"]),
        "kind": list(wanted["kind"]),
        "certainty": [] if wanted["sure"] in (None, "any") else [wanted["sure"]],
    }
    return [f"{name}: {joined(values, most=8)}" for name, values in told.items() if values]
