"""*Check quotes* in a real browser, over the seeds: paste a draft, read the verdicts, open both places."""

from __future__ import annotations

import json
import re

import pytest
from browser_view import expect, fits, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]

SIZES = [(1280, 720), (1920, 1080)]
VERDICTS = ["Verbatim"] * 2 + [
    *("Trimmed", "Typography", "Altered", "Stitched", "Misattributed", "Context", "Not found")
]
SIGNS = {"Verbatim": "✓", "Trimmed": "✓", "Typography": "✓"}
HOSTILE = (
    "“<script>alert(1)</script> has to stop,” said <img src=x onerror=alert(2)>.\n\n"
    "“**No** $x$ [link](http://example.org) `code` was zero tolerance,” said <b>Tom</b> _Homan_."
)


@pytest.fixture(scope="module")
def draft(root):
    return (root / "tests/data/draft.txt").read_text(encoding="utf-8")


@pytest.fixture
def checked(open_page):
    """Opens the page and has the quotes of a draft checked."""

    def opened(text, **look):
        page = open_page("check", **look)
        ask(page, text)
        page.locator("article.checked").first.wait_for()
        settled(page)
        return page

    return opened


def ask(page, text):
    page.get_by_label("Draft text").fill(text)
    page.get_by_role("button", name="Check the quotes").click()


def cards(page):
    return page.locator("article.checked")


def show(page, choice, number):
    """Chooses what is shown, and waits for so many cards."""
    page.get_by_role("radio", name=re.compile(choice)).click()
    expect(cards(page)).to_have_count(number)
    settled(page)


def card(page, verdict):
    return page.locator('[class*="st-key-checked_"]').filter(has=page.locator(".chip", has_text=verdict))


def test_every_verdict_is_shown_with_its_sign_and_its_number(checked, draft):
    page = checked(draft)
    expect(page.locator("p.below").first).to_contain_text("9 quotes, 5 to look at · 2 sources")
    expect(cards(page)).to_have_count(5)
    show(page, "^All: 9", 9)
    chips = [f"{SIGNS.get(verdict, '✕')} {verdict}" for verdict in VERDICTS]
    expect(page.locator("article.checked .chip")).to_have_text(chips, use_inner_text=True)
    expect(page.locator(".article mark[data-who]")).to_have_count(9)
    assert page.locator(".article").evaluate("e => e.textContent") == draft
    show(page, "Verbatim: 2", 2)


def test_a_dropped_not_is_marked_and_its_source_is_a_click_away(checked, draft):
    page = checked(draft)
    altered = card(page, "Altered")
    expect(altered.locator("mark.grave")).to_have_text("not")
    expect(altered.locator(".differences")).to_contain_text("negation dropped")
    altered.get_by_role("link", name="Open in its source").click()
    found = page.locator(".article mark.found")
    found.first.wait_for()
    settled(page)
    assert "".join(found.all_inner_texts()).startswith("Operation Metro Surge is not making Minnesota safer")
    expect(found.first).to_be_in_viewport()
    expect(page.locator("article.card blockquote")).to_have_text(re.compile("^“Operation Metro Surge is not"))
    page.get_by_role("link", name="Back to the checked quotes").click()
    expect(cards(page)).to_have_count(5)


def test_each_part_of_a_stitched_quote_opens_at_its_own_place(checked, draft):
    page = checked(draft)
    for part, words in ((1, "They thought they could break us"), (2, "drawdown and body-worn cameras")):
        card(page, "Stitched").get_by_role("link", name=f"Open part {part}").click()
        found = page.locator(".article mark.found")
        found.first.wait_for()
        settled(page)
        assert words in "".join(found.all_inner_texts())
        expect(found.first).to_be_in_viewport()
        page.go_back()
        page.locator("article.checked").first.wait_for()
        settled(page)


def test_the_draft_and_the_cards_lead_to_each_other(checked, draft):
    page = checked(
        f"{draft}\n\n{'Nothing is quoted here. ' * 40}\n\n" * 3 + "“We are done here,” said Ada Brook."
    )
    page.get_by_role("button", name="Show in the draft").last.click()
    selected = page.locator(".article mark.selected")
    expect(selected.first).to_contain_text("“We are done here,”")
    expect(selected.first).to_be_in_viewport()
    expect(page.locator("article.checked.chosen")).to_have_count(1)

    page.locator(".article").evaluate("e => e.scrollTo(0, 0)")
    page.locator(".article mark[data-who]").nth(1).click()
    chosen = page.locator("article.checked.chosen")
    chosen.filter(has_text="2 of 28").wait_for()
    expect(chosen).to_have_count(1)  # the cards are drawn one after the other: for a moment two are chosen
    expect(chosen.filter(has_text="2 of 28")).to_be_in_viewport()
    page.locator(".article mark[data-who]").nth(3).focus()
    page.keyboard.press("Enter")
    chosen.filter(has_text="4 of 28").wait_for()


def test_the_report_and_the_rows_can_be_downloaded_and_read_back(checked, draft, browser, tmp_path):
    page = checked(draft)
    with page.expect_download() as report:
        page.get_by_role("button", name="Report").click()
    with page.expect_download() as rows:
        page.get_by_role("button", name="Rows").click()
    assert report.value.suggested_filename == "the-pasted-draft-checked.html"
    records = [json.loads(line) for line in rows.value.path().read_text(encoding="utf-8").splitlines()]
    assert [record["verdict"].capitalize() for record in records] == VERDICTS
    assert all(draft[record["start"] : record["end"]] == record["text"] for record in records)
    report.value.save_as(tmp_path / "report.html")
    read = browser.new_page()
    read.goto((tmp_path / "report.html").as_uri())
    assert [word.capitalize() for word in read.locator(".verdict").all_inner_texts()] == VERDICTS
    assert read.locator("script").count() == 0
    read.close()


def test_a_draft_and_a_source_may_be_files_and_the_source_is_loaded(open_page, tmp_path):
    draft, source, broken = (tmp_path / name for name in ("story.md", "transcript.txt", "empty.txt"))
    draft.write_text("“The harbour is closed until noon,” Ada Brook said.", encoding="utf-8")
    source.write_text("BROOK: The harbour is closed until noon.\n\nHILL: Why is it?", encoding="utf-8")
    broken.write_bytes(b"")
    page = open_page("check")
    page.get_by_text("A file", exact=True).click()
    settled(page)
    page.locator('.stMain input[type="file"]').first.set_input_files(str(draft))
    page.locator('.stMain input[type="file"]').last.set_input_files(str(broken))
    page.get_by_text("empty.txt").first.wait_for()
    settled(page)
    page.get_by_role("button", name="Check the quotes").click()
    page.locator(".note.error", has_text="empty.txt: is empty.").wait_for()
    page.get_by_role("button", name="Remove empty.txt").click()
    page.locator('.stMain input[type="file"]').last.set_input_files(str(source))
    page.get_by_text("transcript.txt").first.wait_for()
    settled(page)
    page.get_by_role("button", name="Check the quotes").click()
    page.locator("article.checked").first.wait_for()
    settled(page)
    expect(page.locator("article.checked .chip")).to_contain_text(re.compile("Verbatim|Typography|Trimmed"))
    expect(page.locator(".articles").last).to_contain_text("transcript.txt")
    page.get_by_role("link", name="Open in its source").click()
    expect(page.locator(".article mark.found").first).to_contain_text("harbour is closed until noon")


def test_a_draft_without_quotes_is_one_clear_line_and_a_reload_starts_anew(open_page):
    page = open_page("check")
    ask(page, "Nobody says anything in this one.")
    page.locator(".note.error", has_text="the pasted draft: no quotes in it.").wait_for()
    page.reload()
    page.get_by_label("Draft text").wait_for()
    settled(page)
    expect(page.locator(".note.error")).to_have_count(0)


def test_what_was_filled_in_is_kept_while_looking_at_another_kind_of_draft(open_page):
    page = open_page("check")
    page.get_by_label("Draft text").fill("“We stay,” she said.")
    page.get_by_text("A loaded article", exact=True).click()
    page.get_by_label("Draft article").wait_for()
    page.get_by_label("Draft text").wait_for(state="hidden")
    settled(page)
    page.get_by_text("Pasted text", exact=True).click()
    page.get_by_label("Draft text").wait_for()
    expect(page.get_by_label("Draft text")).to_have_value("“We stay,” she said.")


def test_a_draft_that_is_code_shows_as_text(checked):
    page = checked(HOSTILE)
    show(page, "^All: 2", 2)
    words = " ".join(page.locator("article.checked").all_inner_texts())
    assert "<script>alert(1)</script> has to stop," in words
    assert "**No** $x$ [link](http://example.org) `code` was" in words
    assert page.locator(".article").evaluate("e => e.textContent") == HOSTILE
    for code in ("script", "img", "a", "b b", "em", "code", ".katex"):
        assert page.locator(f"article.checked blockquote {code}, .article {code}").count() == 0, code


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped_in_either_theme(checked, draft, root, size, scheme):
    page = checked(draft, size=size, scheme=scheme)
    ink = "rgb(235, 233, 229)" if scheme == "dark" else "rgb(34, 37, 43)"
    pill = page.get_by_role("radio", name=re.compile("^To look at")).locator("p")
    for text in (page.locator("h1.view"), pill):
        expect(text).to_have_css("color", ink)
    fits(page, "article.checked, article.checked blockquote, article.checked .words")
    expect(page.locator(".stException, .note.error")).to_have_count(0)
    folder = root / ".artefacts"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"check-{scheme}-{size[0]}.png")


def test_headings_come_in_order(checked, draft):
    page = checked(draft)
    levels = page.locator(".stMain").evaluate(
        "e => [...e.querySelectorAll('h1, h2, h3, h4')].map((heading) => +heading.tagName[1])"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
