"""Quotes of another language on the pages, in files and in the terminal: not read, and never guessed."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from hand_made import set_up, shown

from attribution.analysis import Analysis
from attribution.article import Article
from attribution.export import View, to_csv, to_html
from attribution.export.leaves import quote_leaves
from attribution.export.view import doubts, told_stance
from attribution.pages.cite import attributed
from attribution.people import Speaker
from attribution.speakers import Attribution
from attribution.stance import Stance
from attribution.terminal import print_records

TARGET = "Operation Lantern"
NOTE = "This article is in German: its quotes are found, but who says them is not read."


@pytest.fixture
def found(lantern):
    """`lantern`, its first article's four quotes not read."""
    first = lantern.articles[0]
    german = replace(first, language="de", read_as="de", outlet="Hafenblatt")
    unasked = (Stance(TARGET, "unsure", "neutral", 0.0, 0.0, "by-hand", ("It was not asked.",)),)
    quotes = tuple(
        replace(
            quote,
            article=german,
            attribution=Attribution(None, None, NOTE, 0.0),
            speaker=Speaker(None, "unnamed", None),
            alternatives=(),
            stances=unasked,
            unread=True,
        )
        if quote.article is first
        else quote
        for quote in lantern.quotes
    )
    return Analysis((german, lantern.articles[1]), quotes, lantern.people, notes=((german.id, NOTE),))


def test_the_card_says_not_read_and_offers_no_reason(page, found):
    page.query_params["quote"] = found.quotes[0].id
    page.run()
    card = next(block for block in shown(page).split("\n") if "<article" in block)
    assert "Not read (German)" in card and "It was not asked." in card and NOTE in card
    assert "readings agree" not in card and "unnamed" not in card and "doubtful" not in card
    assert all(button.key != "card_why" for button in page.button)
    page.query_params["quote"] = found.quotes[4].id
    page.session_state["quote"] = found.quotes[4].id
    page.run()
    assert any(button.key == "card_why" for button in page.button)


def test_captions_and_table_count_them_and_the_note_is_told(page):
    page.run()
    assert f"Hafenblatt: {NOTE}" in shown(page)
    captions = " ".join(caption.value for caption in page.caption)
    assert "Unsure: 4 of 6 quotes" in captions and "not read 4" in captions
    assert "Not read: 4 quotes in German, counted among these." in captions
    table = page.dataframe[0].value
    assert list(table["Speaker"][:4]) == ["Not read (German)"] * 4
    assert list(table["Stance"][:4]) == ["Not read"] * 4 and table["Score"][:4].isna().all()
    assert list(table["Certainty"][:4]) == ["not read"] * 4


def test_many_notes_wait_behind_a_click(page, found, monkeypatch):
    more = [Article(f"Text {number}.", file=f"{number}.txt") for number in range(4)]
    many = replace(
        found,
        articles=(*found.articles, *more),
        notes=tuple((article.id, f"Note {article.file}") for article in more),
    )
    set_up(monkeypatch, many)
    page.run()
    assert [fold.label for fold in page.expander if "Notes" in fold.label] == ["Notes on 4 articles"]
    assert "3.txt: Note 3.txt" in shown(page)


def test_files_say_it_too(found):
    view = View(found.quotes, found.articles, TARGET)
    quote = found.quotes[0]
    assert told_stance(quote, quote.stances[0]) == "Not read"
    assert doubts(quote, TARGET)[0] == "Speaker not read: the article is in German"
    assert "Not read: 4 quotes in German, counted as unsure and unattributed." in view.small_print()
    assert "speaker not read, article in German" in attributed(quote)
    report = to_html(view)
    assert report.count("<b>Not read (German)</b>") == 4
    words = " ".join(word for leaf in quote_leaves(view, "x", view.quotes) for word in leaf.words())
    assert "Not read (German)" in words and "Unsure, leaning neutral" not in words
    row = to_csv(list(quote.records())).splitlines()[1]
    assert ",unnamed," in row and "who says them is not read" in row


def test_the_terminal_says_it_too(found, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "reconfigure", lambda **_: None, raising=False)
    monkeypatch.setenv("COLUMNS", "140")
    print_records(found.records())
    lines = capsys.readouterr().out.splitlines()
    assert sum("(not read)" in line and line.count("not read") == 2 for line in lines) == 4
    assert not any("unsure" in line for line in lines)
