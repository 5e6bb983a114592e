"""What becomes of the hostile files, with the limits in use: a table, and with --each a line a file.

    python tests/hostile_fates.py [--each]

“stopped” are files that the child was ended over, at 10 seconds or 512 MB, or that ended it.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from hostile_files import CANARY, Hostile, hostile_files  # noqa: E402
from hostile_folders import CROWD, crowded_folder, hostile_folder  # noqa: E402
from readers_samples import samples  # noqa: E402

from attribution import read_articles  # noqa: E402
from attribution.readers import Reading  # noqa: E402
from attribution.readers.formats import FORMATS  # noqa: E402

_MODULES = {format.module for format in FORMATS}
_STOPPED = re.compile(r"could not be read within|takes more than|stopped the program")


@dataclass(frozen=True)
class Fate:
    """What became of a file: its articles and refusals, how long it took, and the child's memory then."""

    file: Hostile
    texts: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    seconds: float
    memory: int

    @property
    def kind(self) -> str:
        """The format that it is, or is named as."""
        start = self.file.name.partition("-")[0]  # of a sound file that was damaged
        return start if start in _MODULES else self.file.name.rsplit(".", 1)[-1]

    @property
    def outcome(self) -> str:
        """Whether it was read, refused, or stopped at a limit."""
        if any(_STOPPED.search(reason) for _, reason in self.refused):
            return "stopped"
        return "read" if self.texts else "refused"


def fates_of_all(folder: Path) -> Iterator[Fate]:
    """The fates of all hostile files, read by one `Reading`; in `folder` lies what none of them may read."""
    canary = folder / "canary.txt"
    canary.write_text(CANARY)
    with Reading() as reading:
        for file in hostile_files(samples(), str(canary)):
            articles, refused, began = len(reading.articles), len(reading.refused), time.monotonic()
            reading.add(file.data, file.name)
            texts = tuple(article.text for article in reading.articles[articles:])
            told, seconds = tuple(reading.refused[refused:]), time.monotonic() - began
            yield Fate(file, texts, told, seconds, memory_of_child(reading))


def memory_of_child(reading: Reading) -> int:
    """The most memory that the child has had, in bytes; 0 where it is gone or the system tells none."""
    child = reading._sandbox._child
    try:
        status = Path(f"/proc/{child.pid}/status").read_text() if child else ""
    except OSError:
        return 0
    match = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(match[1]) * 1024 if match else 0


def table(fates: Sequence[Fate]) -> str:
    """Markdown: how many files of each kind were read, refused and stopped, and the longest and largest."""
    rows = ["| kind | files | read | refused | stopped | longest | memory |", "|---|--:|--:|--:|--:|--:|--:|"]
    for kind in (*sorted({fate.kind for fate in fates}), "all"):
        own = [fate for fate in fates if kind in ("all", fate.kind)]
        counts = [sum(fate.outcome == outcome for fate in own) for outcome in ("read", "refused", "stopped")]
        longest, most = max(fate.seconds for fate in own), max(fate.memory for fate in own)
        cells = (kind, len(own), *counts, f"{longest:.1f} s", f"{most / 1024 / 1024:.0f} MB")
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def folders(place: Path) -> str:
    """A line for the folder of links, pipes and holes, and one for the crowded one, both made in `place`."""
    outside, lines = place / "outside", []
    outside.mkdir()
    (outside / "canary.txt").write_text(CANARY)
    for what, fill in {
        "a folder of links, pipes and holes": lambda folder: hostile_folder(folder, outside / "canary.txt"),
        f"a folder of {CROWD:,} files": crowded_folder,
    }.items():
        (folder := place / what).mkdir()
        fill(folder)
        began = time.monotonic()
        articles, refused = read_articles([folder])
        read = f"{len(articles):,} read, {len(refused)} refused, {time.monotonic() - began:.1f} s"
        lines.append(f"{what}: {read}, from outside {sum(CANARY in article.text for article in articles)}")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--each", action="store_true", help="also a line a file, with the reason")
    each = options.parse_args().each
    fates = []
    with tempfile.TemporaryDirectory() as folder:
        for fate in fates_of_all(Path(folder)):
            fates.append(fate)
            if each:
                reason = fate.refused[0][1] if fate.refused else f"{len(fate.texts):,} articles"
                print(
                    f"{ascii(fate.file.name)[1:-1]:32}{fate.outcome:9}{fate.seconds:6.2f} s  {reason}",
                    flush=True,
                )
    print(table(fates))
    outside = sum(CANARY in text for fate in fates for text in (*fate.texts, repr(fate.refused)))
    print(f"\nfrom outside: {outside}")
    with tempfile.TemporaryDirectory() as folder:
        print(folders(Path(folder)))


if __name__ == "__main__":
    main()
