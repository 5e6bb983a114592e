"""The pages of a paged document: a form feed in its text stands where the next page begins."""

from __future__ import annotations

NEXT_PAGE = "\f"


def page_of(text: str, offset: int) -> int | None:
    r"""The page, from 1, on which the character `offset` of an article's text stands; `None` without pages.

    >>> page_of("He said\fno.", 8), page_of("He said no.", 8)
    (2, None)
    """
    if NEXT_PAGE not in text:
        return None
    return text.count(NEXT_PAGE, 0, offset) + 1
