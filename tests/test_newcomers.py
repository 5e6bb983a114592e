"""New and missing voices: whom only one outlet quotes, whom it leaves out, and who is quoted first when."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from attribution.charts import (
    first_quoted,
    outlet_voice_bars,
    outlet_voices,
    shown_outlet_voices,
)

DAYS = ["2026-02-01", "2026-02-02"]


@pytest.fixture
def heard(said):
    """Makes quotes: `heard("Post: Ann Ann Bo", "Echo: Ann")`, a quote a name, `-` for nobody named."""

    def made(*outlets, published=None):
        quotes = []
        for outlet, names in (each.split(": ") for each in outlets):
            names = names.split()
            text = " ".join(f"“Word {number}.”" for number in range(len(names)))
            for number, name in enumerate(names):
                quotes.append(
                    said(
                        outlet,
                        f"“Word {number}.”",
                        text=f"{outlet} {text}",
                        by=None if name == "-" else name,
                        published=published,
                    )
                )
        return quotes

    return made


def by_name(quotes):
    return {each.outlet: each for each in outlet_voices(quotes)}


def test_a_voice_of_one_outlet_is_only_there_and_one_of_two_is_shared(heard):
    found = by_name(heard("Post: Ann Bo Bo - Ann", "Echo: Ann"))
    assert found["Post"].only == ("Bo",) and found["Post"].shared == ("Ann",)
    assert found["Echo"].only == () and found["Echo"].shared == ("Ann",)
    assert found["Post"].unattributed == 1


def test_missing_is_whom_most_other_outlets_quote(heard):
    quotes = heard("A: Ann Ann Bo Bo Cy", "B: Ann Ann Bo Bo Di", "C: Di Di Di Di Ed", "D: Ann Cy Cy Cy Cy")
    found = by_name(quotes)
    assert found["C"].missing == ("Ann", "Bo", "Cy")
    assert found["A"].missing == ("Di",)
    assert found["B"].missing == ("Cy",)


def test_of_one_other_outlet_nobody_can_say_that_most_quote_somebody(heard):
    found = by_name(heard("A: Ann Ann Ann Ann Ann", "B: Bo Bo Bo Bo Bo"))
    assert found["A"].missing == found["B"].missing == ()


def test_an_outlet_with_few_quotes_leaves_nobody_out_and_does_not_count_among_the_others(heard):
    full = "Ann Ann Ann Bo Bo"
    found = by_name(heard(f"A: {full}", f"B: {full}", "Small: Di - - - - -", "C: Di Di Di Di Di"))
    assert found["Small"].few and found["Small"].missing == ()
    assert found["C"].missing == ("Ann", "Bo") and found["C"].others == 2
    assert found["A"].missing == ()  # only C, of two others large enough, quotes Di


def test_articles_without_an_outlet_stand_for_themselves(said):
    quotes = [said(None, "“One.”", text=f"{n} “One.”", by=name) for n, name in enumerate(("Ann", "Ann"))]
    assert [each.shared for each in outlet_voices(quotes)] == [("Ann",), ("Ann",)]


def test_new_is_who_is_quoted_first_after_the_first_day(heard):
    quotes = heard("A: Ann", published=DAYS[0]) + heard("B: Ann Bo", published=DAYS[1])
    found = {each.voice: each for each in first_quoted(quotes)}
    assert found["Ann"].day == datetime.date(2026, 2, 1) and not found["Ann"].new
    assert found["Bo"].day == datetime.date(2026, 2, 2) and found["Bo"].new
    assert found["Bo"].outlets == ("B",)


def test_a_voice_in_an_undated_article_too_may_be_older_and_one_only_there_has_no_day(heard):
    quotes = (
        heard("A: Ann", published=DAYS[0])
        + heard("B: Bo -", published=DAYS[1])
        + heard("C: Bo Cy", published="in winter")
    )
    found = {each.voice: each for each in first_quoted(quotes)}
    assert found["Bo"].new and found["Bo"].undated == 1
    assert set(found) == {"Ann", "Bo"}
    assert not first_quoted(heard("C: Bo Cy"))


def test_the_picture_has_a_row_an_outlet_and_says_where_there_is_too_little_to_tell(heard):
    full = "Ann Ann Ann Bo Bo"
    quotes = heard(f"A: {full}", f"B: {full}", "Small: Di -", "C: Di Di Di Di Ed")
    figure = outlet_voice_bars(quotes)
    assert [name.split("<")[0] for name in figure.layout.yaxis.ticktext] == ["A", "B", "Small", "C"]
    small = [re.findall(r"font-size:11px'>([^<]*)", name) for name in figure.layout.yaxis.ticktext]
    assert small == [
        ["5 quotes"],
        ["5 quotes"],
        ["2 quotes, 1 unattributed", "too few quotes to tell"],
        ["5 quotes"],
    ]
    bars = {trace.name: list(trace.x) for trace in figure.data if trace.type == "bar"}
    assert bars["Only here"] == [None, None, None, 1]
    assert bars["Others quote them too"] == [2, 2, 1, 1]
    assert bars["Most others quote them, not here"] == [None, None, None, -2]


def test_filters_choose_the_rows_but_do_not_make_a_voice_the_only_one(heard):
    quotes = heard("A: Ann Bo", "B: Ann")
    (only,) = shown_outlet_voices(quotes[:2], quotes)
    assert only.outlet == "A" and only.only == ("Bo",) and only.shared == ("Ann",)


def test_names_that_are_code_show_as_they_are_written(lantern):
    drawn = json.dumps(outlet_voice_bars(lantern.quotes).to_plotly_json(), default=str)
    assert "<script" not in drawn and "&lt;script&gt;" in drawn


def test_without_quotes_there_is_an_empty_picture():
    assert outlet_voices([]) == [] and first_quoted([]) == []
    assert outlet_voice_bars([]).layout.height > 0
