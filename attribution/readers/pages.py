"""Where a passage stands in its source as people name it: the page of a document, the time in a recording.

A form feed in a text stands where the next page begins; `[00:01:02]` before a turn of a transcript is its
time.
"""

from __future__ import annotations

import re

NEXT_PAGE = "\f"
# `[00:01:02] HILL: …`, `00:01:02 HILL: …`, and the lines above a turn: `Hill  0:17`, `Hill (00:17):`.
_TIME = re.compile(
    r"(?m)^(?:\[(\d{1,3}:\d\d(?::\d\d)?)(?:[.,]\d{1,3})?\][ \t\u00a0]|(\d{1,2}:\d\d:\d\d)[ \t\u00a0]+[^\W\d_]"
    r"|[^\W\d_][^\n:(]{0,78}(?:\([^()\n\d]{1,60}\))?:?[ \t\u00a0]+"
    r"[\[(]?(\d{1,3}:\d\d(?::\d\d)?)[\])]?:?[ \t]*$"
    r"|\[[^\W\d_][^\n\]]{0,78}\][ \t\u00a0]+(\d{1,3}:\d\d(?::\d\d)?)[ \t]*$)"
)
_FAR = 20_000  # characters back in which the time of a long turn is looked for


def page_of(text: str, offset: int) -> int | None:
    r"""The page, from 1, on which the character `offset` of an article's text stands; `None` without pages.

    >>> page_of("He said\fno.", 8), page_of("He said no.", 8)
    (2, None)
    """
    if NEXT_PAGE not in text:
        return None
    return text.count(NEXT_PAGE, 0, offset) + 1


def time_of(text: str, offset: int) -> str | None:
    """When in a recording the character `offset` of its transcript is said; `None` where it tells no times.

    The time is that of the turn, or of the part of a long turn, in which it stands.

    >>> time_of("[00:01:02] HILL: No.", 17), time_of("HILL: No.", 6)
    ('00:01:02', None)
    """
    times = _TIME.findall(text, max(0, offset - _FAR), offset)
    return next(filter(None, times[-1])) if times else None
