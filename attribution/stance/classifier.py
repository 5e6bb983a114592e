"""The classifier: what the wordings say of a quote becomes a stance with its confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from attribution.stance.doubt import doubts, touches
from attribution.stance.settings import STANCES, Settings
from attribution.stance.targets import Target, check_target
from attribution.stance.why import WeightedSpan, weighed
from attribution.stance.wording import Asked, QuoteInContext, hypothesis, named_as_in, premise

if TYPE_CHECKING:
    import numpy as np

_CHUNK = 64  # quotes whose results come together: few enough to show the first at once


@dataclass(frozen=True)
class Stance:
    """The stance of one quote toward one target.

    `best` is the likeliest of support, oppose and neutral; `label` is the same, or `unsure` where
    `confidence` (0 to 1) is under the model's threshold. `score` runs from −1 (oppose) to +1
    (support): the probability of support less that of oppose. `doubts` say in words what lowered the
    confidence; they are for the reader beside the quote and no part of the record. Toward a claim,
    support is agreement.
    """

    target: str
    label: str
    best: str
    score: float
    confidence: float
    model: str
    doubts: tuple[str, ...] = ()

    def as_record(self) -> dict[str, str | float]:
        """The stance as it stands in the public record."""
        record = asdict(self)
        del record["doubts"]
        return record


class EntailmentModel(Protocol):
    """What `StanceClassifier` asks: a model that reads premises under hypotheses."""

    def __call__(self, asked: Sequence[tuple[Asked, ...]]) -> np.ndarray:
        """Probabilities, quotes × opinions × `STANCES`, for what is asked about each quote, about as much
        of all."""


class StanceClassifier:
    """Classifies quotes toward any target. Made by `load_stance`."""

    def __init__(self, model: EntailmentModel, settings: Settings, name: str) -> None:
        self._model = model
        self.settings = settings
        self.name = name

    def classify(
        self,
        quotes: Sequence[QuoteInContext],
        target: Target,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Stance]:
        """The stance of every quote toward `target`, in the order given.

        `progress` is called with the number of quotes done and their total. Raises
        `AttributionError` for a target that is empty, without a letter or digit, longer than 200
        characters, or with control characters in it.
        """
        stances: list[Stance] = []
        for stance in self.stream(quotes, target):
            stances.append(stance)
            if progress and (len(stances) % _CHUNK == 0 or len(stances) == len(quotes)):
                progress(len(stances), len(quotes))
        return stances

    def stream(self, quotes: Sequence[QuoteInContext], target: Target) -> Iterator[Stance]:
        """The same stances one by one, the first as soon as they are known."""
        check_target(target)
        return (
            self.read(opinions, target, quote)
            for start in range(0, len(quotes), _CHUNK)
            for part in [quotes[start : start + _CHUNK]]
            for quote, opinions in zip(part, self.opinions(part, target), strict=True)
        )

    def opinions(self, quotes: Sequence[QuoteInContext], target: Target) -> np.ndarray:
        """What each hypothesis says of each quote: probabilities, quotes × hypotheses × `STANCES`.

        What is said of the quote alone, or where that leaves doubt, of the quote in its context.
        """
        known_as = [named_as_in(quote, target) for quote in quotes]
        asked = [self._asked(quote, target, shown) for quote, shown in zip(quotes, known_as, strict=True)]
        found = self._model(asked)
        again = [i for i, quote in enumerate(quotes) if self._needs_context(quote, found[i])]
        if again:
            sides = self.settings.in_context
            found[again] = self._model([self._asked(quotes[i], target, known_as[i], sides) for i in again])
        return found

    def _needs_context(self, quote: QuoteInContext, opinions: np.ndarray) -> bool:
        """Whether the quote alone leaves too much doubt, and there is a context to read it in."""
        return bool(
            quote.context
            and self.settings.in_context
            and opinions.mean(axis=0).max() < self.settings.sure_alone
        )

    def read(self, opinions: np.ndarray, target: Target, quote: QuoteInContext | None = None) -> Stance:
        """One quote's stance from what each wording says of it, wordings × `STANCES`.

        Without the `quote` nothing is known, and so no doubt raised, about whether it touches the target.
        """
        probabilities = self.probabilities(opinions)
        support, _, oppose = (float(value) for value in probabilities)
        likeliest = int(probabilities.argmax())
        touched = quote is None or touches(quote, target)
        left, reasons = doubts(opinions, probabilities, touched, self.settings)
        confidence = float(probabilities[likeliest]) * left
        best = STANCES[likeliest]
        label = best if confidence >= self.settings.unsure_below else "unsure"
        score = round(support - oppose, 4) + 0.0  # never −0.0
        return Stance(target.name, label, best, score, round(confidence, 4), self.name, reasons)

    def probabilities(self, opinions: np.ndarray) -> np.ndarray:
        """The calibrated probabilities of `STANCES`: the mean over the wordings, cooled or warmed."""
        mean = opinions.mean(axis=-2) ** (1 / self.settings.temperature)
        return mean / mean.sum(axis=-1, keepdims=True)

    def why(self, quote: QuoteInContext, target: Target) -> tuple[WeightedSpan, ...]:
        """The words of the quote that its score hangs on most, the strongest first.

        Each is a place in `quote.text` with its `weight`: what the score loses when these words are
        taken out, above zero where they pull it toward support, below where toward oppose. As much work
        as classifying some 30 quotes, for one of 20 words. Raises `AttributionError` like `classify`.
        """
        check_target(target)
        shown = named_as_in(quote, target)  # a name taken out must not change what is asked,
        (whole,) = self._model([self._asked(quote, target, shown)])  # nor how it is read
        sides = self.settings.in_context if self._needs_context(quote, whole) else ()

        def scores(texts: Sequence[str]) -> list[float]:
            quotes = [QuoteInContext(text, quote.context, quote.speaker) for text in texts]
            found = self.probabilities(
                self._model([self._asked(one, target, shown, sides) for one in quotes])
            )
            return [float(support - oppose) for support, _, oppose in found]

        return weighed(quote.text, scores)

    def _asked(
        self, quote: QuoteInContext, target: Target, shown: Target, in_context: Sequence[str] = ()
    ) -> tuple[Asked, ...]:
        """Each wording's hypotheses about `target`, which the model knows as `shown`, with their premises."""
        support, oppose = (premise(quote, side in in_context) for side in ("support", "oppose"))
        return tuple(
            Asked((support, hypothesis(one, shown)), (oppose, hypothesis(other, shown)))
            for one, other in self.settings.wordings(target)
        )
