"""The learned step from a quote to the mention that said it: features of the parse, and an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attribution.article import AttributionError
from attribution.encoder import CLS, SEP, Tokenizer, View, view_of
from attribution.inference import open_session
from attribution.linking import AFTER, BEFORE, Page, features, null_features
from attribution.mentions import Mention
from attribution.quotes import Quote

# The logarithm of a probability from which the features alone decide: on PolNeAR dev the encoder overturns
# none of these two quotes in three, and nearly half of its windows need not be read.
_PLAIN = np.log(0.9)


@dataclass(frozen=True)
class Ranker:
    """Judges mentions by their features: a sum of feature vectors, one hidden layer, softmax.

    `vocabulary` maps a feature to its row of `embedding` (features × hidden); `bias` and `output`
    (hidden) and `temperature` turn the sums into scores.
    """

    vocabulary: dict[str, int]
    embedding: np.ndarray
    bias: np.ndarray
    output: np.ndarray
    temperature: float

    def log_probabilities(self, rows: Sequence[Sequence[str]]) -> np.ndarray:
        """How likely each candidate is the speaker, as logarithms; `rows` holds their features."""
        known = [[i for name in row if (i := self.vocabulary.get(name)) is not None] for row in rows]
        hidden = np.stack([self.embedding[row].sum(0) for row in known])
        return log_softmax(np.maximum(hidden + self.bias, 0) @ self.output / self.temperature)


@dataclass(frozen=True)
class Reader:
    """Judges mentions by what the encoder makes of their surroundings; *h* is the size of its hidden layer.

    `nobody` and `outside` (2h) stand for no mention, and for one that the quote's window does not show.
    Half of each vector is multiplied with the quote's, the other half goes through a hidden layer with
    `bias` and `output` (h). `temperature` calibrates the sum.
    """

    nobody: np.ndarray
    outside: np.ndarray
    bias: np.ndarray
    output: np.ndarray
    temperature: float

    def log_probabilities(self, asked: np.ndarray, heard: np.ndarray) -> np.ndarray:
        """How likely each candidate answers a quote, as logarithms: quote (2h), candidates × 2h."""
        half = len(self.bias)
        hidden = np.maximum(self.bias + asked[:half] + heard[:, :half], 0)
        scores = hidden @ self.output + heard[:, half:] @ asked[half:] / np.sqrt(half)
        return log_softmax(scores / self.temperature)


class Linker:
    """The two judges together; made by `load_linker`.

    `session` runs the encoder (ONNX Runtime, or anything with the same `run(None, inputs)`).
    `temperature` makes the product of both judgements a calibrated probability.
    """

    def __init__(
        self, ranker: Ranker, reader: Reader, session: Any, tokenizer: Tokenizer, temperature: float
    ) -> None:
        self.ranker, self.reader, self.temperature = ranker, reader, temperature
        self._session = session
        self._tokenizer = tokenizer

    def read(self, page: Page) -> Reading:
        """An article, ready for the encoder."""
        pieces = [p for q in page.quotes if q.kind not in {"nested", "transcript"} for p in q.pieces]
        return Reading(
            self, view_of(page.text, page.layout.paragraphs, pieces, self._tokenizer, BEFORE, AFTER)
        )

    def encode(self, ids: np.ndarray) -> tuple[np.ndarray, ...]:
        """What each token of a window says, four arrays of tokens × 2h.

        They are for the token as the first and as the last mark of a quote, and as the first and as the
        last word of a mention.
        """
        ids = np.concatenate([[CLS], ids, [SEP]]).astype(np.int64)[None]
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        return tuple(made[0, 1:-1] for made in self._session.run(None, inputs))


class Reading:
    """An article as the encoder reads it: window by window, each when the first quote in it is asked for.

    Only the last window is kept, since an article may be as long as a book.
    """

    def __init__(self, linker: Linker, view: View) -> None:
        self.linker, self.view = linker, view
        self._number = -1
        self._encoded: tuple[np.ndarray, ...] = ()

    def probabilities(
        self, page: Page, quote: Quote, mentions: Sequence[Mention], previous: Mention | None
    ) -> np.ndarray:
        """How likely each mention is the speaker of the quote; the last is that nobody is named.

        `previous` is the speaker of the quote before.
        """
        rows = [list(features(page, quote, mention, previous)) for mention in mentions]
        scores = self.linker.ranker.log_probabilities([*rows, list(null_features(page, quote))])
        if scores.max() >= _PLAIN:
            return np.exp(scores)
        edges = [edge for p in quote.pieces if (edge := self.view.edges.get((p.start, p.end)))]
        if edges and quote.kind != "nested":
            scores = scores + self._read(edges, mentions)
        return np.exp(log_softmax(scores / self.linker.temperature))

    def _read(self, edges: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> np.ndarray:
        """What the encoder says of the mentions around a quote with marks at `edges`."""
        reader, view = self.linker.reader, self.view
        number = view.window(edges[0][0])
        starts, count = view.windows
        start = int(starts[number])
        if number != self._number:
            self._number, self._encoded = number, self.linker.encode(view.ids[start : start + count])
        opens, closes, firsts, lasts = self._encoded
        ends = [(a - start, min(b - start, count - 1)) for a, b in edges]
        asked = np.mean([opens[a] + closes[b] for a, b in ends if 0 <= a < count], axis=0)
        heard = []
        for mention in mentions:
            first, last = view.token(mention.start) - start, view.token(mention.end - 1) - start
            heard.append(firsts[first] + lasts[last] if first >= 0 and last < count else reader.outside)
        return reader.log_probabilities(asked, np.stack([*heard, reader.nobody]))


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """The scores as logarithms of probabilities that add up to one."""
    scores = scores - scores.max()
    return scores - np.log(np.exp(scores).sum())


def load_linker(folder: Path) -> Linker:
    """The linker of a model folder. Raises `AttributionError` where a file is missing or broken."""
    from tokenizers import Tokenizer as Loaded

    try:
        stored = _arrays(folder / "ranker.npz")
        names = stored.pop("vocabulary").tolist()
        ranker = Ranker({name: i for i, name in enumerate(names)}, **stored)
        stored = _arrays(folder / "reader.npz")
        together = stored.pop("together")
        tokenizer = Loaded.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        session = open_session(folder / "encoder.onnx")
        return Linker(ranker, Reader(**stored), session, tokenizer, together)
    except Exception as error:  # each library raises its own kinds for a damaged file
        raise AttributionError(
            f"{folder}: not a speaker model ({error}). Reinstall the package or run its recipe, train.py."
        ) from error


def _arrays(file: Path) -> dict[str, Any]:
    """The arrays of a file, and its single numbers as such."""
    with np.load(file, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return {
        name: array.item()
        if not array.ndim
        else array
        if array.dtype.kind == "U"
        else array.astype(np.float32)
        for name, array in arrays.items()
    }
