"""The pages without a browser: what they count, filter and say, over an analysis made by hand."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from dataclasses import replace

import pytest
from hand_made import home, read_by, shown, start_with

from attribution.article import AttributionError, passage_bounds
from attribution.charts import by_speaker, target_bars
from attribution.pages import analyses, library, options, view
from attribution.pages.article_view import segments
from attribution.pages.card import misspelt
from attribution.stance import Target, WeightedSpan

TARGET = "Operation Lantern"
SOURCE = "source.py"


@pytest.fixture
def page(lantern, monkeypatch, root):
    """The page over `lantern`, started with a path so that no target is set; `page.asked` notes what ran."""
    asked = []

    def extract(articles, *, progress=None):
        asked.append("extract")
        quotes = (replace(quote, stances=()) for quote in lantern.quotes if quote.article in articles)
        return replace(lantern, articles=tuple(articles), quotes=tuple(quotes))

    def classify(found, targets, *, classifier=None, progress=None):
        asked.append(targets[0].name)
        page.targets.append(targets[0])
        if targets[0].name == "???":
            raise AttributionError("???: names no operation. Give it in letters.")
        stances = {quote.id: quote.stances[0] for quote in lantern.quotes}
        progress(1, len(found.quotes), targets[0].name)
        quotes = (replace(q, stances=(replace(stances[q.id], target=targets[0].name),)) for q in found.quotes)
        return replace(found, quotes=tuple(quotes))

    read_by(monkeypatch, extract)
    monkeypatch.setattr("attribution.analysis.classify", classify)
    monkeypatch.setattr("attribution.stance.load_stance", lambda: None)
    start_with(monkeypatch, lantern.articles)
    page = home()
    page.asked, page.targets = asked, []
    return page


def figures(page):
    return {metric.label: (metric.value, metric.delta) for metric in page.metric}


def table(page):
    return page.dataframe[0].value


def test_key_figures_are_those_of_the_analysis(page, lantern):
    page.query_params["target"] = TARGET
    page.run()
    stances = Counter(quote.stances[0].label for quote in lantern.quotes)
    assert f"Who said what about {TARGET}" in shown(page)
    assert figures(page) == {
        "Quotes": ("6", "in 2 articles"),
        "Speakers": ("3", "named"),
        "Critical": ("33%", f"{stances['oppose']} of 6"),
        "Neutral": ("17%", f"{stances['neutral']} of 6"),
        "Supportive": ("33%", f"{stances['support']} of 6"),
        "Unsure": ("17%", f"{stances['unsure']} of 6"),
        "Unattributed": ("33%", "2 of 6"),
    }


def test_table_has_every_quote_in_reading_order(page, lantern):
    page.query_params["target"] = TARGET
    page.run()
    shown(page)
    assert list(table(page)["Quote"]) == [quote.quote.text for quote in lantern.quotes]
    assert list(table(page)["Speaker"])[2:4] == ["Unnamed: a docker", "Nobody named"]


def test_without_an_operation_the_page_shows_speakers_and_asks_for_one(page):
    page.run()
    assert "Which operation?" in shown(page)
    assert set(figures(page)) == {"Quotes", "Speakers", "Unattributed"}
    assert "Stance" not in table(page).columns
    assert page.asked == ["extract"]


def test_the_seeds_start_with_their_operation(page, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["dashboard.py"])
    page.run()
    assert f"Who said what about {library.SEEDS_TARGET}" in shown(page)


def test_an_operation_taken_away_stays_away_in_the_address(page, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["dashboard.py"])
    page.run()
    page.multiselect(key="target").set_value([]).run()
    assert "Which operation?" in shown(page)
    assert page.query_params["target"] in ("", [""])


def test_an_absurd_operation_is_one_clear_line(page):
    page.query_params["target"] = "???"
    page.run()
    assert "it holds no letter and no digit" in shown(page)
    assert figures(page)["Quotes"][0] == "6"


def test_several_operations_can_be_shown_in_turn_and_each_is_read_once(page):
    page.query_params["target"] = [TARGET, "Operation Quay"]
    page.run()
    assert f"about {TARGET}" in shown(page)
    page.selectbox(key="shown").set_value("Operation Quay").run()
    assert "about Operation Quay" in shown(page)
    assert page.asked == ["extract", TARGET, "Operation Quay"]


def test_what_an_operation_is_goes_into_the_address_and_to_the_model(page):
    page.query_params["target"] = TARGET
    page.run()
    page.text_input(key=f"about:{TARGET}").set_value("raids on warehouses").run()
    shown(page)
    assert page.query_params["about"] in ("raids on warehouses", ["raids on warehouses"])
    assert page.asked == ["extract", TARGET, TARGET]


def test_other_names_of_an_operation_go_into_the_address_and_to_the_model(page):
    page.query_params.update(
        {"target": [TARGET, "Quay"], "alias": ["the raids", ""], "about": ["", "a dock"]}
    )
    page.run()
    assert page.targets == [Target(TARGET, aliases=("the raids",)), Target("Quay", about="a dock")]
    page.text_input(key=f"alias:{TARGET}").set_value("the raids, the sweep ,").run()
    shown(page)
    assert page.targets[2:] == [Target(TARGET, aliases=("the raids", "the sweep"))]
    assert page.query_params["alias"] == ["the raids, the sweep ,", ""]


def test_an_operation_that_the_articles_name_is_one_click_away_with_its_aliases(page, lantern, monkeypatch):
    named = replace(lantern.articles[0], text="Operation Bright Sweep began. It is the sweep of the year.")
    start_with(monkeypatch, [named])
    page.query_params["target"] = TARGET
    page.run()
    page.button(key="offer:Operation Bright Sweep").click().run()
    assert page.multiselect(key="target").value == [TARGET, "Operation Bright Sweep"]
    assert page.session_state["shown"] == "Operation Bright Sweep"
    assert page.text_input(key="alias:Operation Bright Sweep").value == "the sweep"
    assert not any(button.key.startswith("offer:") for button in page.button if button.key)


def test_a_claim_is_said_to_be_read_as_one(page):
    page.query_params["target"] = "the raids made the port safer"
    page.run()
    assert "Who said what about “the raids made the port safer”" in shown(page)
    assert any("Read as a claim" in caption.value for caption in page.caption)


def test_several_operations_stand_side_by_side(page, lantern):
    page.query_params["target"] = [TARGET, "Operation Quay"]
    page.run()
    assert "The operations side by side" in shown(page)
    assert list(table(page)["On Operation Quay"])[:2] == ["Supportive +0.90", "Critical −0.95"]
    bars = target_bars(lantern.quotes, [TARGET, "nothing"])
    assert [name.split("<")[0] for name in bars.layout.yaxis.ticktext] == [TARGET, "nothing"]


def test_the_words_that_tell_why_are_worked_out_only_when_asked_for_and_once(page, lantern, monkeypatch):
    asked = []

    class Classifier:
        def why(self, quote, target):
            asked.append((quote.text, target.name))
            return (WeightedSpan(0, 7, "Lantern", 0.4),)

    monkeypatch.setattr("attribution.stance.load_stance", Classifier)
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[0].id})
    page.run()
    assert not asked and 'mark class="why' not in shown(page)
    page.button(key="card_why").click().run()
    assert '“<mark class="why support strong">Lantern</mark> keeps the port safe.”' in shown(page)
    assert "would change most without the words marked" in shown(page)
    page.button(key="card_why").click().run()
    assert 'mark class="why' not in shown(page)
    page.button(key="card_why").click().run()
    page.button(key="card_next").click().run()
    assert 'mark class="why' not in shown(page)
    assert asked == [("Lantern keeps the port safe.", TARGET)]


def test_the_card_tells_the_reason_of_doubt(page, lantern, monkeypatch):
    doubted = replace(lantern.quotes[3].stances[0], doubts=("the wordings disagree",))
    quotes = [*lantern.quotes[:3], replace(lantern.quotes[3], stances=(doubted,)), *lantern.quotes[4:]]
    monkeypatch.setattr(
        "attribution.analysis.classify", lambda found, targets, **_: replace(found, quotes=tuple(quotes))
    )
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[3].id})
    page.run()
    assert "confidence 0.30: the wordings disagree; read by by-hand" in shown(page)


@pytest.mark.parametrize(
    ("filter_by", "value", "left"),
    [
        ("speaker", ["Ada Brook"], 2),
        ("stance", ["oppose", "unsure"], 3),
        ("kind", ["nested"], 1),
        ("in", "second", 2),
        ("sure", "sure", 4),
    ],
)
def test_filters_leave_what_passes_and_go_into_the_address(page, lantern, filter_by, value, left):
    page.query_params["target"] = TARGET
    page.run()
    value = [lantern.articles[1].id] if value == "second" else value
    widget = page.selectbox(key="sure") if filter_by == "sure" else page.multiselect(key=filter_by)
    widget.set_value(value).run()
    assert "(filtered)" in shown(page)
    assert figures(page)["Quotes"][0] == str(left) == str(len(table(page)))
    kept = page.query_params[filter_by]
    assert kept in (value, value[0], [value])

    again = home()
    for key, values in page.query_params.items():
        again.query_params[key] = values
    again.run()
    assert figures(again) == figures(page)


def test_a_stance_that_no_quote_has_stays_a_filter(page):
    page.query_params.update({"target": TARGET, "stance": "neutral", "kind": "headline"})
    page.run()
    assert "No quote passes these filters" in shown(page)
    assert page.multiselect(key="kind").value == ["headline"]


def test_filters_that_leave_nothing_say_so(page):
    page.query_params.update({"target": TARGET, "speaker": "Ada Brook", "stance": "oppose"})
    page.run()
    assert "No quote passes these filters" in shown(page)


def test_a_filter_for_somebody_who_is_not_quoted_is_told_and_dropped(page):
    page.query_params.update({"target": TARGET, "speaker": "Nina Gone"})
    page.run()
    assert "“Nina Gone” fits no quote here" in shown(page)
    assert figures(page)["Quotes"][0] == "6"


def test_a_link_to_a_quote_opens_its_card(page, lantern):
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[0].id})
    page.run()
    text = shown(page)
    assert "“Lantern keeps the port safe.”" in text
    assert "Test reason for" in text
    assert "The name is also spelt “Ada Brock”." in text
    assert "sure (0.95)" in text
    assert "Somebody Else (0.05)" in text
    assert 'class="chip support">Supportive</span> +0.90' in text


def test_the_card_of_an_unsure_quote_tells_which_way_it_leans(page, lantern):
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[3].id})
    page.run()
    assert "Unsure, leaning critical" in shown(page)


def test_next_and_previous_go_through_the_quotes(page, lantern):
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[0].id})
    page.run()
    assert page.button(key="card_previous").disabled
    page.button(key="card_next").click().run()
    assert "“It must end, At once.”" in shown(page)
    assert page.query_params["quote"] in (lantern.quotes[1].id, [lantern.quotes[1].id])
    page.button(key="card_close").click().run()
    assert "quote" not in page.query_params


def test_back_returns_to_the_quote_before_but_a_late_address_does_not(page, lantern, monkeypatch):
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[0].id})
    page.run()
    page.button(key="card_next").click().run()
    page.query_params["quote"] = lantern.quotes[0].id
    page.run()
    assert "“It must end, At once.”" in shown(page)
    monkeypatch.setattr(view, "_LATE", 0)
    page.query_params["quote"] = lantern.quotes[0].id
    page.run()
    assert "“Lantern keeps the port safe.”" in shown(page)


def test_warming_up_leaves_nothing_for_the_first_visitor_to_wait_for(page, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["dashboard.py"])
    analyses.warm_up()
    page.run()
    assert page.asked == ["extract", library.SEEDS_TARGET]
    shown(page)


def test_a_click_on_the_page_reads_nothing_again(page, lantern):
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[0].id})
    page.run()
    page.button(key="card_next").click().run()
    page.multiselect(key="stance").set_value(["oppose"]).run()
    assert page.asked == ["extract", TARGET]


@pytest.mark.parametrize("where", [None, SOURCE])
def test_a_link_to_a_quote_that_is_gone_says_so(page, where):
    page.query_params.update({"target": TARGET, "quote": "feedfacef00d"})
    if where:
        page.switch_page(where)
    page.run()
    assert "(feedfacef00d) is not in the articles loaded here" in shown(page)


def test_source_shows_the_article_of_the_quote(page, lantern):
    page.query_params.update({"target": TARGET, "quote": lantern.quotes[4].id})
    page.switch_page(SOURCE).run()
    assert "Quay &amp; Co" in shown(page)
    assert "“Five raids took place.”" in shown(page)
    assert page.query_params["article"] in (lantern.articles[1].id, [lantern.articles[1].id])


def test_source_of_an_article_that_is_gone_says_so(page):
    page.query_params.update({"target": TARGET, "article": "000000000000"})
    page.switch_page(SOURCE).run()
    assert "(000000000000) is not loaded here" in shown(page)


def test_names_and_quotes_show_as_they_are_written(page, lantern):
    for quote in (lantern.quotes[4], lantern.quotes[1]):
        page.query_params.update({"target": TARGET, "quote": quote.id})
        page.run()
        html = shown(page)
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html or "$Max_ *Hill*" in html
        assert not any("alert(1)" in m.value or "Hill" in m.value for m in page.markdown)
        page.query_params.clear()


def test_no_quotes_and_no_articles_are_said_plainly(page, lantern, monkeypatch):
    read_by(monkeypatch, lambda articles, **_: replace(lantern, quotes=()))
    page.run()
    assert "hold no direct quote" in shown(page)
    start_with(monkeypatch, [], [("gone.txt", "no such file.")])
    page.run()
    assert "No article is loaded" in shown(page)
    assert "gone.txt: no such file." in shown(page)


def test_a_broken_model_is_one_line_not_an_error_page(page, monkeypatch):
    def broken(articles, **_):
        raise AttributionError("models/language: cannot be read. Reinstall it.")

    read_by(monkeypatch, broken)
    page.run()
    assert "models/language: cannot be read." in shown(page)


def test_segments_hold_every_character_once_and_the_innermost_quote(lantern):
    article = lantern.articles[0]
    parts = segments(article, [q for q in lantern.quotes if q.article is article], TARGET)
    assert "".join(part["text"] for part in parts) == article.text
    nested = next(part for part in parts if part["text"] == "‘stay home’")
    assert (nested["depth"], nested["style"], nested["quote"]) == (2, "unsure", lantern.quotes[3].id)
    assert [part["label"] for part in parts if "label" in part] == [
        "Ada Brook",
        "$Max_ *Hill*",
        "Unnamed: a docker",
        "Nobody named",
    ]


def test_a_passage_is_the_quotes_paragraph_and_the_one_before_where_that_tells_who_speaks(lantern):
    text = "Brook spoke.\n\n“Yes.”\n\nHill, a docker, disagreed: “No.”"
    article = replace(lantern.articles[0], text=text)
    assert passage_bounds(article, 14, 20) == (0, 20)
    assert passage_bounds(article, 49, 54) == (22, 54)


def test_misspelt_names_are_told_only_where_there_are_any(lantern):
    assert misspelt(lantern.quotes[0]) == "The name is also spelt “Ada Brock”."
    assert misspelt(lantern.quotes[1]) is None
    assert misspelt(lantern.quotes[2]) is None


def test_config_file_and_command_line_give_the_server_the_same_options(root):
    config = tomllib.loads((root / ".streamlit/config.toml").read_text(encoding="utf-8"))

    def flat(table, prefix=""):
        for key, value in table.items():
            yield from flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]

    assert dict(flat(config)) == options.STREAMLIT_OPTIONS


def test_speakers_are_grouped_by_name(lantern):
    assert sum(len(mine) for mine in by_speaker(lantern.quotes, TARGET).values()) == len(lantern.quotes)
