"""The pages in a real browser while the articles are still read: nobody is disturbed, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SLOW = Path(__file__).parent / "slow_page.py"
QUOTES = "() => document.querySelector('.st-key-figures [data-testid=stMetricValue]')?.innerText"


@pytest.fixture(scope="module")
def address(serving):
    """The page over articles that are read slowly."""
    with serving(script=SLOW) as address:
        yield address


def test_more_is_drawn_by_itself_but_never_under_an_open_list_and_a_chosen_page_stays(open_page):
    page = open_page()
    page.locator(".st-key-figures").get_by_test_id("stMetricValue").first.wait_for()
    first = page.evaluate(QUOTES)
    page.wait_for_function(f"before => ({QUOTES})() !== before", arg=first)

    page.wait_for_timeout(500)
    field = page.locator(".st-key-sure input")
    field.click()
    page.get_by_role("listbox").wait_for()
    before, told = page.evaluate(QUOTES), page.locator(".st-key-status").inner_text()
    page.wait_for_timeout(1800)
    assert page.get_by_role("listbox").is_visible() and page.evaluate(QUOTES) == before
    assert page.locator(".st-key-status").inner_text() != told  # the work goes on meanwhile
    page.keyboard.press("Escape")
    page.wait_for_function(f"before => ({QUOTES})() !== before", arg=before)

    for name in ("Source", "Who said what"):
        page.get_by_role("link", name=name, exact=True).click()
        page.locator("h1.view", has_text=name).wait_for()
        page.wait_for_timeout(1200)
        assert name in page.locator("h1.view").inner_text()
