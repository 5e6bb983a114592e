"""Turns of a transcript: `NAME: words` lines, with the label apart from what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attribution.article import Span
from attribution.cues import CUE_VERBS
from attribution.people.names import is_known_given
from attribution.wordlists import read_lists

# `HILL:`, `Ann Hill (D):`, `HILL, CHAIR:`, `Q:`, `Q.`; the whole transcript may stand in quotation marks.
_LABEL = re.compile(
    r"(?P<time>(?:\[\d{1,3}:\d\d(?::\d\d)?\]|\d{1,2}:\d\d:\d\d(?:[.,]\d{1,3})?)[ \t\u00a0]+)?"
    r"(?:[-–—•][ \u00a0]+)?"
    r"(?P<mark>[\"“„«'‘]?)[ \u00a0]*"
    r"(?:(?P<name>[^\W\d_][\w.'’\-]*(?:[ \u00a0]+#?[\w.'’\-]+){0,5})"
    r"(?P<note>[ \u00a0]*[(\[][^)\]\n]{1,60}[)\]])?(?P<role>,[^:.\n\"“]{2,50})?:"
    r"|(?P<letter>[QA])\.)[ \t\u00a0]+(?=\S)"
)
# A line above what is said: `Ann Hill  0:17`, `[00:00:17.5] Ann Hill`, `Ann Hill (00:17):`, `HILL:`.
_CLOCK = r"[\[(]?\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?"
_ABOVE = re.compile(
    rf"(?P<before>{_CLOCK}[ \t\u00a0]+)?(?P<bracket>\[)?"
    r"(?P<name>[^\W\d_][\w.'’\-]*(?:[ \u00a0][\w.'’\-]+){0,5})"
    r"(?P<note>[ \u00a0]*\((?!\d)[^()\n]{1,60}\))?(?(bracket)\])"
    rf"(?P<colon>:?)(?P<after>[ \t\u00a0]+{_CLOCK})?(?P<colon2>:?)"
)
_PARTICLES = frozenset("de da do du la le van von der den ter al bin el dos das of".split())
_WORD = re.compile(r"[^\W\d_]+")
_CLOSES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}
_LISTS = read_lists("labels.txt")
_NOT_SPEAKERS = frozenset(_LISTS["not speakers"])
_SPEAKERS = frozenset(_LISTS["speakers"])


@dataclass(frozen=True)
class Turn:
    """One turn: the speaker's `label` as printed, the `note` in brackets after it, and what was said.

    `start` is where the turn begins: at its label, or at the quotation mark before that.
    """

    label: Span
    note: Span | None
    pieces: tuple[Span, ...]
    start: int


def find_turns(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Turn]:
    """The turns of the transcripts in an article; none where the labels are not plainly those of speakers.

    Labels are plain where three lines have one and one of them comes back, where a time stands before one,
    and where a question (`Q`) and its answer (`A`) have one. What heads just one part ("BACKGROUND:") is
    none. One is `Q`, `A`, a word such as `Reporter`, words in capitals, words after a time, words that label
    several lines, or a name where most lines have one. A paragraph without a label between two turns belongs
    to the turn before it, unless it is a note in brackets. A label may also be a line by itself, with a time
    or in capitals.
    """
    if turns := _turns_below(text, paragraphs):
        return turns
    labelled = {i: match for i, (a, b) in enumerate(paragraphs) if (match := _label(text, a, b))}
    heads = Counter(_head(match) for match in labelled.values())
    named = _mostly_names(labelled, len(paragraphs))
    labelled = {i: match for i, match in labelled.items() if named or _speaks(match, heads)}
    if 0 in labelled and 1 not in labelled and not labelled[0]["time"]:  # Hill: It Ends at Noon (a headline)
        del labelled[0]
    timed = any(match["time"] for match in labelled.values())
    turns_of = Counter(_head(match) for match in labelled.values())
    plain = len(labelled) >= 3 and (max(turns_of.values()) > 1 or all(map(_called, labelled.values())))
    if not plain and not timed and set(turns_of) != {"q", "a"}:
        return []
    numbers = sorted(labelled)
    if (
        sum(len(_WORD.findall(text, labelled[n].end(), paragraphs[n][1])) > 1 for n in numbers)
        < len(numbers) / 2
    ):
        return []  # Hill: 547 (a table)
    turns = []
    for n, following in zip(numbers, [*numbers[1:], None], strict=True):
        match = labelled[n]
        bounds = [(match.end(), paragraphs[n][1])]
        if following is not None and following - n <= 3:
            bounds += [paragraphs[i] for i in range(n + 1, following) if _is_speech(text, *paragraphs[i])]
        pieces = tuple(Span.of(text, *_unquoted(text, a, b, match)) for a, b in bounds)
        note = Span.of(text, *_inner(match)) if match["note"] else None
        turns.append(Turn(Span.of(text, *match.span(_part(match))), note, pieces, match.start()))
    return turns


def _turns_below(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Turn]:
    """The turns of a transcript that has each label in a line above what is said."""
    above = {n: match for n, (a, b) in enumerate(paragraphs) if b - a < 120 if (match := _above(text, a, b))}
    timed = sum(bool(match["before"] or match["after"]) for match in above.values())
    if len(above) < (2 if timed > 1 else 3) or len(above) < len(paragraphs) / 6:
        return []
    again = Counter(match["name"] for match in above.values())
    several = sum(count > 1 for count in again.values())
    if not several or (several == 1 and any(" " not in name for name in again)):
        return []  # "BACKGROUND:" heads a part of an article, "14:10 Update" one of a live page
    turns = []
    numbers = sorted(above)
    for n, following in zip(numbers, [*numbers[1:], len(paragraphs)], strict=True):
        match = above[n]
        # Of the last one nothing says where it ends.
        last = following if n != numbers[-1] else min(following, n + 2)
        pieces = [
            Span.of(text, *paragraphs[i])
            for i in range(n + 1, last)
            if i == n + 1 or _is_speech(text, *paragraphs[i])
        ]
        if pieces:
            note = Span.of(text, *_inner(match)) if match["note"] else None
            turns.append(Turn(Span.of(text, *match.span("name")), note, tuple(pieces), match.start()))
    return turns if len(turns) > 1 else []


def _above(text: str, start: int, end: int) -> re.Match[str] | None:
    """The label that a paragraph is: a speaker with a time, or in capitals with a colon."""
    match = _ABOVE.fullmatch(text, start, end)
    if not match or match["name"].casefold().replace("’", "'") in _NOT_SPEAKERS:
        return None
    clock = bool(match["before"]) + bool(match["after"])
    colon = bool(match["colon"] or match["colon2"])
    shouted = match["name"].isupper() and len(match["name"]) > 1
    return match if (clock == 1 and _is_name(match["name"])) or (colon and shouted and not clock) else None


def _is_name(label: str) -> bool:
    """Whether it may be a name: its words begin with capitals, or are numbers behind them (Speaker 2)."""
    words = label.split()
    return (
        all(w[0].isupper() or w.casefold() in _PARTICLES or w.isdecimal() for w in words)
        and words[0][0].isupper()
    )


def _mostly_names(labelled: Mapping[int, re.Match[str]], paragraphs: int) -> bool:
    """Whether most paragraphs are labelled, and by names of two words and more."""
    names = [match["name"] for match in labelled.values() if match["name"]]
    full = [name for name in names if _is_name(name) and len(name.split()) > 1]
    return len(full) >= 3 and len(full) >= 0.8 * len(labelled) and len(full) >= 0.6 * paragraphs


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    match = _LABEL.match(text, start, end)
    return match if match and _known(match) else None


def _known(match: re.Match[str]) -> bool:
    """Whether the label may be a speaker's; "Max Hill said:" introduces a quote."""
    name = match[_part(match)].casefold().replace("’", "'")
    return name not in _NOT_SPEAKERS and _head(match) not in CUE_VERBS


def _called(match: re.Match[str]) -> bool:
    """Whether the label is a name in capitals with a common given name, as no head of a part is."""
    words = match[_part(match)].split()
    return len(words) > 1 and match[_part(match)].isupper() and is_known_given(words[0].casefold())


def _part(match: re.Match[str]) -> str:
    return "name" if match["name"] else "letter"


def _head(match: re.Match[str]) -> str:
    return match[_part(match)].split()[-1].casefold()


def _speaks(match: re.Match[str], heads: Counter[str]) -> bool:
    """Whether the label is a speaker's: by its shape, or because it comes back as a speaker's does."""
    name = match[_part(match)]
    if match["letter"]:
        return heads["q"] > 0 and heads["a"] > 0
    shouted = sum(c.isupper() for c in name if c.isalpha()) > 0.6 * sum(c.isalpha() for c in name)
    taking_turns = heads[_head(match)] >= 2 and (len(heads) > 1 and heads.most_common(2)[1][1] >= 2)
    known = match["time"] or name.casefold() in _SPEAKERS
    return bool(shouted or known or taking_turns or heads[_head(match)] >= 3)


def _inner(match: re.Match[str]) -> tuple[int, int]:
    """The words of the note, without its brackets."""
    text, start = match["note"], match.start("note")
    lead = len(text) - len(text.lstrip(" \u00a0(["))
    return start + lead, match.end("note") - 1


def _is_speech(text: str, start: int, end: int) -> bool:
    """Whether a paragraph without a speaker's label goes on with what was said."""
    match = _LABEL.match(text, start, end)
    said = text[start] not in "[(•*" and text[end - 1] in ".!?…,\"”’'–—-"
    return said and (match is None or _known(match)) and _WORD.search(text, start, end) is not None


def _unquoted(text: str, start: int, end: int, label: re.Match[str]) -> tuple[int, int]:
    """The bounds of a turn's paragraph without the mark that opens or closes a transcript in marks."""
    opening = label["mark"]
    if not opening:
        return start, end
    if start > label.end() and text[start] == opening:
        start += 1
    closing, inner = _CLOSES[opening], text[start:end]
    opened = inner.count(opening) if opening != closing else inner.count(closing) // 2
    closes = len(inner) > 1 and inner[-1] == closing and inner.count(closing) > opened
    return (start, end - 1) if closes else (start, end)
