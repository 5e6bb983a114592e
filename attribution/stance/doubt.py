"""Reasons to doubt a stance, and how far each lowers the confidence.

The confidence starts as the calibrated probability of the likeliest label and is lowered, by the shares
that stand in `Settings`, where

- wordings name another label than the mean does (by `disagreeing`, for all of them; in proportion for some);
- a side is taken toward a target that nothing in the quote or its context touches (by `untouched`): no word
  of its name, aliases or description in either, and in the quote no pronoun and no noun ("the operation")
  that could stand for it. That the quote takes no side is what one would expect then, so it is no doubt
  about `neutral`;
- another label is nearly as likely, within 0.2 (by `close` where they are level).

On the two dev sets the first shipped weights were right on 51 % of the sides that they took toward untouched
targets, at a mean probability of 0.59, and on 90 % of the neutral labels there, at 0.72. Wordings that
disagree and close calls were right half of the time, as often as their probability said: their shares are
small, so that the confidence stays what it claims to be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attribution.stance.settings import STANCES, Settings
from attribution.stance.targets import Target, list_of
from attribution.stance.wording import QUOTE_MARK, QuoteInContext

if TYPE_CHECKING:
    import numpy as np

DISAGREEING = "the wordings disagree"
UNTOUCHED = "the quote does not name the target"
CLOSE = "another stance is nearly as likely"

_MARGIN = 0.2  # less between the two likeliest labels is close
_STEM = 6  # letters by which words of one family are told: "enforcement", "enforced"


def doubts(
    opinions: np.ndarray,
    probabilities: np.ndarray,
    touched: bool,
    settings: Settings,
) -> tuple[float, tuple[str, ...]]:
    """What is left of the confidence, as a factor of 0 to 1, and the reasons in words.

    `opinions` are one quote's, wordings × `STANCES`; `probabilities` their calibrated mean; `touched`
    is what `touches` says.
    """
    best = int(probabilities.argmax())
    disagreeing = float((opinions.argmax(axis=1) != best).mean())
    second, first = sorted(float(p) for p in probabilities)[-2:]
    close = max(0.0, 1 - (first - second) / _MARGIN)
    untouched = not touched and STANCES[best] != "neutral"
    reasons = {DISAGREEING: disagreeing > 0, UNTOUCHED: untouched, CLOSE: close > 0}
    left = (1 - settings.disagreeing * disagreeing) * (1 - settings.close * close)
    if untouched:
        left *= 1 - settings.untouched
    return left, tuple(reason for reason, holds in reasons.items() if holds)


def touches(quote: QuoteInContext, target: Target) -> bool:
    """Whether anything in the quote or around it could be the target (the rule stands above).

    >>> raids = Target("Operation Lantern", about="raids on the harbour")
    >>> [touches(QuoteInContext(said), raids) for said in ("The raid was cruel.", "It was cruel.", "I ran.")]
    [True, True, False]
    """
    names = _stems(" ".join((target.name, target.about or "", *target.aliases)))
    near = f"{quote.text} {(quote.context or '').replace(QUOTE_MARK, ' ')}"
    return bool(names & _stems(near)) or not names or _stands_for(quote.text)


def _stands_for(text: str) -> bool:
    """Whether `text` has a pronoun, or a definite noun of an operation or policy."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.casefold().replace("’", "'"))
    if not list_of("pronouns").isdisjoint(words):
        return True
    nouns = list_of("standing nouns")
    for at, word in enumerate(words):
        if (word in nouns or word.removesuffix("s") in nouns) and not list_of("definites").isdisjoint(
            words[max(0, at - 2) : at]
        ):
            return True
    return False


def _stems(text: str) -> set[str]:
    """The content words of `text`: longer ones by their first letters, numbers and abbreviations whole."""
    stems = set()
    for word in re.findall(r"[^\W_]+", text):
        low = word.casefold()
        if low in list_of("no content"):
            continue
        if len(low) > 3 or low.isdigit() or (word.isupper() and len(low) > 1):
            stems.add(low.removesuffix("s")[:_STEM])
    return stems
