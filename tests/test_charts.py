"""Every quote is in the picture, each dot is in sight, and names are names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attribution import charts
from attribution.pages import options
from attribution.people import Person, Speaker

TARGET = "Operation Lantern"


def dots(figure):
    return [trace for trace in figure.data if trace.customdata is not None]


def test_strip_chart_has_a_dot_for_every_quote_and_carries_its_id(lantern):
    figure = charts.strip_chart(lantern.quotes, TARGET)
    ids = [row[0] for trace in dots(figure) for row in trace.customdata]
    assert sorted(ids) == sorted(quote.id for quote in lantern.quotes)


def test_strip_chart_puts_each_dot_at_its_score(lantern):
    scores = {quote.id: quote.stances[0].score for quote in lantern.quotes}
    for trace in dots(charts.strip_chart(lantern.quotes, TARGET)):
        assert [scores[row[0]] for row in trace.customdata] == list(trace.x)


def test_strip_chart_shows_the_unsure_hollow(lantern):
    (unsure,) = [t for t in dots(charts.strip_chart(lantern.quotes, TARGET)) if t.name == "Unsure"]
    assert len(unsure.x) == 1
    assert unsure.marker.color == charts.LIGHT.surface
    assert unsure.marker.line.color == charts.LIGHT.marks["unsure"]


def test_strip_chart_shows_words_by_size_and_kind_by_shape(lantern):
    kinds = {quote.id: quote.quote.kind for quote in lantern.quotes}
    for trace in dots(charts.strip_chart(lantern.quotes, TARGET)):
        assert [charts.SHAPES[kinds[row[0]]] for row in trace.customdata] == list(trace.marker.symbol)
    assert charts.dot_size(30, 6) > charts.dot_size(3, 6)


@pytest.mark.parametrize("draw", [charts.strip_chart, charts.speaker_bars])
@pytest.mark.parametrize("dark", [False, True])
def test_the_same_quotes_give_the_same_figure(lantern, draw, dark):
    assert (
        draw(lantern.quotes, TARGET, dark=dark).to_json() == draw(lantern.quotes, TARGET, dark=dark).to_json()
    )


@pytest.mark.parametrize("draw", [charts.strip_chart, charts.speaker_bars])
def test_a_name_that_is_html_shows_as_it_is_written(lantern, draw):
    figure = draw(lantern.quotes, TARGET)
    assert any("&lt;script&gt;" in name for name in figure.layout.yaxis.ticktext)
    assert "<script" not in figure.to_json().replace("\\u003c", "<")


def test_hover_text_wraps_and_escapes_the_quote(lantern):
    long = replace(lantern.quotes[4], speaker=Speaker(Person("x", "<i>" + "long " * 40, "person"), "person"))
    lines = charts.hover_text(long, TARGET).split("<br>")
    assert lines[0].startswith("<b>&lt;i&gt;long")
    assert max(map(len, lines)) < 90
    assert "Neutral 0.00" in lines[-2]


def test_rows_run_from_supportive_to_critical_and_the_unnamed_come_last(lantern):
    assert list(charts.by_speaker(lantern.quotes, TARGET)) == [
        "Ada Brook",
        "<script>alert(1)</script>",
        "$Max_ *Hill*",
        "Nobody named",
        "Unnamed: a docker",
    ]


def test_bars_count_every_quote_once(lantern):
    figure = charts.speaker_bars(lantern.quotes, TARGET)
    assert sum(abs(x) for trace in figure.data for x in trace.x if x) == len(lantern.quotes)


def test_bars_have_critical_left_supportive_right_and_unsure_apart(lantern):
    by_name = {}
    for trace in charts.speaker_bars(lantern.quotes, TARGET).data:
        by_name.setdefault(trace.name, []).append(trace)
    assert all(x < 0 for trace in by_name["Critical"] for x in trace.x if x)
    assert all(x > 0 for trace in by_name["Supportive"] for x in trace.x if x)
    (neutral,) = by_name["Neutral"]
    assert all(base == -(x or 0) / 2 for base, x in zip(neutral.base, neutral.x, strict=True))
    assert [trace.xaxis for trace in by_name["Leaning critical"]] == ["x2"]


def test_unsure_bars_show_what_each_leans_to_and_are_told_in_words(lantern):
    first = lantern.quotes[0]
    leaning = [
        replace(first.stances[0], label="unsure", best=best) for best in ("support", "oppose", "oppose")
    ]
    quotes = [replace(first, stances=(stance,)) for stance in leaning]
    figure = charts.speaker_bars(quotes, TARGET)
    bars = [trace for trace in figure.data if trace.xaxis == "x2" and any(trace.x)]
    assert [(t.name, t.base[0], t.x[0], t.marker.line.color) for t in bars] == [
        ("Leaning critical", 0, 2, charts.LIGHT.marks["oppose"]),
        ("Leaning supportive", 2, 1, charts.LIGHT.marks["support"]),
    ]
    assert [t.text[0] for t in bars] == ["", "3"]
    assert "3 unsure (leaning critical 2, supportive 1)" in bars[0].hovertext[0]
    assert [trace.name for trace in figure.data if trace.showlegend] == [trace.name for trace in bars]


def test_a_number_without_room_in_its_bar_is_left_out_and_never_cut(lantern):
    neutral = replace(lantern.quotes[4], speaker=lantern.quotes[0].speaker)
    figure = charts.speaker_bars([lantern.quotes[0]] * 300 + [neutral] * 13, TARGET)
    texts = {trace.name: trace.text[0] for trace in figure.data if trace.text}
    assert (texts["Supportive"], texts["Neutral"]) == ("300", "")
    assert "13 neutral" in figure.data[0].hovertext[0]


def test_bars_without_a_target_count_the_quotes_of_each_speaker(lantern):
    (trace,) = charts.speaker_bars(lantern.quotes, None).data
    assert sorted(trace.x) == [1, 1, 1, 1, 2]


def test_few_quotes_are_marked(lantern):
    many = charts.speaker_bars(lantern.quotes[:1] * 5, TARGET).layout.yaxis.ticktext
    assert "(few)" not in many[0]
    assert all("(few)" in name for name in charts.speaker_bars(lantern.quotes, TARGET).layout.yaxis.ticktext)


def test_no_quotes_give_an_empty_figure():
    assert not dots(charts.strip_chart((), TARGET)) or not any(
        len(t.x) for t in dots(charts.strip_chart((), TARGET))
    )
    charts.speaker_bars((), TARGET)


@given(some.lists(some.tuples(some.floats(0, 230), some.floats(4, 30)), max_size=60))
def test_dots_never_hide_each_other(row):
    at = charts.spread(row)
    for i, ((x, size), y) in enumerate(zip(row, at, strict=True)):
        for (other_x, other_size), other_y in list(zip(row, at, strict=True))[:i]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 >= (size + other_size) / 2 - 1e-6


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    """WCAG 2.2, contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [charts.LIGHT, charts.DARK], ids=["light", "dark"])
def test_the_palette_keeps_wcag_aa_contrast(colours):
    for label in colours.tints:
        assert contrast(colours.text, colours.tints[label]) >= 4.5, label
    for label in charts.LIGHT.marks:
        assert contrast(colours.marks[label], colours.surface) >= 3, label
    assert contrast(colours.text, colours.surface) >= 4.5
    assert contrast(colours.faint, colours.surface) >= 4.5


@pytest.mark.parametrize("colours", [charts.LIGHT, charts.DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_colour_of_the_scale(colours):
    for step in range(-20, 21):
        assert contrast(colours.text, charts.diverging(step / 20, colours)) >= 4.5


@pytest.mark.parametrize("theme", [options.LIGHT, options.DARK], ids=["light", "dark"])
def test_the_themes_keep_wcag_aa_contrast(theme):
    for surface in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], surface) >= 4.5
        assert contrast(theme["primaryColor"], surface) >= 3
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5


def test_pictures_have_the_pages_own_background():
    assert charts.LIGHT.surface == options.LIGHT["backgroundColor"]
    assert charts.DARK.surface == options.DARK["backgroundColor"]
