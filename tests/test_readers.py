from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution import Article, AttributionError, article_from_upload, read_article, read_articles
from attribution.readers.text import MOST_BYTES, article_from_bytes

WORDS = "“We won’t go,” said José Álvarez — the mayor’s aide – on Tuesday… It cost £5, he said.\n"


def write(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def refusal(data: bytes) -> str:
    with pytest.raises(AttributionError) as error:
        article_from_bytes(data, "note.txt")
    return str(error.value)


# --- bytes to text ---------------------------------------------------------------------------------


def test_the_text_is_untouched(tmp_path):
    text = "Hill said:\r\n\r\n\t“No.\u00a0Never.”\rAnd\u2028left.\n"
    article = read_article(write(tmp_path / "note.txt", text))
    assert article == Article(
        text, file=str(tmp_path / "note.txt"), sha256=hashlib.sha256(text.encode()).hexdigest()
    )


@given(st.text(min_size=1).filter(lambda text: text.strip("\ufeff\u200b\u200c\u200d\u2060 ").strip()))
def test_any_text_in_utf8_comes_back_or_is_refused_in_one_line(text):
    try:
        article = article_from_upload("note.txt", text.encode())
    except AttributionError as error:
        assert str(error).startswith("note.txt: ") and "\n" not in str(error)
    else:
        assert article.text == text.removeprefix("\ufeff")


@settings(deadline=None)  # a start of a PDF takes the child that reads them
@given(st.binary())
def test_any_bytes_are_read_or_refused_in_one_line(data):
    try:
        article_from_upload("note.txt", data)
    except AttributionError as error:
        assert str(error).startswith("note.txt: ") and "\n" not in str(error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
def test_the_encodings_of_english_news_are_recognised(encoding):
    assert article_from_bytes(WORDS.encode(encoding), "note.txt").text == WORDS


@pytest.mark.parametrize("word", ["café", "José", "Žižek", "façade", "Ørsted", "Müller", "it’s", "£5", "…"])
def test_one_accent_in_an_english_text_is_no_other_alphabet(word):
    text = f"The mayor said no, and {word} was what they remembered."
    assert article_from_bytes(text.encode("cp1252"), "note.txt").text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "«Мы победим», — сказал мэр города Иван Петров во вторник на встрече. " * 5),
        ("shift_jis", "「勝ちます」と市長は言った。東京で火曜日に発表された。" * 5),
        ("cp1253", "«Θα κερδίσουμε», είπε ο δήμαρχος την Τρίτη στην Αθήνα. " * 5),
    ],
)
def test_other_alphabets_are_recognised(encoding, text):
    assert article_from_bytes(text.encode(encoding), "note.txt").text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "note.txt: is empty. Name a file that holds an article's text."),
        (b" \r\n\t\xc2\xa0", "note.txt: is empty. Name a file that holds an article's text."),
        (b"\xef\xbb\xbf", "note.txt: is empty. Name a file that holds an article's text."),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "note.txt: is binary, not text. Save the article as UTF-8 text and name that.",
        ),
        (
            bytes(range(1, 32)) * 20,
            "note.txt: is binary, not text. Save the article as UTF-8 text and name that.",
        ),
        (
            WORDS.encode() + b"\xe2\x80",
            "note.txt: mixes two encodings, or is damaged, in line 2 (byte 104). Mend that line in an "
            "editor, and save the file as UTF-8.",
        ),
        (
            b"\xef\xbb\xbfHill said no.\xff",
            "note.txt: mixes two encodings, or is damaged, in line 1, after “Hill said no.” (byte 16). Mend "
            "that line in an editor, and save the file as UTF-8.",
        ),
        (
            b"\n<!DOCTYPE html><title>Hill</title>",
            "note.txt: is a web page, not plain text. Save its text as .txt and name that.",
        ),
        (b"%PDF-1.7\n", "note.txt: is a PDF, not plain text. Save its text as .txt and name that."),
        (bytes(range(128, 256)), "note.txt: is in no known text encoding. Save it as UTF-8 text."),
    ],
)
def test_what_is_no_article_is_refused_with_a_remedy(data, reason):
    assert refusal(data) == reason


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (WORDS.encode() * 3 + "“Ja,” sagte José.\n".encode("cp1252"), "line 4 (byte 312)"),
        (WORDS.encode() + "No. “Ja,” he said.\r\n".encode("cp1252"), "line 2, after “No.” (byte 108)"),
        (
            "It’s over, she said.\r\n".encode("cp1252") * 30 + "He said “yes.”\r\n".encode(),
            "line 31, after “He said” (byte 668)",
        ),
    ],
    ids=["a line in another encoding", "after words", "one line of UTF-8 in cp1252"],
)
def test_mixed_encodings_are_never_guessed_and_the_place_is_named(data, place):
    assert refusal(data) == (
        f"note.txt: mixes two encodings, or is damaged, in {place}. Mend that line in an editor, and save "
        "the file as UTF-8."
    )


def test_a_text_at_the_limit_is_read_and_one_byte_more_is_refused():
    assert len(article_from_bytes(b"a" * MOST_BYTES, "note.txt").text) == MOST_BYTES
    assert refusal(b"a" * (MOST_BYTES + 1)) == (
        "note.txt: is larger than 5 MB, the most that one article may have. Split it."
    )


# --- files and folders -----------------------------------------------------------------------------


def test_a_folder_is_walked_in_order_for_files_named_as_what_is_read(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/a.txt", "z.MD", "a.txt", "picture.png", ".hidden.txt", ".git/c.txt", "model.py"):
        write(tmp_path / name, f"Hill said {name}.")
    articles, refused = read_articles([tmp_path])
    assert [os.path.relpath(article.file, tmp_path) for article in articles] == ["a.txt", "z.MD", "b/a.txt"]
    assert refused == []


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    write(tmp_path / "a.txt", b"\0\0")
    good = write(tmp_path / "b.txt", "Hill said no.")
    empty = write(tmp_path / "c.txt", "")
    missing = tmp_path / "d.txt"
    articles, refused = read_articles([tmp_path, missing])
    assert [article.file for article in articles] == [str(good)]
    assert refused == [
        (str(tmp_path / "a.txt"), "is binary, not text. Save the article as UTF-8 text and name that."),
        (str(empty), "is empty. Name a file that holds an article's text."),
        (str(missing), "there is no such file. Check the path."),
    ]


def test_a_folder_without_articles_is_refused(tmp_path):
    write(tmp_path / "picture.png", b"\x89PNG")
    assert read_articles([tmp_path]) == (
        [],
        [(str(tmp_path), "holds no article. Put .txt or .md files in it, or name another folder.")],
    )


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    path = write(tmp_path / "a.txt", "Hill said no.")
    articles, refused = read_articles([path, tmp_path, tmp_path])
    assert (len(articles), refused) == (1, [])


def test_a_file_named_by_itself_may_be_called_anything(tmp_path):
    assert read_article(write(tmp_path / "story", "Hill said no.")).text == "Hill said no."


def test_an_empty_path_is_refused():
    assert read_articles([""]) == ([], [("", "“”: names no file. Give the path of an article or a folder.")])


def test_a_folder_is_no_article(tmp_path):
    with pytest.raises(AttributionError, match="is a folder, not a file"):
        read_article(tmp_path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt", "Hill said no.")

    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", forbidden)  # a mode would not stop a test that runs as root
    assert read_articles([path])[1] == [(str(path), "may not be read. Change its permissions.")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    outside = write(tmp_path / "secret.txt", "Hill said no.")
    (tmp_path / "elsewhere").mkdir()
    folder = tmp_path / "folder"
    folder.mkdir()
    inside = write(folder / "a.txt", "Hill said yes.")
    (folder / "b.txt").symlink_to(outside)
    (folder / "c").symlink_to(tmp_path / "elsewhere")
    (folder / "d.txt").symlink_to(inside)
    articles, refused = read_articles([folder])
    assert [article.file for article in articles] == [str(inside)]
    assert refused == [
        (str(folder / "c"), "is a link that leads out of the folder. Name its folder itself."),
        (str(folder / "b.txt"), "is a link that leads out of the folder. Name its file itself."),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert read_articles([tmp_path])[1] == [
        (str(tmp_path / "a.txt"), "is no ordinary file. Save its text in one.")
    ]


def test_a_large_file_is_refused_before_it_is_read_whole(tmp_path):
    path = tmp_path / "large.txt"
    with open(path, "wb") as stream:
        stream.truncate(50_000_000_000)  # sparse: it takes no room, and could never be read into memory
    assert "larger than 5 MB" in read_articles([path])[1][0][1]


def test_standard_input_is_an_article(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WORDS.encode("cp1252"))))
    article = read_article("-")
    assert (article.file, article.text) == ("-", WORDS)


# --- articles.toml ---------------------------------------------------------------------------------


def test_metadata_comes_from_articles_toml_and_nothing_is_guessed(tmp_path):
    write(tmp_path / "a.txt", "Hill said no.")
    write(tmp_path / "b.txt", "Hill said no. Published 4 February by the Example Herald.")
    write(
        tmp_path / "articles.toml",
        '["a.txt"]\noutlet = "Example Herald"\npublished = 2026-02-04\ntitle = "No"\nurl = "https://example.org"',
    )
    a, b = read_articles([tmp_path])[0]
    assert (a.outlet, a.published, a.title, a.url) == (
        "Example Herald",
        "2026-02-04",
        "No",
        "https://example.org",
    )
    assert (b.outlet, b.published, b.title, b.url) == (None, None, None, None)
    assert read_article(tmp_path / "a.txt") == a


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ('["a.txt"\n', "is no TOML: Expected ']' at the end of a table declaration"),
        (
            '["a.txt"]\noutlett = "Herald"\n',
            '["a.txt"] has an unknown field “outlett”. Known: outlet, published',
        ),
        ('["a.txt"]\noutlet = 7\n', '["a.txt"] outlet must be a text in quotation marks'),
        ('["a.txt"]\npublished = "last week"\n', "published is no ISO date: “last week”. Write 2026-02-04."),
        ('"a.txt" = "Herald"\n', '["a.txt"] must be a table'),
        (
            '["a.txt"]\nlanguage = "Klingonish"\n',
            '["a.txt"] language: “Klingonish” is no language. Write its ISO 639-1 code, as in en, fr or es.',
        ),
        ('["a.txt"]\nlanguage = "zz"\n', '["a.txt"] language: “zz” is no language. Write its ISO 639-1 code'),
        (b'["a.txt"]\noutlet = "\xff"\n', "is not UTF-8 text. Save it as UTF-8."),
    ],
)
def test_a_bad_articles_toml_is_named_once_and_the_articles_are_read(tmp_path, toml, reason):
    write(tmp_path / "a.txt", "Hill said no.")
    write(tmp_path / "b.txt", "Hill said yes.")
    write(tmp_path / "articles.toml", toml)
    articles, refused = read_articles([tmp_path])
    assert [article.outlet for article in articles] == [None, None]
    assert [file for file, _ in refused] == [str(tmp_path / "articles.toml")]
    assert reason in refused[0][1]
    assert not refused[0][1].startswith(str(tmp_path)) and "\n" not in refused[0][1]


@pytest.mark.parametrize("said", ["fr", "FR", "French"])
def test_the_language_is_what_articles_toml_says_of_every_part_of_a_file(said, tmp_path):
    write(tmp_path / "a.txt", "Hill said no.")
    write(tmp_path / "rows.csv", "text,language\nHill said no.,en\nHill said yes.,\n")
    toml = "".join(f'["{name}"]\nlanguage = "{said}"\n' for name in ("a.txt", "rows.csv"))
    write(tmp_path / "articles.toml", toml)
    articles, refused = read_articles([tmp_path])
    assert refused == []
    assert [(a.read_as, a.language) for a in articles] == [("fr", None), ("fr", "en"), ("fr", None)]


def test_the_seeds_have_the_metadata_that_their_texts_bear_out(root):
    first, second = read_articles([root / "seeds"])[0]
    assert (first.outlet, first.published, first.title, first.url) == (None, None, None, None)
    assert (second.outlet, second.published, second.url) == ("FOX 9", None, None)
    assert "FOX 9" in second.text and second.text.startswith(second.title)


def test_reading_loads_no_model_library(root):
    code = "import attribution, sys; attribution.read_articles(['seeds']); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert not {"spacy", "transformers", "onnxruntime", "numpy", "typer"} & set(loaded.split())
