"""The pages over 2,000 quotes of 200 articles: counts, filters, the table's pages, and what is made once."""

from __future__ import annotations

from collections import Counter

import pytest
from hand_made import shown
from large_analysis import PER_ARTICLE, TARGET, large_analysis
from streamlit.testing.v1 import AppTest

from attribution import charts
from attribution.pages import analyses
from attribution.pages.columns import Filters, columns
from attribution.pages.once import once
from attribution.pages.words import speaker_label, stance_label

SIZE = 2_000


@pytest.fixture(scope="module")
def found():
    return large_analysis(SIZE)


@pytest.fixture
def page(page):
    page.session_state["tour"] = False
    return page


def rows(page):
    """The words of the table's rows."""
    return list(page.dataframe[0].value["Quote"])


# --- what the sentences are ------------------------------------------------------------------------------


def test_the_large_analysis_is_sound_and_the_same_each_time(found):
    assert len(found.quotes) == SIZE and len(found.articles) == SIZE // PER_ARTICLE
    assert len({speaker_label(quote) for quote in found.quotes}) > 300
    assert 20 <= len({article.outlet for article in found.articles}) <= 200
    for quote in found.quotes:
        assert all(quote.article.text[p.start : p.end] == p.text for p in quote.quote.pieces)
        mention = quote.attribution.mention
        assert not mention or quote.article.text[mention.start : mention.end] == mention.text
    assert large_analysis.__wrapped__(SIZE).quotes[77] == found.quotes[77]


# --- counting and filtering ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_filters_by_columns_leave_what_passes_one_by_one(found, seed):
    labels = Counter(map(speaker_label, found.quotes)).most_common(20)
    every = [
        Filters(speakers=tuple(label for label, _ in labels[seed : seed + 3])),
        Filters(stances=("oppose", "unsure")),
        Filters(articles=tuple(article.id for article in found.articles[seed::9]), kinds=("direct",)),
        Filters(without=tuple(article.id for article in found.articles[:150]), sure=0.8),
        Filters(speakers=("Nobody of that name",)),
        Filters(speakers=(labels[0][0],), stances=("support",), kinds=("direct", "partial"), sure=0.5),
    ][seed]
    wanted = [
        quote
        for quote in found.quotes
        if (not every.speakers or speaker_label(quote) in every.speakers)
        and (not every.articles or quote.article.id in every.articles)
        and quote.article.id not in every.without
        and (not every.stances or stance_label(quote, TARGET) in every.stances)
        and (not every.kinds or quote.quote.kind in every.kinds)
        and quote.confidence >= every.sure
    ]
    passed = columns(found, TARGET).passing(every)
    assert list(passed) == wanted and len(wanted) < SIZE
    assert columns(found, TARGET).passing(every) is passed


def test_columns_go_with_their_analysis_and_are_those_of_one_target(found):
    from dataclasses import replace

    from attribution.pages import columns as module

    other = replace(found)
    assert columns(other, TARGET) is columns(other, TARGET)
    assert columns(other, TARGET).rated and not columns(other, "another").rated
    mine = {key for key in module._made if key[0] == id(other)}
    assert len(mine) == 2
    del other
    assert not mine & set(module._made)


def test_what_is_made_of_the_same_quotes_is_made_once(found):
    made = []

    def count(quotes, label):
        made.append(label)
        return len(quotes)

    passed = columns(found, TARGET).passing(Filters(stances=("oppose",)))
    assert once(count, passed, "a") == once(count, passed, "a") == len(passed)
    once(count, list(passed), "a")
    once(count, passed, "b")
    assert made == ["a", "a", "b"]


def test_a_filter_on_the_page_counts_right(page, found):
    page.query_params.update({"stance": "oppose", "sure": "sure"})
    page.run()
    wanted = [q for q in found.quotes if stance_label(q, TARGET) == "oppose" and q.confidence >= 0.8]
    assert f"{len(wanted):,} of 2,000 quotes (filtered)" in shown(page)
    assert page.metric[0].value == f"{len(wanted):,}"
    assert rows(page) == [quote.quote.text for quote in wanted[:200]]


# --- the table's pages -----------------------------------------------------------------------------------


def test_the_table_has_200_rows_a_page_and_tells_which(page, found):
    page.run()
    assert rows(page) == [quote.quote.text for quote in found.quotes[:200]]
    assert any(c.value == "Rows 1 to 200 of 2,000, in reading order" for c in page.caption)
    page.session_state["table_page"] = 10
    page.run()
    assert rows(page) == [quote.quote.text for quote in found.quotes[1800:]]


def test_the_page_of_the_selected_quote_opens_and_a_turned_page_stays(page, found):
    page.query_params["quote"] = found.quotes[777].id
    page.run()
    assert found.quotes[777].quote.text in shown(page)
    assert rows(page) == [quote.quote.text for quote in found.quotes[600:800]]
    page.session_state["table_page"] = 1
    page.run()
    assert rows(page)[0] == found.quotes[0].quote.text
    page.button(key="card_next").click().run()
    assert rows(page)[178] == found.quotes[778].quote.text


def test_a_filter_that_leaves_fewer_pages_shows_the_last_of_them(page, found):
    page.run()
    page.session_state["table_page"] = 10
    page.run()
    page.multiselect(key="stance").set_value(["unsure"]).run()
    left = [quote for quote in found.quotes if stance_label(quote, TARGET) == "unsure"]
    assert 200 < len(left) < 600
    assert rows(page) == [quote.quote.text for quote in left[len(left) // 200 * 200 :]]


def test_a_click_makes_no_picture_and_reads_nothing_again(page, found, monkeypatch):
    page.query_params["quote"] = found.quotes[0].id
    page.run()
    for made in ("attribution.charts.dots.add_dots", "attribution.charts.bars._stance_bars"):
        monkeypatch.setattr(made, None)
    monkeypatch.setattr(analyses._reader, "start", None)  # whoever starts a job now fails
    page.button(key="card_next").click().run()
    assert found.quotes[1].quote.text in shown(page)


# --- thousands of dots -----------------------------------------------------------------------------------


def test_thousands_of_dots_are_drawn_by_webgl_with_the_same_shapes_sides_and_ids(found):
    plain, fast = (charts.strip_chart(found.quotes, TARGET, webgl=webgl) for webgl in (False, True))
    assert {trace.type for trace in fast.data if trace.customdata is not None} == {"scattergl"}
    for slow_dots, dots in zip(plain.data, fast.data, strict=True):
        if slow_dots.customdata is None:
            continue
        assert [row[0] for row in dots.customdata] == [row[0] for row in slow_dots.customdata]
        assert list(dots.x) == list(slow_dots.x) and list(dots.y) == list(slow_dots.y)
        assert list(dots.marker.symbol) == list(slow_dots.marker.symbol)
        assert dots.marker.line.width == slow_dots.marker.line.width
        assert (dots.name == "Unsure") is (dots.marker.color == charts.LIGHT.surface)
    assert fast.layout.shapes == plain.layout.shapes


def test_a_row_of_hundreds_of_dots_keeps_its_height(found):
    crowd = [(float(place % 230), 7.0) for place in range(1_500)]
    offsets = charts.spread(crowd)
    assert max(offsets) - min(offsets) < 16 * 9
    assert len(set(offsets)) > 15  # the second layer does not lie on the first


def test_what_a_dot_of_thousands_tells_is_short(found):
    quote = max(found.quotes, key=lambda quote: quote.quote.words)
    assert len(charts.hover_text(quote, TARGET, brief=True)) < 260 < len(charts.hover_text(quote, TARGET))


@pytest.mark.parametrize("picture", ["balance", "outlets", "time", "share", "voices"])
def test_every_picture_stands_at_this_size(page, picture):
    page.query_params["picture"] = picture
    page.run()
    shown(page)
    assert page.session_state["picture"] == picture


@pytest.mark.parametrize("name", ["source.py", "compare_outlets.py", "check_quotes.py", "add_articles.py"])
def test_every_page_stands_at_this_size(page, name):
    page.run()
    page.switch_page(name).run()
    assert "<h1" in shown(page)


def test_a_browser_without_webgl_gets_shapes(monkeypatch):
    from attribution.pages import webgl

    monkeypatch.setattr(webgl, "MOST_DRAWN", 10)
    monkeypatch.setattr(webgl, "_probe", lambda **_: type("Found", (), {"missing": None})())
    page = AppTest.from_function(_asks)
    assert page.run().markdown[0].value == "False True"
    page.session_state["webgl_missing"] = True
    assert page.run().markdown[0].value == "False False"


def _asks():
    import streamlit as st

    from attribution.pages.webgl import wants_webgl

    st.markdown(f"{wants_webgl(10)} {wants_webgl(11)}")
