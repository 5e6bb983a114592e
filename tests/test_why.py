"""Why a stance: the words of a quote whose removal changes its score most."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.article import AttributionError
from attribution.pages.card import marked
from attribution.stance import QuoteInContext, Settings, StanceClassifier, Target, WeightedSpan
from attribution.stance.why import weighed

SETTINGS = Settings(("+{target}",), ("-{target}",), 1, (), 64, 1.0, 0.5)
RAIDS = Target("Operation Lantern", aliases=("the raids",))
WEIGHTS = {"cruel": -0.8, "safer": 0.6, "perhaps": 0.05}


def scores(texts):
    """Stands for the model: its words' weights, and a phrase that counts as a whole only."""
    return [
        sum(weight for word, weight in WEIGHTS.items() if word in text) - 0.9 * ("zero tolerance" in text)
        for text in texts
    ]


def test_the_strongest_word_comes_first_with_its_side_and_its_place():
    text = "It made us safer, “safe” they say, but it is cruel."
    cruel, safer = weighed(text, scores)
    assert (cruel.text, cruel.weight, safer.text, safer.weight) == ("cruel", -0.8, "safer", 0.6)
    assert all(text[span.start : span.end] == span.text for span in (cruel, safer))


def test_words_that_count_only_together_are_both_found():
    text = "We will have zero tolerance from now on."
    assert [span.text for span in weighed(text, scores)] == ["zero", "tolerance"]


def test_a_phrase_of_which_any_word_would_do_is_found_and_not_widened():
    both = weighed(
        "Cameras: a good, right direction.",
        lambda texts: [0.9 * ("right" in t or "direction" in t) for t in texts],
    )
    assert [span.text for span in both] == ["right direction"]


def test_words_that_hardly_matter_are_left_out():
    assert [span.text for span in weighed("Perhaps. It is cruel, perhaps.", scores)] == ["cruel"]
    assert weighed("Nothing to see here.", scores) == ()


def test_no_words_no_reasons():
    assert weighed("… — !", scores) == () == weighed("", scores)


def test_a_quote_of_little_words_alone_is_read_all_the_same():
    assert weighed("We will.", lambda texts: [float("will" in text) for text in texts])[0].text == "will"


def test_the_model_is_called_twice_however_long_the_quote():
    calls = []

    def counting(texts):
        calls.append(len(texts))
        return scores(texts)

    weighed("It is cruel. " + "one two three four five six " * 60, counting)
    assert len(calls) == 2 and calls[0] <= 81 and calls[1] <= 27


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_spans_are_exact_and_apart_in_any_text(text):
    spans = weighed(text, lambda texts: [len(t) / 100 for t in texts])
    assert all(text[span.start : span.end] == span.text for span in spans)
    ordered = sorted(spans, key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in zip(ordered, ordered[1:], strict=False))
    weights = [abs(span.weight) for span in spans]
    assert weights == sorted(weights, reverse=True)


def test_the_hypotheses_stay_when_the_words_that_name_the_target_are_taken_out():
    hypotheses = set()

    def model(asked):
        hypotheses.update((one.support[1], one.oppose[1]) for (one,) in asked)
        cruel = np.array(["cruel" in one.support[0] for (one,) in asked], dtype=float)
        return np.stack([0.1 * (1 - cruel), 1 - 0.9 * cruel - 0.1 * (1 - cruel), 0.9 * cruel], axis=1)[
            :, None
        ]

    classifier = StanceClassifier(model, SETTINGS, "words")
    (span,) = classifier.why(QuoteInContext("the raids are cruel"), RAIDS)
    assert (span.start, span.end, span.text) == (14, 19, "cruel") and span.weight < -0.8
    assert hypotheses == {("+the raids", "-the raids")}
    with pytest.raises(AttributionError, match="empty"):
        classifier.why(QuoteInContext("the raids are cruel"), Target(" "))


def test_marks_show_side_and_strength_and_nothing_of_the_quote_is_code():
    text = "<b>cruel</b> but safer & sound"
    spans = [WeightedSpan(3, 8, "cruel", -0.8), WeightedSpan(17, 22, "safer", 0.3)]
    assert marked(text, spans) == (
        '&lt;b&gt;<mark class="why oppose strong">cruel</mark>&lt;/b&gt; but '
        '<mark class="why support">safer</mark> &amp; sound'
    )


@pytest.mark.model
def test_the_shipped_model_tells_why():
    from attribution.stance import load_stance

    text = "The raids have been catastrophic for our harbour."
    spans = load_stance().why(QuoteInContext(text, speaker="Ines Calder"), Target("the raids"))
    assert "catastrophic" in spans[0].text and spans[0].weight < 0
