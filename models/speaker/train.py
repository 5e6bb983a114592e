"""Train the speaker ranker: which mention near a quote said it.

    python models/speaker/train.py --data DIR            trains, measures on dev, writes ranker.npz
    python models/speaker/train.py --data DIR --dry-run  the same without writing

DIR holds `quotes/polnear-fragments-train.jsonl.gz` and `-dev`. Listwise softmax over the candidates of a
quote and "nobody"; every candidate that overlaps the gold source counts as right. Seeded; needs the
extra `train` (torch).
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from attribution.language import load_language
from attribution.linking import Page, Ranker, features, null_features
from attribution.quotes import find_quotes

SEED, HIDDEN, EPOCHS, MIN_COUNT, FORGET = 7, 64, 6, 4, 0.2


@dataclass
class Case:
    """One quote: the features of each candidate (nobody last), which overlap the gold source, which of
    them are right (of "Roe" and "Roe's lawyer" only the longer speaks), and its size in words."""

    rows: list[list[str]]
    right: list[bool]
    overlap: list[bool]
    words: int
    gold: bool
    document: int


def documents(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cases(path: Path, nlp, cache: Path) -> list[Case]:
    """The quotes of a file with their candidates; kept in `cache`, since parsing takes minutes."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    rows = documents(path)
    found: list[Case] = []
    for number, (row, doc) in enumerate(zip(rows, nlp.pipe(r["text"] for r in rows), strict=True)):
        found += _cases(row, doc, number)
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_bytes(pickle.dumps(found))
    return found


def _cases(row: dict, doc, number: int) -> Iterator[Case]:
    quotes = find_quotes(doc)
    page = Page(doc, quotes)
    previous = None
    for quote in quotes:
        if quote.kind in {"transcript", "nested"}:
            continue
        fragments = [
            f
            for f in row["fragments"]
            if any(p.start < b and a < p.end for p in quote.pieces for a, b in f["parts"])
        ]
        if not fragments:
            continue
        fragment = max(fragments, key=lambda f: f["n_words"])
        sources = [tuple(s) for s in fragment.get("source_spans") or []]
        if fragment["attribution"] is not None and not sources:
            continue  # an attribution without a source: the text may name one or not
        candidates = page.candidates(quote)
        spans = [(m.start, m.end) for m in candidates]
        overlap = [any(a < d and c < b for c, d in sources) for a, b in spans]
        told = [span for span, ok in zip(spans, overlap, strict=True) if ok]
        right = [
            ok and not any(_within(span, other) for other in told)
            for span, ok in zip(spans, overlap, strict=True)
        ]
        rows = [list(features(page, quote, m, previous)) for m in candidates] + [
            list(null_features(page, quote))
        ]
        yield Case(rows, [*right, not sources], [*overlap, not sources], quote.words, bool(sources), number)
        if any(right):
            previous = candidates[right.index(True)]


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def vocabulary(train: Sequence[Case]) -> dict[str, int]:
    counts = Counter(name for case in train for row in case.rows for name in row)
    return {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}


class Scorer(nn.Module):
    """Sum of feature vectors → ReLU → one score a candidate."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.embedding = nn.EmbeddingBag(size, HIDDEN, mode="sum")
        nn.init.normal_(self.embedding.weight, std=0.05)
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.drop = nn.Dropout(0.3)
        self.output = nn.Linear(HIDDEN, 1, bias=False)

    def forward(self, ids: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        return self.output(self.drop(torch.relu(self.embedding(ids, offsets) + self.bias))).squeeze(-1)


def batch(cases: Sequence[Case], index: dict[str, int], drop: float, rng: random.Random):
    ids, offsets, sizes, right = [], [], [], []
    for case in cases:
        for row, ok in zip(case.rows, case.right, strict=True):
            offsets.append(len(ids))
            ids += [
                i for name in row if (i := index.get(name)) is not None and (not drop or rng.random() > drop)
            ]
            right.append(ok)
        sizes.append(len(case.rows))
    return torch.tensor(ids), torch.tensor(offsets), sizes, torch.tensor(right)


def fit(train: Sequence[Case]) -> Ranker:
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    index = vocabulary(train)
    model = Scorer(len(index))
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    usable = [case for case in train if any(case.right)]
    steps = EPOCHS * (len(usable) // 64 + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / (steps + 1))
    for epoch in range(EPOCHS):
        rng.shuffle(usable)
        total = 0.0
        for start in range(0, len(usable), 64):
            ids, offsets, sizes, right = batch(usable[start : start + 64], index, FORGET, rng)
            scores = model(ids, offsets).split(sizes)
            losses = [
                torch.logsumexp(s, 0) - torch.logsumexp(s[r], 0)
                for s, r in zip(scores, right.split(sizes), strict=True)
            ]
            loss = torch.stack(losses).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(sizes)
        print(f"epoch {epoch + 1}: loss {total / len(usable):.4f}", flush=True)
    weights = model.embedding.weight.detach().numpy()
    return Ranker(index, weights, model.bias.detach().numpy(), model.output.weight.detach().numpy()[0], 1.0)


def measure(ranker: Ranker, dev: Sequence[Case]) -> dict[str, float]:
    """Shares of the quotes of five words and more that have a gold source, and of those that have none."""
    long = [case for case in dev if case.gold and case.words >= 5]
    picked = [int(ranker.probabilities(case.rows).argmax()) for case in long]
    null = [case for case in dev if not case.gold]
    kept = [case.right[int(ranker.probabilities(case.rows).argmax())] for case in null]
    return {
        "quotes": len(long),
        "overlap": float(np.mean([case.overlap[i] for case, i in zip(long, picked, strict=True)])),
        "right": float(np.mean([case.right[i] for case, i in zip(long, picked, strict=True)])),
        "reachable": float(np.mean([any(case.right) for case in long])),
        "nobody": float(np.mean(kept)),
    }


def calibrated(ranker: Ranker, held_out: Sequence[Case]) -> Ranker:
    """The ranker with the temperature under which the held-out quotes are likeliest."""
    usable = [case for case in held_out if any(case.right)]

    def loss(temperature: float) -> float:
        trial = replace(ranker, temperature=temperature)
        return -float(
            np.mean([np.log(trial.probabilities(c.rows)[np.array(c.right)].sum() + 1e-9) for c in usable])
        )

    return replace(ranker, temperature=min((0.6, 0.8, 1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0), key=loss))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".train/speaker"))
    parser.add_argument("--dry-run", action="store_true")
    arguments = parser.parse_args()
    nlp = load_language()
    quotes = arguments.data / "quotes"
    train = cases(quotes / "polnear-fragments-train.jsonl.gz", nlp, arguments.cache / "train.pickle")
    dev = cases(quotes / "polnear-fragments-dev.jsonl.gz", nlp, arguments.cache / "dev.pickle")
    # The last tenth of the training documents sets the temperature, then all of them train the ranker
    # that is shipped; dev is only measured on.
    numbers = sorted({case.document for case in train})
    cut = numbers[-len(numbers) // 10]
    trial = calibrated(fit([c for c in train if c.document < cut]), [c for c in train if c.document >= cut])
    ranker = replace(fit(train), temperature=trial.temperature)
    print("temperature", ranker.temperature)
    for name, value in measure(ranker, dev).items():
        print(f"dev {name}: {value:.4f}" if name != "quotes" else f"dev {name}: {value}")
    if not arguments.dry_run:
        np.savez_compressed(
            Path(__file__).parent / "ranker.npz",
            vocabulary=np.array(list(ranker.vocabulary)),
            embedding=ranker.embedding.astype(np.float16),
            bias=ranker.bias,
            output=ranker.output,
            temperature=np.array(ranker.temperature),
        )


if __name__ == "__main__":
    main()
