"""The command line: thin commands over the package's public functions."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attribution.article import AttributionError

if TYPE_CHECKING:
    from attribution.stance import QuoteInContext, Stance, StanceClassifier, Target

    _Row = tuple[dict[str, Any], Target, QuoteInContext]

# Libraries that take seconds to load are imported where they are used, so that --help is there at once.

app = typer.Typer(
    name="attribution",
    help="Who said what, and where they stand: the direct quotes of news articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Progress = Callable[[int, int, str], None]
_ROWS_AT_ONCE = 256  # rows of `attribution stance` read before the first are written


class Format(StrEnum):
    """How `attribution extract` prints."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


StanceModel = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A zero-shot model of transformers, by name or folder; needs torch."),
]


@app.command()
def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Articles, folders of them, - for standard input.")
    ],
    target: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Also say where each quote stands toward this. May be repeated."),
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the target is, in a few words. For one target.")
    ] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name of the target. For one target. May be repeated."),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print the quotes.")] = Format.TABLE,
    language_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, by name or folder.")
    ] = None,
    stance_model: StanceModel = None,
) -> None:
    """Print every quote of the articles with its speaker, and with --target its stance."""
    from attribution.stance import Target, check_target

    names = list(dict.fromkeys(target or ()))
    for option, given in (("--about: says what one target is", about), ("--alias: names one target", alias)):
        if given and len(names) != 1:
            raise AttributionError(f"{option}, not {len(names)}. Give one --target.")
    targets = [Target(name, about=about, aliases=tuple(alias or ())) for name in names]
    for each in targets:
        check_target(each)
    if stance_model is not None and not targets:
        raise AttributionError("--stance-model: there is no target to take a stance toward. Give a --target.")
    articles, refused = _read(paths)
    if articles:
        from attribution.analysis import analyse

        with _progress_bar() as progress:
            analysis = analyse(
                articles,
                targets=targets,
                language=language_model,
                stance_model=stance_model,
                progress=progress,
            )
        _print_records(analysis.records(), output)
    raise typer.Exit(1 if refused else 0)


@app.command()
def stance(
    file: Annotated[str, typer.Argument(metavar="FILE", help="One quote a line, - for standard input.")],
    stance_model: StanceModel = None,
) -> None:
    """Add a stance to each row {"text", "target"} of a JSONL file.

    A row may also have "context" (the text around, with [QUOTE] where the quote stands), "speaker",
    "about" (what the target is) and "aliases" (its other names). A row that cannot be read is named
    on standard error; the others go on.
    """
    done = bad = 0
    classifier = None
    with _progress_bar() as progress, _lines(file) as lines:
        numbered = ((i, line) for i, line in enumerate(lines, start=1) if line.strip())
        while chunk := list(islice(numbered, _ROWS_AT_ONCE)):
            rows = []
            for number, line in chunk:
                try:
                    rows.append(_row(line))
                except ValueError as error:
                    bad += 1
                    _complain(f"{'standard input' if file == '-' else file}, line {number}: {error}")
            if rows:
                from attribution.stance import load_stance

                classifier = classifier or load_stance(stance_model)
                _write_jsonl(_with_stances(rows, classifier))
            done += len(rows)
            if progress:
                progress(done, 0, "quotes")
    if not done + bad:
        raise AttributionError(f'{file}: is empty. Write one row {{"text": "…", "target": "…"}} a line.')
    raise typer.Exit(1 if bad else 0)


@app.command()
def dashboard(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Articles, folders of them. None: the two seed articles."),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="The page's port.")] = 8501,
) -> None:
    """Open the page: who said what about an operation, and where they stand."""
    from attribution.paths import dashboard_script

    if "-" in (paths or ()):
        raise AttributionError("-: the page cannot show standard input. Save it as a file and name that.")
    if paths and not _read(paths)[0]:
        raise typer.Exit(1)
    script = dashboard_script()
    _check_free(port)
    from streamlit.web.cli import main as streamlit

    from attribution.pages.options import streamlit_flags

    flags = [*streamlit_flags(), f"--server.port={port}", "--server.showEmailPrompt=false"]
    flags.append(f"--server.headless={str(not _has_display()).lower()}")
    streamlit(["run", str(script), *flags, "--", *(paths or ())], prog_name="streamlit")


evaluate = typer.Typer(help="Hold what is found against a gold standard.", no_args_is_help=True)
app.add_typer(evaluate, name="evaluate")

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold standards, JSONL, also gzipped.")]
Errors = Annotated[int, typer.Option(min=0, metavar="N", help="List the N worst errors of each kind.")]


@evaluate.command()
def speakers(
    gold: Gold,
    errors: Errors = 10,
    language_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, by name or folder.")
    ] = None,
) -> None:
    """Print how many quotes, mentions and speakers are right, in Markdown tables.

    The simplest gold has a row an article: its "text" (or the "file" that holds it) and "quotes", a list
    of objects with "pieces" (pairs of start and end) and, where known, "speaker" (the canonical name, null
    for nobody named), "mention", "cue" (pairs or words) and "kind"; "not_quotes" are pairs too. The
    corrected output of `attribution extract --format jsonl` does as well.
    """
    from attribution.evaluate import evaluate_speakers, read_gold, speakers_report

    for file, articles in [(file, read_gold(file)) for file in gold]:
        with _progress_bar() as progress:
            verdicts = evaluate_speakers(articles, language=language_model, progress=progress)
        _write(f"{speakers_report(file.name, verdicts, errors)}\n\n")


@evaluate.command("stance")
def evaluate_stance(gold: Gold, errors: Errors = 10, stance_model: StanceModel = None) -> None:
    """Print how many stances are right and how far their doubt can be trusted, in Markdown tables.

    The simplest gold has a row a quote: {"quote", "target", "label"}, the label support, neutral or
    oppose. A row may also have "context" (with [QUOTE] where the quote stands), "speaker", "about" and
    "aliases" (of the target) and "also" (pairs of further target and label). Articles with their quotes
    do as well, as `attribution evaluate speakers` reads them, each quote with a "stance".
    """
    from attribution import evaluate as evaluation
    from attribution.stance import load_stance

    read = [(file, evaluation.read_stances(file)) for file in gold]
    classifier = load_stance(stance_model)
    for file, labelled in read:
        with _progress_bar() as progress:
            answers = evaluation.evaluate_stance(labelled, classifier, progress=progress)
        _write(f"{evaluation.stance_report(file.name, answers, errors)}\n\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """The `attribution` command. A user's mistake is one line on standard error and exit code 2."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    try:
        app(arguments, prog_name="attribution")
    except AttributionError as error:
        _complain(str(error))
        sys.exit(2)


# --- reading -------------------------------------------------------------------------------------


def _read(paths: Iterable[str]) -> tuple[list[Any], list[tuple[str, str]]]:
    from attribution.readers import read_articles

    articles, refused = read_articles(paths)
    for file, reason in refused:
        _complain(f"{file}: {reason}")
    return articles, refused


@contextmanager
def _lines(file: str) -> Iterator[Iterable[bytes]]:
    """The lines of `file`, or of standard input for `-`."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open(file, "rb")  # noqa: SIM115
    except OSError as error:
        raise AttributionError(f"{file}: cannot be read ({error.strerror}). Name a JSONL file.") from None
    with stream:
        yield stream


def _row(line: bytes) -> _Row:
    """A row of `attribution stance`, as given and as the classifier takes it. Raises `ValueError`."""
    from attribution.stance import QuoteInContext, Target, check_target

    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError('is no JSON. Write {"text": "…", "target": "…"} on one line.') from None
    if not isinstance(row, dict):
        raise ValueError('is no JSON object. Write {"text": "…", "target": "…"}.')
    for field in ("text", "target"):
        if not isinstance(row.get(field), str) or not row[field].strip():
            raise ValueError(f"has no “{field}”. Give it as a text.")
    for field in ("context", "speaker", "about"):
        if not isinstance(row.get(field), str | None):
            raise ValueError(f"“{field}” is no text. Give a text or leave it out.")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise ValueError("“aliases” is no list of texts. Give one or leave it out.")
    target = Target(row["target"], about=row.get("about"), aliases=tuple(aliases))
    try:
        check_target(target)
    except AttributionError as error:
        raise ValueError(str(error)) from None
    return row, target, QuoteInContext(row["text"], context=row.get("context"), speaker=row.get("speaker"))


def _with_stances(rows: Sequence[_Row], classifier: StanceClassifier) -> Iterator[dict[str, Any]]:
    """The rows in their order, each with its stance; those that share a target are classified together."""
    stances: dict[int, Stance] = {}
    for target in dict.fromkeys(target for _, target, _ in rows):
        alike = [i for i, row in enumerate(rows) if row[1] == target]
        found = classifier.classify([rows[i][2] for i in alike], target)
        stances.update(zip(alike, found, strict=True))
    for i, (row, _, _) in enumerate(rows):
        yield row | {"stance": stances[i].as_record()}


# --- writing -------------------------------------------------------------------------------------


def _print_records(records: list[dict[str, Any]], output: Format) -> None:
    if output is Format.TABLE:
        _print_table(records)
    elif output is Format.CSV:
        from attribution.export import to_csv

        _write(to_csv(records))
    else:
        _write_jsonl(records)


def _write_jsonl(records: Iterable[dict[str, Any]]) -> None:
    from attribution.export import to_jsonl

    _write(to_jsonl(records))


def _write(text: str) -> None:
    """To standard output in UTF-8, whatever the terminal's language, and with line ends as they are."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _print_table(records: list[dict[str, Any]]) -> None:
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
    table = Table(box=SIMPLE, title=Text(f"toward {_printable(targets[0])}") if len(targets) == 1 else None)
    table.add_column("speaker", max_width=20)
    table.add_column("quote", ratio=1)
    if targets:
        table.add_column("stance", max_width=20)
    table.add_column("sure", justify="right")
    table.add_column("file", max_width=16, no_wrap=True)
    for record in records:
        cells = [
            record["speaker"] or f"({record['speaker_description'] or 'unnamed'})",
            _shortened(record["text"], 160),
            f"{record['confidence']:.0%}",
            Path(record["file"]).name,
        ]
        if targets:
            found = record["stance"]
            toward = f" toward {found['target']}" if len(targets) > 1 else ""
            cells.insert(2, f"{found['label']} {found['score']:+.2f}{toward}")
        table.add_row(*(Text(_printable(cell)) for cell in cells))
    console.print(table)


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _printable(text: str) -> str:
    """`text` without the characters by which an article could drive the terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _complain(line: str) -> None:
    print(f"attribution: {_printable(line)}", file=sys.stderr)


@contextmanager
def _progress_bar() -> Iterator[Progress | None]:
    """A progress bar on standard error, where that is a terminal; gone when the work is done."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Loading the models", total=None)

        def progress(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, description=_shortened(what, 40))

        yield progress


# --- the page ------------------------------------------------------------------------------------


def _check_free(port: int) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise AttributionError(
                f"port {port}: cannot be used ({error.strerror}). Name another one: --port {port % 65535 + 1}"
            ) from None


def _has_display() -> bool:
    """Whether there is a screen to open a browser on."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


if __name__ == "__main__":
    main()
