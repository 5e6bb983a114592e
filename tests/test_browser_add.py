"""*Add articles* in a real browser: a mixed drop, metadata mended by keyboard, copies, a watched folder."""

from __future__ import annotations

import re

import pytest
from browser_view import expect, fits, settled
from readers_samples import PAGE, PAPER, ROWS, csv_of, pdf, word, zip_of

pytestmark = [pytest.mark.browser, pytest.mark.model]

STORY = (
    "The harbour board met on Monday and closed two of the five northern berths until the spring, after a "
    "crane had fallen into the basin. “We are sorry for it,” said Ada Brook, who chairs the board and had "
    "asked the city for money twice. The crane had stood there since the war, and nobody had looked at its "
    "bolts for eleven years. The dockers will be paid for the days they lose, the board decided."
)
ODD = "<script>alert(1)<∕script> مقالة 🗞️.txt"
SAID = b"1\n00:00:01,000 --> 00:00:03,000\nADA BROOK: We stay open.\n"
LETTER = b"From: Ada Brook <a@b.example>\nSubject: Open\nMIME-Version: 1.0\n\nWe stay open until May.\n"
FEED = (
    b"<rss><channel><item><title>Open</title><description>It stays so.</description></item></channel></rss>"
)
MIXED = {
    "story.txt": "“We stay open,” said Ada Brook.".encode(),
    ODD: "“Two,” said Bo Hill.".encode(),
    "same as story.txt": "“We stay open,” said Ada Brook.".encode(),
    "page.html": PAGE.encode(),
    "paper.pdf": lambda: pdf(PAPER),
    "word.docx": word,
    "table.csv": csv_of(ROWS),
    "talk.srt": SAID,
    "letter.eml": LETTER,
    "news.rss": FEED,
    "all.zip": zip_of({"in/one.txt": "“One,” said Bo Hill.".encode(), "in/old.doc": b"\xd0\xcf\x11\xe0"}),
    "photo.jpg": b"\xff\xd8\xff\xe0" + b"0" * 100,
    "empty.txt": b"",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder that the server is started with: one wire copy in two outlets."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "b.txt").write_text(f"{STORY} (AP)", encoding="utf-8")
    tables = [f'["{name}.txt"]\noutlet = "{outlet}"' for name, outlet in (("a", "Post"), ("b", "Quay"))]
    (folder / "articles.toml").write_text("\n".join(tables), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder, serving):
    """In place of the seeds' server: the page over `folder`."""
    with serving(str(folder)) as address:
        yield address


@pytest.fixture
def opened(open_page):
    def opened(path="add?sure=any", **kind):
        page = open_page(path, **kind)
        settled(page)
        return page

    return opened


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def fates(page):
    rows = page.locator(".fates tbody tr").all()
    return [[cell.inner_text() for cell in row.locator("td").all()] for row in rows]


def cell(page, row, column):
    """Selects a cell of the sheet, `column` from 0 with the file's name.

    The file's name is clicked first: a click on a cell that is selected already would open it.
    """
    sheet = page.locator(".stDataFrame").first
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    for left in (0, (0, 170, 300, 405, 535)[column]):
        page.mouse.click(box["x"] + left + 40, box["y"] + 35 + 35 * row + 17)


def type_into_cell(page, text):
    """As a person does it: Enter opens the cell, the text replaces what stands there, Enter keeps it."""
    page.wait_for_timeout(500)  # the sheet moves the focus to what was clicked only after a while
    page.keyboard.press("Enter")
    field = page.locator(".gdg-input")
    field.wait_for()
    page.wait_for_timeout(300)  # and selects what stands in the field
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text, delay=20)
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    field.wait_for(state="detached")


def test_each_of_a_mixed_drop_of_files_has_its_fate(opened, tmp_path, root):
    page = opened()
    for name, data in MIXED.items():
        (tmp_path / name).write_bytes(data() if callable(data) else data)
    page.on("dialog", lambda dialog: pytest.fail("a file's name ran as code"))
    page.locator('input[type="file"]').set_input_files([str(tmp_path / name) for name in MIXED])
    page.wait_for_timeout(1000)  # the button moves down while the files come in above it
    press(page, "Add")
    page.locator(".stSidebar").get_by_text("13 articles").wait_for()
    expect(page.locator(".fates tbody tr")).to_have_count(14)
    settled(page)
    told = {name: (fate.split(" ", 1)[1], why.split("\n")[0]) for name, fate, why in fates(page)}
    assert told == {
        "photo.jpg": ("Not read", "Is a picture. Read its text with OCR, and name that."),
        "empty.txt": ("Not read", "Is empty. Name a file that holds an article's text."),
        "same as story.txt": (
            "There already",
            "The same text is loaded already, as “story.txt”. It is kept once.",
        ),
        "story.txt": ("Read", "1 article · 6 words · Text"),
        "page.html": ("Read", "1 article · 78 words · Web page · English"),
        "paper.pdf": ("Read", "1 article · 85 words · PDF · English"),
        "word.docx": ("Read", "1 article · 55 words · Word · English"),
        "table.csv": ("Read", "2 articles · 50 words · Table (CSV) · English"),
        "talk.srt": ("Read", "1 article · 6 words · Subtitles"),
        "letter.eml": ("Read", "1 article · 5 words · E-mail"),
        "news.rss": ("Read", "1 article · 4 words · Feed"),
        "all.zip": ("Read", "1 article · 4 words · ZIP"),
        "all.zip, file in/old.doc": ("Not read", "Is an old Word document. Save it as .docx or .txt."),
        ODD: ("Read", "1 article · 4 words · Text"),
    }
    expect(page.locator(".stSidebar")).to_contain_text(ODD)
    fits(page)
    (root / ".artefacts").mkdir(exist_ok=True)
    page.screenshot(path=root / ".artefacts" / "add-light-1280.png")
    press(page, "Clear this list")
    page.locator(".fates").wait_for(state="detached")


def test_metadata_is_mended_by_keyboard_told_when_it_is_none_and_used_everywhere(opened):
    page = opened()
    cell(page, 0, 1)
    type_into_cell(page, "Harbour FM")
    sidebar = page.locator(".stSidebar .articles")
    sidebar.get_by_text("Harbour FM").wait_for()
    cell(page, 0, 2)
    type_into_cell(page, "4 Feb 2026")
    sidebar.get_by_text("2026-02-04").wait_for()
    page.get_by_text("2 fields in 1 article mended by hand").wait_for()
    settled(page)
    cell(page, 1, 2)
    type_into_cell(page, "yesterday")
    expect(page.locator(".note.error")).to_contain_text("b.txt, Date: “yesterday” is no date")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Keep as articles.toml").click()
    text = kept.value.path().read_text(encoding="utf-8")
    assert '["a.txt"]\noutlet = "Harbour FM"\npublished = 2026-02-04\n' in text and '"Quay"' in text

    page.get_by_role("link", name="Who said what").click()
    page.get_by_text("2 articles: Harbour FM, Quay").wait_for()
    page.get_by_role("link", name="Add or mend articles").click()
    page.get_by_role("button", name="Undo the last: date").click()
    page.get_by_text("1 field in 1 article mended by hand").wait_for()
    page.get_by_role("button", name="Undo all").click()
    page.locator(".st-key-mended").wait_for(state="detached")
    expect(sidebar.last).not_to_contain_text("Harbour FM")


def test_copies_are_told_of_and_left_out_by_one_click_and_the_link_keeps_that(opened):
    page = opened("?sure=any")
    page.get_by_text("1 quote of 2 stand in copies").wait_for()
    press(page, "Leave copies out")
    page.get_by_text("Left out as copies: 1 quote in 1 article").wait_for()
    page.get_by_text("1 of 2 quotes (filtered)").wait_for()
    page.wait_for_url(re.compile(r"without=[0-9a-f]{12}"))
    again = opened(page.url.split("/", 3)[3])
    again.get_by_text("1 of 2 quotes (filtered)").wait_for()
    again.get_by_role("link", name="Which?").click()
    expect(again.locator(".group li").nth(1)).to_contain_text("Not counted")


def test_a_file_put_into_the_folder_appears_by_itself_but_not_while_somebody_types(opened, folder):
    page = opened()
    (folder / "c.txt").write_text("“We go,” said Bo Hill of the dockers.", encoding="utf-8")
    page.locator(".stSidebar").get_by_text("3 articles").wait_for()
    cell(page, 0, 1)
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.locator(".gdg-input").wait_for()
    (folder / "c.txt").unlink()
    page.locator(".there-is-more").wait_for(state="attached")
    page.wait_for_timeout(1500)
    assert page.locator(".gdg-input").is_visible()
    assert page.locator(".stSidebar").get_by_text("3 articles").is_visible()
    page.keyboard.press("Escape")
    page.locator(".stSidebar").get_by_text("2 articles").wait_for()


@pytest.mark.parametrize(("scheme", "size"), [("dark", (1280, 900)), ("light", (390, 844))])
def test_nothing_is_clipped(opened, root, scheme, size):
    page = opened(scheme=scheme, size=size)
    page.get_by_label("Text", exact=True).fill("“No,” said Bo Hill. " * 4)
    page.get_by_label("Links", exact=True).fill(
        "ftp://nowhere.example/with/a/long/path/that/does/not/end/for/a/while"
    )
    press(page, "Add")
    page.get_by_role("button", name="Clear this list").wait_for()
    settled(page)
    fits(page, ".fates td, .group li, .group p, .articles li")
    page.screenshot(path=root / ".artefacts" / f"add-{scheme}-{size[0]}.png", full_page=True)
