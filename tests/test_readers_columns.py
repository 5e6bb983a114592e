"""Naming the columns of a table on the command line: `attribution extract rows.csv --column text=Story`."""

from __future__ import annotations

import json
import sys

import pytest
from readers_samples import csv_of, parquet_of

from attribution import cli

ROWS = [
    {"Nr": 1, "Abstract": "Short.", "Story": "“No,” said Ann Hill.", "Day": "2026-02-04", "Paper": "Post"}
]
TABLES = {
    "rows.csv": csv_of(ROWS),
    "rows.jsonl": json.dumps(ROWS[0]).encode(),
    "rows.parquet": parquet_of(ROWS),
}


def run(capfd, *arguments: str) -> tuple[int, str, str]:
    """The command's exit code, and what it prints."""
    with pytest.raises(SystemExit) as end:
        cli.main(list(arguments))
    out, err = capfd.readouterr()
    return end.value.code or 0, out, err


@pytest.mark.model
@pytest.mark.parametrize("name", TABLES)
def test_the_columns_that_a_person_names_are_read(capfd, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(TABLES[name])
    columns = ("--column", "published=Day", "--column", "outlet = Paper", "--column", "text=Story")
    code, out, err = run(capfd, "extract", str(path), *columns, "--format", "jsonl")
    (record,) = map(json.loads, out.splitlines())
    assert code == 0
    assert (record["text"], record["published"], record["outlet"]) == ("No,", "2026-02-04", "Post")
    told = "Read text from “Story”, published from “Day”, outlet from “Paper”; not “Nr”, “Abstract”."
    assert told in " ".join(err.split())


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("Story", "--column: “Story” is no FIELD=NAME. Write text=Story; fields: text, title, author"),
        ("body=Story", "--column: “body=Story” is no FIELD=NAME."),
        ("text=", "--column: “text=” is no FIELD=NAME."),
        ("text=Tale", "rows.csv: has no column “Tale”. It has “Nr”, “Abstract”, “Story”"),
    ],
)
def test_a_column_that_cannot_be_is_one_line(capfd, tmp_path, given, line):
    path = tmp_path / "rows.csv"
    path.write_bytes(TABLES["rows.csv"])
    code, out, err = run(capfd, "extract", str(path), "--column", given)
    assert (code, out) == (1 if "Tale" in given else code, "") and code
    assert line in " ".join(err.split())


def test_a_field_named_twice_is_told(capfd):
    code, _, err = run(capfd, "extract", "x.csv", "--column", "text=a", "--column", "text=b")
    assert code and "--column: names “text” twice. Name one column for it." in err


def test_without_a_name_a_table_that_cannot_be_guessed_is_refused_with_its_columns(capfd, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(csv_of([{"a": "No.", "b": "Yes."}]))
    code, _, err = run(capfd, "extract", str(path))
    assert code == 1
    assert "has no column with a text. It has “a”, “b”: call one “text”, or name it." in " ".join(err.split())


@pytest.fixture(autouse=True)
def no_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
