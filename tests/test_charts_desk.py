"""Outlets, time and share of voice: every quote counted, few never drawn as a tendency, no date no place."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attribution import charts
from attribution.article import Article, Span
from attribution.people import Person, Speaker
from attribution.quotes import Quote

TARGET = "Operation Lantern"
PICTURES = [charts.outlet_cells, charts.time_line, charts.voice_bars]


@pytest.fixture
def made(lantern):
    """Makes quotes by hand: each of `rows` is speaker, outlet, date, stance label, score and words."""
    numbers = count()

    def quotes(*rows):
        return tuple(quote(next(numbers), *row) for row in rows)

    def quote(number, speaker, outlet, published, label, score, words=2):
        said = " ".join(["word"] * words)
        article = Article(
            f"{number} “{said}”", f"{outlet}-{published}.txt", outlet=outlet, published=published
        )
        article = replace(article, id=f"{outlet}-{published}")
        start = article.text.index("“")
        person = Person(speaker, speaker, "person") if speaker else None
        best = ("support" if score > 0 else "oppose") if label == "unsure" else label
        stance = replace(lantern.quotes[0].stances[0], label=label, best=best, score=score)
        return replace(
            lantern.quotes[0],
            article=replace(article, sha256=f"{number}"),
            quote=Quote((Span.of(article.text, start, len(article.text)),), "direct"),
            speaker=Speaker(person, "person" if person else "unnamed"),
            stances=(stance,),
        )

    return quotes


def dots(figure):
    return [
        (row[0], t.xaxis, x, y)
        for t in figure.data
        if t.customdata
        for row, x, y in zip(t.customdata, t.x, t.y, strict=True)
    ]


def cells(figure):
    """Row, column, text and pattern of each cell of the heat map."""
    return {
        (y, round(base - 0.03)): (text, trace.marker.pattern.shape, colour)
        for trace in figure.data
        if trace.type == "bar"
        for y, base, text, colour in zip(trace.y, trace.base, trace.text, trace.marker.color, strict=True)
    }


@pytest.mark.parametrize("draw", PICTURES)
@pytest.mark.parametrize("dark", [False, True])
def test_the_same_quotes_give_the_same_figure(lantern, draw, dark):
    once, again = (draw(lantern.quotes, TARGET, dark=dark).to_json() for _ in range(2))
    assert once == again


@pytest.mark.parametrize("draw", PICTURES)
def test_a_name_that_is_code_shows_as_it_is_written(lantern, draw):
    said = draw(lantern.quotes, TARGET).to_json().replace("\\u003c", "<")
    assert "<script" not in said and "&lt;script&gt;" in said


@pytest.mark.parametrize("draw", [charts.outlet_cells, charts.voice_bars, charts.speaker_bars])
def test_an_outlet_that_is_code_shows_as_it_is_written(made, draw):
    quotes = made(("<b>B</b>" * 60, "<img src=x onerror=alert(1)>", None, "unsure", 0.1))
    assert "<img" not in draw(quotes, TARGET).to_json().replace("\\u003c", "<")


@pytest.mark.parametrize("draw", PICTURES)
@pytest.mark.parametrize("size", [0, 1])
def test_no_quote_and_one_quote_give_a_figure(lantern, draw, size):
    assert len([row for t in draw(lantern.quotes[:size], TARGET).data for row in t.customdata or ()]) >= size


# --- speakers by outlets ------------------------------------------------------------------------------


def test_cells_have_the_number_of_quotes_the_mean_of_those_not_unsure_and_the_unsure(made):
    quotes = made(
        *[("Ann", "Post", None, "oppose", -0.5)] * 4,
        ("Ann", "Post", None, "neutral", 0.0),
        *[("Ann", "Post", None, "unsure", 0.9)] * 2,
        ("Ann", "Wire", None, "support", 1.0),
    )
    found = cells(charts.outlet_cells(quotes, TARGET))
    text, pattern, colour = found[0, 0]
    assert "<b>7</b>" in text and "−0.40" in text and "2 unsure" in text
    assert (pattern, colour) == ("", charts.diverging(-0.4, charts.LIGHT))
    assert found[0, 1][0] == "<b>1</b>"


def test_a_cell_of_few_quotes_is_hatched_and_has_no_colour_and_no_mean(made):
    few = [("Ann", "Post", None, "support", 0.9)] * 4
    unsure = [("Ann", "Wire", None, "unsure", 0.9)] * 30
    found = cells(charts.outlet_cells(made(*few, *unsure), TARGET))
    for at in ((0, 0), (0, 1)):
        text, pattern, colour = found[at]
        assert (pattern, colour) == ("/", charts.LIGHT.tints["unsure"])
        assert "0.9" not in text
    assert "30 unsure" in found[0, 1][0]


def test_without_a_target_the_cells_have_numbers_only(made):
    found = cells(charts.outlet_cells(made(*[("Ann", "Post", None, "support", 0.9)] * 9), None))
    assert found[0, 0][:2] == ("<b>9</b>", "")


def test_every_quote_is_in_a_cell_and_many_outlets_share_the_last_column(made):
    quotes = made(
        *[("Ann", f"Outlet {i:02}", None, "neutral", 0.0) for i in range(12) for _ in range(1 + (i < 7))]
    )
    figure = charts.outlet_cells(quotes, TARGET)
    assert figure.layout.xaxis.ticktext[-1] == "5 other outlets"
    numbers = [int(text.split("</b>")[0][3:]) for text, _, _ in cells(figure).values()]
    assert sum(numbers) == len(quotes)
    assert charts.outlet_articles(quotes, quotes[-1].id) == [f"Outlet {i:02}-None" for i in range(7, 12)]


def test_two_articles_without_an_outlet_are_two_columns_though_their_files_have_one_name(lantern):
    quotes = [
        replace(quote, article=replace(quote.article, outlet=None, file=f"{i}/story.txt"))
        for i, quote in enumerate((lantern.quotes[0], lantern.quotes[4]))
    ]
    assert list(charts.by_outlet(quotes)) == [f"story.txt ({quote.article.id[:4]})" for quote in quotes]


def test_five_hundred_speakers_leave_nobody_named_in_sight(made):
    rows = [(f"Speaker {i}", "Post", None, "neutral", 0.0) for i in range(500) for _ in range(2)]
    quotes = made(*rows, (None, "Post", None, "unsure", 0.0))
    for figure in (charts.outlet_cells(quotes, TARGET), charts.voice_bars(quotes, TARGET)):
        names = figure.layout.yaxis.ticktext
        assert len(names) == charts.MOST_ROWS and names[-1].startswith("Nobody named")


# --- time -------------------------------------------------------------------------------------------


def test_dots_stand_at_their_day_and_score(made):
    quotes = made(
        ("Ann", "Post", "2026-02-04", "support", 0.5),
        ("Bob", "Wire", "2026-02-09T08:00+01:00", "oppose", -0.5),
    )
    found = {one: (str(x)[:10], y) for one, _, x, y in dots(charts.time_line(quotes, TARGET))}
    assert found == {quotes[0].id: ("2026-02-04", 0.5), quotes[1].id: ("2026-02-09", -0.5)}


def test_quotes_without_a_date_stand_in_a_lane_at_the_left_in_loading_order(made):
    quotes = made(
        ("Ann", "Post", None, "support", 0.5),
        ("Ann", "Wire", "2026-02-04", "support", 0.5),
        ("Ann", "Bugle", "last Tuesday", "unsure", 0.1),
    )
    figure = charts.time_line(quotes, TARGET)
    lane = [(one, x) for one, axis, x, _ in sorted(dots(figure), key=lambda dot: str(dot[2])) if axis == "x2"]
    assert lane == [(quotes[0].id, 0.5), (quotes[2].id, 1.5)]
    assert list(figure.layout.xaxis2.ticktext) == ["Post", "Bugle"]
    assert "date unknown" in figure.layout.xaxis2.title.text
    assert figure.layout.xaxis2.domain[1] < figure.layout.xaxis.domain[0]
    assert figure.layout.yaxis.anchor == "x2"


def test_where_no_article_has_a_date_the_lane_is_the_picture(lantern):
    figure = charts.time_line(lantern.quotes, TARGET)
    assert len(dots(figure)) == len(lantern.quotes)
    assert figure.layout.xaxis.domain == (0, 1) and "date unknown" in figure.layout.xaxis.title.text


def test_no_line_joins_the_dots(lantern):
    assert {trace.mode for trace in charts.time_line(lantern.quotes, TARGET).data} == {"markers"}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-04"])
def test_the_first_and_the_last_day_of_all_can_be_drawn(made, day):
    quotes = made(*[("Ann", "Post", day, "neutral", 0.0)] * 5)
    assert len(dots(charts.time_line(quotes, TARGET))) == 5


@given(some.lists(some.tuples(some.floats(0, 300), some.floats(0, 300), some.floats(4, 30)), max_size=40))
def test_dots_of_the_swarm_never_hide_each_other_where_there_is_room(dots):
    moves = charts.swarm(dots, 1e6)
    placed = [(x + move, y, size) for (x, y, size), move in zip(dots, moves, strict=True)]
    for i, (x, y, size) in enumerate(placed):
        for a, b, other in placed[:i]:
            assert ((x - a) ** 2 + (y - b) ** 2) ** 0.5 >= (size + other) / 2 - 1e-6


@pytest.mark.parametrize("size", [100, 20_000])
def test_in_a_crowd_no_dot_leaves_its_day_and_none_lies_on_another(size):
    moves = charts.swarm([(0.0, 0.0, 10.0)] * size, 30)
    assert max(map(abs, moves)) <= 30 and len(set(moves)) == size


# --- share of voice ---------------------------------------------------------------------------------


def test_share_of_voice_counts_every_word_once_by_speaker_and_stance(made):
    quotes = made(
        ("Ann", "Post", None, "oppose", -0.5, 6),
        ("Ann", "Post", None, "unsure", 0.5, 2),
        ("Bob", "Wire", None, "support", 0.5, 9),
        (None, "Wire", None, "unsure", 0.5, 3),
    )
    figure = charts.voice_bars(quotes, TARGET)
    bars = {trace.name: list(trace.x) for trace in figure.data if trace.type == "bar"}
    assert bars == {
        "Critical": [None, 6, None],
        "Supportive": [9, None, None],
        "Unsure": [None, 2, 3],
    }
    assert [name.split("<")[0] for name in figure.layout.yaxis.ticktext] == ["Bob", "Ann", "Nobody named"]
    assert list(figure.data[-1].text) == [" 9 · 45%", " 8 · 40%", " 3 · 15%"]
    assert all("(few)" in name for name in figure.layout.yaxis.ticktext)


def test_share_of_voice_shows_the_unsure_hollow(lantern):
    (unsure,) = [trace for trace in charts.voice_bars(lantern.quotes, TARGET).data if trace.name == "Unsure"]
    assert unsure.marker.color == charts.LIGHT.surface


def test_every_bar_and_cell_carries_its_first_quotes_id(lantern):
    firsts = {mine[0].id for mine in charts.by_speaker(lantern.quotes, TARGET).values()}
    for draw in (charts.speaker_bars, charts.voice_bars):
        for trace in draw(lantern.quotes, TARGET).data:
            if trace.type == "bar":
                assert {row[0] for row in trace.customdata} == firsts
