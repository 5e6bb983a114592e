"""*Briefing* in a real browser: the sheet in its size, on the screen, on paper and in every file."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import docx
import pandas
import pytest
from browser_view import expect, settled
from PIL import Image
from pypdf import PdfReader

from attribution.pages.briefing_choice import Choice, decode, encode

pytestmark = [pytest.mark.browser, pytest.mark.model]

TARGET = "Operation Metro Surge"
TITLE, NOTE = "The surge in two papers", "What a reader has to know first."
SIZES = {"wide": (1920, 1080), "square": (1080, 1080)}


def path(choice, alone=False):
    code = f"&briefing={encode(choice)}" if choice else ""
    return f"briefing?target={TARGET.replace(' ', '+')}{code}{'&alone=1' if alone else ''}"


@pytest.fixture
def choice(seeds):
    """Four quotes and two pictures of the seeds."""
    return Choice(tuple(quote.id for quote in seeds.quotes[:4]), ("dots", "share"), TITLE, NOTE)


def opened(open_page, where, **more):
    page = open_page(where, **more)
    page.locator(".sheet svg").wait_for()
    settled(page)
    return page


def clipped(page):
    """The texts of the sheet that reach over its edge, by what the browser itself measures."""
    return page.evaluate(
        """() => {
            const room = document.querySelector('.sheet svg').getBoundingClientRect()
            return [...document.querySelectorAll('.sheet svg text')].filter((text) => {
                const box = text.getBoundingClientRect()
                return box.left < room.left - 1 || box.right > room.right + 1
                    || box.top < room.top - 1 || box.bottom > room.bottom + 1
            }).map((text) => text.textContent)
        }"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("form", SIZES)
def test_alone_the_sheet_fills_the_screen_to_the_dot(open_page, root, choice, form, scheme):
    sized = Choice(choice.quotes, choice.pictures, choice.title, choice.note, form)
    page = opened(open_page, path(sized, alone=True), size=SIZES[form], scheme=scheme)
    box = page.locator(".sheet svg").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *map(float, SIZES[form]))
    assert not clipped(page)
    picture = page.screenshot()
    (root / ".artefacts").mkdir(exist_ok=True)
    (root / ".artefacts" / f"briefing-{form}-{scheme}.png").write_bytes(picture)
    shot = Image.open(io.BytesIO(picture)).convert("RGB")
    assert shot.size == SIZES[form]
    # Nothing of the page around it is in the picture: its edge is paper on all sides, light or dark.
    wide, high = shot.size
    edges = [shot.crop(part) for part in ((0, 0, wide, 20), (0, high - 8, wide, high), (0, 0, 20, high))]
    edges.append(shot.crop((wide - 20, 0, wide, high)))
    assert all(edge.getextrema() == ((255, 255),) * 3 for edge in edges)


def test_on_the_page_the_sheet_is_scaled_and_a_check_mark_puts_a_quote_on_it(open_page, root, seeds):
    page = opened(open_page, path(None), size=(1280, 900))
    box = page.locator(".sheet svg").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.01) and box["width"] < 700
    table = page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    corner = table.bounding_box()
    page.mouse.click(corner["x"] + 15, corner["y"] + 52)
    page.wait_for_url(re.compile("briefing="))
    code = re.search("briefing=([^&]+)", page.url)[1]
    assert decode(code).quotes == (seeds.quotes[0].id,)
    page.locator(".sheet svg text").get_by_text("I have proposed").wait_for()
    settled(page)
    page.locator("h1.view").scroll_into_view_if_needed()
    page.screenshot(path=root / ".artefacts" / "briefing-light-1280.png")


def test_on_paper_there_is_one_page_with_the_sheet_and_nothing_else(open_page, choice):
    for form, size in (("wide", (842, 595)), ("a4", (595, 842))):
        page = opened(
            open_page,
            path(Choice(choice.quotes, ("dots",), TITLE, NOTE, form)),
            size=(1280, 900),
            scheme="dark",
        )
        read = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        assert len(read.pages) == 1
        assert [float(side) for side in read.pages[0].mediabox[2:]] == pytest.approx(size, abs=1.5)
        text = read.pages[0].extract_text()
        assert TITLE in text and "Check quotes" not in text and "Chosen quotes" not in text


def taken(page, label, folder):
    if not page.get_by_role("button", name=label, exact=True).first.is_visible():
        page.locator(".st-key-download").get_by_test_id("stPopoverButton").first.click()
    button = page.get_by_role("button", name=label, exact=True).first
    button.wait_for()
    with page.expect_download() as waiting:
        button.click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_every_file_is_the_sheet_on_the_screen(open_page, browser, root, seeds, choice, tmp_path):
    page = opened(open_page, path(choice), size=(1280, 900))
    words = page.locator(".sheet svg text").all_text_contents()

    assert Image.open(taken(page, "Sheet (PNG)", tmp_path)).size == (3840, 2160)
    svg = ElementTree.fromstring(taken(page, "Sheet (SVG)", tmp_path).read_text("utf-8"))
    texts = ["".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == words

    read = PdfReader(taken(page, "Sheet and quotes (PDF)", tmp_path))
    assert [float(side) for side in read.pages[0].mediabox[2:]] == [1440, 810]
    told = " ".join(" ".join(leaf.extract_text() for leaf in read.pages).split())
    for quote in seeds.quotes[:4]:
        assert " ".join(quote.quote.text.split()) in told
    assert TITLE in told and "Unsure" in told and "attribution 0" in told
    assert read.metadata.title == TITLE and read.trailer["/Root"]["/Lang"] == "en"

    document = docx.Document(str(taken(page, "Pictures and quotes (Word)", tmp_path)))
    cells = [row.cells[1].text.split("\n")[0] for row in document.tables[1].rows[1:]]
    assert cells == [f"“{quote.quote.text}”" for quote in seeds.quotes[:4]]
    assert len(document.inline_shapes) == 2
    texts = [quote.quote.text for quote in seeds.quotes[:4]]
    assert list(pandas.read_excel(taken(page, "Excel", tmp_path))["text"]) == texts

    report = taken(page, "Sheet and quotes, one page (HTML)", tmp_path)
    problems, requests = [], []
    context = browser.new_context(
        offline=True, java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    there = context.new_page()
    there.on("console", lambda message: problems.append(message.text))
    there.on("request", lambda request: requests.append(request.url))
    there.goto(report.as_uri())
    assert there.locator("figure.sheet svg text").all_text_contents() == words
    assert there.locator("tbody tr").count() == 4
    address = there.locator("dd a").get_attribute("href")
    there.screenshot(path=root / ".artefacts" / "briefing-report.png", full_page=True)
    context.close()
    # The font is in the file itself.
    assert not problems and [url for url in requests if not url.startswith("data:")] == [report.as_uri()]

    page.goto(address)
    page.locator(".sheet svg").wait_for()
    expect(page.locator(".sheet svg text")).to_have_text(words)


def lines_of(texts):
    """The lines of a chart's texts, as the screen has them."""
    told = texts.evaluate_all(
        """texts => texts.flatMap((text) => {
            const lines = [...text.querySelectorAll('tspan.line')]
            return lines.length ? lines.map((line) => line.textContent) : [text.textContent]
        })"""
    )
    return [line.strip() for line in told]


def test_a_picture_in_a_file_has_the_rows_and_numbers_of_the_one_on_the_screen(open_page, tmp_path):
    for picture, parts in (("share", (".ytick text", ".textpoint text")), ("dots", (".ytick text",))):
        page = open_page(f"?target={TARGET.replace(' ', '+')}&picture={picture}", size=(1280, 900))
        page.locator(".js-plotly-plot .ytick").first.wait_for()
        settled(page)
        chart = page.locator(".js-plotly-plot").first
        svg = ElementTree.fromstring(taken(page, "Picture (SVG)", tmp_path).read_text("utf-8"))
        drawn = ["".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")]
        for part in parts:
            shown = lines_of(chart.locator(part))
            assert shown and [line for line in drawn if line in shown] == shown
        if picture == "dots":
            titles = [title.text or "" for title in svg.iter("{http://www.w3.org/2000/svg}title")]
            dots = chart.locator(".scatterlayer .points path.point").count()
            assert sum("\n" in title for title in titles) == dots > 0
