"""Train the speaker model: which mention near a quote said it.

    python models/speaker/train.py ranker --data DIR --work WORK   # features of the parse, minutes
    python models/speaker/train.py reader --data DIR --work WORK   # the encoder, under an hour
    python models/speaker/train.py export --data DIR --work WORK   # int8, calibrated, into this folder
    python models/speaker/train.py compare --data DIR --work WORK  # the model card's table, on dev

DIR holds `quotes/polnear-*.jsonl.gz`; WORK keeps the parsed articles and the checkpoints. Listwise
softmax over the candidates of a quote and "nobody"; every candidate that overlaps the gold source
counts as right. The last tenth of the training articles is held out from the reader and, for the
temperature, from a ranker. Seeded; needs the extra `train` (torch).
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE)]
# Threads that spin while they wait stand still together as soon as another process wants a core.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch  # noqa: E402
from cases import Case, Document, read  # noqa: E402
from minilm import base_model, to_int8  # noqa: E402
from ranker import fit_ranker  # noqa: E402
from reader import LAYERS, ReaderModel, fit_reader, read_cases  # noqa: E402

from attribution.language import load_language  # noqa: E402
from attribution.linker import Ranker, log_softmax  # noqa: E402

Judged = list[tuple[Case, np.ndarray]]  # quotes with the logarithms of their candidates' probabilities


def documents(data: Path, work: Path) -> dict[str, list[Document]]:
    """The parsed articles: "train" (nine tenths), "held out" (the rest of them) and "dev"."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base_model() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    nlp = load_language()
    found = {part: read(data, part, nlp, tokenizer, work / f"{part}.pickle") for part in ("train", "dev")}
    cut = len(found["train"]) - len(found["train"]) // 10
    return {"train": found["train"][:cut], "held out": found["train"][cut:], "dev": found["dev"]}


def marked(found: Sequence[Document]) -> list[Case]:
    """The cases in quotation marks."""
    return [case for document in found for case in document.cases if case.marked]


def train_ranker(data: Path, work: Path) -> None:
    """Two rankers: one of nine tenths for the temperature, one of all articles to ship."""
    found = documents(data, work)
    trial = fit_ranker(marked(found["train"]))
    own = temperature([(case, ranked(trial, case)) for case in marked(found["held out"])])
    rankers = {"trial": trial, "all": fit_ranker(marked([*found["train"], *found["held out"]]))}
    rankers = {name: replace(ranker, temperature=own) for name, ranker in rankers.items()}
    (work / "ranker.pickle").write_bytes(pickle.dumps(rankers))
    print("temperature", own)


def train_reader(data: Path, work: Path, layers: int) -> None:
    """The reader of nine tenths of the articles."""
    torch.set_num_threads(2)
    model = fit_reader(documents(data, work)["train"], layers)
    torch.save({"model": model.state_dict(), "layers": layers}, work / f"reader-{layers}.pt")


def load_reader(work: Path, layers: int) -> ReaderModel:
    """The reader as trained."""
    model = ReaderModel(layers)
    model.load_state_dict(torch.load(work / f"reader-{layers}.pt", weights_only=True)["model"])
    return model.eval()


# --- measuring -----------------------------------------------------------------------------


def ranked(ranker: Ranker, case: Case) -> np.ndarray:
    """What the ranker says of a quote's candidates."""
    return ranker.log_probabilities(case.rows)


def by_rule(case: Case) -> np.ndarray:
    """Scores of a rule over the parse: the nearest subject of a reporting verb, else the nearest mention."""
    scores = []
    for row in case.rows[:-1]:
        held = dict(name.split("=", 1) for name in row)
        words = held["place,words"].rsplit("|", 1)[1]
        tied = held["tie"].startswith(("subject|True", "according", "noun"))
        paragraphs = abs(int(held["place"].split("|")[1][1:]))
        scores.append(1000 * tied - (200 if words == "far" else int(words)) - 100 * paragraphs)
    return np.array([*scores, -900.0])


def both(ranker: Ranker, found: Judged, own: float) -> Judged:
    """The reader's judgements, at its `own` temperature, multiplied with the ranker's."""
    return [(case, ranked(ranker, case) + log_softmax(scores / own)) for case, scores in found]


def measured(found: Judged) -> str:
    """Shares of the quotes of five words and more with a gold source, and of those without any."""
    picked = [(case, int(scores.argmax())) for case, scores in found]
    long = [(case, i) for case, i in picked if case.gold and case.words >= 5]
    none = [case.right[i] for case, i in picked if not case.gold]
    overlap = [case.overlap[i] for case, i in long]
    reachable = np.mean([any(case.right) for case, _ in long])
    return (
        f"{np.mean(overlap):.3f} ({sum(overlap)} of {len(overlap)}) | {reachable:.3f} | "
        f"{np.mean(none):.3f} of {len(none)}"
    )


def compare(data: Path, work: Path) -> None:
    """The table of the model card: rules, the ranker, each reader in WORK, and both together."""
    found = documents(data, work)
    held_out, dev = found["held out"], found["dev"]
    ranker = pickle.loads((work / "ranker.pickle").read_bytes())["all"]
    cases = [case for case in marked(dev) if case.mentions]
    print("| judged by | mention overlap | reachable | nobody |\n| --- | --- | --- | --- |")
    print(f"| rules over the parse | {measured([(case, by_rule(case)) for case in cases])} |")
    print(f"| ranker | {measured([(case, ranked(ranker, case)) for case in cases])} |")
    for file in sorted(work.glob("reader-*.pt")):
        layers = int(file.stem.split("-")[1])
        model = load_reader(work, layers)
        own = temperature(list(read_cases(model, held_out)))
        found = list(read_cases(model, dev))
        print(f"| encoder, {layers} layers | {measured(found)} |")
        print(f"| ranker and encoder, {layers} layers | {measured(both(ranker, found, own))} |", flush=True)


def temperature(found: Judged) -> float:
    """The temperature under which the right candidates of held-out quotes are likeliest."""

    def loss(value: float) -> float:
        lost = [-np.log(np.exp(log_softmax(s / value))[np.array(c.right)].sum() + 1e-9) for c, s in usable]
        return float(np.mean(lost))

    usable = [(case, scores) for case, scores in found if any(case.right)]
    return min((round(float(t), 2) for t in np.arange(0.6, 3.05, 0.05)), key=loss)


# --- the shipped files ----------------------------------------------------------------------


def export(data: Path, work: Path, layers: int) -> None:
    """`ranker.npz`, `reader.npz`, `encoder.onnx` (int8) and `tokenizer.json` into this folder."""
    rankers = pickle.loads((work / "ranker.pickle").read_bytes())
    model = load_reader(work, layers)
    held_out = list(read_cases(model, documents(data, work)["held out"]))
    own = temperature(held_out)
    together = temperature(both(rankers["trial"], held_out, own))
    print("temperatures:", rankers["all"].temperature, own, together)
    ranker = rankers["all"]
    np.savez_compressed(
        HERE / "ranker.npz",
        vocabulary=np.array(list(ranker.vocabulary)),
        embedding=ranker.embedding.astype(np.float16),
        bias=ranker.bias,
        output=ranker.output,
        temperature=np.array(ranker.temperature),
    )
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    np.savez_compressed(
        HERE / "reader.npz",
        nobody=state["nobody"],
        outside=state["outside"],
        bias=state["bias"],
        output=state["output.weight"][0],
        temperature=np.array(own),
        together=np.array(together),
    )
    shutil.copyfile(base_model() / "tokenizer.json", HERE / "tokenizer.json")
    to_onnx(model, work / "encoder.onnx")
    to_int8(work / "encoder.onnx", HERE / "encoder.onnx")


class Vectors(torch.nn.Module):
    """The encoder, up to what a token says as either mark of a quote and either end of a mention."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        hidden = self.model.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        made = []
        for layer in (self.model.quote, self.model.mention):
            first, last = layer.weight.split(hidden.shape[-1], dim=1)
            made += [hidden @ first.T, hidden @ last.T + layer.bias]
        return tuple(made)


def to_onnx(model: ReaderModel, file: Path) -> None:
    """The encoder with its heads as fp32 ONNX, any length."""
    model.encoder.set_attn_implementation("eager")
    example = torch.ones((1, 16), dtype=torch.long)
    names, outputs = ("input_ids", "attention_mask"), ("opens", "closes", "first", "last")
    torch.onnx.export(
        Vectors(model),
        (example, example),
        str(file),
        input_names=list(names),
        output_names=list(outputs),
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*names, *outputs)},
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("step", choices=("ranker", "reader", "export", "compare"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=LAYERS)
    given = parser.parse_args()
    if given.step == "ranker":
        train_ranker(given.data, given.work)
    elif given.step == "reader":
        train_reader(given.data, given.work, given.layers)
    elif given.step == "export":
        export(given.data, given.work, given.layers)
    else:
        compare(given.data, given.work)


if __name__ == "__main__":
    main()
