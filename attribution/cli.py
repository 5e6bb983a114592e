"""The command line: thin commands over the package's public functions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attribution.article import AttributionError
from attribution.stance_rows import read_row, with_stances
from attribution.terminal import (
    complain,
    print_checked,
    print_records,
    print_remarks,
    progress_bar,
    write,
    write_jsonl,
)

if TYPE_CHECKING:
    from attribution.analysis import Analysis
    from attribution.article import Article
    from attribution.readers import Reading

# Libraries that take seconds to load are imported where they are used, so that --help is there at once.

app = typer.Typer(
    name="attribution",
    help="Who said what, and where they stand: the direct quotes of news articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_ROWS_AT_ONCE = 256  # rows of `attribution stance` read before the first are written


class Format(StrEnum):
    """How `attribution extract` prints."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    DOCX = "docx"
    PARQUET = "parquet"
    XLSX = "xlsx"


StanceModel = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A zero-shot model of transformers, by name or folder; needs torch."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=NAME", help="A table's column, as in text=Story, where it is not to be guessed."
    ),
]


@app.command()
def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Articles, folders, links, - for standard input.")
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
    column: Columns = None,
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
    reading = _read(paths, column)
    if reading.articles:
        from attribution.analysis import analyse

        with progress_bar() as progress:
            analysis = analyse(
                reading.articles,
                targets=targets,
                language=language_model,
                stance_model=stance_model,
                progress=progress,
            )
        _print_notes(analysis)
        _print_analysis(analysis, output)
    raise typer.Exit(1 if reading.refused else 0)


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
    with progress_bar() as progress, _lines(file) as lines:
        numbered = ((i, line) for i, line in enumerate(lines, start=1) if line.strip())
        while chunk := list(islice(numbered, _ROWS_AT_ONCE)):
            rows = []
            for number, line in chunk:
                try:
                    rows.append(read_row(line))
                except ValueError as error:
                    bad += 1
                    complain(f"{'standard input' if file == '-' else file}, line {number}: {error}")
            if rows:
                from attribution.stance import load_stance

                classifier = classifier or load_stance(stance_model)
                write_jsonl(with_stances(rows, classifier))
            done += len(rows)
            if progress:
                progress(done, 0, "quotes")
    if not done + bad:
        raise AttributionError(f'{file}: is empty. Write one row {{"text": "…", "target": "…"}} a line.')
    raise typer.Exit(1 if bad else 0)


class CheckFormat(StrEnum):
    """How `attribution check` prints."""

    TABLE = "table"
    JSONL = "jsonl"
    HTML = "html"


@app.command()
def check(
    draft: Annotated[
        str, typer.Argument(metavar="DRAFT", help="An article, or JSONL of “text” and “speaker”.")
    ],
    sources: Annotated[
        list[str], typer.Option(metavar="PATH...", help="Articles, transcripts, statements; folders, links.")
    ],
    more: Annotated[
        list[str] | None, typer.Argument(metavar="", hidden=True, help="Further sources.")
    ] = None,
    output: Annotated[CheckFormat, typer.Option("--format", help="How to print.")] = CheckFormat.TABLE,
    language_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, by name or folder.")
    ] = None,
) -> None:
    """Hold every quote of a draft against its sources, word by word.

    The exit code is 1 where a quote is altered, stitched, misattributed, turned round by its context or not
    found, and where a source cannot be read.
    """
    from attribution.analysis import extract as extract_quotes
    from attribution.check import check_quotes, read_draft
    from attribution.check.report import to_html

    wanted = read_draft(draft)
    reading = _read([*sources, *(more or ())])  # those after --sources A stand here
    read: list[Analysis] = []

    def extracting(some: Sequence[Article]) -> Analysis:
        read.append(extract_quotes(some, language=language_model))
        return read[-1]

    with progress_bar() as progress:
        rows = check_quotes(wanted, reading.articles, extract=extracting, progress=progress)
    _print_notes(*read)
    if output is CheckFormat.TABLE:
        print_checked(rows)
    elif output is CheckFormat.HTML:
        write(to_html(rows, Path(draft).name, reading.articles))
    else:
        write_jsonl(row.as_record() for row in rows)
    raise typer.Exit(0 if all(row.passes for row in rows) and not reading.refused else 1)


class LintFormat(StrEnum):
    """How `attribution lint` prints."""

    TABLE = "table"
    JSONL = "jsonl"


@app.command()
def lint(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Articles, folders, links, - for standard input.")
    ],
    output: Annotated[LintFormat, typer.Option("--format", help="How to print.")] = LintFormat.TABLE,
    language_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, by name or folder.")
    ] = None,
) -> None:
    """Print what in the articles' quotes to look at again: open marks, unnamed sources, odd spellings."""
    reading = _read(paths)
    if reading.articles:
        from attribution.analysis import extract as extract_quotes
        from attribution.lint import find_remarks

        with progress_bar() as progress:
            analysis = extract_quotes(reading.articles, language=language_model, progress=progress)
        _print_notes(analysis)
        found = [(a, remark) for a in reading.articles for remark in find_remarks(a, analysis.quotes)]
        if output is LintFormat.TABLE:
            print_remarks(found)
        else:
            ours = ({"article": a.id, "file": a.file} | remark.as_record() for a, remark in found)
            write_jsonl(ours)
    raise typer.Exit(1 if reading.refused else 0)


@app.command()
def dashboard(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Articles, links, folders, watched: what comes or changes there appears by itself. "
            "None: the two seed articles.",
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="The page's port.")] = 8501,
    address: Annotated[
        str,
        typer.Option(
            metavar="HOST", help="Where the page answers: another address than this lets others in."
        ),
    ] = "127.0.0.1",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Only show: nobody can add, change or take away an article.")
    ] = False,
    column: Columns = None,
) -> None:
    """Open the page: who said what about an operation, and where they stand."""
    from attribution import serving

    if "-" in (paths or ()):
        raise AttributionError("-: the page cannot show standard input. Save it as a file and name that.")
    if paths:
        from attribution.pages import library
        from attribution.watch import stamps

        seen = stamps(paths)
        read = _read(paths, column)
        if not read.articles and not any(map(os.path.isdir, paths)):  # a folder may fill later
            raise typer.Exit(1)
        library.start_with(paths, read, seen)
    if warning := serving.warning(address, read_only=read_only):
        complain(warning)
    serving.serve(paths or (), address=address, port=port, read_only=read_only, columns=column or ())


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
        with progress_bar() as progress:
            verdicts = evaluate_speakers(articles, language=language_model, progress=progress)
        write(f"{speakers_report(file.name, verdicts, errors)}\n\n")


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
        with progress_bar() as progress:
            answers = evaluation.evaluate_stance(labelled, classifier, progress=progress)
        write(f"{evaluation.stance_report(file.name, answers, errors)}\n\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """The `attribution` command. A user's mistake is one line on standard error and exit code 2."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    try:
        app(arguments, prog_name="attribution")
    except AttributionError as error:
        complain(str(error))
        sys.exit(2)


# --- reading -------------------------------------------------------------------------------------


def _read(paths: Iterable[str], column: Iterable[str] | None = None) -> Reading:
    from attribution.readers import read_files
    from attribution.readers.tables import named_columns

    reading = read_files(paths, named_columns(column or ()))
    for file, line in (*reading.notes, *reading.refused):
        complain(f"{file}: {line}")
    return reading


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


# --- writing ---------------------------------------------------------------------------------------


def _print_notes(*analyses: Analysis) -> None:
    """What to know of the articles, each once."""
    lines = []
    for analysis in analyses:
        files = {article.id: article.file for article in analysis.articles}
        lines += [f"{files[article]}: {note}" for article, note in analysis.notes]
    for line in dict.fromkeys(lines):
        complain(line)


def _print_analysis(analysis: Analysis, output: Format) -> None:
    records = analysis.records()
    if output is Format.TABLE:
        print_records(records)
        return
    if output is Format.JSONL:
        write_jsonl(records)
        return
    from attribution import export

    if output in (Format.HTML, Format.DOCX):
        targets = [stance.target for quote in analysis.quotes[:1] for stance in quote.stances[:1]]
        view = export.View(analysis.quotes, analysis.articles, *targets)
        write(export.to_html(view) if output is Format.HTML else export.to_docx(view))
    else:
        made = {Format.CSV: export.to_csv, Format.PARQUET: export.to_parquet, Format.XLSX: export.to_xlsx}
        write(made[output](records))


if __name__ == "__main__":
    main()
