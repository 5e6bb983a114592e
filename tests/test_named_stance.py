"""`--stance-model`: any zero-shot model of transformers, tried with tiny random ones saved to disk."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from attribution.article import AttributionError
from attribution.stance import QuoteInContext, Settings, Target, ZeroShotModel, load_stance
from attribution.stance.named import load_named
from attribution.stance.wording import Asked

RAIDS = Target("the harbour raids")
WORDS = "the speaker supports opposes thinks well badly of good bad harbour raids it is . “ ”".split()
NLI = ("contradiction", "neutral", "entailment")
SHAPES = ("bert", "deberta", "bart")
SETTINGS = Settings(
    support=("The speaker supports {target}.", "The speaker thinks well of {target}."),
    oppose=("The speaker opposes {target}.", "The speaker thinks badly of {target}."),
    asked=2,
    in_context=("support",),  # for the shipped weights alone
    max_tokens=48,
    temperature=2.0,
    unsure_below=0.5,
)


def tiny_tokenizer(shape):
    """Words as tokens, and the special tokens where this shape has them."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    special = ["<s>", "<pad>", "</s>", "<unk>"] if shape == "bart" else ["[CLS]", "[PAD]", "[SEP]", "[UNK]"]
    start, pad, end, unknown = special
    ids = {word: i for i, word in enumerate(special + WORDS)}
    made = Tokenizer(models.WordLevel(ids, unk_token=unknown))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    between = f"{end} {end}" if shape == "bart" else end
    made.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}",
        pair=f"{start} $A {between} $B:1 {end}:1",
        special_tokens=[(start, ids[start]), (end, ids[end])],
    )
    names = {"cls_token": start, "sep_token": end, "bos_token": start, "eos_token": end}
    inputs = ["input_ids", "attention_mask", *(["token_type_ids"] if shape == "bert" else [])]
    return PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token=pad, unk_token=unknown, model_input_names=inputs, **names
    )


def tiny_model(folder, shape, labels=NLI):
    """A model of the shape with random weights, saved as `transformers` saves any model."""
    torch = pytest.importorskip("torch")
    import transformers

    torch.manual_seed(3)
    tokenizer = tiny_tokenizer(shape)
    size = {"vocab_size": len(tokenizer), "max_position_embeddings": 64, "pad_token_id": 1}
    size["id2label"] = dict(enumerate(labels)) if labels else None
    small = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    if shape == "bert":
        config = transformers.BertConfig(**size, **small, initializer_range=0.6)
        model = transformers.BertForSequenceClassification(config)
    elif shape == "deberta":
        relative = {"relative_attention": True, "pos_att_type": ["p2c", "c2p"], "type_vocab_size": 0}
        config = transformers.DebertaV2Config(**size, **small, **relative, initializer_range=0.6)
        model = transformers.DebertaV2ForSequenceClassification(config)
    else:
        sides = {f"{side}_{part}": n for side in ("encoder", "decoder")
                 for part, n in (("layers", 1), ("attention_heads", 2), ("ffn_dim", 32))}  # fmt: skip
        ends = {"bos_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 2, "forced_eos_token_id": 2}
        config = transformers.BartConfig(**size, **sides, **ends, d_model=16, init_std=0.6)
        model = transformers.BartForSequenceClassification(config)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The folder of a tiny model by its shape, each made once."""
    made = {}

    def folder(shape):
        if shape not in made:
            made[shape] = tiny_model(tmp_path_factory.mktemp("models") / shape, shape)
        return made[shape]

    return folder


@pytest.fixture(autouse=True)
def shipped_wordings(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("shipped")
    values = vars(SETTINGS) | {"support": list(SETTINGS.support), "oppose": list(SETTINGS.oppose)}
    (folder / "stance.json").write_text(json.dumps(values, default=list), encoding="utf-8")
    monkeypatch.setattr("attribution.stance.loading.model_folder", lambda name: folder)


def quotes(*texts):
    return [QuoteInContext(text) for text in texts]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_named_model_answers_as_its_own_zero_shot_pipeline_does(saved, shape):
    folder = saved(shape)
    (found,) = load_stance(str(folder)).classify(quotes("It is good."), RAIDS)

    import torch
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    asked = [wording.replace("{target}", RAIDS.name) for wording in SETTINGS.support + SETTINGS.oppose]
    inputs = tiny_tokenizer(shape)(["“It is good.”"] * 4, asked, padding=True, return_tensors="pt")
    with torch.no_grad():
        logits = model(**inputs).logits
    entailed = logits[:, [0, 2]].softmax(dim=1)[:, 1].double().numpy()
    support = np.mean(entailed[:2] * (1 - entailed[2:]))
    oppose = np.mean(entailed[2:] * (1 - entailed[:2]))
    assert found.score == pytest.approx(support - oppose, abs=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_named_model_keeps_order_and_takes_long_and_empty_texts(saved, shape):
    classifier = load_stance(str(saved(shape)))
    many = quotes("It is bad.", "", "good " * 400, "bad raids", "It is good.")
    together = classifier.classify(many, RAIDS)
    alone = [classifier.classify([one], RAIDS)[0] for one in many]
    assert [found.score for found in together] == pytest.approx([found.score for found in alone], abs=2e-3)
    assert len({found.score for found in together}) > 3
    assert classifier.classify([], RAIDS) == []


def test_quotes_go_through_the_model_in_batches_and_each_answer_finds_its_place():
    calls = []

    def pipeline(premises, candidate_labels, batch_size, **_):
        calls.append((list(premises), candidate_labels, batch_size))
        return [{"labels": candidate_labels, "scores": [len(premise) / 10]} for premise in premises]

    asked = [(Asked(("seven..", "for"), ("two", "against")),), (Asked(("one", "for"), ("five.", "against")),)]
    found = ZeroShotModel(pipeline)(asked)
    assert calls == [(["one", "seven.."], ["for"], 16), (["two", "five."], ["against"], 16)]
    assert found[:, 0] == pytest.approx(np.array([[0.49, 0.42, 0.09], [0.15, 0.5, 0.35]]))


def test_the_record_names_the_model_and_the_hash_of_its_weights(saved, tmp_path):
    import hashlib

    folder = saved("bert")
    weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    (found,) = load_stance(str(folder)).classify(quotes("It is good."), RAIDS)
    assert found.model == f"{folder}@{weights[:12]}"
    other = tiny_model(tmp_path / "other", "bert", labels=NLI[::-1])
    assert load_named(str(other))[1].startswith(f"{other}@")


def test_a_hub_model_is_recorded_with_its_commit(saved, monkeypatch):
    transformers = pytest.importorskip("transformers")
    hub, folder = "somebody/nli-model", str(saved("bert"))

    def fetched(real):
        return lambda name, *more, **how: real(folder if name == hub else name, *more, **how)

    for loader in (transformers.AutoModelForSequenceClassification, transformers.AutoTokenizer):
        monkeypatch.setattr(loader, "from_pretrained", fetched(loader.from_pretrained))
    config = transformers.AutoConfig.from_pretrained(folder)
    config._commit_hash = "abc123"
    real = transformers.AutoConfig.from_pretrained
    monkeypatch.setattr(
        transformers.AutoConfig,
        "from_pretrained",
        lambda name, *more, **how: config if name == hub else real(name, *more, **how),
    )
    assert load_named(hub)[1] == f"{hub}@abc123"


def test_a_named_model_is_asked_under_the_alias_of_the_text(saved):
    classifier = load_stance(str(saved("bert")))
    target = Target("Operation Lantern", aliases=("the harbour raids",))
    one, other = classifier.classify(quotes("the harbour raids", "it is good"), target)
    assert one.score == classifier.classify(quotes("the harbour raids"), RAIDS)[0].score
    assert one.target == other.target == "Operation Lantern"


def test_the_shipped_temperature_is_not_a_named_models(saved):
    assert load_stance(str(saved("bert"))).settings.temperature == 1.0


@pytest.mark.parametrize(
    "labels", [("ENTAILMENT", "NEUTRAL", "CONTRADICTION"), ("entailment", "not_entailment")]
)
def test_entailment_is_found_wherever_the_config_has_it(tmp_path, labels):
    model, _ = load_named(str(tiny_model(tmp_path / "tiny", "bert", labels=labels)))
    assert model._pipeline.entailment_id == 0


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (("negative", "neutral", "positive"), "names no label “entailment” (negative, neutral, positive)"),
        (None, "gives its labels no names (LABEL_0, LABEL_1)"),
    ],
)
def test_a_model_that_cannot_tell_entailment_is_refused_in_one_line(tmp_path, labels, reason):
    folder = tiny_model(tmp_path / "tiny", "bert", labels=labels)
    with pytest.raises(AttributionError) as refused:
        load_stance(str(folder))
    assert reason in str(refused.value) and "\n" not in str(refused.value)


def test_a_named_model_without_torch_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(AttributionError, match="pip install torch"):
        load_stance(str(tmp_path))


@pytest.mark.parametrize("name", ["./no-such-folder", "/no/such/folder", "~/no-such-folder-here"])
def test_a_missing_folder_is_said_to_be_missing(name):
    with pytest.raises(AttributionError, match="no such folder"):
        load_stance(name)


def test_a_folder_that_holds_no_model_is_refused_in_one_line(tmp_path):
    pytest.importorskip("torch")
    with pytest.raises(AttributionError, match="cannot be loaded") as refused:
        load_stance(str(tmp_path))
    assert "\n" not in str(refused.value)
