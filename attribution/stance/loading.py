"""Which model classifies: the shipped one, or one that the user names."""

from __future__ import annotations

from dataclasses import replace

from attribution.paths import model_folder
from attribution.stance.classifier import StanceClassifier
from attribution.stance.model import NliModel, open_onnx
from attribution.stance.named import load_named
from attribution.stance.settings import Settings

MODEL_NAME = "attribution-stance-3.1"


def load_stance(name: str | None = None) -> StanceClassifier:
    """The shipped classifier, or any zero-shot model of `transformers`.

    `name` is a model's name on the hub or the path of a folder that holds one; it runs through
    the library's own zero-shot pipeline, which needs torch (the extra `hub`).
    Without a name nothing is ever looked up on the network. Raises `AttributionError` where the
    model is missing, broken, or cannot tell entailment.
    """
    if name is not None:
        model, revision = load_named(name)
        # The shipped temperature, and what is read in context, belong to the shipped weights alone.
        settings = replace(Settings.read(model_folder("stance")), temperature=1.0, in_context=())
        return StanceClassifier(model, settings, revision)
    folder = model_folder("stance")
    settings = Settings.read(folder)
    session, tokenizer, labels = open_onnx(folder)
    return StanceClassifier(NliModel(session, tokenizer, labels, settings.max_tokens), settings, MODEL_NAME)
