"""*Compare outlets* in a real browser, over the seeds and over articles that try to be code."""

from __future__ import annotations

import pytest
from browser_view import expect, fits, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]

SIZES = [(1280, 720), (1920, 1080)]
WHOLE = "has been catastrophic for our residents and businesses. It needs to end immediately."
SHORT = "has been catastrophic for our neighbors and businesses"


@pytest.fixture
def open_page(fresh_page):
    """Opens an address of the page and waits for its wordings, or for the note that there are none."""

    def opened(address, **more):
        page = fresh_page(address, **more)
        page.locator(".wording, .stMain .note").first.wait_for()
        settled(page)
        return page

    return opened


def seen(locator):
    """The words of an element that the eye sees: without those for screen readers only."""
    return locator.evaluate(
        """element => {
            const copy = element.cloneNode(true)
            copy.querySelectorAll('.unseen').forEach((unseen) => unseen.remove())
            return copy.textContent.replace(/\\s+/g, ' ').trim()
        }"""
    )


def test_the_seeds_remark_stands_in_both_wordings_with_the_reason(open_page, address):
    page = open_page(f"{address}compare")
    expect(page.locator("h1.view")).to_have_text("Compare outlets")
    heading = page.locator("h2.remark")
    expect(heading).to_have_count(1)
    assert (
        heading.inner_text().split() == "Jacob Frey Possibly the same remark 2 wordings in 2 outlets".split()
    )
    reasons = page.locator("ul.reasons").inner_text()
    assert "The speaker is Jacob Frey" in reasons
    assert "“neighbors” for “residents”" in reasons
    base, other = page.locator(".wording .said").all()
    assert WHOLE in seen(base).replace("\u00a0", " ")
    assert SHORT in seen(other)
    expect(page.locator(".wording mark.changed")).to_have_text(["residents", "neighbors"])
    expect(page.locator(".wording .relation")).to_have_text(["Fullest wording", "Altered"])
    expect(page.locator(".wording .where span")).to_have_text(["no date", "no date"])


def test_a_click_opens_the_quote_in_its_source_and_back_returns(open_page, address):
    page = open_page(f"{address}compare")
    page.get_by_role("link", name="In its source").nth(1).click()
    marked = page.locator(".article mark.selected")
    marked.first.wait_for()
    assert SHORT in " ".join(marked.all_inner_texts())
    page.get_by_role("link", name="Compare outlets").click()
    expect(page.locator(".wording")).to_have_count(2)


def test_the_keys_reach_every_link(open_page, address):
    page = open_page(f"{address}compare")
    page.locator("h1.view").click()
    links = page.get_by_role("link", name="In its source").evaluate_all("all => all.map((a) => a.href)")
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.href"))
    assert len(links) == 2 and reached >= set(links)
    page.get_by_role("link", name="In its source").first.focus()
    page.keyboard.press("Enter")
    page.locator(".article mark.selected").first.wait_for()


def test_headings_stand_in_their_order(open_page, address):
    page = open_page(f"{address}compare")
    levels = page.locator(".stMain :is(h1, h2, h3, h4)").evaluate_all("all => all.map((h) => h.tagName)")
    assert levels == ["H1", "H2"]


def test_one_article_alone_is_told_what_it_needs(open_page, serving, tmp_path):
    (tmp_path / "alone.txt").write_text("Ada Brook said: “The harbour will close.”", encoding="utf-8")
    with serving(str(tmp_path)) as address:
        page = open_page(f"{address}compare")
        told = page.locator(".stMain .note").inner_text()
        assert told.startswith("One article alone has nothing to be compared with. Load at least two")
        page.get_by_role("link", name="Add or mend articles").click()
        page.locator("h1.view").get_by_text("Add articles").wait_for()
        settled(page)
        page.get_by_label("Text", exact=True).fill("“The harbour will close on Friday,” said Ada Brook.")
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator(".stSidebar").get_by_text("2 articles").wait_for()
        page.get_by_role("link", name="Compare outlets").click()
        expect(page.locator(".wording .relation")).to_have_text(["Fullest wording", "Trimmed"])
        assert page.locator(".wording .gap").inner_text().split("\n")[0].endswith("2")


def test_words_that_are_code_show_as_text(open_page, serving, tmp_path):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    for number, day in enumerate(("Friday", "Saturday")):
        text = f"Ada Brook said: “The harbour {evil} will close for good on {day} **night** $x$.”"
        (tmp_path / f"<b>{number}.txt").write_text(text, encoding="utf-8")
    with serving(str(tmp_path)) as address:
        page = open_page(f"{address}compare")
        expect(page.locator(".wording")).to_have_count(2)
        assert evil in seen(page.locator(".wording .said").first)
        expect(page.locator(".wording .where b").first).to_have_text("<b>0.txt")
        expect(page.locator(".wording :is(script, img, b b)")).to_have_count(0)


@pytest.mark.parametrize(
    ("scheme", "ink", "paper"),
    [("light", "rgb(34, 37, 43)", "rgb(252, 227, 208)"), ("dark", "rgb(235, 233, 229)", "rgb(84, 48, 15)")],
)
def test_changed_words_are_readable_in_both_themes(open_page, address, scheme, ink, paper):
    page = open_page(f"{address}compare", scheme=scheme)
    style = page.locator(".wording mark.changed").first.evaluate(
        "e => (({color, backgroundColor, textDecorationStyle: line}) => [color, backgroundColor, line])"
        "(getComputedStyle(e))"
    )
    assert style == [ink, paper, "wavy"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped(open_page, address, root, size, scheme):
    page = open_page(f"{address}compare", size=size, scheme=scheme)
    fits(page, ".wording p, ul.reasons li, h2.remark")
    folder = root / ".artefacts"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"compare-{scheme}-{size[0]}.png")
