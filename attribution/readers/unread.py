"""Files within a file that are not read: each is told with the way out, the hundredth picture in one line."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from attribution.readers.formats import SUFFIXES

_MOST_NAMED = 20  # of one kind told one by one; beyond them the others are counted


@dataclass(frozen=True)
class Unread:
    """A kind of files that no reader is there for: what one is, what several are, and what to do instead."""

    one: str
    several: str
    remedy: str
    suffixes: tuple[str, ...] = ()
    is_text: bool = False  # likely an article


PICTURE = Unread(
    "a picture",
    "pictures",
    "Read its text with OCR, and name that.",
    tuple(".jpg .jpeg .png .gif .webp .tif .tiff .bmp .svg .heic .avif .ico .psd".split()),
)
OTHER = Unread("a file of a kind that is not read", "files of kinds that are not read", "Save it as .txt.")
_HIDDEN = Unread(
    "hidden: its name or its folder's begins with a dot",
    "hidden files",
    "Give it another name to have it read.",
)
_TABLE = Unread(
    "read in a folder alone",
    "files that are read in a folder alone",
    "Unpack the archive and name the folder.",
)
_KINDS = (
    PICTURE,
    Unread(
        "a sound or film",
        "sounds or films",
        "Name its transcript.",
        tuple(".mp3 .m4a .wav .ogg .oga .opus .flac .aac .wma .mp4 .m4v .mov .avi .mkv .webm .wmv".split()),
    ),
    Unread(
        "an old Word document",
        "old Word documents",
        "Save it as .docx or .txt.",
        (".doc", ".dot", ".wpd"),
        True,
    ),
    Unread(
        "a spreadsheet",
        "spreadsheets",
        "Save it as CSV.",
        tuple(".xls .xlsx .xlsm .xlsb .ods .numbers".split()),
    ),
    Unread("a presentation", "presentations", "Save its text as .txt.", (".ppt", ".pptx", ".odp", ".key")),
    Unread("an e-book", "e-books", "Save its text as .txt.", (".epub", ".mobi", ".azw3", ".fb2"), True),
    Unread("a Pages document", "Pages documents", "Export it as .docx.", (".pages",), True),
    Unread("an Outlook file", "Outlook files", "Save it as .eml.", (".msg", ".pst", "winmail.dat"), True),
    Unread("an appointment or a card", "appointments or cards", "It is no article.", (".ics", ".vcf")),
    Unread("an archive", "archives", "Unpack it.", tuple(".7z .rar .tar .tgz .gz .bz2 .xz".split())),
    Unread(
        "a part of a web page",
        "parts of web pages",
        "The page itself is read.",
        tuple(".css .js .mjs .woff .woff2 .ttf .otf .eot .map".split()),
    ),
)
_JUNK = ("thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db", ".localized")


def is_junk(name: str) -> bool:
    """Whether a path is what systems leave behind everywhere, of no use to anybody.

    >>> is_junk("__MACOSX/a.txt"), is_junk("a/._b.txt"), is_junk("in/Thumbs.db"), is_junk("a.txt")
    (True, True, True, False)
    """
    folder, file = posixpath.split(name)
    return "__MACOSX" in folder.split("/") or file.startswith("._") or file.lower() in _JUNK


def unread(name: str) -> Unread | None:
    """What kind of unread file the path `name` is; `None` where a reader is to look at it.

    >>> unread("scan.JPG").one, unread("note.txt"), unread("README")
    ('a picture', None, None)
    """
    parts = name.lower().split("/")
    if any(part.startswith(".") and part not in (".", "..") for part in parts):
        return _HIDDEN
    if parts[-1] == "articles.toml":
        return _TABLE
    if not posixpath.splitext(parts[-1])[1] or parts[-1].endswith(SUFFIXES):
        return None
    return next((kind for kind in _KINDS if parts[-1].endswith(kind.suffixes)), OTHER)


def told(files: Iterable[tuple[str, Unread]]) -> list[tuple[str, str]]:
    """A line for each of the files, as (what is not read, why); of too many of a kind the rest are counted.

    >>> told([("file a.png", PICTURE)])
    [('file a.png', 'is a picture. Read its text with OCR, and name that.')]
    >>> told([(f"file {i}.png", PICTURE) for i in range(234)])[-1]
    ('and 214 more', 'are pictures too.')
    """
    of_kind: dict[Unread, list[str]] = defaultdict(list)
    for name, kind in files:
        of_kind[kind].append(name)
    lines = []
    for kind, names in of_kind.items():
        lines += [(name, f"is {kind.one}. {kind.remedy}") for name in names[:_MOST_NAMED]]
        if len(names) > _MOST_NAMED:
            lines.append((f"and {len(names) - _MOST_NAMED:,} more", f"are {kind.several} too."))
    return lines
