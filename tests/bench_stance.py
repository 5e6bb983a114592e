"""The stance classifier: quotes a second against two large zero-shot models, and how near the machine's peak.

    pip install ".[train]"
    python tests/bench_stance.py

The shipped int8 model, as it is used (all wordings, tokens and doubt included), and two classifiers under
the zero-shot pipeline of `transformers` read the same seed quotes by turns, two hypotheses each. Those two
have the shapes of BART-large-MNLI and DeBERTa-v3-base and random weights, which do for timing, and read
the tokens of the shipped model's tokenizer, about as many as their own. All use the same threads.

The peak is what ONNX Runtime reaches on one product of 1024 × 1024 (unsigned, int8) and 1024 × 1024 (signed,
int8, constant) with the same threads, the best of many. What the model does is counted from its graph: each
product with constant weights takes rows × columns multiply-adds a token, those of the pooler and classifier a
pair. Padding, the products of attention and everything else count as nothing, so the share is a lower bound.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
import transformers
from onnx import TensorProto, helper, numpy_helper

from attribution.evaluate.labelled import read_stances
from attribution.paths import model_folder
from attribution.stance import QuoteInContext, StanceClassifier, Target, hypothesis, load_stance, premise

GOLD = Path(__file__).parent / "data" / "seeds.jsonl"
FEW, TIMES, TURNS = 6, 16, 3  # quotes; how often the shipped model reads them in a turn; turns
SIZE, PRODUCTS = 1024, 30
NAMES = ("contradiction", "neutral", "entailment")
LABELS = {"id2label": dict(enumerate(NAMES)), "label2id": {name: i for i, name in enumerate(NAMES)}}


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


# --- the large models ------------------------------------------------------------------------------


def bart_large(tokenizer: Any) -> Any:
    """A random model of the shape of facebook/bart-large-mnli."""
    config = transformers.BartConfig(**LABELS, **_ids(tokenizer))
    return transformers.BartForSequenceClassification(config)


def deberta_base(tokenizer: Any) -> Any:
    """A random model of the shape of microsoft/deberta-v3-base."""
    config = transformers.DebertaV2Config(
        vocab_size=128100,
        hidden_size=768,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=3072,
        type_vocab_size=0,
        relative_attention=True,
        position_buckets=256,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        pos_att_type=["p2c", "c2p"],
        position_biased_input=False,
        max_relative_positions=-1,
        pad_token_id=tokenizer.pad_token_id,
        **LABELS,
    )
    return transformers.DebertaV2ForSequenceClassification(config)


def _ids(tokenizer: Any) -> dict[str, int]:
    # BART reads its verdict at the last end-of-sentence token.
    return {
        "pad_token_id": tokenizer.pad_token_id,
        "bos_token_id": tokenizer.cls_token_id,
        "eos_token_id": tokenizer.sep_token_id,
        "decoder_start_token_id": tokenizer.sep_token_id,
        "forced_eos_token_id": tokenizer.sep_token_id,
    }


def zero_shot(make: Callable[[Any], Any]) -> tuple[float, Callable[[Sequence[str], Sequence[str]], object]]:
    """Millions of parameters of a random model, and its pipeline, a quote with both hypotheses a batch."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(model_folder("stance"), local_files_only=True)
    tokenizer.model_input_names = ["input_ids", "attention_mask"]
    model = make(tokenizer).eval()
    size = sum(parameter.numel() for parameter in model.parameters()) / 1e6
    pipeline = transformers.pipeline("zero-shot-classification", model=model, tokenizer=tokenizer, device=-1)

    def read(premises: Sequence[str], hypotheses: Sequence[str]) -> object:
        asked = {"hypothesis_template": "{}", "multi_label": True, "batch_size": 2}
        return pipeline(list(premises), candidate_labels=list(hypotheses), **asked)

    return size, read


def against(
    name: str,
    make: Callable[[Any], Any],
    classifier: StanceClassifier,
    quotes: Sequence[QuoteInContext],
    target: Target,
) -> str:
    """Quotes a second of ours and of a large model, by turns, as a line of the table."""
    size, read = zero_shot(make)
    premises = [premise(quote, in_context=False) for quote in quotes]
    asked = [
        hypothesis(side[0], target) for side in (classifier.settings.support, classifier.settings.oppose)
    ]
    many = list(quotes) * TIMES
    ours, theirs = [], []
    for turn in range(TURNS + 1):
        mine = seconds(lambda: classifier.classify(many, target))
        large = seconds(lambda: read(premises, asked))
        if turn:  # the first warms
            ours.append(len(many) / mine)
            theirs.append(len(quotes) / large)
    fast, slow = median(ours), median(theirs)
    return f"| {name} | {size:.0f} | {slow:.2f} | {fast:.1f} | {fast / slow:.0f} |"


# --- the peak --------------------------------------------------------------------------------------


def peak() -> float:
    """Multiply-adds a second of ONNX Runtime's int8 matrix product."""
    rng = np.random.default_rng(1)
    weights = rng.integers(-64, 64, (SIZE, SIZE), dtype=np.int8)
    node = helper.make_node("MatMulInteger", ["a", "b"], ["c"])
    shape = [SIZE, SIZE]
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, shape)],
        [helper.make_tensor_value_info("c", TensorProto.INT32, shape)],
        [numpy_helper.from_array(weights, "b")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    given = {"a": rng.integers(0, 255, shape, dtype=np.uint8)}
    session.run(None, given)
    return SIZE**3 / min(seconds(lambda: session.run(None, given)) for _ in range(PRODUCTS))


def multiply_adds(model: onnx.ModelProto) -> tuple[int, int]:
    """Of the products with constant weights: a token, and a pair."""
    sizes = {tensor.name: tensor.dims for tensor in model.graph.initializer if len(tensor.dims) == 2}
    token = pair = 0
    for node in model.graph.node:
        if node.op_type not in ("MatMulInteger", "MatMul", "Gemm"):
            continue
        for name in node.input:
            if name in sizes:
                product = int(np.prod(sizes[name]))
                if "pooler" in node.name or "classifier" in node.name:
                    pair += product
                else:
                    token += product
    return token, pair


class Counter:
    """Looks at what goes through ONNX Runtime: pairs, tokens with and without padding, seconds."""

    def __init__(self) -> None:
        self.pairs = self.tokens = self.places = 0
        self.seconds = 0.0
        self._lock = threading.Lock()

    def __enter__(self) -> Counter:
        self._run = run = onnxruntime.InferenceSession.run

        def counted(session: Any, outputs: Any, inputs: dict[str, np.ndarray], *rest: Any) -> Any:
            start = time.perf_counter()
            found = run(session, outputs, inputs, *rest)
            taken = time.perf_counter() - start
            with self._lock:
                self.seconds += taken
                self.pairs += len(inputs["input_ids"])
                self.places += inputs["input_ids"].size
                self.tokens += int(inputs["attention_mask"].sum())
            return found

        onnxruntime.InferenceSession.run = counted
        return self

    def __exit__(self, *error: object) -> None:
        onnxruntime.InferenceSession.run = self._run


def share_of_peak(
    classifier: StanceClassifier, quotes: Sequence[QuoteInContext], target: Target, threads: int
) -> None:
    """Multiply-adds a second of the best turn, whole call and network alone, against the peak."""
    token, pair = multiply_adds(onnx.load(model_folder("stance") / "model.onnx"))
    highest = whole = network = 0.0
    for _ in range(TURNS):
        highest = max(highest, peak())
        with Counter() as counter:
            taken = seconds(lambda: classifier.classify(quotes, target))
        done = counter.tokens * token + counter.pairs * pair
        whole, network = max(whole, done / taken), max(network, done * threads / counter.seconds)
    print(f"{token / 1e6:.1f} million multiply-adds a token, {pair / 1e6:.2f} a pair; a quote has")
    print(
        f"{counter.pairs / len(quotes):.0f} pairs and {counter.tokens / len(quotes):.0f} tokens in them, of"
    )
    print(f"what the network reads {1 - counter.tokens / counter.places:.1%} is padding.")
    print("\n| | billion multiply-adds a second | of the peak |\n| --- | --- | --- |")
    for name, rate in (("peak", highest), ("network alone", network), ("classify, tokens and all", whole)):
        print(f"| {name} | {rate / 1e9:.1f} | {rate / highest:.0%} |")


def main() -> None:
    """Measure and print."""
    transformers.logging.set_verbosity_error()
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    labelled = read_stances(GOLD)
    quotes, target = [item.quote for item in labelled], labelled[0].target
    step = len(quotes) // FEW
    few = quotes[::step][:FEW]
    classifier = load_stance()
    words = sum(len(quote.text.split()) for quote in few) / FEW
    print(f"{FEW} quotes of {words:.0f} words on average, {threads} threads\n")
    share_of_peak(classifier, few * TIMES, target, threads)
    print("\n| shape | million parameters | quotes a second | ours | ours ÷ it |\n|" + " --- |" * 5)
    for name, make in (("BART-large-MNLI", bart_large), ("DeBERTa-v3-base", deberta_base)):
        print(against(name, make, classifier, few, target), flush=True)


if __name__ == "__main__":
    main()
