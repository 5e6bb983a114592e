"""*Compare outlets* without a browser: what is marked in a wording, and what the page counts and says."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hand_made import forget, home, read_by, shown, start_with

from attribution.analysis import Analysis
from attribution.article import AttributionError
from attribution.pages import analyses
from attribution.pages.wordings import compared, html
from attribution.variants import find_variants

COMPARE = "compare_outlets.py"


def rows(*quotes):
    """The rows of the one remark that the quotes are."""
    (utterance,) = find_variants(quotes)
    return compared(utterance).rows


def signs(row):
    """A row in short: `{changed}`, `{{grave}}`, and `[3]` where three words are left out."""
    shown = {"same": "{}", "changed": "{{{}}}", "grave": "{{{{{}}}}}"}
    return "".join(
        f"[{part.left_out}]" if part.left_out else shown[part.style].format(part.text) for part in row.parts
    )


# --- one wording -----------------------------------------------------------------------------------


def test_a_changed_word_is_marked_on_both_sides(said):
    base, other = rows(
        said("Post", "“It has hurt our residents, and it must end.”"),
        said("Wire", "“It has hurt our neighbors, and it must end.”"),
    )
    assert signs(base) == "It has hurt our {residents}, and it must end."
    assert signs(other) == "It has hurt our {neighbors}, and it must end."
    assert (other.changes, other.cuts) == (1, False)
    assert html(other) == (
        '“It has hurt our <mark class="changed" title="for “residents”">neighbors</mark>'
        '<span class="unseen"> (for “residents”) </span>, and it must end.”'
    )


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("We can stop the 40 boats at night.", "We {{can}} stop the 40 boats at night."),
        ("We can't stop the 400 boats at night.", "We can't stop the {{400}} boats at night."),
        ("We can't stop the 40 small boats at night.", "We can't stop the 40 {small} boats at night."),
        ("We can't stop the 40  boats—at night!", "We can't stop the 40  boats—at night!"),
    ],
)
def test_a_negation_and_a_number_are_marked_more_strongly_and_typography_is_not(said, wording, shown):
    quotes = said("Post", "“We can't stop the 40 boats at night, Max.”"), said("Wire", f"“{wording}”")
    other = rows(*quotes)[1]
    assert signs(other) == shown + "[1]"


def test_words_left_out_are_counted_at_the_ends_and_at_declared_cuts(said):
    whole = said("Post", "“On Friday the harbour will close for good, whatever the mayor says, I hear.”")
    start = said("Wire", "“On Friday the harbour will close”")
    dots = said("Echo", "“the harbour will close … whatever the mayor says”")
    split = said("Bugle", "“The harbour will close,”", "“I hear.”")
    shown = [signs(row) for row in rows(whole, start, dots, split)[1:]]
    assert shown == [
        "On Friday the harbour will close[8]",
        "[2]the harbour will close … [2]whatever the mayor says[2]",
        "[2]The harbour will close, [6]I hear.",
    ]


def test_words_dropped_silently_leave_a_sign_of_their_own(said):
    base, other = rows(
        said("Post", "“My daughter was on the phone the whole time. She heard the engines start.”"),
        said("Wire", "“My daughter was on the phone. She heard the engines start.”"),
    )
    assert signs(base) == "My daughter was on the phone {the whole time}. She heard the engines start."
    assert signs(other) == "My daughter was on the phone[3]. She heard the engines start."
    assert '<span class="gap changed" title="3 words left out: “the whole time”">' in html(other)
    assert '<span class="unseen"> (3 words left out) </span>' in html(other)


def test_words_in_brackets_stand_for_others_and_are_no_gap(said):
    whole = said("Post", "“The harbour will close on Friday, whatever the mayor says.”")
    other = rows(whole, said("Wire", "“The harbour will close on Friday, whatever [he] says.”"))[1]
    assert signs(other) == "The harbour will close on Friday, whatever [he] says."


def test_what_is_cut_at_an_end_stands_outside_of_the_marks(said):
    whole = said("Post", "“On Friday the harbour will close for good.”")
    shown = html(rows(whole, said("Wire", "“the harbour will close”"))[1])
    assert shown.startswith(' <span class="gap same"') and "</span> “the harbour will close” <" in shown


def test_every_character_of_an_article_is_escaped(said):
    base, other = rows(
        said("Post", "“The harbour <script>alert(1)</script> of Quendira will close on <b>Friday</b>.”"),
        said("Wire", "“The harbour <script>alert(1)</script> of Quendira will close on <img src=x>.”"),
    )
    for row in (base, other):
        assert "<script" not in html(row) and "<img" not in html(row)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html(row)


# --- the page --------------------------------------------------------------------------------------


@pytest.fixture
def show(monkeypatch):
    """Opens the page over quotes; `extra` articles without any beside them."""

    def opened(*quotes, extra=(), **address):
        articles = list({quote.article.id: quote.article for quote in quotes}.values()) + list(extra)
        found = Analysis(tuple(articles), tuple(quotes), ())
        read_by(monkeypatch, lambda articles: found)
        start_with(monkeypatch, articles)
        page = home()
        page.run()  # only then is the page known by its address
        page.query_params.update(address)
        return page.switch_page(COMPARE).run()

    yield opened
    forget()


@pytest.fixture
def harbour(said):
    """Three remarks: cut by one outlet; reworded by two; another speaker's, in two outlets the same."""
    return [
        said("Post", "“On Friday the harbour will close for good.”", published="2026-02-04"),
        said("Post", "“It has hurt our residents, and it must end.”", published="2026-02-04"),
        said("Post", "“The cranes will go to Quendira.”", by="Max Hill", published="2026-02-04"),
        said("Wire", "“The harbour will close”", published="2026-02-01"),
        said(
            "Wire",
            "“It has hurt our neighbors, and it must end,”",
            text="“It has hurt our neighbors, and it must end,” the mayor said.",
            mention="the mayor",
            cue="said",
        ),
        said("Echo", "“It has hurt our children, and it must end.”"),
        said("Echo", "“The cranes will go to Quendira!”", by="Max Hill"),
    ]


def headings(page):
    bodies = [block.proto.body for block in page.get("html")]
    return [
        body[body.index(">") + 1 : body.index(" <")] for body in bodies if 'h2 class="part remark' in body
    ]


def test_each_remark_has_a_heading_its_reasons_and_a_row_an_outlet(show, harbour):
    page = show(*harbour)
    assert headings(page) == ["Ada Brook", "Ada Brook", "Max Hill"]
    text = shown(page)
    assert '<span class="chip neutral">One remark</span> <small>2 wordings in 2 outlets</small>' in text
    assert '<span class="chip unsure">Possibly the same remark</span>' in text
    assert (
        "<li>Wire has “neighbors” for “residents”.</li><li>Echo has “children” for “residents”.</li>" in text
    )
    assert 'aria-label="Post: Fullest wording"' in text and 'aria-label="Wire: Altered"' in text
    assert "<span>cue “said”</span><span>speaker “the mayor”</span>" in text
    assert "<span>no cue</span><span>no speaker beside it</span>" in text


def test_dates_stand_beside_the_outlets_and_the_first_is_told_where_all_have_one(show, harbour):
    text = shown(show(*harbour))
    assert "<b>Wire</b><span>2026-02-01</span><strong>First</strong>" in text
    assert "<b>Echo</b><span>no date</span></p>" in text
    assert text.count("<strong>First</strong>") == 1


def test_the_figures_count_remarks_and_outlets(show, harbour):
    page = show(*harbour)
    assert {metric.label: (metric.value, metric.delta) for metric in page.metric} == {
        "Remarks": ("3", "in 7 wordings"),
        "Outlets that cut": ("1", "of 3"),
        "Outlets that changed words": ("2", "of 3"),
    }


def test_each_row_leads_to_the_quote_in_its_source(show, harbour):
    page = show(*harbour)
    links = [parse_qs(link.proto.query_string) for link in page.main.get("page_link")]
    wanted = [harbour[i] for i in (0, 3, 1, 4, 5, 2, 6)]
    assert [(link["article"], link["quote"]) for link in links] == [([q.article.id], [q.id]) for q in wanted]


def test_filters_leave_what_passes_and_go_into_the_address(show, harbour):
    page = show(*harbour)
    page.selectbox(key="wording").set_value("changed").run()
    assert "1 of 3 remarks (filtered) · 7 articles: Post, Wire, Echo<" in shown(page)
    assert page.query_params["wording"] in ("changed", ["changed"])
    page.selectbox(key="wording").set_value("cut").run()
    assert headings(page) == ["Ada Brook"]
    page.selectbox(key="wording").set_value("any").run()
    page.multiselect(key="speaker").set_value(["Max Hill"]).run()
    assert headings(page) == ["Max Hill"]
    page.selectbox(key="wording").set_value("changed").run()
    assert "No remark passes these filters" in shown(page)


def test_a_link_with_a_filter_and_an_order_opens_so(show, harbour):
    assert headings(show(*harbour, speaker="Max Hill")) == ["Max Hill"]
    page = show(*harbour, order="outlets")
    assert headings(page) == ["Ada Brook", "Ada Brook", "Max Hill"]
    assert "residents" in shown(page).split('<h2 class="part remark"')[1]
    assert "residents" in shown(show(*harbour, order="changes")).split('<h2 class="part remark"')[1]
    assert page.selectbox(key="order").value == "outlets"
    assert show(*harbour, order="nonsense", wording="nonsense").selectbox(key="order").value == "any"


def test_one_article_alone_is_told_what_it_needs(show, harbour):
    page = show(harbour[0])
    assert "One article alone has nothing to be compared with. Load at least two" in shown(page)
    assert not page.metric
    assert "No article is loaded. Load at least two" in shown(show())


def test_articles_without_a_remark_in_common_are_told_so(show, said):
    page = show(said("Post", "“The harbour will close.”"), said("Wire", "“The cranes go to Quendira.”"))
    assert "These 2 articles share no remark" in shown(page) and not page.metric


def test_a_broken_model_is_one_line(show, harbour, monkeypatch):
    page = show(*harbour)

    def broken(articles, **_):
        raise AttributionError("models/language: cannot be read. Reinstall it.")

    read_by(monkeypatch, broken)
    analyses.clear()
    page.run()
    assert "models/language: cannot be read." in shown(page)


def test_names_and_words_show_as_they_are_written(show, said):
    evil, words = "<script>alert(1)</script>", "“The harbour {} of Quendira will close on {}.”"
    page = show(
        said(evil, words.format(evil, "Friday"), by=evil),
        said("$Quay_ & *Co*", words.format(evil, "Saturday"), by=evil, mention="Quay", cue="*Co*"),
    )
    text = shown(page)
    assert "<script" not in text and "&lt;script&gt;" in text
    assert "<b>$Quay_ &amp; *Co*</b>" in text and "cue “*Co*”" in text
    assert not any("alert(1)" in markdown.value for markdown in page.markdown)


def test_many_remarks_come_in_parts(show, said):
    towns = [f"{letter}ville" for letter in "ABCDEFGHIJKLMNOPQRST"]
    words = [f"“{town} bridges, {town} harbours.”" for town in towns]
    page = show(*(said(outlet, each) for each in words for outlet in ("Post", "Wire")))
    assert len(headings(page)) == 15
    page.button(key="compare_more").click().run()
    assert len(headings(page)) == 20
    assert not any(button.key == "compare_more" for button in page.button)


def test_a_click_compares_nothing_again(show, harbour, monkeypatch):
    page = show(*harbour)
    monkeypatch.setattr("attribution.variants.find_variants", lambda quotes: pytest.fail("found twice"))
    page.selectbox(key="order").set_value("changes").run()
    assert headings(page) == ["Ada Brook", "Ada Brook", "Max Hill"]


def test_a_long_wording_scrolls_by_the_keys_and_tells_its_length(show, said):
    long = " ".join(f"We walked {number} miles along the harbour." for number in range(1, 21))
    text = shown(show(said("Post", f"“{long}”"), said("Wire", "“We walked 7 miles along the harbour.”")))
    assert text.count('<p class="said" tabindex="0">') == 1
    assert "<span>140 words</span>" in text
