"""How many articles a second each format gives, through the child process as in use.

    python tests/bench_readers.py [--seconds 3]

Each article has the same 750 words. Multi-article files (mailboxes, tables, feeds, archives) hold 50; the
first file, which starts the child and loads its parser, is timed apart.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from hostile_fates import memory_of_child
from readers_samples import (
    BODY,
    ODT,
    PAGE,
    SECOND,
    column,
    csv_of,
    mail,
    opendocument,
    parquet_of,
    pdf,
    warc,
    zip_of,
)

from attribution.readers import Reading, read_files

STORY = [f"{i}. {BODY} {SECOND}" for i in range(16)]  # about 750 words
COUNT = 50


def files() -> dict[str, bytes]:
    """One file a format, made by the libraries that the tests use."""
    import docx

    text = "\n\n".join(STORY)
    rows = [{"title": f"Story {i}", "text": f"{i} {text}", "date": "2026-02-04"} for i in range(COUNT)]
    page = PAGE.replace("</article>", "".join(f"<p>{part}</p>" for part in STORY) + "</article>")
    document = docx.Document()
    for part in STORY:
        document.add_paragraph(part)
    word = io.BytesIO()
    document.save(word)
    letter = mail()
    letter.set_content(text)
    paragraphs = "".join(f"<text:p>{part}</text:p>" for part in STORY)
    odt = ODT.partition("<text:tracked-changes>")[0]
    odt += f"{paragraphs}</office:text></office:body></office:document-content>"
    box = [b"From a@hill.example Wed Feb  4 10:30:00 2026\n" + letter.as_bytes() + b"\n"] * COUNT
    box = [one.replace(b"0. The", b"%d. The" % i, 1) for i, one in enumerate(box)]
    words = text.split()
    lines = [" ".join(words[i : i + 14]) for i in range(0, len(words), 14)]
    items = "".join(
        f"<item><title>Story {i}</title><description><![CDATA[<p>{i} {text}</p>]]></description></item>"
        for i in range(COUNT)
    )
    pages = [
        (f"https://x.example/{i}", 200, "text/html", page.replace("<h1>", f"<h1>{i} ").encode())
        for i in range(COUNT)
    ]
    cues = [
        f"{i}\n00:00:{i % 60:02},000 --> 00:00:{i % 60:02},900\nHILL: {line}\n"
        for i, line in enumerate(lines)
    ]
    rtf = "".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in text).replace("\n\n", "\\par\n")
    return {
        "text": text.encode(),
        "html": page.encode(),
        "pdf": pdf([column(lines[i : i + 40]) for i in range(0, len(lines), 40)]),
        "docx": word.getvalue(),
        "odt": opendocument(odt),
        "rtf": f"{{\\rtf1\\ansi {rtf}}}".encode(),
        "eml": letter.as_bytes(),
        "mbox": b"".join(box),
        "csv": csv_of(rows),
        "jsonl": "\n".join(json.dumps(row) for row in rows).encode(),
        "parquet": parquet_of(rows),
        "rss": f"<rss><channel><title>Post</title>{items}</channel></rss>".encode(),
        "warc.gz": warc(*pages),
        "srt": "\n".join(cues).encode(),
        "zip": zip_of({f"{i}.txt": f"{i} {text}" for i in range(COUNT)}),
    }


def measure(name: str, data: bytes, seconds: float) -> tuple[float, float, float]:
    """Articles a second, how long the first file took, in seconds, and the child's peak of memory, in MB."""
    with Reading() as reading:
        began = time.perf_counter()
        reading.add(data, name)
        first = time.perf_counter() - began
        assert reading.articles and not reading.refused, reading.refused
        words = len(reading.articles[0].text.split())
        assert 700 < words < 900, (name, words)
        reading.articles.clear()
        began = time.perf_counter()
        while (elapsed := time.perf_counter() - began) < seconds:
            reading.add(data, name)
        return len(reading.articles) / elapsed, first, memory_of_child(reading) / 1024 / 1024


def measure_folder(count: int) -> float:
    """Articles a second in a folder of `count` text files."""
    with tempfile.TemporaryDirectory() as folder:
        for i in range(count):
            Path(folder, f"{i}.txt").write_text(f"Story {i}. {BODY}", encoding="utf-8")
        began = time.perf_counter()
        assert len(read_files([folder]).articles) == count
        return count / (time.perf_counter() - began)


def main() -> None:
    """Print a table, a line a format."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=3.0, help="how long each format is measured")
    seconds = options.parse_args().seconds
    print("| format | articles/s | first file | memory of the child |\n|---|--:|--:|--:|")
    for kind, data in files().items():
        rate, first, memory = measure(f"story.{kind}", data, seconds)
        child = f"{memory:.0f} MB" if memory else "none"
        print(f"| {kind} | {rate:,.0f} | {first:.2f} s | {child} |", flush=True)
    print(f"\na folder of 10,000 short text files: {measure_folder(10_000):,.0f} articles/s")


if __name__ == "__main__":
    main()
