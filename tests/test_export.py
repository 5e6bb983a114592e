from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import to_csv, to_jsonl
from attribution.export import CSV_COLUMNS, RECORD_FIELDS

RECORD = {
    "article": "a7a6c022794c",
    "file": "note.txt",
    "sha256": "a7a6c022794c…",
    "outlet": None,
    "published": "2026-02-04",
    "quote_id": "0123456789ab",
    "start": 0,
    "end": 5,
    "page": None,
    "time": None,
    "pieces": [{"start": 0, "end": 5, "text": "“No.”"}],
    "text": "No.",
    "kind": "direct",
    "unclosed": False,
    "speaker": "Hugh Hill",
    "speaker_id": "hugh-hill",
    "speaker_type": "person",
    "speaker_description": None,
    "role": "mayor, and a doctor",
    "mention": {"start": 6, "end": 10, "text": "Hill"},
    "cue": {"start": 11, "end": 15, "text": "said"},
    "evidence": "Subject of “said” after the quote.",
    "confidence": 0.98,
    "alternatives": [{"speaker": "Ann Jones", "confidence": 0.01}],
    "stance": {
        "target": "Operation Lantern",
        "label": "oppose",
        "best": "oppose",
        "score": -0.91,
        "confidence": 0.9,
        "model": "attribution-stance-3",
    },
}


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def test_the_record_is_the_public_one():
    from attribution import (
        Analysis,
        Article,
        AttributedQuote,
        Attribution,
        Person,
        Quote,
        Span,
        Speaker,
        Stance,
    )

    article = Article("“No.” Hill said", file="note.txt", published="2026-02-04")
    quote = AttributedQuote(
        article,
        Quote((Span.of(article.text, 0, 5),), "direct"),
        Attribution(Span.of(article.text, 6, 10), Span.of(article.text, 11, 15), "…", 0.98),
        Speaker(Person("hugh-hill", "Hugh Hill", "person"), "person"),
        stances=(Stance("Operation Lantern", "oppose", "oppose", -0.91, 0.9, "attribution-stance-3"),),
    )
    (record,) = Analysis((article,), (quote,), ()).records()
    assert tuple(record) == RECORD_FIELDS == tuple(RECORD)
    assert {field: list(record[field]) for field in ("mention", "cue", "stance")} == {
        field: list(RECORD[field]) for field in ("mention", "cue", "stance")
    }


def test_jsonl_holds_one_record_a_line():
    assert [json.loads(line) for line in to_jsonl([RECORD, RECORD]).splitlines()] == [RECORD, RECORD]
    assert "“No.”" in to_jsonl([RECORD])


def test_csv_has_a_row_a_record_with_nested_fields_in_columns_of_their_own():
    (row,) = rows(to_csv([RECORD]))
    assert tuple(row) == CSV_COLUMNS
    assert (row["mention_text"], row["cue_start"], row["stance_label"]) == ("Hill", "11", "oppose")
    assert (row["stance_score"], row["outlet"], row["role"]) == ("-0.91", "", "mayor, and a doctor")
    assert json.loads(row["pieces"]) == RECORD["pieces"]
    assert json.loads(row["alternatives"]) == RECORD["alternatives"]


def test_what_a_record_lacks_is_empty_in_csv():
    (row,) = rows(to_csv([RECORD | {"mention": None, "cue": None, "stance": None, "speaker": None}]))
    assert [row[column] for column in ("mention_text", "cue_end", "stance_label", "speaker")] == [""] * 4


def test_no_records_give_a_header_and_an_empty_jsonl():
    assert to_csv([]).strip().split(",") == list(CSV_COLUMNS)
    assert to_jsonl([]) == ""


@pytest.mark.parametrize("text", ["=HYPERLINK(…)", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1"])
def test_a_spreadsheet_runs_no_cell_as_a_formula(text):
    record = RECORD | {"text": text, "mention": RECORD["mention"] | {"text": text}}
    (row,) = rows(to_csv([record]))
    assert row["text"] == row["mention_text"] == "'" + text


@given(st.text(alphabet=st.characters()))
def test_any_text_comes_back_from_both_and_fits_into_utf8(text):
    record = RECORD | {"text": text, "pieces": [{"start": 0, "end": len(text), "text": text}]}
    line = to_jsonl([record])
    assert len(line.splitlines()) == 1 and line.encode("utf-8")
    assert json.loads(line) == record
    (row,) = rows(to_csv([record]).encode("utf-8").decode("utf-8"))
    assert row["text"].removeprefix("'") == "".join(
        "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text
    ).removeprefix("'")
