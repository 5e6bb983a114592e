"""What a reader makes of one file: documents with what the file says of them, and what it could not read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from attribution.article import Article

BREAKS_OFF = "It breaks off: what followed is missing."
"""What is told of a file that was cut, where what is left of it is read."""


@dataclass(frozen=True)
class Document:
    """One article as a reader found it. What the file does not say stays `None`.

    `part` is its place in a file that holds several ("row 3"); `published` is an ISO date; `sha256` is of
    its own bytes where it has some (a page in a web archive), else the file's is taken.
    """

    text: str
    part: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Member:
    """A file within a file, to be read as if it lay there by itself: `name` is its path in there."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Table:
    """The names of a table's columns, and which of them were taken as the text, the title, …"""

    columns: list[str]
    chosen: dict[str, str]


@dataclass
class Contents:
    """Everything in one file; `refused` holds (part, reason), `notes` what a person should know of it.

    The part "" is the whole file. `table` says of a table which of its columns is what.
    """

    documents: list[Document] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    table: Table | None = None

    def as_record(self) -> dict[str, Any]:
        """All but the members' bytes, as it goes from the child process to the parent.

        >>> Contents.of_record(Contents([Document("Hill said no.")]).as_record(), ()).documents[0].text
        'Hill said no.'
        """
        return {
            "documents": [vars(document) for document in self.documents],
            "refused": self.refused,
            "notes": self.notes,
            "members": [member.name for member in self.members],
            "table": vars(self.table) if self.table else None,
        }

    @classmethod
    def of_record(cls, record: dict[str, Any], members: Iterable[bytes]) -> Contents:
        """The other way; `members` are the bytes of the members in order."""
        return cls(
            [Document(**document) for document in record["documents"]],
            [(str(part), str(reason)) for part, reason in record["refused"]],
            [str(note) for note in record["notes"]],
            [Member(name, data) for name, data in zip(record["members"], members, strict=True)],
            Table(**record["table"]) if record["table"] else None,
        )


_METADATA = ("title", "author", "published", "outlet", "url", "language")


def to_article(document: Document, file: str, sha256: str, known: dict[str, str]) -> Article:
    """The article of a document in `file`; `known`, what a person said of it, goes before what the file says.

    A document that is only a part of its file has an id of its own, which stays the same when the file
    gains a row: it is taken from the text and what is said of it.
    """
    said: dict[str, Any] = {name: getattr(document, name) for name in _METADATA} | known
    if document.part is None:
        return Article(document.text, file=file, sha256=sha256, **said)
    record = json.dumps([document.text, *(getattr(document, name) for name in _METADATA)])
    return Article(
        document.text,
        file=f"{file}, {document.part}",
        sha256=document.sha256 or sha256,
        id=hashlib.sha256(record.encode()).hexdigest()[:12],
        **said,
    )
