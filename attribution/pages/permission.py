"""Whether visitors may change anything: asked by whatever adds, mends or takes away a text."""

from __future__ import annotations

import sys

from attribution.article import AttributionError

READ_ONLY = "--read-only"  # after `--` on the command line, beside the paths
READ_ONLY_NOTE = (
    "This page only shows (--read-only): no text can be added, changed or taken away. Ask whoever started it."
)


def read_only() -> bool:
    """Whether the server only shows: nobody may add, change or take away an article."""
    return READ_ONLY in sys.argv[1:]


def check_may_change() -> None:
    """Raise `AttributionError` where the server only shows: the page hides the way, and this closes it."""
    if read_only():
        raise AttributionError(READ_ONLY_NOTE)
