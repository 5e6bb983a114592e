"""Sheets and pictures as files: of the right size, nothing clipped, nothing lost unsaid, read back."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader

from attribution import charts
from attribution.article import Span
from attribution.charts.svg_marks import Box, Drawing, Group, Words, to_svg
from attribution.charts.svg_text import text_width
from attribution.export import to_docx, to_html
from attribution.export.leaves import quote_leaves
from attribution.export.pdf import to_pdf
from attribution.export.pictures import offered_pictures, picture_drawing
from attribution.export.png import missing_letters, to_png
from attribution.export.sheet import FORMATS, Briefing, draw_sheet
from attribution.people import Person, Speaker


@pytest.fixture
def view(view):
    return replace(view, total=8, filters=("kind: direct",))


def said(quote, words, number=0):
    """The quote with other words, in an article of its own."""
    text = f"“{words}” {number}"
    article = replace(quote.article, text=text, id=f"{number:012x}", sha256=f"{number:064x}")
    pieces = (Span.of(text, 0, len(words) + 2),)
    return replace(quote, article=article, quote=replace(quote.quote, pieces=pieces))


def placed(marks, x=0.0, y=0.0, scale=1.0):
    """Every text with the place of its left end and its width on the sheet."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from placed(mark.marks, x + mark.x * scale, y + mark.y * scale, scale * mark.scale)
        elif isinstance(mark, Words) and not mark.turn:
            wide = text_width(mark.text, mark.size, bold=mark.bold) * scale
            left = x + mark.x * scale - {"start": 0, "middle": wide / 2, "end": wide}[mark.anchor]
            yield mark.text, left, y + mark.y * scale, wide, mark.size * scale


def text_of(drawing):
    return " ".join(drawing.words())


# --- the sheet --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("quotes", [0, 1, 6, 60])
@pytest.mark.parametrize("pictures", [(), ("dots",), ("dots", "outlets", "time", "share", "balance")])
def test_a_sheet_is_exactly_its_format_and_every_word_is_on_it(view, form, quotes, pictures):
    picked = tuple(said(view.quotes[n % 6], "We will " * (1 + 9 * (n % 5)) + "go.", n) for n in range(quotes))
    sheet = draw_sheet(Briefing(view, picked, pictures, "A title " * 20, "A note. " * 120, form))
    page = FORMATS[form]
    assert (sheet.width, sheet.height) == (page.width, page.height)
    for text, left, base, wide, size in placed(sheet.marks):
        assert left >= -0.5 and left + wide <= page.width + 0.5, text
        assert base - 0.75 * size >= 0 and base + 0.25 * size <= page.height, text
        assert size >= min(page.small, 11 * page.least * 0.8) - 0.01, text


def test_nothing_is_written_over_anything_else_on_a_full_sheet(view):
    picked = tuple(said(view.quotes[n % 6], "We will go there " * 6, n) for n in range(9))
    for form in FORMATS:
        sheet = draw_sheet(Briefing(view, picked, ("balance", "share"), "Title", "Note", form))
        boxes = [
            (left, base - 0.7 * size, left + wide, base + 0.15 * size, text)
            for text, left, base, wide, size in placed(sheet.marks)
            if text.strip()
        ]
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                apart = (
                    one[2] <= other[0] + 1
                    or other[2] <= one[0] + 1
                    or one[3] <= other[1] + 1
                    or other[3] <= one[1] + 1
                )
                assert apart, (form, one[4], other[4])


def test_a_sheet_carries_what_a_picture_has_to(view):
    told = text_of(draw_sheet(Briefing(view, (), ("dots",))))
    for fact in (
        "Who said what about Operation Lantern",
        "Target: Operation Lantern.",
        "Quotes: 6 of 8 (filtered).",
        "Unsure: 1 of 6 (17%).",
        "Unattributed: 2 of 6 (33%).",
        "Filters: kind: direct.",
        "Sources: 2 articles: Harbour Post, Quay & Co.",
        "Dates: 2 articles without a date.",
        "Stance model: by-hand: check before use.",
        f"Reopens at {view.address}",
    ):
        assert fact in told
    assert re.search(r"attribution \d+\.\d+", told)


def test_own_title_and_note_stand_above_what_it_is_about(view):
    words = draw_sheet(Briefing(view, (), ("dots",), "Harbour", "Read this.")).words()
    assert words[:3] == ["Harbour", "About Operation Lantern: 6 quotes in 2 articles", "Read this."]


def test_every_chosen_quote_has_its_words_speaker_stance_and_source(view):
    told = text_of(draw_sheet(Briefing(view, view.quotes[:4])))
    for text in (
        "“Lantern keeps the port safe.”",
        "Ada Brook",
        "harbour chief",
        "Harbour Post · date unknown",
        "Supportive +0.90",
        "“It must end, At once.”",
        "$Max_ *Hill*",
        "Unnamed: a docker",
        "Unsure, leaning critical −0.20",
    ):
        assert text in told


def test_a_quote_too_long_is_cut_and_says_by_how_many_words(view):
    words = [f"word{number}" for number in range(2000)]
    sheet = draw_sheet(Briefing(view, (said(view.quotes[0], " ".join(words)),), ("dots",)))
    (more,) = re.findall(r"… ([\d,]+) more words", text_of(sheet))
    shown = len(re.findall(r"\bword\d+", text_of(sheet)))
    assert shown + int(more.replace(",", "")) == 2000 and shown > 40


def test_quotes_without_room_are_counted(view):
    picked = tuple(said(view.quotes[0], f"Number {n}: " + "on and on " * 30, n) for n in range(50))
    for form in FORMATS:
        told = text_of(draw_sheet(Briefing(view, picked, ("dots",), format=form)))
        (more,) = re.findall(r"… (\d+) more quotes", told)
        assert len(re.findall(r"“Number \d+", told)) + int(more) == 50


def test_pictures_without_room_are_counted(view):
    wanted = tuple(name for name in offered_pictures(view))
    told = text_of(draw_sheet(Briefing(view, view.quotes, wanted, format="square")))
    from attribution.export.pictures import PICTURES

    (more,) = re.findall(r"… (\d) more pictures?: no room", told)
    assert sum(PICTURES[name] in told for name in wanted) + int(more) == len(wanted)


def test_speakers_without_room_are_counted(view):
    quotes = tuple(
        replace(
            said(view.quotes[n % 6], "We go.", n),
            speaker=Speaker(Person(f"p{n}", f"Name {n}", "person"), "person"),
        )
        for n in range(35)
    )
    told = text_of(draw_sheet(Briefing(replace(view, quotes=quotes), (), ("balance", "share"), format="a4")))
    for fewer in ("quotes", "words"):
        (more,) = re.findall(rf"(\d+) speakers with fewer {fewer} not shown", told)
        assert 0 < int(more) < 35
    assert len(re.findall(r"Name \d+", told)) + sum(map(int, re.findall(r"(\d+) speakers with", told))) == 70


def test_nothing_chosen_is_said(view):
    assert "Nothing chosen yet" in text_of(draw_sheet(Briefing(view)))


def test_hostile_words_and_every_script_stand_on_the_sheet_as_text(view):
    hostile = "<script>alert(1)</script>\x00 ‮مرحبا 🙂 中文 \ud83d ]]>&amp;"
    quote = replace(
        said(view.quotes[0], hostile), speaker=Speaker(Person("x", hostile, "person"), "person", role=hostile)
    )
    sheet = draw_sheet(Briefing(replace(view, quotes=(quote,)), (quote,), ("balance",), hostile, hostile))
    svg = to_svg(sheet)
    assert "<script" not in svg and "&lt;script&gt;alert(1)" in svg
    assert to_png(sheet, zoom=0.5)[:4] == b"\x89PNG" and to_pdf([sheet], hostile)[:5] == b"%PDF-"


# --- PNG, PDF, HTML, Word ---------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_a_png_has_the_size_of_its_sheet_and_letters_in_it(view, form):
    page = FORMATS[form]
    picture = Image.open(
        io.BytesIO(to_png(draw_sheet(Briefing(view, view.quotes, ("dots",), format=form)), zoom=1))
    )
    assert picture.size == (page.width, page.height)
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24)}
    for label in ("oppose", "support"):
        wanted = tuple(int(charts.LIGHT.marks[label][at : at + 2], 16) for at in (1, 3, 5))
        assert wanted in colours
    head = picture.convert("L").crop((0, 0, page.width, int(page.margin * 2)))
    assert head.getextrema()[0] < 80  # the title is written, with no font but the project's own


def test_a_letter_that_no_font_here_has_is_told():
    assert missing_letters(["Żółć, Привет, Ελλάδα: “…”"]) == ""
    assert "\U00013000" in missing_letters(["an Egyptian hieroglyph: \U00013000"]) + "\U00013000"
    assert missing_letters(["\U0010fffe"]) == "\U0010fffe"


def test_a_pdf_has_the_sheet_in_its_size_and_every_quote_whole(view):
    words = " ".join(f"word{number}" for number in range(1500))
    quotes = (said(view.quotes[0], words), *view.quotes[1:4])
    briefing = Briefing(view, quotes, ("dots",), "A briefing", "Its note.", "square")
    pages = [draw_sheet(briefing), *quote_leaves(view, briefing.heading, quotes)]
    read = PdfReader(io.BytesIO(to_pdf(pages, briefing.heading)))
    assert read.metadata.title == "A briefing"
    assert [float(side) for side in read.pages[0].mediabox[2:]] == [810.0, 810.0]
    assert [round(float(side)) for side in read.pages[1].mediabox[2:]] == [596, 842]
    first, rest = read.pages[0].extract_text(), " ".join(page.extract_text() for page in read.pages[1:])
    assert "A briefing" in first and "Its note." in first and "more words" in first
    assert set(re.findall(r"word\d+", rest)) == {f"word{number}" for number in range(1500)}
    for text in ("$Max_ *Hill*", "Stance 0.90", "first.txt", "4 quotes in full", "Unattributed"):
        assert text in rest
    links = [note.get_object()["/A"]["/URI"] for page in read.pages for note in page.get("/Annots", ())]
    assert view.address in links


def test_lines_in_other_letters_are_pictures_in_a_pdf_and_the_rest_stays_text(view):
    page = Drawing(300, 100, (Words(10, 30, "Plain words", 14, "#000"), Words(10, 60, "مرحبا", 14, "#000")))
    read = PdfReader(io.BytesIO(to_pdf([page], "x")))
    assert read.pages[0].extract_text().strip() == "Plain words"
    assert len(read.pages[0].images) == 1


def test_making_a_pdf_tells_how_far_it_is(view):
    told = []
    to_pdf(quote_leaves(view, "x", view.quotes * 20), "x", progress=lambda done, of: told.append((done, of)))
    assert told[0][0] == 0 and told[-1][0] == told[-1][1] > 1


def test_a_picture_as_a_file_carries_its_facts_and_its_address(view):
    for name in offered_pictures(view):
        drawing = picture_drawing(replace(view, picture=name), name)
        told = text_of(drawing)
        for fact in ("about Operation Lantern", "Unsure: 1 of 6", f"Reopens at {view.address}"):
            assert fact in told
        for text, left, base, wide, size in placed(drawing.marks):
            assert left >= -0.5 and left + wide <= drawing.width + 0.5, text
            assert base + 0.25 * size <= drawing.height
        assert isinstance(drawing.marks[0], Box)


def test_the_page_of_a_briefing_has_its_sheet_and_its_quotes_only(view):
    html = to_html(view, Briefing(view, view.quotes[1:3], ("dots",), "Mine <b>", "First.\n\nSecond."))
    assert "<h1>Mine &lt;b&gt;</h1><p>First.</p><p>Second.</p>" in html
    assert '<figure class="sheet"><svg' in html and html.count("<tr id=") == 2
    assert "<script" not in html and "@font-face" in html


def test_the_word_file_of_a_briefing_has_its_pictures_with_words_for_who_cannot_see_them(view):
    docx = pytest.importorskip("docx")
    briefing = Briefing(view, view.quotes[1:3], ("dots", "share"), "Mine", "A note.")
    document = docx.Document(io.BytesIO(to_docx(view, briefing)))
    assert [p.text for p in document.paragraphs][:2] == ["Mine", "A note."]
    shapes = document.inline_shapes
    assert len(shapes) == 2 and len(document.tables[1].rows) == 3
    for shape, title in zip(shapes, ("Every quote by", "How many words"), strict=True):
        assert shape._inline.docPr.get("descr").startswith(title)
        assert shape.width.mm <= 261 and shape.height.mm <= 151
