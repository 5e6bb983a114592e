"""Mentions become people: one ledger of names, spellings and roles within and across articles."""

from attribution.people.ledger import (
    SPEAKER_TYPES,
    ArticleSpeakers,
    Ledger,
    Person,
    Speaker,
    SpeakerType,
    build_ledger,
    no_speakers,
    person_id,
)
from attribution.people.named import names_in
from attribution.people.names import names_agree
from attribution.people.references import resolve

__all__ = [
    "SPEAKER_TYPES",
    "ArticleSpeakers",
    "Ledger",
    "Person",
    "Speaker",
    "SpeakerType",
    "build_ledger",
    "names_in",
    "no_speakers",
    "person_id",
    "resolve",
    "names_agree",
]
