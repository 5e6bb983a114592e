"""A folder of hostile entries: links that lead out or round in circles, pipes, sockets, names that are none.

`hostile_folder(folder, canary)` fills an empty folder; `crowded_folder(folder)` makes one of 10,000 files.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

CROWD = 10_000
"""The files in a crowded folder."""

GOOD = ("good.txt", "within.txt", "red \x1b[31m\n.txt", os.fsdecode(b"\xff\xfe name.txt"), "a" * 251 + ".txt")
"""The entries that are articles; `within.txt` is a link to the first."""


def hostile_folder(folder: Path, canary: Path) -> None:
    """Fill `folder`; `canary` is a file outside, in a folder of its own, that nothing may lead to."""
    for name in GOOD:
        if name != "within.txt":
            (folder / name).write_text(f"Hill said no, in {name!a}.")
    deep = folder
    for number in range(60):
        deep = deep / f"{number}"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text("Hill said no, deep down.")
    for name, target in {
        "within.txt": "good.txt",
        "out.txt": str(canary),
        "out-relative.pdf": os.path.relpath(canary, folder),
        "out-by-a-link.docx": "out.txt",
        "out-folder": str(canary.parent),
        "root": "/",
        "above": "..",
        "itself": ".",
        "circle-a": "circle-b",
        "circle-b": "circle-a",
        "circle.txt": "circle.txt",
        "nowhere.txt": "no such file",
        "zeros.txt": "/dev/zero",
        "memory.txt": "/proc/self/mem",
        "terminal.txt": "/dev/stdin",
        "articles.toml": str(canary),
    }.items():
        (folder / name).symlink_to(target)
    (folder / "folder.txt").mkdir()
    with open(folder / "hole.html", "wb") as stream:
        stream.write(b"<!doctype html><p>No.</p>")
        stream.truncate(50_000_000_000)  # sparse
    with suppress(AttributeError):  # Windows has none
        os.mkfifo(folder / "pipe.txt")
    with suppress(AttributeError, OSError), socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(folder / "socket.txt"))


def crowded_folder(folder: Path) -> None:
    """Fill `folder` with 10,000 articles."""
    for number in range(CROWD):
        (folder / f"{number}.txt").write_text(f"Hill said no {number} times.")
