"""The page *Check quotes* without a browser: what it asks for, shows, links to and says when it cannot."""

from __future__ import annotations

import re

import pytest
from hand_made import extract, forget, home, read_by, shown, start_with

from attribution.article import Article
from attribution.pages import library
from attribution.pages.article_view import Piece, cut

CHECK = "check_quotes.py"
RADIO, STATEMENT = "radio.txt", "statement.txt"
DRAFT = "“It is our home.”\n\n“We leave the port to nobody before May 5.”\n\n“Nobody ever said that.”"


@pytest.fixture
def page(monkeypatch):
    """*Check quotes* over two articles, one of which has what it says outside of quotation marks."""
    loaded = [
        Article("Ada Brook on air: “It is our home. We do not leave the port to them.”", file=RADIO),
        Article("We leave the port to nobody before May 6.", file=STATEMENT, outlet="The *Quay*"),
    ]
    extract.asked = []
    read_by(monkeypatch, extract)
    start_with(monkeypatch, loaded)
    page = home()
    page.run()  # before it, the page's name in the address is not known
    page.switch_page(CHECK).run()
    extract.asked.clear()
    yield page
    forget()


def check(page, draft):
    page.text_area(key="check_text").set_value(draft)
    page.button(key="check_now").click().run()
    return page


def verdicts(page):
    return re.findall(r'<span class="chip \w+">[✓✕] ([\w ]+)</span>', shown(page))


def links(page):
    return [link.proto.query_string for link in page.get("page_link")]


def test_the_page_starts_with_its_form_and_nothing_is_read(page):
    assert "Check quotes" in shown(page)
    assert page.multiselect(key="check_sources").options == [RADIO, "The *Quay*"]
    assert not extract.asked


def test_those_to_look_at_come_first_and_the_rest_a_click_away(page):
    check(page, DRAFT)
    assert "3 quotes, 2 to look at · 2 sources: radio.txt, The *Quay*" in shown(page)
    assert verdicts(page) == ["Altered", "Not found"]
    pills = page.button_group(key="check_show")
    assert pills.options[:3] == ["To look at: 2", "All: 3", "✓ Verbatim: 1"]
    pills.set_value("verbatim").run()
    assert verdicts(page) == ["Verbatim"]
    page.button_group(key="check_show").set_value("all").run()
    assert verdicts(page) == ["Verbatim", "Altered", "Not found"]


def test_a_card_has_both_wordings_what_differs_and_the_place_in_the_source(page):
    check(page, DRAFT)
    text = shown(page)
    assert '<mark class="grave" title="number changed">5</mark>' in text
    assert "In The *Quay*" in text and '<mark class="found">We leave the port to nobody' in text
    assert "What differs (draft for source)" in text
    assert any("passage=0-41" in link and "article=" in link for link in links(page))


def test_a_click_checks_nothing_again_and_the_same_draft_neither(page):
    check(page, DRAFT)
    read = list(extract.asked)
    assert read[0] == ["the pasted draft"]
    page.button(key="in_draft:1").click().run()
    assert 'class="card checked chosen"' in shown(page)
    page.button(key="check_another").click().run()
    page.button(key="check_now").click().run()
    assert extract.asked == read
    assert verdicts(page) == ["Altered", "Not found"]


def test_only_the_sources_chosen_are_asked(page):
    loaded = library.given()
    page.multiselect(key="check_sources").set_value([loaded[0].id])
    check(page, "“We leave the port to nobody before May 6.”")
    assert "1 source: radio.txt" in shown(page)
    assert verdicts(page) == ["Not found"]


def test_a_loaded_article_can_be_the_draft_and_is_no_source_of_itself(page):
    page.radio(key="check_from").set_value("article").run()
    page.button(key="check_now").click().run()
    assert "The quotes of radio.txt" in shown(page)
    assert "1 source: The *Quay*" in shown(page)


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        ("  ", "There is no draft yet. Paste it"),
        (
            "Nobody is quoted.",
            "the pasted draft: no quotes in it. Put the words to be checked in quotation marks.",
        ),
    ],
)
def test_what_cannot_be_checked_is_one_clear_line_under_the_form(page, draft, line):
    check(page, draft)
    assert line in shown(page)
    assert "article class" not in shown(page)
    check(page, DRAFT)
    assert line not in shown(page)


def test_a_draft_that_is_its_only_source_is_told(page):
    loaded = library.given()
    page.radio(key="check_from").set_value("article").run()
    page.multiselect(key="check_sources").set_value([loaded[0].id])
    page.button(key="check_now").click().run()
    assert "radio.txt: the only source is the draft itself." in shown(page)


def test_a_draft_that_is_code_is_shown_as_text(page):
    check(page, "“<script>alert(1)</script> <img src=x onerror=alert(2)> **no** [link](http://x.org) home.”")
    text = shown(page)
    assert "&lt;script&gt;alert(1)" in text and "&lt;img src=x" in text
    assert "<script>" not in text and "<img" not in text
    assert not any("alert" in block.value or "link" in block.value for block in page.markdown)


def test_more_quotes_than_fit_come_in_steps(page):
    check(page, "\n\n".join(f"“Word number {i} of them was never said.”" for i in range(60)))
    assert len(verdicts(page)) == 25
    page.button(key="check_more").click().run()
    assert len(verdicts(page)) == 50
    page.button(key="check_more").click().run()
    assert len(verdicts(page)) == 60


def test_the_source_page_marks_the_passage_of_the_link(page):
    article = library.given()[1]
    page.switch_page("source.py")
    page.query_params.update({"article": article.id, "passage": "0-40"})
    page.run()
    assert "passage of the checked quote" in shown(page)
    for broken in ("40-0", "0-9999", "a-b", "7", "-", "9" * 40 + "-" + "9" * 41):
        page.query_params["passage"] = broken
        page.run()
        shown(page)


def test_a_passage_is_cut_out_of_the_text_and_its_quotes():
    parts = cut("Hill: “No. Never.” End", [Piece(6, 18, "q", "fail", "✕ Altered")], (11, 22))
    assert "".join(part["text"] for part in parts) == "Hill: “No. Never.” End"
    assert [(part["text"], part.get("quote")) for part in parts if part.get("found")] == [
        ("Never.”", "q"),
        (" End", None),
    ]
