"""Drawings → PNG, without a browser: resvg draws their SVG with the project's own font."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache

from attribution.charts.svg_marks import Drawing, Words, to_svg
from attribution.charts.svg_text import FAMILY, font_file, has_letter

# resvg is imported where it is used: few want a picture as a file.

_CELL = 32  # pixels of the field that a letter is tried in


def to_png(drawing: Drawing, *, zoom: float = 2.0) -> bytes:
    """The drawing as a PNG of `zoom` dots a pixel.

    Letters that the project's font lacks come from the fonts of this computer; those that no font here has
    are boxes, see `missing_letters`.

    >>> to_png(Drawing(2, 2, ()))[:4]
    b'\\x89PNG'
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=to_svg(drawing),
            font_files=[str(font_file()), str(font_file(bold=True))],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            # This computer's fonts take a while to look through: only where a letter needs them.
            skip_system_fonts=all(map(has_letter, "".join(drawing.words()))),
            zoom=zoom,
        )
    )


def missing_letters(texts: Iterable[str]) -> str:
    """The letters of `texts`, each once, that no font of this computer has: a PNG or PDF shows boxes.

    >>> missing_letters(["Plain words."])
    ''
    """
    foreign = sorted({letter for text in texts for letter in text if not has_letter(letter)})
    return _tried("".join(foreign)) if foreign else ""


@lru_cache(maxsize=64)
def _tried(letters: str) -> str:
    """Those of the letters that look like one that no font can have."""
    from PIL import Image

    tried = "\U0010ffff" + letters
    words = tuple(
        Words(number * _CELL + 4, _CELL * 0.75, letter, 18, "#000") for number, letter in enumerate(tried)
    )
    picture = Image.open(io.BytesIO(to_png(Drawing(_CELL * len(tried), _CELL, words), zoom=1.0)))
    fields = [picture.crop((at * _CELL, 0, (at + 1) * _CELL, _CELL)).tobytes() for at in range(len(tried))]
    return "".join(letter for letter, field in zip(tried[1:], fields[1:], strict=True) if field == fields[0])
