"""A view as one HTML file: no script, nothing loaded from anywhere, opens offline, prints."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attribution.export.tables import xml_text
from attribution.export.view import View, doubts, passage, place, stances_of, told_stance
from attribution.pages.words import count, speaker_label, target_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.export.sheet import Briefing
    from attribution.stance import Stance

COLUMNS = ("Speaker", "Quote", "Stance", "Doubt", "Passage", "Source", "Date")
"""The columns of a report's table."""


def to_html(view: View, briefing: Briefing | None = None) -> str:
    """The view as a page: its facts, its picture, and a table of all its quotes.

    Of a `briefing` the picture is its sheet, and the quotes are those chosen for it.

    >>> to_html(View((), ()))[:15]
    '<!DOCTYPE html>'
    """
    quotes, title = (briefing.quotes, briefing.heading) if briefing else (view.quotes, view.title)
    facts = "".join(f"<dt>{_told(name)}</dt><dd>{_fact(name, value)}</dd>" for name, value in view.facts())
    rows = "".join(_row(quote, view.target) for quote in quotes)
    header = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    table = f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    picture = _sheet(briefing) if briefing else _picture(view)
    facts = f"<dl>{facts}</dl>"
    body = f"{picture}<h2>What it rests on</h2>{facts}" if briefing else f"{facts}{picture}"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_told(title)}</title><style>{_styles()}{_fonts() if picture else ''}</style></head><body>"
        f"<h1>{_told(title)}</h1>{_note(briefing)}{body}"
        f"<h2>{count(len(quotes), 'quote')}</h2>{table if rows else '<p>No quote to show.</p>'}"
        "</body></html>\n"
    )


def _told(text: str) -> str:
    """A text as HTML, whatever stands in it."""
    return escape(xml_text(text))


def _fact(name: str, value: str) -> str:
    return _link(value, value) if name == "Address" else _told(value)


def _link(url: str | None, text: str) -> str:
    """`text`, as a link where the address is one of the web."""
    try:
        web = urlsplit(url or "").scheme in ("http", "https")
    except ValueError:
        web = False
    return f'<a href="{_told(url or "")}">{_told(text)}</a>' if web else _told(text)


def _picture(view: View) -> str:
    """The picture that the view shows, where there is one."""
    from attribution.charts.svg_marks import to_svg
    from attribution.export.pictures import make_picture, offered_pictures

    offered = offered_pictures(view)
    if not offered:
        return ""
    picture = make_picture(view.picture if view.picture in offered else offered[0], view, width=_PICTURE)
    return (
        f"<h2>{_told(picture.title)}</h2><figure>{to_svg(picture.drawn(_PICTURE))}"
        f"<figcaption>{_told(picture.note)}</figcaption></figure>"
    )


def _sheet(briefing: Briefing) -> str:
    from attribution.charts.svg_marks import to_svg
    from attribution.export.sheet import draw_sheet

    return f'<figure class="sheet">{to_svg(draw_sheet(briefing))}</figure>'


def _note(briefing: Briefing | None) -> str:
    paragraphs = briefing.note.split("\n") if briefing else ()
    return "".join(f"<p>{_told(paragraph)}</p>" for paragraph in paragraphs if paragraph.strip())


def _fonts() -> str:
    from attribution.charts.svg_marks import font_faces

    return font_faces()


def _row(quote: AttributedQuote, target: str | None) -> str:
    role = f"<small>{_told(quote.speaker.role)}</small>" if quote.speaker.role else ""
    stances = stances_of(quote, target)
    shown = "".join(f"<mark>{_told(text)}</mark>" if own else _told(text) for text, own in passage(quote))
    source, *facts = place(quote)
    small = "".join(f"<small>{_told(fact)}</small>" for fact in facts)
    cells = (
        f"<b>{_told(speaker_label(quote))}</b>{role}",
        f"“{_told(quote.quote.text)}”<small>{_told(quote.quote.kind)}</small>",
        "".join(_stance(quote, stance, named=len(stances) > 1) for stance in stances) or "–",
        "".join(f"<p>{_told(doubt)}</p>" for doubt in doubts(quote, target)),
        f'<div class="passage">{shown}</div>',
        f"{_link(quote.article.url, source)}{small}",
        _told(quote.article.published or "unknown"),
    )
    return f'<tr id="q{quote.id}">' + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>"


def _stance(quote: AttributedQuote, stance: Stance, *, named: bool) -> str:
    on = f"<small>on {_told(target_label(stance.target))}</small>" if named else ""
    return f'<p><span class="chip {escape(stance.label)}">{_told(told_stance(quote, stance))}</span>{on}</p>'


_PICTURE = 960.0  # pixels: how wide a picture is drawn
_CSS = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


def _styles() -> str:
    """The page's styles, in the pictures' colours, light or dark as the reader's machine is."""
    from attribution.charts import DARK, LIGHT

    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{DARK.css}}}}}"
    return f":root{{{LIGHT.css}}}{dark}\n{_CSS}"
