"""What the page shows, as files to take away: made when asked for, of the same quotes as on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from attribution import export
from attribution.pages import view
from attribution.pages.words import HELP, count, joined

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.charts.svg_marks import Drawing
    from attribution.export.sheet import Briefing

_OFFICE = "application/vnd.openxmlformats-officedocument"

_File = tuple[str, str, str, Callable[[], bytes]]
"""A file's label, ending, kind, and what makes it: called on another thread, after a click."""

# What draws pictures takes a while to load and is wanted by few: it is imported when a file is made.


def shown_view(
    found: Analysis,
    quotes: Sequence[AttributedQuote],
    target: str | None,
    filters: Sequence[str],
    *,
    of_briefing: bool = False,
) -> export.View:
    """What the page shows, for its files: the quotes that pass the filters, and what they are about.

    Only the address of a briefing holds what was chosen for it.
    """
    return export.View(
        quotes=tuple(quotes),
        articles=found.articles,
        target=target,
        total=len(found.quotes),
        filters=tuple(filters),
        address=_address(of_briefing),
        picture=st.session_state["picture"] or "dots",
        targets=tuple(view.target_names()),
        every=found.quotes,
    )


def download_menu(
    found: Analysis, quotes: Sequence[AttributedQuote], target: str | None, filters: Sequence[str]
) -> None:
    """A button that opens the menu of files."""
    shown = shown_view(found, quotes, target, filters)
    with st.popover("Download", icon=":material/download:", help=HELP["download"], key="download"):
        _buttons(_files(shown), _stem(target))
        st.caption(f"The {len(quotes):,} quotes shown, filters applied. {_MAKING}")


def briefing_menu(briefing: Briefing) -> None:
    """The same of a briefing: its sheet, its pictures, and the quotes chosen for it."""
    stem = _stem(briefing.view.target, "briefing")
    with st.popover("Download", icon=":material/download:", help=HELP["download_briefing"], key="download"):
        _buttons(_sheet_files(briefing), stem)
        st.caption(f"The sheet, and {count(len(briefing.quotes), 'chosen quote')} in full. {_MAKING}")
        for name in briefing.pictures:
            st.caption(f"The picture “{_title(name, briefing.view)}” alone")
            with st.container(horizontal=True, gap="small"):
                _buttons(_picture_files(briefing.view, name), f"{stem}-{name}", key=f"_{name}")


_MAKING = "A large file takes a while: its button has a turning ring until it is made."


def _buttons(files: Sequence[_File], stem: str, key: str = "") -> None:
    for label, ending, kind, make in files:
        st.download_button(
            label,
            make,
            f"{stem}.{ending}",
            kind,
            key=f"download_{ending}{key}",
            on_click="ignore",
            width="stretch",
        )


def _files(shown: export.View) -> list[_File]:
    """The files of a view, those of its picture first."""
    from attribution.export.pictures import offered_pictures

    offered = offered_pictures(shown)
    picture = shown.picture if shown.picture in offered else next(iter(offered), None)
    return [
        *(_picture_files(shown, picture) if picture else ()),
        ("Report, one page (HTML)", "html", "text/html", lambda: _utf8(export.to_html(shown))),
        ("Report (PDF)", "pdf", "application/pdf", lambda: _pdf(shown, picture)),
        ("Report (Word)", "docx", f"{_OFFICE}.wordprocessingml.document", lambda: export.to_docx(shown)),
        *_tables(shown.quotes),
    ]


def _sheet_files(briefing: Briefing) -> list[_File]:
    """The files of a briefing, those of its sheet first."""

    def sheet() -> Drawing:
        from attribution.export.sheet import draw_sheet

        return draw_sheet(briefing)

    shown = briefing.view
    word = f"{_OFFICE}.wordprocessingml.document"
    return [
        ("Sheet (PNG)", "png", "image/png", lambda: _png(sheet())),
        ("Sheet (SVG)", "svg", "image/svg+xml", lambda: _svg(sheet())),
        (
            "Sheet and quotes, one page (HTML)",
            "html",
            "text/html",
            lambda: _utf8(export.to_html(shown, briefing)),
        ),
        ("Sheet and quotes (PDF)", "pdf", "application/pdf", lambda: _briefing_pdf(briefing, sheet())),
        ("Pictures and quotes (Word)", "docx", word, lambda: export.to_docx(shown, briefing)),
        *_tables(briefing.quotes),
    ]


def _picture_files(shown: export.View, name: str) -> list[_File]:
    def picture() -> Drawing:
        from attribution.export.pictures import picture_drawing

        return picture_drawing(shown, name)

    return [
        ("Picture (PNG)", "png", "image/png", lambda: _png(picture())),
        ("Picture (SVG)", "svg", "image/svg+xml", lambda: _svg(picture())),
    ]


def _tables(quotes: Sequence[AttributedQuote]) -> list[_File]:
    def records() -> list[dict[str, Any]]:
        return [record for quote in quotes for record in quote.records()]

    return [
        ("Excel", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda: export.to_xlsx(records())),
        # With a byte order mark: Excel takes a CSV without one for another encoding.
        ("CSV", "csv", "text/csv", lambda: "\ufeff".encode() + _utf8(export.to_csv(records()))),
        ("JSONL", "jsonl", "application/jsonl", lambda: _utf8(export.to_jsonl(records()))),
        ("Parquet", "parquet", "application/vnd.apache.parquet", lambda: export.to_parquet(records())),
    ]


def _png(drawing: Drawing) -> bytes:
    from attribution.export.png import to_png

    return to_png(drawing)


def _svg(drawing: Drawing) -> bytes:
    from attribution.charts.svg_marks import to_svg

    return _utf8(to_svg(drawing, fonts=True))


def _pdf(shown: export.View, picture: str | None) -> bytes:
    """The picture, then the facts and every quote."""
    from attribution.export.leaves import quote_leaves
    from attribution.export.pdf import to_pdf
    from attribution.export.pictures import picture_drawing

    first = [picture_drawing(shown, picture)] if picture else []
    return to_pdf([*first, *quote_leaves(shown, shown.title, shown.quotes)], shown.title)


def _briefing_pdf(briefing: Briefing, sheet: Drawing) -> bytes:
    """The sheet, then every chosen quote whole."""
    from attribution.export.leaves import quote_leaves
    from attribution.export.pdf import to_pdf

    leaves = quote_leaves(briefing.view, briefing.heading, briefing.quotes) if briefing.quotes else []
    return to_pdf([sheet, *leaves], briefing.heading)


def _title(name: str, shown: export.View) -> str:
    from attribution.export.pictures import picture_title

    return picture_title(name, shown)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8")


def _address(of_briefing: bool) -> str | None:
    """The address that reopens the view; `None` where the server does not know its own."""
    url = st.context.url
    kept = {} if of_briefing else {"briefing": None}
    return f"{url}?{urlencode(view.parameters(alone=None, **kept), doseq=True)}" if url else None


def _stem(target: str | None, what: str = "quotes") -> str:
    """A file name that every system takes."""
    name = re.sub(r"[^\w]+", "-", (target or "").lower()).strip("-_")[:60].strip("-_")
    return f"{what}-{name}" if name else what


def told_filters(found: Analysis) -> list[str]:
    """The filters set, in words."""
    wanted = st.session_state
    names = {article.id: article.name for article in found.articles}
    told = {
        "speaker": list(wanted["speaker"]),
        "article": [names.get(article, article) for article in wanted["in"]],
        "without the copies in": [names[article] for article in wanted["without"] if article in names],
        "stance": list(wanted["stance"]),
        "kind": list(wanted["kind"]),
        "certainty": [] if wanted["sure"] in (None, "any") else [wanted["sure"]],
    }
    return [f"{name}: {joined(values, most=8)}" for name, values in told.items() if values]
