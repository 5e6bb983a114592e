"""Stance: how quotes and targets are put to a model and how its answer is read. No weights needed."""

import doctest
import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attribution.stance as stance
from attribution.article import AttributionError
from attribution.stance import (
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
    in_context=True,
    max_tokens=48,
    temperature=1.0,
    unsure_below=0.5,
)
RAIDS = Target("the harbour raids")


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


def test_wordings_that_disagree_make_the_label_unsure(classifier):
    (found,) = classifier.classify(quotes("It is mixed."), RAIDS)
    assert found.label == "unsure" and found.best in ("support", "oppose")
    assert found.confidence < 0.5 and abs(found.score) < 0.01


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
    record = Stance("the harbour raids", "unsure", "oppose", -0.2, 0.41, "words").as_record()
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
    assert 100 < len(before) <= 150 and 60 < len(after) <= 90


def test_the_target_is_called_as_the_text_calls_it():
    target = Target("Operation Lantern", "harbour raids", ("the surge", "the crackdown"))
    assert named_as_in(QuoteInContext("The crackdown must end."), target).name == "the crackdown"
    assert named_as_in(QuoteInContext("It must end.", "After the surge, [QUOTE]"), target).name == "the surge"
    assert named_as_in(QuoteInContext("Operation Lantern is a surge, the surge."), target) == target
    assert named_as_in(QuoteInContext("It must end."), target) == target


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


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(stance).failed == 0


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
    monkeypatch.setattr(stance, "model_folder", lambda name: folder)
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


# --- a named zero-shot model -------------------------------------------------------------------


def test_a_named_model_without_torch_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(AttributionError, match="pip install torch"):
        load_stance(str(tmp_path))


@pytest.mark.parametrize("name", ["./no-such-folder", "/no/such/folder", "~/no-such-folder-here"])
def test_a_missing_folder_is_said_to_be_missing(name):
    with pytest.raises(AttributionError, match="no such folder"):
        load_stance(name)


def random_model(folder, tokenizer, labels=LABELS):
    """A tiny BERT with random weights, saved as `transformers` saves any model."""
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=0.6,
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def shipped_wordings(tmp_path, monkeypatch):
    folder = tmp_path / "shipped"
    folder.mkdir()
    monkeypatch.setattr(stance, "model_folder", lambda name: shipped_like(folder))


def test_a_named_model_answers_as_its_own_zero_shot_pipeline_does(tmp_path, tokenizer, shipped_wordings):
    folder = random_model(tmp_path / "tiny", tokenizer)
    classifier = load_stance(str(folder))
    (found,) = classifier.classify(quotes("It is good."), RAIDS)

    from transformers import pipeline

    asked = [w.replace("{target}", RAIDS.name) for w in SETTINGS.support + SETTINGS.oppose]
    result = pipeline("zero-shot-classification", model=str(folder), device=-1)(
        "“It is good.”", candidate_labels=asked, hypothesis_template="{}", multi_label=True
    )
    entailed = dict(zip(result["labels"], result["scores"], strict=True))
    support = np.mean([entailed[asked[i]] * (1 - entailed[asked[i + 2]]) for i in range(2)])
    oppose = np.mean([entailed[asked[i + 2]] * (1 - entailed[asked[i]]) for i in range(2)])
    assert found.score == pytest.approx(support - oppose, abs=1e-3)
    assert found.model == str(folder)


def test_a_named_model_keeps_order_and_takes_long_and_empty_texts(tmp_path, tokenizer, shipped_wordings):
    classifier = load_stance(str(random_model(tmp_path / "tiny", tokenizer)))
    many = quotes("It is bad.", "", "good " * 400, "Hill said.", "It is good.")
    assert classifier.classify([], RAIDS) == []
    together = classifier.classify(many, RAIDS)
    alone = [classifier.classify([one], RAIDS)[0] for one in many]
    assert [found.score for found in together] == pytest.approx([found.score for found in alone], abs=2e-3)
    assert len({found.score for found in together}) > 3


def test_a_named_model_is_asked_under_the_alias_of_the_text(tmp_path, tokenizer, shipped_wordings):
    classifier = load_stance(str(random_model(tmp_path / "tiny", tokenizer)))
    target = Target("Operation Lantern", aliases=("the harbour raids",))
    one, other = classifier.classify(quotes("the harbour raids", "it is good"), target)
    assert one.score == classifier.classify(quotes("the harbour raids"), RAIDS)[0].score
    assert one.target == other.target == "Operation Lantern"


def test_a_named_model_that_tells_no_entailment_is_refused(tmp_path, tokenizer, shipped_wordings):
    folder = random_model(tmp_path / "tiny", tokenizer, labels=("negative", "neutral", "positive"))
    with pytest.raises(AttributionError, match="entailment"):
        load_stance(str(folder))


def test_a_folder_that_holds_no_model_is_refused_in_one_line(tmp_path):
    pytest.importorskip("torch")
    with pytest.raises(AttributionError, match="cannot be loaded") as refused:
        load_stance(str(tmp_path))
    assert "\n" not in str(refused.value)
