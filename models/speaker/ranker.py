"""The ranker: features of the parse, summed, one hidden layer, listwise softmax."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import torch
from cases import Case
from torch import nn

from attribution.linker import Ranker

SEED, HIDDEN, EPOCHS, MIN_COUNT, FORGET = 7, 64, 6, 4, 0.2


def vocabulary(train: Sequence[Case]) -> dict[str, int]:
    """The features that are common enough to learn from."""
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


def _batch(cases: Sequence[Case], index: dict[str, int], drop: float, rng: random.Random):
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


def fit_ranker(train: Sequence[Case]) -> Ranker:
    """A ranker of the cases, its temperature still one."""
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
            ids, offsets, sizes, right = _batch(usable[start : start + 64], index, FORGET, rng)
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
