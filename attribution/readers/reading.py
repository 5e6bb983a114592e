"""The bytes of one file after another → articles; what cannot be read is told, and the rest goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType

from attribution.article import Article, AttributionError
from attribution.readers.document import Contents, Table, to_article
from attribution.readers.formats import CSV, HTML, JSONL, TABLES, TEXT, Format, detect
from attribution.readers.sandbox import Sandbox
from attribution.readers.text import article_from_bytes, is_blank

_DEEPEST = 2  # a picture of a letter in a mail in an archive is read, an archive in an archive in one is not
_MOST_REPEATS = 100  # told one by one


@dataclass
class Reading:
    """What was read: `articles`, `refused` as (file, reason), `notes` as (file, what to know of it).

    All but plain text is parsed in a child process, which starts with the first such file and ends with
    the `with` block. `columns` names the columns of tables where they are not to be guessed, as in
    `{"text": "Story"}` ("" is none); its keys are text, title, author, published, outlet, url and language.
    `tables` says, by file, which there were and which were taken.

        with Reading() as reading:
            reading.add(data, "story.pdf")
        print(reading.articles, reading.refused)
    """

    columns: Mapping[str, str] | None = None
    articles: list[Article] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    _sandbox: Sandbox = field(default_factory=Sandbox, repr=False)

    def __enter__(self) -> Reading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox.close()

    def add(
        self,
        data: bytes,
        file: str,
        known: Mapping[str, str] | None = None,
        *,
        named: str | None = None,
        charset: str | None = None,
    ) -> None:
        """Read the file `file`, which holds `data`. `known` is what a person said of it: outlet, title …

        Where it holds several articles only the known outlet, date and language are taken, for all of them.
        Of what a server sent, `named` is the file name that goes with its content type, `charset` the
        encoding that it says.
        """
        self._add(data, file, dict(known or {}), 0, named, charset)

    def refuse(self, file: str, reason: str) -> None:
        """Put `file` among the refused."""
        self.refused.append((file, reason.removeprefix(f"{file}: ")))

    def _add(
        self,
        data: bytes,
        file: str,
        known: dict[str, str],
        depth: int,
        named: str | None = None,
        charset: str | None = None,
    ) -> None:
        try:
            format = detect(data, named or file)
            if format is TEXT:
                self.articles.append(article_from_bytes(data, file, **known))
                return
            contents = self._parse(format, data, file, charset)
        except AttributionError as error:
            self.refuse(file, str(error))
            return
        self._take(contents, file, data, known)
        for member in contents.members:
            path = f"{file}/{member.name}"
            if depth >= _DEEPEST:
                self.refuse(path, "lies too deep in other files. Unpack it and name it by itself.")
            else:
                self._add(member.data, path, _of_several(known), depth + 1)

    def _parse(self, format: Format, data: bytes, file: str, charset: str | None) -> Contents:
        if len(data) > format.most_bytes:
            raise format.too_large(file)
        options: dict[str, object] = {}
        if self.columns and format in TABLES:
            options["columns"] = dict(self.columns)
        if charset and format is HTML:
            options["charset"] = charset
        contents = self._sandbox.parse(format, data, file, options)
        if not (contents.documents or contents.refused or contents.members):
            raise AttributionError(f"{file}: is {format.what} without an article. Name another.")
        return contents

    def _take(self, contents: Contents, file: str, data: bytes, known: dict[str, str]) -> None:
        """Keep what was found; a part that repeats another one word for word is told and left out."""
        sha256 = hashlib.sha256(data).hexdigest()
        of_each = known if len(contents.documents) == 1 else _of_several(known)
        first: dict[str, str] = {}
        repeats = 0
        for document in contents.documents:
            article = to_article(document, file, sha256, of_each)
            if is_blank(article.text):
                self.refuse(article.file, "is empty. Name a file that holds an article's text.")
            elif (other := first.setdefault(article.id, article.file)) != article.file:
                repeats += 1
                if repeats <= _MOST_REPEATS:
                    self.refuse(article.file, f"repeats {other} word for word. It is read once.")
            else:
                self.articles.append(article)
        if repeats > _MOST_REPEATS:
            more = f"{file}, {repeats - _MOST_REPEATS:,} further parts"
            self.refuse(more, "repeat others word for word. They are read once.")
        for part, reason in contents.refused:
            self.refuse(f"{file}, {part}" if part else file, reason)
        if contents.table:
            self.tables[file] = contents.table
        self.notes += [(file, note) for note in contents.notes]


def _of_several(known: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in known.items() if name in ("outlet", "published", "read_as")}


def read_uploads(files: Iterable[tuple[str, bytes]], columns: Mapping[str, str] | None = None) -> Reading:
    """All articles of files that a visitor dropped on the page, as (name, bytes), and each refusal.

    >>> read_uploads([("note.md", b"Hill said no."), ("empty.txt", b"")]).refused
    [('empty.txt', "is empty. Name a file that holds an article's text.")]
    """
    with Reading(columns) as reading:
        for name, data in files:
            reading.add(data, name)
    return reading


def article_from_upload(name: str, data: bytes) -> Article:
    """The article that a visitor of the page uploaded as the file `name`.

    Raises `AttributionError` where `data` cannot be read, or holds not just one article. A table in
    letters (CSV, JSONL) is given as its text; `read_uploads` has its rows.

    >>> article_from_upload("note.md", b"Hill said no.").name
    'note.md'
    """
    return the_article(data, name, {})


def the_article(data: bytes, file: str, known: Mapping[str, str]) -> Article:
    """The one article of `file`, which holds `data`; raises as `article_from_upload` does."""
    if detect(data, file) in (TEXT, CSV, JSONL):
        return article_from_bytes(data, file, **known)
    with Reading() as reading:
        reading.add(data, file, known)
    return only_article(reading, file)


def only_article(reading: Reading, file: str) -> Article:
    """The one article that was read of `file`. Raises `AttributionError` where there are none or several."""
    if len(reading.articles) == 1:
        return reading.articles[0]
    if reading.articles:
        raise AttributionError(
            f"{file}: holds {len(reading.articles):,} articles, not one. Save one by itself."
        )
    name, reason = reading.refused[0]
    raise AttributionError(f"{name}: {reason}")
