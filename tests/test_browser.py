"""The page in a real browser, over the seeds and the shipped models: click, read, check, send the link."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from browser_view import expect, fits, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]

TARGET = "Operation Metro Surge"
SIZES = [(1280, 720), (1920, 1080)]
DOTS = ".js-plotly-plot .scatterlayer .trace .points path.point"
LAST_QUOTE = "Until we see a change"


def drawn(page):
    """The page once all its dots are there and nothing runs any more."""
    page.locator(DOTS).first.wait_for()
    page.locator(".st-key-status").wait_for(state="detached")  # the first results are there before the rest
    settled(page)
    return page


def open_dot(page, number):
    """Clicks a dot until its own quote is the chosen one, and gives that quote's id.

    Like a person, it clicks again where a click fell between two drawings of a busy page.
    """
    slow = pytest.importorskip("playwright.sync_api").TimeoutError
    dot = page.locator(DOTS).nth(number)
    chosen = dot.evaluate("dot => dot.__data__.data[0]")
    for _ in range(12):
        settled(page)
        # To the middle: at the top edge the page's own bar would lie over the dot.
        dot.evaluate("dot => dot.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(500)
        box = dot.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        with suppress(slow):
            page.wait_for_url(re.compile(rf"quote={chosen}\b"), timeout=5000)
            break
    page.locator("article.card blockquote").wait_for()
    settled(page)
    return chosen


def until_card(page, sameness, text):
    page.wait_for_function(
        f"text => (document.querySelector('article.card blockquote')?.innerText ?? '') {sameness} text",
        arg=text,
    )


def words(text):
    return " ".join(re.findall(r"\w+", text))


def test_seeds_are_there_with_a_dot_for_each_of_their_quotes(open_page, seeds):
    page = drawn(open_page())
    expect(page.locator("h1.view")).to_have_text(f"Who said what about {TARGET}")
    assert len(seeds.quotes) == 17
    expect(page.locator(DOTS)).to_have_count(17)
    expect(page.locator("p.below").first).to_contain_text("17 quotes · 2 articles")


def test_a_click_on_a_dot_opens_the_quote_and_its_source_shows_it_marked(open_page, seeds):
    page = drawn(open_page())
    chosen = next(q for q in seeds.quotes if q.id == open_dot(page, 0))
    said = chosen.quote.text
    until_card(page, "===", f"“{said}”")

    page.get_by_role("link", name="Open in its source").click()
    marked = page.locator(".article mark.selected")
    marked.first.wait_for()
    assert words(" ".join(marked.all_inner_texts())) == words(said)
    assert page.locator(".article").evaluate("e => e.textContent") == chosen.article.text
    expect(marked.first).to_be_in_viewport()


def test_every_dot_opens_its_own_card(open_page, seeds):
    page = drawn(open_page())
    said = {quote.id: quote.quote.text for quote in seeds.quotes}
    for number in range(page.locator(DOTS).count()):
        until_card(page, "===", f"“{said.pop(open_dot(page, number))}”")
    assert not said


def test_the_same_dot_opens_again_after_another_view_chose(open_page):
    page = drawn(open_page())
    open_dot(page, 3)
    first = page.locator("article.card blockquote").inner_text()
    page.get_by_role("button", name="Next").click()
    until_card(page, "!==", first)
    settled(drawn(page))
    open_dot(page, 3)
    until_card(page, "===", first)


def test_a_link_reopens_the_same_view(open_page, seeds):
    page = drawn(open_page())
    open_dot(page, 5)
    path = page.url.split("/", 3)[3]
    again = drawn(open_page(path))
    again.locator("article.card").wait_for()
    expect(again.locator("article.card")).to_have_text(
        page.locator("article.card").inner_text(), use_inner_text=True
    )
    expect(again).to_have_url(page.url)


def test_a_link_into_a_source_scrolls_to_the_quote(open_page, seeds):
    last = next(q for q in seeds.quotes if LAST_QUOTE in q.quote.text)
    page = open_page(f"source?quote={last.id}")
    marked = page.locator(".article mark.selected").first
    marked.wait_for()
    expect(marked).to_be_in_viewport()
    expect(page.locator("article.card blockquote")).to_be_visible()


def test_a_click_in_the_source_shows_that_quotes_evidence(open_page):
    page = open_page("source")
    mark = page.locator(".article mark[data-who]").nth(2)
    mark.wait_for()
    mark.click()
    page.locator("article.card").wait_for()
    settled(page)
    chosen = page.locator(".article mark.selected").first.get_attribute("data-quote")
    expect(page).to_have_url(re.compile(f"quote={chosen}"))
    first = page.locator("article.card blockquote").inner_text()
    page.locator(".article mark[data-who]").nth(0).focus()
    page.keyboard.press("Enter")
    until_card(page, "!==", first)


def test_the_menu_keeps_the_view(open_page):
    page = drawn(open_page(f"?target={TARGET.replace(' ', '+')}&speaker=Jacob+Frey"))
    page.get_by_role("link", name="Source").click()
    page.locator(".article mark").first.wait_for()
    settled(page)
    page.get_by_role("link", name="Who said what").click()
    drawn(page)
    expect(page).to_have_url(re.compile(r"speaker=Jacob\+Frey"))
    expect(page.locator("p.below").first).to_contain_text("(filtered)")


def test_back_returns_to_the_quote_before(open_page):
    page = drawn(open_page())
    open_dot(page, 2)
    first = page.locator("article.card blockquote").inner_text()
    open_dot(page, 7)
    until_card(page, "!==", first)
    page.wait_for_timeout(1500)
    page.go_back()
    until_card(page, "===", first)


def test_dark_theme_has_dark_pictures_and_light_words(open_page):
    page = drawn(open_page(scheme="dark"))
    expect(page.locator(".js-plotly-plot .main-svg").first).to_have_css("background-color", "rgb(21, 23, 27)")
    expect(page.locator("h1.view")).to_have_css("color", "rgb(235, 233, 229)")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["", "source"])
def test_nothing_is_clipped(open_page, seeds, size, path):
    page = open_page(f"{path}?quote={seeds.quotes[4].id}", size=size)
    page.locator("article.card").wait_for()
    settled(page if path else drawn(page))
    fits(page, "article.card dd, .st-key-figures [data-testid=stMetricValue]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pictures_of_both_pages_to_look_at(open_page, seeds, root, size, scheme):
    folder = root / ".artefacts"
    folder.mkdir(exist_ok=True)
    for path in ("", "source"):
        page = open_page(f"{path}?quote={seeds.quotes[9].id}", size=size, scheme=scheme)
        page.locator("article.card").wait_for()
        settled(page if path else drawn(page))
        page.wait_for_timeout(500)
        page.screenshot(path=folder / f"{path or 'who_said_what'}-{scheme}-{size[0]}.png")


def test_dots_do_not_hide_each_other(open_page):
    page = drawn(open_page())
    boxes = [dot.bounding_box() for dot in page.locator(DOTS).all()]
    circles = [(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2, b["width"] / 2) for b in boxes]
    for i, (x, y, r) in enumerate(circles):
        for a, b, s in circles[:i]:
            assert ((x - a) ** 2 + (y - b) ** 2) ** 0.5 > max(r, s)


def test_an_own_text_is_analysed_beside_the_seeds(open_page, tmp_path):
    page = drawn(open_page())
    page.get_by_role("link", name="Add or mend articles").click()
    page.locator("h1.view").get_by_text("Add articles").wait_for()
    settled(page)
    page.get_by_label("Its title").fill("<b>Draft</b>")
    text = "Ada Brook said: “Metro Surge is a disgrace and has to stop now.”"
    page.get_by_label("Text", exact=True).fill(text)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    page.locator('input[type="file"]').set_input_files(str(empty))
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator(".fates").get_by_text("empty.txt").wait_for()
    page.locator(".stSidebar").get_by_text("3 articles").wait_for()
    expect(page.locator(".articles").last).to_contain_text("<b>Draft</b>")
    page.get_by_role("link", name="Who said what").click()
    page.get_by_text("18 quotes · 3 articles").wait_for()
    drawn(page)
    expect(page.locator(DOTS)).to_have_count(18)
    page.get_by_role("link", name="Add or mend articles").click()
    page.get_by_role("button", name="Remove articles").click()
    page.get_by_role("button", name="Remove all 1 of your own").click()
    page.locator(".stSidebar").get_by_text("2 articles").wait_for()
    page.get_by_role("link", name="Who said what").click()
    page.get_by_text("17 quotes · 2 articles").wait_for()


def test_a_speaker_whose_name_is_code_is_shown_as_text(browser, serving, tmp_path):
    name = "<img src=x onerror=alert(1)>"
    (tmp_path / "code.txt").write_text(
        f"{name} said: “<script>alert(1)</script> has to stop.”\n\n"
        "Ada Brook said: “**No** $x$ [link](http://x.org).”",
        encoding="utf-8",
    )
    with serving(str(tmp_path)) as address:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.on("dialog", lambda dialog: pytest.fail("the article's words ran as code"))
        page.goto(f"{address}?target={TARGET.replace(' ', '+')}")
        drawn(page)
        for number in range(page.locator(DOTS).count()):
            open_dot(page, number)
        assert page.locator("article.card script, article.card img, article.card a").count() == 0
        page.goto(f"{address}source")
        page.locator(".article mark").first.wait_for()
        expect(page.locator(".article")).to_contain_text("<script>alert(1)</script> has to stop.")
        assert page.locator(".article script, .article img").count() == 0
        page.close()
