"""A model of one's own choice: any zero-shot classifier of `transformers`, by its hub name or folder."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError
from attribution.stance.model import first_line, the_transformers

if TYPE_CHECKING:
    import numpy as np

    from attribution.stance.wording import Asked

_AT_ONCE = 16  # pairs of premise and hypothesis in a batch
_REVISION = 12  # characters that name the weights


class ZeroShotModel:
    """Any zero-shot classification pipeline of `transformers`.

    The pipeline tells how far a hypothesis is entailed rather than contradicted, and no more; a
    quote that entails both "supports" and "opposes", or neither, is taken as neutral.
    """

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def __call__(self, asked: Sequence[tuple[Asked, ...]]) -> np.ndarray:
        import numpy as np

        entailed = np.empty((len(asked), len(asked[0]) if asked else 0, 2))
        places: dict[str, list[tuple[str, tuple[int, int, int]]]] = defaultdict(list)
        for i, wordings in enumerate(asked):
            for j, wording in enumerate(wordings):
                for side, (premise, hypothesis) in enumerate(wording):
                    places[hypothesis].append((premise, (i, j, side)))
        for hypothesis, mine in places.items():
            mine.sort(key=lambda one: len(one[0]))  # of like length, so that little of a batch is padding
            results = self._pipeline(
                [premise for premise, _ in mine],
                candidate_labels=[hypothesis],
                hypothesis_template="{}",  # the wordings are whole sentences already
                multi_label=True,
                batch_size=_AT_ONCE,
            )
            for (_, place), result in zip(mine, results, strict=True):
                entailed[place] = result["scores"][0]
        s, o = entailed[..., 0], entailed[..., 1]
        return np.stack([s * (1 - o), s * o + (1 - s) * (1 - o), o * (1 - s)], axis=-1)


def load_named(name: str) -> tuple[ZeroShotModel, str]:
    """The model `name`, on a GPU where there is one, and what a record calls it: NAME@REVISION.

    The revision is the hub's commit, or of a folder the start of its weights' SHA-256. Raises
    `AttributionError` where it cannot be loaded or its config names no label "entailment".
    """
    folder = Path(name).expanduser()
    if (name.startswith((".", "~")) or folder.is_absolute() or not name.strip()) and not folder.is_dir():
        raise AttributionError(f"{name}: no such folder. Give a zero-shot model's folder or hub name.")
    try:
        import torch
    except ImportError as error:
        raise AttributionError(
            f"{name}: a named stance model needs torch. Install it: pip install torch"
        ) from error
    transformers = the_transformers()
    place = str(folder) if folder.is_dir() else name
    with _told_as(name):
        config = transformers.AutoConfig.from_pretrained(place)
    labels = _labels(name, config)
    with _told_as(name):
        model = transformers.AutoModelForSequenceClassification.from_pretrained(place)
        # The pipeline finds entailment here, and a config may name its labels the other way round only.
        model.config.label2id = {label: index for index, label in labels.items()}
        pipeline = transformers.pipeline(
            "zero-shot-classification",
            model=model,
            tokenizer=transformers.AutoTokenizer.from_pretrained(place),
            device=0 if torch.cuda.is_available() else -1,
        )
    _limit(pipeline)
    revision = _weights_hash(folder) if folder.is_dir() else config._commit_hash
    return ZeroShotModel(pipeline), f"{name}@{revision}" if revision else name


@contextmanager
def _told_as(name: str) -> Iterator[None]:
    """What the library and the hub raise, of many kinds, as one line about the model `name`."""
    try:
        yield
    except Exception as error:
        raise AttributionError(
            f"{name}: cannot be loaded as a zero-shot model ({first_line(error)}). "
            "Check the name or the folder, and the network if it is a hub model."
        ) from error


def _labels(name: str, config: Any) -> dict[int, str]:
    """The model's labels by their index, one of which is entailment."""
    labels = {int(index): str(label) for index, label in (config.id2label or {}).items()}
    if not any(label.lower().startswith("entail") for label in labels.values()):
        unnamed = all(label.upper().startswith("LABEL_") for label in labels.values())
        what = "gives its labels no names" if unnamed else "names no label “entailment”"
        raise AttributionError(
            f"{name}: no zero-shot model: its config {what} ({', '.join(labels.values())}). "
            "Choose one trained on NLI, or name the labels in its config.json under id2label."
        )
    return labels


def _limit(pipeline: Any) -> None:
    """Cut premises to what the model can hold."""
    positions = getattr(pipeline.model.config, "max_position_embeddings", None) or 512
    # Some position tables keep two places for themselves, and some tokenizers name no limit at all.
    limit = min(pipeline.tokenizer.model_max_length, max(16, positions - 2), 512)
    pipeline.tokenizer.model_max_length = limit


def _weights_hash(folder: Path) -> str | None:
    """The start of the SHA-256 of the weights in `folder`, of all parts where they lie in several files."""
    files = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("pytorch_model*.bin"))
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as weights:
            while block := weights.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:_REVISION] if files else None
