"""Every quotation-marked span of an article, in any style, at its exact characters.

`glyphs.py` says what each mark of a paragraph may be and what that reading of it costs, `pairing.py`
finds the paragraph's cheapest reading; here its spans are joined where the next paragraph reopens them.
"""

from __future__ import annotations

from dataclasses import dataclass

from attribution.article import Span, paragraphs
from attribution.glyphs import LAST_MARK, MARK, GlyphRow, family_of, read_glyphs
from attribution.pairing import Pair, pair_glyphs


@dataclass(frozen=True)
class Marked:
    """One span in quotation marks.

    `pieces` include their marks. There is more than one only where a quote runs over several paragraphs
    and each reopens the mark: the earlier pieces then have no closing mark and end at their paragraph's
    last character. `unclosed` says that the last piece has none either. `depth` is 0 for an outer span,
    1 for one inside it, and so on. `single` says that it stands in single marks (' ' or ‹ ›).
    """

    pieces: tuple[Span, ...]
    unclosed: bool
    depth: int
    single: bool

    @property
    def start(self) -> int:
        """Where the first piece starts."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1].end


def find_marks(text: str) -> list[Marked]:
    """Every quotation-marked span of `text`, in order of start; takes time linear in its length.

    A quote crosses into the next paragraph only where that one reopens the mark. A quote whose closing
    mark is missing ends at its paragraph's end, or before the next opening mark in that paragraph.
    Marks around nothing are no span.

    >>> [(m.depth, m.pieces[0].text) for m in find_marks("She said, “He told me ‘never’ and left.”")]
    [(0, '“He told me ‘never’ and left.”'), (1, '‘never’')]
    """
    rows = [read_glyphs(text, start, end) for start, end in paragraphs(text)]
    openers = [mark.family for row in rows for mark in row.marks if mark.opens < 1 < mark.drops]
    single_style = openers.count("s") > openers.count("d")
    found: list[Pair] = []
    pending: list[Pair] = []
    for i, row in enumerate(rows):
        reopened = "".join(mark.family for mark in rows[i + 1].reopening) if i + 1 < len(rows) else ""
        new, pending = _join(pending, pair_glyphs(text, row, single_style, reopened), row)
        found += new
    return sorted((_marked(pair, text) for pair in found), key=lambda marked: marked.start)


def unmarked(text: str) -> str:
    """A piece's words without the quotation marks around them.

    Only the piece's own marks go: an inner quote keeps its marks, and a piece without a closing mark
    loses only the opening one. Text that merely begins and ends with two different quotes stays as it is.

    >>> unmarked("“He told me ‘never again,’”"), unmarked("‘We will go")
    ('He told me ‘never again,’', 'We will go')
    """
    words = text.strip()
    opening, closing = MARK.match(words), LAST_MARK.search(words)
    if not opening:
        return words
    outer = [marked for marked in find_marks(words) if not marked.depth]
    if len(outer) > 1 and not outer[0].unclosed and outer[-1].end == len(words):
        return words
    end = len(words)
    if (
        closing
        and closing.start() >= opening.end()
        and family_of(closing.group()) == family_of(opening.group())
    ):
        end = closing.start()
    return words[opening.end() : end].strip()


def _marked(pair: Pair, text: str) -> Marked:
    pieces = tuple(Span.of(text, start, end) for start, end in pair.pieces)
    return Marked(pieces, not pair.closed, pair.depth, pair.opening.family in "sf")


def _join(pending: list[Pair], spans: list[Pair], row: GlyphRow) -> tuple[list[Pair], list[Pair]]:
    """Join the spans still open (`pending`) to the `spans` of the next paragraph where that reopens them.

    Returns the spans that are new in the paragraph, and those still open at its end, outermost first.
    """
    joined = 0
    for earlier, span, mark in zip(pending, spans, row.reopening, strict=False):
        same = earlier.opening.family == mark.family and earlier.opening.straight == mark.straight
        if span.opening is not mark or span.depth != earlier.depth or not same:
            break
        earlier.pieces += span.pieces
        earlier.closed = span.closed
        joined += 1
    new = spans[joined:]
    current = [*pending[:joined], *new]
    return new, [span for span in current if not span.closed and span.pieces[-1][1] == row.end]
