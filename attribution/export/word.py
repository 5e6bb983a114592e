"""A view as a Word file: its facts, and the quotes as a table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attribution.export.report import COLUMNS
from attribution.export.tables import xml_text
from attribution.export.view import View, doubts, passage, place, stances_of, told_stance
from attribution.pages.words import speaker_label, target_label

if TYPE_CHECKING:
    from docx.document import Document

    from attribution.analysis import AttributedQuote
    from attribution.export.sheet import Briefing

# python-docx is imported where it is used: few want a Word file.

_WIDTHS = (28, 58, 30, 32, 66, 34, 21)  # of the columns, in millimetres: A4 across, without its margins


def to_docx(view: View, briefing: Briefing | None = None) -> bytes:
    """The view as a Word document: its facts, its picture, and a table of all its quotes, as in `to_html`.

    Of a `briefing` it has the title, the note, every picture and the quotes that were chosen. Control
    characters, which Word cannot hold, become �.

    >>> to_docx(View((), ()))[:2]
    b'PK'
    """
    import docx

    quotes, title = (briefing.quotes, briefing.heading) if briefing else (view.quotes, view.title)
    document = docx.Document()
    _lay_across(document)
    document.core_properties.title = xml_text(title)[:255]
    document.core_properties.author = "attribution"
    document.add_heading(xml_text(title), level=1)
    for paragraph in briefing.note.split("\n") if briefing else ():
        document.add_paragraph(xml_text(paragraph))
    _fill(document, view.facts(), (42, 227), bold_first=True)
    _pictures(document, view, briefing.pictures if briefing else (view.picture,))
    document.add_heading(f"Quotes ({len(quotes):,})", level=2)
    if quotes:
        rows = [_row(quote, view.target) for quote in quotes]
        _fill(document, [COLUMNS, *rows], _WIDTHS, header=True)
    else:
        document.add_paragraph("No quote to show.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _pictures(document: Document, view: View, names: Sequence[str]) -> None:
    """The pictures that there are of the view, each as large as its page allows."""
    from docx.shared import Mm

    from attribution.export.pictures import fitting_picture, make_picture, offered_pictures
    from attribution.export.png import to_png

    offered = offered_pictures(view)
    for name in (name for name in names if name in offered):
        picture = fitting_picture(name, view, _PICTURE, _PICTURE) or make_picture(name, view, 2)
        drawing = picture.drawn(_PICTURE)
        document.add_heading(xml_text(picture.title), level=2)
        width = min(_PAGE[0], _PAGE[1] * drawing.width / drawing.height)
        shape = document.add_picture(io.BytesIO(to_png(drawing)), width=Mm(width))
        # What a screen reader says in its place.
        shape._inline.docPr.set("descr", xml_text(drawing.label))
        document.add_paragraph(xml_text(picture.note))


_PICTURE = 960.0  # pixels: how wide a picture is drawn
_PAGE = (260.0, 150.0)  # millimetres of a page that a picture can take, below its heading


def _lay_across(document: Document) -> None:
    """A4, the long side across, in a small letter."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin = section.bottom_margin = Mm(14)
    document.styles["Normal"].font.size = Pt(8.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)


_Cell = str | list[tuple[str, bool]]


def _row(quote: AttributedQuote, target: str | None) -> tuple[_Cell, ...]:
    """The cells of one quote; the passage with its own words marked."""
    stances = stances_of(quote, target)
    told = [
        told_stance(quote, stance) + (f" on {target_label(stance.target)}" if len(stances) > 1 else "")
        for stance in stances
    ]
    return (
        "\n".join(filter(None, (speaker_label(quote), quote.speaker.role))),
        f"“{quote.quote.text}”\n{quote.quote.kind}",
        "\n".join(told) or "–",
        "\n".join(doubts(quote, target)),
        passage(quote),
        "\n".join(filter(None, (*place(quote), quote.article.url))),
        quote.article.published or "unknown",
    )


def _fill(
    document: Document,
    rows: list[tuple[_Cell, ...]] | list[tuple[str, str]],
    widths: tuple[int, ...],
    *,
    header: bool = False,
    bold_first: bool = False,
) -> None:
    """A table of `rows`, its first one repeated on every page where it is a `header`."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    cells = iter(table._cells)  # asked for row by row, python-docx counts them anew each time
    for number, row in enumerate(rows):
        for place_in_row, value in enumerate(row):
            cell = next(cells)
            cell.width = Mm(widths[place_in_row])
            bold = (header and number == 0) or (bold_first and place_in_row == 0)
            _write(cell.paragraphs[0], [(value, bold)] if isinstance(value, str) else value)
    if header:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _write(paragraph: Any, parts: list[tuple[str, bool]]) -> None:
    for text, bold in parts:
        paragraph.add_run(xml_text(text)).bold = bold or None
