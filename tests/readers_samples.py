"""Sound files of every format, made by real libraries, for the tests and the benchmark of the readers."""

from __future__ import annotations

import email.message
import gzip
import io
import json
import zipfile

import pytest

from attribution.readers import read_uploads

BODY = (
    "The harbour stays open, the mayor of Port Hill said on Tuesday. “We will not close a single berth,” "
    "Ann Hill told the council, “and nobody will be sent home.” The operation had been planned for weeks."
)


SECOND = "“It must end,” said José Álvarez, who speaks for the dockers. “At once.”"


def only(name: str, data: bytes, **options):
    """The one article in a file that is read without a word of complaint."""
    reading = read_uploads([(name, data)], **options)
    assert reading.refused == []
    (article,) = reading.articles
    return article


def refusal(name: str, data: bytes) -> str:
    reading = read_uploads([(name, data)])
    assert reading.articles == []
    ((file, reason),) = reading.refused
    return f"{file}: {reason}"


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Mayor: harbour ‘stays open’ | Harbour Post</title>
<link rel="canonical" href="https://harbour.example/news/open">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "@id": "#post", "name": "Harbour Post"},
 {"@type": "NewsArticle", "headline": "Mayor: harbour ‘stays open’",
  "datePublished": "2026-02-04T09:30:00+00:00",
  "dateModified": "2026-02-06", "author": [{"@type": "Person", "name": "Ann Reporter"},
  {"name": "By Bo Writer"}],
  "publisher": {"@id": "#post"}, "inLanguage": "en-GB"}]}</script>
<style>.ad {display: none}</style></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><main><article>
<h1>Mayor: harbour ‘stays open’</h1><p>By Ann Reporter and Bo Writer</p>
<p>The harbour stays open, the mayor of Port&nbsp;Hill said on Tuesday. “We will not close a single berth,”
Ann Hill told the council, “and nobody will be sent home.” The operation had been planned for weeks.</p>
<p class="ad">“Buy our fish,” said nobody at all, and this advertisement goes on for a whole sentence.</p>
<p hidden>“Hidden,” said nobody.</p><script>document.write("“Written by a script,” said nobody.")</script>
<blockquote><p>“It must end,” said José Álvarez, who speaks for the dockers. “At once.”</p></blockquote>
<p>She called it <q>a start</q>, and went on to the next point of a long agenda that evening.</p>
</article></main><footer>© Harbour Post. All rights reserved.</footer></body></html>"""


def pdf(pages, *, size=11, encrypt=None, title=None) -> bytes:
    """A PDF by reportlab: each page is a list of (x, y, line)."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    stream = io.BytesIO()
    made = canvas.Canvas(stream, encrypt=encrypt)
    made.setTitle(title or "untitled")
    for lines in pages:
        made.setFont("Times-Roman", size)
        for x, y, line in lines:
            made.drawString(x, y, line)
        made.showPage()
    made.save()
    return stream.getvalue()


def column(lines, x=72, y=700):
    return [(x, y - 14 * i, line) for i, line in enumerate(lines)]


HEAD = [(72, 780, "Harbour Post, 4 February 2026"), (300, 30, "1")]


PAPER = [
    [
        *HEAD,
        *column(
            [
                "The harbour stays open, the mayor of Port Hill said on Tuesday after a long week of mee-",
                "tings. “We will not close a single berth,” Ann Hill told the well-known council, “and no-",
                "body will be sent home.”",
            ]
        ),
        *column(
            [
                "Nobody at the docks had expected it. “It must end,” said Jo Alvarez, the speaker of dock-",
                "ers in the north, whom everybody calls a well-",
            ],
            y=640,
        ),
    ],
    [
        (72, 780, "Harbour Post, 4 February 2026"),
        (300, 30, "2"),
        *column(
            [
                "known man, “at once and for good, and with all that comes with it for every one of us he-",
                "re.” He left the hall.",
            ]
        ),
    ],
]


def word() -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title = "Harbour stays open"
    document.core_properties.author = "Ann Reporter"
    document.add_heading("Harbour stays open", 0)
    document.add_paragraph(BODY)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Berths"
    table.cell(0, 1).text = "Twelve"
    document.add_paragraph("").add_run("“It must end,” said José Álvarez, who ")
    last = document.paragraphs[-1]
    last.add_run("secretly ").font.hidden = True
    last.add_run("speaks for the dockers. “At once.”")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


OFFICE_TEXT = f"Harbour stays open\n\n{BODY}\n\nBerths\n\nTwelve\n\n{SECOND}"


def rezipped(data: bytes, name: str, change) -> bytes:
    """The archive with one member changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return stream.getvalue()


ODT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:h>Harbour stays
  open</text:h>
<text:p>He said<text:s text:c="2"/>so:<text:line-break/>“<text:span>No</text:span>.”<office:annotation>
<dc:creator>B</dc:creator><text:p>Really?</text:p></office:annotation> And<text:tab/>left.</text:p>
</office:text>
</office:body></office:document-content>"""


def opendocument(content: str = ODT, kind: str = "application/vnd.oasis.opendocument.text") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def mail(**headers) -> email.message.EmailMessage:
    message = email.message.EmailMessage()
    message["From"] = "Ann Hill <ann@hill.example>"
    message["To"] = "desk@post.example"
    message["Subject"] = "Statement: harbour ‘stays open’"
    message["Date"] = "Wed, 04 Feb 2026 10:30:00 +0000"
    message["Message-ID"] = "<1@hill.example>"
    for name, value in headers.items():
        message[name] = value
    return message


ROWS = [
    {"id": 7, "Headline": "Open", "Body": BODY, "Publish Date": "2026-02-04", "Source": "Harbour Post"},
    {"id": 8, "Headline": "End", "Body": SECOND, "Publish Date": "5 February 2026", "Source": "Quay & Co"},
]


NOTE = (
    "Read text from “Body”, title from “Headline”, published from “Publish Date”, outlet from “Source”; "
    "not “id”."
)


def csv_of(rows, delimiter=",") -> bytes:
    import csv

    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def parquet_of(rows) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")

    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), stream)
    return stream.getvalue()


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>
<language>en-gb</language><item><title>Harbour stays open</title><link>https://harbour.example/1</link>
<dc:creator>Ann Reporter</dc:creator>
<pubDate>Wed, 04 Feb 2026 10:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{BODY}</p><script>x()</script><p>{SECOND}</p>]]></content:encoded></item>
<item><title>Only a headline</title><link>javascript:alert(1)</link></item></channel></rss>"""


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay &amp; Co</title><entry><title>End</title>
<link href="https://quay.example/1"/><updated>2026-02-05T08:00:00Z</updated>
<author><name>Bo Writer</name>
</author><content type="html">&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""


def warc(*pages: tuple[str, int, str, bytes], packed: bool = True) -> bytes:
    """A web archive by fastwarc: each page is (address, status, content type, body)."""
    fastwarc = pytest.importorskip("fastwarc.warc")
    stream = io.BytesIO()
    for url, status, kind, body in pages:
        record = fastwarc.WarcRecord()
        record.init_headers(fastwarc.WarcRecordType.response)
        record.headers["WARC-Target-URI"] = url
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        record.set_bytes_content(head.encode() + body)
        record.write(stream)
    return gzip.compress(stream.getvalue()) if packed else stream.getvalue()


def zip_of(files, compression=zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def samples() -> dict[str, bytes]:
    message = mail()
    message.set_content(BODY)
    return {
        "text": BODY.encode(),
        "html": PAGE.encode(),
        "pdf": pdf(PAPER),
        "archive": word(),
        "rtf": rb"{\rtf1 Hill said no.}",
        "mail": message.as_bytes(),
        "csv": csv_of(ROWS),
        "jsonl": json.dumps(ROWS[0]).encode() + b"\n",
        "parquet": parquet_of(ROWS),
        "feed": RSS.encode(),
        "warc": warc(("https://harbour.example/", 200, "text/html", PAGE.encode())),
        "subtitles": b"1\n00:00:01,000 --> 00:00:02,000\nHILL: No.\n",
        "exports": b"1 of 1 DOCUMENTS\n\nHarbour Post\n\nPort\n\nLENGTH: 3 words\n\nHill said no.\n",
    }


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}}"
    rb"{\info{\title Harbour stays open}{\author A. Hill}}\f0 The harbour stays open.\par "
    rb"\ldblquote It must end,\rdblquote  said Jos\'e9 \u193?lvarez{\v  secretly}."
    rb"\line{\field{\*\fldinst HYPERLINK x}{\fldrslt \b Now\b0 }}.\par}"
)

SUBTITLES = (
    b"WEBVTT - talk\n\nNOTE\nNobody says this.\n\n00:02.000 --> 00:04.000 align:start\n<v.loud Ann "
    b"Hill>We will "
    b"<c.yellow>not</c> close</v>\n\n00:04.000 --> 00:05.000\n<v Ann Hill>a single berth.\n\n"
    b"01:00:06.000 --> 01:00:07.000\n>> BO: When &amp; where?\n- Never.\n"
)


def mbox() -> bytes:
    """A mailbox (RFC 4155) with two letters, by Python's library."""
    import mailbox
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(str(Path(folder) / "box"))
        for text in (f"{BODY}\n\nFrom here on it is quoted.", SECOND):
            message = mail()
            message.set_content(text)
            box.add(message)
        box.close()
        return (Path(folder) / "box").read_bytes()


def every_kind() -> dict[str, bytes]:
    """A sound file of each kind of file, with more to it than `samples` has: where the fuzzer begins."""
    return samples() | {
        "docx": word(),
        "odt": opendocument(),
        "zip": zip_of(
            {"a/note.txt": BODY, "page.html": PAGE, "rows.csv": csv_of(ROWS), "talk.vtt": SUBTITLES}
        ),
        "rtf": RTF,
        "mbox": mbox(),
        "subtitles": SUBTITLES,
    }
