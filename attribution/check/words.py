"""Words with their places, and how two spellings of a word differ.

Texts are never changed. Each word keeps where it stands and gets a `key`, the same for every spelling that
a reader would take for the same word at a glance; what differs between two spellings is told afterwards.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import regex

from attribution.article import Span
from attribution.plain import Plain, without_markup
from attribution.wordlists import read_lists

# A script without spaces between words is read letter by letter.
_WORD = regex.compile(
    r"(?i)[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
    r"|\p{N}+(?:[.,:]\p{N}+)*"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty[-‐‑](?:one|two|three|four|five|six|seven|eight|nine)\b"
    r"|[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200b-\u200f\u2060\ufeff\u00ad]*"
    r"(?:['’ʼ＇][\p{L}\p{N}][\p{L}\p{M}\p{N}\u200b-\u200f\u2060\ufeff\u00ad]*)*"
)
_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xAD, 0xFEFF]
)
_APOSTROPHES = str.maketrans("’ʼ＇‘`´", "''''''")


@dataclass(frozen=True)
class Words:
    """The words of a text: where each starts and ends, and its key.

    Of a text with Markdown `gaps` are the characters before each word without the markup.
    """

    text: str
    starts: array[int]
    ends: array[int]
    keys: tuple[str, ...]
    gaps: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, last: int) -> Span:
        """The characters from word `first` to word `last`, both included."""
        return Span.of(self.text, self.starts[first], self.ends[last])

    def word(self, number: int) -> str:
        """A word as it stands in the text."""
        return self.text[self.starts[number] : self.ends[number]]

    def gap(self, number: int) -> str:
        """The characters between the word before and word `number`."""
        if self.gaps is not None:
            return self.gaps[number]
        before = self.ends[number - 1] if number else 0
        return self.text[before : self.starts[number]]


def words_of(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of `text` from character `start` to `end`, with their places in the whole of it.

    >>> words = words_of("They’ve spent $1,000.")
    >>> words.keys
    ("they've", 'spent', '1000')
    >>> words.span(0, 1)
    Span(start=0, end=13, text='They’ve spent')
    """
    end = len(text) if end is None else end
    if plain := without_markup(text):
        return as_written(_words_of(plain.text, plain.before(start), plain.before(end)), plain)
    return _words_of(text, start, end)


def _words_of(text: str, start: int, end: int) -> Words:
    spans = [match.span() for match in _WORD.finditer(text, start, end)]
    starts, ends = array("q", (a for a, _ in spans)), array("q", (b for _, b in spans))
    return Words(text, starts, ends, tuple(key_of(text[a:b]) for a, b in spans))


def as_written(words: Words, plain: Plain) -> Words:
    """The words of a text without its Markdown where they stand in the text with it; markup is no word."""
    starts = array("q", (plain.places[start] for start in words.starts))
    ends = array("q", (plain.places[end - 1] + 1 for end in words.ends))
    return Words(plain.written, starts, ends, words.keys, tuple(map(words.gap, range(len(words)))))


@lru_cache(maxsize=1 << 18)
def key_of(word: str) -> str:
    """What two spellings of a word share: letters without case, accents, look-alikes or hidden characters.

    >>> key_of("Café"), key_of("саfe"), key_of("1,000"), key_of("forty-five")  # two letters are Cyrillic
    ('cafe', 'cafe', '1000', '45')
    """
    folded = word.casefold()
    if not folded.isascii():
        spread = unicodedata.normalize("NFKD", folded.translate(_INVISIBLE).translate(_APOSTROPHES))
        bare = "".join(c for c in spread if not unicodedata.combining(c)).translate(_look_alikes())
        folded = bare.casefold() or folded
    if folded[0].isdigit():
        return folded.replace(",", "")
    figures = [_figures().get(part, part) for part in regex.split("[-‐‑]", folded)]
    return str(sum(map(int, figures))) if all(figure.isdigit() for figure in figures) else folded


@cache
def _figures() -> dict[str, str]:
    """The figures of the number words up to ninety-nine."""
    return dict(line.split() for line in read_lists("check.txt")["number words"])


@cache
def _look_alikes() -> dict[int, str]:
    lines = read_lists("check.txt")["look-alikes"]
    return {ord(other): latin for latin, others in map(str.split, lines) for other in others}


def plain(text: str) -> str:
    """`text` composed (NFC), with straight apostrophes and nothing invisible in it."""
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).translate(_APOSTROPHES)


def has_invisible(text: str) -> bool:
    """Whether `text` has zero-width or other hidden formatting characters."""
    return any(ord(c) in _INVISIBLE for c in text)


def mixed_script(word: str) -> bool:
    """Whether Latin letters stand beside letters of another script that look like Latin ones."""
    has = {bool(c.isascii()) for c in word if c.isalpha() and (c.isascii() or ord(c) in _look_alikes())}
    return len(has) == 2


def spelling(draft: str, source: str) -> str | None:
    """How two words of one key differ: None, `case`, `hidden`, `number style`, `accent` or `look-alike`.

    >>> [spelling("The", w) for w in ("The", "the", "Thé", "Tһe")]
    [None, 'case', 'accent', 'look-alike']
    """
    ours, theirs = plain(draft), plain(source)
    if ours == theirs:
        return "hidden" if has_invisible(draft) != has_invisible(source) else None
    if ours.casefold() == theirs.casefold():
        return "case"
    if ours[0].isdigit() or theirs[0].isdigit():
        return "number style"
    accentless = [
        "".join(c for c in unicodedata.normalize("NFKD", w.casefold()) if not unicodedata.combining(c))
        for w in (ours, theirs)
    ]
    return "accent" if accentless[0] == accentless[1] else "look-alike"


# --- between the words -----------------------------------------------------------------------------

_MARKS = regex.compile(r"[\"'“”„‟‘’‚‛«»‹›＂＇`´]")
_DASHES = regex.compile(r"\s*[-‐‑‒–—―−﹘－]+\s*")
_ELLIPSIS = regex.compile(r"\[?(?:…|\.\s?\.\s?\.(?:\s?\.)?)\]?")


def is_ellipsis(gap: str) -> bool:
    """Whether the characters between two words declare a cut."""
    return _ELLIPSIS.search(gap) is not None


def between(draft: str, source: str) -> str | None:
    """How the characters between two words differ: None, `typography`, `punctuation` or `sign`.

    Quote marks, dashes, ellipses and white space are typography. Commas and stops are punctuation that
    reporters may set; a `?`, a `!`, a currency or a percent sign changes what is said.

    >>> [between(" ", gap) for gap in (" ", "  ", ", ", "? ", " €")]
    [None, 'typography', 'punctuation', 'sign', 'sign']
    """
    if draft == source:
        return None
    ours, theirs = _signs(draft), _signs(source)
    if ours == theirs:
        return "typography"
    telling = [regex.sub(r"[\s.,;:\-()\[\]{}]", "", gap) for gap in (ours, theirs)]
    return "punctuation" if telling[0] == telling[1] else "sign"


def _signs(gap: str) -> str:
    """The punctuation of a gap, without quote marks and white space, its dashes and ellipses alike."""
    bare = _ELLIPSIS.sub("", _MARKS.sub("", gap.translate(_INVISIBLE)))
    return regex.sub(r"\s+", "", _DASHES.sub("-", bare))


def boundaries(words: Words) -> tuple[list[bool], list[bool]]:
    """Before and after which words a sentence, a paragraph or a quoted piece begins and ends.

    Two lists, one entry a word: whether something begins with it, whether something ends with it.
    """
    gaps = [words.gap(number) for number in range(len(words))]
    gaps.append(words.text[words.ends[-1] :] if len(words) else "")
    begins = [number == 0 or _begins(gap) for number, gap in enumerate(gaps[:-1])]
    ends = [_ends(gap) for _, gap in pairwise(gaps)]
    if ends:
        ends[-1] = True
    return begins, ends


_BEGIN = regex.compile(
    r"[.!?…:\]](?:\s|[\"'”’»)])|[\"“„«‹](?!\s)|(?:^|\s)['‘]|[–—―]\s?$|\n\s*\n|[\r\n]\s*[\r\n]"
)
_END = regex.compile(r"[.!?…][\s\"'”’»)\]]|[.!?…]$|[\"”»]|[,.!?…]['’]|\n\s*\n|[\r\n]\s*[\r\n]")


def _begins(gap: str) -> bool:
    return _BEGIN.search(gap) is not None


def _ends(gap: str) -> bool:
    return _END.search(gap) is not None
