"""The spaCy component: `nlp.add_pipe("quote_attribution")` in any English pipeline."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from attribution.analysis import attribute_doc
from attribution.article import Article

NAME = "quote_attribution"
SPANS_KEY = "quotes"
# Plain values of the record, and those that are places in the text and read as spans.
_VALUES = ("speaker", "speaker_type", "speaker_description", "role", "kind", "evidence", "confidence")
_PLACES = ("pieces", "mention", "cue")


@Language.factory(
    NAME,
    requires=["token.dep", "token.head", "token.pos", "doc.ents", "doc.sents"],
    assigns=["doc.spans", *(f"span._.{name}" for name in ("record", *_VALUES, *_PLACES))],
)
def create(nlp: Language, name: str) -> QuoteAttribution:
    """The factory that spaCy calls. `name` is the component's name in the pipeline.

    >>> import spacy
    >>> spacy.blank("en").has_factory("quote_attribution")
    True
    """
    return QuoteAttribution()


class QuoteAttribution:
    """Puts one span a quote into `doc.spans["quotes"]`, from its first piece's start to its last one's end.

    On each span: `._.speaker` (a name, or None), `._.speaker_type`, `._.speaker_description`,
    `._.role`, `._.kind`, `._.evidence`, `._.confidence` (0 to 1), and as spans `._.pieces`,
    `._.mention`, `._.cue`; `._.record` is the whole public record with exact characters. Where a
    quote starts or ends within a token, its span is widened to the token.
    """

    def __init__(self) -> None:
        _register()

    def __call__(self, doc: Doc) -> Doc:
        """Find and attribute the quotes of `doc`. Raises `ValueError` where no parser or NER ran on it."""
        _check(doc)
        spans = []
        for quote in attribute_doc(doc, Article(doc.text, file="doc")):
            start, end, kind = quote.quote.start, quote.quote.end, quote.quote.kind
            span = doc.char_span(start, end, label=kind, alignment_mode="expand")
            # Plain data, so that a doc can be saved and sent between processes.
            span._.record = next(quote.records())
            spans.append(span)
        doc.spans[SPANS_KEY] = spans
        return doc

    # Nothing is learnt and nothing is set, so a pipeline's folder holds nothing of this component.
    def to_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> None:
        """Part of spaCy's way of saving a pipeline; writes nothing."""

    def from_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> QuoteAttribution:
        """Part of spaCy's way of loading a pipeline; reads nothing."""
        return self

    def to_bytes(self, exclude: tuple[str, ...] = ()) -> bytes:
        """Part of spaCy's way of saving a pipeline; empty."""
        return b""

    def from_bytes(self, data: bytes, exclude: tuple[str, ...] = ()) -> QuoteAttribution:
        """Part of spaCy's way of loading a pipeline; reads nothing."""
        return self


def _register() -> None:
    """Give spans their attributes, once; a user's own of the same name are left alone."""
    if not Span.has_extension("record"):
        Span.set_extension("record", default=None)
    for name in (*_VALUES, *_PLACES):
        if not Span.has_extension(name):
            getter = _place if name in _PLACES else _value
            Span.set_extension(name, getter=partial(getter, name))


def _value(name: str, span: Span) -> Any:
    return span._.record and span._.record[name]


def _place(name: str, span: Span) -> Span | list[Span] | None:
    """The span, or the list of spans, at the characters that the record gives."""
    place = _value(name, span)
    if isinstance(place, list):
        return [_at(span.doc, piece) for piece in place]
    return place and _at(span.doc, place)


def _at(doc: Doc, place: dict[str, Any]) -> Span:
    return doc.char_span(place["start"], place["end"], alignment_mode="expand")


def _check(doc: Doc) -> None:
    for annotation, component in (("DEP", "parser"), ("ENT_IOB", "ner")):
        if len(doc) and not doc.has_annotation(annotation):
            raise ValueError(
                f"{NAME}: the pipeline has no {component} before it. Add it to one that parses and names "
                'entities, such as attribution.load_language() or spacy.load("en_core_web_sm").'
            )
