"""Web pages, mails and subtitles, how one format is told from another, and folders of all of them."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from readers_samples import (
    BODY,
    OFFICE_TEXT,
    PAGE,
    PAPER,
    ROWS,
    SECOND,
    csv_of,
    mail,
    only,
    pdf,
    refusal,
    samples,
    word,
    zip_of,
)

from attribution import AttributionError, read_article, read_articles
from attribution.readers import read_files, read_uploads
from attribution.readers.dates import iso_date
from attribution.readers.formats import FORMATS, detect

# --- web pages --------------------------------------------------------------------------------------


def test_a_web_page_gives_its_article_and_what_it_says_of_itself():
    article = only("page.html", PAGE.encode())
    assert article.text == (
        "Mayor: harbour ‘stays open’\n\nBy Ann Reporter and Bo Writer\n\n"
        + BODY.replace("Port Hill", "Port\u00a0Hill")
        + f"\n\n{SECOND}\n\nShe called it “a start”, and went on to the next point of a long agenda "
        "that evening."
    ).replace("\u00a0", article.text[article.text.index("Port") + 4])
    assert (article.title, article.published, article.outlet, article.url) == (
        "Mayor: harbour ‘stays open’",
        "2026-02-04",
        "Harbour Post",
        "https://harbour.example/news/open",
    )
    assert article.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert article.file == "page.html"


def test_author_and_language_of_a_page_are_read():
    from attribution.readers import html

    (document,) = html.read(PAGE.encode()).documents
    assert (document.author, document.language) == ("Ann Reporter, Bo Writer", "en")


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>{}</script>",
        "<noscript><p>{}</p></noscript>",
        "<template><p>{}</p></template>",
        "<p style='color:red; DISPLAY : none'>{}</p>",
        "<div style='visibility:hidden'><p>{}</p></div>",
        "<p style='opacity:0'>{}</p>",
        "<p style='font-size:0px'>{}</p>",
        "<p style='position:absolute;left:-9999px'>{}</p>",
        "<p class='ad x'>{}</p>",
        "<section hidden><p>{}</p></section>",
        "<textarea>{}</textarea>",
        "<!-- <p>{}</p> -->",
        "<svg><text>{}</text></svg>",
        "<iframe srcdoc='{}'>{}</iframe>",
        "<select><option>{}</option></select>",
        "<input value='{}'>",
        "<p title='{}'></p>",
    ],
)
def test_what_a_reader_of_a_page_does_not_see_is_no_text(hidden):
    words = "“Hidden words,” said nobody who was ever in this town."
    page = PAGE.replace("</article>", hidden.format(words, words) + "</article>")
    assert "Hidden words" not in only("page.html", page.encode()).text


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("utf-8", "iso-8859-1"),  # wrong: the bytes are UTF-8
        ("cp1252", "utf-8"),  # wrong the other way round
        ("cp1252", "no-such-encoding"),
        ("utf-16", "utf-8"),
    ],
)
def test_the_encoding_of_a_page_is_the_declared_one_where_that_fits(encoding, declared):
    page = PAGE.replace('charset="utf-8"', f'charset="{declared}"').encode(encoding)
    assert SECOND in only("page.html", page).text


def test_a_page_that_a_script_fills_is_said_to_be_one():
    page = "<html><head><title>Post</title></head><body><div id=app></div><script>x()</script></body></html>"
    assert refusal("page.html", page.encode()) == (
        "page.html: is a web page without an article: it needs a script to show its text."
        " Open it in a browser and save the text."
    )


# --- mail -------------------------------------------------------------------------------------------


def test_a_mail_gives_its_letter_and_what_hangs_on_it():
    message = mail()
    message.set_content(BODY)
    message.add_alternative(f"<p>{SECOND}</p>", subtype="html")
    docx = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    story = word()
    message.add_attachment(story, maintype="application", subtype=docx, filename="story.docx")
    message.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="logo.png")
    reading = read_uploads([("statement.eml", message.as_bytes())])
    letter, attached = reading.articles
    assert reading.refused == [
        ("statement.eml, attachment logo.png", "is a picture. Read its text with OCR, and name that.")
    ]
    assert letter.text.replace("\n", " ") == BODY
    assert (letter.title, letter.published, letter.outlet) == (
        "Statement: harbour ‘stays open’",
        "2026-02-04",
        None,
    )
    assert (attached.file, attached.text) == ("statement.eml/story.docx", OFFICE_TEXT)
    assert attached.sha256 == hashlib.sha256(story).hexdigest()


def test_a_mail_that_is_a_web_page_gives_what_one_sees():
    message = mail()
    page = f"<html><body><p>{BODY}</p><p style='display:none'>No.</p><p>{SECOND}</p></body></html>"
    message.set_content(page, subtype="html", charset="utf-8", cte="base64")
    assert only("statement.eml", message.as_bytes()).text == f"{BODY}\n\n{SECOND}"


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", "x-unknown", "utf-8"])
def test_a_letter_with_the_wrong_charset_is_read(charset):
    data = (
        "From: Ann Hill <ann@hill.example>\r\nSubject: Note\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: "
        f"8bit\r\n\r\nJosé said no.\r\n"
    ).encode("cp1252")
    assert only("note.eml", data).text == "José said no."


# --- subtitles --------------------------------------------------------------------------------------


def test_subtitles_become_a_transcript_with_times_and_speakers():
    source = (
        "1\r\n00:01:02,500 --> 00:01:04,000\r\nANN HILL: We will not close\r\n\r\n"
        "2\r\n00:01:04,000 --> 00:01:06,000\r\n<i>a single berth.</i>\r\n\r\n"
        "3\r\n00:01:06,500 --> 00:01:08,000\r\n{\\an8}REPORTER: When?\r\n\r\n"
        "4\r\n01:00:00,000 --> 01:00:02,000\r\n- ANN HILL: Never &amp; ever.\r\n"
    )
    assert only("talk.srt", source.encode()).text == (
        "[00:01:02] ANN HILL: We will not close a single berth.\n\n"
        "[00:01:06] REPORTER: When?\n\n[01:00:00] ANN HILL: Never & ever."
    )


def test_webvtt_voices_are_the_speakers():
    source = (
        "WEBVTT - talk\n\nNOTE\nNobody says this.\n\nSTYLE\n::cue {color: red}\n\n"
        "intro\n00:02.000 --> 00:04.000 align:start\n<v.loud Ann Hill>We will <c.yellow>not</c> close</v>\n\n"
        "00:04.000 --> 00:05.000\n<v Ann Hill>a single berth.\n\n"
        "00:06.000 --> 00:07.000\n<v Bo>When?</v>\n"
    )
    assert only("talk.vtt", source.encode()).text == (
        "[00:00:02] Ann Hill: We will not close a single berth.\n\n[00:00:06] Bo: When?"
    )


def test_another_speaker_in_the_middle_of_a_line_begins_a_turn():
    source = (
        "1\n00:00:01,000 --> 00:00:03,000\n>> ANN HILL: We stay\n\n"
        "2\n00:00:03,000 --> 00:00:05,000\nuntil May. >> BO LANE: No! >> You do not.\n"
    )
    assert only("talk.srt", source.encode()).text == (
        "[00:00:01] ANN HILL: We stay until May.\n\n[00:00:03] BO LANE: No!\n\n[00:00:03] You do not."
    )


def test_captions_that_roll_are_said_once():
    source = (
        "1\n00:00:01,000 --> 00:00:02,000\n>> We will not close\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\n>> We will not close\na single berth.\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\na single berth.\n>> When?\n"
    )
    assert only("talk.srt", source.encode()).text == (
        "[00:00:01] We will not close a single berth.\n\n[00:00:03] When?"
    )


# --- what kind of file ------------------------------------------------------------------------------


def test_every_format_has_a_sample_here():
    assert samples().keys() == {format.module for format in FORMATS}


@pytest.mark.parametrize("name", ["note.txt", "note", "note.pdf", "note.docx", "note.html", "note.eml"])
def test_the_content_goes_before_the_name(name):
    assert {kind: detect(data, name).module for kind, data in samples().items()} == {
        kind: kind for kind in samples()
    }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "is an old Word, Excel or Outlook file. Save it as .docx or .txt.",
        ),
        (gzip.compress(b"Hill said no."), "is a gzip archive. Unpack it and name what was in it."),
        (b"\x89PNG\r\n\x1a\n", "is a picture. Read its text with OCR, and name that."),
        (zip_of({"xl/workbook.xml": "<x/>"}), "is a spreadsheet. Save it as CSV."),
    ],
)
def test_known_files_that_are_no_articles_are_refused_with_the_way_out(data, reason):
    assert refusal("note.txt", data) == f"note.txt: {reason}"


@pytest.mark.parametrize(
    "text",
    [
        "Dear desk: this is a note.\n\nFrom: the mayor\nTo: you\n",
        "text, they said, is all.\n“No,” said Hill.",
        "{curly} brackets begin this text.",
        "<3 is how the mayor signed it, and she said so.",
        "Subject: a note\n\nHill said no.",
        "[Music] Hill said no.",
    ],
)
def test_plain_text_that_looks_like_more_stays_as_it_is(text):
    assert only("note.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2026-02-04", "2026-02-04"),
        ("20260204", "2026-02-04"),
        ("2026-02-04T23:59:00Z", "2026-02-04"),
        ("Published 4th Feb. 2026 at noon", "2026-02-04"),
        ("4.2.2026", "2026-02-04"),
        ("02/24/2026", "2026-02-24"),
        ("02/04/2026", None),
        ("2026-02-31", None),
        ("last week", None),
        (datetime.datetime(2026, 2, 4, 10), "2026-02-04"),
        (20260204, None),
        (None, None),
    ],
)
def test_dates_are_read_or_left_out(value, date):
    assert iso_date(value) == date


# --- files and folders ------------------------------------------------------------------------------


def test_a_folder_of_all_formats_is_read(tmp_path):
    (tmp_path / "paper.pdf").write_bytes(pdf(PAPER))
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "rows.csv").write_bytes(csv_of(ROWS))
    (tmp_path / "articles.toml").write_text(
        '["paper.pdf"]\noutlet = "Herald"\ntitle = "Paper"\n["rows.csv"]\noutlet = "Archive"\ntitle = "No"\n'
    )
    reading = read_files([tmp_path])
    assert [(Path(a.file).name, a.title, a.outlet) for a in reading.articles] == [
        ("page.html", "Mayor: harbour ‘stays open’", "Harbour Post"),
        ("paper.pdf", "Paper", "Herald"),
        ("rows.csv, row 2", "Open", "Archive"),
        ("rows.csv, row 3", "End", "Archive"),
    ]
    assert reading.refused == [
        (str(tmp_path / "bad.docx"), "is a broken ZIP archive. Pack or save it again.")
    ]
    assert (reading.articles, reading.refused) == read_articles([tmp_path])


def test_one_article_is_asked_for_and_one_is_given(tmp_path):
    path = tmp_path / "desk.zip"
    path.write_bytes(zip_of({"a.txt": BODY, "b.txt": SECOND}))
    with pytest.raises(AttributionError, match="desk.zip: holds 2 articles, not one. Save one by itself."):
        read_article(path)
    path.write_bytes(zip_of({"a.txt": BODY}))
    assert read_article(path).text == BODY


def test_a_pdf_on_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pdf(PAPER))))
    assert read_article("-").text.startswith("The harbour stays open")


def test_no_parser_is_loaded_in_the_program_itself(root, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "rows.csv").write_bytes(csv_of(ROWS))
    code = (
        "import attribution, sys; found = attribution.read_articles([sys.argv[1]]);"
        "assert len(found[0]) == 3, found; print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    loaded = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split()
    parsers = (
        "lxml trafilatura pypdf docx striprtf feedparser fastwarc resiliparse pyarrow pandas email zipfile"
    )
    assert not set(parsers.split()) & set(loaded)
