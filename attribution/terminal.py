"""What the commands print: tables to read, JSON lines, complaints and a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError

if TYPE_CHECKING:
    from attribution.article import Article
    from attribution.check import CheckedQuote, Difference
    from attribution.lint import Remark

Progress = Callable[[int, int, str], None]


def write_jsonl(records: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line to standard output."""
    from attribution.export import to_jsonl

    write(to_jsonl(records))


def write(made: str | bytes) -> None:
    """To standard output: a text in UTF-8 whatever the terminal's language, its line ends as they are.

    Raises `AttributionError` for the bytes of a file where standard output is a terminal.
    """
    if isinstance(made, bytes) and sys.stdout.isatty():
        raise AttributionError("This format is no text. Send it to a file: … > quotes.xlsx")
    sys.stdout.buffer.write(made.encode("utf-8") if isinstance(made, str) else made)
    sys.stdout.buffer.flush()


def print_records(records: list[dict[str, Any]]) -> None:
    """A table to read, one row a record; names and words are printed as they are, never as markup."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a character shows ? in its place
    console = Console()
    if not records:
        console.print("No quotes found.")
        return
    targets = list(dict.fromkeys(record["stance"]["target"] for record in records if record["stance"]))
    table = Table(box=SIMPLE, title=Text(f"toward {printable(targets[0])}") if len(targets) == 1 else None)
    table.add_column("speaker", max_width=20)
    table.add_column("quote", ratio=1)
    if targets:
        table.add_column("stance", max_width=20)
    table.add_column("sure", justify="right")
    table.add_column("file", max_width=16, no_wrap=True)
    for record in records:
        unread = record["speaker"] is None and record["confidence"] == 0  # of another language
        unnamed = "not read" if unread else record["speaker_description"] or "unnamed"
        cells = [
            record["speaker"] or f"({unnamed})",
            shortened(record["text"], 160),
            "–" if unread else f"{record['confidence']:.0%}",
            Path(record["file"]).name,
        ]
        if targets:
            found = record["stance"]
            toward = f" toward {found['target']}" if len(targets) > 1 else ""
            asked = found["confidence"] or not unread  # of another language the shipped model is not asked
            told = f"{found['label']} {found['score']:+.2f}" if asked else "not read"
            cells.insert(2, f"{told}{toward}")
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)


def print_checked(rows: Sequence[CheckedQuote]) -> None:
    """Checked quotes as a table: the verdict, the draft's words and what is to be said of them."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    sys.stdout.reconfigure(errors="replace")
    console = Console()
    table = Table(box=SIMPLE)
    table.add_column("verdict", max_width=14)
    table.add_column("draft", ratio=1)
    table.add_column("source", ratio=1)
    table.add_column("what differs", ratio=1)
    for row in rows:
        cells = [
            row.verdict,
            f"{shortened(row.quote.words, 160)} {row.quote.speaker or '(nobody named)'}",
            _place_of(row),
            "; ".join([*(f"{d.kind}: {_for(d)}" for d in row.differences), *row.warnings]),
        ]
        style = "" if row.passes else "bold"
        table.add_row(*(Text(printable(cell), style=style if i == 0 else "") for i, cell in enumerate(cells)))
    console.print(table)
    failing = sum(not row.passes for row in rows)
    console.print(f"{len(rows)} quotes, {failing} to look at.")


def _place_of(row: CheckedQuote) -> str:
    passage = row.source or row.nearest
    if passage is None:
        return "–"
    said = f"{shortened(passage.span.text, 120)} {passage.speaker or ''}".strip()
    place = f"{Path(passage.article.file).name}:{passage.span.start}"
    return f"{said} ({place})" if row.source else f"nearest, not a find: {said} ({place})"


def _for(difference: Difference) -> str:
    draft, source = (
        f"“{span.text}”" if span else "nothing" for span in (difference.draft, difference.source)
    )
    return f"{draft} for {source}"


def print_remarks(found: Sequence[tuple[Article, Remark]]) -> None:
    """Remarks on articles, one a line, each with its file, its line there and its kind."""
    sys.stdout.reconfigure(errors="replace")
    for article, remark in found:
        line = article.text.count("\n", 0, remark.span.start) + 1
        print(printable(f"{article.file}:{line}: {remark.kind}: {remark.message}"))
    print(f"{len(found)} {'remark' if len(found) == 1 else 'remarks'}.")


def shortened(text: str, most: int) -> str:
    """The first words of `text`, on one line of at most `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def printable(text: str) -> str:
    """`text` without the characters by which an article could drive the terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)


def complain(line: str) -> None:
    """One line on standard error."""
    print(f"attribution: {printable(line)}", file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A progress bar on standard error, where that is a terminal; gone when the work is done."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Loading the models", total=None)

        def progress(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, description=shortened(what, 40))

        yield progress
