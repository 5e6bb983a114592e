"""Hostile and broken files: each is read or refused in one line, and nothing outside is touched.

`pytest tests/test_readers_hostile.py -s` prints the table of their fates.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from hostile_fates import fates_of_all, table
from hostile_files import CANARY
from hostile_folders import CROWD, GOOD, crowded_folder, hostile_folder
from readers_samples import BODY, PAGE, PAPER, pdf

from attribution import read_articles
from attribution.article import AttributionError
from attribution.readers import Reading, read_files, read_uploads, sandbox
from attribution.readers.formats import HTML, TEXT, detect

LIMIT = 2.0  # seconds a file here, that the whole takes less than a minute; 10 in use


@pytest.fixture(scope="module")
def fates(tmp_path_factory):
    """All of the hostile files, read by one `Reading` as a folder or a drop of files would be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "SECONDS", LIMIT)
        return list(fates_of_all(tmp_path_factory.mktemp("outside")))


def test_every_hostile_file_is_read_or_refused(fates):
    assert len(fates) >= 300
    assert [fate.file.name for fate in fates if not (fate.texts or fate.refused)] == []
    assert [fate.file.name for fate in fates if fate.file.must_refuse and fate.texts] == []


CASES = {
    "a ZIP bomb, declared": r"zeros\.zip many-zeros\.zip",
    "a ZIP bomb that lies about its size": r"zeros-that-lie\.zip zeros-that-boast\.zip overlap\.zip",
    "a DOCX or ODT bomb": r"bomb\.docx bomb-that-lies\.docx bomb\.odt kind-bomb\.odt",
    "a PDF bomb": r"flate\.pdf flate-2\.pdf forms-30\.pdf",
    "a bomb in a web archive or a mail": r"bomb\.warc\.gz answer-bomb\.warc attached-bomb\.eml",
    "a billion laughs": r"laughs\.docx laughs\.odt laughs\.rss laughs\.xml laughs\.html",
    "external entities": r"entity\.docx entity\.odt entity\.rss entity\.html parameter\.docx dtd\.rss",
    "a web page of 20 MB": r"20-mb\.html",
    "deep nesting": r"deep-.*\.html deep-.*\.docx deep-.*\.odt deep-.*\.eml deep\.jsonl nested-5\.zip",
    "a wrong extension": r".*-misnamed\.txt .*-misnamed\.pdf .*-misnamed\.docx picture\.txt",
    "a wrong declared encoding": r"utf-7\.html utf-16\.html charset\.eml charset\.rss wrong-charset\.docx",
    "NUL bytes": r"nul\.txt nul\.html nul\.csv .*-behind-zeros",
    "mixed encodings": r"mixed\.txt mixed-few\.txt mixed-many\.txt mixed\.html mixed\.csv",
    "a truncated file": r".*-cut-0\.3 cut\.jsonl head-only\.zip",
    "a path out of an archive": r"traversal-\d\.zip link\.zip",
    "scripts in a page": r"script\.html scripts\.html",
    "files of kinds that are not read": r"pictures\.zip 1900-pictures\.zip old-word\.zip old\.doc",
}
"""By which files each case is shown. Folders and their links are below, addresses in test_links.py."""


@pytest.mark.parametrize("case", CASES)
def test_each_hostile_case_has_its_files(fates, case):
    names = [fate.file.name for fate in fates]
    assert [p for p in CASES[case].split() if not any(re.fullmatch(p, name) for name in names)] == []


def test_every_refusal_is_one_plain_line(fates):
    for fate in fates:
        for file, reason in fate.refused:
            assert re.fullmatch(r"[^\x00-\x1f\x7f]{10,400}", reason), (fate.file.name, reason)
            assert not re.search(r"Traceback|<class|0x[0-9a-f]{8}|attribution/readers", reason), reason
            assert file.startswith(fate.file.name)


def test_no_hostile_file_takes_longer_than_it_may(fates):
    assert [(fate.file.name, fate.seconds) for fate in fates if fate.seconds > 10] == []


def test_the_child_keeps_to_its_memory(fates):
    assert 0 <= max(fate.memory for fate in fates) <= sandbox.MEMORY


def test_nothing_outside_is_read(fates):
    assert not [fate.file.name for fate in fates if any(CANARY in text for text in fate.texts)]
    assert not [fate.file.name for fate in fates if CANARY in repr(fate.refused)]


def test_the_fates_in_figures(fates):
    """Prints the table: how many of each kind were read, refused, and stopped at the limit."""
    print(f"\n{table(fates)}")
    assert sum(fate.outcome == "stopped" for fate in fates) < len(fates) / 5


# --- the child is lost -----------------------------------------------------------------------------


def test_a_parser_that_hangs_is_killed_and_the_next_file_is_read(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 1.0)
    with Reading() as reading:
        reading.add(PAGE.encode(), "first.html")
        os.kill(reading._sandbox._child.pid, signal.SIGSTOP)  # what hangs neither answers nor ends
        began = time.monotonic()
        reading.add(PAGE.encode(), "second.html")
        assert time.monotonic() - began < 5
        monkeypatch.setattr(sandbox, "SECONDS", 10.0)
        reading.add(PAGE.encode(), "third.html")
    assert [article.file for article in reading.articles] == ["first.html", "third.html"]
    assert reading.refused == [
        (
            "second.html",
            "could not be read within 1 s. It may be broken, or a web page made to harm: "
            "save its text as .txt.",
        )
    ]


def test_a_child_that_something_before_has_killed_costs_no_file():
    with Reading() as reading:
        reading.add(PAGE.encode(), "first.html")
        reading._sandbox._child.kill()
        reading.add(PAGE.encode(), "second.html")
    assert (len(reading.articles), reading.refused) == (2, [])


def test_a_file_that_stops_its_parser_is_told(monkeypatch):
    def killed(*_):
        child = start()
        child.kill()
        return child

    start = sandbox._start
    monkeypatch.setattr(sandbox, "_start", killed)
    assert read_uploads([("page.html", PAGE.encode())]).refused == [
        (
            "page.html",
            "stopped the program that reads it. It may be broken, or a web page made to harm: "
            "save its text as .txt.",
        )
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_file_that_takes_too_much_memory_is_told(monkeypatch):
    monkeypatch.setattr(sandbox, "MEMORY", 70 * 1024 * 1024)
    large = PAGE.replace("</article>", f"<p>{BODY}</p>" * 15_000 + "</article>").encode()
    reading = read_uploads([("large.html", large), ("note.txt", b"Hill said no.")])
    ((file, reason),) = reading.refused
    assert file == "large.html" and reason.startswith("takes more than 70 MB of memory to read.")
    assert [article.file for article in reading.articles] == ["note.txt"]


def test_no_child_is_left_behind():
    with Reading() as reading:
        reading.add(pdf(PAPER), "paper.pdf")
        child = reading._sandbox._child
        assert child.poll() is None
    assert child.poll() is not None


def test_plain_text_needs_no_child():
    with Reading() as reading:
        reading.add(BODY.encode(), "note.txt")
        assert reading._sandbox._child is None


@pytest.mark.parametrize(
    "deed",
    [
        "open({canary!r})",
        "open({canary!r}, 'w')",
        "open('/etc/hostname')",
        "open('/etc/../etc/hostname')",
        "__import__('os').open({canary!r}, 0)",
        "__import__('io').FileIO({canary!r})",
        "__import__('os').system('true')",
        "__import__('subprocess').run(['true'])",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
        "__import__('socket').getaddrinfo('localhost', 80)",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9/')",
        "__import__('os').remove({canary!r})",
        "__import__('os').fork()",
    ],
)
def test_the_childs_doors_are_shut(deed, tmp_path, root):
    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY)
    code = (
        "import sys\nfrom attribution.readers import child\n"
        "sys.addaudithook(child._guard(child._own_folders()))\n"
        f"try: {deed.format(canary=str(canary))}\n"
        "except PermissionError as error: print('SHUT', error)\n"
        "else: print('OPEN')\n"
    )
    environment = os.environ | {"PYTHONPATH": str(root)}  # as the child is started from a checkout
    out = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, env=environment)
    assert out.stdout.startswith("SHUT"), out
    assert canary.read_text() == CANARY


# --- files and folders -----------------------------------------------------------------------------


def test_links_out_of_a_folder_are_refused_in_every_format(tmp_path):
    outside = tmp_path / "secret.html"
    outside.write_text(PAGE.replace("berth", CANARY))
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.html", "b.pdf", "c.csv", "d.zip"):
        (folder / name).symlink_to(outside)
    articles, refused = read_articles([folder])
    assert articles == []
    assert {reason for _, reason in refused} == {
        "is a link that leads out of the folder. Name its file itself."
    }


@pytest.mark.skipif(sys.platform != "linux", reason="links to what only Linux has")
def test_of_a_hostile_folder_only_what_lies_in_it_is_read_and_each_way_out_is_told(tmp_path):
    folder, outside = tmp_path / "desk", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "canary.txt").write_text(CANARY)
    hostile_folder(folder, outside / "canary.txt")
    began = time.monotonic()
    articles, refused = read_articles([folder])
    assert time.monotonic() - began < 5
    read = {os.path.relpath(article.file, folder) for article in articles}
    deep = next(name for name in read if name.endswith("deep.txt"))
    assert read == {*GOOD, deep} - {"within.txt"}  # which is the first of them once more
    assert not [article.file for article in articles if CANARY in article.text]
    told = {os.path.relpath(file, folder): reason for file, reason in refused}
    leads_out = {name for name, reason in told.items() if reason.startswith("is a link that leads out")}
    assert leads_out == {
        *("out.txt", "out-relative.pdf", "out-by-a-link.docx", "out-folder", "root", "above"),
        *("zeros.txt", "memory.txt", "terminal.txt", "articles.toml"),
    }
    assert told.keys() - leads_out == {"circle.txt", "nowhere.txt", "hole.html", "pipe.txt", "socket.txt"}


def test_a_folder_of_ten_thousand_files_is_read(tmp_path):
    crowded_folder(tmp_path)
    began = time.monotonic()
    articles, refused = read_articles([tmp_path])
    assert (len(articles), refused) == (CROWD, [])
    assert time.monotonic() - began < 30


def test_a_large_page_is_refused_before_it_is_read_whole(tmp_path):
    path = tmp_path / "large.html"
    with open(path, "wb") as stream:
        stream.write(b"<!doctype html>" + b"<p>No.</p>" * 1000)
        stream.truncate(50_000_000_000)  # sparse
    reading = read_files([path])
    assert reading.refused == [
        (
            str(path),
            "is larger than 5 MB, the most that a web page may have. Save the article's text as .txt.",
        )
    ]


def test_what_is_told_apart_is_told_apart_at_once():
    began = time.monotonic()
    for start in (
        b"<?" * 2000,
        b"<!--" * 1000,
        b"a:" * 2000,
        b"{" * 4000,
        b"a,b\n" * 1000,
        b"<" * 4000,
        b"\n" * 4000,
    ):
        assert detect(start + b" " * 1000, "note") in (TEXT, HTML) or True
    assert time.monotonic() - began < 2


def test_a_page_of_scripts_alone_names_the_cause():
    with pytest.raises(AttributionError, match="a script puts its text in"):
        from attribution.readers import html

        html.read(b"<html><body><script>document.write('No.')</script></body></html>")
