"""The spaCy pipeline: the shipped one, or the one that is named; a paragraph always starts a sentence."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from attribution.article import AttributionError, paragraphs
from attribution.paths import model_folder

_NEEDED = ("parser", "ner")
_PART = 50_000  # characters parsed at once


@Language.component("paragraph_starts", assigns=["token.is_sent_start"])
def paragraph_starts(doc: Doc) -> Doc:
    """Start a sentence where a paragraph starts; the parser that comes after finds the others.

    >>> doc = paragraph_starts(spacy.blank("en")("A headline\\n\\nThe story"))
    >>> [token.text for token in doc if token.is_sent_start]
    ['A', 'The']
    """
    places = [token.idx for token in doc]
    for start, _ in paragraphs(doc.text):
        number = bisect_left(places, start)
        if number < len(doc):
            doc[number].is_sent_start = True
    return doc


def parse(nlp: Language, text: str) -> Doc:
    """The parse of `text`, of a long one part by part: a pipeline's memory grows with what it reads at once.

    A part ends where a paragraph does: only a paragraph longer than a part is cut inside, after a word.
    """
    if len(text) <= _PART:
        return nlp(text)
    return Doc.from_docs([nlp(part) for part in _parts(text)], ensure_whitespace=False)


def _parts(text: str) -> list[str]:
    r"""`text` cut where paragraphs start, into parts of at most so many characters.

    >>> "".join(_parts("One.\n\nTwo. " * 20_000)) == "One.\n\nTwo. " * 20_000
    True
    """
    cuts, last = [0], 0
    for start, _ in [*paragraphs(text), (len(text), len(text))]:
        if start - cuts[-1] > _PART and last > cuts[-1]:
            cuts.append(last)
        while start - cuts[-1] > _PART:  # a paragraph of its own that is too long
            space = text.rfind(" ", cuts[-1], cuts[-1] + _PART) + 1
            cuts.append(space if space > cuts[-1] else cuts[-1] + _PART)
        last = start
    return [text[a:b] for a, b in pairwise([*cuts, len(text)])]


def load_language(name: str | None = None) -> Language:
    """The pipeline that reads the articles: the shipped one, or an installed package or a folder by name.

    Args:
        name: a package such as "en_core_web_sm", a folder, or None for the pipeline of `models/language`.

    Raises:
        AttributionError: it is not installed, its folder is broken, or it has no parser or entity recogniser.

    >>> load_language("en_no_such_model")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    attribution.article.AttributionError: en_no_such_model: not installed. Run: python -m spacy download ...
    """
    if name is None:
        nlp = _load_folder(model_folder("language") / "pipeline", "models/language")
    else:
        nlp = _load(name)
    missing = [part for part in _NEEDED if not nlp.has_pipe(part)]
    if missing:
        raise AttributionError(
            f"{name or 'models/language'}: has no {' and no '.join(missing)}. "
            "Name an English pipeline that has both, such as en_core_web_sm."
        )
    if not nlp.has_pipe("paragraph_starts"):
        nlp.add_pipe("paragraph_starts", first=True)
    return nlp


def _load(name: str) -> Language:
    if not name.strip():
        raise AttributionError("language model: its name is empty. Name a package or a folder.")
    if Path(name).exists() or "/" in name or "\\" in name:
        return _load_folder(Path(name), name)
    if not spacy.util.is_package(name):
        raise AttributionError(f"{name}: not installed. Run: python -m spacy download {name}")
    return _load_folder(name, name)


def _load_folder(place: Path | str, shown: str) -> Language:
    remedy = (
        "Reinstall the package, or check the repository out again."
        if shown == "models/language"
        else "Name a folder that spaCy saved, or an installed package such as en_core_web_sm."
    )
    if isinstance(place, Path) and not (place / "config.cfg").is_file():
        raise AttributionError(f"{shown}: no spaCy pipeline there (config.cfg is missing). {remedy}")
    try:
        return spacy.load(place)
    except Exception as error:  # a cut or foreign file fails in as many ways as spaCy has readers
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise AttributionError(f"{shown}: broken, it does not load ({reason}). {remedy}") from error
