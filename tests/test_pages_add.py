"""The page *Add articles* without a browser: fates, metadata, copies, and what it says when it cannot."""

from __future__ import annotations

import re
import sys
import threading
import time
from dataclasses import replace

import pytest
from hand_made import extract, forget, home, read_by, shown
from readers_samples import samples

from attribution.article import Article, AttributionError
from attribution.pages import analyses, downloads, library, mending
from attribution.pages.articles_toml import to_toml
from attribution.pages.intake import Fate, Intake, Item
from attribution.readers import Reading
from attribution.readers.metadata import read_metadata

ADD = "add_articles.py"
WIRE = (
    "The harbour board met on Monday and closed two of the five northern berths until the spring, after a "
    "crane had fallen into the basin. {}said the board's chair, who had asked the city for money twice. The "
    "crane had stood there since the war, and nobody had looked at its bolts for eleven years. The dockers "
    "will be paid for the days they lose, the board decided by seven votes to two."
)


@pytest.fixture
def show(monkeypatch):
    """Opens *Add articles* over articles given at the start."""

    def opened(*loaded, refused=(), notes=(), arguments=("somewhere",), **address):
        read = Reading(articles=list(loaded), refused=list(refused), notes=list(notes))
        monkeypatch.setattr("attribution.readers.read_files", lambda paths, columns: read)
        monkeypatch.setattr(sys, "argv", ["dashboard.py", *arguments])
        page = home()
        page.query_params.update(address)
        page.session_state["tour"] = False
        page.run()  # only then is the page known by its address
        return page.switch_page(ADD).run()

    extract.asked = []
    read_by(monkeypatch, extract)
    forget()
    yield opened
    forget()


@pytest.fixture
def page(show):
    return show(Article("Ada Brook: “It stays open.”", file="news/radio.txt", outlet="Radio"))


def add(page, text="", links="", title=""):
    """Presses the button, waits until all is read, and draws the page once more."""
    page.text_area(key="add_text").set_value(text)
    page.text_area(key="add_links").set_value(links)
    page.text_input(key="add_title").set_value(title)
    page.button(key="add_now").click().run()
    return until_read(page)


def until_read(page):
    deadline = time.monotonic() + 20
    while page.session_state["intake"].running:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return page.run()


def fates(page):
    """What the table tells, row by row."""
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", shown(page))
    return [tuple(re.sub(r"<[^>]+>", "", cell) for cell in row) for row in rows]


def read(items, loaded=()):
    """The fates and the articles of what an intake is given."""
    intake = Intake()
    intake.add(items, loaded)
    while intake.running:
        time.sleep(0.01)
    return intake, [(fate.name, fate.what, fate.told) for fate in intake.fates]


# --- the fates -----------------------------------------------------------------------------------------


def test_each_thing_has_its_fate_with_the_reason_in_full():
    loaded = Article("Hill said no.", file="old.txt", outlet="Harbour Post")
    many = "\n".join(["text,title", "“One” said Bo Hill.,First", "“Two” said Bo Hill.,Second"])
    items = [
        Item("a.txt", b"Hill said yes."),
        Item("same.txt", b"Hill said no."),
        Item("again.txt", b"Hill said yes."),
        Item("table.csv", many.encode()),
        Item("photo.jpg", b"\xff\xd8\xff\xe0 and so on"),
        Item("a.txt", b"Hill said nothing."),
        Item("empty.md", b" "),
    ]
    intake, told = read(items, [loaded])
    assert told == [
        ("a.txt", "read", "1 article · 3 words · Text"),
        ("same.txt", "duplicate", "The same text is loaded already, as “Harbour Post”. It is kept once."),
        ("again.txt", "duplicate", "The same text is loaded already, as “a.txt”. It is kept once."),
        ("table.csv", "read", "2 articles · 8 words · Table (CSV)"),
        ("photo.jpg", "refused", "Is a picture. Read its text with OCR, and name that."),
        ("a.txt", "read", "1 article · 3 words · Text"),
        ("empty.md", "refused", "Is empty. Name a file that holds an article's text."),
    ]
    assert intake.fates[3].notes == ("Read text from “text”, title from “title”.",)
    assert [article.name for article in intake.take()] == ["a.txt", "First", "Second", "a.txt"]
    assert intake.take() == []


@pytest.mark.parametrize(("kind", "data"), samples().items())
def test_a_file_of_every_format_is_read_and_called_by_its_name(kind, data):
    _, told = read([Item("story", data)])
    _, what, words = told[0]
    assert what == "read" and re.fullmatch(r"[\d,]+ articles? · [\d,]+ words · [A-Z][\w -]+.*", words), (
        kind,
        told,
    )


def links_to(pages):
    """What stands for the web: `pages` by their addresses; as `readers.links.Links`, without any network."""

    class Links:
        def __init__(self, reading):
            self.reading, self.seen = reading, set()

        def read(self, url):
            if url in self.seen:
                return
            self.seen.add(url)
            if url in pages:
                self.reading.articles.append(Article(pages[url], file=url, language="en-GB"))
            else:
                self.reading.refuse(url, "answers with 404. Check the address.")

    return Links


def test_a_link_is_fetched_one_by_one_and_its_page_named(monkeypatch):
    monkeypatch.setattr("attribution.pages.intake.Links", links_to({"https://a.example/1": "“Go,” said Bo."}))
    _, told = read(
        [Item(link) for link in ("https://a.example/1", "https://bad.example", "https://bad.example")]
    )
    assert told == [
        ("https://a.example/1", "read", "1 article · 3 words · Link · English"),
        ("https://bad.example", "refused", "Answers with 404. Check the address."),
        ("https://bad.example", "duplicate", "This link was given before. It is read once."),
    ]


def test_what_breaks_the_reader_is_told_and_the_rest_goes_on(monkeypatch):
    def broken(self, data, file, known=None):
        if file == "bad.txt":
            raise ZeroDivisionError
        self.articles.append(Article(data.decode(), file=file))

    monkeypatch.setattr(Reading, "add", broken)
    _, told = read([Item("bad.txt", b"x"), Item("good.txt", b"Hill said no.")])
    assert told[0] == ("bad.txt", "refused", "Cannot be read (ZeroDivisionError). Save its text as .txt.")
    assert told[1][1] == "read"


def test_reading_can_be_stopped_and_taken_up_again(monkeypatch):
    go, begun, real = threading.Event(), threading.Event(), Reading.add

    def slow(self, data, file, known=None):
        begun.set()
        assert go.wait(20)
        real(self, data, file, known)

    monkeypatch.setattr(Reading, "add", slow)
    intake = Intake()
    intake.add([Item(f"{n}.txt", f"Hill said {n}.".encode()) for n in range(5)], ())
    begun.wait(20)
    intake.stop()
    go.set()
    while intake.running:
        time.sleep(0.01)
    assert (intake.done, intake.left, intake.total) == (1, 4, 5)
    intake.go_on()
    while intake.running:
        time.sleep(0.01)
    assert (intake.done, intake.left, len(intake.fates)) == (5, 0, 5)
    intake.dismiss()
    assert (intake.total, intake.fates) == (0, [])
    assert len(intake.take()) == 5


def test_the_first_articles_are_there_while_the_rest_is_read(page, monkeypatch):
    go, real = threading.Semaphore(2), Reading.add

    def slow(self, data, file, known=None):
        assert go.acquire(timeout=20)
        real(self, data, file, known)

    def until(holds):
        deadline = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    monkeypatch.setattr(Reading, "add", slow)
    intake = page.session_state["intake"]
    intake.add([Item(f"{n}.txt", f"“{n},” said Bo Hill.".encode()) for n in range(4)], ())
    until(lambda: intake.done == 2 and intake.due)
    page.run()
    assert "3 articles loaded" in shown(page) and not intake.due
    page.switch_page("who_said_what.py").run()
    assert extract.asked[-1] == ["news/radio.txt", "0.txt", "1.txt"] and intake.running
    go.release()
    until(lambda: intake.done == 3)
    assert not intake.due  # not at each of them: every time another analysis is made
    go.release()
    until(lambda: not intake.running)
    assert intake.due
    page.run()
    assert extract.asked[-1] == ["news/radio.txt", *(f"{n}.txt" for n in range(4))] and not intake.due


def test_pasted_text_and_links_are_read_at_the_button_and_the_fields_are_empty_again(page, monkeypatch):
    web = {f"https://a.example/{n}": f"“Go,” said Bo to {n}." for n in (1, 2)}
    monkeypatch.setattr("attribution.pages.intake.Links", links_to(web))
    links = "https://a.example/1\n\n https://a.example/2 \nhttps://a.example/1"
    add(page, "Bo Hill said: “No.”", links, title="<script>alert(1)</script>")
    assert fates(page) == [
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "✓ Read", "1 article · 4 words · Text"),
        ("https://a.example/1", "✓ Read", "1 article · 5 words · Link · English"),
        ("https://a.example/2", "✓ Read", "1 article · 5 words · Link · English"),
    ]
    assert "3 read" in shown(page) and "<script>" not in shown(page)
    assert [page.text_area(key=f"add_{key}").value for key in ("text", "links")] == ["", ""]
    assert "<h2>4 articles</h2>" in shown(page)
    page.button(key="add_dismiss").click().run()
    assert fates(page) == []
    assert len(page.session_state["own"]) == 3


def test_nothing_chosen_is_said(page):
    page.text_area(key="add_text").set_value("  \n")
    page.button(key="add_now").click().run()
    assert "Nothing to add yet: choose files, paste a text, or give links." in shown(page)


def test_refused_ones_stand_first_and_long_lists_end_with_a_count(page):
    intake = page.session_state["intake"]
    intake.fates = [Fate(f"{n}.txt", "read", "1 article") for n in range(400)]
    intake.fates.append(Fate("bad.pdf", "refused", "Is a scan. Read its text with OCR."))
    intake.total = 401
    page.run()
    assert fates(page)[0] == ("bad.pdf", "✕ Not read", "Is a scan. Read its text with OCR.")
    assert len(fates(page)) == 300 and "and 101 more, all of them read" in shown(page)


def test_what_was_read_stands_on_every_page(page):
    add(page, "Bo Hill said: “No.”")
    assert extract.asked[-1] == ["news/radio.txt"]  # of the first page; here nothing was analysed
    page.switch_page("who_said_what.py").run()
    assert "2 quotes" in shown(page)
    assert extract.asked[-1] == ["news/radio.txt", "Pasted text"]


def test_what_is_read_while_the_page_is_drawn_is_not_forgotten(page, monkeypatch):
    intake = page.session_state["intake"]
    late = [Article("“No,” said Bo.", file="late.txt")]
    real = library.collect
    monkeypatch.setattr(library, "collect", lambda: (real(), intake._read.extend(late), late.clear()))
    followed = []
    monkeypatch.setattr("attribution.pages.sidebar_articles._follow", lambda *news: followed.append(news))
    page.run()
    assert followed == [(True, None)]
    page.run()
    assert "2 articles loaded" in shown(page) and len(followed) == 1


def test_own_articles_can_be_removed_one_by_one_and_all_at_once(page):
    for words in ("No", "Yes", "Perhaps"):
        add(page, f"Bo Hill said: “{words}.”")
    own = page.session_state["own"]
    assert [article.file for article in own] == ["Pasted text", "Pasted text 2", "Pasted text 3"]
    page.multiselect(key="remove_chosen").set_value([own[1].id])
    page.button(key="remove_these").click().run()
    assert [article.file for article in page.session_state["own"]] == ["Pasted text", "Pasted text 3"]
    page.button(key="remove_all").click().run()
    assert page.session_state["own"] == [] and "1 article loaded" in shown(page)


def test_without_any_article_the_page_says_what_to_do(show):
    page = show(refused=[("gone.txt", "there is no such file. Check the path.")])
    text = shown(page)
    assert "No article is loaded yet" in text and "Drop files above, paste a text or give links" in text
    assert "gone.txt: there is no such file." in text
    add(page, "Bo Hill said: “No.”")
    assert "1 article loaded" in shown(page)


def test_where_the_server_only_shows_nothing_can_be_added(show):
    page = show(Article("“No,” said Bo.", file="a.txt"), arguments=("somewhere", library.READ_ONLY))
    assert library.READ_ONLY_NOTE in shown(page)
    assert not [button for button in page.button if button.key == "add_now"]


def test_the_same_bytes_twice_among_the_files_given_are_loaded_once_and_told(show):
    same = [Article("“No,” said Bo.", file=file) for file in ("a.txt", "b.txt")]
    page = show(*same)
    assert "1 article loaded" in shown(page)
    assert library.refused() == [("b.txt", "repeats a.txt word for word. It is loaded once.")]
    assert "1 not loaded: see there." in shown(page)
    assert page.expander[0].label == "Given at the start: 1 not loaded"
    assert fates(page) == [("b.txt", "✕ Not read", "Repeats a.txt word for word. It is loaded once.")]


def test_what_is_known_of_the_files_given_stands_on_the_page(show):
    note = ("in/rows.csv", "Read text from “Story”; not “Nr”.")
    page = show(Article("“No,” said Bo.", file="in/rows.csv, row 2"), notes=[note])
    assert page.expander[0].label == "Given at the start: 1 note"
    assert fates(page) == [("rows.csv", "✓ Read", "Read text from “Story”; not “Nr”.")]


def test_the_columns_of_a_table_are_shown_and_chosen_anew(page):
    rows = "Heading,Words,Lede\nA,“One” said Bo Hill.,Short one.\nB,“Two” said Bo Hill.,Short two.\n"
    intake = page.session_state["intake"]
    intake.add([Item("a.txt", b"Hill said no."), Item("rows.csv", rows.encode())], ())
    until_read(page)
    assert fates(page)[0][:2] == ("rows.csv", "✕ Not read")
    assert "Has no column with a text. It has “Heading”, “Words”, “Lede”:" in fates(page)[0][2]
    form = {box.label: box for box in page.selectbox if str(box.key).startswith("column:")}
    assert list(form) == ["Text", "Title", "Author", "Date", "Outlet", "Link", "Language"]
    assert form["Text"].value == "" and form["Text"].options == ["none", "Heading", "Words", "Lede"]
    again = [button for button in page.button if button.label == "Read rows.csv again"]
    again[0].click().run()
    assert "Choose the column that holds" in shown(page)

    def read_with(**chosen):
        form = {box.label: box for box in page.selectbox if str(box.key).startswith("column:")}
        for label, column in chosen.items():
            form[label].set_value(column)
        [button for button in page.button if button.label == "Read rows.csv again"][0].click().run()
        until_read(page)
        return [(article.text, article.title) for article in page.session_state["own"]]

    texts = [("Hill said no.", None), ("“One” said Bo Hill.", "A"), ("“Two” said Bo Hill.", "B")]
    assert read_with(Text="Words", Title="Heading") == texts
    assert [fate[:2] for fate in fates(page)] == [("a.txt", "✓ Read"), ("rows.csv", "✓ Read")]
    assert "Read text from “Words”, title from “Heading”; not “Lede”." in shown(page)
    assert "4 articles loaded" in shown(page)
    texts = [("Hill said no.", None), ("Short one.", None), ("Short two.", None)]
    assert read_with(Text="Lede", Title="") == texts
    assert "4 articles loaded" in shown(page) and (intake.done, intake.total) == (2, 2)
    page.button(key="add_dismiss").click().run()
    assert not [box for box in page.selectbox if str(box.key).startswith("column:")]


def test_of_several_tables_the_one_that_could_not_be_read_is_asked_about_first(page):
    good, bad = "text\n“One” said Bo Hill.\n", "a,b\nNo.,“Two” said Bo Hill.\n"
    intake = page.session_state["intake"]
    intake.add([Item("good.csv", good.encode()), Item("bad.csv", bad.encode())], ())
    until_read(page)
    assert page.selectbox(key="columns_of").value == 1
    page.selectbox(key="columns_of").set_value(0).run()
    (text, *_) = [box for box in page.selectbox if str(box.key).startswith("column:")]
    assert text.value == "text" and [b.label for b in page.button if "again" in b.label] == [
        "Read good.csv again"
    ]


def test_the_sidebar_names_a_dozen_and_counts_the_rest(show):
    page = show(*(Article(f"“{n},” said Bo.", file=f"{n}.txt") for n in range(200)))
    listed = page.sidebar.get("html")
    assert sum(block.proto.body.count("<li>") for block in listed) == 12
    assert any("and 188 more" in block.proto.body for block in listed)


# --- metadata --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("outlet", "  Harbour\n Post ", "Harbour Post"),
        ("title", "<script>", "<script>"),
        ("author", "", None),
        ("published", "February 4, 2026", "2026-02-04"),
        ("published", "24/02/2026", "2026-02-24"),
        ("url", "https://harbour.example/a?b=1", "https://harbour.example/a?b=1"),
        ("read_as", "French", "fr"),
        ("read_as", " EN", "en"),
    ],
)
def test_a_field_is_tidied(field, text, value):
    assert mending.checked(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("published", "yesterday", "Date: “yesterday” is no date, or could be two. Write 2026-02-04."),
        ("published", "04/02/2026", "Date: “04/02/2026” is no date, or could be two. Write 2026-02-04."),
        ("published", "2026-02-30", "Date: “2026-02-30” is no date, or could be two. Write 2026-02-04."),
        ("url", "javascript:alert(1)", "Link: “javascript:alert(1)” is no web address."),
        ("url", "http://", "Link: “http://” is no web address. Write https://… in full."),
        ("url", "http://[", "Link: “http://[” is no web address. Write https://… in full."),
        ("title", "x" * 501, "Title: 501 characters are too many. Shorten it."),
        (
            "read_as",
            "Klingonish",
            "Language: “Klingonish” is no language. Write its ISO 639-1 code, as in en",
        ),
    ],
)
def test_a_field_that_is_none_is_told_and_not_kept(field, text, told, monkeypatch):
    monkeypatch.setattr(mending.st, "session_state", {})
    article = Article("Hill said no.", file="a.txt", published="2026-01-01")
    with pytest.raises(AttributionError, match=re.escape(told)):
        mending.mend(article, "a.txt", field, text)
    assert mending.mended(article, "a.txt") is article


def test_a_mend_is_kept_marked_and_undone(monkeypatch):
    monkeypatch.setattr(mending.st, "session_state", {})
    article = Article("Hill said no.", file="a.txt", outlet="Post", published="2026-02-04T09:30:00+00:00")
    mending.mend(article, "a.txt", "outlet", "Quay & Co")
    mending.mend(article, "a.txt", "published", "2026-02-04")  # what stands there already, in short
    mending.mend(article, "a.txt", "title", "No")
    now = mending.mended(article, "a.txt")
    assert (now.outlet, now.title, now.published) == ("Quay & Co", "No", article.published)
    assert (now.id, now.text) == (article.id, article.text)
    assert mending.mended(article, "a.txt") is now
    assert dict(mending.fields_mended("a.txt")) == {"outlet": "Quay & Co", "title": "No"}
    mending.undo({"a.txt": article})
    mending.mend(article, "a.txt", "outlet", "Post")  # back by hand: no mend any more
    assert mending.mended(article, "a.txt") == article
    mending.undo({"a.txt": article})
    assert mending.mended(article, "a.txt").outlet == "Quay & Co"
    mending.undo_all()
    assert mending.mended(article, "a.txt") is article and mending.last_mend() is None


def test_a_mend_stands_everywhere_at_once_and_nothing_is_analysed_again(page):
    page.session_state["mends"] = {"news/radio.txt": {"outlet": "Harbour FM", "published": "2026-02-04"}}
    page.run()
    assert "Harbour FM" in shown(page) and "1 article mended" in page.caption[-1].value
    asked = len(extract.asked)
    page.switch_page("who_said_what.py").run()
    assert "1 article: Harbour FM" in shown(page)
    assert list(page.dataframe[0].value["Article"]) == ["Harbour FM"]
    assert len(extract.asked) == asked
    page.switch_page(ADD).run()
    assert list(page.dataframe[0].value["Mended"]) == ["outlet, date"]
    assert list(page.dataframe[0].value["Quotes"]) == [1]


def test_one_visitors_mend_is_not_seen_by_another(show):
    loaded = Article("Ada Brook: “It stays open.”", file="radio.txt", outlet="Radio")
    first = show(loaded)
    analyses.clear()
    first.session_state["mends"] = {"radio.txt": {"outlet": "Harbour FM"}}
    first.run()
    first.switch_page("who_said_what.py").run()  # the analysis is made of what this visitor mended
    assert "1 article: Harbour FM" in shown(first)
    second = show(loaded)
    second.switch_page("who_said_what.py").run()
    assert "1 article: Radio" in shown(second) and "Harbour FM" not in shown(second)


def test_a_language_that_is_mended_is_read_so_by_that_visitor_alone_and_kept_in_the_file(show, tmp_path):
    loaded = Article("«On va gagner», a dit Jones.", file=str(tmp_path / "port.txt"))
    first = show(loaded)
    assert list(first.dataframe[0].value["Language"]) == [""]
    first.session_state["mends"] = {loaded.file: {"read_as": "fr"}}
    first.run()
    assert list(first.dataframe[0].value["Language"]) == ["French"]
    assert list(first.dataframe[0].value["Mended"]) == ["language"]
    assert "In French: port.txt." in shown(first)
    text, lost = to_toml({"port": loaded}, {"port": {"read_as": "fr"}})
    assert (text, lost) == ('["port.txt"]\nlanguage = "fr"\n', [])
    (tmp_path / "articles.toml").write_text(text)
    told = Article(loaded.text, file=loaded.file, read_as="fr")  # taken back: the text tells it again
    assert to_toml({"port": told}, {"port": {"read_as": None}}) == ("", [])
    asked = len(extract.asked)
    first.switch_page("who_said_what.py").run()
    second = show(loaded)
    second.switch_page("who_said_what.py").run()
    assert len(extract.asked) == asked + 1  # another language is another analysis; theirs was made before
    assert list(second.switch_page(ADD).run().dataframe[0].value["Language"]) == [""]


def test_a_changed_file_keeps_its_mends(monkeypatch):
    monkeypatch.setattr(mending.st, "session_state", {})
    old, new = (Article(text, file="a.txt") for text in ("Hill said no.", "Hill said yes."))
    mending.mend(old, mending.key_of(old, own=False), "outlet", "Post")
    assert mending.mended(new, mending.key_of(new, own=False)).outlet == "Post"


def test_a_dressed_analysis_is_the_same_object_each_time_and_fast(lantern):
    many = replace(lantern, quotes=lantern.quotes * 350)
    own = tuple(replace(article, outlet="Elsewhere") for article in lantern.articles)
    began = time.perf_counter()
    made = mending.dressed(many, own)
    assert time.perf_counter() - began < 0.5
    assert {quote.article.outlet for quote in made.quotes} == {"Elsewhere"}
    assert mending.dressed(many, own) is made
    assert mending.dressed(many, lantern.articles) is many


def test_the_mends_are_kept_in_a_file_that_is_read_back(tmp_path):
    (tmp_path / "articles.toml").write_text('["b.txt"]\noutlet = "Quay"\n["a.txt"]\nauthor = "Bo"\n')
    odd = 'He said "no" \\ \x7f 🗞️'
    articles = {
        "a": Article("Hill said no.", file=str(tmp_path / "a.txt"), title="A title"),
        "b": Article("Hill said yes.", file="mine.txt"),
        "c": Article("Hill said.", file="t.csv, row 3", id="0123456789ab"),
    }
    mended = {
        "a": {"outlet": odd, "published": "2026-02-04", "title": None},
        "b": {"url": "https://harbour.example/"},
        "c": {"outlet": "Post"},
    }
    text, lost = to_toml(articles, mended)
    assert lost == [
        f"{tmp_path}/a.txt: articles.toml cannot say that the title is unknown.",
        "t.csv, row 3 is a part of its file, which articles.toml cannot name: mend it there.",
    ]
    (tmp_path / "articles.toml").write_text(text, encoding="utf-8")
    assert read_metadata(tmp_path) == {
        "a.txt": {"outlet": odd, "published": "2026-02-04", "author": "Bo"},
        "b.txt": {"outlet": "Quay"},
        "mine.txt": {"url": "https://harbour.example/"},
    }
    assert "published = 2026-02-04\n" in text


# --- copies ----------------------------------------------------------------------------------------


@pytest.fixture
def copies(show):
    """Two outlets with one wire copy, and two versions of it at a third."""
    quote = "“We are sorry for it,” "
    return show(
        Article(WIRE.format(quote), file="a.txt", outlet="Post", published="2026-02-04"),
        Article(WIRE.format(quote) + " (AP)", file="b.txt", outlet="Quay", published="2026-02-05"),
        Article("Bo Hill said: “No.” And “Never.”", file="c.txt", outlet="Wire"),
        target="",
    )


def test_copies_are_grouped_all_are_counted_and_the_pages_say_so(copies):
    text = shown(copies)
    assert "Copies and versions" in text and "<h3>Wire copy</h3>" in text
    copies.switch_page("who_said_what.py").run()
    assert "1 quote of 4 stand" in shown(copies)
    assert len(copies.dataframe[0].value) == 4


def test_one_click_leaves_the_copies_out_and_the_address_keeps_it(copies, monkeypatch):
    filters = []
    real = downloads.told_filters
    monkeypatch.setattr(downloads, "told_filters", lambda found: filters.extend(real(found)) or real(found))
    copies.switch_page("who_said_what.py").run()
    copies.button(key="copies_out").click().run()
    assert list(copies.dataframe[0].value["Article"]) == ["Post", "Wire", "Wire"]
    assert "Left out as copies: 1 quote in 1 article" in shown(copies)
    assert "without the copies in: Quay" in filters
    left_out = copies.session_state["without"]
    assert copies.query_params["without"] in (left_out, left_out[0])
    copies.switch_page(ADD).run()
    assert "Not counted" in shown(copies)
    assert copies.radio[0].value == "one"
    copies.radio[0].set_value("all").run()
    copies.switch_page("who_said_what.py").run()
    assert len(copies.dataframe[0].value) == 4


def test_versions_tell_what_changed_once_the_quotes_are_known(show):
    old = WIRE.format("“We are sorry for it, and we will pay,” ")
    new = WIRE.format("“We are sorry for it, and we will not pay,” ") + " “Nobody was hurt,” said Bo Hill."
    page = show(
        Article(old, file="old.txt", outlet="Post", published="2026-02-04"),
        Article(new, file="new.txt", outlet="Post", published="2026-02-05"),
    )
    analyses.clear()
    page.run()
    assert "Versions of one article" in shown(page) and "Newest" in shown(page)
    page.button(key="copies_changes").click().run()
    page.run()
    (changes,) = [each for each in page.expander if "From version 1 to 2" in each.label]
    assert "1 added, 1 reworded" in changes.label
    assert '<mark class="grave"' in shown(page)


def test_an_article_in_another_language_is_said_to_be(show):
    french = (
        "Le maire de la ville a dit hier que le port ne fermera pas avant la fin de l'été. «Nous allons "
        "gagner», a-t-il répété devant les dockers, qui ne le croient plus depuis longtemps."
    )
    page = show(
        Article(french, file="port.txt"),
        Article("The mayor said that they had been there: “No.” " * 3, file="b.txt", language="de"),
    )
    assert list(page.dataframe[0].value["Language"]) == ["French", "English (not de, as it says)"]
    assert "In French: port.txt. Their quotes are found, but who says them is not read." in shown(page)
