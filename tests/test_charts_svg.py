"""A picture drawn without a browser is the one on the screen: its dots, bars, numbers, names and colours."""

from __future__ import annotations

import datetime
from dataclasses import replace
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from attribution import charts
from attribution.charts import svg_axes
from attribution.charts.look import empty_figure
from attribution.charts.svg import draw_figure
from attribution.charts.svg_marks import Box, Disc, Drawing, Group, Polygon, Strokes, Words, to_svg
from attribution.charts.svg_text import fit_lines, shorten_to, text_width, wrap_text
from attribution.export import View
from attribution.export.pictures import PICTURES, make_picture, offered_pictures
from attribution.people import Person, Speaker

TARGET = "Operation Lantern"
SVG = "{http://www.w3.org/2000/svg}"


def flat(marks):
    """Every mark with the title of the group it stands in."""
    for mark in marks:
        if isinstance(mark, Group):
            for inner, title in flat(mark.marks):
                yield inner, title or mark.title
        else:
            yield mark, ""


def of(drawing, kind):
    return [mark for mark, _ in flat(drawing.marks) if isinstance(mark, kind)]


@pytest.fixture
def many(lantern):
    """Sixty quotes of twelve speakers in six dated outlets, some of them unsure."""
    labels = ("oppose", "support", "neutral", "unsure")
    quotes = []
    for number in range(60):
        quote = lantern.quotes[number % 2]
        article = replace(
            quote.article,
            outlet=f"Outlet {number % 6}",
            id=f"{number % 6:012x}",
            published=f"2026-02-{1 + number % 6:02d}",
        )
        label = labels[number % 4]
        score = {"oppose": -0.8, "support": 0.7}.get(label, 0.01 * number / 10)
        stance = replace(quote.stances[0], label=label, score=score)
        name = f"Speaker {number % 12}"
        person = Person(f"s{number % 12}", name, "person")
        quotes.append(replace(quote, article=article, speaker=Speaker(person, "person"), stances=(stance,)))
    return tuple(quotes)


def view(quotes, target=TARGET):
    return View(tuple(quotes), (), target, targets=(TARGET,), every=tuple(quotes))


# --- the same as on the screen ----------------------------------------------------------------------


@pytest.mark.parametrize("make", [charts.strip_chart, charts.time_line])
def test_every_dot_is_drawn_in_its_place_colour_and_shape(lantern, make):
    figure = make(lantern.quotes, TARGET)
    drawing = draw_figure(figure, 900)
    groups = [mark for mark in drawing.marks if isinstance(mark, Group) and mark.title]
    dots = [(group.marks[0], group.title) for group in groups if not isinstance(group.marks[0], Words)]
    drawn = {title.splitlines()[0] + title.splitlines()[1]: mark for mark, title in dots}
    traces = [trace for trace in figure.data if trace.customdata]
    assert len(dots) == sum(len(trace.x) for trace in traces) == len(lantern.quotes)
    for trace in traces:
        for hover, shape in zip(trace.hovertext, trace.marker.symbol, strict=True):
            lines = svg_axes.figure_lines(hover)
            mark = drawn[lines[0].text + lines[1].text]
            assert mark.style.fill == trace.marker.color
            assert mark.style.line == trace.marker.line.color
            corners = {"circle": 0, "diamond": 4, "triangle-down": 3}[shape.removesuffix("-dot")]
            assert isinstance(mark, Disc) if not corners else len(mark.points) == corners


def test_dots_stand_where_their_scores_are(lantern):
    figure = charts.strip_chart(lantern.quotes, TARGET)
    drawing = draw_figure(figure, 900)
    scale = {mark.text: mark.x for mark in of(drawing, Words) if mark.text in ("−1", "0", "+1")}
    for trace in figure.data:
        for hover, score in zip(trace.hovertext or (), trace.x, strict=False):
            told = "\n".join(line.text for line in svg_axes.figure_lines(hover))
            (dot,) = [mark for mark, title in flat(drawing.marks) if title == told]
            x = dot.x if isinstance(dot, Disc) else sum(x for x, _ in dot.points) / len(dot.points)
            assert x == pytest.approx(scale["0"] + score * (scale["+1"] - scale["0"]), abs=0.01)


@pytest.mark.parametrize("name", ["dots", "balance", "outlets", "share", "voices"])
def test_the_rows_are_those_of_the_figure_in_their_order(many, name):
    picture = make_picture(name, view(many))
    drawing = picture.drawn(900)
    wanted = [
        line.text for text in picture.figure.layout.yaxis.ticktext for line in svg_axes.figure_lines(text)
    ]
    rows = [mark for mark in of(drawing, Words) if mark.text in wanted and mark.anchor == "end"]
    assert [mark.text for mark in rows] == wanted
    assert [mark.y for mark in rows] == sorted(mark.y for mark in rows)


@pytest.mark.parametrize("make", [charts.speaker_bars, charts.voice_bars])
def test_every_bar_has_its_number_its_length_and_its_colour(many, make):
    figure = make(many, TARGET)
    drawing = draw_figure(figure, 900)
    boxes = [box for box in of(drawing, Box) if box.height > 15]
    for trace in figure.data:
        if trace.type != "bar":
            continue
        lengths = [length for length in trace.x if length]
        if not lengths:
            continue  # it holds an entry of the legend
        line = trace.marker.line.color if trace.marker.line.width else None
        look = (trace.marker.color, line)
        mine = [box.width for box in boxes[1:] if (box.style.fill, box.style.line) == look]
        assert len(mine) == len(lengths)
        texts = [text for text in trace.text or () if text]
        assert not [text for text in texts if text not in drawing.words()]
        # A bar twice as long is drawn twice as long.
        assert [width / max(mine) for width in mine] == pytest.approx(
            [abs(length) / max(map(abs, lengths)) for length in lengths]
        )


def test_stacked_bars_begin_where_the_one_before_ends(many):
    drawing = draw_figure(charts.voice_bars(many, TARGET), 900)
    rows = {}
    for box in of(drawing, Box)[1:]:
        if box.height > 15:
            rows.setdefault(round(box.y), []).append(box)
    for boxes in rows.values():
        boxes.sort(key=lambda box: box.x)
        for left, right in zip(boxes, boxes[1:], strict=False):
            assert left.x + left.width == pytest.approx(right.x, abs=0.01)


def test_few_quotes_are_hatched_and_said_to_be_few(lantern):
    drawing = draw_figure(charts.outlet_cells(lantern.quotes, TARGET), 700)
    hatched = of(drawing, Strokes)
    cells = [box for box in of(drawing, Box) if box.style.fill == charts.LIGHT.tints["unsure"]]
    assert len(hatched) == len(cells) > 1  # the cells, and the key
    assert any("(few)" in text for text in drawing.words())
    for strokes, box in zip(hatched, cells, strict=True):
        for x1, y1, x2, y2 in strokes.lines:
            assert box.x - 0.01 <= x1 <= x2 <= box.x + box.width + 0.01
            assert box.y - 0.01 <= y2 <= y1 <= box.y + box.height + 0.01


def test_a_cell_with_enough_quotes_has_the_colour_of_its_mean(many):
    sure = [replace(q, stances=(replace(q.stances[0], label="support", score=0.7),)) for q in many]
    same = [replace(q, speaker=many[0].speaker, article=many[0].article) for q in sure]
    drawing = draw_figure(charts.outlet_cells(same, TARGET), 700)
    assert charts.diverging(0.7, charts.LIGHT) in {box.style.fill for box in of(drawing, Box)}
    assert {"60", "+0.70", "−1 critical", "+1 supportive"} <= set(drawing.words())


def test_the_keys_are_those_of_the_figure(many):
    words = draw_figure(charts.strip_chart(many, TARGET), 900).words()
    assert {"Critical", "Neutral", "Supportive", "Unsure", "direct", "Size: words. Shape:"} <= set(words)


def test_every_picture_there_is_can_be_drawn_and_says_what_it_leaves_out(many):
    names = offered_pictures(view(many))
    assert set(names) == set(PICTURES) - {"sides"}
    for name in names:
        picture = make_picture(name, view(many), most=4)
        assert picture.drawn(600).marks
        if name not in ("time", "voices"):
            assert "8 speakers with fewer" in picture.note
        if name == "voices":
            assert "2 outlets with fewer quotes not shown." in picture.note


def test_shares_are_of_all_words_though_rows_are_left_out(many):
    told = {text for text in make_picture("share", view(many), most=3).drawn(800).words() if "%" in text}
    assert told <= {text for text in make_picture("share", view(many)).drawn(800).words() if "%" in text}


# --- nothing is clipped -----------------------------------------------------------------------------


def outside(drawing):
    """The texts that reach over the picture's edge."""
    found = []
    for mark in of(drawing, Words):
        wide = text_width(mark.text, mark.size, bold=mark.bold)
        if mark.turn:
            continue
        left = mark.x - {"start": 0, "middle": wide / 2, "end": wide}[mark.anchor]
        low, high = mark.y - mark.size * 0.75, mark.y + mark.size * 0.25
        if left < -0.5 or left + wide > drawing.width + 0.5 or low < 0 or high > drawing.height + 0.5:
            found.append(mark.text)
    return found


@pytest.mark.parametrize("width", [420, 700, 1200])
@pytest.mark.parametrize("name", [*PICTURES][:6])
def test_no_word_reaches_over_the_edge(many, name, width):
    drawing = make_picture(name, view(many)).drawn(width)
    assert not outside(drawing)
    for disc in of(drawing, Disc):
        assert disc.x - disc.radius >= 0 and disc.x + disc.radius <= drawing.width


def test_a_long_name_is_shortened_and_whole_for_who_points_at_it(lantern):
    name = "The Most Honourable Harbour Commission of the Northern Ports"
    person = Person("long", name, "organisation")
    quote = replace(lantern.quotes[0], speaker=Speaker(person, "organisation"))
    drawing = make_picture("balance", view([quote])).drawn(600)
    (short,) = [(mark.text, title) for mark, title in flat(drawing.marks) if title == name][:1]
    assert short[0].endswith("…") and name not in drawing.words()


def test_hostile_names_are_text_and_the_svg_is_xml(lantern):
    for name in ("dots", "balance", "outlets", "time", "share"):
        svg = to_svg(make_picture(name, view(lantern.quotes)).drawn(800), fonts=True)
        tree = ElementTree.fromstring(svg)
        tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
        assert not tags & {"script", "image", "foreignObject", "use"}
        if name != "time":
            texts = ["".join(element.itertext()) for element in tree.iter(f"{SVG}text")]
            assert "<script>alert(1)</script>"[:23] in "".join(texts)


@settings(max_examples=40, deadline=None)
@given(some.text(max_size=120))
def test_any_text_gives_xml(text):
    drawing = Drawing(10, 10, (Group((Words(0, 0, text, 12, "#000"),), title=text, link=text),), text)
    ElementTree.fromstring(to_svg(drawing).encode("utf-8"))


def test_what_has_no_drawing_is_said():
    figure = empty_figure(charts.LIGHT).add_trace(go.Pie(values=[1]))
    figure.update_layout(height=100, margin={"t": 0, "b": 0, "l": 0, "r": 0})
    figure.update_xaxes(range=[0, 1]).update_yaxes(range=[0, 1])
    with pytest.raises(ValueError, match="a pie"):
        draw_figure(figure, 300)


# --- axes and text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (["2026-02-04"], "4 Feb"),
        (["2026-02-04", "2026-06-30"], "4 Feb"),
        ([f"2026-{month:02d}-11" for month in range(1, 9)], "1 Mar"),
        ([f"2026-03-{day:02d}" for day in range(1, 29)], "8 Mar"),
        ([f"{year}-01-05" for year in range(1900, 2020, 10)], "1 Jan"),
    ],
)
def test_dates_have_labels_that_do_not_crowd(lantern, days, label):
    quotes = [
        replace(lantern.quotes[0], article=replace(lantern.articles[0], published=day, id=day))
        for day in days
    ]
    drawing = draw_figure(charts.time_line(quotes, TARGET), 900)
    assert label in drawing.words()
    assert sum(text[-3:] in svg_axes._MONTHS for text in drawing.words()) <= 12


def test_numbers_on_an_axis_are_round():
    assert svg_axes._round_numbers(0, 400, 6) == [0, 100, 200, 300, 400]
    assert svg_axes._round_numbers(0, 13, 6) == [0, 5, 10]
    assert svg_axes.as_number(datetime.datetime(2000, 1, 2, 12)) == 1.5


@settings(max_examples=60, deadline=None)
@given(
    some.lists(some.text(alphabet="abcdefghij中م", min_size=1, max_size=30), min_size=1, max_size=60),
    some.integers(1, 6),
    some.integers(120, 500),
)
def test_cut_text_counts_exactly_what_is_missing(words, most, width):
    text = " ".join(words)
    lines = fit_lines(text, width, 16, most)
    if len(wrap_text(text, width, 16)) <= most:
        assert "".join(lines).replace(" ", "") == "".join(words)
        return
    assert len(lines) <= max(most, 2)
    shown, _, told = " ".join(lines).rpartition("…")
    number, noun = told.split()[0], told.split()[-1]
    kept = len(shown.split()) if noun.startswith("word") else len("".join(shown.split()))
    everything = len(words) if noun.startswith("word") else len(text)
    if noun.startswith("word") and all(text_width(word, 16) <= width for word in words):
        assert kept + int(number.replace(",", "")) == everything
    assert "more" in told


def test_a_name_is_cut_to_its_room():
    assert shorten_to("Hill", 100, 13) == "Hill"
    cut = shorten_to("Department of Homeland Security", 100, 13)
    assert cut.endswith("…") and text_width(cut, 13) <= 100


def test_polygons_have_the_corners_of_their_shapes(lantern):
    drawing = draw_figure(charts.strip_chart(lantern.quotes, TARGET), 900)
    assert {len(mark.points) for mark in of(drawing, Polygon)} == {3, 4}
