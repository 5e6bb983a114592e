"""PDF, Word, OpenDocument and RTF as real programs write them, with the text that comes of them."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import zipfile

import pytest
from readers_samples import (
    BODY,
    ODT,
    OFFICE_TEXT,
    PAPER,
    SECOND,
    column,
    only,
    opendocument,
    pdf,
    refusal,
    rezipped,
    word,
)

from attribution import read_article
from attribution.article import Span
from attribution.readers import page_of, read_uploads

# --- PDF --------------------------------------------------------------------------------------------


def test_a_pdf_gives_paragraphs_with_whole_words_and_its_pages():
    article = only("paper.pdf", pdf(PAPER))
    assert article.text == (
        "The harbour stays open, the mayor of Port Hill said on Tuesday after a long week of "
        "meetings. “We will not "
        "close a single berth,” Ann Hill told the well-known council, “and nobody will be sent home.”\n\n"
        "Nobody at the docks had expected it. “It must end,” said Jo Alvarez, the speaker of "
        "dockers in the north, "
        "whom everybody calls a well-known\fman, “at once and for good, and with all that comes "
        "with it for every "
        "one of us here.” He left the hall."
    )
    assert [page_of(article.text, article.text.index(word)) for word in ("berth", "known\f", "man,")] == [
        1,
        1,
        2,
    ]
    assert article.title is None  # “untitled” stands nowhere in it


def test_the_title_of_a_pdf_is_taken_where_the_text_bears_it_out():
    assert only("paper.pdf", pdf(PAPER, title="Harbour stays open")).title == "Harbour stays open"
    assert only("paper.pdf", pdf(PAPER, title="Microsoft Word - draft7.doc")).title is None


def test_the_columns_of_a_pdf_are_read_one_after_the_other():
    left = column(
        ["The mayor said that the harbour", "would stay open all winter and", "that she meant it: “We will"]
    )
    right = column(["never close it,” she told them,", "and left the hall by the back."], x=320)
    assert only("paper.pdf", pdf([left + right])).text == (
        "The mayor said that the harbour would stay open all winter and that she meant it: “We "
        "will never close "
        "it,” she told them, and left the hall by the back."
    )


def test_a_scan_is_said_to_be_one():
    pytest.importorskip("reportlab")
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    image = pytest.importorskip("PIL.Image").new("RGB", (40, 60), "white")
    stream = io.BytesIO()
    made = canvas.Canvas(stream)
    made.drawImage(ImageReader(image), 0, 0, 400, 600)
    made.save()
    assert refusal("scan.pdf", stream.getvalue()) == (
        "scan.pdf: is a scan without text: pictures of pages. Read it with OCR (ocrmypdf), and "
        "name the result."
    )
    assert refusal("empty.pdf", pdf([[]])).startswith("empty.pdf: is a PDF without text.")


def test_a_page_without_text_is_told_and_counts():
    reading = read_uploads([("paper.pdf", pdf([PAPER[0], [], PAPER[1]]))])
    assert reading.notes == [("paper.pdf", "No text on page 2 of 3: blank, or a picture.")]
    (article,) = reading.articles
    assert page_of(article.text, article.text.index("left the hall")) == 3


def test_a_locked_pdf_is_refused():
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PAPER))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    assert refusal("paper.pdf", stream.getvalue()) == (
        "paper.pdf: is locked with a password. Save it without one."
    )


@pytest.mark.browser
def test_a_page_printed_by_chromium_has_the_words_of_the_page(tmp_path):
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is missing")
    paragraphs = "".join(f"<p>{i}. {BODY} {SECOND}</p>" for i in range(25))
    (tmp_path / "page.html").write_text(f"<meta charset=utf-8><h1>Harbour stays open</h1>{paragraphs}")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    target = f"--print-to-pdf={tmp_path / 'page.pdf'}"
    subprocess.run(
        [*command, target, str(tmp_path / "page.html")], check=True, capture_output=True, timeout=60
    )
    text = read_article(tmp_path / "page.pdf").text
    expected = ["Harbour stays open", *(f"{i}. {BODY} {SECOND}" for i in range(25))]
    assert text.replace("\n\n\f", "\n\n").replace("\f", " ").split("\n\n") == expected
    assert page_of(text, text.index("24.")) == 2


# --- office documents -------------------------------------------------------------------------------


def test_a_word_document_gives_its_paragraphs():
    data = word()
    article = only("story.docx", data)
    assert (article.text, article.title) == (OFFICE_TEXT, "Harbour stays open")
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert Span.of(article.text, 20, 31).text == "The harbour"


def test_a_word_document_reads_as_with_its_changes_accepted():
    def change(xml: bytes) -> bytes:
        kept = b'<w:ins w:id="1" w:author="A"><w:r><w:t>Added. </w:t></w:r></w:ins>'
        gone = b'<w:del w:id="2" w:author="A"><w:r><w:delText>Gone. </w:delText></w:r></w:del>'
        return xml.replace(b"<w:r><w:t>The harbour", kept + gone + b"<w:r><w:t>The harbour", 1)

    text = only("story.docx", rezipped(word(), "word/document.xml", change)).text
    assert f"Added. {BODY}" in text and "Gone" not in text


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is missing")
def test_libreoffice_writes_the_same_words_in_every_format(tmp_path):
    (tmp_path / "story.docx").write_bytes(word())
    for kind in ("odt", "rtf", "pdf"):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / "story.docx")], check=True, capture_output=True, timeout=120)
    for kind in ("odt", "rtf", "pdf"):
        article = read_article(tmp_path / f"story.{kind}")
        assert " ".join(article.text.replace("|", " ").split()) == " ".join(OFFICE_TEXT.split())
        assert article.title == "Harbour stays open"


def test_an_opendocument_text_gives_its_paragraphs_without_deletions_and_remarks():
    assert only("story.odt", opendocument()).text == ("Harbour stays open\n\nHe said so:\n“No.” And\tleft.")
    assert "no text" in refusal(
        "sheet.ods", opendocument(kind="application/vnd.oasis.opendocument.spreadsheet")
    )


FOOTNOTE = "Footnotes, not read: 1."


def test_footnotes_are_left_out_and_a_note_says_so():
    part = f"""<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
        <w:footnote w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
        <w:footnote w:id="2"><w:p><w:r><w:t>{SECOND}</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    at_the_end = part.replace("footnote", "endnote")
    for name, xml in (("word/footnotes.xml", part), ("word/endnotes.xml", at_the_end)):
        stream = io.BytesIO(word())
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr(name, xml)
        reading = read_uploads([("story.docx", stream.getvalue())])
        assert reading.articles[0].text == OFFICE_TEXT and reading.notes == [("story.docx", FOOTNOTE)]
    note = "<text:note><text:note-body><text:p>Not so.</text:p></text:note-body></text:note>"
    reading = read_uploads([("story.odt", opendocument(ODT.replace("</text:p>", f"{note}</text:p>", 1)))])
    assert "Not so" not in reading.articles[0].text and reading.notes == [("story.odt", FOOTNOTE)]
    source = rb"{\rtf1 Hill said no.{\super\chftn{\footnote\pard Not so.}} He left.}"
    reading = read_uploads([("story.rtf", source)])
    assert reading.articles[0].text == "Hill said no. He left." and reading.notes == [("story.rtf", FOOTNOTE)]


def test_a_broken_part_of_footnotes_costs_no_document():
    stream = io.BytesIO(word())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/footnotes.xml", "<broken")
    assert only("story.docx", stream.getvalue()).text == OFFICE_TEXT


def test_rtf_gives_its_words():
    source = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title Harbour \'91stays "
        r"open\'92}{\author A. Hill}}"
        r"\f0 Harbour \'91stays open\'92\par \ldblquote It must end,\rdblquote  said Jos\'e9 \u193?lvarez"
        r"{\v  secretly}.\line \b Now\b0 .\par}"
    )
    article = only("story.rtf", source.encode())
    assert article.text == "Harbour ‘stays open’\n\n“It must end,” said José Álvarez.\n\nNow."
    assert article.title == "Harbour ‘stays open’"
