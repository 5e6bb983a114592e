"""Tables, feeds, web archives and ZIPs: several articles a file."""

from __future__ import annotations

import hashlib
import json

import pytest
from readers_samples import (
    ATOM,
    BODY,
    NOTE,
    PAGE,
    ROWS,
    RSS,
    SECOND,
    csv_of,
    only,
    parquet_of,
    refusal,
    warc,
    word,
    zip_of,
)

from attribution import article_from_upload
from attribution.readers import read_uploads

# --- tables -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rows.csv", csv_of(ROWS)),
        ("rows.csv", b"\xef\xbb\xbf" + csv_of(ROWS, ";")),
        ("rows.tsv", csv_of(ROWS, "\t")),
        ("rows", csv_of(ROWS)),  # by its first line
        ("rows.jsonl", "\n".join(json.dumps(row) for row in ROWS).encode()),
        ("rows.json", json.dumps(ROWS, indent=1).encode()),
        ("rows.json", json.dumps({"articles": ROWS}, indent=1).encode()),
        ("rows.parquet", None),
    ],
)
def test_a_table_gives_an_article_a_row_and_says_which_columns(name, data):
    data = data or parquet_of(ROWS)
    reading = read_uploads([(name, data)])
    assert reading.refused == []
    assert reading.notes == [(name, NOTE)]
    place = "item" if name.endswith(".json") else "row"
    first = 2 if "csv" in name or "tsv" in name or name == "rows" else 1
    assert [article.file for article in reading.articles] == [
        f"{name}, {place} {first}",
        f"{name}, {place} {first + 1}",
    ]
    assert [(a.text, a.title, a.published, a.outlet) for a in reading.articles] == [
        (BODY, "Open", "2026-02-04", "Harbour Post"),
        (SECOND, "End", "2026-02-05", "Quay & Co"),
    ]
    assert {article.sha256 for article in reading.articles} == {hashlib.sha256(data).hexdigest()}
    assert len({article.id for article in reading.articles}) == 2


def test_a_person_may_name_the_columns():
    rows = [{"a": "Wrong.", "text": "No.", "b": BODY}]
    article = only("rows.csv", csv_of(rows), columns={"text": "b", "title": "a"})
    assert (article.text, article.title) == (BODY, "Wrong.")
    reading = read_uploads([("rows.csv", csv_of(rows))], columns={"text": "c"})
    assert reading.refused == [("rows.csv", "has no column “c”. It has “a”, “text”, “b”: name one of them.")]


def test_a_field_that_a_person_does_not_want_is_left_out():
    rows = [{"title": "Nr 7", "text": BODY}]
    assert only("rows.csv", csv_of(rows), columns={"title": ""}).title is None


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl", "rows.parquet"])
def test_which_columns_there_are_is_known_also_where_none_holds_a_text(name):
    rows = [{"a": "No.", "b": "Yes."}]
    make = {"rows.csv": csv_of, "rows.parquet": parquet_of}
    data = make[name](rows) if name in make else json.dumps(rows[0]).encode()
    reading = read_uploads([(name, data)])
    assert reading.refused == [
        (name, "has no column with a text. It has “a”, “b”: call one “text”, or name it.")
    ]
    assert (reading.tables[name].columns, reading.tables[name].chosen) == (["a", "b"], {})
    reading = read_uploads([(name, data)], columns={"text": "b"})
    assert (reading.tables[name].chosen, reading.articles[0].text) == ({"text": "b"}, "Yes.")


def test_cells_of_html_are_read_as_one_sees_them_and_a_note_says_so():
    cells = [
        "<p>&ldquo;No,&rdquo; said <b>Ann&nbsp;Hill</b>.</p><p>She left.</p><script>x()</script>",
        "“No,” said <a href='https://a.example'>Hill</a>.\n\nShe left.",
        "It&#8217;s &#147;open&#148;.\nSo it is.",
        "a < b > c & d </p> <i said Hill",
    ]
    rows = [{"text": cell, "title": "Docks &amp; piers", "author": "<b>Bo</b> Lane"} for cell in cells]
    reading = read_uploads([("rows.csv", csv_of(rows))])
    assert [article.text for article in reading.articles] == [
        "“No,” said Ann\u00a0Hill.\n\nShe left.",
        "“No,” said Hill.\n\nShe left.",
        "It’s “open”.\nSo it is.",
        cells[3],
    ]
    assert {(article.title, article.author) for article in reading.articles} == {("Docks & piers", "Bo Lane")}
    assert reading.notes[1:] == [("rows.csv", "HTML in “text” is read as the text that one sees.")]
    plain = read_uploads([("rows.csv", csv_of([{"text": "No.", "title": "A"}]))])
    assert len(plain.notes) == 1


def test_a_row_without_a_text_is_told_and_the_others_go_on():
    data = b"text,title\nHill said no.,A\n,B\nHill said yes.,C\nHill said no.,A\n"
    reading = read_uploads([("rows.csv", data)])
    assert [article.title for article in reading.articles] == ["A", "C"]
    assert reading.refused == [
        ("rows.csv, row 5", "repeats rows.csv, row 2 word for word. It is read once."),
        ("rows.csv, row 3", "has no text in column “text”."),
    ]
    reading = read_uploads([("rows.jsonl", b'{"text": "Hill said no."}\n{"text": 7}\n[]\n{"text": \n')])
    assert len(reading.articles) == 1
    assert [file for file, _ in reading.refused] == [f"rows.jsonl, row {i}" for i in (2, 3, 4)]


def test_the_id_of_a_row_stays_when_rows_come_before_it():
    one, two = csv_of(ROWS[1:]), csv_of(ROWS)
    (only_row,) = read_uploads([("rows.csv", one)]).articles
    assert only_row.id == read_uploads([("rows.csv", two)]).articles[1].id


def test_quotes_that_this_program_printed_are_no_articles():
    data = b'{"article": "x", "quote_id": "y", "text": "No.", "speaker": "Hill"}\n'
    assert "holds quotes that were extracted, no articles" in refusal("quotes.jsonl", data)
    assert "is a list of quotes" in refusal("draft.jsonl", b'{"text": "No.", "speaker": "Hill"}\n')


def test_a_table_read_as_one_article_is_its_text():
    data = b'{"text": "No.", "speaker": "Hill"}\n'
    assert article_from_upload("draft.jsonl", data).text == data.decode()


# --- feeds and archives -----------------------------------------------------------------------------


def test_an_rss_feed_gives_an_article_an_entry():
    reading = read_uploads([("news.xml", RSS.encode())])
    (article,) = reading.articles
    assert article.text == f"Harbour stays open\n\n{BODY}\n\n{SECOND}"
    assert (article.file, article.title, article.published, article.outlet, article.url) == (
        "news.xml, entry 1",
        "Harbour stays open",
        "2026-02-04",
        "Harbour Post",
        "https://harbour.example/1",
    )
    assert reading.refused == [
        ("news.xml, entry 2, Only a headline", "has no text in the feed. Save its page.")
    ]
    assert reading.notes == [
        ("news.xml", "The feed gives summaries, not whole articles. Save the pages for all quotes.")
    ]


def test_an_atom_feed_gives_an_article_an_entry():
    article = only("news", ATOM.encode())
    assert (article.text, article.published, article.outlet) == (
        f"End\n\n{SECOND}",
        "2026-02-05",
        "Quay & Co",
    )


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_an_article_a_page(packed):
    html = "text/html; charset=utf-8"
    data = warc(
        ("https://harbour.example/news/open?x=1", 200, html, PAGE.encode()),
        ("https://harbour.example/gone", 404, html, PAGE.encode()),
        ("https://harbour.example/logo.png", 200, "image/png", b"\x89PNG"),
        ("https://harbour.example/app", 200, html, b"<html><body><script>x()</script></body></html>"),
        packed=packed,
    )
    reading = read_uploads([("web.warc.gz" if packed else "web.warc", data)])
    (article,) = reading.articles
    assert article.text.startswith("Mayor: harbour ‘stays open’\n\n")
    assert BODY in article.text.replace("\u00a0", " ") and SECOND in article.text
    assert "said nobody" not in article.text and "Home" not in article.text
    assert (article.published, article.outlet, article.url) == (
        "2026-02-04",
        "Harbour Post",
        "https://harbour.example/news/open",
    )
    assert article.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    ((file, reason),) = reading.refused
    assert file.endswith(", page 2, https://harbour.example/app")
    assert reason.startswith("is a web page without an article")


def test_a_zip_gives_the_articles_of_its_files():
    files = {
        "a/note.txt": BODY,
        "story.docx": word(),
        "page.html": PAGE,
        "rows.csv": csv_of(ROWS),
        "__MACOSX/._note.txt": b"\0\1",
    }
    data = zip_of(files)
    reading = read_uploads([("desk.zip", data)])
    assert reading.refused == []
    assert [article.file for article in reading.articles] == [
        "desk.zip/a/note.txt",
        "desk.zip/story.docx",
        "desk.zip/page.html",
        "desk.zip/rows.csv, row 2",
        "desk.zip/rows.csv, row 3",
    ]
    assert reading.articles[0].sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    assert reading.articles[0].name == "note.txt"
