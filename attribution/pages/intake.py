"""What a visitor brings: files, pasted texts and links, read one after another beside the page."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from attribution.article import Article, AttributionError
from attribution.pages.permission import check_may_change
from attribution.pages.words import count
from attribution.pages.worker import Pace
from attribution.readers import Reading
from attribution.readers.document import Table
from attribution.readers.formats import detect
from attribution.readers.links import Links
from attribution.tongue import tongue_of

What = Literal["read", "duplicate", "refused"]

_NAMES = {
    "text": "Text",
    "html": "Web page",
    "pdf": "PDF",
    "archive": "ZIP",
    "rtf": "RTF",
    "mail": "E-mail",
    "csv": "Table (CSV)",
    "jsonl": "Table (JSON)",
    "parquet": "Table (Parquet)",
    "feed": "Feed",
    "warc": "Web archive",
    "subtitles": "Subtitles",
    "exports": "Database export",
}
_OFFICE = {".docx": "Word", ".odt": "OpenDocument"}  # archives, by what is in them


@dataclass(frozen=True)
class Item:
    """One thing to be read: a file's or a pasted text's bytes, or a link without any.

    `title` is what a person called a pasted text, `columns` what is what in a table, if that is not to be
    guessed.
    """

    name: str
    data: bytes | None = None
    title: str | None = None
    columns: Mapping[str, str] | None = None


@dataclass(frozen=True)
class TableRead:
    """A table that was read: which columns it has and which were taken, and the ids of its articles."""

    item: Item
    table: Table
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Fate:
    """What became of a file, or of a part of one: `told` is the reason and the remedy, or what was read."""

    name: str
    what: What
    told: str
    notes: tuple[str, ...] = ()
    of: Item | None = None  # which of what a visitor brought


class Intake:
    """One visitor's reading: a queue, a thread that works it off, and the fate of each thing so far.

    `fates` only grows until it is dismissed. What was read waits in it until `take` is called, since only
    the page's own thread may touch the visitor's session; `due` says when: the first articles at once, the
    others ever more seldom, and the last when all is read.
    """

    def __init__(self) -> None:
        self.fates: list[Fate] = []
        self.tables: list[TableRead] = []  # those among what the fates are of
        self.done = self.total = 0  # things read, and given, since the fates were dismissed
        self._waiting: deque[Item] = deque()
        self._read: list[Article] = []
        self._loaded: dict[str, str] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._pace = Pace()

    @property
    def running(self) -> bool:
        """Whether something is being read now."""
        thread = self._thread
        return thread is not None and thread.is_alive()

    @property
    def news(self) -> bool:
        """Whether something is being read, or has been that nobody has taken yet."""
        return self.running or bool(self._read)

    @property
    def left(self) -> int:
        """How many things nobody has begun to read."""
        return len(self._waiting)

    def add(self, items: Iterable[Item], loaded: Sequence[Article]) -> None:
        """Read `items` after what waits; one whose text is among `loaded` is told to be there already.

        Raises `AttributionError` where the server only shows.
        """
        check_may_change()
        items = list(items)
        with self._lock:
            self._waiting.extend(items)
            self.total += len(items)
            self._loaded |= {article.id: article.name for article in loaded}
        self.go_on()

    def go_on(self) -> None:
        """Read what is waiting, also after a stop."""
        with self._lock:
            self._stopped = False
            if self._waiting and not self.running:
                self._pace = Pace()
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Begin no further file; the one being read is finished."""
        self._stopped = True

    def dismiss(self) -> None:
        """Forget the fates, and what waits after a stop."""
        with self._lock:
            self.fates, self.tables, self.done, self.total = [], [], 0, int(self.running)
            self._waiting.clear()

    def read_again(self, read: TableRead, columns: Mapping[str, str], loaded: Sequence[Article]) -> None:
        """Read a table with other columns; its articles must be taken away, those `loaded` are the others."""
        with self._lock:
            self.fates = [fate for fate in self.fates if fate.of is not read.item]
            self.tables.remove(read)
            self.done, self.total = self.done - 1, self.total - 1
            self._loaded = {}
        self.add([replace(read.item, columns=columns)], loaded)

    @property
    def due(self) -> bool:
        """Whether articles were read that the page is to have now."""
        return bool(self._read) and (not self.running or self._pace.due())

    def take(self) -> list[Article]:
        """The articles read since the last call."""
        with self._lock:
            taken, self._read = self._read, []
            self._pace.done()
        return taken

    def _work(self) -> None:
        with Reading() as reading:
            links = Links(reading)  # one for all: it pauses between two pages of one site
            while (item := self._next()) is not None:
                read = _read(item, reading, links)
                with self._lock:
                    self.fates += self._keep(item, read)
                    self.done += 1

    def _next(self) -> Item | None:
        with self._lock:
            if self._stopped or not self._waiting:
                self._thread = None
                return None
            return self._waiting.popleft()

    def _keep(self, item: Item, read: Reading) -> list[Fate]:
        """Keep the articles that are new; the fates of the item and of its parts, refused ones last."""
        new = []
        fates = []
        for article in read.articles:
            if (other := self._loaded.get(article.id)) is None:
                self._loaded[article.id] = article.name
                new.append(article)
            else:
                told = f"The same text is loaded already, as “{other}”. It is kept once."
                fates.append(Fate(article.file, "duplicate", told))
        if item.data is not None and (table := read.tables.get(item.name)):
            self.tables.append(TableRead(item, table, tuple(article.id for article in new)))
        notes = tuple(note for _, note in read.notes)
        if new:
            self._read += new
            fates.insert(0, Fate(item.name, "read", _summary(item, new), notes))
            notes = ()
        fates += [Fate(file, "refused", sentence(reason)) for file, reason in read.refused]
        if notes and fates:
            fates[0] = replace(fates[0], notes=notes)
        fates = fates or [Fate(item.name, "duplicate", "This link was given before. It is read once.")]
        return [replace(fate, of=item) for fate in fates]


def _read(item: Item, reading: Reading, links: Links) -> Reading:
    """What is in one item alone; `reading`, into which `links` fetches too, is left empty."""
    reading.columns = item.columns
    try:
        if item.data is None:
            links.read(item.name)
        else:
            reading.add(item.data, item.name, {"title": item.title} if item.title else None)
    except AttributionError as error:
        reading.refuse(item.name, str(error))
    except Exception as error:  # one that breaks the reader must not take those after it along
        reading.refuse(item.name, f"cannot be read ({type(error).__name__}). Save its text as .txt.")
    read = Reading(None, reading.articles, reading.refused, reading.notes, reading.tables)
    reading.articles, reading.refused, reading.notes, reading.tables = [], [], [], {}
    return read


def _summary(item: Item, new: Sequence[Article]) -> str:
    """How much was read, of which format, in which languages."""
    words = sum(len(article.text.split()) for article in new)
    languages = dict.fromkeys(tongue.name for article in new if (tongue := tongue_of(article)))
    facts = [count(len(new), "article"), count(words, "word"), _format(item), ", ".join(languages)]
    return " · ".join(fact for fact in facts if fact)


def _format(item: Item) -> str:
    if item.data is None:
        return "Link"
    try:
        module = detect(item.data, item.name).module
    except AttributionError:
        return ""
    suffix = PurePath(item.name).suffix.lower()
    return _OFFICE.get(suffix, _NAMES[module]) if module == "archive" else _NAMES[module]


def sentence(reason: str) -> str:
    """A reason on a line of its own: the readers write it to follow the file's name.

    >>> sentence("is empty. Name another.")
    'Is empty. Name another.'
    """
    return reason[:1].upper() + reason[1:]


def counted(fates: Iterable[Fate]) -> Mapping[str, int]:
    """How many fates there are of each kind."""
    return Counter(fate.what for fate in fates)
