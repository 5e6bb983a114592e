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
_TIMED = re.compile(r"<\d\d:\d\d:\d\d\.\d{3}>")  # a word's own time: captions that a program makes
_BRACKETED = re.compile(r"(>>+ ?)?[\[(]([A-Z][\w.'’\-]*(?: [\w.'’\-]+){1,4})[\])]:? +(?=\S)")
_SOUND = re.compile(r"(?i)ing$|^(?:music|applause|laughter|cheers|noise|silence|theme)$")
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
    rolls = _TIMED.search(text) is not None
    turns: list[_Turn] = []
    shown: list[str] = []
    until = 0
    for start, end, lines in _cues(text):
        # Live captions roll: a line stands again under the next one. A whole cue over again is said again.
        again = lines == shown and start >= until and not rolls
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
    names = _bracketed(text)
    for match, following in zip_longest(matches, matches[1:]):
        until = following.start() if following else len(text)
        block = text[match.end() : until].split("\n\n", 1)[0]
        lines = [line for raw in block.split("\n") if (line := _labelled(_plain(raw), names))]
        yield _seconds(match, ""), _seconds(match, "2"), lines


def _seconds(match: re.Match[str], which: str) -> int:
    hours, minutes, seconds = (int(match[part + which] or 0) for part in "hms")
    return hours * 3600 + minutes * 60 + seconds


def _plain(line: str) -> str:
    """A line without tags; the voice that WebVTT names stands before its words, as in other subtitles."""
    line = _VOICE.sub(lambda match: f"{match[1].strip()}: ", line)
    return " ".join(html.unescape(_TAG.sub("", line)).replace("\0", "").split())


def _bracketed(text: str) -> frozenset[str]:
    """The names that stand in brackets before what is said, where three lines have one: `[ANN HILL] No.`"""
    found = [match[2] for line in text.split("\n") if (match := _BRACKETED.match(_plain(line)))]
    names = [name for name in found if not any(map(_SOUND.search, name.split()))]
    return frozenset(names) if len(names) >= 3 else frozenset()


def _labelled(line: str, names: frozenset[str]) -> str:
    """The line with a name in brackets as other subtitles have it: before a colon."""
    match = _BRACKETED.match(line) if names else None
    return f"{match[1] or ''}{match[2]}: {line[match.end() :]}" if match and match[2] in names else line


def _add(turns: list[_Turn], start: int, end: int, line: str) -> None:
    label, mark = _LABEL.match(line), _TURN.match(line)
    last = turns[-1] if turns else None
    ended = last is None or _ENDS.search(last.words) is not None
    if label and not (
        ended or mark or label["name"].isupper() or any(t.words.startswith(label[0]) for t in turns[-20:])
    ):
        label = None  # since Thursday: a sentence that goes on
    words = _TURN.sub("", line, count=1) if mark else line
    if not words:
        return
    said_by = f"{label['name']}:" if label else None
    if last and said_by and last.words.startswith(said_by) and not mark:
        words, label = words[label.end() - (len(line) - len(words)) :].strip(), None  # type: ignore[union-attr]
    rests = last is not None and ended and (start - last.end >= _PAUSE or len(last.words) > _LONG)
    if last is None or label or mark or rests:
        turns.append(_Turn(start, end, words))
    elif words:
        glue = "" if re.search(r"\w-$", last.words) and words[0].islower() else " "
        last.words, last.end = f"{last.words}{glue}{words}", end


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
