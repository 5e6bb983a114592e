"""Bad input on every page: names and articles that are code, other scripts, far too much and next to none."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from browser_view import fits, settled
from hand_made import forget, home, set_up, shown

from attribution.pages.pictures import PICTURES
from attribution.stance import Stance

TARGET = "Operation Lantern"
SCRIPT = "<script>alert(1)</script>"
BIDI, EMOJI, LONG = "مريم ‮חיים‬", "🙂👩‍👩‍👧‍👦 Zoë", "Ada " + "Maximiliana-" * 24 + "Brook"
CASES = {
    "a speaker that is code": [(SCRIPT, "We go.")],
    "right to left and emoji": [(BIDI, "שלום 🙂 مرحبا"), (EMOJI, "Zoë 👋🏽 said")],
    "a name of 300 characters": [(LONG, "We go.")],
    "one quote": [("Ada", "We go.")],
    "nobody named": [(None, "We go.")],
    "500 speakers": [(f"Speaker {n}", f"We go {n}.") for n in range(500)],
}
LABELS = ("support", "oppose", "neutral", "unsure")


@pytest.fixture
def opened(said, lantern, monkeypatch, root):
    """Opens a page over hand-made quotes: `opened(case, where, picture="dots")`."""

    def read(case):
        quotes = []
        for number, (speaker, words) in enumerate(CASES[case]):
            quote = said(
                f"Outlet {number % 3}", f"“{words}”", text=f"{number} {SCRIPT} “{words}”", by=speaker
            )
            label = LABELS[number % 4]
            stance = Stance(TARGET, label, "oppose" if label == "unsure" else label, 0.5, 0.9, "by-hand")
            quotes.append(replace(quote, stances=(stance,)))
        return replace(lantern, articles=tuple(q.article for q in quotes), quotes=tuple(quotes))

    def open_(case, where=None, **address):
        found = read(case)
        set_up(monkeypatch, found)
        page = home()
        page.query_params.update({"target": TARGET} | address)
        if where:
            page.switch_page(where)
        page.run()
        return SimpleNamespace(page=page, quotes=found.quotes, html=shown(page))

    yield open_
    forget()


@pytest.mark.parametrize("case", CASES)
def test_every_picture_is_drawn_and_nothing_in_it_is_code(opened, case):
    # All pictures of one page where that is quick; each case's own words are in the first one.
    for picture in PICTURES if len(CASES[case]) < 10 else ("dots", "voices"):
        seen = opened(case, picture=picture)
        assert "<script" not in seen.html
        for chart in seen.page.get("plotly_chart"):
            assert "<script" not in json.dumps(json.loads(chart.proto.spec)).replace("\\u003c", "<")


@pytest.mark.parametrize("case", CASES)
def test_the_card_and_the_source_show_it_as_it_is_written(opened, case):
    seen = opened(case)
    quote = seen.quotes[-1]
    for where in (None, "source.py"):
        seen = opened(case, where, quote=quote.id)
        assert "<script" not in seen.html
        assert f"“{quote.quote.text}”" in seen.html
        if SCRIPT in (quote.name or ""):
            assert "&lt;script&gt;alert(1)&lt;/script&gt;</div>" in seen.html


def test_500_speakers_are_counted_and_said_to_be_in_the_table_only(opened):
    seen = opened("500 speakers")
    assert any("460 speakers with fewer quotes: in the table only" in c.value for c in seen.page.caption)


def test_one_quote_is_marked_as_few_and_gives_no_tendency(opened):
    seen = opened("one quote", picture="outlets")
    (chart,) = seen.page.get("plotly_chart")
    assert "(few)" in chart.proto.spec and "too few" in chart.proto.spec
    assert "1 quote · 1 article" in seen.html


def test_articles_without_a_date_are_said_to_have_none(opened):
    seen = opened("one quote", picture="time", quote="")
    assert any("Of 1 of 1 article the date is not known" in c.value for c in seen.page.caption)
    assert "no date" in opened("one quote", "source.py").html


@pytest.mark.parametrize("where", ["source.py", "compare_outlets.py", "check_quotes.py"])
def test_a_link_to_what_is_gone_opens_a_page_that_says_so(opened, where):
    seen = opened(
        "one quote", where, quote="feedfacef00d", article="0" * 12, passage="9-99999", speaker="Gone"
    )
    if where == "source.py":
        assert "(000000000000) is not loaded here" in seen.html
        assert "(feedfacef00d) is not in the articles loaded here" in seen.html


# --- in a browser -----------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.model
def test_hostile_articles_are_shown_as_text_on_every_page(browser, serving, root, tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "code.txt").write_text(
        "<script>alert(1)</script>\n<img src=x onerror=alert(1)>\n\n"
        "“<b>Lantern</b> is a disgrace,” said <script>alert(1)</script> Hill.\n\n"
        "“Lantern protects us,” said Maryam مريم at the gate. “שלום ‮abc 🙂,” she said.\n\n"
        f"“Lantern began on Monday,” said {LONG}.",
        encoding="utf-8",
    )
    (articles / "articles.toml").write_text(
        "['code.txt']\ntitle = '<img src=x onerror=alert(2)>'\noutlet = '\u202eoutlet'\n"
        "url = 'javascript:alert(3)'\n",
        encoding="utf-8",
    )
    (root / ".artefacts").mkdir(exist_ok=True)
    with serving(str(articles)) as address:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.on("dialog", lambda dialog: pytest.fail("the article's words ran as code"))
        for path in ("", "source", "compare"):
            page.goto(f"{address}{path}?target=Lantern")
            page.locator("h1.view").wait_for()
            page.wait_for_timeout(500)
            settled(page)
            if path == "":
                page.locator(".js-plotly-plot").first.wait_for()
                page.get_by_role("button", name="Read the first quote").click()
                page.locator("article.card").wait_for()
                settled(page)
                fits(page)
            if path == "source":
                page.locator(".article mark").first.wait_for()
                page.locator(".article mark[data-who]").first.click()
                page.locator("article.card").wait_for()
                settled(page)
            assert page.locator("h1 img, h1 script, .card img, .card script, .article img").count() == 0
            assert page.locator('[href^="javascript"]').count() == 0
            fits(page)
            page.screenshot(path=root / ".artefacts" / f"hostile-{path or 'who'}-390.png")
        context.close()
