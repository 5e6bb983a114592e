"""The training corpora as one kind of document: sentences of tokens with everything that is annotated."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from stanford_to_ud import to_universal

# Genres of GUM whose texts are, or may be, under a non-commercial licence: measured on, never trained on.
UNTRAINED_GENRES = ("whow", "fiction", "essay", "podcast")

FACILITIES = set(
    "airport arena auditorium bridge building canal castle cathedral center centre church college courthouse "
    "dam gallery hall highway hospital hotel house jail library mall mosque museum palace parkway plaza port "
    "prison road school square stadium station street avenue boulevard temple terminal theater theatre tower "
    "tunnel university zoo park garden gardens".split()
)
LANDSCAPES = set(
    "africa america antarctica asia europe australasia eurasia oceania sahara arctic atlantic pacific "
    "mediterranean caribbean balkans midwest northeast "
    "southwest northwest southeast south north east west "
    "bay beach canyon cape coast continent desert falls forest gulf hill hills island islands lake lakes "
    "mount mountain mountains ocean peninsula plain plains planet reef ridge river sea strait valley earth "
    "mars moon sun jupiter saturn venus mercury alps andes himalayas hemisphere".split()
)
NAMED_BY_COMPASS = {"korea", "africa", "dakota", "carolina", "virginia", "sudan"}  # "South Sudan" is a state


TITLES = set(
    "administrator ambassador archbishop bishop capt captain chair chairman chancellor chief coach "
    "colonel commissioner congressman congresswoman councillor dad doctor dr duke emperor father fr "
    "general god gov governor honor inspector judge justice king lady lieutenant lord madam major mayor "
    "minister miss mom mother mr mrs ms officer petitioner pope president prince princess prof professor "
    "queen representative rev reverend secretary sen senator sergeant sir sister speaker spokesman "
    "treasurer vice".split()
)
LINKS = ("of", "for", "and", "the", "&")  # within the name of a body or a place
UNUSED_FEATURES = ("Typo", "Abbr", "Style", "ExtPos")


@dataclass(frozen=True)
class Token:
    """A word of a corpus; `head` is an index in the same sentence, the root's head is itself."""

    form: str
    space: bool
    tag: str
    pos: str
    feats: str
    lemma: str
    head: int
    dep: str


@dataclass(frozen=True)
class Sentence:
    """A sentence; `names` are (first token, token after the last, label), None where unannotated.

    The label "?" marks words of which nothing is known.
    """

    tokens: tuple[Token, ...]
    names: tuple[tuple[int, int, str], ...] | None
    opens_paragraph: bool


@dataclass(frozen=True)
class Document:
    """A document of a corpus, `silver` when a program annotated it."""

    id: str
    genre: str
    sentences: tuple[Sentence, ...]
    silver: bool = False


def place_label(words: list[str]) -> str:
    """FAC, LOC or GPE: no corpus here tells places apart, so the name's own noun decides."""
    lower = [word.lower() for word in words]
    kinds = {lower[-1], lower[0]} | ({lower[lower.index("of") - 1]} if "of" in lower[1:] else set())
    if len(words) > 1 and (kinds & FACILITIES):
        return "FAC"
    if kinds & LANDSCAPES and not NAMED_BY_COMPASS & set(lower[1:]):
        return "LOC"
    return "GPE"


def share(name: str, parts: int) -> int:
    """A stable number from 0 to parts-1 for a name, so that the splits never move."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % parts


def _blocks(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        about: dict[str, str] = {}
        rows: list[list[str]] = []
        for line in lines:
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                about[key.strip()] = value.strip()
            elif line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield about, rows
                about, rows = {}, []
        if rows:
            yield about, rows


def _sentence_tokens(text: str, rows: list[list[str]]) -> tuple[Token, ...]:
    words = [row for row in rows if row[0].isdigit()]
    tokens, at = [], 0
    for number, row in enumerate(words):
        form = row[1].replace("\xa0", " ").replace(" ", "")
        begin = text.find(form, at)
        if begin < 0 or text[at:begin].strip():
            raise ValueError(f"token {form!r} does not follow in {text!r}")
        at = begin + len(form)
        last = number == len(words) - 1
        space = "SpaceAfter=No" not in rows[-1][9] if last else text[at : at + 1].isspace()
        head = number if row[6] == "0" else int(row[6]) - 1
        feats = "|".join(feat for feat in row[5].split("|") if not feat.startswith(UNUSED_FEATURES))
        lemma = form if row[2] == "_" else row[2]
        tokens.append(Token(form, space, row[4], row[3], feats, lemma, head, row[7]))
    return tuple(tokens)


MENTION = re.compile(r"\((?P<open>[^()]+)(?P<one>\))?|(?P<close>\d+)\)")


def _gum_names(rows: list[list[str]], tokens: tuple[Token, ...]) -> tuple[tuple[int, int, str], ...]:
    """The named mentions among GUM's typed mentions: those whose head words are proper nouns."""
    words = [row for row in rows if row[0].isdigit()]
    opened: list[tuple[str, int, list[str]]] = []
    names: list[tuple[int, int, str]] = []
    for number, row in enumerate(words):
        field = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for match in MENTION.finditer(field):
            if match["open"]:
                parts = match["open"].split("-")
                if match["one"]:
                    names += _named(parts, number, number + 1, tokens)
                else:
                    opened.append((parts[0], number, parts))
            else:
                for back in range(len(opened) - 1, -1, -1):
                    if opened[back][0] == match["close"]:
                        _, first, parts = opened.pop(back)
                        names += _named(parts, first, number + 1, tokens)
                        break
    names.sort(key=lambda name: name[0] - name[1])  # longest first: a body keeps the place in its name
    taken: set[int] = set()
    kept = []
    for first, after, label in names:
        if not taken & set(range(first, after)):
            taken |= set(range(first, after))
            kept.append((first, after, label))
    return tuple(sorted(kept))


def _named(parts: list[str], first: int, after: int, tokens: tuple[Token, ...]) -> list[tuple[int, int, str]]:
    """The names in one mention: (first, after, label), or nothing where its head is no proper noun."""
    kind = parts[1]
    heads = [n for n in range(first, after) if not first <= tokens[n].head < after or tokens[n].head == n]
    if kind not in ("person", "organization", "place") or len(heads) != 1:
        return []
    head = heads[0]
    if not tokens[head].tag.startswith("NNP"):
        return []
    if kind == "person":
        conjuncts = [n for n in range(head + 1, after) if tokens[n].head == head and tokens[n].dep == "conj"]
        return [name for n in (head, *conjuncts) for name in _person(n, first, after, tokens)]
    begin, end = head, head + 1

    def belongs(n: int) -> bool:
        return tokens[n].tag in ("NNP", "NNPS", "HYPH", "POS", "CD") or tokens[n].form in LINKS

    while begin > first and belongs(begin - 1):
        begin -= 1
    while end < after and belongs(end):
        end += 1
    while begin < head and tokens[begin].tag not in ("NNP", "NNPS", "CD"):
        begin += 1
    while end > head + 1 and tokens[end - 1].tag not in ("NNP", "NNPS", "CD"):
        end -= 1
    words = [token.form for token in tokens[begin:end]]
    return [(begin, end, "ORG" if kind == "organization" else place_label(words))]


def _person(head: int, first: int, after: int, tokens: tuple[Token, ...]) -> list[tuple[int, int, str]]:
    """A person's name: its head and what is flat under it; a lone title ("Prime Minister") is none."""
    end = head + 1
    while (
        end < after
        and tokens[end].tag in ("NNP", "NNPS", "HYPH", "IN", "DT", "FW", "CD", ",")
        and any(token.head == head and token.dep == "flat" for token in tokens[end : min(end + 3, after)])
    ):
        end += 1
    described = any(
        token.head == head and token.dep in ("det", "amod", "nmod", "nmod:poss", "compound")
        for token in tokens[first:after]
    )
    lone = end == head + 1
    if tokens[head].tag != "NNP" or lone and (described or tokens[head].form.rstrip(".").lower() in TITLES):
        return []
    return [(head, end, "PERSON")]


def read_ud(path: Path, uner: dict[str, tuple[tuple[int, int, str], ...]] | None = None) -> list[Document]:
    """The documents of a CoNLL-U file; names from GUM's `Entity` or, by sentence id, from UNER.

    Raises ValueError where a token does not follow in its sentence's text.
    """
    documents: list[Document] = []
    name, genre, sentences = "", "", []
    for about, rows in _blocks(path):
        if "newdoc id" in about:
            if sentences:
                documents.append(Document(name, genre, tuple(sentences)))
            name, sentences = about["newdoc id"], []
            genre = about.get("meta::genre") or name.split("-")[0]
        tokens = _sentence_tokens(about["text"], rows)
        names = _gum_names(rows, tokens) if "meta::genre" in about or name.startswith("GUM_") else None
        if uner is not None:
            names = uner.get(about["sent_id"])
        opens = any(key.startswith("newpar") for key in about) or not sentences
        sentences.append(Sentence(tokens, names, opens))
    documents.append(Document(name, genre, tuple(sentences)))
    return documents


def read_uner(path: Path, ewt: dict[str, list[str]]) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """UNER's gold names by sentence id of EWT, places told apart by `place_label`."""
    found = {}
    for about, rows in _blocks(path):
        words = ewt.get(about["sent_id"])
        rows = [row for row in rows if row[0].isdigit()]
        if words is None or len(words) != len(rows):
            continue
        spans, first = [], None
        for number, label in enumerate([row[2] for row in rows] + ["O"]):
            if first is not None and not label.startswith("I-"):
                kind = rows[first][2][2:]
                name = {"PER": "PERSON", "ORG": "ORG"}.get(kind) or place_label(words[first:number])
                spans.append((first, number, name))
                first = None
            if label.startswith("B-"):
                first = number
        found[about["sent_id"]] = tuple(spans)
    return found


def read_corenlp(annotations: Path, articles: Path) -> list[Document]:
    """PolNeAR's articles with CoreNLP's tags, names and (turned into UD version 2) relations."""
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    documents = []
    with gzip.open(annotations, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text, sentences, end = texts[row["id"]], [], 0
            for rows in row["sentences"]:
                opens = not sentences or "\n" in text[end : rows[0][0]]
                sentences.append(_silver_sentence(text, rows, opens))
                end = rows[-1][1]
            documents.append(Document(row["id"], "polnear", _people_again(sentences), silver=True))
    return documents


def _people_again(sentences: list[Sentence]) -> tuple[Sentence, ...]:
    """CoreNLP takes "Trump" for a place at times: a lone word that ends a full name is a person."""
    surnames = {
        sentence.tokens[after - 1].form
        for sentence in sentences
        for first, after, label in sentence.names or ()
        if label == "PERSON" and after - first > 1
    }
    return tuple(
        replace(
            sentence,
            names=tuple(
                (
                    first,
                    after,
                    "PERSON" if after - first == 1 and sentence.tokens[first].form in surnames else label,
                )
                for first, after, label in sentence.names or ()
            ),
        )
        for sentence in sentences
    )


def _tag(form: str, tag: str, dep: str) -> str:
    """CoreNLP's tag as the treebanks have it; none for "anti-war" words, which are several words there."""
    if "-" in form[1:-1]:
        return ""
    return "IN" if tag == "TO" and dep == "case" else "SYM" if tag == "#" else tag


def _silver_sentence(text: str, rows: list[list], opens: bool) -> Sentence:
    forms = [text[row[0] : row[1]] for row in rows]
    names, number = [], 0
    while number < len(rows):
        kind, after = rows[number][3], number + 1
        while after < len(rows) and rows[after][3] == kind:
            after += 1
        if kind in ("PERSON", "ORGANIZATION", "LOCATION"):
            label = {"PERSON": "PERSON", "ORGANIZATION": "ORG"}.get(kind) or place_label(forms[number:after])
            names.append((number, after, label))
        number = after
    tags = [row[2] for row in rows]
    heads, deps = to_universal(forms, tags, [row[4] for row in rows], [row[5] for row in rows], names)
    tokens = tuple(
        Token(
            form.replace("\xa0", ""),
            text[row[1] : row[1] + 1].isspace(),
            _tag(form, row[2], dep),
            "",
            "",
            "",
            head,
            dep,
        )
        for form, row, head, dep in zip(forms, rows, heads, deps, strict=True)
    )
    return Sentence(tokens, tuple(names), opens)


@dataclass(frozen=True)
class Splits:
    """Documents to train on, to choose a checkpoint by, and test sets by name."""

    train: list[Document]
    dev: list[Document]
    tests: dict[str, list[Document]]


def read_splits(data: Path) -> Splits:
    """All corpora of `data`, split by document; test documents are in no other part.

    EWT: the documents of UNER's test part are the test, those of its dev part are one quarter dev.
    GUM: two documents of a genre (eight of the news) are the test, one is dev; see UNTRAINED_GENRES.
    PolNeAR: its dev articles are only measured on.
    """
    nlp = data / "nlp"
    words = {
        about["sent_id"]: [row[1] for row in rows if row[0].isdigit()]
        for about, rows in _blocks(nlp / "ewt.conllu.gz")
    }
    dev_names = read_uner(nlp / "uner-ewt-dev.iob2.gz", words)
    test_names = read_uner(nlp / "uner-ewt-test.iob2.gz", words)
    in_part = {
        part: {sid.rsplit("-", 1)[0] for sid in names}
        for part, names in (("dev", dev_names), ("test", test_names))
    }
    train, dev = [], []
    tests = {"EWT (UNER test)": [], "GUM news": [], "GUM other": [], "GUM untrained genres": []}
    for doc in read_ud(nlp / "ewt.conllu.gz", {**dev_names, **test_names}):
        if doc.id in in_part["test"]:
            tests["EWT (UNER test)"].append(doc)
        elif doc.id in in_part["dev"] and share(doc.id, 4) == 0:
            dev.append(doc)
        else:
            train.append(doc)
    by_genre: dict[str, list[Document]] = {}
    for doc in read_ud(nlp / "gum.conllu.gz"):
        by_genre.setdefault(doc.genre, []).append(doc)
    for genre, docs in by_genre.items():
        docs.sort(key=lambda doc: share(doc.id, 10**9))
        if genre in UNTRAINED_GENRES:
            tests["GUM untrained genres"] += docs
            continue
        held = 8 if genre == "news" else 2
        tests["GUM news" if genre == "news" else "GUM other"] += docs[:held]
        dev.append(docs[held])
        train += docs[held + 1 :]
    quotes = data / "quotes"
    silver = {
        part: read_corenlp(nlp / f"polnear-corenlp-{part}.jsonl.gz", quotes / f"polnear-{part}.jsonl.gz")
        for part in ("train", "dev")
    }
    return Splits(train + silver["train"], dev, {**tests, "PolNeAR dev (silver)": silver["dev"]})
