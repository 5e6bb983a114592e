"""Every page in light and dark, held against axe-core's rules: no serious and no critical finding."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from browser_view import settled

from attribution.export.pictures import PICTURES
from attribution.pages.briefing_choice import Choice, encode
from attribution.pages.pictures import PICTURES as CHOICES

pytestmark = [pytest.mark.browser, pytest.mark.model]

TARGET = "Operation Metro Surge"
PAGES = ("Source", "Check quotes", "Compare outlets", "Add articles", "Briefing")
# What is just fading in has another colour.
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"


@pytest.fixture(scope="module")
def axe():
    """The rules of axe-core, as the test extra brings them: nothing is loaded from elsewhere."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def findings(page, axe, where):
    """The serious and critical findings on the page once all is read, a line an element.

    What is drawn anew just then is grey: a finding counts where it is still there a while later.
    """
    page.locator(".st-key-status").wait_for(state="detached")  # until then some filters are greyed out
    page.add_style_tag(content=STILL)
    for _ in range(3):
        settled(page)
        if not (found := _found(page, axe, where)):
            break
        page.wait_for_timeout(2000)
    return found


def _found(page, axe, where):
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{where}: {rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: "
        f"{node['html'][:160]} {' '.join(each['message'] for each in node['any'])[:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_finding(open_page, address, seeds, axe, scheme):
    page = open_page(scheme=scheme)  # a first visit: with the first steps
    page.locator(".js-plotly-plot").first.wait_for()
    found = findings(page, axe, "first visit")
    for name, picture in PICTURES.items():
        if name not in ("dots", "sides"):
            page.get_by_role("radio", name=CHOICES[name]).click()
            page.locator("h2.part", has_text=picture).first.wait_for()
            found += findings(page, axe, name)
    target, ids = quote_plus(TARGET), tuple(quote.id for quote in seeds.quotes[:4])
    page.goto(f"{address}?target={target}&quote={seeds.quotes[4].id}")
    page.locator("article.card").wait_for()
    page.get_by_text("What these words mean").click()
    found += findings(page, axe, "card")
    for name in PAGES:
        page.get_by_role("link", name=name, exact=True).first.click()
        ready = page.locator("h1.view", has_text=name)  # that of Source is its article's
        (page.locator(".article mark").first if name == "Source" else ready).wait_for()
        found += findings(page, axe, name)
        if name == "Check quotes":
            page.get_by_label("Draft text").fill(
                "“We will go to the moon at noon tomorrow,” Jacob Frey said."
            )
            page.get_by_role("button", name="Check the quotes").click()
            page.locator("article.checked").first.wait_for()
            found += findings(page, axe, "checked")
    code = encode(Choice(ids, ("dots", "balance", "outlets", "share"), "A title", "A note."))
    for alone in ("", "&alone=1"):
        page.goto(f"{address}briefing?target={target}&briefing={code}{alone}")
        page.locator(".sheet svg", has_text="A title").wait_for()
        found += findings(page, axe, f"briefing with quotes{alone}")
    assert not found, "\n".join(dict.fromkeys(found))
