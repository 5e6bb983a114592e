"""The shipped model, run by ONNX Runtime."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attribution.inference import open_session
from attribution.stance.settings import broken

if TYPE_CHECKING:
    import numpy as np

    from attribution.stance.wording import Asked


class NliModel:
    """An entailment model run by ONNX Runtime, or by anything with the same `run(None, inputs)`.

    `labels` are the model's own, in the order of its outputs.
    """

    def __init__(self, session: Any, tokenizer: Any, labels: Sequence[str], max_tokens: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._order = [labels.index(label) for label in ("entailment", "neutral", "contradiction")]
        self._max_tokens = max_tokens
        self._encoding = threading.Lock()  # a tokenizer that is set and used at once by two threads fails

    def __call__(self, asked: Sequence[tuple[Asked, ...]]) -> np.ndarray:
        import numpy as np

        with self._encoding:
            encoded = [self._encode(wordings) for wordings in asked]
        # A quote a thread: the products of one quote are too small to be shared out between threads.
        with ThreadPoolExecutor(min(len(encoded), _cores()) or 1) as pool:
            return np.stack(list(pool.map(self._one, encoded)))

    def _one(self, batches: list[tuple[list[int], dict[str, np.ndarray]]]) -> np.ndarray:
        """Opinions on one quote: what the hypotheses of support say, then those of opposition.

        Its pairs of one premise make a batch. Dynamic int8 scales hang on all that is in a batch, so a quote
        gets the same answer in any company; the pairs are of like length, so little is padding; and the batch
        stays in cache, which made it faster than large ones.
        """
        import numpy as np

        logits = np.empty((sum(len(rows) for rows, _ in batches), 3))
        for rows, inputs in batches:
            logits[rows] = self._session.run(None, inputs)[0][:, self._order]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        probabilities = odds / odds.sum(axis=1, keepdims=True)
        # Entailing "opposes" is opposing, so the answers to those hypotheses are read the other way round.
        half = len(probabilities) // 2
        return np.concatenate([probabilities[:half], probabilities[half:, ::-1]])

    def _encode(self, wordings: tuple[Asked, ...]) -> list[tuple[list[int], dict[str, np.ndarray]]]:
        """The token ids of the pairs of each premise, with the pairs' places among all of the quote.

        Each hypothesis is whole, however long, and the premise cut at its end.
        """
        pairs = [one.support for one in wordings] + [one.oppose for one in wordings]
        batches = []
        for premise in dict.fromkeys(premise for premise, _ in pairs):
            rows = [row for row, (own, _) in enumerate(pairs) if own == premise]
            hypotheses = [pairs[row][1] for row in rows]
            longest = max(len(ids) for ids in self._tokenizer(hypotheses)["input_ids"])
            inputs = self._tokenizer(
                [premise] * len(rows),
                hypotheses,
                truncation="only_first",
                max_length=max(self._max_tokens, longest + 64),
                padding=True,
                return_tensors="np",
            )
            names = ("input_ids", "attention_mask", "token_type_ids")
            batches.append((rows, {name: inputs[name].astype("int64") for name in names}))
        return batches


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_onnx(folder: Path) -> tuple[Any, Any, list[str]]:
    """ONNX session, tokenizer and label names of the model in `folder`; no file outside it is asked for."""
    for file in ("model.onnx", "tokenizer.json", "tokenizer_config.json", "config.json"):
        if not (folder / file).is_file():
            raise broken(folder, f"{file} is missing")
    transformers = the_transformers()
    try:
        config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        session = open_session(folder / "model.onnx")
        labels = [str(config.id2label[i]).lower() for i in range(3)]
    except Exception as error:  # each library raises its own kinds for a damaged file
        raise broken(folder, first_line(error)) from error
    if sorted(labels) != ["contradiction", "entailment", "neutral"]:
        raise broken(folder, f"config.json: labels {labels}, not those of an entailment model")
    return session, tokenizer, labels


def first_line(error: Exception) -> str:
    """The first line of what a library says is wrong."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200].rstrip(".")


def the_transformers() -> Any:
    """The library, told not to remark that torch is missing."""
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    import transformers

    return transformers
