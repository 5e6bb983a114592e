"""Gold stances are read, ours are judged against them, and every figure is what a hand would count."""

from __future__ import annotations

import json

import pytest

from attribution import AttributionError, cli
from attribution.evaluate import Answer, evaluate_stance, read_stances, stance_report
from attribution.evaluate.figures import Share, calibration_error, reliability
from attribution.evaluate.labelled import Labelled
from attribution.evaluate.stance import confusion, coverage_curve, figures
from attribution.stance import QuoteInContext, Stance, Target


def write(path, *rows):
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


# --- gold files ------------------------------------------------------------------------------------

PLAIN = {"quote": "It must end.", "target": "Lantern", "label": "oppose"}


def test_the_simplest_row_is_a_quote_a_target_and_a_label(tmp_path):
    [item] = read_stances(write(tmp_path / "gold.jsonl", PLAIN))
    assert item == Labelled(
        QuoteInContext("It must end."), Target("Lantern"), "oppose", 0, "", "gold.jsonl, line 1"
    )


def test_a_quote_with_its_context_and_further_targets(tmp_path):
    row = PLAIN | {"context": "[QUOTE] she said.", "speaker": "Ann Hill", "about": "harbour raids"}
    row |= {"aliases": ["the raids"], "also": [["the harbour", "support"]]}
    own, further = read_stances(write(tmp_path / "gold.jsonl", row))
    assert own.quote == QuoteInContext("It must end.", "[QUOTE] she said.", "Ann Hill")
    assert own.target == Target("Lantern", "harbour raids", ("the raids",))
    assert (own.part, own.label) == ("own target", "oppose")
    assert (further.part, further.label, further.target) == (
        "further targets",
        "support",
        Target("the harbour"),
    )
    assert own.unit == further.unit


def test_a_quote_with_several_targets_and_the_text_on_either_side(tmp_path):
    row = {"quote": "“It must end,”", "before": "Hill: ", "after": " ¶ So.", "speaker": None}
    row["targets"] = [["Lantern", "oppose"], ["the harbour", "neutral"]]
    first, second = read_stances(write(tmp_path / "gold.jsonl", row))
    assert first.quote == second.quote == QuoteInContext("It must end,", "Hill: [QUOTE] \n So.")
    assert [(item.target.name, item.label, item.part) for item in (first, second)] == [
        ("Lantern", "oppose", ""),
        ("the harbour", "neutral", ""),
    ]


def test_of_a_set_with_splits_dev_is_read(tmp_path):
    rows = [
        {"text": part, "target": "t", "label": "neutral", "split": part} for part in ("train", "dev", "test")
    ]
    assert [item.quote.text for item in read_stances(write(tmp_path / "gold.jsonl", *rows))] == ["dev"]


def test_articles_with_their_quotes(tmp_path):
    text = "Ann Hill said: “It must end.\n\n“Now,” she said."
    quotes = [
        {"pieces": [[15, 28], [30, 36]], "speaker": "Ann Hill", "mention": "Hill", "stance": "oppose"},
        {"pieces": [[30, 36]], "speaker": None, "mention": "she", "stance": None},
    ]
    row = {"text": text, "target": "Operation Lantern (harbour raids)", "quotes": quotes}
    [item] = read_stances(write(tmp_path / "gold.jsonl", row))
    assert item.quote == QuoteInContext("It must end. Now,", "Ann Hill said: [QUOTE] she said.", "Ann Hill")
    assert item.target == Target("Operation Lantern", "harbour raids")


def test_records_of_extract_are_gold(tmp_path):
    (tmp_path / "a.txt").write_text("“It must end,” she said.", encoding="utf-8")
    record = {"file": "a.txt", "pieces": [{"start": 0, "end": 14, "text": "“It must end,”"}], "speaker": None}
    record |= {"mention": {"start": 15, "end": 18, "text": "she"}, "kind": "direct"}
    record["stance"] = {"target": "Lantern", "label": "oppose", "best": "oppose"}
    [item] = read_stances(write(tmp_path / "gold.jsonl", record))
    assert (item.quote.text, item.quote.speaker) == ("It must end,", "she")
    assert (item.target, item.label) == (Target("Lantern"), "oppose")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (PLAIN | {"label": "unsure"}, "label 'unsure' is none of support, neutral, oppose"),
        (PLAIN | {"target": " "}, "' ' where words should be"),
        ({"quote": "No.", "label": "oppose"}, "has no “target”"),
        ({"target": "t", "label": "oppose"}, "has no “text”"),
        (PLAIN | {"also": [["t"]]}, "is not as it should be"),
        (PLAIN | {"quote": 3}, "is not as it should be"),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(tmp_path, row, what):
    with pytest.raises(AttributionError, match=r"gold\.jsonl, line 2: ") as error:
        read_stances(write(tmp_path / "gold.jsonl", PLAIN, row))
    assert what in str(error.value)


def test_a_file_without_a_stance_is_refused(tmp_path):
    with pytest.raises(AttributionError, match="neither it nor any other row has a stance"):
        read_stances(write(tmp_path / "gold.jsonl", PLAIN | {"split": "train"}))


# --- figures ---------------------------------------------------------------------------------------


def answer(unit, gold, best, confidence, part="", given=None):
    """A quote of that number; the label is given from a confidence of 0.5."""
    label = best if (confidence >= 0.5 if given is None else given) else "unsure"
    labelled = Labelled(QuoteInContext(f"quote {unit}"), Target("Lantern"), gold, unit, part, f"line {unit}")
    return Answer(labelled, Stance("Lantern", label, best, 0.0, confidence, "fake"))


ANSWERS = [
    answer(0, "support", "support", 0.95),
    answer(1, "support", "support", 0.45),
    answer(2, "support", "oppose", 0.85),
    answer(3, "neutral", "neutral", 0.75),
    answer(4, "neutral", "support", 0.35),
    answer(5, "oppose", "oppose", 0.95),
    answer(6, "oppose", "neutral", 0.55),
    answer(7, "oppose", "oppose", 0.35),
]


def test_every_figure_is_what_a_hand_counts():
    found = {name: round(figure.value, 4) for name, figure in figures(ANSWERS).items()}
    assert found == {
        # support 2 right of 3 said and 3 wanted; neutral 1 of 2 and 2; oppose 2 of 3 and 3
        "macro-F1, likeliest label": round((2 / 3 + 1 / 2 + 2 / 3) / 3, 4),
        "F1 support, likeliest label": 0.6667,
        "F1 neutral, likeliest label": 0.5,
        "F1 oppose, likeliest label": 0.6667,
        # quotes 0, 2, 3, 5, 6: support 1 of 1 and 2; neutral 1 of 2 and 1; oppose 1 of 2 and 2
        "macro-F1, given labels": round((2 / 3 + 2 / 3 + 1 / 2) / 3, 4),
        "F1 support, given labels": 0.6667,
        "F1 neutral, given labels": 0.6667,
        "F1 oppose, given labels": 0.5,
        # as many right, all eight wanted: support 1 of 1 and 3; neutral 1 of 2 and 2; oppose 1 of 2 and 3
        "macro-F1, unsure as wrong": round((1 / 2 + 1 / 2 + 2 / 5) / 3, 4),
        "F1 support, unsure as wrong": 0.5,
        "F1 neutral, unsure as wrong": 0.5,
        "F1 oppose, unsure as wrong": 0.4,
        "accuracy, likeliest label": 0.625,
        "accuracy, given labels": 0.6,
        "coverage (labels given)": 0.625,
        "opposite of the gold, given labels": 0.2,
        # (0.1 + 0.55 + 0.85 + 0.25 + |0.7 − 1| + 0.55) / 8, the bins 0.9–1, 0.4–0.5, 0.8, 0.7, 0.3–0.4, 0.5
        "calibration error": round((0.1 + 0.55 + 0.85 + 0.25 + 0.3 + 0.55) / 8, 4),
    }


def test_the_two_ways_to_the_calibration_error_agree():
    cases = [answer.case for answer in ANSWERS]
    assert figures(ANSWERS)["calibration error"].value == pytest.approx(calibration_error(reliability(cases)))


def test_a_class_that_the_gold_lacks_does_not_count():
    found = figures([answer(0, "support", "support", 0.9), answer(1, "oppose", "neutral", 0.9)])
    assert found["macro-F1, likeliest label"].value == pytest.approx(1 / 2)
    assert found["F1 neutral, likeliest label"].value != found["F1 neutral, likeliest label"].value  # nan


def test_where_nothing_is_given_there_is_no_share_of_it():
    found = figures([answer(0, "support", "support", 0.1)])
    assert found["coverage (labels given)"].value == 0
    assert str(found["accuracy, given labels"]) == "Figure(value=nan, low=nan, high=nan)"


def test_the_bootstrap_draws_whole_quotes_and_the_same_ones_every_time():
    alone = [answer(i, "support", "support" if i % 2 else "oppose", 0.9) for i in range(100)]
    pairs = [answer(i // 10 * 2 + i % 2, a.gold.label, a.stance.best, 0.9) for i, a in enumerate(alone)]
    narrow, wide = (figures(answers)["accuracy, likeliest label"] for answers in (alone, pairs))
    assert (narrow.value, wide.value) == (0.5, 0.5)
    # A hundred quotes of one label each: 1.96 × √(0.25 / 100); twenty of five, all right or all wrong.
    assert (narrow.low, narrow.high) == pytest.approx((0.402, 0.598), abs=0.025)
    assert (wide.low, wide.high) == pytest.approx((0.281, 0.719), abs=0.05)
    assert figures(alone)["accuracy, likeliest label"] == narrow


def test_the_coverage_curve_takes_the_surest_first():
    curve = coverage_curve(ANSWERS, steps=4)
    assert [(point.share, point.confidence, point.right) for point in curve] == [
        (0.25, 0.95, Share(2, 2)),
        (0.5, 0.75, Share(3, 4)),
        (0.75, 0.45, Share(4, 6)),
        (1.0, 0.35, Share(5, 8)),
    ]


def test_the_confusion_counts_the_likeliest_label_and_what_is_unsure_of_it():
    assert confusion(ANSWERS) == {
        "support": {"support": 2, "neutral": 0, "oppose": 1, "unsure": 1},
        "neutral": {"support": 1, "neutral": 1, "oppose": 0, "unsure": 1},
        "oppose": {"support": 0, "neutral": 1, "oppose": 2, "unsure": 1},
    }


# --- report and command ----------------------------------------------------------------------------


def test_the_report_holds_the_figures_and_the_surest_errors():
    report = stance_report("gold.jsonl", ANSWERS, errors=2).splitlines()
    assert report[:3] == ["## gold.jsonl", "", "8 quotes, 8 labels, model `fake`."]
    assert "| what, with 95 % bootstrap interval | all (8) |" in report
    assert "| support | 2 | 0 | 1 | 1 |" in report
    assert "| 0.9–1.0 | 2 | 0.950 | 100.0% | 34.2%–100.0% |" in report
    assert "| 100% | 8 | 0.35 | 62.5% | 30.6%–86.3% |" in report
    start = report.index("Wrong, 2 of 3, surest first:")
    assert report[start + 4 :] == [
        "| 0.85 | support | oppose | Lantern | quote 2 | line 2 |",
        "| 0.55 | oppose | neutral | Lantern | quote 6 | line 6 |",
    ]


def test_own_and_further_targets_have_a_column_each():
    answers = [
        answer(0, "support", "support", 0.9, part="own target"),
        answer(0, "oppose", "neutral", 0.9, part="further targets"),
    ]
    lines = stance_report("gold.jsonl", answers).splitlines()
    assert "| what, with 95 % bootstrap interval | own target (1) | further targets (1) | all (2) |" in lines
    [row] = [line for line in lines if line.startswith("| accuracy, likeliest label")]
    assert [cell.split()[0] for cell in row.split("|")[2:-1]] == ["1.000", "0.000", "0.500"]


class Fake:
    """Opposed to whatever is quoted with a "no"; writes down what it is asked together."""

    def __init__(self):
        self.asked = []

    def classify(self, quotes, target):
        self.asked.append((target.name, [quote.text for quote in quotes]))
        best = {True: "oppose", False: "neutral"}
        return [
            Stance(target.name, best["no" in q.text], best["no" in q.text], 0, 0.9, "fake") for q in quotes
        ]


def test_quotes_of_one_target_are_asked_together_and_answered_in_order(tmp_path):
    rows = [
        PLAIN | {"quote": quote, "target": target}
        for quote, target in (("no", "a"), ("yes", "b"), ("so", "a"))
    ]
    fake = Fake()
    answers = evaluate_stance(read_stances(write(tmp_path / "gold.jsonl", *rows)), fake)
    assert fake.asked == [("a", ["no", "so"]), ("b", ["yes"])]
    assert [(a.gold.quote.text, a.stance.best, a.right) for a in answers] == [
        ("no", "oppose", True),
        ("yes", "neutral", False),
        ("so", "neutral", False),
    ]


@pytest.fixture
def command(monkeypatch, capsysbinary):
    """`attribution evaluate stance` with the model above: its exit code, output and complaints."""
    named = []
    monkeypatch.setattr("attribution.stance.load_stance", lambda name: named.append(name) or Fake())

    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            cli.main(["evaluate", "stance", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return end.value.code or 0, out.decode(), err.decode(), named

    return run


def test_the_command_prints_a_report_a_file(command, tmp_path):
    first, second = (write(tmp_path / name, PLAIN | {"quote": "no"}) for name in ("a.jsonl", "b.jsonl"))
    code, out, err, named = command(first, second, "--stance-model", "some/model", "--errors", "0")
    assert (code, err, named) == (0, "", ["some/model"])
    assert [line for line in out.splitlines() if line.startswith("## ")] == ["## a.jsonl", "## b.jsonl"]
    assert "| accuracy, likeliest label | 1.000 (1.000–1.000) |" in out


def test_the_command_names_a_broken_row_before_any_model_is_loaded(command, tmp_path):
    good, bad = write(tmp_path / "a.jsonl", PLAIN), write(tmp_path / "b.jsonl", {"quote": "no"})
    code, out, err, named = command(good, bad)
    assert (code, out, named) == (2, "", [])
    assert "b.jsonl, line 1: has no “target”" in err


@pytest.mark.model
def test_the_shipped_model_is_measured(tmp_path, capsysbinary):
    rows = [PLAIN, PLAIN | {"quote": "I fully support it.", "label": "support"}]
    with pytest.raises(SystemExit) as end:
        cli.main(["evaluate", "stance", str(write(tmp_path / "gold.jsonl", *rows))])
    assert not end.value.code
    assert "2 quotes, 2 labels, model `attribution-stance" in capsysbinary.readouterr().out.decode()
