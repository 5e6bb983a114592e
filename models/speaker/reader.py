"""The reader: an encoder over the narration, and a head that ties a quote's marks to a mention's ends."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from cases import Case, Document
from minilm import base_model
from torch import nn

from attribution.encoder import CLS, SEP

SEED, LAYERS, HIDDEN, EPOCHS = 7, 3, 128, 4
BATCH, RATE, HEAD_RATE = 8, 2e-4, 1e-3
HIDE, MASK = 0.1, 103  # the share of words hidden from the encoder at random, and what stands for them
INDIRECT = 0.4  # weight of a statement without marks


@dataclass
class Window:
    """Token ids of a window that starts at token `start` of its article, and the cases read in it."""

    ids: np.ndarray
    start: int
    cases: list[Case]


def windows(documents: Sequence[Document]) -> list[Window]:
    """The windows that have a case, each case in the one that shows the most around it."""
    made = []
    for document in documents:
        if not len(document.view.ids):
            continue
        starts, length = document.view.windows
        held: dict[int, list[Case]] = {}
        for case in document.cases:
            if case.edges:
                held.setdefault(document.view.window(case.edges[0][0]), []).append(case)
        for number, cases in held.items():
            start = int(starts[number])
            made.append(Window(document.view.ids[start : start + length], start, cases))
    return made


class ReaderModel(nn.Module):
    """The first layers of the encoder with the `Reader` of attribution/linker.py, as torch trains it."""

    def __init__(self, layers: int = LAYERS) -> None:
        from transformers import AutoModel

        super().__init__()
        self.encoder = AutoModel.from_pretrained(base_model(), add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        # Seven thousand quotes teach no new words, and half of the weights lie here.
        self.encoder.embeddings.word_embeddings.requires_grad_(False)
        size = self.encoder.config.hidden_size
        self.quote, self.mention = nn.Linear(2 * size, 2 * HIDDEN), nn.Linear(2 * size, 2 * HIDDEN)
        self.nobody = nn.Parameter(torch.zeros(2 * HIDDEN))
        self.outside = nn.Parameter(torch.zeros(2 * HIDDEN))
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.drop = nn.Dropout(0.2)
        self.output = nn.Linear(HIDDEN, 1, bias=False)

    def forward(self, batch: Sequence[Window]) -> list[torch.Tensor]:
        """The scores of each case's candidates, nobody last, in the order of the windows' cases."""
        width = max(len(window.ids) for window in batch) + 2
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        for row, window in zip(ids, batch, strict=True):
            row[: len(window.ids) + 2] = torch.from_numpy(np.concatenate([[CLS], window.ids, [SEP]]))
        mask = (ids != 0).long()
        if self.training:
            ids[(torch.rand(ids.shape) < HIDE) & (ids > SEP)] = MASK
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return [
            self._scores(vectors[1:], window.start, len(window.ids), case)
            for vectors, window in zip(hidden.float(), batch, strict=True)
            for case in window.cases
        ]

    def _scores(self, hidden: torch.Tensor, start: int, count: int, case: Case) -> torch.Tensor:
        """The scores of one case, from its window's vectors, of which `count` are text."""
        edges = [(a - start, min(b - start, count - 1)) for a, b in case.edges]
        asked = self.quote(_pairs(hidden, [(a, b) for a, b in edges if 0 <= a < count])).mean(0)
        ends = [(a - start, b - start) for a, b in case.mentions]
        seen = [a >= 0 and b < count for a, b in ends]
        shown = [pair if ok else (0, 0) for pair, ok in zip(ends, seen, strict=True)]
        heard = torch.where(torch.tensor(seen)[:, None], self.mention(_pairs(hidden, shown)), self.outside)
        heard = torch.cat([heard, self.nobody[None]])
        added = torch.relu(self.bias + asked[:HIDDEN] + heard[:, :HIDDEN])
        return self.output(self.drop(added)).squeeze(-1) + heard[:, HIDDEN:] @ asked[HIDDEN:] / math.sqrt(
            HIDDEN
        )


def _pairs(hidden: torch.Tensor, ends: Sequence[tuple[int, int]]) -> torch.Tensor:
    firsts, lasts = [a for a, _ in ends], [b for _, b in ends]
    return torch.cat([hidden[firsts], hidden[lasts]], -1)


def batches(made: Sequence[Window]) -> list[list[Window]]:
    """Shuffled batches of windows of like length, so that little is spent on padding."""
    order, found = list(made), []
    random.shuffle(order)
    for start in range(0, len(order), BATCH * 20):
        near = sorted(order[start : start + BATCH * 20], key=lambda window: len(window.ids))
        found += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    random.shuffle(found)
    return found


def fit_reader(train: Sequence[Document], layers: int = LAYERS) -> ReaderModel:
    """AdamW, warm-up of 6 % and then a line down to zero; word vectors stay as they are."""
    torch.manual_seed(SEED)
    random.seed(SEED)
    model = ReaderModel(layers)
    usable = [
        Window(w.ids, w.start, kept)
        for w in windows(train)
        if (kept := [case for case in w.cases if any(case.right) and case.mentions])
    ]
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": RATE, "weight_decay": 0.01}, {"params": heads, "lr": HEAD_RATE}],
        fused=True,
    )
    steps = EPOCHS * -(-len(usable) // BATCH)
    warm = max(1, int(0.06 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, (steps - step) / (steps - warm) + 1e-3)
    )
    started = time.time()
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(usable):
            loss = _loss(model(batch), [case for window in batch for case in window.cases])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.time() - started:.0f} s", flush=True)
    return model.eval()


def _loss(scores: Sequence[torch.Tensor], cases: Sequence[Case]) -> torch.Tensor:
    losses = [
        torch.logsumexp(found, 0) - torch.logsumexp(found[torch.tensor(case.right)], 0)
        for found, case in zip(scores, cases, strict=True)
    ]
    weights = torch.tensor([1.0 if case.marked else INDIRECT for case in cases])
    return (torch.stack(losses) * weights).sum() / weights.sum()


def read_cases(model: ReaderModel, documents: Sequence[Document]) -> Iterator[tuple[Case, np.ndarray]]:
    """Every marked case that a window shows, with the scores of its candidates."""
    made = windows(documents)
    with torch.no_grad():
        for start in range(0, len(made), BATCH):
            batch = made[start : start + BATCH]
            cases = [case for window in batch for case in window.cases if case.mentions]
            batch = [Window(w.ids, w.start, [case for case in w.cases if case.mentions]) for w in batch]
            yield from (
                (case, scores.numpy())
                for case, scores in zip(cases, model(batch), strict=True)
                if case.marked
            )
