"""Folders kept in sight: their articles, read again where a file has come, changed or gone.

seen = stamps(["inbox"])
watch = Watch(["inbox"], read_files(["inbox"]), seen)
while True:
    time.sleep(PAUSE)
    if watch.look():
        print(len(watch.state.articles))
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from attribution import readers
from attribution.article import Article
from attribution.readers import Reading
from attribution.readers.addresses import is_link
from attribution.readers.files import walk
from attribution.readers.metadata import FILE_NAME

PAUSE = 1.5  # seconds between two looks; a file is read once it was the same in two of them

Stamp = tuple[int, ...]
Line = tuple[str, str]  # a file, and what is told of it


@dataclass(frozen=True)
class State:
    """What the files hold now; `version` is another number after each change."""

    articles: tuple[Article, ...] = ()
    refused: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    version: int = 0


@dataclass
class _File:
    stamp: Stamp
    articles: list[Article] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)


class Watch:
    """The articles in files and folders; `state` is as of the last look. For one thread at a time.

    `read` is what `paths` held when their files had the stamps `seen`; tables that come later are read with
    the columns that it names.
    """

    def __init__(self, paths: Sequence[str], read: Reading, seen: Mapping[str, Stamp]) -> None:
        self._paths, self._columns = tuple(paths), read.columns
        self._files: dict[str, _File] = {}
        self._other: list[Line] = []  # what is refused without being a file: a link, a bad articles.toml
        self._passed_over: list[Line] = []  # what the last walk through the folders found beside files
        self._seen = seen
        self.state = State()
        stamps(self._paths, lambda file, reason: self._passed_over.append((file, reason)))
        self._keep(read, seen)
        self._publish(seen)

    def look(self) -> bool:
        """Read what has changed; whether anything has. A file that still grows waits for the next look."""
        refused: list[Line] = []
        seen = stamps(self._paths, lambda file, reason: refused.append((file, reason)))
        before, self._seen = self._seen, seen
        stale = [
            file
            for file, stamp in seen.items()
            if stamp == before.get(file) and (file not in self._files or self._files[file].stamp != stamp)
        ]
        gone = [file for file in self._files if file not in seen]
        if not (stale or gone or refused != self._passed_over):
            return False
        self._passed_over = refused
        for file in gone:
            del self._files[file]
        if stale:
            self._forget(stale)
            self._keep(readers.read_files(stale, self._columns), {file: seen[file] for file in stale})
        self._publish(seen)
        return True

    def follow(self) -> None:
        """Look again and again, for ever; in a huge folder more seldom, to take a fiftieth of the time."""
        while True:
            began = time.monotonic()
            self.look()
            time.sleep(max(PAUSE, 50 * (time.monotonic() - began)))

    def _keep(self, read: Reading, found: Mapping[str, Stamp]) -> None:
        """Give each of the files `found`, just read, its articles and what is told of it."""
        for file, stamp in found.items():
            self._files[file] = _File(stamp)
        for article in read.articles:
            if owner := _owner(article.file, self._files):
                self._files[owner].articles.append(article)
        for file, reason in read.refused:
            if owner := _owner(file, self._files):
                self._files[owner].refused.append((file, reason))
            elif (file, reason) not in self._passed_over:
                self._other.append((file, reason))
        for file, note in read.notes:
            if owner := _owner(file, self._files):
                self._files[owner].notes.append((file, note))

    def _forget(self, files: Iterable[str]) -> None:
        """Let go of what was wrong with the folders of `files`: reading them tells it again."""
        folders = {str(Path(file).parent) for file in files}
        tables = {str(Path(folder, FILE_NAME)) for folder in folders}
        self._other = [(file, reason) for file, reason in self._other if file not in tables]

    def _publish(self, seen: Mapping[str, Stamp]) -> None:
        known = {file: self._files[file] for file in seen if file in self._files}
        told = dict.fromkeys([*self._other, *self._passed_over])
        other = [(file, why) for file, why in told if file not in known and not _holds(file, known)]
        articles, repeats = each_once(a for one in known.values() for a in one.articles)
        refused = [line for one in known.values() for line in one.refused]
        notes = tuple(line for one in known.values() for line in one.notes)
        told_of = (*other, *refused, *repeats)
        self.state = State(tuple(articles), told_of, notes, self.state.version + 1)


def each_once(articles: Iterable[Article]) -> tuple[list[Article], list[Line]]:
    """The articles without those that repeat another's bytes, and for each of these a line that says so."""
    first: dict[str, Article] = {}
    repeats = []
    for article in articles:
        if (other := first.setdefault(article.id, article)) is not article:
            repeats.append((article.file, f"repeats {other.file} word for word. It is loaded once."))
    return list(first.values()), repeats


def _unheard(file: str, reason: str) -> None:
    """Nobody wants to know: what reads the file tells it too."""


def stamps(paths: Iterable[str], refuse: Callable[[str, str], None] = _unheard) -> dict[str, Stamp]:
    """Every article file under `paths`, in order, with what changes when it changes: no file is opened.

    `refuse(file, reason)` hears of what is no article file. 1,000 files take 15 ms.
    """
    found: dict[str, Stamp] = {}
    tables: dict[str, Stamp] = {}
    for path in paths:
        for file in walk(path, refuse) if os.path.isdir(path) else (path,):
            if not (stamp := _stamp(file)):
                continue
            folder = os.path.dirname(file)
            if folder not in tables:
                tables[folder] = _stamp(os.path.join(folder, FILE_NAME))
            found.setdefault(file, stamp + tables[folder])
    return found


def _stamp(file: str) -> Stamp:
    if is_link(file):
        return (0,)  # a page is fetched once, when it is named
    try:
        status = os.stat(file)
    except (OSError, ValueError):
        return ()
    return status.st_mtime_ns, status.st_size


def _owner(name: str, files: Mapping[str, _File]) -> str | None:
    """The file that an article or a refusal is of: an archive's member and a table's row have its name first.

    >>> _owner("a/t.csv, row 3", {"a/t.csv": None, "a": None}), _owner("b.txt", {"a": None})
    ('a/t.csv', None)
    """
    while name and name not in files:
        name = name[: max(name.rfind(", "), name.rfind("/"), name.rfind(os.sep), 0)]
    return name or None


def _holds(folder: str, files: Iterable[str]) -> bool:
    """Whether one of `files` lies under `folder`: it is not empty then."""
    start = os.path.join(folder, "")
    return any(file.startswith(start) for file in files)
