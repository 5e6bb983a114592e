"""Gold stances, read from JSONL.

The simplest row is a quote with its stance toward one target:

    {"quote": "It must end.", "target": "Operation Lantern", "label": "oppose"}

`label` is support, neutral or oppose. May be added: `context` (the text around, with [QUOTE] where the
quote stands) or `before` and `after`, `speaker`, `about` (what the target is), `aliases` (its other
names), `also` (further [target, label] pairs). In place of `target` and `label` a row may have
`targets`, a list of [target, label] pairs; in place of `quote`, `text`. Of rows with a `split`, those of
"dev" are read. Articles with their quotes do as well, as `attribution evaluate speakers` reads them, each
quote with a `stance` toward the `target` of its own or of its article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attribution.evaluate.rows import Row, article_text, mark, read_rows, reading, spans

if TYPE_CHECKING:
    from attribution.stance import QuoteInContext, Target

OWN, FURTHER = "own target", "further targets"

_AROUND = 400  # characters of an article on either side of a quote, as `classify` shows them


@dataclass(frozen=True)
class Labelled:
    """A quote with its gold stance toward one target.

    `unit` numbers the quote: rows of one quote are drawn together when a set is resampled. `part` parts a
    file's rows, where it has several sorts ("own target", "further targets").
    """

    quote: QuoteInContext
    target: Target
    label: str
    unit: int
    part: str
    place: str


def read_stances(path: Path) -> list[Labelled]:
    """The gold stances of a file; this module says what its rows hold.

    Raises `AttributionError` with file and line for a row that is something else, or where none has a stance.
    """
    rows = read_rows(path)
    kept = [row for row in rows if row.values.get("split", "dev") == "dev"]
    found: list[Labelled] = []
    for row in kept:
        with reading(row):
            for quote, stances in _quotes(row):
                unit = found[-1].unit + 1 if found else 0
                found += [
                    Labelled(quote, target, label, unit, part, row.place) for target, label, part in stances
                ]
    if not found:
        raise rows[0].broken("neither it nor any other row has a stance")
    return found


_Stances = list[tuple["Target", str, str]]


def _quotes(row: Row) -> Iterator[tuple[QuoteInContext, _Stances]]:
    values = row.values
    if "quotes" in values or "pieces" in values:
        text = article_text(row)
        for quote in values.get("quotes", [values]):
            if quote.get("stance"):
                yield _in_article(quote, text), _of_article(quote, values)
    else:
        yield _alone(values), _of_row(values)


def _alone(values: dict[str, Any]) -> QuoteInContext:
    from attribution.stance import QuoteInContext

    context = values.get("context")
    if context is None and ("before" in values or "after" in values):
        context = f"{values.get('before') or ''}[QUOTE]{values.get('after') or ''}".replace("¶", "\n")
    said = values["quote"] if "quote" in values else values["text"]
    return QuoteInContext(_words(said.strip("\"“”'‘’«» ")), context, values.get("speaker") or None)


def _of_row(values: dict[str, Any]) -> _Stances:
    if "targets" in values:
        return [(_target(name), _label(label), "") for name, label in values["targets"]]
    further = values.get("also")
    aliases = tuple(map(_words, values.get("aliases") or ()))
    target = _target(values["target"], values.get("about") or None, aliases)
    own = [(target, _label(values["label"]), "" if further is None else OWN)]
    return own + [(_target(name), _label(label), FURTHER) for name, label in further or ()]


def _in_article(quote: dict[str, Any], text: str) -> QuoteInContext:
    from attribution.marks import unmarked
    from attribution.stance import QuoteInContext

    pieces = spans(quote["pieces"], text)
    said = [text[a:b] for a, b in pieces]
    if quote.get("kind") != "transcript":
        said = [unmarked(piece) for piece in said]
    start, end = pieces[0][0], pieces[-1][1]
    context = f"{text[max(0, start - _AROUND) : start]}[QUOTE]{text[end : end + _AROUND]}".replace("\n", " ")
    return QuoteInContext(
        " ".join(said), context, quote.get("speaker") or mark(quote.get("mention"), text)[1]
    )


def _of_article(quote: dict[str, Any], article: dict[str, Any]) -> _Stances:
    stance = quote["stance"]
    if isinstance(stance, dict):  # as `attribution extract` prints it
        return [(_target(stance["target"]), _label(stance["label"]), "")]
    name = _words(quote["target"] if "target" in quote else article["target"])
    described = re.fullmatch(r"(.+?) \((.+)\)", name)
    return [(_target(*(described.groups() if described else (name,))), _label(stance), "")]


def _target(name: str, about: str | None = None, aliases: tuple[str, ...] = ()) -> Target:
    from attribution.stance import Target

    return Target(_words(name), about, aliases)


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} where words should be")
    return value


def _label(value: Any) -> str:
    from attribution.stance import STANCES

    if value not in STANCES:
        raise ValueError(f"label {value!r} is none of {', '.join(STANCES)}")
    return value
