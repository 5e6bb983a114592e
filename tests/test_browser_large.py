"""The page over thousands of quotes, in a browser: dots by WebGL can be clicked, and the table turned."""

from __future__ import annotations

import pytest
from bench_page import CARD, CARD_CHANGED, DOTS, LARGE, LOADED
from browser_view import settled
from conftest import serve
from large_analysis import TARGET, large_analysis

pytestmark = pytest.mark.browser

SIZE = 3_000  # enough for WebGL


@pytest.fixture(scope="module")
def address():
    """The address of the page over the large analysis, in place of the seeds'."""
    with serve(str(SIZE), script=LARGE) as address:
        yield address


@pytest.fixture
def page(open_page):
    page = open_page(f"?target={TARGET.replace(' ', '+')}")
    page.wait_for_function(LOADED)
    settled(page)
    return page


def test_a_dot_drawn_by_webgl_opens_its_own_quotes_card(page):
    by_id = {quote.id: quote for quote in large_analysis(SIZE).quotes}
    kinds = page.evaluate(
        "() => document.querySelector('.js-plotly-plot')._fullData.filter((trace) => trace.customdata)"
        ".map((trace) => trace.type)"
    )
    assert set(kinds) == {"scattergl"}
    dots = [dot for dot in page.evaluate(DOTS) if 420 < dot[2] < 700]
    # One that stands apart: of two that touch, the browser chooses the nearer.
    quote_id, x, y = max(
        dots, key=lambda dot: min(abs(dot[1] - o[1]) + abs(dot[2] - o[2]) for o in dots if o is not dot)
    )
    page.mouse.click(x, y)
    page.wait_for_function(CARD_CHANGED, arg=page.evaluate(CARD))
    assert by_id[quote_id].quote.text in page.evaluate(CARD)
    page.wait_for_url(f"**quote={quote_id}**")
    page.locator(".linked-ring").first.wait_for()


def test_the_tables_pages_turn_and_the_card_stays(page):
    page.get_by_role("button", name="Read the first quote").click()
    page.wait_for_function(CARD_CHANGED, arg="")
    before = page.evaluate(CARD)
    page.get_by_text("Rows 1 to 200 of 3,000").wait_for()
    page.locator(".st-key-table_page").get_by_role("button", name="Page 15").click()
    page.get_by_text("Rows 2,801 to 3,000 of 3,000").wait_for()
    settled(page)
    assert page.evaluate(CARD) == before
