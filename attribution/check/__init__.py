"""A draft's quotes against their sources: every quoted word held against what was said."""

from attribution.check.checking import CheckedQuote, check_quotes
from attribution.check.differences import Difference
from attribution.check.draft import DraftQuote, read_draft
from attribution.check.verdicts import PASSING, VERDICTS, Verdict
from attribution.check.voices import Passage

__all__ = [
    "PASSING",
    "VERDICTS",
    "CheckedQuote",
    "Difference",
    "DraftQuote",
    "Passage",
    "Verdict",
    "check_quotes",
    "read_draft",
]
