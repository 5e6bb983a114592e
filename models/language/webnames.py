"""Names for the documents that have gold trees and tags but no names: runs of proper nouns, classified.

A run of proper nouns is cut out by the gold tree (titles off), so only its type is left to learn: a logistic
regression over its words, its neighbours and its place in the tree, fitted where names are annotated. Runs
that it is not sure of are marked as unknown, and nothing is learnt from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpora import Document, Sentence
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

SURE = 0.75
INSIDE = ("flat", "compound", "goeswith")


def runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The runs of proper nouns of a sentence that hang together in its tree, as (first, after)."""
    tokens, n = sentence.tokens, 0
    while n < len(tokens):
        after = n + 1
        if tokens[n].tag.startswith("NNP") and tokens[n].dep != "nmod:desc":
            while (
                after < len(tokens)
                and tokens[after].tag.startswith("NNP")
                and any(
                    token.dep in INSIDE and n <= token.head <= after
                    for token in tokens[n : after + 1]
                    if token is tokens[after] or token is tokens[after - 1]
                )
            ):
                after += 1
            yield n, after
        n = after


def features(
    document: Document, sentence: Sentence, first: int, after: int, known: dict[str, set[str]]
) -> dict[str, int | bool]:
    """What the classifier sees of a run: words, neighbours, tree, and which lists of names hold its words."""
    tokens = sentence.tokens
    words = [token.form for token in tokens[first:after]]
    head = next((t for t in tokens[first:after] if not first <= t.head < after), tokens[first])
    governor = tokens[head.head]
    seen = {
        f"first={words[0].lower()}": 1,
        f"last={words[-1].lower()}": 1,
        f"n={min(4, len(words))}": 1,
        f"end={words[-1][-3:].lower()}": 1,
        f"dep={head.dep}": 1,
        f"up={governor.lemma}": 1,
        f"before={tokens[first - 1].form.lower() if first else '<s>'}": 1,
        f"after={tokens[after].form.lower() if after < len(tokens) else '</s>'}": 1,
        f"beforetag={tokens[first - 1].tag if first else '<s>'}|{head.dep}": 1,
        f"flat={any(t.dep == 'flat' for t in tokens[first:after])}": 1,
        f"upper={words[0].isupper()}|{len(words[0]) < 3}": 1,
        f"plural={head.tag == 'NNPS'}": 1,
        f"titled={any(t.dep == 'nmod:desc' and first <= t.head < after for t in tokens)}": 1,
        f"genre={document.genre}|alone={len(tokens) < 5}": 1,
        f"kids={'|'.join(sorted({t.dep for t in tokens if t.head == tokens.index(head)}))}": 1,
    }
    for word in words:
        seen[f"word={word.lower()}"] = 1
    for name, group in known.items():
        seen[f"{name}first"] = words[0] in group
        seen[f"{name}last"] = words[-1] in group
    return seen


def lists_of_names(documents: list[Document]) -> dict[str, set[str]]:
    """Words seen in names of each label, first and last words of people apart."""
    known: dict[str, set[str]] = {}
    for document in documents:
        for sentence in document.sentences:
            for first, after, label in sentence.names or ():
                words = [token.form for token in sentence.tokens[first:after]]
                if label == "PERSON" and len(words) > 1:
                    known.setdefault("given", set()).add(words[0])
                    known.setdefault("family", set()).add(words[-1])
                else:
                    known.setdefault(label, set()).update(words)
    return known


def name_web_documents(documents: list[Document]) -> list[Document]:
    """The same documents with names guessed ("?" in doubt) where there were none.

    Fitted on the gold documents that have names. Silver documents lend their lists of names only: their
    trees are no match for gold ones.
    """
    gold = [document for document in documents if not document.silver]
    known = lists_of_names([document for document in documents if document.silver])
    rows, labels = [], []
    for document in gold:
        for sentence in document.sentences:
            spans = {(first, after): label for first, after, label in sentence.names or ()}
            for span in runs(sentence) if sentence.names is not None else ():
                rows.append(features(document, sentence, *span, known))
                labels.append(spans.get(span, "O"))
    vectors = DictVectorizer()
    model = LogisticRegression(C=3.0, max_iter=400).fit(vectors.fit_transform(rows), labels)

    def named(document: Document) -> Document:
        sentences = []
        for sentence in document.sentences:
            if sentence.names is None:
                spans = list(runs(sentence))
                seen = [features(document, sentence, *span, known) for span in spans]
                chances = model.predict_proba(vectors.transform(seen)) if spans else []
                guesses = [str(model.classes_[row.argmax()]) if row.max() >= SURE else "?" for row in chances]
                names = zip(spans, guesses, strict=True)
                known_names = tuple((*span, guess) for span, guess in names if guess != "O")
                sentence = replace(sentence, names=known_names)
            sentences.append(sentence)
        return replace(document, sentences=tuple(sentences))

    return [document if document.silver else named(document) for document in documents]
