"""Plain text and Markdown: bytes → the article's text, with not a character changed."""

from __future__ import annotations

import codecs
import hashlib
import re

from attribution.article import Article, AttributionError
from attribution.readers.formats import TEXT

MOST_BYTES = TEXT.most_bytes
"""The largest text read, in bytes: a book, several times over."""

# The longer mark first: UTF-32's little-endian one starts with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"{\\rtf", "an RTF document"),
    (b"%pdf-", "a PDF"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_VISIBLE = re.compile(r"[^\s\ufeff\u200b\u200c\u200d\u2060]")
# “it’s” and “no.” as old Macs wrote them; in cp1252 these would be capitals behind small letters.
_MAC_MARKS = re.compile(rb"[a-z]\xd5[a-z]|[a-z.,?!]\xd3")
# UTF-8 sequences of two to four bytes; broken UTF-8 is full of them, other encodings hardly have any.
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# “é” and “’” in UTF-8; in a Western encoding these would be two and three signs that stand nowhere together.
_UTF8_IN_WESTERN = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x90-\xaf]")


def article_from_bytes(data: bytes, file: str, **metadata: str | None) -> Article:
    r"""The article that `data` holds; `file` is what a person calls it, `metadata` what is known of it.

    Line ends, tabs, spaces and quotation marks stay as they are; only a byte order mark goes.
    Raises `AttributionError` where `data` is no text, or more of it than `MOST_BYTES`.

    >>> article_from_bytes(b"Hill said:\r\n\x93No.\x94", "note.txt").text
    'Hill said:\r\n“No.”'
    """
    if len(data) > MOST_BYTES:
        raise TEXT.too_large(file)
    for start, kind in _FOREIGN:
        if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(start):
            raise AttributionError(f"{file}: is {kind}, not plain text. Save its text as .txt and name that.")
    text = decode(data, file)
    if is_blank(text):
        raise AttributionError(f"{file}: is empty. Name a file that holds an article's text.")
    return Article(text, file=file, sha256=hashlib.sha256(data).hexdigest(), **metadata)


def is_blank(text: str) -> bool:
    """Whether nothing in `text` can be seen."""
    return _VISIBLE.search(text) is None


def decode(data: bytes, file: str) -> str:
    """The characters of `data`: by its byte order mark, else UTF-8, else the likeliest encoding.

    Raises `AttributionError` where it is binary, broken, or in no encoding that can be told.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in data:
        raise _binary(file)
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise AttributionError(
                f"{file}: is broken {encoding.upper()} at byte {error.start:,}. Save it as UTF-8 again."
            ) from None
        if data.startswith(codecs.BOM_UTF8):
            raise _mixed(data, file, error.start) from None
        text = _decode_guessing(data, file, error.start)
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > 2 + len(text) // 500:
        raise _binary(file)
    return text


def _decode_guessing(data: bytes, file: str, bad_byte: int) -> str:
    """Decode what is no UTF-8; `bad_byte` is where it stops being so."""
    beyond_ascii = len(re.findall(rb"[\x80-\xff]", data))
    in_utf8 = sum(len(match) for match in _UTF8_LETTER.findall(data))
    # A lone byte may be a letter of another encoding, or what is left of a damaged one: whoever reads on by a
    # guess puts a letter into a quote that nobody wrote.
    if in_utf8 * 2 > beyond_ascii:
        raise _mixed(data, file, bad_byte)
    # A guess needs many letters: of “José said no.” it makes Arabic. Text that is nearly all ASCII
    # is in a Western encoding, and of those only two write curly marks.
    if beyond_ascii * 3 < len(re.findall(rb"[A-Za-z]", data)):
        if odd := _UTF8_IN_WESTERN.search(data):
            raise _mixed(data, file, odd.start(), "cp1252")
        try:
            return data.decode("mac_roman" if _MAC_MARKS.search(data) else "cp1252")
        except UnicodeDecodeError:
            pass  # cp1252 leaves five bytes without a meaning
    # Imported here: UTF-8, nearly every article, never needs it.
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise AttributionError(f"{file}: is in no known text encoding. Save it as UTF-8 text.")
    return data.decode(guess.encoding)


def _binary(file: str) -> AttributionError:
    return AttributionError(f"{file}: is binary, not text. Save the article as UTF-8 text and name that.")


def _mixed(data: bytes, file: str, byte: int, encoding: str = "utf-8") -> AttributionError:
    """At `byte` ends what is in `encoding`: the place as an editor shows it, by line and the words before."""
    before = data[:byte].decode(encoding, "replace").removeprefix("\ufeff")
    lines = re.split(r"\r\n|\r|\n", before)
    words = _CONTROL.sub("", " ".join(lines[-1][-60:].split()[-4:]))
    place = f"line {len(lines):,}{f', after “{words}”' if words else ''} (byte {byte:,})"
    return AttributionError(
        f"{file}: mixes two encodings, or is damaged, in {place}. "
        "Mend that line in an editor, and save the file as UTF-8."
    )
