"""The same words in another layout: columns, notes, boxes, tables, exports, letters, transcripts."""

from __future__ import annotations

import io
import json
import textwrap
import time
from contextlib import suppress

import pytest
from bench_layouts import told
from readers_samples import csv_of, only, pdf

from attribution import read_articles
from attribution.analysis import extract
from attribution.article import Article, AttributionError
from attribution.plain import as_read
from attribution.quotes import find_quotes
from attribution.readers import page_of, read_uploads, rtf, time_of
from attribution.readers.conversation import CELL_ENDS, ROW_BEGINS, ROW_ENDS, tables_joined
from attribution.readers.document import Contents, Document
from attribution.readers.exports import as_articles
from attribution.readers.pdfbeside import without_notes, without_numbers, without_pull_quotes
from attribution.readers.pdfflow import flow
from attribution.readers.pdflines import Line, lines_of

# --- PDF --------------------------------------------------------------------------------------------


def drawn(stream: bytes) -> list[Line]:
    """The lines of a page whose content is this, in Helvetica as F1."""
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    content = DecodedStreamObject()
    content.set_data(stream)
    page[NameObject("/Contents")] = writer._add_object(content)
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    file = io.BytesIO()
    writer.write(file)
    return lines_of(pypdf.PdfReader(file).pages[0])


def test_soft_hyphens_that_a_browser_draws_are_no_gaps_in_words():
    (line,) = drawn(
        b"BT /F1 10 Tf 1 0 0 1 50 700 Tm (We shall con) Tj /Span<</ActualText <FEFF00AD>>> BDC 59 0 Td "
        b"( ) Tj "
        b"EMC 0 0 Td (tin) Tj /Span<</ActualText <FEFF00AD>>> BDC 11 0 Td ( ) Tj EMC 0 0 Td (ue.) Tj ET"
    )
    assert line.text == "We shall continue."


def test_small_capitals_are_the_letters_that_they_stand_for():
    (line,) = drawn(
        b"BT /F1 11 Tf 1 0 0 1 50 700 Tm (A) Tj ET BT /Span<</ActualText (nn)>> BDC /F1 8 Tf "
        b"1 0 0 1 0 700 Tm "
        b"57.3 0 Td (NN) Tj EMC ET BT /F1 11 Tf 1 0 0 1 0 700 Tm 72 0 Td (said no.) Tj ET"
    )
    assert (line.text, round(line.size)) == ("Ann said no.", 11)


def test_the_raised_mark_of_a_footnote_is_none_of_the_words():
    body = "/F1 10 Tf 1 0 0 1 50 700 Tm (It ends at noon.”) Tj /F1 6 Tf 1 0 0 1 150 704 Tm (2) Tj"
    (line,) = drawn(f"BT {body} ET".replace("”", "").encode())
    assert (line.text, line.noted) == ("It ends at noon.", 1)


def test_letters_set_apart_and_a_large_initial_are_words():
    lines = drawn(
        b"BT /F1 14 Tf 1 0 0 1 50 760 Tm (O P E N   Q U A Y S) Tj ET "
        b"BT /F1 40 Tf 1 0 0 1 50 690 Tm (T) Tj ET "
        b"BT /F1 10 Tf 1 0 0 1 78 712 Tm (he quay stays open, said Hill, who had) Tj ET "
        b"BT /F1 10 Tf 1 0 0 1 78 700 Tm (asked for it since the spring of last) Tj ET "
        b"BT /F1 10 Tf 1 0 0 1 50 688 Tm (year and was heard by nobody at all.) Tj ET"
    )
    assert [line.text for line in lines][:2] == ["OPEN QUAYS", "The quay stays open, said Hill, who had"]
    assert flow([lines]).count("\n\n") == 1


def set_in(*paragraphs: str, width=34, indent=12, leading=12, space=0) -> list[Line]:
    """The lines of paragraphs in one column; `indent` is what the first of each is set in."""
    lines, y = [], 700.0
    for paragraph in paragraphs:
        for number, text in enumerate(textwrap.wrap(paragraph, width)):
            lines.append(Line(text, 50 + (0 if number else indent), y, 10))
            y -= leading
        y -= space
    return lines


TALK = tuple(f"{name}: We said that it would end by noon, and here we are." for name in ("HILL", "RAY") * 4)


def test_paragraphs_that_are_set_in_or_apart_are_told_from_each_other():
    text = "\n\n".join(TALK)
    assert flow([set_in(*TALK)]) == text
    assert flow([set_in(*TALK, indent=0, space=8)]) == text
    assert flow([set_in(*TALK, indent=-15)]) == text  # a list's numbers hang out


def test_a_column_goes_on_where_its_next_line_is_not_set_in():
    first = set_in(*TALK[:4], "The whole of it was said there. No one")
    then = set_in("heard it. Then they left the hall.", *TALK[4:], indent=0)
    assert "No one\fheard it." in flow([first, then])


def test_what_stands_beside_something_is_no_paragraph_for_its_short_lines():
    beside = [*textwrap.wrap("It was late. They had met at noon. No one had come. All of it was lost.", 20)]
    wide = [Line("x" * 60 + ".", 50, 700.0 - 20 * n, 10) for n in range(5)]
    lines = [*wide, *(Line(text, 50, 590.0 - 12 * n, 10) for n, text in enumerate(beside))]
    assert flow([lines]).endswith("\n\n" + " ".join(beside))


def test_line_numbers_footnotes_and_pull_quotes_are_beside_the_text():
    body = [
        Line(f"The harbour stays open, said the mayor on day {n}.", 50, 700 - 12.0 * n, 10) for n in range(8)
    ]
    alone = [Line(str(n + 1), 30, line.y, 10) for n, line in enumerate(body)]
    inline = [Line(f"{n + 1} {line.text}", 30, line.y, 10) for n, line in enumerate(body)]
    assert without_numbers([*body, *alone]) == body
    assert [line.text for line in without_numbers(inline)] == [line.text for line in body]
    marked = [*body[:-1], Line(body[-1].text, 50, 600, 10, noted=1)]
    note = Line("1 See the minutes of that day.", 50, 60, 8)
    assert without_notes([[*marked, note]]) == ([marked], 1)
    assert without_notes([[*body, note]]) == ([[*body, note]], 0)  # no mark in the text: no note
    pulled = Line("“The harbour stays open,” said the mayor", 300, 650, 18)
    other = Line("A glance at what the harbour board wants", 300, 500, 18)
    assert without_pull_quotes([[pulled, *body, other]]) == ([[*body, other]], 1)
    head = Line("The harbour stays open, said the mayor", 50, 760, 18)
    assert without_pull_quotes([[head, *body]]) == ([[head, *body]], 0)


def test_what_a_browser_prints_above_and_below_a_single_page_is_left_out():
    page = [
        (40, 780, "2/4/26, 9:10 AM"),
        (200, 780, "Quays | Harbour Post"),
        (72, 700, "“No,” said Ann Hill to them."),
        (40, 20, "https://harbour.example/quays"),
        (540, 20, "1/1"),
    ]
    assert only("print.pdf", pdf([page])).text == "“No,” said Ann Hill to them."


# --- documents ----------------------------------------------------------------------------------------


def row(*cells):
    return [ROW_BEGINS, *(part for cell in cells for part in (cell, CELL_ENDS)), ROW_ENDS]


def test_only_a_table_in_which_people_talk_is_read_as_turns():
    talk = [
        *row("0:01", "Ann Hill", "No."),
        *row("0:09", "Bo Ray", "Why?"),
        *row("0:12", "Ann Hill", "It is late."),
    ]
    turns = ["[0:01] Ann Hill: No.", "[0:09] Bo Ray: Why?", "[0:12] Ann Hill: It is late."]
    assert tables_joined(["Before.", *talk, "After."]) == ["Before.", *turns, "After."]
    facts = [*row("berths", "twelve"), *row("cranes", "four"), *row("pilots", "nine")]
    assert tables_joined(facts) == ["berths", "twelve", "cranes", "four", "pilots", "nine"]


def test_an_interview_in_a_table_has_its_speakers_in_word_opendocument_and_rtf():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for name, words in (("HILL", "It ends."), ("RAY", "When?"), ("HILL", "At noon.")):
        table.add_row().cells[0].text, table.rows[-1].cells[1].text = name, words
    stream = io.BytesIO()
    document.save(stream)
    expected = "HILL: It ends.\n\nRAY: When?\n\nHILL: At noon."
    assert only("talk.docx", stream.getvalue()).text == expected
    rows = b"".join(
        rb"\trowd\cellx1\cellx2\pard\intbl %s\cell\pard\intbl %s\cell\row " % pair
        for pair in ((b"HILL", b"It ends."), (b"RAY", b"When?"), (b"HILL", b"At noon."))
    )
    assert only("talk.rtf", rb"{\rtf1\ansi " + rows + rb"\pard\par}").text == expected


def test_what_was_deleted_with_changes_tracked_is_not_read():
    rtf = rb"{\rtf1\ansi He said {\deleted\revauthdel1 {never }}{\revised at once}.\par "
    rtf += rb"{\listtext 1.\tab}Then.\par}"
    assert only("note.rtf", rtf).text == "He said at once.\n\nThen."
    docx = pytest.importorskip("docx")
    from docx.oxml import OxmlElement

    document = docx.Document()
    first = document.add_paragraph("“We will stay ")
    mark = OxmlElement("w:rPr")
    mark.append(OxmlElement("w:del"))
    first._p.get_or_add_pPr().append(mark)
    document.add_paragraph("open,” said Ann Hill.")
    stream = io.BytesIO()
    document.save(stream)
    assert only("note.docx", stream.getvalue()).text == "“We will stay open,” said Ann Hill."


def test_words_with_soft_hyphens_are_read_whole_and_stay_as_they_are_written():
    text = "“We will con\u00adtin\u00adue,” said\u00a0Hill. 38\u00a0000 came."
    plain = as_read(text)
    assert plain and plain.text == "“We will continue,” said Hill. 38\u00a0000 came."
    assert plain.places[plain.text.index("ue,")] == text.index("ue,")


# --- databases ----------------------------------------------------------------------------------------

BODIES = ["“No,” said Ann Hill of the harbour board.", "“Yes,” said Bo Ray, who left. “At once.”"]
TITLES = ["Quay stays shut", "Quay opens"]


def lexis(number: int) -> str:
    return (
        f"\n\n{number} of 2 DOCUMENTS\n\n\n       Harbour Post\n\n   February {number}, 2026 Monday\n"
        f"   Final Edition\n\n{TITLES[number - 1]}\n\nBYLINE: Ann Reporter\n\nSECTION: NEWS; Pg. 4\n\n"
        f"LENGTH: 9 words\n\n{textwrap.fill(BODIES[number - 1], 44)}\n\nLOAD-DATE: February 9, 2026\n\n"
        "LANGUAGE: ENGLISH\n\n   Copyright 2026 Harbour Post\n"
    )


def nexis(number: int) -> str:
    return (
        f"{TITLES[number - 1]}\nHarbour Post\nFebruary {number}, 2026 Monday\n\n"
        "Copyright 2026 Harbour Post\n\n"
        f"Section: NEWS; Pg. 4\nLength: 9 words\nByline: Ann Reporter\nBody\n\n{BODIES[number - 1]}\n\n"
        "Load-Date: February 9, 2026\n\n\nEnd of Document\n\n"
    )


def proquest(number: int) -> str:
    return (
        f"Document {number} of 2\n\n{TITLES[number - 1]}\n\nAuthor: Ann Reporter\n\nAbstract: None.\n\n"
        f"Full text: {BODIES[number - 1]}\n\nCredit: Ann Reporter\n\nTitle: {TITLES[number - 1]}\n\n"
        f"Publication title: Harbour Post\n\nPublication date: Feb {number}, 2026\n\n{'_' * 60}\n\n"
    )


def factiva(number: int) -> str:
    return (
        f"HD \t{TITLES[number - 1]}\nBY \tAnn Reporter\nWC \t9 words\nPD \t{number} February 2026\n"
        f"SN \tHarbour Post\nSC \tHPST\nLP \t{BODIES[number - 1]}\nNS \tgpol : Politics\n"
        f"AN \tDocument HPST00000020260{number}\n\n"
    )


def newsbank(number: int) -> str:
    return (
        f"Harbour Post\n\n{TITLES[number - 1]}\n\nFebruary {number}, 2026 | Harbour Post\n"
        "Author: Ann Reporter | Section: News | 9 Words\nOpenURL Link\n\n"
        f"{BODIES[number - 1]}\n\nRecord: 9{number}\nCopyright: Copyright (c) 2026 Harbour Post\n\n"
    )


@pytest.mark.parametrize("write", [lexis, nexis, proquest, factiva, newsbank])
def test_each_article_in_an_export_stands_by_itself(write):
    reading = read_uploads([("export.txt", (write(1) + write(2)).replace("\n", "\r\n").encode())])
    assert reading.refused == []
    for number, article in enumerate(reading.articles, start=1):
        assert article.file == f"export.txt, document {number}"
        assert article.text == f"{TITLES[number - 1]}\n\n{BODIES[number - 1]}"
        assert (article.title, article.author) == (TITLES[number - 1], "Ann Reporter")
        assert article.published == f"2026-02-0{number}"
        if write is not newsbank:
            assert article.outlet == "Harbour Post"
    assert [note for _, note in reading.notes][0].startswith("An export of ")
    (one,) = read_uploads([("one.txt", write(1).encode())]).articles
    assert one.file == "one.txt" and one.text == f"{TITLES[0]}\n\n{BODIES[0]}"


def test_an_export_that_cannot_be_cut_for_certain_stays_whole_and_says_so():
    text = lexis(1) + "2 of 2 DOCUMENTS\n\nHarbour Post\n\nNothing that tells where a text begins.\n"
    reading = read_uploads([("export.txt", text.encode())])
    assert len(reading.articles) == 1 and BODIES[0][:20] in reading.articles[0].text
    assert "1 of its 2 documents have no text that can be told" in reading.notes[0][1]


def test_the_pages_of_an_export_stay_those_of_the_file():
    text = f"{lexis(1)}\f{lexis(2)}"
    _, second = as_articles(Contents([Document(text)])).documents
    assert page_of(second.text, second.text.index("At once")) == 2


def test_a_text_that_is_no_export_is_read_as_it_is():
    text = "1 of 2 DOCUMENTS was lost, said Hill.\r\n\r\nLength: 12 words were cut.\r\n"
    assert only("note.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("list.jsonl", [{"text": "No."}, {"text": "Yes."}]),
        (
            "one.json",
            {"status": "ok", "totalResults": 2, "articles": [{"content": "No."}, {"content": "Yes."}]},
        ),
        ("deep.json", {"response": {"docs": [{"body": "No."}, {"body": "Yes."}]}}),
        ("ids.json", {"a1": {"text": "No."}, "a2": {"text": "Yes."}}),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_the_articles_of_json_are_found_wherever_they_stand(name, value, indent):
    reading = read_uploads([(name, json.dumps(value, indent=indent).encode())])
    assert ([article.text for article in reading.articles], reading.refused) == (["No.", "Yes."], [])


def test_paragraphs_of_a_cell_are_paragraphs_however_they_are_written():
    listed = json.dumps([{"body": ["“No,” said Hill.", "He left."]}]).encode()
    written = csv_of([{"title": "a", "text": r"“No,” said Hill.\n\nHe left."}])
    for name, data in (("rows.json", listed), ("rows.csv", written)):
        assert only(name, data).text == "“No,” said Hill.\n\nHe left."


# --- letters ------------------------------------------------------------------------------------------

LETTER = "\n\n".join(
    [f"“We will not close berth {n},” Ann Hill told the board, “and that is all.”" for n in range(8)]
)
HEAD = (
    "From: Desk <d@post.example>\nTo: x@post.example\nSubject: Fwd\nDate: Wed, 04 Feb 2026 10:00:00 +0000\n"
)


def letter(text: str) -> Article:
    mime = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    return only("letter.eml", f"{HEAD}{mime}{text}".encode())


def test_a_letter_that_is_answered_is_read_without_its_signs():
    quoted = "\n".join(f">> {line}".rstrip() for line in LETTER.split("\n"))
    article = letter(f"Thanks.\n\nOn Tuesday Press Office wrote:\n{quoted}\n")
    assert article.text.endswith(f"wrote:\n{LETTER}") and "> " not in article.text
    assert "> No." in letter("You asked:\n\n> No.\n\nBut why, and when, and who has said so to whom?\n").text


def test_a_letter_that_is_sent_on_is_read_without_the_header_within():
    inner = "From: Press Office <p@quay.example>\nSent: Tuesday, February 3, 2026\nTo: Desk\nSubject: Quays"
    article = letter(f"See below.\n\n-----Original Message-----\n{inner}\n\n{LETTER}\n")
    assert article.text == f"See below.\n\n{LETTER}"
    assert (article.title, article.author, article.published) == ("Quays", "Press Office", "2026-02-03")


# --- transcripts --------------------------------------------------------------------------------------

TURNS = [
    ("Ann Hill", "It ends at noon."),
    ("Bo Ray", "Who says so?"),
    ("Ann Hill", "The board does, and so do I."),
]


@pytest.mark.model
@pytest.mark.parametrize(
    "form",
    [
        "{name}: {words}",
        "**{name}:** {words}",
        "{name}  0:0{n}\n{words}",
        "{name} (00:0{n}):\n{words}",
        "{name}: (00:0{n})\n{words}",
        "[{name}] 00:00:0{n}\n{words}",
        "[00:00:0{n}.5] {name}\n{words}",
        "00:00:0{n} {name}: {words}",
        "– {NAME}: {words}",
        "{NAME}:\n{words}",
        "{NAME}:\n\n{words}",
    ],
)
def test_turns_are_found_in_every_common_form_of_transcript(form):
    text = "\n\n".join(form.format(name=a, NAME=a.upper(), words=b, n=n) for n, (a, b) in enumerate(TURNS, 1))
    found = extract([Article(text, file="talk.txt")]).quotes
    assert [(quote.quote.kind, quote.quote.text) for quote in found] == [("transcript", b) for _, b in TURNS]
    assert [quote.name for quote in found] == [a for a, _ in TURNS]
    if "0{n}" in form:
        assert time_of(text, found[1].quote.start).endswith("0:02")


@pytest.mark.parametrize(
    "text",
    [
        "Open hours\n\nMonday 10:00\n\nTuesday 10:00",
        "Prep time: 10 minutes.\n\nCook time: 20 minutes.\n\nServes: four people.",
        "What we know: the port is shut.\n\nThen the mayor spoke to them.\n\nHe left.\n\nIt ended.",
    ],
)
def test_lists_of_times_and_recipes_are_no_transcripts(text):
    from attribution.language import load_language

    assert not [quote for quote in find_quotes(load_language()(text)) if quote.kind == "transcript"]


def test_captions_that_a_program_makes_are_said_once():
    cues = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n \n"
        "we<00:00:01.500><c> will</c><00:00:02.000><c> stay</c>\n\n"
        "00:00:03.000 --> 00:00:03.010\nwe will stay\n \n\n"
        "00:00:03.010 --> 00:00:05.000\nwe will stay\nopen<00:00:04.000><c> all</c>\n\n"
        "00:00:05.000 --> 00:00:05.010\nopen all\n \n"
    )
    assert only("talk.vtt", cues.encode()).text == "[00:00:01] we will stay open all"


def test_names_in_brackets_are_speakers_and_sounds_are_not():
    said = [
        "[ANN HILL] It ends.",
        "[BO RAY] When is that, on",
        "Thursday: or on Friday?",
        "[SOFT MUSIC]",
        "[ANN HILL] At twenty-",
        "one hours.",
    ]
    cues = "\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(said, 1))
    assert only("talk.srt", cues.encode()).text == (
        "[00:00:01] ANN HILL: It ends.\n\n"
        "[00:00:02] BO RAY: When is that, on Thursday: or on Friday? [SOFT MUSIC]"
        "\n\n[00:00:05] ANN HILL: At twenty-one hours."
    )


# --- all of it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["{\\listtext ", "{\\deleted ", "\\trowd ", "\\cell ", "{\\*\\listtext }"])
def test_a_document_made_to_be_slow_is_not(part):
    data = (r"{\rtf1 " + part * (200_000 // len(part))).encode()
    began = time.process_time()
    with suppress(AttributionError):  # most are refused: without text, or nested too deeply
        rtf.read(data)
    assert time.process_time() - began < 10


def in_word(article: Article) -> tuple[str, bytes]:
    """Each paragraph with a soft hyphen in its long words, in Word."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for start, end in article.paragraphs:
        words = " ".join(article.text[start:end].split())
        document.add_paragraph(
            "".join(c + "\u00ad" * (c in "tn" and n % 3 == 0) for n, c in enumerate(words))
        )
    stream = io.BytesIO()
    document.save(stream)
    return "story.docx", stream.getvalue()


def flat(article: Article) -> list[str]:
    return [" ".join(article.text[start:end].split()) for start, end in article.paragraphs]


def in_export(article: Article) -> tuple[str, bytes]:
    head, *body = flat(article)
    wrapped = "\n\n".join(textwrap.fill(part, 76, break_on_hyphens=False) for part in body)
    length = len(" ".join(body).split())
    text = f"1 of 1 DOCUMENTS\n\nPost\n\nFebruary 3, 2026\n\n{head}\n\nLENGTH: {length} words\n\n"
    return "story.txt", f"{text}{wrapped}\n\nLOAD-DATE: February 4, 2026\n".encode()


def in_answer(article: Article) -> tuple[str, bytes]:
    lines = "\n\n".join(textwrap.fill(part, 72, break_on_hyphens=False) for part in flat(article)).split("\n")
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    mime = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    return "story.eml", f"{HEAD}{mime}Ok.\n\nOn Tuesday Desk wrote:\n\n{quoted}".encode()


def in_json(article: Article) -> tuple[str, bytes]:
    return "story.json", json.dumps({"response": {"docs": [{"body": flat(article)}]}}).encode()


@pytest.mark.data
@pytest.mark.model
@pytest.mark.parametrize(
    ("layout", "share"), [(in_word, 0.98), (in_export, 0.98), (in_answer, 0.92), (in_json, 0.98)]
)
def test_articles_are_read_the_same_in_another_layout(root, layout, share):
    folder = root.parent / "shared" / "data" / "articles"
    if not folder.exists():
        pytest.skip(f"{folder} is missing")
    articles, _ = read_articles(sorted(folder.glob("*.txt")))
    same = total = 0
    for article in articles:
        (again,) = read_uploads([layout(article)]).articles
        before, after = told(article), told(again)
        total += len(before)
        same += sum(quote in after for quote in before)
    print(f"\n{layout.__name__}: {same} of {total} quotes are the same, with the same speaker")
    assert same >= share * total
