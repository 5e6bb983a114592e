"""Every page in light and dark, held against axe-core's rules: no serious and no critical finding."""

from __future__ import annotations

import pytest
from browser_view import settled

pytestmark = [pytest.mark.browser, pytest.mark.model]

TARGET = "Operation+Metro+Surge"


@pytest.fixture(scope="module")
def axe():
    """The rules of axe-core, as the test extra brings them: nothing is loaded from elsewhere."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def findings(page, axe, where):
    """The serious and critical findings on the page as it stands, a line an element."""
    page.wait_for_timeout(500)  # what is just fading in has another colour
    found = axe.run(page).response["violations"]
    return [
        f"{where}: {rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: "
        f"{node['html'][:160]} {' '.join(each['message'] for each in node['any'])[:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_finding(open_page, seeds, axe, scheme):
    page = open_page(scheme=scheme)  # a first visit: with the first steps
    page.locator(".js-plotly-plot").first.wait_for()
    settled(page)
    found = findings(page, axe, "first visit")
    for picture in ("Balance", "Outlets", "Time", "Share of voice", "New and missing"):
        page.get_by_role("radio", name=picture).click()
        page.wait_for_timeout(300)
        settled(page)
        found += findings(page, axe, picture)
    page.goto(page.url.split("?")[0] + f"?target={TARGET}&quote={seeds.quotes[4].id}")
    page.locator("article.card").wait_for()
    page.get_by_text("What these words mean").click()
    settled(page)
    found += findings(page, axe, "card")
    for link, ready in (
        ("Source", ".article mark"),
        ("Check quotes", "h1.view"),
        ("Compare outlets", "h1.view"),
        ("Add articles", "h1.view"),
        ("Briefing", "h1.view"),
    ):
        if not page.get_by_role("link", name=link).count():
            continue
        page.get_by_role("link", name=link).first.click()
        page.wait_for_timeout(500)
        page.locator(ready).first.wait_for()
        settled(page)
        found += findings(page, axe, link)
        if link == "Check quotes":
            page.get_by_label("Draft text").fill(
                "“We will go to the moon at noon tomorrow,” Jacob Frey said."
            )
            page.get_by_role("button", name="Check the quotes").click()
            page.locator("article.checked").first.wait_for()
            settled(page)
            found += findings(page, axe, "checked")
    assert not found, "\n".join(dict.fromkeys(found))
