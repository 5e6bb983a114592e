"""The pairs of premise and hypothesis that the stance classifier learns from.

Each set, its licence and what is taken from it are listed in the README beside this file.
"""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path

from attribution.stance import QuoteInContext, Target, hypothesis, premise
from attribution.stance.targets import is_claim

NLI_LABELS = ("entailment", "neutral", "contradiction")
SEED = 20
# Sets of the first stage, with the most rows taken from each.
FIRST_STAGE_NLI = {
    "nli-mnli-part": 14000,
    "nli-cad": 3000,
    "nli-conjnli": 2000,
    "nli-negation": 2500,
    "nli-scone": 1500,
    "nli-snli-part": 2000,
}
FIRST_STAGE_STANCE = {
    "argq30k": 7000,
    "perspectrum": 6000,
    "ibm-claim-stance": 1038,
    "arc": 2486,
    "explagraphs": 2368,
    "newsmtsc": 9000,
}

# What the second stage mixes into every pass over the labelled quotes, so that the rest is not forgotten.
SECOND_STAGE_NLI = {"nli-mnli-part": 800, "nli-negation": 200, "nli-cad": 300}
SECOND_STAGE_STANCE = {"newsmtsc": 2500, "dse": 1000, "perspectrum": 800, "argq30k": 500}
SWAPPED = 1000
SHARES = (0.0, 0.0, 0.5, 1.0, 1.0)  # of a quote's context that a pair shows
MOSTLY_IN_CONTEXT = (0.0, 0.5, 1.0, 1.0, 1.0)
# The files of `written` that the sixth stage reads; the seventh reads all.
EARLY = ("capitol", "civil", "contrasts", "directions", "fragments", "issues", "neutrals", "operations")
EARLY += ("politics", "scenes", "statements")

AGREEING = {"support": "agree", "oppose": "disagree"}  # the wordings for a target that is a claim

Pair = tuple[str, str, int]  # premise, hypothesis, index into NLI_LABELS


@dataclass(frozen=True)
class Labelled:
    """A quote with its stance toward one target."""

    quote: QuoteInContext
    target: Target
    label: str  # support, oppose or neutral


# --- reading -------------------------------------------------------------------------------


def rows(data: Path, name: str) -> list[dict]:
    with gzip.open(data / "stance" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def news_quotes(data: Path, part: str) -> list[Labelled]:
    labelled = []
    for row in rows(data, f"news-quotes-{part}"):
        context = f"{row['before']}[QUOTE]{row['after']}".replace("¶", "\n")
        quote = QuoteInContext(row["quote"].strip("\"“”'‘’«» "), context, row["speaker"] or None)
        labelled += [Labelled(quote, Target(name), label) for name, label in row["targets"]]
    return labelled


def operations(data: Path, part: str) -> list[Labelled]:
    labelled = []
    for row in rows(data, f"operations-{part}"):
        quote = QuoteInContext(row["quote"], row["context"], row["speaker"] or None)
        target = Target(row["target"], row.get("about") or None, tuple(row.get("aliases") or ()))
        labelled.append(Labelled(quote, target, row["label"]))
        labelled += [Labelled(quote, Target(name), label) for name, label in row["also"]]
    return labelled


def written(only: tuple[str, ...] = ()) -> list[Labelled]:
    """The quotes written for this project, of the files in the folder `written` or of `only` some of them."""
    labelled = []
    for file in sorted((Path(__file__).parent / "written").glob("*.jsonl")):
        if only and file.stem not in only:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            quote = QuoteInContext(row["quote"], row["context"] or None, row["speaker"] or None)
            labelled += [Labelled(quote, Target(name), label) for name, label in row["targets"]]
    return labelled


def sentences(data: Path, name: str, most: int, rng: random.Random) -> list[Labelled]:
    """Argument or sentiment rows of one set: the train split only, at most `most` of them."""
    kept = [row for row in rows(data, name) if row["split"] == "train"]
    kept = rng.sample(kept, min(most, len(kept)))
    made = []
    for row in kept:
        quote = QuoteInContext(row["text"], None, row.get("holder"))
        made.append(Labelled(quote, Target(row["target"].strip(" .")), row["label"]))
    return made


def nli_pairs(data: Path, name: str, most: int, rng: random.Random) -> list[Pair]:
    kept = rows(data, name)
    kept = rng.sample(kept, min(most, len(kept)))
    return [(row["premise"], row["hypothesis"], NLI_LABELS.index(row["label"])) for row in kept]


# --- pairs ---------------------------------------------------------------------------------


def pair(
    item: Labelled,
    side: str,
    settings: dict,
    rng: random.Random,
    asked: float = 0.0,
    shares: tuple[float, ...] = SHARES,
) -> Pair:
    """Premise and hypothesis of a labelled quote; context, speaker and target wording drawn at random.

    `asked` is the share in the wording that the classifier asks with; `shares` are those of the context
    that are drawn from.
    """
    quote, target = item.quote, item.target
    if rng.random() < 0.15:
        quote = QuoteInContext(quote.text, quote.context, None)
    shown = rng.choice(shares) if quote.context else 0.0
    text = premise(quote, in_context=shown > 0, share=shown)
    if target.aliases and rng.random() < 0.3:
        target = Target(rng.choice(target.aliases), target.about)
    if target.about and rng.random() < 0.4:
        target = Target(target.name)
    elif target.about and rng.random() < 0.15:
        target = Target(target.about)
    wordings = settings[AGREEING[side] if is_claim(target.name) else side]
    said = hypothesis(wordings[0] if rng.random() < asked else rng.choice(wordings), target)
    label = "neutral" if item.label == "neutral" else "entailment" if item.label == side else "contradiction"
    return text, said, NLI_LABELS.index(label)


def both_sides(items: list[Labelled], settings: dict, rng: random.Random) -> list[Pair]:
    return [pair(item, side, settings, rng) for item in items for side in ("support", "oppose")]


def one_side(
    items: list[Labelled],
    settings: dict,
    rng: random.Random,
    asked: float = 0.0,
    shares: tuple[float, ...] = SHARES,
) -> list[Pair]:
    return [pair(item, rng.choice(("support", "oppose")), settings, rng, asked, shares) for item in items]


def swapped(items: list[Labelled], count: int, rng: random.Random) -> list[Labelled]:
    """Neutrals: a quote with another quote's target, of which no longer word is near the quote."""
    made: list[Labelled] = []
    while len(made) < count:
        item, other = rng.sample(items, 2)
        near = f"{item.quote.text} {item.quote.context} {item.quote.speaker} {item.target.name}".lower()
        words = [word for word in other.target.name.lower().split() if len(word) > 3]
        if words and not any(word[:5] in near for word in words):
            made.append(Labelled(item.quote, other.target, "neutral"))
    return made


def first_stage(data: Path, settings: dict) -> list[Pair]:
    """General entailment, arguments on claims and sentiment in news: one pass."""
    rng = random.Random(SEED)
    pairs: list[Pair] = []
    for name, most in FIRST_STAGE_NLI.items():
        pairs += nli_pairs(data, name, most, rng)
    for name, most in FIRST_STAGE_STANCE.items():
        pairs += one_side(sentences(data, name, most, rng), settings, rng)
    return pairs


def second_stage(data: Path, settings: dict, passes: int) -> list[list[Pair]]:
    """Labelled quotes, every one in every pass under fresh wordings, and a little of the rest."""
    news, invented = news_quotes(data, "train"), operations(data, "train")
    seen, held_out = ({row["doc"] for row in rows(data, f"news-quotes-{part}")} for part in ("train", "dev"))
    assert not seen & held_out, "a document of news-quotes-dev is in news-quotes-train"
    drawn = []
    for number in range(passes):
        rng = random.Random(SEED + 1 + number)
        pairs = both_sides(news, settings, rng) + both_sides(invented, settings, rng)
        pairs += one_side(swapped(news + invented, SWAPPED, rng), settings, rng)
        for name, most in SECOND_STAGE_STANCE.items():
            pairs += one_side(sentences(data, name, most, rng), settings, rng)
        for name, most in SECOND_STAGE_NLI.items():
            pairs += nli_pairs(data, name, most, rng)
        drawn.append(pairs)
    return drawn


def third_stage(data: Path, settings: dict, passes: int) -> list[list[Pair]]:
    """The labelled quotes again, nearly alone, under other wordings."""
    news, invented = news_quotes(data, "train"), operations(data, "train")
    drawn = []
    for number in range(passes):
        rng = random.Random(SEED + 100 + number)
        pairs = both_sides(news, settings, rng) + both_sides(invented, settings, rng)
        pairs += one_side(swapped(news + invented, 400, rng), settings, rng)
        pairs += one_side(sentences(data, "newsmtsc", 600, rng), settings, rng)
        drawn.append(pairs)
    return drawn


def plain(items: list[Labelled], count: int, rng: random.Random) -> list[Labelled]:
    """Outspoken sentences of plain.json about targets of `items`, some in the context of that item."""
    sentences_of = json.loads((Path(__file__).parent / "plain.json").read_text(encoding="utf-8"))
    one = [(text, label) for label in ("support", "oppose", "neutral") for text in sentences_of[label]]
    made = []
    for _ in range(count):
        item, other = rng.sample(items, 2)
        target = item.target.name
        if rng.random() < 0.3:
            text, label, of_other = rng.choice(sentences_of["two"])
            text = text.replace("{other}", other.target.name)
            if rng.random() < 0.5:
                made.append(Labelled(QuoteInContext(_said(text, target)), other.target, of_other))
                continue
        else:
            text, label = rng.choice(one)
        context = item.quote.context if rng.random() < 0.3 else None
        made.append(
            Labelled(QuoteInContext(_said(text, target), context, item.quote.speaker), item.target, label)
        )
    return made


def _said(text: str, target: str) -> str:
    text = text.replace("{target}", target)
    return text[:1].upper() + text[1:]


def fourth_stage(data: Path, settings: dict) -> list[list[Pair]]:
    """The labelled quotes with outspoken sentences and more general entailment, which they leave out."""
    news, invented = news_quotes(data, "train"), operations(data, "train")
    rng = random.Random(SEED + 200)
    pairs = both_sides(news, settings, rng) + both_sides(invented, settings, rng)
    pairs += one_side(plain(news + invented, 8000, rng), settings, rng)
    for name, most in (("argq30k", 3000), ("perspectrum", 2000), ("newsmtsc", 1500), ("arc", 1000)):
        pairs += one_side(sentences(data, name, most, rng), settings, rng)
    for name, most in (("nli-mnli-part", 6000), ("nli-negation", 500), ("nli-cad", 1500)):
        pairs += nli_pairs(data, name, most, rng)
    return [pairs]


def fifth_stage(data: Path, settings: dict, passes: int) -> list[list[Pair]]:
    """Every labelled quote, those of `written` too, and a little of the rest."""
    items = news_quotes(data, "train") + operations(data, "train") + written()
    drawn = []
    for number in range(passes):
        rng = random.Random(SEED + 300 + number)
        pairs = both_sides(items, settings, rng)
        pairs += one_side(swapped(items, 600, rng), settings, rng)
        pairs += one_side(plain(items, 1500, rng), settings, rng)
        for name, most in (("newsmtsc", 800), ("argq30k", 800), ("perspectrum", 1200)):
            pairs += one_side(sentences(data, name, most, rng), settings, rng)
        for name, most in (("nli-mnli-part", 1500), ("nli-negation", 200), ("nli-cad", 400)):
            pairs += nli_pairs(data, name, most, rng)
        drawn.append(pairs)
    return drawn


def last_stage(
    data: Path,
    settings: dict,
    passes: int,
    *,
    only: tuple[str, ...] = (),
    shares: tuple[float, ...] = MOSTLY_IN_CONTEXT,
    seed: int = 400,
) -> list[list[Pair]]:
    """Every labelled quote under one hypothesis a pass, half of them in the wording asked with, most in
    context, and a little of the rest. `only` names the files of `written` to read; all where it is empty."""
    items = news_quotes(data, "train") + operations(data, "train") + written(only)
    drawn = []
    for number in range(passes):
        rng = random.Random(SEED + seed + number)

        def some(items: list[Labelled], rng: random.Random = rng) -> list[Pair]:
            return one_side(items, settings, rng, asked=0.5, shares=shares)

        pairs = some(items) + some(swapped(items, 600, rng)) + some(plain(items, 1200, rng))
        for name, most in (("newsmtsc", 700), ("argq30k", 700), ("perspectrum", 1000)):
            pairs += some(sentences(data, name, most, rng))
        for name, most in (("nli-mnli-part", 1500), ("nli-negation", 250), ("nli-cad", 400)):
            pairs += nli_pairs(data, name, most, rng)
        drawn.append(pairs)
    return drawn
