"""The stance of a quote toward a target, with its own doubt.

A quote is the premise of a natural-language-inference model; "The speaker supports …" and "The
speaker opposes …", each in several wordings, are the hypotheses. What the wordings say together
is the score; where they are not sure of it, the label is `unsure`.

The method is zero-shot classification by entailment (Yin, Hay and Roth 2019), so any target will
do. The shipped model, `models/stance/`, was trained for it by `models/stance/train.py`.

`targets` what a stance is toward · `wording` premise and hypotheses · `classifier` the way from a quote
to its stance · `doubt` what lowers the confidence · `why` the words that carry it · `model` and `named`
the networks · `suggestions` targets that articles offer.
"""

from attribution.stance.classifier import EntailmentModel, Stance, StanceClassifier
from attribution.stance.loading import MODEL_NAME, load_stance
from attribution.stance.model import NliModel
from attribution.stance.named import ZeroShotModel
from attribution.stance.settings import STANCES, Settings
from attribution.stance.suggestions import suggested_targets
from attribution.stance.targets import Target, check_target, is_claim
from attribution.stance.why import WeightedSpan
from attribution.stance.wording import QUOTE_MARK, QuoteInContext, hypothesis, named_as_in, premise

__all__ = [
    "MODEL_NAME",
    "QUOTE_MARK",
    "STANCES",
    "EntailmentModel",
    "NliModel",
    "QuoteInContext",
    "Settings",
    "Stance",
    "StanceClassifier",
    "Target",
    "WeightedSpan",
    "ZeroShotModel",
    "check_target",
    "hypothesis",
    "is_claim",
    "load_stance",
    "named_as_in",
    "premise",
    "suggested_targets",
]
