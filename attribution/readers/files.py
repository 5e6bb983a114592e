"""Paths → articles: files, folders, links, standard input; what cannot be read is told, the rest goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from attribution.article import Article, AttributionError
from attribution.readers.addresses import is_link
from attribution.readers.formats import SUFFIXES, detect
from attribution.readers.links import Links, read_links
from attribution.readers.metadata import FILE_NAME, read_metadata
from attribution.readers.reading import Reading, only_article, the_article
from attribution.readers.text import MOST_BYTES
from attribution.readers.unread import unread

STANDARD_INPUT = "-"


def read_article(path: str | os.PathLike[str]) -> Article:
    """The article in the file `path` (`-`: on standard input), with what an `articles.toml` beside it says.

    A link is fetched. Raises `AttributionError`, which names the file and the remedy, where it cannot be
    read or holds not just one article. A table in letters (CSV, JSONL) is given as its text; `read_articles`
    has its rows.

    >>> from attribution.paths import seeds_folder
    >>> read_article(seeds_folder() / "004_ee49eee815477422.txt").outlet
    'FOX 9'
    """
    file = os.fspath(path)
    if is_link(file):
        return only_article(read_links([file]), file)
    data = _read_bytes(file)
    known = {} if file == STANDARD_INPUT else read_metadata(Path(file).parent)
    return the_article(data, file, known.get(Path(file).name, {}))


def read_articles(
    paths: Iterable[str | os.PathLike[str]],
) -> tuple[list[Article], list[tuple[str, str]]]:
    """All articles under `paths`, and what was refused as (file, reason).

    A folder is walked, in sorted order, for files named as a format that is read; hidden files, pictures and
    the like are left out, an old Word document or a symbolic link that leads out of the folder is refused. A
    file that is named twice is read once. An http(s) link among `paths` is fetched, as
    `attribution.readers.read_links` says.
    """
    reading = read_files(paths)
    return reading.articles, reading.refused


def read_files(paths: Iterable[str | os.PathLike[str]], columns: Mapping[str, str] | None = None) -> Reading:
    """As `read_articles`, with what else is to be known of the files: which columns of a table were taken.

    `columns` names the columns of tables where they are not to be guessed: `{"text": "Story"}`.
    """
    with Reading(columns) as reading:
        files = _Files(reading)
        for path in paths:
            files.read(os.fspath(path))
    return reading


class _Files:
    """One call of `read_files`: which files it has seen so far."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._refuse = reading.refuse
        self._seen: set[str] = set()
        self._links: Links | None = None
        self._metadata: dict[Path, dict[str, dict[str, str]]] = {}

    def read(self, path: str) -> None:
        if is_link(path):
            self._links = self._links or Links(self._reading)
            self._links.read(path)
        elif path != STANDARD_INPUT and os.path.isdir(path):
            self._read_folder(path)
        else:
            self._read_file(path)

    def _read_folder(self, folder: str) -> None:
        refused_before = len(self._reading.refused)
        empty = True
        for file in walk(folder, self._refuse):
            empty = False
            self._read_file(file)
        if empty and len(self._reading.refused) == refused_before:
            self._refuse(folder, "holds no article. Put .txt or .md files in it, or name another folder.")

    def _read_file(self, file: str) -> None:
        place = file if file == STANDARD_INPUT else os.path.realpath(file)
        if place in self._seen:
            return
        self._seen.add(place)
        try:
            data = _read_bytes(file)
        except AttributionError as error:
            self._refuse(file, str(error))
        else:
            self._reading.add(data, file, self._known(file))

    def _known(self, file: str) -> dict[str, str]:
        """What the `articles.toml` beside `file` says of it. A bad one is refused once."""
        if file == STANDARD_INPUT:
            return {}
        folder = Path(file).parent
        if folder not in self._metadata:
            try:
                self._metadata[folder] = read_metadata(folder)
            except AttributionError as error:
                self._metadata[folder] = {}
                self._refuse(str(folder / FILE_NAME), str(error))
        return self._metadata[folder].get(Path(file).name, {})


def walk(folder: str, refuse: Callable[[str, str], None]) -> Iterator[str]:
    """The article files under `folder`, sorted; `refuse(file, reason)` hears of the others."""

    def unreadable(error: OSError) -> None:
        refuse(str(error.filename), f"cannot be read ({error.strerror}). Change its permissions.")

    root = os.path.realpath(folder)
    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if _leads_out(path := os.path.join(parent, name), root):
                refuse(path, "is a link that leads out of the folder. Name its folder itself.")
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = str(Path(parent, name))
            if not name.lower().endswith(SUFFIXES):
                if (kind := unread(name)) and kind.is_text:
                    refuse(path, f"is {kind.one}. {kind.remedy}")
                continue
            if _leads_out(path, root):
                refuse(path, "is a link that leads out of the folder. Name its file itself.")
            elif os.path.exists(path) and not os.path.isfile(path):
                refuse(path, "is no ordinary file. Save its text in one.")
            else:
                yield path


def _leads_out(path: str, root: str) -> bool:
    return os.path.islink(path) and os.path.commonpath([os.path.realpath(path), root]) != root


def _read_bytes(file: str) -> bytes:
    """The bytes of `file`; one that is too large is refused before it is read whole."""
    if not file:
        raise AttributionError("“”: names no file. Give the path of an article or a folder.")
    try:
        if file == STANDARD_INPUT:
            return _within_limit(sys.stdin.buffer, file)
        with open(file, "rb") as stream:
            return _within_limit(stream, file)
    except FileNotFoundError:
        remedy = f"Write it as https://{file}." if file.startswith("www.") else "Check the path."
        raise AttributionError(f"{file}: there is no such file. {remedy}") from None
    except IsADirectoryError:
        raise AttributionError(f"{file}: is a folder, not a file. Name a file in it.") from None
    except PermissionError:
        raise AttributionError(f"{file}: may not be read. Change its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AttributionError(f"{file}: cannot be read ({reason}). Check the path.") from None


def _within_limit(stream: IO[bytes], file: str) -> bytes:
    """All of `stream`, or an error as soon as it is more than a file of its format may have."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        format = detect(data, file)
        data += stream.read(max(0, format.most_bytes + 1 - len(data)))
        if len(data) > format.most_bytes:
            raise format.too_large(file)
    return data
