"""What the model is asked: the premise, which is the quote, and hypotheses about its speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from attribution.stance.targets import Target, claim_clause, is_claim, names_in

QUOTE_MARK = "[QUOTE]"  # stands in a context where the quote stands in the text

_BEFORE, _AFTER = 120, 80  # characters of context that the model sees on either side of the quote
_LONGEST_ABOUT, _LONGEST_SPEAKER, _LONGEST_QUOTE = 160, 100, 2000  # characters shown to the model


@dataclass(frozen=True)
class QuoteInContext:
    """A quote as the classifier sees it.

    `text` is the quote with its marks off; `context` the text around it, with `[QUOTE]` where the
    quote stands; `speaker` who said it. The last two may be missing.
    """

    text: str
    context: str | None = None
    speaker: str | None = None


class Asked(NamedTuple):
    """What one wording asks about a quote: a premise and a hypothesis of support, and of opposition."""

    support: tuple[str, str]
    oppose: tuple[str, str]


def premise(quote: QuoteInContext, in_context: bool, share: float = 1.0) -> str:
    """What the model reads: speaker and quote, then (`in_context`) the text around the quote.

    The quote comes first so that a limit of tokens cuts the context before it cuts the quote.
    `share` shortens the context, for training.

    >>> premise(QuoteInContext("It must stop.", "It was loud. [QUOTE] Hill said.", "Ann Hill"), True)
    'Ann Hill: “It must stop.” Context: It was loud. … Hill said.'
    """
    said = f"“{_head(quote.text, _LONGEST_QUOTE)}”"
    if quote.speaker:
        said = f"{_head(quote.speaker, _LONGEST_SPEAKER)}: {said}"
    if not (in_context and quote.context):
        return said
    before, _, after = quote.context.partition(QUOTE_MARK)
    before, after = _tail(before, int(_BEFORE * share)), _head(after, int(_AFTER * share))
    return f"{said} Context: {before} … {after}".rstrip()


def hypothesis(wording: str, target: Target) -> str:
    """`wording` said of `target`, with what the target is about in brackets.

    >>> hypothesis("The speaker opposes {target}.", Target("Lantern", "harbour raids"))
    'The speaker opposes Lantern (harbour raids).'
    >>> hypothesis("The speaker agrees that {target}.", Target("The raids were right."))
    'The speaker agrees that the raids were right.'
    """
    name = " ".join(_sound(target.name).split())
    if is_claim(name):
        name = claim_clause(name)
    if target.about and target.about.strip():
        name = f"{name} ({_head(target.about, _LONGEST_ABOUT)})"
    return wording.replace("{target}", name)


def named_as_in(quote: QuoteInContext, target: Target) -> Target:
    """`target` under the alias that the quote or its context uses, where they do not use its name."""
    near = f"{quote.text} {(quote.context or '').replace(QUOTE_MARK, ' ')}"
    used = names_in(near, (target.name, *target.aliases))
    return target if used in (None, target.name) else Target(used, target.about)


def _sound(text: str) -> str:
    """`text` without lone surrogates, which no tokeniser takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _tail(text: str, most: int) -> str:
    text = " ".join(_sound(text).split())
    return text if len(text) <= most else re.sub(r"^\S*\s", "", text[len(text) - most :])


def _head(text: str, most: int) -> str:
    text = " ".join(_sound(text).split())
    return text if len(text) <= most else re.sub(r"\s\S*$", "", text[:most])
