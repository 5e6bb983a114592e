"""How a model is asked and how its answer is read: the contents of a `stance.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from attribution.article import AttributionError
from attribution.stance.targets import Target, is_claim

STANCES = ("support", "neutral", "oppose")

AGREE = (
    "The speaker agrees that {target}.",
    "The speaker thinks that {target}.",
    "The speaker says it is true that {target}.",
    "This is said in support of the claim that {target}.",
)
DISAGREE = (
    "The speaker disagrees that {target}.",
    "The speaker doubts that {target}.",
    "The speaker says it is not true that {target}.",
    "This is said against the claim that {target}.",
)


@dataclass(frozen=True)
class Settings:
    """How a model is asked and how its answer is read: the contents of a `stance.json`.

    `support` and `oppose` are hypothesis wordings with `{target}` in them, of which the first
    `asked` of each are used to classify and all to train; `agree` and `disagree` take their places
    for a claim. Where the quote alone leaves the likeliest label under `sure_alone`, the sides named in
    `in_context` are asked about the quote in the text around it: the two readings err in different places.
    `temperature` calibrates the probabilities (Guo et al. 2017); `disagreeing`, `untouched` and `close` are
    the shares by which a doubt lowers the confidence (`attribution.stance.doubt`); under `unsure_below` the
    label is `unsure`.
    """

    support: tuple[str, ...]
    oppose: tuple[str, ...]
    asked: int
    in_context: tuple[str, ...]
    max_tokens: int
    temperature: float
    unsure_below: float
    agree: tuple[str, ...] = AGREE
    disagree: tuple[str, ...] = DISAGREE
    sure_alone: float = 0.75
    disagreeing: float = 0.1
    untouched: float = 0.15
    close: float = 0.05

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings in `folder`/stance.json. Raises `AttributionError` where it is missing or broken."""
        try:
            values = json.loads((folder / "stance.json").read_text(encoding="utf-8"))
            lists = ("support", "oppose", "agree", "disagree", "in_context")
            given = {name: tuple(values.pop(name)) for name in lists if name in values}
            return cls(**given, **values)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise broken(folder, f"stance.json: {error}") from error

    def wordings(self, target: Target) -> tuple[tuple[str, str], ...]:
        """The pairs of wordings to classify with: support and oppose, or agree and disagree with a claim."""
        sides = (self.agree, self.disagree) if is_claim(target.name) else (self.support, self.oppose)
        return tuple(zip(*sides, strict=True))[: self.asked]


def broken(folder: Path, what: str) -> AttributionError:
    """The error for a shipped model that is not whole."""
    return AttributionError(f"{folder}: broken stance model: {what}. Restore the folder, or reinstall.")
