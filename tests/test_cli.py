from __future__ import annotations

import csv
import functools
import importlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass

import pytest
from conftest import free_port

from attribution import AttributionError, cli, terminal
from attribution.stance import Settings, StanceClassifier

TARGET = "Operation Metro Surge"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@functools.cache
def loaded(module: str, loader: str, name: str | None):
    """A model, loaded once for all tests of this file."""
    return getattr(importlib.import_module(module), loader)(name)


@pytest.fixture
def attribution(capfdbinary, monkeypatch):
    """Runs the command in this process: `attribution("extract", "a.txt", stdin=b"…")`."""
    for home, loader in (("language", "load_language"), ("stance", "load_stance")):
        once = functools.partial(loaded, f"attribution.{home}", loader)
        monkeypatch.setattr(f"attribution.analysis.{loader}", once)

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Result(end.value.code or 0, out.decode(), err.decode())

    return run


SETTINGS = Settings(("Supports {target}.",), ("Opposes {target}.",), 1, ("support",), 64, 1.0, 0.5)


class Counting:
    """A model that is against whatever is quoted with a “no”, and counts how often it is asked."""

    calls = 0

    def __call__(self, asked):
        import numpy as np

        Counting.calls += 1
        against = [[0.05, 0.05, 0.9], [0.05, 0.9, 0.05]]
        return np.array([[against["“no" not in one.oppose[0].casefold()] for one in mine] for mine in asked])


@pytest.fixture
def counting(monkeypatch):
    """The stance command with the model above in place of the shipped one."""
    Counting.calls = 0
    monkeypatch.setattr(
        "attribution.stance.load_stance", lambda name: StanceClassifier(Counting(), SETTINGS, "counting")
    )
    return Counting


# --- extract ---------------------------------------------------------------------------------------


@pytest.mark.model
def test_extract_prints_the_public_record_of_every_quote(attribution, root, seeds):
    result = attribution("extract", root / "seeds", "--target", TARGET, "--format", "jsonl")
    assert (result.code, result.err) == (0, "")
    assert result.rows == seeds.records()
    for row in result.rows:
        with open(row["file"], encoding="utf-8", newline="") as stream:
            text = stream.read()
        for piece in row["pieces"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]


@pytest.mark.model
def test_extract_without_a_target_gives_no_stance(attribution, root):
    result = attribution("extract", root / "seeds", "--format", "jsonl")
    assert result.rows and all(row["stance"] is None for row in result.rows)


@pytest.mark.model
def test_several_targets_give_a_row_each(attribution):
    text = "“We will go,” said Hugh Hill.\n".encode()
    result = attribution(
        *("extract", "-", "--target", "the march", "--target", "the mayor", "--target", "the march"),
        *("--format", "jsonl"),
        stdin=text,
    )
    assert [(row["file"], row["speaker"], row["stance"]["target"]) for row in result.rows] == [
        ("-", "Hugh Hill", "the march"),
        ("-", "Hugh Hill", "the mayor"),
    ]


@pytest.mark.model
def test_about_says_what_the_target_is(attribution, monkeypatch):
    asked = []
    monkeypatch.setattr("attribution.analysis.check_target", asked.append)
    attribution(
        "extract",
        "-",
        "--target",
        "Lantern",
        "--about",
        "harbour raids",
        stdin="“No,” said Hugh Hill.".encode(),
    )
    assert {(target.name, target.about) for target in asked} == {("Lantern", "harbour raids")}


@pytest.mark.model
def test_csv_and_table_show_the_same_quotes(attribution, root):
    table = attribution("extract", root / "seeds", "--target", TARGET)
    assert table.code == 0 and "Tom Homan" in table.out and "speaker" in table.out
    result = attribution("extract", root / "seeds", "--target", TARGET, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out, newline="")))
    assert {row["speaker"] for row in rows} >= {"Tom Homan", "Jacob Frey"}
    assert all(row["stance_target"] == TARGET for row in rows)


@pytest.mark.model
def test_a_text_without_quotes_is_no_mistake(attribution):
    assert attribution("extract", "-", stdin=b"Nothing was said.") == Result(0, "No quotes found.\n", "")
    assert attribution("extract", "-", "--format", "jsonl", stdin=b"Nothing was said.") == Result(0, "", "")


@pytest.mark.model
def test_a_refused_file_is_one_line_and_the_others_are_processed(attribution, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\0")
    (tmp_path / "b.txt").write_text("“We will go,” said Hugh Hill.", encoding="utf-8")
    result = attribution("extract", tmp_path, "--format", "jsonl")
    assert result.code == 1
    assert [row["speaker"] for row in result.rows] == ["Hugh Hill"]
    assert result.err == (
        f"attribution: {tmp_path}/a.txt: is binary, not text. Save the article as UTF-8 text and name that.\n"
    )


def test_where_every_file_is_refused_nothing_is_printed(attribution, tmp_path):
    result = attribution("extract", tmp_path, tmp_path / "missing.txt")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == [
        f"attribution: {tmp_path}: holds no article. Put .txt or .md files in it, or name another folder.",
        f"attribution: {tmp_path}/missing.txt: there is no such file. Check the path.",
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--target", ""], "target: it is empty. Name an operation,"),
        (["--target", "?!"], "target '?!': it holds no letter and no digit."),
        (["--target", "x" * 1000], "1000 characters, more than 200."),
        (["--about", "a march"], "--about: says what one target is, not 0. Give one --target."),
        (["--target", "a", "--target", "b", "--about", "c"], "--about: says what one target is, not 2."),
        (["--stance-model", "some/model"], "--stance-model: there is no target to take a stance toward."),
    ],
)
def test_an_absurd_target_is_told_before_any_work(attribution, root, arguments, line):
    result = attribution("extract", root / "seeds", *arguments)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert result.err.startswith("attribution: ") and line in result.err


def test_a_model_that_is_not_there_is_one_line(attribution, root, tmp_path):
    result = attribution("extract", root / "seeds", "--language-model", tmp_path / "none")
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert str(tmp_path / "none") in result.err


def test_an_article_cannot_drive_the_terminal(capfd):
    record = {
        "speaker": "\x1b[2JHill [bold]",
        "speaker_description": None,
        "text": "no\x07",
        "confidence": 1.0,
        "file": "a.txt",
        "stance": None,
    }
    terminal.print_records([record])
    out = capfd.readouterr().out
    assert "\x1b" not in out and "\x07" not in out and "[bold]" in out


# --- stance ----------------------------------------------------------------------------------------


def test_stance_adds_a_stance_to_each_row_in_order(attribution, counting, tmp_path):
    rows = [
        {"text": "No way.", "target": "a", "id": 7},
        {"text": "It rained.", "target": "b", "context": "It was wet. [QUOTE] Hill said.", "about": "c"},
        {"text": "Nobody asked.", "target": "a", "speaker": "Hugh Hill"},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = attribution("stance", file)
    assert (result.code, result.err) == (0, "")
    assert [{k: v for k, v in row.items() if k != "stance"} for row in result.rows] == rows
    assert [(row["stance"]["target"], row["stance"]["label"]) for row in result.rows] == [
        ("a", "oppose"),
        ("b", "neutral"),
        ("a", "oppose"),
    ]
    assert counting.calls == 2  # rows that share a target go through the model together


def test_a_bad_row_is_named_by_its_line_and_the_others_go_on(attribution, counting):
    lines = [
        b'{"text": "No.", "target": "a"}',
        b"",
        b"nonsense",
        b'["No."]',
        b'{"text": "No."}',
        b'{"text": 3, "target": "a"}',
        b'{"text": "No.", "target": "?"}',
        b'{"text": "No.", "target": "a", "speaker": 3}',
        b"\xff",
        b'{"text": "No.", "target": "a", "speaker": null}',
    ]
    result = attribution("stance", "-", stdin=b"\n".join(lines))
    assert (result.code, len(result.rows)) == (1, 2)
    assert [line.partition(". ")[0] for line in result.err.splitlines()] == [
        "attribution: standard input, line 3: is no JSON",
        "attribution: standard input, line 4: is no JSON object",
        "attribution: standard input, line 5: has no “target”",
        "attribution: standard input, line 6: has no “text”",
        "attribution: standard input, line 7: target '?': it holds no letter and no digit",
        "attribution: standard input, line 8: “speaker” is no text",
        "attribution: standard input, line 9: is no JSON",
    ]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("rows.jsonl", None, "cannot be read (No such file or directory). Name a JSONL file."),
        ("rows.jsonl", b"\n \n", 'is empty. Write one row {"text": "…", "target": "…"} a line.'),
        ("", None, "cannot be read (Is a directory). Name a JSONL file."),
    ],
)
def test_a_bad_file_of_rows_is_one_line(attribution, tmp_path, name, content, line):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert attribution("stance", tmp_path / name) == Result(
        2, "", f"attribution: {tmp_path / name}: {line}\n"
    )


@pytest.mark.model
def test_the_shipped_model_reads_a_row(attribution):
    row = {"text": "This operation is a disgrace and must end now.", "target": "Operation Lantern"}
    (found,) = attribution("stance", "-", stdin=json.dumps(row).encode()).rows
    assert found["stance"]["best"] == "oppose" and found["stance"]["score"] < 0


# --- dashboard -------------------------------------------------------------------------------------


@pytest.fixture
def streamlit(monkeypatch):
    """Streamlit's arguments, in place of a server."""
    calls = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda arguments, **_: calls.append(arguments))
    return calls


def test_the_page_is_served_to_this_machine_only_with_the_paths_given(
    attribution, streamlit, root, monkeypatch
):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    port = free_port()
    assert attribution("dashboard", root / "seeds", "--port", port).code == 0
    ((command, script, *rest),) = streamlit
    assert (command, script) == ("run", str(root / "dashboard.py")) or "shipped" in script
    flags, paths = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    assert paths == [str(root / "seeds")]
    assert {"--server.address=127.0.0.1", f"--server.port={port}", "--browser.gatherUsageStats=false"} <= set(
        flags
    )
    assert flags[-1] == "--server.headless=" + ("true" if sys.platform == "linux" else "false")


def test_a_port_in_use_is_one_line(attribution, streamlit):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = attribution("dashboard", "--port", port)
    assert result.code == 2 and streamlit == []
    remedy = f"Name another one: --port {port % 65535 + 1}"
    assert result.err == f"attribution: port {port}: cannot be used (Address already in use). {remedy}\n"


def test_the_page_does_not_open_without_an_article(attribution, streamlit, tmp_path):
    assert attribution("dashboard", tmp_path / "none.txt", "--port", free_port()).code == 1
    assert attribution("dashboard", "-").code == 2
    assert streamlit == []


# --- the command itself ----------------------------------------------------------------------------


def test_help_waits_for_no_library():
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules))\n"
    code += "from attribution.cli import main; main(['--help'])"
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert "extract" in out
    assert not {"spacy", "transformers", "onnxruntime", "numpy", "streamlit"} & set(out.split())


def test_no_command_shows_the_help(attribution):
    result = attribution()
    assert result.code == 2 and all(
        command in result.out + result.err for command in ("extract", "stance", "dashboard")
    )


def test_another_error_than_the_users_keeps_its_traceback(monkeypatch):
    def broken(paths, columns):
        raise ZeroDivisionError

    monkeypatch.setattr("attribution.readers.read_files", broken)
    with pytest.raises(ZeroDivisionError):
        cli.main(["extract", "a.txt"])


def test_a_users_mistake_anywhere_is_one_line(attribution, monkeypatch):
    def refused(paths, columns):
        raise AttributionError("a.txt: is wrong. Mend it.")

    monkeypatch.setattr("attribution.readers.read_files", refused)
    assert attribution("extract", "a.txt") == Result(2, "", "attribution: a.txt: is wrong. Mend it.\n")


FAKE = """
import attribution.cli as cli, attribution.stance as stance
class Fake:
    def classify(self, quotes, target):
        return [stance.Stance(target.name, "neutral", "neutral", 0.0, 0.9, "fake")] * len(quotes)
stance.load_stance = lambda name: Fake()
cli.main(["stance", "-"])
"""


def start(**options) -> subprocess.Popen:
    # A shell's background job, as these tests may be, ignores Control-C, and so would its children.
    return subprocess.Popen(
        [sys.executable, "-c", FAKE],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        **options,
    )


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_control_c_ends_it_cleanly():
    process = start()
    process.stdin.write(b"nonsense\n" * 256)  # the rows that are read at once
    process.stdin.flush()
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_reader_that_goes_away_is_no_error():
    reading, writing = os.pipe()
    process = start(stdout=writing)
    os.close(writing)
    os.close(reading)
    row = b'{"text": "No.", "target": "a"}\n'
    _, err = process.communicate(row * 5000, timeout=60)
    assert process.returncode == 1
    assert err == b""


@pytest.mark.model
def test_lint_prints_each_remark_with_its_file_and_line(attribution, tmp_path):
    file = tmp_path / "story.txt"
    file.write_text("The mayor spoke.\n\n“We will go, Ada Brook said.\n", encoding="utf-8")
    result = attribution("lint", file)
    assert result.code == 0
    assert any(line.startswith(f"{file}:3: unclosed marks: ") for line in result.out.splitlines())
    rows = attribution("lint", file, "--format", "jsonl").rows
    assert "unclosed marks" in {row["kind"] for row in rows}
    assert {row["file"] for row in rows} == {str(file)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "start"), [("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("parquet", b"PAR1"), ("xlsx", b"PK")]
)
def test_extract_makes_files_of_every_kind(name, start, tmp_path, capfdbinary):
    file = tmp_path / "story.txt"
    file.write_text("“We will go,” said Ada Brook.\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["extract", str(file), "--format", name])
    assert not end.value.code
    assert capfdbinary.readouterr().out.startswith(start)
