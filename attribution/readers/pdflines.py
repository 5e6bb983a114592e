"""The lines of a PDF's page, each with its place, as one sees them: no soft hyphens, no marks of notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_FALLBACK_SIZE = 10.0
_LIGATURES = dict(zip(map(ord, "ﬀﬁﬂﬃﬄﬅﬆ"), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_NOTE_MARK = re.compile(r"\s*(?:\d{1,3}(?:,\s?\d{1,3})*|[*†‡§])\s*")
_SHOWS_TEXT = {b"Tj", b"TJ", b"'", b'"', b"T*", b"TD", b"ET", b"Do", b"q", b"Q", b"cm"}
_INITIAL = re.compile(r"([\"“‘«'„]?)([^\W\d_])")


@dataclass(frozen=True)
class Line:
    """One line of a page: where it starts, from the lower left corner, and how large its letters are.

    `note` tells that it begins with the raised mark of a footnote, `noted` how many such marks were in it.
    """

    text: str
    x: float
    y: float
    size: float
    note: bool = False
    noted: int = 0


@dataclass(frozen=True)
class _Run:
    """What is drawn with one font at one place."""

    text: str
    x: float
    y: float
    size: float
    spelled: bool = False  # it reads otherwise than it is drawn: as small capitals, at times


def lines_of(page: PageObject) -> list[Line]:
    """The lines of a page in the order in which the file draws them, which is the order of reading."""
    lines: list[Line] = []
    runs: list[_Run] = []
    actual: list[str] = []  # what a span says that it reads as, while it is drawn

    def flush() -> None:
        if line := _line(runs):
            lines.append(line)
        runs.clear()

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        for number, piece in enumerate(text.split("\n")):
            if number:
                flush()
            if not piece:
                continue
            if spelled := bool(actual):
                piece, actual[0] = _lead(piece, actual[0]) + actual[0], ""
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])) ** 0.5
            runs.append(_Run(piece, x, y, (size or 1.0) * scale or _FALLBACK_SIZE, spelled))

    def before(operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        if operator == b"BDC" and (words := _actual_text(operands)) is not None:
            actual[:] = [words]
        elif operator == b"EMC":
            actual.clear()

    spans = _plainly_drawn(page)
    page.extract_text(visitor_text=visit, visitor_operand_before=before if spans else None)
    flush()
    return _with_initials(lines)


def _plainly_drawn(page: PageObject) -> bool:
    """Put what the page draws so that every place is set once, and that spans which read otherwise stand
    apart; returns whether there are such spans.

    pypdf takes a place that is set and moved at once for a gap between words, and has no notion of spans'
    actual text (ISO 32000-2, 14.9.4), as browsers write it for soft hyphens and small capitals.
    """
    from pypdf.generic import ContentStream, NameObject

    drawn = page.get("/Contents")
    drawn = drawn.get_object() if drawn is not None else None
    if drawn is None:
        return False
    content = ContentStream(drawn, page.pdf, "bytes")
    done: list[tuple[Any, bytes]] = []
    font: Any = None
    fonts: list[Any] = []
    place: list[float] | None = None
    spans = inside = False
    for operands, operator in content.operations:
        if operator == b"Tm" and len(operands) == 6 and all(isinstance(n, int | float) for n in operands):
            place = [float(number) for number in operands]
            continue
        if place is not None:
            if operator == b"Td" and len(operands) == 2 and all(isinstance(n, int | float) for n in operands):
                x, y = map(float, operands)
                place[4] += x * place[0] + y * place[2]
                place[5] += x * place[1] + y * place[3]
                continue
            if operator in _SHOWS_TEXT:
                done.append((list(place), b"Tm"))
                place = None
        if operator == b"Tf":
            font = (operands, operator)
        elif operator == b"q":
            fonts.append(font)
        elif operator == b"Q" and fonts:
            font = fonts.pop()
        begins = operator == b"BDC" and _actual_text(operands) is not None
        if font and (begins or (inside and operator == b"EMC")):
            done.append(font)  # said again, it parts what stands before it from what follows
        if operator in (b"BDC", b"EMC"):
            inside = begins
            spans = spans or begins
        done.append((operands, operator))
    content.operations = done
    page[NameObject("/Contents")] = content
    return spans


def _actual_text(operands: Sequence[Any]) -> str | None:
    properties = operands[1] if len(operands) > 1 else None
    words = properties.get("/ActualText") if isinstance(properties, dict) else None
    if isinstance(words, bytes):
        words = words.decode("utf-16" if words[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1", "replace")
    return words if isinstance(words, str) else None


def _lead(drawn: str, words: str) -> str:
    """The space before the span that pypdf has found there, if it is none of the span's own."""
    return " " if drawn[:1] == " " and drawn.strip() and words and not words[0].isspace() else ""


def _line(runs: Sequence[_Run]) -> Line | None:
    """The line that the runs make: as large as most of its letters, without the marks of notes."""
    filled = [run for run in runs if run.text.strip()]
    if not filled:
        return None
    sizes: Counter[float] = Counter()
    for run in filled:
        sizes[round(run.size, 1)] += len(run.text) * (1 if run.spelled else 1000)
    size = max(sizes, key=lambda size: (sizes[size], size))
    base = next((run for run in filled if abs(run.size - size) < 0.1), filled[0])
    kept, noted, note = [], 0, False
    for run in runs:
        if run.size < 0.93 * size and run.y > base.y + 0.1 * size and _NOTE_MARK.fullmatch(run.text):
            before = "".join(kept).rstrip()
            if not before:
                note = True
                continue
            if not before[-1].isdigit():  # 10², perhaps
                noted += 1
                kept.append(" " if run.text[-1:] == " " else "")
                continue
        kept.append(run.text)
    text = _clean("".join(kept))
    start = filled[0] if not note or len(filled) == 1 else filled[1]
    return Line(text, start.x, base.y, size, note, noted) if text else None


def _clean(text: str) -> str:
    """The text of a line, a soft hyphen only at its end.

    >>> _clean("H A R B O U R  O P E N"), _clean("a con\u00adsti\u00ad‐")
    ('HARBOUR OPEN', 'a consti\u00ad')
    """
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", "", text.translate(_LIGATURES))
    text = re.sub(r"\u00ad\s*[-\u2010]\s*$", "\u00ad", text)  # the hyphen that is seen there
    text = re.sub(r"\u00ad(?!\s*$)", "", text)
    letters = text.split()
    if len(letters) > 3 and sum(len(letter) > 1 for letter in letters) * 10 < len(letters):
        words = (re.sub(r" (?=\S)", "", word) for word in re.split(r"[ \u00a0]{2,}", text.strip()))
        text = " ".join(words)  # letters set apart, two spaces between words
    text = re.sub(r"^(\d{1,3}[.)])(?=[A-Z“\"‘])", r"\1 ", text.strip())  # in a list, set apart by a tab
    return re.sub(r"[ \t\u00a0]+", " ", text).strip()


def _with_initials(lines: list[Line]) -> list[Line]:
    """The lines with large initials put before the words that they begin."""
    usual = Counter(word for line in lines for word in re.findall(r"[^\W\d_]+", line.text.lower()))
    sizes = sorted(line.size for line in lines)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    initials = {
        number: match
        for number, line in enumerate(lines)
        if line.size > 1.8 * body and (match := _INITIAL.fullmatch(line.text))
    }
    if not 0 < len(initials) <= 20:
        return lines
    done: list[Line | None] = list(lines)
    for number, match in initials.items():
        cap = lines[number]
        if (at := _begun_by(cap, lines)) is not None:
            apart = _stands_alone(match[2], lines[at].text, usual)
            done[at] = replace(lines[at], text=f"{cap.text}{' ' if apart else ''}{lines[at].text}", x=cap.x)
            done[number] = None
            for below, line in enumerate(lines):  # beside the initial still
                if lines[at].y > line.y > cap.y - 0.3 * cap.size and abs(line.x - lines[at].x) < 2:
                    done[below] = replace(line, x=cap.x)
    return [line for line in done if line]


def _begun_by(cap: Line, lines: Sequence[Line]) -> int | None:
    """Which line stands at the top right of a large initial."""
    beside = [
        (line.y, number)
        for number, line in enumerate(lines)
        if 0 < line.x - cap.x < 1.5 * cap.size and -0.3 * cap.size < line.y - cap.y < cap.size
        if line.size < cap.size / 1.5
    ]
    return max(beside)[1] if beside else None


def _stands_alone(letter: str, text: str, usual: Counter[str]) -> bool:
    """Whether an initial is a word of its own: “A gathering”, not “After”."""
    first = next(iter(_words(text)), "")
    if letter not in "AI" or not text[:1].isalpha():
        return False
    return usual[first] > 1 >= usual[letter.lower() + first]


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"[^\W\d_]+", text.lower()))
