"""Corpus documents as spaCy examples on raw text, as news looks: line ends, curly marks, new names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpora import Document, Sentence, Token
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

PARAGRAPH_ENDS = ("\n\n", "\n\n", "\n\n", "\n", "\n", "\r\n\r\n", "\r\n", "\n\n\n", "\n \n", "\n\t", "")
TITLES = (
    "Mayor;Mayor;Mayor;Gov.;Governor;Sen.;Senator;Rep.;Police Chief;Fire Chief;"
    "Attorney General;President;Prime Minister;Minister;Secretary;Press Secretary;Border Czar;"
    "Council Member;Councilman;Councilwoman;Sheriff;Judge;Commissioner;Police Commissioner;"
    "Superintendent;Premier;Director;Chairman;Chairwoman;Chief Executive;Col.;Lt.;Sgt.;Capt.;"
    "Gen.;Maj.;Professor;Dr.;Mr.;Ms.;Mrs.;Bishop;Archbishop;Coach;Spokesman;Spokeswoman;"
    "Chancellor;City Council President;County Commissioner;District Attorney;State Rep.;"
    "State Sen.;Lt. Gov.;Deputy Mayor"
).split(";")
# Syllables of made-up names, from many languages' ways of sounding.
ONSETS = (
    "a al- b br c ch d dj e f g gr h i j k kh l m Mc n ng o O’ p qu r s sch sh st t tr u v w x y z"
).split()
VOWELS = "a e i o u y aa ee ou ia ei ai é ö í á".split()
CODAS = (
    "n r s l m ck tt ng sh nd rt z v ll nn sen son ski vić ez berg ton ley wala ova oğlu dottir man ham ford"
).split() + ["", "", ""]


@dataclass(frozen=True)
class NameStock:
    """First names, last names and place names of the training documents, to recombine."""

    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    @classmethod
    def from_documents(cls, documents: list[Document]) -> NameStock:
        """Every word that stands first, last, or as a one-word place, however often it does."""
        first, last, places = set(), set(), set()
        for document in documents:
            for sentence in document.sentences:
                for begin, end, label in sentence.names or ():
                    words = [token.form for token in sentence.tokens[begin:end]]
                    if label == "PERSON" and len(words) > 1 and all(w[0].isupper() for w in words):
                        first.add(words[0])
                        last.add(words[-1])
                    elif label == "GPE" and len(words) == 1 and words[0].istitle():
                        places.add(words[0])
        return cls(sorted(first), sorted(last), sorted(places))


def _made_up(rng: random.Random) -> str:
    syllables = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((1, 1, 2))))
    word = syllables + rng.choice(CODAS)
    return word if word[0].isupper() or word.startswith("al-") else word[0].upper() + word[1:]


def _misspelt(word: str, rng: random.Random) -> str:
    if len(word) < 4:
        return word
    n = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:n] + word[n + 1] + word[n] + word[n + 2 :],
            word[:n] + word[n + 1 :],
            word[:n] + word[n] + word[n:],
        )
    )


def swap_names(sentences: list[Sentence], stock: NameStock, rng: random.Random) -> list[Sentence]:
    """The same sentences with people, places and bodies renamed, each old word to one new word throughout."""
    new: dict[str, str] = {}

    def person(word: str, stock_of: list[str]) -> str:
        if not word[:1].isupper() or len(word) < 3 or word.endswith("."):
            return word
        if word not in new:
            chance = rng.random()
            new[word] = (
                word
                if chance < 0.15
                else _misspelt(word, rng)
                if chance < 0.25
                else rng.choice(stock_of)
                if chance < 0.75
                else _made_up(rng)
            )
        return new[word].upper() if word.isupper() else new[word]

    changed = []
    for sentence in sentences:
        tokens = list(sentence.tokens)
        for begin, end, label in sentence.names or ():
            if label == "PERSON":
                for n in range(begin, end):
                    last = n == end - 1 and (end - begin > 1 or rng.random() < 0.7)
                    form = person(tokens[n].form, stock.last if last else stock.first)
                    tokens[n] = replace(tokens[n], form=form)
            elif label in ("GPE", "ORG") and end - begin == 1 and tokens[begin].form.istitle():
                form = tokens[begin].form
                if form not in new:
                    chance = rng.random()
                    stocked = rng.choice(stock.places) if label == "GPE" else form
                    new[form] = _made_up(rng) if chance < 0.25 else stocked if chance < 0.5 else form
                tokens[begin] = replace(tokens[begin], form=new[form])
        changed.append(replace(sentence, tokens=tuple(tokens)))
    return changed


def add_titles(sentences: list[Sentence], stock: NameStock, rng: random.Random) -> list[Sentence]:
    """The same sentences with titles, and places before them, put before some people's names."""
    changed = []
    for sentence in sentences:
        for begin, end, label in reversed(sentence.names or ()):
            lone = begin == 0 or not sentence.tokens[begin - 1].tag.startswith("NN")
            if label == "PERSON" and lone and rng.random() < (0.3 if end - begin > 1 else 0.1):
                sentence = _with_title(sentence, begin, stock, rng)
        changed.append(sentence)
    return changed


def _with_title(sentence: Sentence, at: int, stock: NameStock, rng: random.Random) -> Sentence:
    words = rng.choice(TITLES).split()
    place = rng.random() < 0.5
    if place:
        words.insert(0, rng.choice(stock.places) if rng.random() < 0.8 else _made_up(rng))
    shift, last = len(words), at + len(words) - 1

    def moved(n: int) -> int:
        return n + shift if n >= at else n

    tokens = [replace(token, head=moved(token.head)) for token in sentence.tokens]
    title = [
        Token(word, True, "NNP", "PROPN", "Number=Sing", word, last, "compound") for word in words[:-1]
    ] + [Token(words[-1], True, "NNP", "PROPN", "Number=Sing", words[-1], at + shift, "nmod:desc")]
    names = [(moved(b), e + shift if e > at else e, label) for b, e, label in sentence.names or ()]
    if place:
        names.append((at, at + 1, "GPE"))
    return replace(sentence, tokens=(*tokens[:at], *title, *tokens[at:]), names=tuple(sorted(names)))


def restyle(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    """The same sentences in another house's typography: marks, apostrophes, dashes, sometimes case."""
    double = rng.choice((("“", "”"), ("“", "”"), ('"', '"'), ('"', '"'), ("‘", "’"), ("'", "'")))
    apostrophe = rng.choice(("'", "’"))
    dash = rng.choice(("—", "–", "--"))
    case = rng.random()

    def form(token: Token) -> str:
        word = token.form
        if word in ('"', "“", "”", "''", "``") and token.tag in ("``", "''"):
            return double[token.tag == "''"]
        if word in ("--", "—", "–") and token.tag in (":", ",", "NFP"):
            return dash
        if len(word) > 1 or token.tag == "POS":
            word = word.replace("’", "'").replace("'", apostrophe)
        return word.lower() if case < 0.03 else word.upper() if case > 0.99 else word

    return [
        replace(s, tokens=tuple(replace(token, form=form(token)) for token in s.tokens)) for s in sentences
    ]


def to_example(
    nlp: Language, sentences: list[Sentence], silver: bool = False, rng: random.Random | None = None
) -> Example:
    """One example over raw text: the gold words with their white space against spaCy's own tokens.

    Without `rng` paragraphs are parted by a blank line; with it, by any of PARAGRAPH_ENDS.
    White space is `_SP` and hangs on the word before it.
    """
    words, spaces, tags, pos, morphs, lemmas, heads, deps, starts = [], [], [], [], [], [], [], [], []
    names: list[tuple[int, int, str]] = []
    annotated = all(sentence.names is not None for sentence in sentences)
    usual_end = rng.choice(PARAGRAPH_ENDS) if rng else "\n\n"

    def white(text: str) -> None:
        words.append(text)
        spaces.append(False)
        tags.append("_SP")
        pos.append("" if silver else "SPACE")
        morphs.append("")
        lemmas.append("" if silver else text)
        heads.append(len(words) - 2)
        deps.append("dep")
        starts.append(False)

    for sentence in sentences:
        if words and sentence.opens_paragraph and usual_end:
            end = rng.choice(PARAGRAPH_ENDS[:-1]) if rng and rng.random() < 0.1 else usual_end
            spaces[-1] = bool(rng and rng.random() < 0.03)
            white(end)
        place = []
        for token in sentence.tokens:
            place.append(len(words))
            odd = rng is not None and token.space and rng.random() < 0.002
            words.append(token.form)
            spaces.append(token.space and not odd)
            tags.append(token.tag)
            pos.append(token.pos)
            morphs.append(token.feats)
            lemmas.append(token.lemma)
            deps.append("ROOT" if token.dep == "root" else token.dep)
            heads.append(token.head)
            starts.append(len(place) == 1)
            if odd and token is not sentence.tokens[-1]:
                white(rng.choice(("\xa0", "\n", "\t", "\r\n")))
            elif odd:
                spaces[-1] = True
        for at, token in zip(place, sentence.tokens, strict=True):
            heads[at] = place[token.head]
        names += [(place[b], place[e - 1] + 1, label) for b, e, label in sentence.names or ()]
    reference = Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=None if silver else pos,
        morphs=None if silver else morphs,
        lemmas=None if silver else lemmas,
        heads=heads,
        deps=deps,
    )
    if annotated:
        spans = [Span(reference, b, e, label="" if label == "?" else label) for b, e, label in names]
        reference.set_ents(
            [span for span in spans if span.label_], missing=[span for span in spans if not span.label_]
        )
    else:
        reference.set_ents([], default="missing")
    return Example(nlp.make_doc(reference.text), reference)


def chunks(document: Document, size: int, rng: random.Random) -> Iterator[list[Sentence]]:
    """Runs of sentences of about `size` words at most, so that a batch is even; mostly whole paragraphs."""
    chunk: list[Sentence] = []
    length, limit = 0, rng.randint(size // 4, size)
    for sentence in document.sentences:
        known = (sentence.names is None) == (chunk[-1].names is None) if chunk else True
        if chunk and (length + len(sentence.tokens) > limit or not known):
            yield chunk
            chunk, length, limit = [], 0, rng.randint(size // 4, size)
        chunk.append(sentence)
        length += len(sentence.tokens)
    if chunk:
        yield chunk
