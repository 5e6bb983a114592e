"""The child process itself, `python -m attribution.readers.child BYTES`: parses what the parent sends.

It holds itself to BYTES of memory, and opens no connection, no other program and no file but those of
Python and its packages: a parser that is led astray finds the doors shut.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from attribution.article import AttributionError
from attribution.readers.document import Contents
from attribution.readers.formats import FORMATS, MEGABYTE
from attribution.readers.sandbox import SECONDS, pack, read_frame, unpack, write_frame

_MOST_BYTES = 100 * MEGABYTE
_WHAT = {format.module: format.what for format in FORMATS}
_SHUT = re.compile(
    r"socket\.(?:connect|bind|getaddrinfo|gethostby.*|sendto|sendmsg)|subprocess\.Popen|pty\.spawn|"
    r"os\.(?:system|exec|fork.*|posix_spawn|spawn|startfile|rename|remove|rmdir|link|symlink|mkdir|chmod|chown|"
    r"truncate)|shutil\..*|urllib\.Request|ftplib\..*|smtplib\..*|http\.client\..*"
)


def main() -> None:
    """Serve one file after another until the parent goes away."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    _silence()
    _limit(int(sys.argv[1]))
    sys.addaudithook(_guard(_own_folders()))
    alarm = _alarm()
    while True:
        try:
            request = unpack(read_frame(requests, MEGABYTE))
            data = read_frame(requests, _MOST_BYTES)
        except EOFError:
            return
        alarm(int(SECONDS) + 5)  # the parent kills first, if it still lives
        _serve(request, data, replies)
        alarm(0)


def _serve(request: dict[str, Any], data: bytes, replies: IO[bytes]) -> None:
    """Send what the reader makes of `data`: its contents, or why it refuses."""
    members: list[bytes] = []
    try:
        contents = _read(request["module"], data, request["options"])
        reply = pack(contents.as_record())
        members = [member.data for member in contents.members]
    except AttributionError as error:
        reply = pack({"error": str(error).removeprefix(": ")})
    except MemoryError:
        reply = pack({"lost": "memory"})
    for frame in (reply, *members):
        write_frame(replies, frame)


def _read(module: str, data: bytes, options: dict[str, Any]) -> Contents:
    what = _WHAT[module]
    try:
        return _reader(module).read(data, **options)
    except (AttributionError, MemoryError):
        raise
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        raise AttributionError(
            f"is {what}, which needs the package “{package}”. Install it: pip install {package}"
        ) from None
    except RecursionError:
        raise AttributionError("is nested too deeply to be read. Save its text as .txt.") from None
    except Exception as error:  # as many ways to be broken as there are parsers
        if "MemoryError" in repr(error) or "Cannot allocate memory" in str(error):
            raise MemoryError from None
        reason = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", f"{type(error).__name__}: {error}")[:120].strip(" .")
        raise AttributionError(
            f"cannot be read as {what} ({reason}). It may be broken: save it again, or its text as .txt."
        ) from None


def _reader(module: str) -> ModuleType:
    if module not in _WHAT:
        raise ValueError(f"no reader {module}")
    return importlib.import_module(f"attribution.readers.{module}")


def _silence() -> None:
    """What libraries print goes nowhere: the pipe to the parent is for replies alone."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _limit(memory: int) -> None:
    """Take no more memory than `memory`, write no file and leave no core. Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS has the first only in name
            resource.setrlimit(kind, (most, most))


def _own_folders() -> tuple[str, ...]:
    """Where Python and its packages lie, and the tables of time zones and file types."""
    package = Path(__file__).resolve().parents[1]
    folders = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(package), *sys.path}
    own = {os.path.join(os.path.realpath(folder), "") for folder in folders if folder}
    # The package may lie in a checkout, among a person's files.
    return (*(own - {os.sep, os.path.join(package.parent, "")}), *_SYSTEM)


_SYSTEM = (
    "/dev/null",
    "/usr/lib/",
    "/usr/share/zoneinfo/",
    "/etc/localtime",
    "/etc/mime.types",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _guard(own: tuple[str, ...]) -> Any:
    """An audit hook (PEP 578) that shuts the doors; `own` are the places that may be read."""

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int):
                return
            place = os.path.realpath(os.fsdecode(path))
            if (flags or 0) & _WRITES or not place.startswith(own):
                raise PermissionError(f"readers open no file: {place}")
        elif _SHUT.fullmatch(event):
            raise PermissionError(f"readers have no use for {event}")

    return guard


def _alarm() -> Any:
    """`signal.alarm`, whose signal ends the process whatever it is doing; nothing where there is none."""
    import signal

    return getattr(signal, "alarm", lambda seconds: 0)


if __name__ == "__main__":
    main()
