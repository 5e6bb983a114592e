"""Folders kept in sight: what comes, changes and goes, and nothing is read half."""

from __future__ import annotations

import os
import time

import pytest
from readers_samples import csv_of, zip_of

from attribution import watch
from attribution.readers import read_files
from attribution.watch import Watch, each_once, stamps


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def watching(*paths):
    paths = [str(path) for path in paths]
    seen = stamps(paths)
    return Watch(paths, read_files(paths), seen)


def texts(watch):
    return [article.text for article in watch.state.articles]


def settle(watch):
    """Two looks: in the second one a new file is the same as in the first."""
    watch.look()
    return watch.look()


def test_a_new_file_appears_once_it_grows_no_more(folder):
    (folder / "b.txt").write_text("Hill said no.")
    watch = watching(folder)
    assert texts(watch) == ["Hill said no."] and not watch.look()
    (folder / "a.txt").write_text("Brook said")
    assert not watch.look() and len(texts(watch)) == 1
    (folder / "a.txt").write_text("Brook said yes.")
    assert not watch.look() and len(texts(watch)) == 1
    assert watch.look()
    assert texts(watch) == ["Brook said yes.", "Hill said no."]
    assert watch.state.version == 2 and not watch.look()


def test_a_changed_file_is_read_again_alone_and_one_that_is_gone_goes(folder, monkeypatch):
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"{name} said no.")
    watch = watching(folder)
    asked = []
    monkeypatch.setattr(
        "attribution.readers.read_files", lambda paths, _: asked.append(list(paths)) or read_files(paths)
    )
    (folder / "b.txt").write_text("b said perhaps.")
    assert settle(watch)
    assert asked == [[str(folder / "b.txt")]]
    assert texts(watch) == ["a said no.", "b said perhaps."]
    (folder / "a.txt").unlink()
    assert watch.look()
    assert texts(watch) == ["b said perhaps."]


def test_tables_that_come_later_are_read_with_the_columns_named(folder):
    (folder / "a.txt").write_text("Hill said no.")
    paths = [str(folder)]
    watch = Watch(paths, read_files(paths, {"text": "Story"}), stamps(paths))
    (folder / "rows.csv").write_text("Story,Nr\nHill said yes.,1\n")
    assert settle(watch)
    assert texts(watch) == ["Hill said no.", "Hill said yes."]
    assert watch.state.notes == ((str(folder / "rows.csv"), "Read text from “Story”; not “Nr”."),)


def test_what_is_wrong_with_a_file_is_told_until_it_is_mended(folder):
    watch = watching(folder)
    assert watch.state.refused[0][1].startswith("holds no article.")
    (folder / "a.txt").write_bytes(b"")
    assert settle(watch)
    assert watch.state.refused == (
        (str(folder / "a.txt"), "is empty. Name a file that holds an article's text."),
    )
    (folder / "a.txt").write_text("Hill said no.")
    assert settle(watch)
    assert watch.state.refused == () and texts(watch) == ["Hill said no."]


def test_a_file_of_several_articles_changes_as_a_whole(folder):
    rows = [{"text": f"Hill said {n} and nothing more."} for n in range(3)]
    (folder / "t.csv").write_bytes(csv_of(rows))
    (folder / "z.zip").write_bytes(zip_of({"one.txt": b"One.", "two.txt": b"Two."}))
    watch = watching(folder)
    assert len(texts(watch)) == 5
    (folder / "t.csv").write_bytes(csv_of(rows[:1]))
    (folder / "z.zip").write_bytes(zip_of({"two.txt": b"Two."}))
    assert settle(watch)
    assert texts(watch) == ["Hill said 0 and nothing more.", "Two."]


def test_an_articles_toml_that_changes_is_read_with_its_files(folder):
    (folder / "a.txt").write_text("Hill said no.")
    (folder / "articles.toml").write_text("[broken")
    watch = watching(folder)
    assert [reason.split(":")[0] for _, reason in watch.state.refused] == ["is no TOML"]
    (folder / "articles.toml").write_text('["a.txt"]\noutlet = "Harbour Post"\n')
    assert settle(watch)
    assert watch.state.articles[0].outlet == "Harbour Post"
    assert watch.state.refused == ()


def test_a_link_that_leads_out_is_not_followed(folder, tmp_path):
    (folder / "a.txt").write_text("Hill said no.")
    watch = watching(folder)
    (tmp_path / "secret.txt").write_text("Hill said yes.")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.txt").write_text("Hill said perhaps.")
    settle(watch)
    assert texts(watch) == ["Hill said no.", "Hill said perhaps."]
    assert [os.path.basename(file) for file, _ in watch.state.refused] == ["b.txt"]


def test_a_file_named_that_comes_later_is_read_then(tmp_path):
    watch = watching(tmp_path / "later.txt")
    assert watch.state.refused
    (tmp_path / "later.txt").write_text("Hill said no.")
    assert settle(watch)
    assert texts(watch) == ["Hill said no."] and watch.state.refused == ()


def test_the_same_bytes_in_two_files_are_one_article(folder):
    for name in "ab":
        (folder / f"{name}.txt").write_text("Hill said no.")
    watch = watching(folder)
    assert len(texts(watch)) == 1
    ((file, reason),) = watch.state.refused
    assert file.endswith("b.txt") and reason.startswith("repeats ") and "a.txt word for word" in reason
    (folder / "a.txt").unlink()
    watch.look()
    assert len(texts(watch)) == 1 and watch.state.refused == ()
    assert each_once([]) == ([], [])


def test_to_look_at_a_thousand_files_is_cheap(folder):
    for number in range(1000):
        (folder / f"{number}.txt").write_text("Hill said no.")
    began = time.perf_counter()
    assert len(stamps([str(folder)])) == 1000
    assert time.perf_counter() - began < watch.PAUSE / 5
