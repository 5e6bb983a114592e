"""New and missing voices on the page, first steps, what is copied, and the words that explain every label."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st
from hand_made import forget, home, set_up, shown

from attribution.pages import view
from attribution.pages.card import agreement
from attribution.pages.cite import attributed, citation, time_of, web_address, where
from attribution.pages.linked import bar_of
from attribution.pages.voices import findings
from attribution.stance.doubt import CLOSE, DISAGREEING, UNTOUCHED

TARGET = "Operation Lantern"


@pytest.fixture
def page(lantern, monkeypatch):
    """The page over `lantern`."""
    set_up(monkeypatch, lantern)
    yield home()
    forget()


# --- voices -----------------------------------------------------------------------------------------


def test_the_table_names_whom_an_outlet_leaves_out_who_is_new_and_who_is_only_there(said):
    def outlet(name, published, *speakers):
        text = " ".join(f"“{name} word {number}.”" for number in range(len(speakers)))
        return [
            said(name, f"“{name} word {number}.”", text=text, by=by, published=published)
            for number, by in enumerate(speakers)
        ]

    quotes = [
        *outlet("A", "2026-02-01", *["Ann"] * 5),
        *outlet("B", "2026-02-02", *["Ann"] * 5, "Bo"),
        *outlet("C", None, *["Cy"] * 5),
    ]
    rows = [(row["Voice"], row["Outlet"], row["Finding"]) for row in findings(quotes, quotes)]
    assert rows == [
        ("Ann", "C", "Left out here; more than half of the 2 other outlets quote them"),
        ("Bo", "B", "New on 2 February 2026"),
        ("Bo", "B", "Only here"),
        ("Cy", "C", "Only here"),
    ]
    only_c = findings(quotes[-5:], quotes)
    assert {row["Outlet"] for row in only_c} == {"C"}


def test_the_page_says_what_cannot_be_told_of_two_small_articles_without_a_date(page):
    page.query_params.update({"target": TARGET, "picture": "voices"})
    page.run()
    assert "Whom only one outlet quotes, and whom it leaves out" in shown(page)
    told = " ".join(caption.value for caption in page.caption)
    assert "too few to tell whom they leave out: Harbour Post, Quay & Co" in told
    assert "“Left out” needs three outlets" in told
    assert "No article has a date" in told
    assert "Unsure: 1 of 6 quotes" in told and "Unattributed: 2" in told


@pytest.mark.parametrize("picture", ["dots", "balance", "outlets", "time", "share", "voices"])
def test_every_picture_tells_the_unsure_and_the_unattributed_quotes(page, picture):
    page.query_params.update({"target": TARGET, "picture": picture})
    page.run()
    told = " ".join(caption.value for caption in page.caption)
    assert "Unsure: 1 of 6 quotes" in told and "Unattributed: 2" in told


def test_a_click_on_an_outlet_filters_by_its_articles_only(monkeypatch):
    session = {"quote": None, "passage": None, "speaker": [], "in": []}
    monkeypatch.setattr(st, "session_state", session)
    view.narrow("voices", None, ["a", "b"])
    assert (session["speaker"], session["in"]) == ([], ["a", "b"])
    view.narrow("voices", None, ["a", "b"])
    assert session["in"] == []


def test_the_selected_quote_is_ringed_in_the_bar_and_the_cell_that_count_it(lantern):
    first, *_, last = lantern.quotes  # both of Ada Brook, in two articles
    assert bar_of("balance", last, lantern.quotes, lantern.quotes) == first.id
    assert bar_of("outlets", last, lantern.quotes, lantern.quotes) == last.id
    assert bar_of("voices", last, lantern.quotes, lantern.quotes) == lantern.quotes[4].id


# --- the card -----------------------------------------------------------------------------------------


def test_what_is_copied_has_the_words_the_speaker_and_the_source(lantern):
    article = replace(
        lantern.articles[0],
        title="A  long\nnight",
        author="Jo Falk",
        published="2026-02-04",
        url="https://post.example/night",
    )
    quote = replace(lantern.quotes[0], article=article)
    assert attributed(quote) == (
        "“Lantern keeps the port safe.” – Ada Brook, harbour chief (Harbour Post, 2026-02-04)"
    )
    start, end = quote.quote.start, quote.quote.end
    assert citation(quote) == (
        "Harbour Post, “A long night”, by Jo Falk, 2026-02-04, https://post.example/night, "
        f"characters {start} to {end}"
    )
    assert article.text[start:end] == "“Lantern keeps the port safe.”"


def test_what_the_article_does_not_say_is_said_to_be_missing(lantern):
    docker, nobody = lantern.quotes[2], lantern.quotes[3]
    assert attributed(docker).endswith("– a docker, not named (Harbour Post, no date)")
    assert attributed(nobody).endswith("– speaker not named (Harbour Post, no date)")
    assert ", no date, file first.txt, characters " in citation(nobody)


def test_a_place_has_its_page_or_the_time_of_the_recording(lantern):
    paged = replace(lantern.articles[0], text="One.\fTwo “yes.”")
    assert where(paged, 9, 15) == "page 2, characters 9 to 15"
    assert time_of("[00:01:02] HILL: No.\n\n[00:03:04] BROOK: Yes.", 40) == "00:03:04"
    assert time_of("In [3] he said no.", 10) is None


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//x.org", "https://x.org/\" onclick='x", "ftp://x", ""],
)
def test_only_addresses_of_the_web_are_ever_links(lantern, url):
    assert web_address(replace(lantern.articles[0], url=url)) is None


def test_the_source_links_its_original_and_hides_nothing_of_where_it_leads(page, lantern, monkeypatch):
    named = replace(lantern.articles[0], url="https://post.example/a?b=1&c=2", author="<i>Jo</i>")
    quotes = tuple(replace(q, article=named) for q in lantern.quotes if q.article is lantern.articles[0])
    set_up(monkeypatch, replace(lantern, articles=(named,), quotes=quotes))
    page.query_params["target"] = TARGET
    page.switch_page("source.py").run()
    html = shown(page)
    assert (
        '<a href="https://post.example/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">'
        "https://post.example/a?b=1&amp;c=2</a>"
    ) in html
    assert "by &lt;i&gt;Jo&lt;/i&gt; · no date · 4 quotes" in html


def test_agreement_is_told_in_plain_words(lantern):
    stance = lantern.quotes[0].stances[0]
    assert agreement(stance) == "The readings agree: no other stance comes near."
    for doubt, word in ((DISAGREEING, "answers otherwise"), (CLOSE, "level"), (UNTOUCHED, "do not name")):
        assert word in agreement(replace(stance, doubts=(doubt,)))


def test_the_card_shows_the_other_outlets_wordings(page, lantern, said, monkeypatch):
    whole = said("Post", "“We will never leave this harbour to the raids,”")
    cut = said("Echo", "“We will never leave this harbour,”")
    set_up(monkeypatch, replace(lantern, articles=(whole.article, cut.article), quotes=(whole, cut)))
    page.query_params["quote"] = cut.id
    page.run()
    html = shown(page)
    assert "In 1 other wording" in html and "<b>Post</b>" in html
    assert 'class="relation trimmed">Trimmed' in html and 'class="relation fullest">Fullest wording' in html


# --- first steps and help ----------------------------------------------------------------------------


def test_the_first_steps_are_there_once_and_again_when_asked_for(page):
    page.run()
    assert "Check it in its source" in shown(page) and page.button(key="tour_again").disabled
    page.button(key="tour_done").click().run()
    assert "Check it in its source" not in shown(page)
    page.button(key="tour_again").click().run()
    assert "Check it in its source" in shown(page)
    assert "tour" not in page.query_params


def test_a_link_to_a_view_is_not_covered_by_the_first_steps(page):
    page.query_params["target"] = TARGET
    page.run()
    assert "Check it in its source" not in shown(page)


# What such a field is for stands beside it in words of its own.
PLAIN = {"Picture", "Show", "The draft is", "Draft text", "Draft article", "Draft file"}


@pytest.mark.parametrize("where", [None, "source.py", "compare_outlets.py", "check_quotes.py"])
def test_every_label_has_its_help(page, lantern, where):
    page.query_params.update({"target": [TARGET, "Operation Quay"], "quote": lantern.quotes[0].id})
    if where:
        page.switch_page(where)
    page.run()
    shown(page)
    kinds = ("multiselect", "selectbox", "text_input", "metric", "button_group")
    bare = [
        widget.proto.label
        for kind in kinds
        for widget in page.get(kind)
        if not widget.proto.help and widget.proto.label not in PLAIN
    ]
    assert not bare


@pytest.mark.parametrize("where", [None, "source.py", "compare_outlets.py"])
def test_without_an_article_every_page_has_its_name_and_says_what_to_do(page, lantern, monkeypatch, where):
    set_up(monkeypatch, replace(lantern, articles=(), quotes=()))
    if where:
        page.switch_page(where)
    page.run()
    html = shown(page)
    assert '<h1 class="view">' in html and "No article is loaded" in html
    assert "Add articles" in html
