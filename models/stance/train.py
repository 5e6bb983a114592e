"""Train, export and measure the shipped stance classifier.

    python models/stance/train.py train --data DIR --work WORK     # seven stages, resumable, CPU
    python models/stance/train.py export --data DIR --work WORK    # int8 ONNX, calibrated, into this folder
    python models/stance/train.py evaluate --data DIR              # the figures of the model card

DIR holds `stance/*.jsonl.gz`; WORK keeps checkpoints and the log. The sets and the recipe
are described in the README beside this file, the pairs made in pairs.py. Nothing is ever trained
on a `*-dev` file.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE)]

from minilm import base_model, to_int8  # noqa: E402
from pairs import (  # noqa: E402
    EARLY,
    NLI_LABELS,
    SEED,
    SHARES,
    Pair,
    fifth_stage,
    first_stage,
    fourth_stage,
    last_stage,
    second_stage,
    third_stage,
)

from attribution.evaluate import Answer, Labelled, evaluate_stance, read_stances, stance_report  # noqa: E402
from attribution.evaluate.figures import reliability  # noqa: E402
from attribution.evaluate.stance import coverage_curve  # noqa: E402
from attribution.inference import open_session  # noqa: E402
from attribution.stance import (  # noqa: E402
    STANCES,
    NliModel,
    Settings,
    StanceClassifier,
    load_stance,
)

# Threads that spin while they wait stand still together as soon as another process wants a core.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
BATCH = 32
MAX_TOKENS = 128
FIRST_STAGE_BATCHES = 1000
RATES = {"first": 1e-4, "second": 1.5e-4, "third": 1.2e-4, "fourth": 1e-4}
RATES |= {"fifth": 1.2e-4, "sixth": 1.2e-4, "seventh": 1.2e-4}


# --- training ------------------------------------------------------------------------------


def batches(pairs: list[Pair], tokenizer, rng: random.Random) -> list[list[tuple[list[int], list[int], int]]]:
    """Shuffled batches of pairs of like length, so that little is spent on padding."""
    order = list(pairs)
    rng.shuffle(order)
    premises, hypotheses, labels = zip(*order, strict=True)
    encoded = tokenizer(list(premises), list(hypotheses), truncation="only_first", max_length=MAX_TOKENS)
    items = list(zip(encoded["input_ids"], encoded["token_type_ids"], labels, strict=True))
    made = []
    for start in range(0, len(items), BATCH * 50):
        near = sorted(items[start : start + BATCH * 50], key=lambda item: len(item[0]))
        made += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    rng.shuffle(made)
    return made


def tensors(batch):
    import torch

    width = max(len(ids) for ids, _, _ in batch)

    def padded(values):
        return torch.tensor([value + [0] * (width - len(value)) for value in values])

    ids = [ids for ids, _, _ in batch]
    return {
        "input_ids": padded(ids),
        "attention_mask": padded([[1] * len(value) for value in ids]),
        "token_type_ids": padded([types for _, types, _ in batch]),
    }, torch.tensor([label for _, _, label in batch])


def run_stage(model, made: list, rate: float, work: Path, name: str, save_every: int = 200) -> None:
    """AdamW over `made` batches, warm-up of 6 % and then a cosine down to zero; resumes from WORK/NAME.pt."""
    import torch

    groups = [
        {"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": 0.01},
        {"params": [p for p in model.parameters() if p.ndim == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=rate, fused=True)
    warm = max(1, int(0.06 * len(made)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(
            step / warm, 0.5 + 0.5 * math.cos(math.pi * max(0, step - warm) / (len(made) - warm))
        ),
    )
    state, first = work / f"{name}.pt", 0
    if state.exists():
        saved = torch.load(state, weights_only=True)
        first = saved["step"]
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=0.05)
    model.train()
    started, seen, mean = time.time(), 0, None
    for step in range(first, len(made)):
        inputs, labels = tensors(made[step])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(**inputs).logits
        loss = loss_of(logits.float(), labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        seen += len(labels)
        mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
        if (step + 1) % 100 == 0:
            rate_now = seen / (time.time() - started)
            print(f"{name} {step + 1}/{len(made)} loss {mean:.3f} {rate_now:.0f} pairs/s", flush=True)
        if (step + 1) % save_every == 0 or step + 1 == len(made):
            parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
            torch.save({"step": step + 1} | {key: part.state_dict() for key, part in parts.items()}, state)


def train(data: Path, work: Path, base: Path | None) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    work.mkdir(parents=True, exist_ok=True)
    settings = json.loads((HERE / "stance.json").read_text(encoding="utf-8"))
    folder = base_model(base)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    ids = {label: i for i, label in enumerate(NLI_LABELS)}
    model = AutoModelForSequenceClassification.from_pretrained(
        folder, id2label=dict(enumerate(ids)), label2id=ids
    )
    made = batches(first_stage(data, settings), tokenizer, random.Random(SEED))
    run_stage(model, made[:FIRST_STAGE_BATCHES], RATES["first"], work, "first")
    stages = {
        "second": second_stage(data, settings, 3),
        "third": third_stage(data, settings, 2),
        "fourth": fourth_stage(data, settings),
        "fifth": fifth_stage(data, settings, 3),
        "sixth": last_stage(data, settings, 2, only=EARLY, shares=SHARES),
        "seventh": last_stage(data, settings, 5, seed=500),
    }
    states: dict[str, dict] = {}
    for name, passes in stages.items():
        made = []
        for number, pairs in enumerate(passes):
            made += batches(pairs, tokenizer, random.Random(SEED + number))
        # The last stages are about directions; they teach no new words.
        model.bert.embeddings.word_embeddings.requires_grad_(name in ("second", "third", "fourth"))
        # The mean of two stages' weights is a better start than either (Wortsman et al. 2022, model soups).
        if name == "sixth":
            states["half"] = mean(states["fourth"], states["fifth"])
            model.load_state_dict(states["half"])
        elif name == "seventh":
            states["start"] = mean(states["half"], states["sixth"])
            model.load_state_dict(states["start"])
        run_stage(model, made, RATES[name], work, name)
        states[name] = torch.load(work / f"{name}.pt", weights_only=True)["model"]
    model.load_state_dict(mean(states["start"], states["seventh"], 0.6))
    model.save_pretrained(work / "fp32")
    tokenizer.save_pretrained(work / "fp32")


def mean(one: dict, other: dict, share: float = 0.5) -> dict:
    """The mean of two models' weights, the `other` one's by its `share`."""
    mixed = {name: (1 - share) * w + share * other[name] for name, w in one.items() if w.is_floating_point()}
    return one | mixed


# --- export --------------------------------------------------------------------------------


def to_onnx(folder: Path, file: Path) -> None:
    """The model in `folder` as fp32 ONNX, any batch and length."""
    import torch
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(folder, attn_implementation="eager").eval()
    model.config.return_dict = False
    names = ("input_ids", "attention_mask", "token_type_ids")
    example = torch.ones((2, 16), dtype=torch.long)
    torch.onnx.export(
        model,
        (example, example, example * 0),
        str(file),
        input_names=list(names),
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names} | {"logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def export(data: Path, work: Path, out: Path) -> None:
    """The int8 model and its calibration into `out`; prints what int8 costs on the dev sets."""
    settings = replace(Settings.read(HERE), temperature=1.0, unsure_below=0.0)
    out.mkdir(parents=True, exist_ok=True)
    to_onnx(work / "fp32", work / "fp32.onnx")
    to_int8(work / "fp32.onnx", out / "model.onnx")
    for file in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        kept = json.loads((work / "fp32" / file).read_text(encoding="utf-8"))
        for key in ("is_local", "local_files_only", "max_length"):  # how it was loaded is not what it is
            kept.pop(key, None)
        (out / file).write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
    evaluate(classifier(work / "fp32.onnx", out, settings), data, "fp32 ")
    model = classifier(out / "model.onnx", out, settings)
    evaluate(model, data, "int8 ")
    settings = calibrated(model, [item for items in dev_sets(data).values() for item in items])
    (out / "stance.json").write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")


def calibrated(model: StanceClassifier, items: list[Labelled], aim: float = 0.85) -> Settings:
    """The temperature of least log loss, and the lowest confidence over which `aim` is right."""
    import numpy as np

    opinions = np.concatenate([model.opinions([item.quote], item.target) for item in items])
    gold = np.array([STANCES.index(item.label) for item in items])

    def loss(temperature: float) -> float:
        cooled = opinions.mean(axis=1) ** (1 / temperature)
        return float(-np.log(cooled[np.arange(len(gold)), gold] / cooled.sum(axis=1)).mean())

    settings = replace(
        model.settings, temperature=min((round(float(t), 2) for t in np.arange(0.5, 3, 0.05)), key=loss)
    )
    again = StanceClassifier(model.opinions, settings, model.name)
    read = zip(opinions, items, strict=True)
    stances = [again.read(found, item.target, item.quote) for found, item in read]
    for threshold in (round(t, 2) for t in np.arange(0.34, 0.95, 0.01)):
        given = [s.best == i.label for s, i in zip(stances, items, strict=True) if s.confidence >= threshold]
        if sum(given) >= aim * len(given):
            break
    return replace(settings, unsure_below=threshold)


def classifier(file: Path, folder: Path, settings: Settings) -> StanceClassifier:
    """The ONNX `file` with the tokenizer and labels of `folder`."""
    from transformers import AutoTokenizer

    model = NliModel(
        open_session(file), AutoTokenizer.from_pretrained(folder), NLI_LABELS, settings.max_tokens
    )
    return StanceClassifier(model, settings, file.name)


# --- measuring -----------------------------------------------------------------------------


def dev_sets(data: Path) -> dict[str, list[Labelled]]:
    """The two dev files that the model is chosen and calibrated on."""
    files = ("news-quotes-dev", "operations-dev")
    return {file: read_stances(data / "stance" / f"{file}.jsonl.gz") for file in files}


def evaluate(model: StanceClassifier, data: Path, name: str = "", curves: Path | None = None) -> None:
    """Print the figures of `model` on the dev sets as `attribution evaluate stance` does; draw `curves`."""
    found = {part: evaluate_stance(items, model) for part, items in dev_sets(data).items()}
    for part, answers in found.items():
        print(stance_report(f"{name}{part}", answers, errors=0), flush=True)
    if curves:
        draw(found, model.settings.unsure_below, curves)


def draw(found: dict[str, list[Answer]], unsure_below: float, file: Path) -> None:
    """How often the surest labels are right (above), and how far a confidence can be trusted (below)."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 6.4), layout="constrained")
    covered, trusted = figure.subplots(2, 1)
    for (part, answers), line in zip(found.items(), ("-", "--"), strict=False):
        curve = coverage_curve(answers, steps=20)
        covered.plot([100 * c.share for c in curve], [100 * c.right.value for c in curve], line, label=part)
        bins = reliability([answer.case for answer in answers])
        trusted.plot([b.confidence for b in bins], [b.share.value for b in bins], line + "o", label=part)
    covered.set(xlabel="share of quotes, the surest first, %", ylabel="right, %", ylim=(40, 100))
    covered.axhline(85, color="0.6", linewidth=0.8)
    trusted.plot([0, 1], [0, 1], color="0.6", linewidth=0.8)
    trusted.axvline(unsure_below, color="0.6", linewidth=0.8, linestyle=":", label="unsure below")
    trusted.set(xlabel="confidence", ylabel="share right", xlim=(0.3, 1), ylim=(0, 1))
    for axes in (covered, trusted):
        axes.legend(frameon=False)
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=("train", "export", "evaluate"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--base", type=Path)
    parser.add_argument("--out", type=Path, default=HERE)
    given = parser.parse_args()
    if given.step == "train":
        train(given.data, given.work, given.base)
    elif given.step == "export":
        export(given.data, given.work, given.out)
    else:
        evaluate(load_stance(), given.data, curves=HERE / "curves.svg")


if __name__ == "__main__":
    main()
