"""Subtitles (SubRip, WebVTT) → a transcript: `[00:01:02] NAME: words`, a paragraph a turn."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from attribution.article import AttributionError
from attribution.readers.document import Contents, Document
from attribution.readers.text import decode

_CUE = re.compile(
    r"(?m)^[ \t]*(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,2}):(?P<s>\d{2})[,.]\d{1,3}[ \t]+-->[ \t]+"
    r"(?:(?P<h2>\d{1,4}):)?(?P<m2>\d{1,2}):(?P<s2>\d{2})[,.]\d{1,3}[^\n]*\n?"
)
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+([^<>]{1,80})>")
_TAG = re.compile(r"</?(?:[biuscv]|font|ruby|rt|lang|\d\d:)[^<>]{0,120}>|\{\\an?\d\}")
_LABEL = re.compile(
    r"(?:>>+|[-–—])?\s*(?P<name>[A-Z][\w.'’\-]*(?:[ ,]+[\w.'’\-]+){0,5})(?:\s*\([^)]{1,40}\))?:(?=\s|$)"
)
_TURN = re.compile(r"\s*(?:>>+|[-–—](?=\s?[A-Z\"“]))\s*")
_BETWEEN = re.compile(r"(?<=\S)\s+(?=>>)")  # another speaker in the middle of a line
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
_LONG = 400  # characters after which a sentence's end ends a paragraph
_PAUSE = 4  # seconds


@dataclass
class _Turn:
    """What one speaker says from `start` on; `end` is when the last words go off the screen, in seconds."""

    start: int
    end: int
    words: str


def read(data: bytes) -> Contents:
    """The transcript of a file of subtitles. A turn begins at a speaker's label, a dash or `>>`, or a pause.

    Raises `AttributionError` where it has no words.
    """
    text = decode(data, "").replace("\r\n", "\n").replace("\r", "\n")
    turns: list[_Turn] = []
    shown: list[str] = []
    until = 0
    for start, end, lines in _cues(text):
        # Live captions roll: a line stands again under the next one. A whole cue over again is said again.
        again = lines == shown and start >= until
        fresh = [line for line in lines if again or line not in shown]
        shown, until = lines, end
        for part in (part for line in fresh for part in _BETWEEN.split(line)):
            _add(turns, start, end, part)
    if not turns:
        raise AttributionError("is a file of subtitles without words. Name another.")
    return Contents([Document("\n\n".join(f"[{_clock(turn.start)}] {turn.words}" for turn in turns))])


def _cues(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Start and end in seconds, and the lines, of each cue; notes and styles are none."""
    matches = list(_CUE.finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        until = following.start() if following else len(text)
        block = text[match.end() : until].split("\n\n", 1)[0]
        lines = [line for raw in block.split("\n") if (line := _plain(raw))]
        yield _seconds(match, ""), _seconds(match, "2"), lines


def _seconds(match: re.Match[str], which: str) -> int:
    hours, minutes, seconds = (int(match[part + which] or 0) for part in "hms")
    return hours * 3600 + minutes * 60 + seconds


def _plain(line: str) -> str:
    """A line without tags; the voice that WebVTT names stands before its words, as in other subtitles."""
    line = _VOICE.sub(lambda match: f"{match[1].strip()}: ", line)
    return " ".join(html.unescape(_TAG.sub("", line)).replace("\0", "").split())


def _add(turns: list[_Turn], start: int, end: int, line: str) -> None:
    label, mark = _LABEL.match(line), _TURN.match(line)
    last = turns[-1] if turns else None
    words = _TURN.sub("", line, count=1) if mark else line
    if not words:
        return
    said_by = f"{label['name']}:" if label else None
    if last and said_by and last.words.startswith(said_by) and not mark:
        words, label = words[label.end() - (len(line) - len(words)) :].strip(), None  # type: ignore[union-attr]
    ended = last is not None and _ENDS.search(last.words) is not None
    rests = last is not None and ended and (start - last.end >= _PAUSE or len(last.words) > _LONG)
    if last is None or label or mark or rests:
        turns.append(_Turn(start, end, words))
    elif words:
        last.words, last.end = f"{last.words} {words}", end


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
