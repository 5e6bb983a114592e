"""*Who said what* without a browser: the choice of picture, what a click does, and the menu of files."""

from __future__ import annotations

import json

import pytest
import streamlit as st
from hand_made import home, shown

from attribution.export import View
from attribution.pages import downloads, pictures, view

TARGET = "Operation Lantern"


def charts_of(page):
    return [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]


def test_the_page_starts_with_the_dots_and_the_balance_and_a_bare_address(page):
    page.run()
    assert "Every quote by its speaker and stance" in shown(page)
    assert "How often each speaker was critical or supportive" in shown(page)
    assert len(charts_of(page)) == 2
    assert "picture" not in page.query_params


@pytest.mark.parametrize(
    ("picture", "title"),
    [
        ("balance", "How often each speaker was critical or supportive"),
        ("outlets", "Whom each outlet quotes, and where these quotes lean"),
        ("time", "When it was said"),
        ("share", "How many words each speaker is quoted with"),
        ("voices", "Whom only one outlet quotes, and whom it leaves out"),
    ],
)
def test_one_picture_at_a_time_and_its_word_in_the_address(page, picture, title):
    page.run()
    page.button_group(key="picture").set_value(picture).run()
    assert title in shown(page) and len(charts_of(page)) == 1
    assert page.query_params["picture"] in (picture, [picture])

    again = home()
    again.query_params["target"], again.query_params["picture"] = TARGET, picture
    again.run()
    assert charts_of(again) == charts_of(page)


def test_a_picture_that_there_is_not_gives_the_first(page):
    page.query_params["picture"] = "<script>"
    page.run()
    assert "Every quote by its speaker and stance" in shown(page)
    assert "picture" not in page.query_params


def test_without_an_operation_the_pictures_of_stances_are_not_offered(page):
    page.query_params.clear()
    page.query_params["picture"] = "time"
    page.run()
    assert "Quotes of each speaker" in shown(page)
    offered = page.button_group(key="picture").options
    assert offered == ["Quotes", "Outlets", "Share of voice", "New and missing"]
    for picture in ("outlets", "share", "voices"):
        page.button_group(key="picture").set_value(picture).run()
        assert len(charts_of(page)) == 1 and not page.exception


def test_the_time_line_says_how_many_articles_have_no_date(page):
    page.query_params["picture"] = "time"
    page.run()
    shown(page)
    assert any("Of 2 of 2 articles the date is not known" in caption.value for caption in page.caption)


@pytest.fixture
def session(monkeypatch):
    """The session's state by hand, for the callbacks that a click calls."""
    values = dict.fromkeys(("quote", "passage"))
    values |= {key: [] for key in ("speaker", "in")}
    monkeypatch.setattr(st, "session_state", values)
    return values


def test_a_click_on_a_bar_filters_by_its_speaker_and_the_same_again_takes_it_back(session):
    before = view.widget_key("bars")
    view.narrow("bars", "Ada Brook")
    assert session["speaker"] == ["Ada Brook"] and session["in"] == []
    assert view.widget_key("bars") != before and session["touched"]
    view.narrow("bars", "Ada Brook")
    assert session["speaker"] == []


def test_a_click_on_a_cell_filters_by_speaker_and_outlet(session):
    session["in"] = ["elsewhere"]
    view.narrow("outlets", "Ada Brook", ["a", "b"])
    assert (session["speaker"], session["in"]) == (["Ada Brook"], ["a", "b"])
    view.narrow("outlets", "Ada Brook", ["a", "b"])
    assert (session["speaker"], session["in"]) == ([], [])


# --- the menu of files ------------------------------------------------------------------------------


def test_the_menu_has_every_file_and_the_view_that_is_shown(page, monkeypatch):
    seen = []
    monkeypatch.setattr(downloads, "_files", lambda view: seen.append(view) or _FILES(view))
    page.query_params.update({"target": TARGET, "speaker": "Ada Brook"})
    page.run()
    shown(page)
    (view,) = seen
    assert [quote.name for quote in view.quotes] == ["Ada Brook"] * 2
    assert (view.total, view.target, view.filters) == (6, TARGET, ("speaker: Ada Brook",))
    labels = [button.proto.label for button in page.get("download_button")]
    reports = ["Report, one page (HTML)", "Report (PDF)", "Report (Word)"]
    assert labels == ["Picture (PNG)", "Picture (SVG)", *reports, "Excel", "CSV", "JSONL", "Parquet"]


_FILES = downloads._files


def test_every_file_is_made_of_the_view(lantern):
    view = View(lantern.quotes, lantern.articles, TARGET)
    made = {ending: make() for _, ending, _, make in downloads._files(view)}
    assert made["html"].startswith(b"<!DOCTYPE html>") and made["docx"][:2] == made["xlsx"][:2] == b"PK"
    assert made["csv"].startswith("\ufeffarticle,".encode()) and made["parquet"][:4] == b"PAR1"
    assert len(made["jsonl"].splitlines()) == len(lantern.quotes)


@pytest.mark.parametrize(
    ("target", "stem"),
    [
        (None, "quotes"),
        ("Operation Lantern", "quotes-operation-lantern"),
        ("../../x\0", "quotes-x"),
        ("?", "quotes"),
    ],
)
def test_the_files_have_names_that_every_system_takes(target, stem):
    assert downloads._stem(target) == stem


def test_every_picture_has_a_name_and_a_word(page):
    assert set(pictures.SIDES) <= set(pictures.PICTURES)
    assert next(iter(pictures.PICTURES)) in view._UNSAID
