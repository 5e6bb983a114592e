"""What the fuzzer, the property tests and the files of real programs have found, each as a small file."""

from __future__ import annotations

import gzip
import io
import time

import pytest
from make_real_files import REAL
from readers_samples import (
    BODY,
    PAGE,
    PAPER,
    SECOND,
    csv_of,
    every_kind,
    mail,
    mbox,
    only,
    parquet_of,
    pdf,
    refusal,
    warc,
    zip_of,
)

from attribution.readers import page_of, read_uploads, time_of
from attribution.readers.document import BREAKS_OFF

# --- cut and broken files ------------------------------------------------------------------------------


def test_a_broken_page_of_a_pdf_costs_that_page_alone():
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, StreamObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PAPER))))
    stream = StreamObject()
    stream.set_data(b"\x00no packed data")
    stream[NameObject("/Filter")] = NameObject("/ASCII85Decode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    reading = read_uploads([("paper.pdf", out.getvalue())])
    assert reading.notes == [
        ("paper.pdf", "Page 1 of 2 is broken and was left out. Print it to PDF again."),
    ]
    (article,) = reading.articles
    assert page_of(article.text, article.text.index("left the hall")) == 2


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\ntrailer<</Root 1 0 R>>", pdf(PAPER)[:900]])
def test_a_pdf_without_its_end_is_said_to_be_broken(data):
    expected = "paper.pdf: is a broken PDF. Open it in a reader of PDFs, and print it to a new one."
    assert refusal("paper.pdf", data) == expected


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("chromium-dom.html", 0.6),
        ("chromium-save.mhtml", 0.6),
        ("libreoffice.rtf", 0.9),
        ("python.eml", 0.3),
        ("curl.eml", 0.9),
        ("wget.warc.gz", 0.6),
    ],
)
def test_a_file_that_was_cut_is_read_as_far_as_it_goes_and_said_to_be_cut(name, part):
    data = (REAL / name).read_bytes()
    whole = read_uploads([(name, data)])
    cut = read_uploads([(name, data[: int(len(data) * part)])])
    assert not [note for _, note in whole.notes if BREAKS_OFF in note]
    assert [note for _, note in cut.notes if BREAKS_OFF in note]
    assert 100 < len(cut.articles[0].text) <= len(whole.articles[0].text)


@pytest.mark.parametrize(
    "name", ["libreoffice.docx", "libreoffice.odt", "libreoffice.pdf", "libreoffice.epub"]
)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_packed_file_that_was_cut_is_refused(name, part):
    data = (REAL / name).read_bytes()
    assert "is a broken " in refusal(name, data[: int(len(data) * part)])


def test_the_pages_before_the_break_of_a_web_archive_are_read():
    sound = warc(("https://harbour.example/open", 200, "text/html", PAGE.encode()), packed=False)
    reading = read_uploads([("web.warc", sound + b"noise" * 100)])
    assert len(reading.articles) == 1
    assert reading.refused == [("web.warc, after page 1", "is broken. Record it again for the rest.")]
    assert refusal("web.warc", b"WARC/1.0\r\n\r\n" + b"noise" * 100) == (
        "web.warc: is a broken web archive. Record it again, or save its pages."
    )


def test_an_address_in_a_web_archive_that_is_none_is_left_out():
    data = warc(("no address", 200, "text/html", PAGE.replace("canonical", "x").encode()))
    assert only("web.warc.gz", data).url is None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.srt", b"-->", "is a file of subtitles without words. Name another."),
        ("a.vtt", b"WEBVTT", "is a file of subtitles without words. Name another."),
        ("a.parquet", b"PAR1" + bytes(20) + b"PAR1", "is a broken Parquet file. Write it again, or as CSV."),
        (
            "a.rss",
            b"<?xml version='1.0' encoding='\xff'?><rss/>",
            "is a broken feed. Save it again, or the pages that it leads to.",
        ),
        (
            "wide.rss",
            "<?xml version='1.0' encoding='utf-16'?><rss><item>&#99999999999999999999;</item></rss>".encode(
                "utf-16"
            ),
            "is a broken feed. Save it again, or the pages that it leads to.",
        ),
        (
            "a.rtf",
            b"{\\rtf1 {\\pict\\bin } No.}",
            "is a broken RTF document. Open it and save it again.",
        ),
    ],
)
def test_what_a_parser_stumbles_over_is_refused_in_plain_words(name, data, reason):
    assert refusal(name, data) == f"{name}: {reason}"


def test_a_file_without_a_name_in_an_archive_is_told_and_the_others_go_on():
    data = zip_of({"a.bin": b"x", "note.txt": BODY}).replace(b"a.bin", b"\0.bin")
    reading = read_uploads([("desk.zip", data)])
    assert [article.text for article in reading.articles] == [BODY]
    assert reading.refused == [
        ("desk.zip, file without a name", "cannot be told from others. Pack it again.")
    ]


# --- signs that parsers stumble over -------------------------------------------------------------------


def test_a_title_of_an_rtf_file_without_an_end_takes_no_time():
    data = b"{\\rtf1{\\info{\\title " + b"\\u65533  a" * 3_000 + b"\\x {No.}}"
    began = time.monotonic()
    read_uploads([("note.rtf", data)])
    assert time.monotonic() - began < 5


def test_characters_of_rtf_in_two_halves_are_whole_and_those_that_are_none_left_out():
    article = only("note.rtf", b"{\\rtf1 Fish \\u-10179?\\u-9153? \\u99999999?and\\u-99999999? no\\uc.}")
    assert article.text == "Fish \U0001f43f ?and? no."


def test_a_number_of_no_character_in_a_feed_costs_no_entry():
    item = "<item><title>Hill</title><description>No&#1114112; &#x99999999; yes.</description></item>"
    assert only("a.rss", f"<rss><channel>{item}</channel></rss>".encode()).text == "Hill\n\nNo yes."


def test_a_control_character_in_a_page_costs_no_page():
    page = PAGE.replace(
        "</article>", "<p>The end&#12;<script></script>&#1;\ufffe of it came late.</p>&#1e9</article>"
    )
    assert "The end of it came late." in only("page.html", page.encode()).text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_with_line_ends_of_any_system_is_read(end):
    data = end.join(["text,title", "Hill said no.,No", "Hill said yes.,Yes", ""]).encode()
    assert [article.title for article in read_uploads([("rows.csv", data)]).articles] == ["No", "Yes"]


def test_names_of_columns_are_told_in_one_short_line():
    data = b'text,"a\nb\x1b[31m","' + b"c" * 100 + b'"\nHill said no.,x,y\n'
    ((_, note),) = read_uploads([("rows.csv", data)]).notes
    assert note == f"Read text from “text”; not “a b [31m”, “{'c' * 40}…”."


def test_what_is_no_address_or_no_number_in_a_table_is_left_out():
    rows = b'{"text": "No.", "url": "javascript:alert(1)", "title": NaN, "date": 1770199800}\n'
    article = only("rows.jsonl", rows)
    assert (article.url, article.title, article.published) == (None, None, "2026-02-04")


def test_a_parquet_file_with_a_broken_page_is_refused():
    data = bytearray(parquet_of([{"text": f"Hill said no {i} times."} for i in range(50)]))
    data[40:400] = bytes(360)
    reading = read_uploads([("rows.parquet", bytes(data))])
    assert reading.articles == [] and len(reading.refused) == 1


# --- subtitles, mailboxes, saved pages -----------------------------------------------------------------


def test_a_cue_that_is_said_again_stands_there_again():
    cue = "{0}\n00:00:0{0},000 --> 00:00:0{0},900\nShame!\n"
    article = only("talk.srt", "\n".join(cue.format(i) for i in (1, 2, 3)).encode())
    assert article.text.count("Shame!") == 3


def test_a_passage_of_a_transcript_is_told_at_its_time():
    source = (
        "1\n00:01:02,500 --> 00:01:04,000\nANN HILL: We will not close.\n\n"
        "2\n01:00:00,000 --> 01:00:02,000\nREPORTER: Never?\n"
    )
    text = only("talk.srt", source.encode()).text
    times = [time_of(text, text.index(word)) for word in ("We will", "close", "Never")]
    assert times == ["00:01:02", "00:01:02", "01:00:00"]
    assert time_of("Hill said no.", 5) is None


@pytest.mark.model
def test_the_records_tell_page_and_time():
    from attribution import analyse

    article = only("paper.pdf", pdf(PAPER))
    cue = (
        "1\n00:01:02,500 --> 00:01:04,000\nShe walked in. “We will not close,” said Ann Hill of the board.\n"
    )
    talk = only("talk.srt", cue.encode())
    places = {
        (record["page"], record["time"]) for record in analyse([article, talk]).records() if record["text"]
    }
    assert {(1, None), (None, "00:01:02")} <= places


def test_a_mailbox_is_told_by_its_content_and_every_letter_is_an_article():
    reading = read_uploads([("Sent", mbox())])
    assert reading.refused == []
    assert [article.file for article in reading.articles] == ["Sent, letter 1", "Sent, letter 2"]
    assert [" ".join(article.text.split()) for article in reading.articles] == [
        f"{BODY} From here on it is quoted.",
        SECOND,
    ]


def test_a_broken_letter_of_a_mailbox_is_told_and_the_others_go_on():
    head = b"From a@hill.example Wed Feb  4 10:30:00 2026\nSubject: No\n\n"
    reading = read_uploads([("box.mbox", head + b"Hill said no.\n\n" + head + b"\n\n" + head + b"Yes.\n")])
    assert [article.text for article in reading.articles] == ["Hill said no.", "Yes."]
    assert reading.refused == [
        ("box.mbox, letter 2", "is an e-mail without text. Save its text as .txt and name that.")
    ]


def test_what_hangs_on_a_letter_of_a_mailbox_is_read():
    message = mail()
    message.set_content(BODY)
    message.add_attachment(csv_of([{"text": SECOND}]), maintype="text", subtype="csv", filename="rows.csv")
    box = b"From a@hill.example Wed Feb  4 10:30:00 2026\n" + message.as_bytes() + b"\n"
    reading = read_uploads([("box.mbox", box + box.replace(b"berth", b"quay"))])
    assert [article.file for article in reading.articles] == [
        "box.mbox, letter 1",
        "box.mbox, letter 2",
        "box.mbox/letter 1/rows.csv, row 2",
        "box.mbox/letter 2/rows.csv, row 2",
    ]


def test_a_text_that_begins_with_from_is_no_mailbox():
    text = "From the quay, on Wed Feb 4 in 2026: a report.\nSubject: no such thing.\n"
    assert only("note.txt", text.encode()).text == text


# --- every kind ----------------------------------------------------------------------------------------


def test_a_gzip_archive_is_refused_with_the_way_out():
    for kind, data in every_kind().items():
        if kind != "warc":
            expected = "is a gzip archive. Unpack it and name what was in it."
            assert refusal(f"{kind}.gz", gzip.compress(data)).endswith(expected)
