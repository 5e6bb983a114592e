"""Stance: how quotes and targets are put to a model and how its answer is read. No weights needed."""

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.article import AttributionError
from attribution.stance import (
    STANCES,
    NliModel,
    QuoteInContext,
    Settings,
    Stance,
    StanceClassifier,
    Target,
    check_target,
    hypothesis,
    load_stance,
    named_as_in,
    premise,
)
from attribution.stance.doubt import touches

LABELS = ("entailment", "neutral", "contradiction")
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [
    *"the speaker supports opposes thinks well badly of good bad mixed harbour raids".split(),
    *"hill said context it is".split(),
    *"“”.:,()…-'[]",
    *"abcdefghijklmnopqrstuvwxyz",
    *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
]
SETTINGS = Settings(
    support=("The speaker supports {target}.", "The speaker thinks well of {target}."),
    oppose=("The speaker opposes {target}.", "The speaker thinks badly of {target}."),
    asked=2,
    in_context=("support", "oppose"),
    max_tokens=48,
    temperature=1.0,
    unsure_below=0.5,
)
RAIDS = Target("the harbour raids")
WHOLE = {"disagreeing": 0.2, "untouched": 0.3, "close": 0.4}


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tokenizer")
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    from transformers import BertTokenizerFast

    return BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=64)


class WordSession:
    """Stands for the network: "good" in the premise supports, "bad" opposes, "mixed" splits the wordings."""

    def __init__(self, tokenizer):
        self.id = {word: tokenizer.convert_tokens_to_ids(word) for word in VOCABULARY}
        self.runs = []

    def run(self, _, inputs):
        self.runs.append(inputs["input_ids"].shape)
        rows = zip(inputs["input_ids"], inputs["token_type_ids"], strict=True)
        return [np.array([self._logits(*row) for row in rows])]

    def _logits(self, ids, kinds):
        said, asked = set(ids[kinds == 0]), set(ids[kinds == 1])
        side = (self.id["good"] in said) - (self.id["bad"] in said)
        if self.id["mixed"] in said:
            side = 1 if self.id["well"] in asked or self.id["badly"] in asked else -1
        if self.id["opposes"] in asked or self.id["badly"] in asked:
            side = -side
        return {1: (4.0, 0.0, 0.0), 0: (0.0, 4.0, 0.0), -1: (0.0, 0.0, 4.0)}[side]


@pytest.fixture
def session(tokenizer):
    return WordSession(tokenizer)


@pytest.fixture
def classifier(session, tokenizer):
    return StanceClassifier(NliModel(session, tokenizer, LABELS, SETTINGS.max_tokens), SETTINGS, "words")


def quotes(*texts):
    return [QuoteInContext(text) for text in texts]


def test_labels_and_scores_follow_the_hypotheses_that_are_entailed(classifier):
    good, bad, neither = classifier.classify(quotes("It is good.", "It is bad.", "It is."), RAIDS)
    assert (good.label, bad.label, neither.label) == ("support", "oppose", "neutral")
    assert good.score > 0.9 and bad.score < -0.9 and abs(neither.score) < 0.01
    assert all(0.9 < found.confidence <= 1 for found in (good, bad, neither))


def test_results_keep_the_order_of_the_quotes_whatever_their_length(classifier):
    texts = [f"{('good', 'bad', 'said')[i % 3]}{' it is' * (i * 7 % 31)}" for i in range(150)]
    found = classifier.classify(quotes(*texts), RAIDS)
    assert [stance.label for stance in found] == ["support", "oppose", "neutral"] * 50


def test_a_quote_gets_the_same_stance_alone_as_among_others(classifier):
    many = quotes("It is good.", "it is bad " * 9, "Hill said.", "It is mixed.")
    assert classifier.classify(many, RAIDS) == [classifier.classify([one], RAIDS)[0] for one in many]


def test_no_quotes_no_stances(classifier):
    assert classifier.classify([], RAIDS) == []


def test_progress_ends_at_the_number_of_quotes(classifier):
    calls = []
    many = quotes(*["It is good."] * 130)
    classifier.classify(many, RAIDS, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(64, 130), (128, 130), (130, 130)]


def test_the_first_stances_come_before_the_last_quotes_are_read(classifier, session):
    stream = classifier.stream(quotes(*["It is good."] * 200), RAIDS)
    assert next(stream).label == "support"
    assert sum(pairs for pairs, _ in session.runs) == 64 * 4


def test_wordings_that_disagree_make_the_label_unsure_and_are_the_reason(classifier):
    (found,) = classifier.classify(quotes("It is mixed."), RAIDS)
    assert found.doubts == ("the wordings disagree", "another stance is nearly as likely")
    assert found.label == "unsure" and found.best in ("support", "oppose")
    assert found.confidence < 0.5 and abs(found.score) < 0.01


def test_each_doubt_lowers_the_confidence_by_its_share():
    sure = np.array([[0.9, 0.05, 0.05]] * 4)
    split = np.array([[0.8, 0.1, 0.1]] * 3 + [[0.1, 0.1, 0.8]])
    close = np.array([[0.5, 0.1, 0.4]] * 4)
    model = StanceClassifier(None, Settings(**vars(SETTINGS) | WHOLE), "words")
    without = StanceClassifier(None, Settings(**vars(SETTINGS) | dict.fromkeys(WHOLE, 0.0)), "words")

    def lowered(opinions, text="The raids."):
        quote = QuoteInContext(text)
        found = model.read(opinions, RAIDS, quote)
        return found.confidence / without.read(opinions, RAIDS, quote).confidence, found.doubts

    assert lowered(sure) == (1.0, ())
    assert lowered(split) == (pytest.approx(0.95, abs=1e-3), ("the wordings disagree",))
    assert lowered(close) == (pytest.approx(0.8, abs=1e-3), ("another stance is nearly as likely",))
    assert lowered(sure, "We ran.") == (pytest.approx(0.7, abs=1e-3), ("the quote does not name the target",))


def test_taking_no_side_is_no_doubt_where_the_target_is_not_touched(classifier):
    good, neither = classifier.classify(quotes("good said", "We said."), RAIDS)
    assert (good.best, good.doubts) == ("support", ("the quote does not name the target",))
    assert (neither.best, neither.doubts) == ("neutral", ())


@pytest.mark.parametrize(
    ("text", "context", "touched"),
    [
        ("The RAID was cruel.", None, True),
        ("Searching warehouses at night is wrong.", None, True),
        ("They terrify our children.", None, True),
        ("This operation is a disgrace.", None, True),
        ("We have no water left.", "Of Lantern, [QUOTE] Hill said.", True),
        ("We have no water left.", "[QUOTE] Hill said.", False),
        ("A raider of the lost ark.", None, False),
        ("No plan survives.", None, False),
    ],
)
def test_a_quote_touches_a_target_by_its_words_or_by_what_can_stand_for_it(text, context, touched):
    target = Target("Operation Lantern", about="raids on warehouses")
    assert touches(QuoteInContext(text, context), target) is touched


def test_a_higher_threshold_makes_more_labels_unsure_and_changes_nothing_else(session, tokenizer):
    strict = Settings(**{**vars(SETTINGS), "unsure_below": 0.99})
    model = NliModel(session, tokenizer, LABELS, SETTINGS.max_tokens)
    (found,) = StanceClassifier(model, strict, "words").classify(quotes("It is good."), RAIDS)
    assert (found.label, found.best) == ("unsure", "support") and found.score > 0.9


def test_a_higher_temperature_lowers_confidence_and_keeps_the_best(session, tokenizer):
    model = NliModel(session, tokenizer, LABELS, SETTINGS.max_tokens)
    warm = StanceClassifier(model, Settings(**{**vars(SETTINGS), "temperature": 3.0}), "words")
    cold = StanceClassifier(model, SETTINGS, "words")
    (one,), (other,) = (chosen.classify(quotes("It is bad."), RAIDS) for chosen in (warm, cold))
    assert one.best == other.best == "oppose" and one.confidence < other.confidence


def test_the_models_own_order_of_labels_is_used(session, tokenizer):
    turned = NliModel(
        type("Turned", (), {"run": lambda _, names, inputs: [session.run(names, inputs)[0][:, ::-1]]})(),
        tokenizer, LABELS[::-1], SETTINGS.max_tokens,
    )  # fmt: skip
    (found,) = StanceClassifier(turned, SETTINGS, "words").classify(quotes("It is good."), RAIDS)
    assert found.label == "support"


def test_a_long_quote_is_cut_and_the_hypothesis_stays_whole(classifier, session):
    (found,) = classifier.classify(quotes("good " + "it is " * 3000), Target("the harbour " * 12 + "raids"))
    assert found.label == "support"
    assert max(width for _, width in session.runs) <= 128


def test_the_quote_is_kept_before_its_context(classifier):
    quote = QuoteInContext("it is " * 18 + "bad", "said " * 60 + "good [QUOTE] good " + "said " * 60, "Hill")
    assert classifier.classify([quote], RAIDS)[0].label == "oppose"


def test_the_record_has_exactly_the_public_keys():
    doubts = ("the wordings disagree",)
    record = Stance("the harbour raids", "unsure", "oppose", -0.2, 0.41, "words", doubts).as_record()
    assert record == {
        "target": "the harbour raids",
        "label": "unsure",
        "best": "oppose",
        "score": -0.2,
        "confidence": 0.41,
        "model": "words",
    }
    assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        ("  \t ", "empty"),
        ("?!…", "no letter"),
        ("x" * 201, "201 characters"),
        ("Operation\x00Lantern", "control"),
        ("Operation\nLantern", "control"),
        ("Lantern\ud800", "control"),
    ],
)
def test_an_absurd_target_is_refused_with_a_remedy(classifier, name, reason):
    with pytest.raises(AttributionError, match=reason) as refused:
        classifier.classify(quotes("It is good."), Target(name))
    assert "Name an operation" in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["x" * 200, "§ 12", "Операция", "移民取締り", "Operation {target} 100 %"])
def test_an_unusual_target_is_taken(classifier, name):
    check_target(Target(name))
    assert len(classifier.classify(quotes("It is good."), Target(name, about="raids " * 90))) == 1


def test_the_premise_puts_speaker_and_quote_before_the_context():
    quote = QuoteInContext("It must\r\n stop.", "Rain fell.\n\n[QUOTE] Hill said.\u00a0She left.", "Ann Hill")
    whole = "Ann Hill: “It must stop.” Context: Rain fell. … Hill said. She left."
    assert premise(quote, in_context=True) == whole
    assert premise(quote, in_context=False) == "Ann Hill: “It must stop.”"
    assert premise(QuoteInContext("It must stop."), in_context=True) == "“It must stop.”"


def test_context_is_cut_at_words_on_both_sides():
    quote = QuoteInContext("No.", "abcde " * 80 + "[QUOTE]" + " fghij" * 80)
    before, _, after = premise(quote, in_context=True).partition("Context: ")[2].partition(" … ")
    assert set(before.split()) == {"abcde"} and set(after.split()) == {"fghij"}
    assert 80 < len(before) <= 120 and 50 < len(after) <= 80


def test_the_target_is_called_as_the_text_calls_it():
    target = Target("Operation Lantern", "harbour raids", ("the surge", "the crackdown"))
    assert named_as_in(QuoteInContext("The crackdown must end."), target).name == "the crackdown"
    assert named_as_in(QuoteInContext("It must end.", "After the surge, [QUOTE]"), target).name == "the surge"
    assert named_as_in(QuoteInContext("Operation Lantern is a surge, the surge."), target) == target
    assert named_as_in(QuoteInContext("It must end."), target) == target


def test_an_alias_is_found_as_whole_words_only():
    target = Target("the agency", aliases=("ICE",))
    assert named_as_in(QuoteInContext("The police and the justice of it."), target).name == "the agency"
    assert named_as_in(QuoteInContext("Ice, out!"), target).name == "ICE"


def test_a_claim_is_asked_about_with_wordings_of_its_own(session, tokenizer):
    hypotheses = []

    def model(asked):
        hypotheses.extend((one.support[1], one.oppose[1]) for wordings in asked for one in wordings)
        return np.full((len(asked), 2, 3), 1 / 3)

    claims = Settings(
        **vars(SETTINGS) | {"agree": ("Yes, {target}.", "So {target}."), "disagree": ("No, {target}.",) * 2}
    )
    StanceClassifier(model, claims, "words").classify(quotes("No."), Target("The raids made us safer."))
    assert hypotheses == [
        ("Yes, the raids made us safer.", "No, the raids made us safer."),
        ("So the raids made us safer.", "No, the raids made us safer."),
    ]


@pytest.mark.parametrize(("sure_alone", "read"), [(0.999, ["support", "neutral"]), (0.5, ["neutral"] * 2)])
def test_in_doubt_the_sides_named_are_asked_about_the_quote_in_its_context(
    session, tokenizer, sure_alone, read
):
    mixed = Settings(**vars(SETTINGS) | {"asked": 1, "in_context": ("support",), "sure_alone": sure_alone})
    model = NliModel(session, tokenizer, LABELS, SETTINGS.max_tokens)
    classifier = StanceClassifier(model, mixed, "words")
    opinions = classifier.opinions([QuoteInContext("it is", "it is good [QUOTE]")], RAIDS)
    assert [STANCES[best] for best in opinions[0].argmax(axis=1)] == read
    again = [1, 1] if sure_alone > 0.9 else []  # each premise for itself: nothing is padded
    assert [rows for rows, _ in session.runs] == [2, *again]
    session.runs.clear()
    classifier.opinions(quotes("it is"), RAIDS)
    assert [rows for rows, _ in session.runs] == [2]  # there is no context to read it in


def test_what_the_target_is_about_stands_in_the_hypothesis():
    assert hypothesis("No {target}.", Target("Lantern", " the\nraids ")) == "No Lantern (the raids)."
    assert hypothesis("No {target}.", Target("Lantern", " ")) == "No Lantern."


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.none() | st.text(max_size=80), st.none() | st.text(max_size=20))
def test_any_text_gets_a_stance_whose_parts_agree(tokenizer, text, context, speaker):
    classifier = StanceClassifier(NliModel(WordSession(tokenizer), tokenizer, LABELS, 48), SETTINGS, "words")
    (found,) = classifier.classify([QuoteInContext(text, context, speaker)], RAIDS)
    assert found.best in ("support", "neutral", "oppose") and found.label in (found.best, "unsure")
    assert -1 <= found.score <= 1 and 0 <= found.confidence <= 1
    assert (found.label == "unsure") == (found.confidence < SETTINGS.unsure_below)
    assert {"support": found.score >= 0, "oppose": found.score <= 0, "neutral": True}[found.best]


def test_importing_the_module_loads_no_library():
    probe = (
        "import sys, attribution.stance; print({'transformers', 'onnxruntime', 'torch'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# --- the shipped folder, broken --------------------------------------------------------------


def shipped_like(folder):
    """A folder with the files of a shipped model, whose weights are no weights."""
    values = vars(SETTINGS) | {"support": list(SETTINGS.support), "oppose": list(SETTINGS.oppose)}
    (folder / "stance.json").write_text(json.dumps(values), encoding="utf-8")
    (folder / "model.onnx").write_bytes(b"nothing")
    (folder / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.mark.parametrize("missing", ["stance.json", "model.onnx", "config.json", "tokenizer.json", None])
def test_a_broken_model_folder_is_named_in_one_line_with_a_remedy(tmp_path, monkeypatch, missing):
    folder = shipped_like(tmp_path)
    if missing:
        (folder / missing).unlink()
    monkeypatch.setattr("attribution.stance.loading.model_folder", lambda name: folder)
    with pytest.raises(AttributionError) as refused:
        load_stance()
    message = str(refused.value)
    assert str(folder) in message and "estore" in message and "\n" not in message
    assert missing is None or missing in message


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"support": ["a"], "oppose": ["b"], "colour": 1}'])
def test_broken_settings_are_named(tmp_path, content):
    (tmp_path / "stance.json").write_text(content, encoding="utf-8")
    with pytest.raises(AttributionError, match=r"stance\.json"):
        Settings.read(tmp_path)
