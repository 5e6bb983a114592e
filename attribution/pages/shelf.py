"""What was made once and is kept for all visitors, as long as there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class Shelf:
    """Things by their keys, together of a weight of `most` at most: the longest unused goes first.

    What was put there last always stays, however much it weighs.

    >>> shelf = Shelf(most=3)
    >>> shelf.put("a", 1, weight=2), shelf.put("b", 2, weight=2)
    (None, None)
    >>> shelf.get("a"), shelf.get("b")
    (None, 2)
    """

    def __init__(self, most: float) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, tuple[Any, float]] = OrderedDict()
        self._lock = threading.Lock()
        self._weight = 0.0

    @property
    def weight(self) -> float:
        """What all that is kept weighs."""
        return self._weight

    def get(self, key: Hashable) -> Any:
        """What is kept under `key`, or `None`."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, thing: Any, *, weight: float = 1.0) -> None:
        """Keep `thing` under `key`, in place of what was there."""
        with self._lock:
            self._drop(key)
            self._kept[key] = thing, weight
            self._weight += weight
            while self._weight > self.most and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        if key in self._kept:
            self._weight -= self._kept.pop(key)[1]

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()
            self._weight = 0.0

    def __len__(self) -> int:
        return len(self._kept)
