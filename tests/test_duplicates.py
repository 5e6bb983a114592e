"""Near-duplicates: what is one text, of what kind, which is the newest; and what only looks alike."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.article import Article
from attribution.duplicates import DuplicateGroup, group_duplicates

SOURCES = Path(__file__).parent / "data" / "sources"

STORY = """\
Ferry to Lund island stops for the winter

GRAYHAVEN, Oct. 4 - The ferry that ties the island of Lund to the mainland will lie still from November until
the end of March, the first time in forty years that the islanders are left without a regular crossing.

The county council took the decision late on Tuesday, by nine votes to eight, after an engineer had shown it
pictures of rust in the hull. A repair would cost more than the boat is worth, he wrote in his report.

"We cannot send children to school on a boat that leaks," said Petra Holm, who heads the council.

Some two hundred people live on Lund all year round. They buy their bread, see their doctor and bury
their dead on the other side of the sound, and most of them had learnt of the plan from the radio.

"Nobody came over to look us in the eye," said Jon Aske, a fisherman. He and his brother want to carry mail
and medicine in their own boats as long as the ice allows it.

A new ferry has been ordered from a yard in the north, but it will not be ready before the next but one
summer."""

OTHER_REPORT = """\
Islanders angry as council halts boat

Residents of Lund packed the parish hall last night to protest against losing their only link with the shops,
surgeries and schools of Grayhaven, hours after councillors narrowly voted to lay up the ageing vessel.

"We cannot send children to school on a boat that leaks," said Petra Holm, who heads the council.

Several speakers demanded that money set aside for a marina be spent on hiring a replacement instead. A
petition at the door had gathered a hundred and sixty signatures by the time that the lights went out.

"Nobody came over to look us in the eye," said Jon Aske, a fisherman. There was long applause for him.

Opposition members hinted that they would force a second ballot before the month is out."""


def article(text: str, name: str = "a", **known: str) -> Article:
    return Article(text, file=f"{name}.txt", **known)


def only(*articles: Article) -> DuplicateGroup:
    """The one group that the articles have."""
    (group,) = group_duplicates(articles)
    return group


def edited(text: str, share: float, seed: int = 3) -> str:
    """The text with that share of its words changed, here and there."""
    rng = random.Random(seed)
    return " ".join("otherwise" if rng.random() < share else word for word in text.split(" "))


def body(text: str) -> str:
    """The text without its headline."""
    return text.split("\n\n", 1)[1]


def test_the_same_words_are_the_same_text_whatever_the_marks_and_line_breaks():
    copy = STORY.replace('"', "”").replace("\n", " \r\n").replace("-", "–")
    group = only(article(STORY), article(copy, "b"))
    assert (group.kind, group.likeness) == ("same text", 1.0)
    assert group.reason == "No two outlets are known: the articles have the same words."


def test_the_same_words_in_two_outlets_are_wire_copy():
    group = only(article(STORY, outlet="Quay Post"), article(STORY + "\n", "b", outlet="Harbour Echo"))
    assert (group.kind, group.reason) == (
        "wire copy",
        "2 outlets ran it: the articles have the same words.",
    )


def test_wire_copy_is_known_under_other_headlines_datelines_and_with_edits():
    wire = article(STORY, "wire", outlet="Continental Wire")
    post = article(f"No boat till spring\n\nLUND (CW) - {edited(body(STORY)[22:], 0.08)}", "p", outlet="Post")
    echo = article(f"Sound goes quiet\n\nBy our staff\n\n{body(STORY)}", "echo", url="https://echo.example/9")
    unlike = article(OTHER_REPORT, "unlike", outlet="Lund Weekly")
    group = only(wire, unlike, post, echo)
    assert (group.kind, group.articles) == ("wire copy", (wire, post, echo))
    assert group.reason == (
        f"3 outlets ran it: each article shares with another at least {int(100 * group.likeness)} % of the "
        "shorter one’s wording, quotes aside."
    )


def test_versions_of_one_article_are_known_with_the_newest():
    rewritten = "The islanders said on Friday that they would row over to the council hall in protest."
    paragraphs = STORY.split("\n\n")
    later = "\n\n".join(
        [*paragraphs[:3], rewritten, *paragraphs[4:], "Two more crossings were added on Friday."]
    )
    first = article(STORY, "first", outlet="Post", published="2026-10-04")
    second = article(later, "second", outlet="Post", published="2026-10-05T08:00:00+02:00")
    group = only(second, first)
    assert (group.kind, group.articles, group.newest) == ("versions", (first, second), second)
    assert group.reason.startswith("One outlet: ")


def test_the_news_as_it_broke_is_a_version_of_the_long_report():
    breaking = article("\n\n".join(STORY.split("\n\n")[:3]), "breaking", title="Ferry stops")
    report = article(STORY, "report", title="Ferry stops")
    group = only(report, breaking)
    assert (group.kind, group.likeness) == ("versions", 1.0)
    assert (
        group.reason
        == "One title: 100 % of the shorter one’s wording stands in the longer one, quotes aside."
    )


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        (("2026-10-04", "2026-10-05"), 1),
        (("2026-10-05", "2026-10-04"), 0),
        (("2026-10-04T09:00", "2026-10-04T11:30"), 1),
        (("2026-10-04T09:00+05:00", "2026-10-04T08:00+01:00"), 1),
        (("2026-10-04", "2026-10-04T11:30"), None),  # one day, and nothing tells when on it
        (("2026-10-04", None), None),
        ((None, None), None),
        (("4 Oct", "2026-10-04"), None),
    ],
)
def test_the_newest_is_told_only_where_the_dates_tell_it(dates, newest):
    articles = [article(STORY, str(i), published=date) for i, date in enumerate(dates)]
    group = only(*articles)
    assert group.newest is (None if newest is None else articles[newest])


def test_undated_articles_follow_the_dated_ones_in_the_order_loaded():
    copies = [
        article(STORY, name, published=date)
        for name, date in zip("abcd", (None, "2026-02-02", None, "2026-01-01"), strict=True)
    ]
    assert [one.file for one in only(*copies).articles] == ["d.txt", "b.txt", "a.txt", "c.txt"]


# --- what is not one text --------------------------------------------------------------------------


def test_two_reports_that_share_their_quotes_are_two():
    assert group_duplicates([article(STORY), article(OTHER_REPORT, "b")]) == []


def test_two_short_notes_around_one_long_quote_are_two():
    quote = f"“{' '.join(OTHER_REPORT.split()[6:60])}”".replace('"', "")
    notes = [
        "Petra Holm spoke first last night at Lund: {}",
        "{} That was how a letter to us began on Monday.",
    ]
    assert group_duplicates([article(note.format(quote), note[:5]) for note in notes]) == []


def test_a_statement_that_another_article_quotes_at_length_is_not_that_article():
    statement = " ".join(body(STORY).replace('"', "'").split())
    report = "\n\n".join(
        [
            "Council explains why the ferry stops",
            "The council of Grayhaven sent a long statement to this newspaper on Wednesday morning, after "
            "readers had asked why nobody was warned, and it is printed here because so many wrote to us.",
            f"“{statement}”",
            "A spokeswoman would not say when the next meeting takes place, or whether the public is let in.",
        ]
    )
    assert group_duplicates([article(body(STORY)), article(report, "b")]) == []


def test_the_items_of_a_round_up_are_not_one_text():
    items = [f"{file.read_text(encoding='utf-8')[:1500]}" for file in sorted(SOURCES.glob("*.txt"))[:3]]
    round_up = article("\n\n".join(["The week in short", *items]), "week")
    assert group_duplicates([*(article(item, str(i)) for i, item in enumerate(items)), round_up]) == []


def test_what_an_outlet_prints_under_everything_does_not_make_articles_one():
    stories = [file.read_text(encoding="utf-8") for file in sorted(SOURCES.glob("*.txt"))]
    footer = body(STORY)
    shorts = [
        " ".join(" ".join(story.split("\n\n")[2:5]).split()[:60]) + f"\n\n{footer}" for story in stories
    ]
    briefs = [article(text, str(i), outlet="Quay Post") for i, text in enumerate(shorts)]
    assert group_duplicates(briefs) == []
    assert len(only(*briefs, article(shorts[0].upper(), "copy", outlet="Quay Post")).articles) == 2


def test_a_new_headline_on_each_copy_does_not_make_the_body_boilerplate():
    copies = [
        article(f"{head}\n\n{body(STORY)}", head, outlet="Post") for head in ("One", "Two", "Three", "Four")
    ]
    assert len(only(*copies).articles) == 4


def test_different_articles_of_one_corpus_are_not_grouped():
    articles = [
        article(file.read_text(encoding="utf-8"), file.stem) for file in sorted(SOURCES.glob("*.txt"))
    ]
    assert len(articles) > 5 and group_duplicates(articles) == []


@pytest.mark.parametrize("text", ["", " \n", "“”", "…"])
def test_texts_without_words_are_no_copies_of_each_other(text):
    assert group_duplicates([article(text), article(text, "b")]) == []


def test_no_articles_have_no_groups():
    assert group_duplicates([]) == []
    assert group_duplicates([article(STORY)]) == []


# --- whatever the texts ----------------------------------------------------------------------------

_TEXTS = st.lists(
    st.sampled_from([*STORY.split("\n\n"), "", "A line.", "“We go.”", "我们别无选择。"]), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXTS, max_size=8))
def test_an_article_stands_in_one_group_at_most_and_a_copy_beside_its_original(drawn):
    articles = [article("\n\n".join(parts), str(i)) for i, parts in enumerate(drawn)]
    groups = group_duplicates(articles)
    files = [one.file for group in groups for one in group.articles]
    assert len(files) == len(set(files))
    group_of = {one.file: i for i, group in enumerate(groups) for one in group.articles}
    for one in articles:
        for other in articles:
            if one.text == other.text and any(map(str.isalnum, one.text)):
                assert group_of.get(one.file, -1) == group_of.get(other.file, -1)
    assert all(0 < group.likeness <= 1 and len(group.articles) > 1 for group in groups)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_the_groups_do_not_depend_on_the_order_of_the_articles(order):
    texts = [
        STORY,
        edited(STORY, 0.05),
        OTHER_REPORT,
        edited(OTHER_REPORT, 0.05, 4),
        STORY.upper(),
        "A line.",
    ]
    articles = [article(text, str(i)) for i, text in enumerate(texts)]
    found = {
        frozenset(one.file for one in g.articles) for g in group_duplicates([articles[i] for i in order])
    }
    assert found == {frozenset({"0.txt", "1.txt", "4.txt"}), frozenset({"2.txt", "3.txt"})}


def test_a_group_is_a_value():
    group = only(article(STORY), article(STORY, "b"))
    assert replace(group) == group and hash(group)
