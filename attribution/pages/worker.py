"""What takes long is made beside the pages: one thread takes turns between the jobs of all visitors."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Hashable
from dataclasses import dataclass, field
from typing import Any

Steps = Generator[None, None, Any]
"""A job's work, parted by `yield` where another job may have its turn; what it returns is what was made."""

_GONE = 6.0  # seconds after which a visitor who looked no more at a job has left
_BREATH = 0.002  # seconds between two steps, in which the pages' own threads get their turn


@dataclass(eq=False)
class Job:
    """Something that is being made: how far it is, what of it is ready, and in the end what was made.

    `part` is the latest of what was ready on the way, the `parts`-th. Once `finished` is set, `made` or
    `error` is there, or neither where the job was stopped.
    """

    done: int = 0
    total: int = 0
    part: Any = None
    parts: int = 0
    made: Any = None
    error: BaseException | None = None
    finished: threading.Event = field(default_factory=threading.Event)
    stopping: bool = False
    _watchers: dict[Hashable, float] = field(default_factory=dict)

    def publish(self, part: Any) -> None:
        """Let those who watch have what is ready so far."""
        self.part, self.parts = part, self.parts + 1

    def watch(self, who: Hashable) -> None:
        """Somebody waits for it: to be called every few seconds."""
        self._watchers[who] = time.monotonic()

    def leave(self, who: Hashable) -> None:
        """Somebody waits no more: where nobody else does, the job stops at its next step."""
        self._watchers.pop(who, None)
        now = time.monotonic()
        if all(now - seen > _GONE for seen in list(self._watchers.values())):
            self.stopping = True

    def result(self, progress: Callable[[int, int], None] | None = None) -> Any:
        """Wait for what is made, and return it; `None` where the job was stopped. Raises its error."""
        while not self.finished.wait(0.1):
            self.watch(threading.get_ident())
            if progress:
                progress(self.done, self.total)
        if self.error:
            raise self.error
        return self.made


class Pace:
    """When what is ready is shown: the first at once, the rest ever more seldom, for each time costs time."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._next = 0.4

    def due(self) -> bool:
        """Whether it is time."""
        return self._elapsed() >= self._next

    def done(self) -> None:
        """It was shown: the next time is some seconds off."""
        elapsed = self._elapsed()
        self._next = elapsed + max(2.0, elapsed / 2)

    def _elapsed(self) -> float:
        return time.monotonic() - self._began


def finished(made: Any) -> Job:
    """A job that needs no work: `made` is there already."""
    job = Job(made=made)
    job.finished.set()
    return job


class Worker:
    """A thread that does a step of each job in turn, so that a short job does not wait for a long one.

    Python runs one thread at a time: more threads would finish nothing sooner, and make every click slower.
    The thread ends when there is nothing to do.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Job, Steps]] = deque()
        self._running = False

    def start(self, steps: Callable[[Job], Steps]) -> Job:
        """Begin a job; `steps` gets it, to say how far it is."""
        job = Job()
        with self._lock:
            self._waiting.append((job, steps(job)))
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name=self._name, daemon=True).start()
        return job

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                job, steps = self._waiting.popleft()
            if _step(job, steps):
                with self._lock:
                    self._waiting.append((job, steps))
            time.sleep(_BREATH)


def _step(job: Job, steps: Steps) -> bool:
    """Do the next step of a job; whether there are more."""
    try:
        if not job.stopping:
            next(steps)
            return True
        steps.close()
    except StopIteration as end:
        job.made = end.value
    except BaseException as error:  # it belongs to those who wait for the job, not to the worker
        job.error = error
    job.finished.set()
    return False
