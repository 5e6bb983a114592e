"""A coverage-guided fuzz run of every reader: atheris (libFuzzer) with changes that know each format.

    pip install atheris
    python tests/fuzz_readers.py [--seconds 600] [--together 1] [FORMAT…]

Each format runs in a process of its own. An input goes to the reader as the child process calls it, and some
through the child itself. A crash is anything but a refusal in one line (or the limits of time and memory,
which in use end the child), a broken promise (`readers_promises.py`), a file or address touched outside.
Inputs that crash are kept in FOLDER/FORMAT/found. “Unforeseen” are exceptions of a parser that no reader had
words for: they are refused too, by the last resort. “Ended” counts the times that a library in C ended the
process, as it would end the child, which costs that one file.

With --hypothesis it is the property tests of `test_readers_properties.py` that run so long: stories that come
back word for word from every format, and files spoilt at random.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


SECONDS = 10.0  # as in use, but of the processor: it may run beside other work
MEMORY = 1_000_000_000  # of address space, above what atheris has set aside; 512 MB in use
LARGEST = 200_000  # bytes of an input
THROUGH_THE_CHILD = 300  # one input in so many
KINDS = (
    *("text", "html", "pdf", "docx", "odt", "zip", "rtf", "mail", "mbox", "csv", "jsonl", "parquet"),
    *("feed", "warc", "subtitles", "exports"),
)
_INSTRUMENTED = [
    *("attribution", "pypdf", "trafilatura", "justext", "courlan", "htmldate", "feedparser", "sgmllib"),
    *("striprtf", "email", "zipfile", "csv", "json", "html", "quopri", "base64", "lxml_html_clean"),
]


def main() -> None:
    """Fuzz the formats named, or all, and print a line for each."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(KINDS)}; none: all")
    options.add_argument("--seconds", type=float, default=600, help="for each format (600)")
    options.add_argument("--together", type=int, default=1, help="formats at the same time (1)")
    options.add_argument(
        "--folder", type=Path, default=HERE.parent / ".train" / "fuzz", help="for what is found"
    )
    options.add_argument("--report", action="store_true", help="only print what the last runs found")
    options.add_argument("--hypothesis", action="store_true", help="the property tests, for as long")
    options.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    kinds = given.formats or list(KINDS)
    if unknown := set(kinds) - set(KINDS):
        options.error(f"no format {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    if given.hypothesis:
        for kind in kinds:
            print(_properties(kind, given.seconds), flush=True)
        return
    if given.worker:
        Worker(kinds[0], given.folder).run(given.seconds)
        return
    if not given.report:
        _run_all(kinds, given.seconds, given.together, given.folder)
    _report(kinds, given.folder)


def _run_all(kinds: list[str], seconds: float, together: int, folder: Path) -> None:
    waiting, running = list(kinds), {}
    for kind in kinds:
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for old in (
            folder / kind / "figures.json",
            folder / kind / "log.txt",
            *(folder / kind / "found").glob("*"),
        ):
            old.unlink(missing_ok=True)
    while waiting or running:
        while waiting and len(running) < together:
            kind = waiting.pop(0)
            running[kind] = (time.monotonic() + seconds, _start(kind, seconds, folder))
        time.sleep(1)
        for kind, (until, worker) in list(running.items()):
            left = until - time.monotonic()
            if worker.poll() is None and left > -60:
                continue
            worker.kill()
            worker.wait()
            del running[kind]
            if (
                left > 5
            ):  # a crash in C ended it, and libFuzzer kept the input: on with what is left of the time
                running[kind] = (until, _start(kind, left, folder))
            else:
                print(_line(kind, folder), flush=True)


def _start(kind: str, seconds: float, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(HERE / "fuzz_readers.py"), kind, "--worker", f"--folder={folder}"]
    with (folder / kind / "log.txt").open("ab") as log:
        return subprocess.Popen([*command, f"--seconds={seconds:.0f}"], stdout=log, stderr=log)


def _properties(kind: str, seconds: float) -> str:
    """Half of the time stories, half of it spoilt files; counts of each, in a line."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st
    from readers_strategies import PLAIN_ONLY, WRITERS, spoilt, stories
    from test_readers_properties import check_spoilt, check_story

    counts = Counter()
    sound = WRITERS[kind](["Story0 said “No,” and all the others said so too. " * 4] * 3)

    def story(data: st.DataObject) -> None:
        check_story(kind, data.draw(stories(odd=kind not in PLAIN_ONLY)))
        counts["stories"] += 1

    def file(data: st.DataObject) -> None:
        counts["read" if check_spoilt(kind, data.draw(spoilt(sound))) else "refused"] += 1

    for check in (story, file):
        until, number = time.monotonic() + seconds / 2, 0
        while time.monotonic() < until:
            number += 1
            # No phase that keeps or shrinks: a failure is printed as it was found, and the run goes on.
            run = settings(max_examples=200, deadline=None, database=None, phases=[Phase.generate])
            run = settings(run, suppress_health_check=list(HealthCheck))
            try:
                seed(number)(run(given(st.data())(check)))()
            except Exception:
                counts["failures"] += 1
                traceback.print_exc()
    words = ("stories", "read", "refused", "failures")
    return f"{kind:10}" + "".join(f"{counts[word]:10,} {word}" for word in words)


# --- one format ----------------------------------------------------------------------------------------


class Worker:
    """Fuzzes one reader in this process until the time is up; keeps count in `figures.json`."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder / kind
        self.figures: dict[str, Any] = {
            **dict.fromkeys(
                ("inputs", "refused", "read", "articles", "at_limit", "crashes", "through_child"), 0
            ),
            "slowest": 0.0,
            "unforeseen": {},
        }
        with contextlib.suppress(OSError, ValueError):  # a run that libFuzzer ended goes on
            self.figures |= json.loads((self.folder / "figures.json").read_text())
        self.saved = time.monotonic()
        self.reading = False
        self.touched: list[str] = []
        self.memory: int | None = None
        self.promises: ModuleType  # imported when it can be instrumented

    def run(self, seconds: float) -> None:
        """Fuzz; does not return: libFuzzer ends the process."""
        import atheris
        from fuzz_mutators import mutate

        with atheris.instrument_imports(include=_INSTRUMENTED):  # nothing of ours is imported before
            import readers_promises

            self.promises = readers_promises
            seeds = self._load(tuple(_seeds(self.kind)))
        _watch(self)
        corpus, found = self.folder / "corpus", self.folder / "found"
        for place in (corpus, found):
            place.mkdir(exist_ok=True)
        for number, seed in enumerate(seeds):
            (corpus / f"seed-{number:03}").write_bytes(seed)

        def change(data: bytes, most: int, seed: int) -> bytes:
            if seed % 4 == 0:
                return atheris.Mutate(data, most)
            return mutate(data, self.kind, seeds, seed)[:most]

        self.memory = _address_space() + MEMORY
        _limit(self.memory)
        options = [f"-max_total_time={seconds:.0f}", "-rss_limit_mb=0", f"-max_len={LARGEST}"]
        command = [sys.argv[0], str(corpus), *options, f"-artifact_prefix={found}/", "-print_final_stats=1"]
        atheris.Setup(command, self.one, custom_mutator=change)
        atheris.Fuzz()

    def _load(self, seeds: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """Import the reader and all that it imports when it reads; the seeds that take no long time."""
        from attribution.readers import reading  # noqa: F401

        quick = []
        for seed in (seeds[0], *seeds):  # to instrument what it imports takes its time
            began = time.monotonic()
            with contextlib.suppress(self.promises.AttributionError, MemoryError):
                self._read(seed, 600)
            if time.monotonic() - began < 0.5:
                quick.append(seed)
        return tuple(dict.fromkeys(quick)) or seeds[:1]

    def one(self, data: bytes) -> None:
        """One input: count what comes of it; keep it where it breaks a promise."""
        self.figures["inputs"] += 1
        began = time.process_time()
        try:
            articles = self._outcome(data)
            self.figures["refused"] += articles is None
            self.figures["articles"] += articles or 0
            self.figures["read"] += bool(articles)
        except (MemoryError, _TooLong):
            self.figures["at_limit"] += 1
            self._keep(data, "limit")
        except BaseException as error:
            self._crash(data, error)
        if (seconds := time.process_time() - began) > self.figures["slowest"]:
            self.figures["slowest"] = round(seconds, 2)
            self._keep(data, "slowest")
        if self.figures["inputs"] % THROUGH_THE_CHILD == 1:
            self._through_the_child(data)
        if time.monotonic() - self.saved > 2:
            self.save()

    def _outcome(self, data: bytes) -> int | None:
        """How many articles there were; `None` where it was refused, in a line as it should be."""
        try:
            return self._read(data)
        except self.promises.AttributionError as error:
            self.promises.check_line(str(error))
            return None

    def _read(self, data: bytes, seconds: float = SECONDS) -> int:
        """As the child process reads it, within so many seconds; how many articles there were."""
        with _alarm(seconds), self._foreseen(data):
            self.reading = True
            try:
                contents = self.promises.read(data, self.kind)
            finally:
                self.reading = False
            assert not self.touched, f"touched {self.touched.pop()}"
            return 1 if self.kind == "text" else len(contents.documents) + len(contents.members)

    @contextlib.contextmanager
    def _foreseen(self, data: bytes) -> Iterator[None]:
        """Count the refusals that no reader had words for, by their exception; keep the first of each."""
        try:
            yield
        except self.promises.AttributionError as error:
            if match := re.search(r"cannot be read as .*?\((\w+)(?::|\))", str(error)):
                kinds = self.figures["unforeseen"]
                kinds[match[1]] = kinds.get(match[1], 0) + 1
                if kinds[match[1]] == 1:
                    self._keep(data, f"unforeseen-{match[1]}")
            assert not self.touched, f"touched {self.touched.pop()}"
            raise

    def _through_the_child(self, data: bytes) -> None:
        from attribution.readers.reading import read_uploads

        self.figures["through_child"] += 1
        _limit(None)
        try:
            reading = read_uploads([("note", data)])
            assert reading.articles or reading.refused, "neither read nor refused"
            for _, reason in reading.refused:
                self.promises.check_line(reason)
            for article in reading.articles[:50]:
                assert all(0 <= a < b <= len(article.text) for a, b in article.paragraphs)
        except BaseException as error:
            self._crash(data, error)
        _limit(self.memory)

    def _crash(self, data: bytes, error: BaseException) -> None:
        self.figures["crashes"] += 1
        place = traceback.extract_tb(error.__traceback__)[-1]
        name = f"crash-{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
        if not (self.folder / "found" / name).exists():
            self._keep(data, name)
            (self.folder / "found" / f"{name}.txt").write_text("".join(traceback.format_exception(error)))
        self.save()

    def _keep(self, data: bytes, name: str) -> None:
        (self.folder / "found").mkdir(exist_ok=True)
        (self.folder / "found" / name).write_bytes(data)

    def save(self) -> None:
        """Write the figures where the one who waits can read them."""
        self.saved = time.monotonic()
        fresh = self.folder / "figures.new"
        fresh.write_text(json.dumps(self.figures))
        fresh.replace(self.folder / "figures.json")


def _seeds(kind: str) -> Iterator[bytes]:
    """Sound files of the kind: those of the tests, made and real, and the small ones of the hostile files."""
    import readers_samples
    from hostile_files import hostile_files

    suffixes = {"text": ".txt .md", "mail": ".eml", "feed": ".rss .xml .atom", "subtitles": ".srt .vtt"}
    suffixes |= {"html": ".html .xhtml", "warc": ".warc .warc.gz", "jsonl": ".jsonl .json"}
    endings = tuple(suffixes.get(kind, f".{kind}").split())
    yield readers_samples.every_kind()[kind]
    if kind == "exports":
        import test_readers_layouts as layouts

        for write in (layouts.lexis, layouts.nexis, layouts.proquest, layouts.factiva, layouts.newsbank):
            yield (write(1) + write(2)).encode()
    for path in sorted((HERE / "data" / "real").glob("*")):
        if path.name.endswith(endings):
            yield path.read_bytes()
    for file in hostile_files({}, "/nowhere/canary.txt"):
        if file.name.endswith(endings) and 0 < len(file.data) < 3_000:
            yield file.data


class _TooLong(BaseException):
    """The time is up; no reader catches it."""


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _watch(worker: Worker) -> None:
    """Hear of every file and connection that a reader opens, with the guard of the child itself."""
    from attribution.readers import child

    guard = child._guard(child._own_folders())

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if worker.reading:
            try:
                guard(event, arguments)
            except PermissionError as error:
                worker.touched.append(str(error))
                raise

    sys.addaudithook(hook)


def _address_space() -> int:
    """What this process has taken so far, in bytes."""
    return int(re.search(r"VmSize:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024


def _limit(memory: int | None) -> None:
    """Hold this process to `memory` bytes, or let it go: the child that it starts has a limit of its own."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory or most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# --- the report ----------------------------------------------------------------------------------------


def _report(kinds: list[str], folder: Path) -> None:
    heads = "format inputs read refused articles unforeseen limit crashes ended child".split()
    print(f"\n{heads[0]:10}" + "".join(f"{head:>11}" for head in heads[1:]) + "   slowest  coverage")
    for kind in kinds:
        print(_line(kind, folder))


def _line(kind: str, folder: Path) -> str:
    """What came of one format, in a line: the coverage is in libFuzzer's edges, of the seeds → at the end."""
    try:
        figures = json.loads((folder / kind / "figures.json").read_text())
        log = (folder / kind / "log.txt").read_text(errors="replace")
    except OSError:
        return f"{kind:10} not run"
    edges = [int(found) for found in re.findall(r"(?m)^#\d+\s+\w+\s+cov: (\d+)", log)]
    unforeseen = Counter(figures["unforeseen"])
    counts = [figures[name] for name in ("inputs", "read", "refused", "articles")]
    ended = log.count("libFuzzer: deadly signal")
    counts += [unforeseen.total(), figures["at_limit"], figures["crashes"], ended, figures["through_child"]]
    covered = f"{edges[0]:,} → {edges[-1]:,}" if edges else "none"
    kinds = ", ".join(name for name, _ in unforeseen.most_common(4))
    row = f"{kind:10}" + "".join(f"{count:11,}" for count in counts)
    return f"{row}{figures['slowest']:8.2f} s  {covered}  {kinds}"


if __name__ == "__main__":
    main()
