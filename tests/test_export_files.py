"""The files a view leaves in: read back with what others read them with, hostile words and all."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from attribution.article import Article, AttributionError, Span
from attribution.export import CSV_COLUMNS, View, to_docx, to_html, to_parquet, to_xlsx
from attribution.people import Person, Speaker

TARGET = "Operation Lantern"
VOID = {"meta", "br"}
HOSTILE = "<script>alert(1)</script>\x00\x1b ‮مرحبا 🙂 \ud83d =1+1 ]]>&amp;"


@pytest.fixture
def hostile(lantern):
    """One quote whose every word is hostile."""
    text = f"“{HOSTILE}” said {HOSTILE}"
    article = Article(
        text, "x.txt", outlet=HOSTILE, title=HOSTILE, url="javascript:alert(1)", published=HOSTILE
    )
    end = text.index("”") + 1
    quote = replace(
        lantern.quotes[0],
        article=article,
        quote=replace(lantern.quotes[0].quote, pieces=(Span.of(text, 0, end),)),
        speaker=Speaker(Person("x", HOSTILE, "person"), "person", role=HOSTILE),
        alternatives=((HOSTILE, 0.1),),
        stances=(replace(lantern.quotes[0].stances[0], target=HOSTILE, doubts=(HOSTILE,)),),
    )
    return View((quote,), (article,), HOSTILE, 2, (HOSTILE,), f"javascript:{HOSTILE}")


class Page(HTMLParser):
    """The texts of a page by tag, its tags with their attributes, and whether they nest."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.rows, self.facts = [], [], [], []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag in ("dt", "dd"):
            self.facts.append("")

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            if "td" in self.open or "th" in self.open:
                self.rows[-1][-1] += data
            elif "dt" in self.open or "dd" in self.open:
                self.facts[-1] += data

    def told(self):
        return dict(zip(self.facts[::2], self.facts[1::2], strict=True))


def records(view):
    return [record for quote in view.quotes for record in quote.records()]


# --- Parquet and Excel ------------------------------------------------------------------------------


def test_parquet_has_a_row_a_record_with_the_columns_of_csv_in_their_own_types(view):
    pandas = pytest.importorskip("pandas")
    table = pandas.read_parquet(io.BytesIO(to_parquet(records(view))))
    assert tuple(table.columns) == CSV_COLUMNS
    assert list(table["text"]) == [quote.quote.text for quote in view.quotes]
    assert list(table["stance_score"]) == [quote.stances[0].score for quote in view.quotes]
    assert table["start"].dtype == "int64" and table["unclosed"].dtype == "bool"
    assert [len(pieces) for pieces in table["pieces"]] == [len(quote.quote.pieces) for quote in view.quotes]
    assert table["alternatives"][0][0] == {"speaker": "Somebody Else", "confidence": 0.05}


def test_no_records_give_files_with_a_header_only():
    pandas = pytest.importorskip("pandas")
    assert tuple(pandas.read_parquet(io.BytesIO(to_parquet([]))).columns) == CSV_COLUMNS
    assert tuple(pandas.read_excel(io.BytesIO(to_xlsx([]))).columns) == CSV_COLUMNS


def test_excel_has_a_row_a_record_with_numbers_as_numbers(view):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(records(view))))["Quotes"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == CSV_COLUMNS and len(rows) == len(view.quotes)
    first = dict(zip(header, rows[0], strict=True))
    assert (first["text"], first["start"], first["stance_score"]) == (
        view.quotes[0].quote.text,
        view.quotes[0].quote.start,
        0.9,
    )
    assert first["unclosed"] is False and first["published"] is None
    assert json.loads(first["pieces"])[0]["start"] == first["start"]


@pytest.mark.parametrize("text", ["=HYPERLINK(…)", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "2026-02-04", "1"])
def test_excel_runs_and_reads_no_text_as_anything_else(view, text):
    openpyxl = pytest.importorskip("openpyxl")
    record = records(view)[0] | {"text": text, "mention": {"text": text}}
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([record])))["Quotes"]
    for column in ("text", "mention_text"):
        cell = sheet.cell(2, CSV_COLUMNS.index(column) + 1)
        assert cell.data_type == "s"
        assert cell.value == ("'" if text[0] in "=+-@\t" else "") + text


def test_what_excel_cannot_hold_is_marked_not_dropped(view):
    openpyxl = pytest.importorskip("openpyxl")
    record = records(view)[0] | {"text": "x" * 40_000, "speaker": "a\x00b\ud800"}
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([record])))["Quotes"]
    assert len(sheet.cell(2, CSV_COLUMNS.index("text") + 1).value) == 32_767
    assert sheet.cell(2, CSV_COLUMNS.index("text") + 1).value.endswith("x…")
    assert sheet.cell(2, CSV_COLUMNS.index("speaker") + 1).value == "a\ufffdb\ufffd"


def test_more_rows_than_excel_has_are_refused(monkeypatch):
    monkeypatch.setattr("attribution.export.tables._MOST_ROWS", 2)
    with pytest.raises(AttributionError, match="Take CSV or Parquet"):
        to_xlsx([{"text": "No."}] * 3)


@settings(max_examples=30, deadline=None)
@given(some.text(alphabet=some.characters(), max_size=60))
def test_any_text_comes_back_from_parquet(text):
    parquet = pytest.importorskip("pyarrow.parquet")
    (row,) = parquet.read_table(io.BytesIO(to_parquet([{"text": text}]))).to_pylist()
    assert row["text"] == re.sub("[\ud800-\udfff]", "\ufffd", text)


# --- HTML -------------------------------------------------------------------------------------------


def test_the_report_has_the_facts_a_dot_and_a_row_a_quote(view):
    html = to_html(view)
    page = Page(html)
    facts = page.told()
    assert facts["Target"] == TARGET
    assert (
        facts["Quotes"] == "6"
        and facts["Unsure"] == "1 of 6 (17%)"
        and facts["Unattributed"] == "2 of 6 (33%)"
    )
    assert facts["Sources"] == "2 articles: Harbour Post, Quay & Co"
    assert facts["Dates"] == "2 articles without a date"
    assert facts["Stance model"] == "by-hand: check before use"
    assert facts["Version"].startswith("attribution ")
    assert facts["Address"] == view.address
    dots = [tag for tag, _ in page.tags if tag == "title"]
    assert len(dots) - 2 == len(view.quotes)  # a title each, the page's own, and that of a shortened name
    header, *rows = page.rows
    assert header == ["Speaker", "Quote", "Stance", "Doubt", "Passage", "Source", "Date"]
    assert [row[0].startswith("Ada Brook") for row in rows] == [True, False, False, False, False, True]
    assert rows[0][1] == "“Lantern keeps the port safe.”direct"
    assert rows[3][2] == "Unsure, leaning critical −0.20"
    assert rows[0][4].startswith("Harbour chief Ada Brook said: “Lantern keeps")
    assert rows[0][5] == "Harbour Postfirst.txtcharacters 30–60" and rows[0][6] == "unknown"


def test_the_report_runs_nothing_and_loads_nothing(view, hostile):
    for each in (view, hostile):
        html = to_html(each)
        page = Page(html)
        assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "link", "object", "base"}
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; font-src data:")
        assert html.count("url(") == html.count("url(data:font/woff2;base64,") and "@import" not in html
        assert all(a["href"].startswith("http://127.0.0.1") for t, a in page.tags if t == "a")


def test_hostile_words_stand_in_the_report_as_they_are_written(hostile):
    page = Page(to_html(hostile))
    said = HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ud83d", "\ufffd")
    assert said in page.rows[1][0] and said in page.rows[1][1] and said in page.rows[1][4]
    assert page.told()["Target"] == said
    assert page.told()["Quotes"] == "1 of 2 (filtered)"
    to_html(hostile).encode("utf-8")


def test_no_quote_and_one_without_a_target_give_a_report(lantern):
    assert "No quote to show." in to_html(View((), lantern.articles, TARGET, 6))
    plain = replace(lantern.quotes[0], stances=())
    page = Page(to_html(View((plain,), lantern.articles)))
    assert "<h2>Quotes of each speaker</h2>" in to_html(View((plain,), lantern.articles))
    assert page.rows[1][2] == "–" and page.told()["Target"] == "none asked for"


def test_a_report_of_five_hundred_speakers_says_who_is_in_the_table_only(lantern):
    quotes = tuple(
        replace(lantern.quotes[0], speaker=Speaker(Person(f"p{i}", f"Speaker {i}", "person"), "person"))
        for i in range(500)
    )
    html = to_html(View(quotes, lantern.articles, TARGET))
    assert "460 speakers with fewer quotes not shown." in html
    assert len(Page(html).rows) == 501


def test_a_long_passage_is_cut_on_both_sides_of_its_quote(lantern):
    text = "before " * 400 + "“No.”" + " after" * 400
    at = text.index("“")
    article = replace(lantern.articles[0], text=text)
    quote = replace(lantern.quotes[0].quote, pieces=(Span.of(text, at, at + 5),))
    page = Page(
        to_html(View((replace(lantern.quotes[0], article=article, quote=quote),), (article,), TARGET))
    )
    passage = page.rows[1][4]
    assert passage.startswith("… ") and passage.endswith(" …") and "“No.”" in passage and len(passage) < 1300


# --- Word -------------------------------------------------------------------------------------------


def test_the_word_file_has_the_facts_and_a_row_a_quote(view):
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(to_docx(view)))
    facts, quotes = document.tables
    assert document.paragraphs[0].text == f"Who said what about {TARGET}"
    assert ["Unsure", "1 of 6 (17%)"] in [[cell.text for cell in row.cells] for row in facts.rows]
    assert len(quotes.rows) == len(view.quotes) + 1
    first = [cell.text for cell in quotes.rows[1].cells]
    assert first[0] == "Ada Brook\nharbour chief" and first[2] == "Supportive +0.90"
    assert first[4].startswith("Harbour chief Ada Brook said:")
    marked = [run.text for run in quotes.rows[1].cells[4].paragraphs[0].runs if run.bold]
    assert marked == ["“Lantern keeps the port safe.”"]


def test_hostile_words_and_no_quote_give_a_word_file(hostile, lantern):
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(to_docx(hostile)))
    assert "<script>alert(1)</script>\ufffd\ufffd" in document.tables[1].rows[1].cells[0].text
    empty = docx.Document(io.BytesIO(to_docx(View((), lantern.articles))))
    assert "No quote to show." in [paragraph.text for paragraph in empty.paragraphs]
