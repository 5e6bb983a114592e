"""Files as real programs write them (`data/real`, by `make_real_files.py`), and what comes of them."""

from __future__ import annotations

import hashlib
import re

import pytest
from make_real_files import AUTHOR, DAY, OUTLET, REAL, STORY, TITLE, URL

from attribution.article import Article
from attribution.marks import find_marks
from attribution.readers import page_of, read_files

QUOTES = [quote for part in STORY for quote in re.findall(r"“[^”]+”", part)]
WEB = (TITLE, AUTHOR, DAY, OUTLET, URL, "en")
ONE_ARTICLE = {
    "chromium-dom.html": WEB,
    "chromium-save.mhtml": WEB,
    "wget.warc.gz": WEB,
    "chromium-print.pdf": (TITLE, None, None, None, None, None),
    "libreoffice.pdf": (TITLE, None, None, None, None, None),
    "weasyprint.pdf": (TITLE, None, None, None, None, None),
    "libreoffice.docx": (TITLE, AUTHOR, None, None, None, None),
    "libreoffice.odt": (TITLE, AUTHOR, None, None, None, None),
    "libreoffice.rtf": (TITLE, AUTHOR, None, None, None, None),
    "libreoffice.html": (TITLE, AUTHOR, None, None, None, None),
    "curl.eml": (TITLE, "Press Office", DAY, None, None, None),
}


def read(name: str) -> list[Article]:
    reading = read_files([REAL / name])
    assert reading.refused == []
    return reading.articles


def flat(text: str) -> str:
    """The text in one line, as a reader of it would say it."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def read_once():
    return {name: read(name)[0] for name in ONE_ARTICLE}


@pytest.mark.parametrize("name", ONE_ARTICLE)
def test_the_story_is_whole_and_in_order(read_once, name):
    text = flat(read_once[name].text)
    places = [text.find(part) for part in STORY]
    assert -1 not in places and places == sorted(places)
    if not name.endswith(".eml"):
        assert text.find(TITLE) < places[0]
    assert "Really in March?" not in text  # a remark in the document


@pytest.mark.parametrize("name", ONE_ARTICLE)
def test_its_quotes_are_found_at_their_characters(read_once, name):
    article = read_once[name]
    found = [article.text[marked.start : marked.end] for marked in find_marks(article.text)]
    assert [flat(quote) for quote in found] == QUOTES


@pytest.mark.parametrize(("name", "expected"), ONE_ARTICLE.items())
def test_what_the_file_says_of_it_is_read(read_once, name, expected):
    article = read_once[name]
    said = (article.title, article.author, article.published, article.outlet, article.url, article.language)
    assert said == expected


@pytest.mark.parametrize("name", [name for name in ONE_ARTICLE if "warc" not in name])
def test_the_hash_is_that_of_the_bytes(read_once, name):
    assert read_once[name].sha256 == hashlib.sha256((REAL / name).read_bytes()).hexdigest()


@pytest.mark.parametrize("name", [name for name in ONE_ARTICLE if name.endswith(".pdf")])
def test_the_pages_of_a_pdf_are_those_on_which_the_words_are_printed(read_once, name):
    from pypdf import PdfReader

    text = read_once[name].text
    printed = ["".join(page.extract_text().split()) for page in PdfReader(REAL / name).pages]
    assert len(printed) >= 2
    for word in ("extraordinarily", "Jianhong", "perseverance", "supervision"):
        page = page_of(text, text.index(word))
        assert "".join(word.split()) in re.sub("[-‐]", "", printed[page - 1])
    for place in ("Messenger, page", "pride since"):
        assert place not in text or name == "chromium-print.pdf"  # whose page has it as its last line


def test_words_cut_at_line_ends_are_whole_again():
    from pypdf import PdfReader

    printed = "\n".join(page.extract_text() for page in PdfReader(REAL / "weasyprint.pdf").pages)
    assert len(re.findall(r"\w[-‐]\n\w", printed)) >= 10
    words = set(re.findall(r"[\w’-]+", read("weasyprint.pdf")[0].text))
    assert words - {"1", "2", "3", "4"} == set(re.findall(r"[\w’-]+", f"{TITLE} {' '.join(STORY)}"))


def test_every_letter_of_a_mailbox_is_an_article():
    letters = read("python.mbox")
    assert [letter.file.rpartition(", ")[2] for letter in letters] == ["letter 1", "letter 2", "letter 3"]
    assert [flat(letter.text) for letter in letters] == [f"{part} From the hall, Ann" for part in STORY[1:4]]
    said = {(letter.title, letter.author, letter.published) for letter in letters}
    assert said == {("From the hall", AUTHOR, "2026-02-03")}
    assert len({letter.sha256 for letter in letters} | {letter.id for letter in letters}) == 6


def test_a_mail_gives_its_letter_once_and_the_word_file_that_hangs_on_it():
    letter, attached = read("python.eml")
    assert flat(letter.text) == " ".join(STORY)
    assert (letter.author, letter.published) == ("Ingrid Sørensen", DAY)
    assert attached.file.endswith("python.eml/story.docx")
    assert attached.text == read("libreoffice.docx")[0].text


def test_a_web_archive_gives_its_pages_with_their_own_hashes():
    first, second = read("fastwarc.warc.gz")
    assert "March" in first.text and "April" in second.text
    assert (first.published, first.url, first.outlet) == (DAY, URL, OUTLET)
    assert first.sha256 != second.sha256


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("libreoffice.doc", "is an old Word, Excel or Outlook file. Save it as .docx or .txt."),
        ("libreoffice.epub", "is an e-book. Save its text as .txt."),
    ],
)
def test_what_is_not_read_is_refused_with_the_way_out(name, reason):
    assert read_files([REAL / name]).refused == [(str(REAL / name), reason)]


def test_the_files_are_small_and_told_of():
    files = [path for path in REAL.iterdir() if path.name != "README.md"]
    readme = (REAL / "README.md").read_text(encoding="utf-8")
    assert all(path.stat().st_size < 40_000 and f"| {path.name} |" in readme for path in files)
    assert sum(path.stat().st_size for path in files) < 400_000
