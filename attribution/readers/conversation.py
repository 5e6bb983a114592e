"""Tables of office documents in which people talk: who speaks in one cell, what is said in the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

ROW_BEGINS, CELL_ENDS, ROW_ENDS = "\ue0f0", "\ue0f1", "\ue0f2"
"""What a reader puts among the paragraphs of a document where a table's rows and cells are."""

_TIME = re.compile(r"[\[(]?(\d{1,3}:\d\d(?::\d\d)?)(?:[.,]\d{1,3})?[\])]?")
_LABEL = re.compile(r"(?:[^\W\d_][^\n:“”\"?!]{0,58}?):?")
_NAME = re.compile(r"[^\W\d_a-z][\w.'’\-]*(?: (?:de|da|la|le|van|von|der|al|bin|[^\W\d_a-z][\w.'’\-]*)){1,4}")
_FEWEST = 3  # turns that make a conversation


def tables_joined(paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs without the marks of tables: each cell's by itself, or a conversation's rows as turns.

    >>> row = lambda *cells: [ROW_BEGINS, *(part for cell in cells for part in (cell, CELL_ENDS)), ROW_ENDS]
    >>> tables_joined([*row("Hill", "No."), *row("Ray", "Why not?"), *row("Hill", "It is late.")])
    ['Hill: No.', 'Ray: Why not?', 'Hill: It is late.']
    """
    done: list[str] = []
    rows: list[list[list[str]]] = []
    cells: list[list[str]] | None = None
    cell: list[str] = []
    for paragraph in paragraphs:
        if paragraph == ROW_BEGINS:
            if cells is None:
                cells, cell = [], []
        elif paragraph in (CELL_ENDS, ROW_ENDS):
            if cells is not None:
                if cell or paragraph == CELL_ENDS:
                    cells.append(cell)
                cell = []
                if paragraph == ROW_ENDS:
                    rows.append(cells)
                    cells = None
        elif not paragraph.strip():
            continue
        elif cells is not None:
            cell.append(paragraph)
        else:
            done += _of_table(rows)
            rows.clear()
            done.append(paragraph)
    if cells is not None:
        rows.append([*cells, cell])
    return done + _of_table(rows)


def _of_table(rows: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """The paragraphs of a table; of a conversation with the speaker before what is said."""
    turns = [_turn(row) for row in rows]
    speakers = Counter(turn[1] for turn in turns if turn)
    again = sum(count for count in speakers.values() if count > 1)
    named = all(_NAME.fullmatch(speaker) for speaker in speakers)
    if speakers.total() < _FEWEST or not (again >= speakers.total() / 2 or named or all(map(_colon, rows))):
        return [paragraph for row in rows for cell in row for paragraph in cell]
    done: list[str] = []
    for row, turn in zip(rows, turns, strict=True):
        if turn is None:
            done += [paragraph for cell in row for paragraph in cell]
        else:
            time, speaker, said = turn
            done += [f"{f'[{time}] ' if time else ''}{speaker}: {said[0].strip()}", *said[1:]]
    return done


def _turn(row: Sequence[Sequence[str]]) -> tuple[str, str, Sequence[str]] | None:
    """The time if one is told, the speaker, and what is said, where a row is a turn."""
    filled = [cell for cell in row if cell]
    times = [cell for cell in filled if len(cell) == 1 and _TIME.fullmatch(cell[0].strip())]
    rest = [cell for cell in filled if cell not in times]
    if len(times) > 1 or len(rest) != 2 or len(rest[0]) != 1:
        return None
    (label,), said = rest
    label = label.strip()
    if not _LABEL.fullmatch(label) or len(label.split()) > 8:
        return None
    match = _TIME.fullmatch(times[0][0].strip()) if times else None
    return match[1] if match else "", label.rstrip(": "), said


def _colon(row: Sequence[Sequence[str]]) -> bool:
    turn = _turn(row)
    return turn is None or any(cell and cell[0].strip().endswith(":") for cell in row)
