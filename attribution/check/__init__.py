"""A draft's quotes against their sources: every quoted word held against what was said."""

from attribution.check.checking import CheckedQuote, DraftQuote, Passage, check_quotes, read_draft
from attribution.check.differences import Difference
from attribution.check.verdicts import PASSING, VERDICTS, Verdict

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
