"""What is made of the same quotes again and again: figures, counts. Made once for all visitors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from attribution.pages.shelf import Shelf

_Made = TypeVar("_Made")
_made = Shelf(most=300_000)  # by the number of quotes that each was made of, and of what it keeps alive


def once(make: Callable[..., _Made], quotes: Sequence[Any], *more: Any, **named: Any) -> _Made:
    """`make(quotes, *more, **named)`, kept for the next time with the same object of quotes.

    Nobody may change what it returns. `Columns.passing` gives the same object for the same filters.

    >>> words = ["a", "b"]
    >>> once(sorted, words, reverse=True) is once(sorted, words, reverse=True)
    True
    """
    key = (make, id(quotes), more, tuple(named.items()))
    kept = _made.get(key)
    if kept is None or kept[0] is not quotes:  # another object may come to lie at the same place
        kept = quotes, make(quotes, *more, **named)
        _made.put(key, kept, weight=1_000 + len(quotes))
    return kept[1]
