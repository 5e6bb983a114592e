"""The stance of a quote toward a target, with its own doubt.

A quote is the premise of a natural-language-inference model; "The speaker supports …" and "The
speaker opposes …", each in several wordings, are the hypotheses. What the wordings say together
is the score; where they are not sure of it, the label is `unsure`.

The method is zero-shot classification by entailment (Yin, Hay and Roth 2019), so any target will
do. The shipped model, `models/stance/`, was trained for it by `models/stance/train.py`.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from attribution.article import AttributionError
from attribution.paths import model_folder

if TYPE_CHECKING:
    import numpy as np

STANCES = ("support", "neutral", "oppose")
QUOTE_MARK = "[QUOTE]"  # stands in a context where the quote stands in the text

_CHUNK = 64  # quotes whose results come together: few enough to show the first at once
_BEFORE, _AFTER = 150, 90  # characters of context that the model sees on either side of the quote
_LONGEST_TARGET = 200  # characters
_LONGEST_ABOUT, _LONGEST_SPEAKER, _LONGEST_QUOTE = 160, 100, 2000  # characters shown to the model


@dataclass(frozen=True)
class Target:
    """What a stance is toward: an operation, a policy, a person, a claim.

    `about` says in a few words what it is, which helps with a name that explains nothing;
    `aliases` are its other names.

    >>> Target("Operation Lantern", about="raids on harbour warehouses").name
    'Operation Lantern'
    """

    name: str
    about: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuoteInContext:
    """A quote as the classifier sees it.

    `text` is the quote with its marks off; `context` the text around it, with `[QUOTE]` where the
    quote stands; `speaker` who said it. The last two may be missing.
    """

    text: str
    context: str | None = None
    speaker: str | None = None


@dataclass(frozen=True)
class Stance:
    """The stance of one quote toward one target.

    `best` is the likeliest of support, oppose and neutral; `label` is the same, or `unsure` where
    `confidence` (0 to 1) is under the model's threshold. `score` runs from −1 (oppose) to +1
    (support): the probability of support less that of oppose.
    """

    target: str
    label: str
    best: str
    score: float
    confidence: float
    model: str

    def as_record(self) -> dict[str, str | float]:
        """The stance as it stands in the public record."""
        return asdict(self)


@dataclass(frozen=True)
class Settings:
    """How a model is asked and how its answer is read: the contents of a `stance.json`.

    `support` and `oppose` are hypothesis wordings with `{target}` in them, of which the first
    `asked` of each are used to classify and all to train. `temperature` calibrates the
    probabilities (Guo et al. 2017); under `unsure_below` the label is `unsure`.
    """

    support: tuple[str, ...]
    oppose: tuple[str, ...]
    asked: int
    in_context: bool
    max_tokens: int
    temperature: float
    unsure_below: float

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings in `folder`/stance.json. Raises `AttributionError` where it is missing or broken."""
        try:
            values = json.loads((folder / "stance.json").read_text(encoding="utf-8"))
            wordings = {side: tuple(values.pop(side)) for side in ("support", "oppose")}
            return cls(**wordings, **values)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _broken(folder, f"stance.json: {error}") from error


class EntailmentModel(Protocol):
    """What `StanceClassifier` asks: a model that reads each premise under each pair of hypotheses."""

    def __call__(self, premises: Sequence[str], asked: Sequence[tuple[tuple[str, str], ...]]) -> np.ndarray:
        """Probabilities, premises × opinions × `STANCES`; for every premise, `asked` holds pairs of
        a support and an oppose hypothesis."""


class StanceClassifier:
    """Classifies quotes toward any target. Made by `load_stance`."""

    def __init__(self, model: EntailmentModel, settings: Settings, name: str) -> None:
        self._model = model
        self.settings = settings
        self.name = name

    def classify(
        self,
        quotes: Sequence[QuoteInContext],
        target: Target,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Stance]:
        """The stance of every quote toward `target`, in the order given.

        `progress` is called with the number of quotes done and their total. Raises
        `AttributionError` for a target that is empty, without a letter or digit, longer than 200
        characters, or with control characters in it.
        """
        stances: list[Stance] = []
        for stance in self.stream(quotes, target):
            stances.append(stance)
            if progress and (len(stances) % _CHUNK == 0 or len(stances) == len(quotes)):
                progress(len(stances), len(quotes))
        return stances

    def stream(self, quotes: Sequence[QuoteInContext], target: Target) -> Iterator[Stance]:
        """The same stances one by one, the first as soon as they are known."""
        check_target(target)
        return (
            self.read(opinions, target)
            for start in range(0, len(quotes), _CHUNK)
            for opinions in self.opinions(quotes[start : start + _CHUNK], target)
        )

    def opinions(self, quotes: Sequence[QuoteInContext], target: Target) -> np.ndarray:
        """What each wording says of each quote: probabilities, quotes × wordings × `STANCES`."""
        premises = [premise(quote, self.settings.in_context) for quote in quotes]
        asked = []
        for quote in quotes:
            shown = named_as_in(quote, target)
            pairs = zip(self.settings.support, self.settings.oppose, strict=True)
            asked.append(
                tuple((hypothesis(s, shown), hypothesis(o, shown)) for s, o in pairs)[: self.settings.asked]
            )
        return self._model(premises, asked)

    def read(self, opinions: np.ndarray, target: Target) -> Stance:
        """One quote's stance from what each wording says of it, wordings × `STANCES`."""
        mean = opinions.mean(axis=0) ** (1 / self.settings.temperature)
        support, neutral, oppose = (float(value) for value in mean / mean.sum())
        best, likeliest = max(zip(STANCES, (support, neutral, oppose), strict=True), key=lambda pair: pair[1])
        # Wordings that name another label than the rest do are a reason to doubt that the mean does not show.
        agreeing = float((opinions.argmax(axis=1) == STANCES.index(best)).mean())
        confidence = likeliest * (0.75 + 0.25 * agreeing)
        label = best if confidence >= self.settings.unsure_below else "unsure"
        return Stance(target.name, label, best, round(support - oppose, 4), round(confidence, 4), self.name)


def load_stance(name: str | None = None) -> StanceClassifier:
    """The shipped classifier, or any zero-shot model of `transformers`.

    `name` is a model's name on the hub or the path of a folder that holds one; it runs through
    the library's own zero-shot pipeline, which needs torch (the extra `hub`).
    Without a name nothing is ever looked up on the network. Raises `AttributionError` where the
    model is missing, broken, or cannot tell entailment.
    """
    if name is not None:
        return _load_named(name)
    folder = model_folder("stance")
    settings = Settings.read(folder)
    session, tokenizer, labels = _open_onnx(folder)
    return StanceClassifier(NliModel(session, tokenizer, labels, settings.max_tokens), settings, MODEL_NAME)


MODEL_NAME = "attribution-stance-1"


# --- premise and hypothesis ------------------------------------------------------------------


def premise(quote: QuoteInContext, in_context: bool, share: float = 1.0) -> str:
    """What the model reads: speaker and quote, then (`in_context`) the text around the quote.

    The quote comes first so that a limit of tokens cuts the context before it cuts the quote.
    `share` shortens the context, for training.

    >>> premise(QuoteInContext("It must stop.", "It was loud. [QUOTE] Hill said.", "Ann Hill"), True)
    'Ann Hill: “It must stop.” Context: It was loud. … Hill said.'
    """
    said = f"“{_head(quote.text, _LONGEST_QUOTE)}”"
    if quote.speaker:
        said = f"{_head(quote.speaker, _LONGEST_SPEAKER)}: {said}"
    if not (in_context and quote.context):
        return said
    before, _, after = quote.context.partition(QUOTE_MARK)
    before, after = _tail(before, int(_BEFORE * share)), _head(after, int(_AFTER * share))
    return f"{said} Context: {before} … {after}".rstrip()


def hypothesis(wording: str, target: Target) -> str:
    """`wording` said of `target`, with what the target is about in brackets.

    >>> hypothesis("The speaker opposes {target}.", Target("Lantern", "harbour raids"))
    'The speaker opposes Lantern (harbour raids).'
    """
    name = " ".join(_sound(target.name).split())
    if target.about and target.about.strip():
        name = f"{name} ({_head(target.about, _LONGEST_ABOUT)})"
    return wording.replace("{target}", name)


def named_as_in(quote: QuoteInContext, target: Target) -> Target:
    """`target` under the alias that the quote or its context uses, where they do not use its name."""
    near = f"{quote.text} {quote.context or ''}".casefold()
    if target.name.casefold() in near:
        return target
    used = [alias for alias in target.aliases if alias.strip() and alias.casefold() in near]
    return Target(used[0], target.about) if used else target


def check_target(target: Target) -> None:
    """Raise `AttributionError` where nobody could take a stance toward `target`."""
    name = target.name
    shown = f"target {name[:40]!r}"
    remedy = "Name an operation, a policy, a person or a claim in a few words."
    if not name.strip():
        raise AttributionError(f"target: it is empty. {remedy}")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        raise AttributionError(f"{shown}: it holds control characters. {remedy}")
    if not any(character.isalnum() for character in name):
        raise AttributionError(f"{shown}: it holds no letter and no digit. {remedy}")
    if len(name) > _LONGEST_TARGET:
        raise AttributionError(f"{shown}: {len(name)} characters, more than {_LONGEST_TARGET}. {remedy}")


def _sound(text: str) -> str:
    """`text` without lone surrogates, which no tokeniser takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _tail(text: str, most: int) -> str:
    text = " ".join(_sound(text).split())
    return text if len(text) <= most else re.sub(r"^\S*\s", "", text[len(text) - most :])


def _head(text: str, most: int) -> str:
    text = " ".join(_sound(text).split())
    return text if len(text) <= most else re.sub(r"\s\S*$", "", text[:most])


# --- the shipped model -----------------------------------------------------------------------


class NliModel:
    """An entailment model run by ONNX Runtime, or by anything with the same `run(None, inputs)`.

    `labels` are the model's own, in the order of its outputs.
    """

    def __init__(self, session: Any, tokenizer: Any, labels: Sequence[str], max_tokens: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._order = [labels.index(label) for label in ("entailment", "neutral", "contradiction")]
        self._max_tokens = max_tokens

    def __call__(self, premises: Sequence[str], asked: Sequence[tuple[tuple[str, str], ...]]) -> np.ndarray:
        import numpy as np

        return np.stack([self._one(text, pairs) for text, pairs in zip(premises, asked, strict=True)])

    def _one(self, text: str, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Opinions on one quote, whose pairs make a batch of their own.

        Dynamic int8 scales hang on all that is in a batch, so a quote gets the same answer in any
        company; its pairs are of like length, so little is padding; and the batch stays in cache,
        which made it faster than large ones.
        """
        import numpy as np

        hypotheses = [said for pair in pairs for said in pair]
        inputs = self._encode(text, hypotheses)
        logits = self._session.run(None, inputs)[0].astype(np.float64)[:, self._order]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        probabilities = odds / odds.sum(axis=1, keepdims=True)
        # Entailing "opposes" is opposing, so the answers to those hypotheses are read the other way round.
        return np.concatenate([probabilities[0::2], probabilities[1::2, ::-1]])

    def _encode(self, text: str, hypotheses: list[str]) -> dict[str, np.ndarray]:
        """Token ids with each hypothesis whole, however long, and the premise cut at its end."""
        longest = max(len(ids) for ids in self._tokenizer(hypotheses)["input_ids"])
        inputs = self._tokenizer(
            [text] * len(hypotheses),
            hypotheses,
            truncation="only_first",
            max_length=max(self._max_tokens, longest + 64),
            padding=True,
            return_tensors="np",
        )
        return {
            name: inputs[name].astype("int64") for name in ("input_ids", "attention_mask", "token_type_ids")
        }


def _open_onnx(folder: Path) -> tuple[Any, Any, list[str]]:
    """ONNX session, tokenizer and label names of the model in `folder`; no file outside it is asked for."""
    for file in ("model.onnx", "tokenizer.json", "tokenizer_config.json", "config.json"):
        if not (folder / file).is_file():
            raise _broken(folder, f"{file} is missing")
    transformers = _transformers()
    try:
        config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        session = open_session(folder / "model.onnx")
        labels = [str(config.id2label[i]).lower() for i in range(3)]
    except Exception as error:  # each library raises its own kinds for a damaged file
        raise _broken(folder, _first_line(error)) from error
    if sorted(labels) != ["contradiction", "entailment", "neutral"]:
        raise _broken(folder, f"config.json: labels {labels}, not those of an entailment model")
    return session, tokenizer, labels


def open_session(file: Path) -> Any:
    """An ONNX Runtime session of `file`, on the processor."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Spinning threads win little on a quiet machine and stall each other on a busy one.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def _broken(folder: Path, what: str) -> AttributionError:
    return AttributionError(f"{folder}: broken stance model: {what}. Restore the folder, or reinstall.")


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200].rstrip(".")


def _transformers() -> Any:
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")  # else it remarks that torch is missing
    import transformers

    return transformers


# --- a model of one's own choice ---------------------------------------------------------------


class ZeroShotModel:
    """Any zero-shot classification pipeline of `transformers`.

    The pipeline tells how far a hypothesis is entailed rather than contradicted, and no more; a
    quote that entails both "supports" and "opposes", or neither, is taken as neutral.
    """

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def __call__(self, premises: Sequence[str], asked: Sequence[tuple[tuple[str, str], ...]]) -> np.ndarray:
        import numpy as np

        opinions = np.empty((len(premises), len(asked[0]), 3), dtype=np.float64)
        for pairs in dict.fromkeys(asked):  # quotes that use the same name for the target go together
            alike = [i for i, own in enumerate(asked) if own == pairs]
            results = self._pipeline(
                [premises[i] for i in alike],
                candidate_labels=[said for pair in pairs for said in pair],
                hypothesis_template="{}",
                multi_label=True,
                batch_size=16,
            )
            for i, result in zip(alike, results, strict=True):
                entailed = dict(zip(result["labels"], result["scores"], strict=True))
                for j, (supports, opposes) in enumerate(pairs):
                    s, o = entailed[supports], entailed[opposes]
                    opinions[i, j] = s * (1 - o), s * o + (1 - s) * (1 - o), o * (1 - s)
        return opinions


def _load_named(name: str) -> StanceClassifier:
    folder = Path(name).expanduser()
    if (name.startswith((".", "~")) or folder.is_absolute() or not name.strip()) and not folder.is_dir():
        raise AttributionError(f"{name}: no such folder. Give a zero-shot model's folder or hub name.")
    try:
        import torch
    except ImportError as error:
        raise AttributionError(
            f"{name}: a named stance model needs torch. Install it: pip install torch"
        ) from error
    transformers = _transformers()
    try:
        pipeline = transformers.pipeline(
            "zero-shot-classification",
            model=str(folder) if folder.is_dir() else name,
            device=0 if torch.cuda.is_available() else -1,
        )
    except Exception as error:  # the library and the hub raise many kinds
        raise AttributionError(
            f"{name}: cannot be loaded as a zero-shot model ({_first_line(error)}). "
            "Check the name or the folder, and the network if it is a hub model."
        ) from error
    if pipeline.entailment_id == -1:
        raise AttributionError(
            f"{name}: no zero-shot model: its config names no label “entailment”. Choose one trained on NLI."
        )
    positions = getattr(pipeline.model.config, "max_position_embeddings", 512)
    # Some position tables keep two places for themselves, and some tokenizers name no limit at all.
    limit = min(pipeline.tokenizer.model_max_length, max(16, positions - 2), 512)
    pipeline.tokenizer.model_max_length = limit
    revision = getattr(pipeline.model.config, "_commit_hash", None)
    # The shipped temperature belongs to the shipped weights alone.
    settings = replace(Settings.read(model_folder("stance")), temperature=1.0)
    return StanceClassifier(ZeroShotModel(pipeline), settings, f"{name}@{revision}" if revision else name)
