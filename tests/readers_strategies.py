"""Stories that hypothesis invents, every format that can carry them, and ways to spoil a file."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable
from email.message import EmailMessage

import readers_samples as samples
from hypothesis import strategies as st

# What means something to one format or another, among words, and the marks that this is all about.
_ODD = (
    "<b> </p> &amp; &#8220; & < > { } \\ \\par \\'e9 \" '' , ; | ``` # * _ --> <!-- ]]> From =3D = %s {0} $x "
    "[00:00:01] NAME: http://x.example/a?b=c&d é ß 漢字 🐟 ﬁ … – — ‘No’ “No,” «Non» „Nein“ WEBVTT PK %PDF"
).split()
_WORD = st.text("abcdefghijklmnopqrstuvwxyzéüñ", min_size=2, max_size=12)
_PLAIN = st.lists(_WORD, min_size=30, max_size=60)


@st.composite
def stories(draw: st.DrawFn, odd: bool = True) -> list[str]:
    """One to five paragraphs of 30 and more words, each with a quote; `odd`: and with signs of formats."""
    paragraphs = []
    for number in range(draw(st.integers(1, 5))):
        words = draw(_PLAIN)
        for piece in draw(st.lists(st.sampled_from(_ODD), max_size=8)) if odd else ():
            words.insert(draw(st.integers(1, len(words) - 1)), piece)
        quote = draw(st.integers(2, 20))
        words[1] = f"“{words[1]}"
        words[quote] = f"{words[quote]},”"
        paragraphs.append(f"Story{number} {' '.join(words)} ended.")
    return paragraphs


def _page(story: list[str]) -> bytes:
    body = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in story)
    return f"<!DOCTYPE html><html><head><title>Talk</title></head><body><article>{body}</article>".encode()


def _docx(story: list[str]) -> bytes:
    import docx

    document = docx.Document()
    for paragraph in story:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _odt(story: list[str]) -> bytes:
    body = "".join(f"<text:p>{html.escape(paragraph)}</text:p>" for paragraph in story)
    head, _, rest = samples.ODT.partition("<text:tracked-changes>")
    return samples.opendocument(f"{head}{body}</office:text></office:body></office:document-content>")


def _rtf(story: list[str]) -> bytes:
    def written(character: str) -> str:
        if character in "\\{}":
            return f"\\{character}"
        if character < "\x80":
            return character
        halves = character.encode("utf-16-le")
        numbers = [int.from_bytes(halves[i : i + 2], "little") for i in range(0, len(halves), 2)]
        return "".join(f"\\u{number - 0x10000 if number > 0x7FFF else number}?" for number in numbers)

    body = "\\par\n".join("".join(map(written, paragraph)) for paragraph in story)
    return f"{{\\rtf1\\ansi\\uc1 {body}\\par}}".encode()


def _mail(story: list[str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["MIME-Version"] = "Ann <a@hill.example>", "Talk", "1.0"
    message.set_content("\n\n".join(story))
    return message.as_bytes()


def _mbox(story: list[str]) -> bytes:
    letters = [_mail([paragraph]).replace(b"\nFrom ", b"\n>From ") for paragraph in story]
    return b"".join(b"From a@hill.example Wed Feb  4 10:30:00 2026\n" + letter + b"\n" for letter in letters)


def _feed(story: list[str]) -> bytes:
    texts = [html.escape(f"<p>{html.escape(paragraph)}</p>") for paragraph in story]
    items = "".join(f"<item><title>Talk</title><description>{text}</description></item>" for text in texts)
    return f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>".encode()


def _subtitles(story: list[str]) -> bytes:
    cues = []
    for i, paragraph in enumerate(story):
        lines = paragraph.split()
        for j in range(0, len(lines), 8):
            start = f"{i:02}:{j // 60:02}:{j % 60:02},000 --> {i:02}:{j // 60:02}:{j % 60:02},900"
            cues.append(f"{len(cues) + 1}\n{start}\n{html.escape(' '.join(lines[j : j + 8]), quote=False)}\n")
    return "\n".join(cues).encode()


def _pdf(story: list[str]) -> bytes:
    lines = []
    for paragraph in story:
        words = paragraph.split()
        lines += [" ".join(words[i : i + 9]) for i in range(0, len(words), 9)]
    return samples.pdf([samples.column(lines[i : i + 30]) for i in range(0, len(lines), 30)])


def _export(story: list[str]) -> bytes:
    head = "{} of {} DOCUMENTS\n\nHarbour Post\n\nFebruary 4, 2026 Wednesday\n\nTalk\n\nLENGTH: {} words"
    return "\n\n".join(
        f"{head.format(i, len(story), len(text.split()))}\n\n{text}\n\nLOAD-DATE: February 5, 2026"
        for i, text in enumerate(story, start=1)
    ).encode()


def _rows(story: list[str]) -> list[dict[str, object]]:
    return [{"id": i, "title": "Talk", "text": paragraph} for i, paragraph in enumerate(story)]


WRITERS: dict[str, Callable[[list[str]], bytes]] = {
    "text": lambda story: "\n\n".join(story).encode(),
    "html": _page,
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "zip": lambda story: samples.zip_of({f"{i}.txt": paragraph for i, paragraph in enumerate(story)}),
    "rtf": _rtf,
    "mail": _mail,
    "mbox": _mbox,
    "csv": lambda story: samples.csv_of(_rows(story)),
    "jsonl": lambda story: "\n".join(json.dumps(row) for row in _rows(story)).encode(),
    "parquet": lambda story: samples.parquet_of(_rows(story)),
    "feed": _feed,
    "warc": lambda story: samples.warc(("https://x.example/", 200, "text/html; charset=utf-8", _page(story))),
    "subtitles": _subtitles,
    "exports": _export,
}
"""A file of each kind that holds a story."""

PLAIN_ONLY = {"pdf", "subtitles", "html", "warc"}
"""Kinds that cannot carry every sign: PDF's own fonts, tags in subtitles, what looks like no article."""


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """The file with pieces cut out, doubled, overwritten and put in."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 200)))
        new = draw(st.one_of(st.binary(max_size=40), st.just(data[start:end] * 2), st.just(b"")))
        data = data[:start] + new + data[end:]
    return data
