"""*Briefing* without a browser: what is chosen, its code in the address, and the sheet on the page."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas
import pytest
import streamlit as st
from hand_made import shown
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image
from pypdf import PdfReader

from attribution.export import View
from attribution.export.pictures import PICTURES, make_picture, offered_pictures, picture_title
from attribution.export.sheet import FORMATS, Briefing, draw_sheet
from attribution.pages import briefing_choice, briefing_quotes, downloads
from attribution.pages.briefing_choice import Choice, chosen, decode, encode

TARGET = "Operation Lantern"
PAGE = "briefing.py"

ids = some.text(alphabet="0123456789abcdef", min_size=12, max_size=12)
choices = some.builds(
    Choice,
    quotes=some.lists(ids, max_size=30, unique=True).map(tuple),
    pictures=some.lists(some.sampled_from([*PICTURES]), unique=True).map(
        lambda names: tuple(name for name in PICTURES if name in names)
    ),
    title=some.text(
        alphabet=some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=160
    ),
    note=some.text(alphabet=some.characters(exclude_categories=["Cs"]), max_size=300),
    format=some.sampled_from([*FORMATS]),
)


# --- the code ---------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(choices)
def test_every_choice_comes_back_from_its_code(choice):
    code = encode(choice)
    assert decode(code) == choice
    assert code.isascii() and not set(code) - set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


def test_a_code_is_short():
    quotes = tuple(f"{number:012x}" for number in range(40))
    title, note = "The harbour in the spring papers", "Read the third quote first. " * 20
    assert len(encode(Choice(quotes=quotes[:5]))) < 50
    assert len(encode(Choice(quotes, tuple(PICTURES), title, note, "a4"))) < 500


@settings(max_examples=150, deadline=None)
@given(some.text(max_size=60))
def test_any_text_is_a_choice_or_a_damaged_code(text):
    try:
        assert isinstance(decode(text), Choice)
    except ValueError as error:
        assert "damaged" in str(error)


def test_one_letter_wrong_is_noticed():
    code = encode(Choice(quotes=("0123456789ab",), title="Harbour"))
    for at in range(len(code) - 1):
        wrong = code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :]
        with pytest.raises(ValueError, match="damaged"):
            decode(wrong)


def test_a_code_cannot_blow_up():
    import zlib

    body = bytes([0, 1, 0, 0]) + zlib.compress(b"x" * 50_000_000, 9)
    code = briefing_choice.base64.urlsafe_b64encode(body + briefing_choice._checked(body)).decode()
    with pytest.raises(ValueError, match="damaged"):
        decode(code)  # more letters than any code has
    body = bytes([0, 1, 0, 0]) + zlib.compress(b"x" * 1_000_000, 9)
    code = briefing_choice.base64.urlsafe_b64encode(body + briefing_choice._checked(body)).decode()
    assert len(decode(code).title) <= 20_000


# --- the page ---------------------------------------------------------------------------------------


def opened(page, choice=None, **more):
    if choice is not None:
        page.query_params["briefing"] = encode(choice)
    page.query_params.update(more)
    page.switch_page(PAGE).run()
    assert not page.exception, page.exception
    return page


def sheet(page):
    """The SVG on the page."""
    found = [
        json.loads(block.proto.json)
        for block in page.get("bidi_component")
        if "svg" in (block.proto.json or "")
    ]
    assert len(found) == 1
    return found[0]


def code(page):
    value = page.query_params.get("briefing")
    return decode(value[0] if isinstance(value, list) else value) if value else Choice()


def test_the_sheet_starts_with_the_dots_and_says_how_to_choose(page):
    opened(page)
    assert "Every quote by its speaker and stance" in sheet(page)["svg"]
    assert "briefing" not in page.query_params
    assert any("None yet" in caption.value for caption in page.caption)


def test_the_address_reopens_the_briefing(page, lantern):
    wanted = Choice(
        (lantern.quotes[4].id, lantern.quotes[0].id), ("balance", "share"), "Harbour", "Read it.", "square"
    )
    opened(page, wanted)
    assert code(page) == wanted
    assert page.text_input(key="briefing_title").value == "Harbour"
    assert page.text_area(key="briefing_note").value == "Read it."
    assert page.button_group(key="briefing_pictures").value == ["balance", "share"]
    drawn = sheet(page)
    assert (drawn["width"], drawn["height"], drawn["alone"]) == (1080, 1080, False)
    assert drawn["svg"].index("Five raids took place.") < drawn["svg"].index("Lantern keeps the port safe.")
    assert "Harbour" in drawn["svg"] and "Read it." in drawn["svg"] and "words quoted" in drawn["svg"]


def test_every_field_goes_into_the_address_and_onto_the_sheet(page):
    opened(page)
    page.text_input(key="briefing_title").set_value("A title <b>").run()
    page.text_area(key="briefing_note").set_value("A note & more").run()
    page.button_group(key="briefing_pictures").set_value(["outlets", "dots"]).run()
    page.button_group(key="briefing_format").set_value("a4").run()
    assert not page.exception
    assert code(page) == Choice((), ("dots", "outlets"), "A title <b>", "A note & more", "a4")
    drawn = sheet(page)
    assert (drawn["width"], drawn["height"]) == (794, 1123)
    assert "A title &lt;b&gt;" in drawn["svg"] and "A note &amp; more" in drawn["svg"]


def test_the_card_puts_a_quote_into_the_briefing_and_takes_it_out(page, lantern):
    page.query_params["quote"] = lantern.quotes[1].id
    page.run()
    page.button(key="card_briefing").click().run()
    assert code(page).quotes == (lantern.quotes[1].id,)
    assert page.button(key="card_briefing").label == "Take out of the briefing"
    page.switch_page(PAGE).run()
    assert "It must end, At once." in sheet(page)["svg"]
    page.switch_page("who_said_what.py").run()
    page.button(key="card_briefing").click().run()
    assert code(page) == Choice() and "briefing" not in page.query_params


def test_chosen_quotes_can_be_moved_and_taken_out(page, lantern):
    first, second, third = (lantern.quotes[at].id for at in (0, 1, 4))
    opened(page, Choice((first, second, third)))
    assert page.button(key=f"briefing_up_{first}").disabled
    page.button(key=f"briefing_up_{third}").click().run()
    assert code(page).quotes == (first, third, second)
    page.button(key=f"briefing_out_{first}").click().run()
    assert code(page).quotes == (third, second)


def test_a_quote_that_is_gone_is_told_kept_in_the_address_and_can_be_forgotten(page, lantern):
    opened(page, Choice(("feedfacef00d", lantern.quotes[0].id)))
    assert "1 quote of this briefing is not in the articles loaded here" in shown(page)
    assert "feedfacef00d" in code(page).quotes and "Lantern keeps the port safe." in sheet(page)["svg"]
    page.button(key="briefing_forget").click().run()
    assert code(page).quotes == (lantern.quotes[0].id,)
    assert "not in the articles loaded here" not in shown(page)


def test_a_damaged_code_is_told_and_the_page_starts_anew(page):
    page.query_params["briefing"] = "<script>alert(1)</script>"
    opened(page)
    assert "cannot be read" in shown(page) and "<script>alert(1)" not in shown(page)
    assert sheet(page)["svg"].startswith("<svg")


def test_the_pictures_follow_the_filters_and_chosen_quotes_stay(page, lantern):
    opened(page, Choice((lantern.quotes[4].id,), ("balance",)), speaker="Ada Brook")
    drawn = sheet(page)["svg"]
    assert "Quotes: 2 of 6 (filtered)." in drawn and "Five raids took place." in drawn
    assert any("1 would not pass the filters" in caption.value for caption in page.caption)


def test_without_an_operation_the_pictures_of_stances_wait(page):
    page.query_params["target"] = ""
    opened(page, Choice((), ("balance", "outlets")))
    names = ["Quotes", "Outlets", "Share of voice", "New and missing"]
    assert page.button_group(key="briefing_pictures").options == names
    page.text_input(key="briefing_title").set_value("Harbour").run()
    assert code(page).pictures == ("balance", "outlets")


def test_alone_there_is_the_sheet_and_the_way_back(page):
    opened(page, Choice(), alone="1")
    assert sheet(page)["alone"] is True
    assert not page.dataframe and all(field.key != "briefing_title" for field in page.text_input)
    next(button for button in page.button if button.label == "Back to the page").click().run()
    assert "alone" not in page.query_params and sheet(page)["alone"] is False


def test_the_headings_of_the_files_are_those_of_the_page(page, lantern):
    view = View(lantern.quotes, lantern.articles, TARGET)
    page.run()
    for name in ("balance", "outlets", "time", "share", "voices", "dots"):
        page.button_group(key="picture").set_value(name).run()
        assert picture_title(name, view) in shown(page)


# --- the list ---------------------------------------------------------------------------------------


@pytest.fixture
def session(monkeypatch):
    """The session's state by hand, for the callbacks that a click calls."""
    values = {"briefing": None}
    monkeypatch.setattr(st, "session_state", values)
    return values


def test_check_marks_choose_in_order_and_keep_what_the_list_does_not_have(session):
    choice = Choice(quotes=("cccccccccccc", "eeeeeeeeeeee", "aaaaaaaaaaaa"))
    listed = ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc", "dddddddddddd"]
    session["list"] = SimpleNamespace(selection=SimpleNamespace(rows=[1, 2, 3]))
    briefing_quotes._checked("list", listed, choice)
    assert chosen().quotes == ("cccccccccccc", "eeeeeeeeeeee", "bbbbbbbbbbbb", "dddddddddddd")
    assert session["touched"]


def test_the_list_is_new_only_where_its_marks_changed_elsewhere(session):
    listed = ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]
    first = briefing_quotes._list_key(listed, Choice())
    assert briefing_quotes._list_key(listed, Choice()) == first
    session[first] = SimpleNamespace(selection=SimpleNamespace(rows=[1]))
    briefing_quotes._checked(first, listed, Choice())
    assert briefing_quotes._list_key(listed, chosen()) == first
    briefing_choice.toggle("aaaaaaaaaaaa")
    assert briefing_quotes._list_key(listed, chosen()) != first


# --- the files --------------------------------------------------------------------------------------


def test_every_file_of_a_briefing_is_made_of_what_was_chosen(lantern):
    view = View(lantern.quotes, lantern.articles, TARGET, every=lantern.quotes)
    briefing = Briefing(view, lantern.quotes[1:3], ("dots",), "Harbour")
    made = {ending: make() for _, ending, _, make in downloads._sheet_files(briefing)}
    starts = {"png": b"\x89PNG", "svg": b"<svg ", "html": b"<!DOC", "pdf": b"%PDF-", "docx": b"PK"}
    assert all(made[ending].startswith(start) for ending, start in starts.items())
    assert len(made["jsonl"].splitlines()) == 2 and made["csv"].count(b"\n") >= 3
    assert b"@font-face" in made["svg"] and b"Harbour" in made["svg"]


def test_the_files_of_each_picture_and_of_its_quotes_are_read_back(lantern):
    view = View(lantern.quotes, lantern.articles, TARGET, every=lantern.quotes)
    said = [quote.quote.text for quote in lantern.quotes]
    for name in offered_pictures(view):
        made = {ending: make() for _, ending, _, make in downloads._files(replace(view, picture=name))}
        svg = ElementTree.fromstring(made["svg"])
        words = " ".join("".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text"))
        assert picture_title(name, view) in words and "Target: Operation Lantern." in words
        picture = Image.open(io.BytesIO(made["png"]))
        assert picture.size == (2 * int(svg.get("width")), 2 * int(svg.get("height")))
        read = PdfReader(io.BytesIO(made["pdf"]))
        assert (read.metadata.title, read.trailer["/Root"]["/Lang"]) == (view.title, "en")
        assert picture_title(name, view) in " ".join(read.pages[0].extract_text().split())
    assert list(pandas.read_parquet(io.BytesIO(made["parquet"]))["text"]) == said


def test_only_the_address_of_a_briefing_holds_its_code(session, monkeypatch):
    session.update({"target": [TARGET], "abouts": {}, "aliases": {}, "briefing": "ABC", "alone": "1"})
    monkeypatch.setattr(st, "context", SimpleNamespace(url="http://127.0.0.1:1/briefing"))
    address = "http://127.0.0.1:1/briefing?target=Operation+Lantern"
    assert downloads._address(of_briefing=True) == f"{address}&briefing=ABC"
    assert downloads._address(of_briefing=False) == address


# --- a title or a note more -------------------------------------------------------------------------


def test_another_title_draws_no_figure_anew(lantern, monkeypatch):
    view = View(lantern.quotes, lantern.articles, TARGET, every=lantern.quotes)
    titles = ("Harbour", "The harbour in spring")
    draw_sheet(Briefing(view, lantern.quotes[:2], ("dots", "share"), titles[0]))
    monkeypatch.setattr("attribution.export.pictures._MAKERS", {})  # to make one would fail
    drawn = draw_sheet(Briefing(replace(view), lantern.quotes[:2], ("dots", "share"), titles[1]))
    assert titles[1] in drawn.words() and "Every quote by its speaker and stance" in drawn.words()


def test_other_quotes_are_another_picture(lantern):
    some = replace(lantern, quotes=lantern.quotes[:2])
    views = [View(found.quotes, found.articles, TARGET, every=found.quotes) for found in (lantern, some)]
    made = [make_picture("share", view) for view in views]
    assert made[0] is not made[1] and made[0].names != made[1].names
    assert make_picture("share", replace(views[1], filters=("kind: direct",))) is made[1]
