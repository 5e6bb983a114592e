"""Nothing leaves the machine: the default way runs with every address but loopback forbidden."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import free_port

pytestmark = pytest.mark.model

GUARD = """
import ctypes, platform, sys

# Python's sockets (PEP 578): an attempt is written down before it is refused, so that one which a library
# swallows is seen too.
def guard(event, arguments):
    if event == "socket.getaddrinfo" or event.startswith("socket.gethostby"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.bind") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in ("127.0.0.1", "::1", "localhost"):
        print("NETWORK", event, host, file=sys.stderr, flush=True)
        raise OSError(f"no network here: {host}")
sys.addaudithook(guard)

# The sockets of libraries that are not Python: the kernel kills the process at its first connect (seccomp).
class Filter(ctypes.Structure):
    _fields_ = [("size", ctypes.c_ushort), ("code", ctypes.c_void_p)]
known = {"x86_64": (0xC000003E, 42), "aarch64": (0xC00000B7, 203)}
if sys.platform == "linux" and platform.machine() in known:
    architecture, connect = known[platform.machine()]
    code = [(0x20, 0, 0, 4), (0x15, 0, 2, architecture), (0x20, 0, 0, 0), (0x15, 1, 0, connect)]
    code += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x80000000)]
    packed = b"".join(
        op.to_bytes(2, "little") + bytes([yes, no]) + k.to_bytes(4, "little") for op, yes, no, k in code
    )
    program = Filter(len(code), ctypes.cast(ctypes.c_char_p(packed), ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(program)):
        print("NOT GUARDED", file=sys.stderr)
"""
RUN = GUARD + "from attribution.cli import main; main(sys.argv[1:])"
TARGET = "Operation Metro Surge"


@pytest.fixture
def offline(tmp_path):
    """The environment of a new user: an empty home, no hub's cache, nothing that forbids the network."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HF_", "TRANSFORMERS_", "ORT_", "CI"))
    }
    return kept | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_the_guard_sees_python():
    code = GUARD + "import socket; socket.create_connection(('192.0.2.1', 80))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 1 and "NETWORK socket.getaddrinfo 192.0.2.1" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
def test_the_guard_sees_what_is_not_python():
    code = GUARD + "ctypes.CDLL(None).connect(0, bytes(16), 16)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if "NOT GUARDED" in result.stderr:
        pytest.skip("the kernel lets no process filter its own calls")
    assert result.returncode == -signal.SIGSYS


def test_the_seeds_are_analysed_without_a_connection(root, offline):
    result = subprocess.run(
        [sys.executable, "-c", RUN, "extract", "seeds", "--target", TARGET, "--format", "jsonl"],
        cwd=root,
        env=offline,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (result.returncode, result.stderr) == (0, "")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) >= 17 and all(row["stance"]["target"] == TARGET for row in rows)
    # ONNX Runtime would keep a device's id and unsent reports here.
    assert list(Path(offline["HOME"]).iterdir()) == []


PAGE = """<!doctype html><html><head><base href="https://base.example/"><title>Open</title>
<link rel="canonical" href="https://canonical.example/a"><link rel="stylesheet" href="https://style.example/a.css">
<meta http-equiv="refresh" content="0; url=https://refresh.example/"><script src="//script.example/"></script>
</head><body><article><p>See https://text.example/a and <a href="https://anchor.example/">this</a>.</p>
<img src="https://image.example/a.png"><iframe src="https://frame.example/"></iframe>
<p>“We will not close it,” Ada Brook told the council of the harbour town on Monday evening.</p></article>"""
FEED = """<?xml version="1.0"?><!DOCTYPE rss SYSTEM "https://dtd.example/rss.dtd"><rss version="2.0"><channel>
<title>Post</title><link>https://feed.example/</link><item><title>Open</title><link>https://item.example/</link>
<description>“We will not,” Ada Brook said.</description></item></channel></rss>"""


def run(offline, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(command, env=offline, capture_output=True, text=True, encoding="utf-8")


def test_no_link_in_an_article_is_followed(offline, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "feed.xml").write_text(FEED)
    result = run(offline, "extract", str(tmp_path / "page.html"), str(tmp_path / "feed.xml"))
    assert "NETWORK" not in result.stderr
    assert result.stdout.count("Ada Brook") >= 2


def test_a_link_that_is_named_is_the_one_thing_asked_for(offline):
    result = run(offline, "extract", "https://news.example/a", "http://10.0.0.1/", "http://2130706433/")
    assert result.returncode == 1 and result.stdout == ""
    network = [line for line in result.stderr.splitlines() if line.startswith("NETWORK")]
    assert network == ["NETWORK socket.getaddrinfo news.example"]


@pytest.mark.skipif(
    not shutil.which("unshare")
    or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode != 0,
    reason="needs a kernel that lets a process have a network of its own",
)
def test_the_seeds_are_analysed_where_there_is_no_network_at_all(root, offline):
    command = [
        "unshare",
        "-rn",
        sys.executable,
        "-m",
        "attribution.cli",
        "extract",
        "seeds",
        "--target",
        TARGET,
    ]
    result = subprocess.run(command, cwd=root, env=offline, capture_output=True, text=True, encoding="utf-8")
    assert (result.returncode, result.stderr) == (0, "")
    assert "Tom Homan" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_the_page_is_served_without_a_connection_and_stops_when_told(root, offline):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "dashboard", "--port", str(port)],
        cwd=root,
        env={name: value for name, value in offline.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/_stcore/health", process) == b"ok"
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert "NETWORK" not in err and "Traceback" not in err
    assert f"http://127.0.0.1:{port}" in out


def answer(address: str, process: subprocess.Popen) -> bytes:
    """What the server says as soon as it is there."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return response.read()
        except OSError:
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.1)
    raise AssertionError(f"{address} never answered")
