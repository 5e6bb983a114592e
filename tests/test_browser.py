"""The page in a real browser, over the seeds and the shipped models: click, read, check, send the link."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from browser_view import clipped_texts, settled

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
    assert page.locator("h1.view").inner_text() == f"Who said what about {TARGET}"
    assert page.locator(DOTS).count() == len(seeds.quotes) == 17
    assert "17 quotes · 2 articles" in page.locator("p.below").first.inner_text()


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
    marked.first.wait_for(state="visible")
    assert 0 <= marked.first.bounding_box()["y"] <= 720


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
    assert again.locator("article.card").inner_text() == page.locator("article.card").inner_text()
    assert again.url == page.url


def test_a_link_into_a_source_scrolls_to_the_quote(open_page, seeds):
    last = next(q for q in seeds.quotes if LAST_QUOTE in q.quote.text)
    page = open_page(f"source?quote={last.id}")
    marked = page.locator(".article mark.selected").first
    marked.wait_for()
    page.wait_for_timeout(500)
    assert 0 < marked.bounding_box()["y"] < 720
    assert page.locator("article.card blockquote").is_visible()


def test_a_click_in_the_source_shows_that_quotes_evidence(open_page):
    page = open_page("source")
    mark = page.locator(".article mark[data-who]").nth(2)
    mark.wait_for()
    mark.click()
    page.locator("article.card").wait_for()
    settled(page)
    assert page.locator(".article mark.selected").first.get_attribute("data-quote") in page.url
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
    assert "speaker=Jacob+Frey" in page.url
    assert "(filtered)" in page.locator("p.below").first.inner_text()


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
    paper = page.locator(".js-plotly-plot .main-svg").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert paper == "rgb(21, 23, 27)"
    assert page.locator("h1.view").evaluate("e => getComputedStyle(e).color") == "rgb(235, 233, 229)"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["", "source"])
def test_nothing_is_clipped(open_page, seeds, size, path):
    page = open_page(f"{path}?quote={seeds.quotes[4].id}", size=size)
    page.locator("article.card").wait_for()
    settled(page if path else drawn(page))
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator('[data-testid="stMain"]').evaluate("e => e.scrollWidth <= e.clientWidth")
    assert not clipped_texts(page)
    for part in page.locator("article.card dd, .st-key-figures [data-testid=stMetricValue]").all():
        assert part.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), part.inner_text()


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
    assert "<b>Draft</b>" in page.locator(".articles").last.inner_text()
    page.get_by_role("link", name="Who said what").click()
    page.get_by_text("18 quotes · 3 articles").wait_for()
    drawn(page)
    assert page.locator(DOTS).count() == 18
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
        assert "<script>alert(1)</script> has to stop." in page.locator(".article").inner_text()
        assert page.locator(".article script, .article img").count() == 0
        page.close()
