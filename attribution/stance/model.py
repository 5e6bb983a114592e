"""The shipped model, run by ONNX Runtime."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attribution.inference import open_session
from attribution.stance.settings import broken

if TYPE_CHECKING:
    import numpy as np

    from attribution.stance.wording import Asked

_MOST_LENGTHS = 1000  # hypotheses whose lengths are kept


class NliModel:
    """An entailment model run by ONNX Runtime, or by anything with the same `run(None, inputs)`.

    `labels` are the model's own, in the order of its outputs.
    """

    def __init__(self, session: Any, tokenizer: Any, labels: Sequence[str], max_tokens: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._order = [labels.index(label) for label in ("entailment", "neutral", "contradiction")]
        self._max_tokens = max_tokens
        self._lengths: dict[str, int] = {}
        self._encoding = threading.Lock()  # a tokenizer that is set and used at once by two threads fails

    def __call__(self, asked: Sequence[tuple[Asked, ...]]) -> np.ndarray:
        import numpy as np

        with self._encoding:
            encoded = self._encode(asked)
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

    def _encode(
        self, asked: Sequence[tuple[Asked, ...]]
    ) -> list[list[tuple[list[int], dict[str, np.ndarray]]]]:
        """Each quote's batches: the token ids of the pairs of each premise, and their places among all pairs.

        A hypothesis is whole, however long, and the premise cut at its end.
        """
        quotes = [[one.support for one in own] + [one.oppose for one in own] for own in asked]
        together: dict[int, list[int]] = defaultdict(list)  # one call for many quotes takes half the time
        for number, pairs in enumerate(quotes):
            longest = max(self._length(hypothesis) for _, hypothesis in pairs)
            together[max(self._max_tokens, longest + 64)].append(number)
        batches: list[list[tuple[list[int], dict[str, np.ndarray]]]] = [[] for _ in quotes]
        for most, numbers in together.items():
            pairs = [pair for number in numbers for pair in quotes[number]]
            premises, hypotheses = zip(*pairs, strict=True)
            found = self._tokenizer(
                list(premises), list(hypotheses), truncation="only_first", max_length=most
            )
            at = 0
            for number in numbers:
                own = quotes[number]
                for premise in dict.fromkeys(premise for premise, _ in own):
                    rows = [row for row, pair in enumerate(own) if pair[0] == premise]
                    padded = _padded(found, [at + row for row in rows], self._tokenizer.pad_token_id)
                    batches[number].append((rows, padded))
                at += len(own)
        return batches

    def _length(self, hypothesis: str) -> int:
        """How many tokens a hypothesis has; the same few are asked again and again."""
        if hypothesis not in self._lengths:
            if len(self._lengths) >= _MOST_LENGTHS:
                self._lengths.clear()
            self._lengths[hypothesis] = len(self._tokenizer(hypothesis)["input_ids"])
        return self._lengths[hypothesis]


def _padded(
    found: Mapping[str, Sequence[Sequence[int]]], rows: Sequence[int], pad: int
) -> dict[str, np.ndarray]:
    """What was found in these rows, as arrays for the network."""
    import numpy as np

    width = max(len(found["input_ids"][row]) for row in rows)
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = {name: np.zeros((len(rows), width), dtype=np.int64) for name in names}
    inputs["input_ids"][:] = pad
    for place, row in enumerate(rows):
        for name in names:
            ids = found[name][row]
            inputs[name][place, : len(ids)] = ids
    return inputs


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
