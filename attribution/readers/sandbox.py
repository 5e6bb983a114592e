"""The child process in which files are parsed: it may take 10 s and 512 MB a file, and can be killed."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from attribution.article import AttributionError
from attribution.readers.document import Contents
from attribution.readers.formats import MEGABYTE, Format

SECONDS = 10.0
"""The longest that one file may take."""

MEMORY = 512 * 1024 * 1024
"""The most bytes of address space that the child may have, where the system can hold it to that."""

_MOST_REPLY = 200 * MEGABYTE
_MOST_FILES = 200  # after so many a fresh child: some parsers keep what they have read
# One thread and one arena: each takes address space from the limit.
_THRIFTY = {
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "ARROW_IO_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class Sandbox:
    """One child process at a time, started when first needed and after each one that was lost.

    Not for several threads at once: each has a sandbox of its own.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    def parse(self, format: Format, data: bytes, file: str, options: dict[str, Any]) -> Contents:
        """What `file`, a `format` with the bytes `data`, holds; `options` are the reader's own.

        Raises `AttributionError` where the reader refuses it, crashes, hangs or takes too much memory.
        """
        request = pack({"module": format.module, "options": options})
        deadline = time.monotonic() + SECONDS
        while True:
            served = self._served
            record, contents = self._ask(request, data, deadline)
            if "lost" in record or self._served >= _MOST_FILES:
                self.close()
            if "error" in record:
                raise AttributionError(f"{file}: {record['error']}")
            if contents is not None:
                return contents
            if time.monotonic() >= deadline:
                raise _refusal(file, format, f"could not be read within {SECONDS:.0f} s")
            if not served:
                most = f"takes more than {MEMORY // 1024 // 1024} MB of memory to read"
                crash = "stopped the program that reads it"
                raise _refusal(file, format, most if record["lost"] == "memory" else crash)
            # What the child had read before may have worn it out: once more in a fresh one.

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.kill()
            for stream in (self._child.stdin, self._child.stdout):
                with contextlib.suppress(OSError):  # what was still on its way to it is lost with it
                    stream.close()  # type: ignore[union-attr]
            self._child.wait()
        self._child, self._served = None, 0

    def _ask(self, request: bytes, data: bytes, deadline: float) -> tuple[dict[str, Any], Contents | None]:
        """The child's reply, and the contents that are in it; `lost` where it died or was killed."""
        child = self._child = self._child or _start()
        self._served += 1
        alarm = threading.Timer(max(0.0, deadline - time.monotonic()), child.kill)
        alarm.daemon = True
        alarm.start()
        try:
            assert child.stdin and child.stdout
            for frame in (request, data):
                write_frame(child.stdin, frame)
            reply = read_frame(child.stdout, _MOST_REPLY)
            record, left = unpack(reply), _MOST_REPLY - len(reply)
            members = []
            for _ in record.get("members", ()):
                members.append(read_frame(child.stdout, left))
                left -= len(members[-1])
            return record, None if record.keys() & {"error", "lost"} else Contents.of_record(record, members)
        except (OSError, EOFError, ValueError, TypeError, KeyError, RecursionError):
            return {"lost": "crash"}, None
        finally:
            alarm.cancel()


def _refusal(file: str, format: Format, what: str) -> AttributionError:
    return AttributionError(
        f"{file}: {what}. It may be broken, or {format.what} made to harm: save its text as .txt."
    )


def _start() -> subprocess.Popen[bytes]:
    """The child: this Python, with this package, and nothing of the folder it is started in."""
    package_root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([package_root, *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "attribution.readers.child", str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _THRIFTY | {"PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C is for the parent, which ends the child
        )
    except OSError as error:
        raise AttributionError(f"The reader of files cannot be started ({error.strerror}).") from None


def pack(record: dict[str, Any]) -> bytes:
    """A record as it goes through the pipe; JSON, for what a child says is not to be run."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpack(frame: bytes) -> dict[str, Any]:
    """The record again. Raises `ValueError` where it is none."""
    return json.loads(frame.decode("utf-8", "surrogatepass"))


def write_frame(stream: IO[bytes], frame: bytes) -> None:
    """Send bytes with their length before them."""
    stream.write(len(frame).to_bytes(8, "big"))
    stream.write(frame)
    stream.flush()


def read_frame(stream: IO[bytes], most: int) -> bytes:
    """The next bytes sent. Raises `EOFError` where there are none, `ValueError` where they are too many."""
    length = int.from_bytes(_exactly(stream, 8), "big")
    if length > most:
        raise ValueError(f"{length} bytes are too many")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
