"""Who is not named beside the words: "I" outside every quote, and "A" in an interview."""

from __future__ import annotations

import re

from attribution.article import paragraphs
from attribution.people.named import ArticleNames

_TOP, _END = 5, 3  # paragraphs


def narrator(text: str, names: ArticleNames, start: int) -> tuple[int, str] | None:
    """The number of the name that stands for "I" at character `start`, and why; None where nobody signs.

    A name alone on a line signs the paragraphs above it; else a byline ("By Jane Roe"), a name alone
    at the top, or a note at the end ("Jane Roe is a columnist …") tells the author.
    """
    lines = paragraphs(text)
    people = {s: (e, n) for s, e, n in names.mentions if names.names[n].type == "person"}
    for begin, end in lines:
        if begin > start and begin in people and _alone(text, people[begin][0], end):
            return people[begin][1], "signs these lines"
    for place, (begin, end) in enumerate(lines):
        by = begin + 3 if text[begin : begin + 3].casefold() == "by " else begin
        if by not in people:
            continue
        stop, number = people[by]
        if by > begin or (place < _TOP and _alone(text, stop, end)):
            return number, "is the article's author"
        if place >= len(lines) - _END and text[stop : stop + 4] in {" is ", ", a ", ", an", ", th"}:
            return number, "is presented as the author at the end"
    return None


_MEETING = re.compile(
    r"\b(?:interview(?:ed|ing|s)?|conversation|spoke|speaks|talked|talks|chatted|sat down|asked|Q&A)\b"
    r"(?: (?:with|to|by|from))?\s+\Z"
)


def interviewed(names: ArticleNames, text: str, start: int) -> tuple[int, str] | None:
    """The number of the name that "A" stands for where the first question is at character `start`, and why.

    That is whom the lines above speak with, else the only person that they name; None where neither is so.
    """
    above = [(s, n) for s, e, n in names.mentions if e <= start and names.names[n].type == "person"]
    asked = [n for s, n in above if _MEETING.search(text, max(0, s - 60), s)]
    people = {n for s, n in above if not re.search(r"(?i)\bby\s+\Z", text[max(0, s - 9) : s])}
    number = asked[0] if asked else people.pop() if len(people) == 1 else None
    return None if number is None else (number, f"{names.names[number].name} is the one interviewed")


def _alone(text: str, stop: int, end: int) -> bool:
    """Whether nothing but a mark or a place follows the name on its line."""
    rest = text[stop:end].strip(" .\n")
    return not rest or (rest[:1] == "," and len(rest) < 30 and " is " not in rest)
