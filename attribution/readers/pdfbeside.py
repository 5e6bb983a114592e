"""What stands on a PDF's pages beside the text: line numbers, footnotes, pull quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from attribution.readers.pdflines import Line

_NUMBER = re.compile(r"\d{1,4}")
_NUMBERED = re.compile(r"(\d{1,4})\s+(?=\S)")
_LISTED = re.compile(r"(\f?)(\d{1,3})[.)]? (?=\S)")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])[.)]?\s*\S")
_ABOVE = 2  # lines that may stand above a headline: the paper's name, a date
_FEWEST = 5  # lines with a number that make a page one with numbered lines


def without_numbers(lines: list[Line]) -> list[Line]:
    """The lines of a page without the numbers of its lines, as drafts and records of courts have them.

    >>> without_numbers([Line(f"{n} Words", 9, 0, 9) for n in range(1, 7)])[5].text
    'Words'
    """
    alone = [line for line in lines if _NUMBER.fullmatch(line.text)]
    if _counts([int(line.text) for line in alone]):
        gone = set(map(id, alone))
        return [line for line in lines if id(line) not in gone]
    begun = [(line, match) for line in lines if (match := _NUMBERED.match(line.text))]
    if len(begun) >= 0.8 * len(lines) and _counts([int(match[1]) for _, match in begun]):
        texts = {id(line): line.text[match.end() :] for line, match in begun}
        return [replace(line, text=texts.get(id(line), line.text)) for line in lines]
    return lines


def _counts(numbers: Sequence[int]) -> bool:
    """Whether the numbers go up by one step: every line's, or every fifth one's."""
    steps = Counter(b - a for a, b in pairwise(numbers))
    step, times = steps.most_common(1)[0] if steps else (0, 0)
    return len(numbers) >= _FEWEST and step in (1, 2, 5, 10) and times >= 0.8 * (len(numbers) - 1)


def without_list_numbers(paragraphs: list[str]) -> list[str]:
    """The paragraphs without the numbers that a program gives them, where most have one.

    >>> without_list_numbers([f"{n}. Words" for n in range(1, 6)])[4], without_list_numbers(["1. Words"])
    ('Words', ['1. Words'])
    """
    begun = [match for paragraph in paragraphs if (match := _LISTED.match(paragraph))]
    if len(begun) < 0.6 * len(paragraphs) or not _counts([int(match[2]) for match in begun]):
        return paragraphs
    return [f"{m[1]}{each[m.end() :]}" if (m := _LISTED.match(each)) else each for each in paragraphs]


def without_notes(pages: list[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without their footnotes, and how many those were.

    A note stands in small letters at the end of a page, begins with a mark, and the text has such marks.
    """
    marks = sum(line.noted for lines in pages for line in lines)
    body = _body_size(pages)
    kept, count = [], 0
    for lines in pages:
        end = first = len(lines)
        while end and lines[end - 1].size < 0.93 * body:
            end -= 1
            if lines[end].note or _NOTE.match(lines[end].text):
                first = end
        notes = sum(line.note or _NOTE.match(line.text) is not None for line in lines[first:])
        if notes and count + notes <= marks:
            count += notes
            lines = lines[:first]
        kept.append(lines)
    return kept, count


def without_pull_quotes(pages: list[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without what stands in large letters and again, word for word, in the text; and how often.

    What stands at the top of a page is a headline.
    """
    body = _body_size(pages)
    said = "\0".join(
        _plain(" ".join(line.text for line in run))
        for large, run in _runs([line for lines in pages for line in lines], body)
        if not large
    )
    kept, count = [], 0
    for lines in pages:
        page: list[Line] = []
        runs = _runs(lines, body)
        heights = sorted((line.y for large, run in runs if not large for line in run), reverse=True)
        top = heights[_ABOVE] if len(heights) > _ABOVE else 0.0
        for large, run in runs:
            words = _plain(" ".join(line.text for line in run)) if large and run[0].y < top else ""
            if len(words) > 30 and words.count(" ") >= 5 and words in said:
                count += 1
            else:
                page += run
        kept.append(page)
    return kept, count


def _runs(lines: Sequence[Line], body: float) -> list[tuple[bool, list[Line]]]:
    """The lines in runs of one size, with whether their letters are much larger than the body's."""
    runs = (list(run) for _, run in groupby(lines, key=lambda line: round(line.size)))
    return [(run[0].size > 1.15 * body, run) for run in runs]


def _plain(text: str) -> str:
    """The words alone; what is cut at a line's end is whole."""
    return " ".join(re.findall(r"\w+", re.sub(r"(?<=\w)[-\u00ad\u2010] (?=[a-z])", "", text.casefold())))


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0
