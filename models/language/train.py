"""Train or measure the English pipeline.

    python models/language/train.py --data DIR --out DIR [--words N] [--seed N]
    python models/language/train.py evaluate --data DIR [--model FOLDER]

Needs the corpora named in README.md beside this file. One core, about 35 minutes; seeded.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy
from corpora import Document, read_splits
from examples import NameStock, add_titles, chunks, restyle, swap_names, to_example
from scoring import COLUMNS, folder_size, score, words_per_second
from spacy.language import Language
from spacy.training import Example
from spacy.util import compile_infix_regex, compile_suffix_regex, fix_random_seed
from thinc.api import Adam, Config
from webnames import name_web_documents

HERE = Path(__file__).parent
META = {
    "name": "attribution_news",
    "version": "1.0.0",
    "description": "English words, tags, trees, lemmas and names for news; see README.md beside this folder.",
    "spacy_version": ">=3.8.0,<3.9.0",
}
TITLED_WORDS = 1_400_000
LOOKS = 16
NOT_SILVER_COLUMNS = ("UPOS", "lemmas")
NOT_IN_SILVER = ("morphologizer", "trainable_lemmatizer")
CHUNK = 110  # words; with longer ones spaCy's parser spends its time on cutting its oracle's moves
ABBREVIATIONS = (
    "etc. al. Ft. Sens. Reps. Govs. Profs. Sgt. Lt. Capt. Col. Maj. Cmdr. Det. Supt. Ald. Atty. Hon. "
    "Tex. Vt. Me. R.I. N.Y. Nos."
).split()
PREFIXES = "anti co e mid multi non post pre pro re semi sub un".split()
RUN_OR_NUMBER = r"(?:([-_=*~#+!?.<>^])\1+|\d+-\d+-\d+|\(?\d{3}\)?-\d{3}-\d{4})$"

# Marks and dashes set without a space, "act—“My plan!”—is" and "so."He": words on both sides, not one word.
WITHIN_WORDS = (r"[—“”]", r"[.,!?;:]+(?=[”’]?[—“”])", r"(?<=[.,!?])\"(?=\w)", r"[.,!?]+(?=\"\w)")


def new_pipeline() -> Language:
    """The untrained pipeline of config.cfg: one tok2vec that every component listens to."""
    nlp = spacy.util.load_model_from_config(Config().from_disk(HERE / "config.cfg"), auto_fill=True)
    nlp.meta.update(META)
    # Nearer to the treebanks' words: runs of one mark are one word, as are "anti-war" and a telephone number.
    tokenizer = nlp.tokenizer
    tokenizer.token_match = re.compile(RUN_OR_NUMBER).match
    tokenizer.suffix_search = compile_suffix_regex([*nlp.Defaults.suffixes, r"[!?]{2,}", "<<", ">>"]).search
    unsplit = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in PREFIXES)
    infixes = [rf"{unsplit}{infix}" if "-|–|—" in infix else infix for infix in nlp.Defaults.infixes]
    tokenizer.infix_finditer = compile_infix_regex([*infixes, *WITHIN_WORDS]).finditer
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    tokenizer.add_special_case("and/or", [{"ORTH": "and"}, {"ORTH": "/"}, {"ORTH": "or"}])
    return nlp


def batches(
    nlp: Language,
    documents: list[Document],
    stock: NameStock,
    rng: random.Random,
    size: int,
    titles: bool = False,
) -> Iterator[list[Example]]:
    """One pass in random order: batches of about `size` words, alike in what is annotated.

    With `titles`, titles are put before people's names.
    """
    pools: dict[tuple[bool, bool], list] = {}
    parts = [(document.silver, chunk) for document in documents for chunk in chunks(document, CHUNK, rng)]
    rng.shuffle(parts)
    for silver, chunk in parts:
        if rng.random() < 0.4:
            chunk = swap_names(chunk, stock, rng)
        if titles:
            chunk = add_titles(chunk, stock, rng)
        if rng.random() < 0.7:
            chunk = restyle(chunk, rng)
        key = (silver, chunk[0].names is None)
        pool = pools.setdefault(key, [])
        pool.append(to_example(nlp, chunk, silver, rng))
        if sum(len(example.reference) for example in pool) >= size:
            yield pools.pop(key)
    yield from pools.values()


def rate(step: int, done: float, peak: float) -> float:
    """Learning rate: 150 steps of warming up, then a straight line down to a twentieth of the peak."""
    return peak * min(1.0, (step + 1) / 150) * max(0.05, 1 - done)


def train(data: Path, out: Path, words: int, seed: int, silver_share: float, peak: float) -> None:
    """Train on `words` words in all and write `out`/pipeline; prints a line a look at the dev documents.

    The weights written are the running averages, at the best look. Silver parses are learnt from in the
    first 60 % only, silver tags and names throughout.
    """
    out.mkdir(parents=True, exist_ok=True)
    fix_random_seed(seed)
    rng = random.Random(seed)
    splits = read_splits(data)
    documents = name_web_documents(splits.train)
    gold = [document for document in documents if not document.silver]
    silver = [document for document in documents if document.silver]
    stock = NameStock.from_documents(documents)
    nlp = new_pipeline()
    nlp.initialize(
        lambda: [  # for the labels, all of which gold has
            to_example(nlp, chunk) for document in gold for chunk in chunks(document, CHUNK, rng)
        ]
    )
    optimizer = Adam(peak, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    some_silver = min(len(silver), round(len(silver) * silver_share * size(gold) / size(silver)))
    seen, step, best, begin, next_look = 0, 0, 0.0, time.time(), words // LOOKS
    while seen < words:
        some = gold + rng.sample(silver, some_silver)
        for batch in batches(nlp, some, stock, rng, 500 + int(1000 * min(1.0, 3 * seen / words))):
            optimizer.learn_rate = rate(step, seen / words, peak)
            is_silver = not batch[0].reference.has_annotation("LEMMA")
            skip = NOT_IN_SILVER + (("parser",) if seen > 0.6 * words else ()) if is_silver else ()
            nlp.update(batch, sgd=optimizer, drop=0.1, losses={}, exclude=skip)
            seen += sum(len(example.reference) for example in batch)
            step += 1
            if seen >= next_look:
                next_look += words // LOOKS
                print(f"{time.time() - begin:.0f} s, {seen} words, step {step}:", end=" ")
                best = look(nlp, optimizer, splits.dev, best, out)
            if seen >= words:
                break
    nlp = finish_names(spacy.load(out / "pipeline"), gold + gold + silver, stock, rng)
    nlp.to_disk(out / "pipeline")


def finish_names(nlp: Language, documents: list[Document], stock: NameStock, rng: random.Random) -> Language:
    """Train the entity recogniser alone for some words more, on people with titles and places before them.

    "Chicago Mayor Jane Doe" is one run of capitals: without this it came out as one name, often a body's.
    """
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    others = [name for name in nlp.pipe_names if name != "ner"]
    seen = 0
    for step, batch in enumerate(batches(nlp, documents, stock, rng, 1200, titles=True)):
        optimizer.learn_rate = rate(step, seen / TITLED_WORDS, 0.001)
        nlp.update(batch, sgd=optimizer, drop=0.1, exclude=others, annotates=["tok2vec"])
        seen += sum(len(example.reference) for example in batch)
        if seen >= TITLED_WORDS:
            break
    with nlp.use_params(optimizer.averages):
        return spacy.util.load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())


def size(documents: list[Document]) -> int:
    """Words of the documents."""
    return sum(len(sentence.tokens) for document in documents for sentence in document.sentences)


def look(nlp: Language, optimizer: Adam, dev: list[Document], best: float, out: Path) -> float:
    """Score the averaged weights, write them where they beat `best`; the mean of what matters most."""
    with nlp.use_params(optimizer.averages):
        scores = score(nlp, dev)
        mean = sum(scores[name] for name in ("tags", "LAS", "sentences", "PERSON")) / 4
        if mean > best:
            nlp.to_disk(out / "pipeline")
    print(" ".join(f"{name} {scores[name]:.1f}" for name in COLUMNS), flush=True)
    return max(best, mean)


def evaluate(data: Path, model: Path) -> None:
    """Print the table of the model card: every test set, speed and size."""
    nlp = spacy.load(model)
    tests = read_splits(data).tests
    print("| test set | " + " | ".join(COLUMNS) + " |\n|" + " --- |" * (len(COLUMNS) + 1))
    for name, documents in tests.items():
        scores = score(nlp, documents)
        if documents[0].silver:
            scores |= dict.fromkeys(NOT_SILVER_COLUMNS, float("nan"))
        print(f"| {name} | " + " | ".join(f"{scores[column]:.1f}" for column in COLUMNS) + " |", flush=True)
    speed = words_per_second(nlp, tests["PolNeAR dev (silver)"])
    print(f"\n{speed:,.0f} words a second on one core, {folder_size(model):.1f} MB")


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("action", nargs="?", default="train", choices=("train", "evaluate"))
    parser.add_argument("--data", type=Path, required=True, help="folder that holds nlp/ and quotes/")
    parser.add_argument("--out", type=Path, default=HERE, help="where pipeline/ is written")
    parser.add_argument("--model", type=Path, default=HERE / "pipeline")
    parser.add_argument("--words", type=int, default=6_000_000, help="words of training in all")
    parser.add_argument("--silver", type=float, default=0.6, help="silver words for each gold word")
    parser.add_argument("--rate", type=float, default=0.002, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.action == "evaluate":
        evaluate(options.data, options.model)
    else:
        train(options.data, options.out, options.words, options.seed, options.silver, options.rate)


if __name__ == "__main__":
    main()
