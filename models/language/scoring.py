"""How well a pipeline does on raw text, by the measures of the CoNLL 2018 shared task plus names."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from corpora import Document
from examples import to_example
from spacy.language import Language
from spacy.tokens import Doc

UNIVERSAL = {"FAC": "LOC", "GPE": "LOC", "LOC": "LOC", "ORG": "ORG", "PERSON": "PERSON"}
COLUMNS = ("words", "tags", "UPOS", "lemmas", "UAS", "LAS", "LAS full", "sentences", "PERSON", "ORG", "LOC")


def _plain(deprel: str) -> str:
    return deprel.split(":")[0].lower()


def _facts(doc: Doc) -> dict[str, Counter]:
    """Everything that can be right or wrong, keyed by character span so that tokenisation counts too."""
    spans = {t.i: (t.idx, t.idx + len(t)) for t in doc if not t.is_space}
    facts: dict[str, Counter] = {name: Counter() for name in COLUMNS}
    for t in doc:
        if t.is_space:
            continue
        span, head = spans[t.i], (-1 if t.head.i == t.i else spans.get(t.head.i, -2))
        facts["words"][span] = 1
        facts["tags"][span, t.tag_] = 1
        facts["UPOS"][span, t.pos_] = 1
        facts["lemmas"][span, t.lemma_] = 1
        facts["UAS"][span, head] = 1
        facts["LAS"][span, head, _plain(t.dep_)] = 1
        facts["LAS full"][span, head, t.dep_] = 1
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        if words:
            facts["sentences"][words[0].idx, words[-1].idx + len(words[-1])] = 1
    for ent in doc.ents:
        if ent.label_ in UNIVERSAL:
            facts[UNIVERSAL[ent.label_]][ent.start_char, ent.end_char] = 1
    return facts


def score(nlp: Language, documents: list[Document]) -> dict[str, float]:
    """F1 in per cent of each of COLUMNS over documents given as raw text, "words" being tokenisation.

    LAS compares universal relations (`nsubj`), "LAS full" subtypes too (`nsubj:pass`); punctuation counts.
    """
    right, wanted, found = Counter(), Counter(), Counter()
    examples = [to_example(nlp, list(document.sentences)) for document in documents]
    for example, doc in zip(examples, nlp.pipe([e.reference.text for e in examples]), strict=True):
        gold, system = _facts(example.reference), _facts(doc)
        for name in COLUMNS:
            right[name] += (gold[name] & system[name]).total()
            wanted[name] += gold[name].total()
            found[name] += system[name].total()
    return {name: 200 * right[name] / max(1, wanted[name] + found[name]) for name in COLUMNS}


def words_per_second(nlp: Language, documents: list[Document]) -> float:
    """Words (no white space) a second of one core's own time, from raw text, tokenising included."""
    texts = [to_example(nlp, list(document.sentences)).reference.text for document in documents]
    list(nlp.pipe(texts[:3]))
    begin = time.process_time()
    words = sum(sum(not t.is_space for t in doc) for doc in nlp.pipe(texts))
    return words / (time.process_time() - begin)


def folder_size(folder: Path) -> float:
    """MB (10^6 bytes) of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
