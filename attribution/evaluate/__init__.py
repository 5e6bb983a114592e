"""What is found held against a gold standard: quotes and speakers, and stances."""

from __future__ import annotations

from attribution.evaluate.gold import GoldArticle, GoldQuote, read_gold
from attribution.evaluate.labelled import Labelled, read_stances
from attribution.evaluate.report import speakers_report, stance_report
from attribution.evaluate.speakers import Verdict, evaluate_speakers, same_name
from attribution.evaluate.stance import Answer, evaluate_stance

__all__ = [
    "Answer",
    "GoldArticle",
    "GoldQuote",
    "Labelled",
    "Verdict",
    "evaluate_speakers",
    "evaluate_stance",
    "read_gold",
    "read_stances",
    "same_name",
    "speakers_report",
    "stance_report",
]
