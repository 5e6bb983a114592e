"""The pictures and the files of *Who said what* in a real browser: choose, click, take away, read back."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_view import expect, fits, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]

TARGET = "Operation Metro Surge"
SIZES = [(1280, 720), (1920, 1080)]
DOTS = ".js-plotly-plot .scatterlayer .trace .points path.point"
BARS = ".js-plotly-plot .barlayer .point path:visible"
CHOICES = {
    "balance": "Balance",
    "outlets": "Outlets",
    "time": "Time",
    "share": "Share of voice",
}


def opened(open_page, picture, **more):
    """The page with one of its pictures drawn."""
    page = open_page(f"?target={TARGET.replace(' ', '+')}&picture={picture}", **more)
    page.locator(DOTS if picture == "time" else BARS).first.wait_for()
    settled(page)
    return page


def click_until(page, marks, number, address):
    """Clicks a mark until the address matches: like a person, again where a busy page took no notice."""
    slow = pytest.importorskip("playwright.sync_api").TimeoutError
    for _ in range(10):
        settled(page)
        mark = page.locator(marks).nth(number)
        mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(600)
        box = mark.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        with suppress(slow):
            page.wait_for_url(address, timeout=6000)
            break
    expect(page).to_have_url(address)
    settled(page)


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def test_each_picture_is_one_click_away_and_in_the_address(open_page):
    page = open_page()
    page.locator(DOTS).first.wait_for()
    settled(page)
    for word, name in CHOICES.items():
        page.get_by_role("radio", name=name).click()
        page.wait_for_url(re.compile(f"picture={word}"))
        page.locator(DOTS if word == "time" else BARS).first.wait_for()
        settled(page)
        expect(page.locator(".js-plotly-plot")).to_have_count(1)
    page.get_by_role("radio", name="Dots").click()
    page.wait_for_url(re.compile(r"^(?!.*picture=)"))


@pytest.mark.parametrize("picture", ["balance", "share"])
def test_a_click_on_a_bar_shows_its_speaker_only_and_again_all(open_page, picture):
    page = opened(open_page, picture)
    click_until(page, BARS, 0, re.compile("speaker="))
    (speaker,) = asked(page)["speaker"]
    page.get_by_text("(filtered)").first.wait_for()
    expect(page.locator(".js-plotly-plot .ytick")).to_have_count(1)
    expect(page.locator(".js-plotly-plot .ytick")).to_have_text(re.compile(f"^{re.escape(speaker[:20])}"))
    click_until(page, BARS, 0, re.compile(r"^(?!.*speaker=)"))


def test_a_click_on_a_cell_shows_its_speaker_in_its_outlet_only(open_page, seeds):
    page = opened(open_page, "outlets")
    pairs = {(quote.name, quote.article.id) for quote in seeds.quotes}
    expect(page.locator(BARS)).to_have_count(len(pairs))
    click_until(page, BARS, 0, re.compile("speaker=.*in=|in=.*speaker="))
    view = asked(page)
    assert (view["speaker"][0], view["in"][0]) in pairs
    chosen = [q for q in seeds.quotes if (q.name, q.article.id) == (view["speaker"][0], view["in"][0])]
    page.get_by_text(f"{len(chosen)} of 17 quotes (filtered)").first.wait_for()
    expect(page.locator(BARS)).to_have_count(1)


def test_the_time_line_has_a_dot_a_quote_and_a_click_opens_its_card(open_page, seeds):
    page = opened(open_page, "time")
    expect(page.locator(DOTS)).to_have_count(len(seeds.quotes))
    expect(page.locator(".js-plotly-plot").get_by_text("date unknown: in the order loaded")).to_be_visible()
    chosen = page.locator(DOTS).nth(2).evaluate("dot => dot.__data__.data[0]")
    click_until(page, DOTS, 2, re.compile(f"quote={chosen}"))
    said = next(quote.quote.text for quote in seeds.quotes if quote.id == chosen)
    expect(page.locator("article.card blockquote")).to_have_text(f"“{said}”")


@pytest.mark.parametrize("size", [*SIZES, (390, 844)])
@pytest.mark.parametrize("picture", CHOICES)
def test_nothing_is_clipped(open_page, size, picture):
    page = opened(open_page, picture, size=size)
    page.wait_for_timeout(700)
    fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pictures_of_the_pictures_to_look_at(open_page, root, size, scheme):
    folder = root / ".artefacts"
    folder.mkdir(exist_ok=True)
    for picture in CHOICES:
        page = opened(open_page, picture, size=size, scheme=scheme)
        page.wait_for_timeout(700)
        page.screenshot(path=folder / f"desk-{picture}-{scheme}-{size[0]}.png")


# --- the files --------------------------------------------------------------------------------------


def taken(page, label, folder):
    """Opens the menu and takes a file: its name and bytes."""
    if not page.get_by_role("button", name=label, exact=True).is_visible():
        page.locator(".st-key-download").get_by_test_id("stPopoverButton").first.click()
    page.get_by_role("button", name=label, exact=True).wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_every_file_holds_the_quotes_on_the_screen(open_page, seeds, tmp_path):
    page = open_page(f"?target={TARGET.replace(' ', '+')}&speaker=Jacob+Frey")
    page.locator(DOTS).first.wait_for()
    settled(page)
    said = [quote.quote.text for quote in seeds.quotes if quote.name == "Jacob Frey"]
    assert said

    rows = csv.DictReader(io.StringIO(taken(page, "CSV", tmp_path).read_text("utf-8-sig"), newline=""))
    assert [row["text"] for row in rows] == said
    lines = taken(page, "JSONL", tmp_path).read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == said
    pandas = pytest.importorskip("pandas")
    assert list(pandas.read_parquet(taken(page, "Parquet", tmp_path))["text"]) == said
    excel = taken(page, "Excel", tmp_path)
    assert excel.name == "quotes-operation-metro-surge.xlsx"
    assert list(pandas.read_excel(excel)["text"]) == said
    docx = pytest.importorskip("docx")
    table = docx.Document(str(taken(page, "Report (Word)", tmp_path))).tables[1]
    assert [row.cells[1].text.split("\n")[0] for row in table.rows[1:]] == [f"“{text}”" for text in said]


def test_the_report_opens_offline_and_its_address_reopens_the_view(open_page, browser, seeds, root, tmp_path):
    page = opened(open_page, "share")
    report = taken(page, "Report, one page (HTML)", tmp_path)
    problems, requests = [], []
    for scheme in ("light", "dark"):
        context = browser.new_context(
            offline=True, color_scheme=scheme, viewport={"width": 1280, "height": 720}
        )
        there = context.new_page()
        there.on("console", lambda message: problems.append(message.text))
        there.on("request", lambda request: requests.append(request.url))
        there.goto(report.as_uri())
        assert there.locator("h2").first.inner_text() == "How many words each speaker is quoted with"
        assert there.locator("tbody tr").count() == len(seeds.quotes)
        assert there.evaluate("document.documentElement.scrollWidth <= innerWidth")
        address = there.locator("dd a").get_attribute("href")
        (root / ".artefacts").mkdir(exist_ok=True)
        there.screenshot(path=root / ".artefacts" / f"desk-report-{scheme}.png", full_page=True)
        context.close()
    assert not problems and requests == [report.as_uri()] * 2
    page.goto(address)
    page.locator(BARS).first.wait_for()
    assert asked(page)["picture"] == ["share"]


def test_hostile_names_are_shown_as_text_in_every_picture_and_file(browser, serving, tmp_path):
    name = "<img src=x onerror=alert(1)>"
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(
        f"{name} said: “<script>alert(1)</script> has to stop.”\n\n"
        "Ada Brook said: “=HYPERLINK(1) ‮مرحبا 🙂 **No** $x$.”",
        encoding="utf-8",
    )
    (articles / "articles.toml").write_text(
        f"['a.txt']\noutlet = '{name}'\npublished = 2026-02-04\n", encoding="utf-8"
    )
    with serving(str(articles)) as address:
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.on("dialog", lambda dialog: pytest.fail("the article's words ran as code"))
        for picture in CHOICES:
            page.goto(f"{address}?target=Lantern&picture={picture}")
            page.locator(DOTS if picture == "time" else BARS).first.wait_for()
            settled(page)
            assert page.locator(".js-plotly-plot img, .js-plotly-plot script").count() == 0
        there = browser.new_page()
        there.on("dialog", lambda dialog: pytest.fail("the article's words ran as code"))
        there.goto(taken(page, "Report, one page (HTML)", tmp_path).as_uri())
        assert there.locator("script, img").count() == 0
        assert "<script>alert(1)</script> has to stop." in there.locator("tbody").inner_text()
        assert name in there.locator("tbody").inner_text()
        there.close()
        page.close()
