"""Reading in a real browser: one selection in all pictures, copying, the keys, a phone, a long article."""

from __future__ import annotations

import re

import pytest
from browser_view import expect, fits, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]

TARGET = "Operation+Metro+Surge"
RING = ".linked-ring"


def test_the_selected_quote_is_ringed_in_every_picture_which_is_not_drawn_anew(open_page, seeds):
    page = open_page(f"?target={TARGET}&quote={seeds.quotes[4].id}")
    page.locator(f"{RING}.round").wait_for()
    settled(page)
    plot = page.locator(".js-plotly-plot").first
    plot.evaluate("plot => { plot.same = true }")
    ring = page.locator(f"{RING}.round").bounding_box()
    page.get_by_role("button", name="Next").click()
    page.wait_for_function(
        "before => { const ring = document.querySelector('.linked-ring.round');"
        " return ring && Math.abs(ring.getBoundingClientRect().y - before) > 1 }",
        arg=ring["y"],
    )
    expect(page.locator(f"{RING}.round")).to_have_count(1)
    assert plot.evaluate("plot => plot.same")
    for picture in ("Balance", "Outlets", "Time", "Share of voice", "New and missing"):
        page.get_by_role("radio", name=picture).click()
        settled(page)
        page.locator(RING).first.wait_for()
    page.get_by_role("button", name="Close").click()
    page.locator(RING).first.wait_for(state="detached")


def test_copy_buttons_work_by_keyboard_and_say_so(browser, address, seeds):
    quote = seeds.quotes[4]
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}?target={TARGET}&quote={quote.id}")
    for label, said in (
        ("quote", quote.quote.text[:30]),
        ("citation", f"characters {quote.quote.start} to {quote.quote.end}"),
        ("link to this card", f"quote={quote.id}"),
    ):
        button = page.get_by_role("button", name=f"Copy {label}")
        button.focus()
        page.keyboard.press("Enter")
        page.get_by_text(f"Copied: {label}").wait_for()
        assert said in page.evaluate("navigator.clipboard.readText()")
        assert button.evaluate("button => button.getRootNode().activeElement === button")
    context.close()


def test_the_keys_go_from_quote_to_quote_in_the_source(open_page):
    page = open_page("source")
    page.locator(".article mark").first.wait_for()
    page.get_by_role("button", name="Read the first quote").wait_for()
    settled(page)
    seen = []
    for _ in range(3):
        page.keyboard.press("Alt+n")
        page.wait_for_function(
            "seen => { const now = document.querySelector('article.card blockquote')?.innerText;"
            " return now && !seen.includes(now) }",
            arg=seen,
        )
        settled(page)
        seen.append(page.locator("article.card blockquote").inner_text())
        expect(page.locator(".article mark.selected").first).to_be_in_viewport()
    page.keyboard.press("Alt+p")
    page.wait_for_function(
        "text => document.querySelector('article.card blockquote')?.innerText === text", arg=seen[1]
    )


def test_first_steps_stay_away_once_they_are_read(open_page):
    page = open_page()
    page.get_by_role("button", name="Got it").click()
    page.get_by_role("button", name="Got it").wait_for(state="detached")
    page.wait_for_function("document.cookie.includes('attribution_first_steps=seen')")
    page.goto(page.url.split("?")[0])
    page.locator("h1.view").wait_for()
    page.locator(".js-plotly-plot").first.wait_for()
    settled(page)
    expect(page.get_by_role("button", name="Got it")).to_have_count(0)


def test_a_phone_reads_every_page_without_scrolling_sideways(open_page, seeds, root):
    (root / ".artefacts").mkdir(exist_ok=True)
    page = open_page(f"?target={TARGET}&quote={seeds.quotes[4].id}", size=(390, 844))
    base = page.url.split("?")[0]
    for path in ("", "source", "check", "compare", "briefing", "add"):
        page.goto(f"{base}{path}?target={TARGET}&quote={seeds.quotes[4].id}")
        page.locator("h1.view").wait_for()
        if not path:
            page.locator(".js-plotly-plot").first.wait_for()
        if path in ("", "source"):
            page.locator("article.card").wait_for()
        page.wait_for_timeout(400)
        settled(page)
        page.screenshot(path=root / ".artefacts" / f"phone-{path or 'who'}.png")
        fits(page)
        if path == "source":  # the card at the foot leaves the article's quote in sight
            mark = page.locator(".article mark.selected").first
            expect(mark).to_be_in_viewport()
            card = page.locator('[data-testid="stColumn"]:has(.st-key-beside)').bounding_box()
            assert mark.bounding_box()["y"] < card["y"] and card["y"] > 844 / 3


def test_a_very_long_article_is_read_and_clicked_through(browser, serving, tmp_path):
    names = ("Ada Brook", "Max Hill", "Nina Falk", "Omar Reyes")
    filler = "The harbour lay still that morning, and nobody on the quay had much to say about it. " * 16
    text = "\n\n".join(
        f"{filler}\n\n“Day {n} of Lantern was hard on us,” said {names[n % 4]}." for n in range(90)
    )
    assert len(text) > 120_000
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    with serving(str(tmp_path)) as address:
        page = browser.new_page()
        page.set_default_timeout(240_000)
        page.goto(f"{address}source")
        page.locator(".article mark").first.wait_for()
        settled(page)
        assert page.locator(".article").evaluate("e => e.textContent") == text
        page.keyboard.press("Alt+n")
        page.locator("article.card").wait_for()
        settled(page)
        page.keyboard.press("Alt+n")
        page.wait_for_url(re.compile("quote="))
        page.get_by_text("“Day 1 of Lantern was hard on us,”", exact=True).first.wait_for()
        page.close()
