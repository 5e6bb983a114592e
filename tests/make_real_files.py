"""Make `data/real`: one invented story as real programs write it, and a README that says which made what.

    python tests/make_real_files.py

Needs LibreOffice, Chromium, Wget and curl on the machine, and the packages fastwarc, playwright, pypdf and
weasyprint. The files differ from run to run (dates, identifiers), so they are made once and kept.
"""

from __future__ import annotations

import email.message
import functools
import http.server
import io
import mailbox
import os
import re
import shutil
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
REAL = HERE / "data" / "real"

TITLE = "Port Hill keeps all of its twelve berths"
AUTHOR, OUTLET, DAY = "Ann Reporter", "Port Hill Messenger", "2026-02-04"
URL = "https://messenger.example/2026/02/04/berths"
STORY = (
    "Every one of the twelve berths at Port Hill stays open, the harbour board decided on Tuesday after an "
    "extraordinarily long and at times acrimonious meeting.",
    "“We will not close a single one of them,” its chairwoman, Marguerite Hill, told some two hundred "
    "dockers "
    "in the auditorium, “and nobody will be sent home, neither this winter nor the next.”",
    "The decision is a disappointment for the ministry, whose representatives had recommended the closure of "
    "five berths as an unavoidable consequence of Operation Breakwater.",
    "José Álvarez, who speaks for the dockers, called the operation “irresponsible and unconstitutional”. "
    "“It must end,” he said. “At once, and for good.”",
    "Not everybody was enthusiastic. “Somebody will have to pay for it – and that somebody is us,” said "
    "Grace "
    "O’Neill, a fishmonger whose family has rented the north quay for three generations, and she left "
    "the hall "
    "before the board’s representatives could answer.",
    "A spokeswoman for the ministry, Ingrid Sørensen, wrote in a statement that it would “study the decision "
    "with the thoroughness that it deserves”. She did not answer questions about compensation.",
    "Before the vote the board’s treasurer, Wu Jianhong, had read out the accounts. “In ten years we "
    "have never "
    "had a comparable surplus,” he said. “To close berths now would be indefensible.”",
    "The chairwoman thanked the night watch, the canteen and the interpreters. “You have shown this town "
    "what "
    "perseverance means,” she said, “and I am grateful to every one of you.”",
    "The board meets again in March. Until then the cranes remain under the supervision of the harbour "
    "master, "
    "who declined to comment on the recommendations.",
)
HEAD = (
    f'<meta charset="utf-8"><title>{TITLE} | {OUTLET}</title><link rel="canonical" href="{URL}">'
    f'<meta property="og:site_name" content="{OUTLET}"><meta name="author" content="{AUTHOR}">'
    f'<meta property="article:published_time" content="{DAY}T06:30:00+01:00">'
)
PAGE = (
    f'<!DOCTYPE html><html lang="en"><head>{HEAD}</head><body><nav><a href="/">Front page</a> <a '
    'href="/sport">'
    f"Sport</a></nav><main><article><h1>{TITLE}</h1>"
    + "".join(f"<p>{escape(part, quote=False)}</p>" for part in STORY)
    + "</article></main><footer>Printed with pride since 1871.</footer></body></html>"
)


def main() -> None:
    """Make all files anew."""
    shutil.rmtree(REAL, ignore_errors=True)
    REAL.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        notes = [*libreoffice(work), *chromium(work), *weasyprint(), *fastwarc(), *wget(work), *letters(work)]
    rows = "\n".join(f"| {name} | {(REAL / name).stat().st_size:,} | {how} |" for name, how in notes)
    (REAL / "README.md").write_text(_README.format(rows=rows), encoding="utf-8")
    print(rows)


_README = """# One story, as real programs write it

`python tests/make_real_files.py` made these files from a story invented for it; nothing in them is anybody
else's. `tests/test_readers_real.py` reads them.

| file | bytes | made by |
| --- | --- | --- |
{rows}
"""


def run(*command: str | Path, **options: object) -> str:
    """What a program prints; its failure is ours."""
    words = [str(part) for part in command]
    done = subprocess.run(words, check=True, capture_output=True, timeout=180, **options)
    return (done.stdout + done.stderr).decode(errors="replace")


def first_line(*command: str, most: int = 3) -> str:
    """A program's version."""
    line = next(line for line in run(*command).splitlines() if re.search(r"\d+\.\d+", line))
    return " ".join(re.sub(r"\(.*?\)|built on.*|Debian.*|[0-9a-f]{30,}.*", "", line).split()[:most])


# --- office documents ----------------------------------------------------------------------------------

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "style": "style",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
    }.items()
)


def libreoffice(work: Path) -> Iterator[tuple[str, str]]:
    """Word, OpenDocument, RTF, PDF, web page, and what is not read: an e-book, an old Word file."""
    (work / "story.fodt").write_text(_flat_document(), encoding="utf-8")
    program = first_line("soffice", "--version", most=2)
    source = work / "story.fodt"
    for kind in ("docx", "odt", "rtf", "pdf", "html:HTML", "epub", "doc"):
        profile = f"-env:UserInstallation=file://{work}/profile"
        out = work / "out"
        run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", out, source)
        suffix = kind.partition(":")[0]
        name = f"libreoffice.{suffix}"
        shutil.copy(out / f"{source.stem}.{suffix}", REAL / name)
        yield name, f"{program}, `--convert-to {kind}`"


def _flat_document() -> str:
    """A document of two pages with a head, page numbers, a remark, a deletion and a note at the foot."""
    body = "".join(f"<text:p>{escape(part, quote=False)}</text:p>" for part in STORY[:-1])
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    note += "<text:p>A note at the foot.</text:p></text:note-body></text:note>"
    remark = "<office:annotation><text:p>Really in March?</text:p></office:annotation>"
    last = escape(STORY[-1], quote=False).replace("March.", f"March{remark}.{note}")
    page = '<style:page-layout-properties fo:page-width="14.8cm" fo:page-height="21cm" fo:margin="1.8cm"/>'
    gap = '<style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.4cm"/>'
    layout = f'<style:page-layout style:name="A5">{page}<style:header-style>{gap}</style:header-style>'
    layout += f"<style:footer-style>{gap}</style:footer-style></style:page-layout>"
    spaced = '<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties '
    spaced += 'fo:margin-bottom="0.3cm" fo:text-align="justify"/></style:style>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:meta>'
        f"<dc:title>{TITLE}</dc:title><meta:initial-creator>{AUTHOR}</meta:initial-creator>"
        f"<dc:creator>{AUTHOR}</dc:creator></office:meta><office:styles>{spaced}</office:styles><office:automatic-styles>{layout}"
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="A5"><style:header><text:p>{OUTLET}, page '
        "<text:page-number/></text:p></style:header>"
        "<style:footer><text:p>Printed with pride since 1871</text:p></style:footer></style:master-page>"
        "</office:master-styles><office:body><office:text>"
        f'<text:h text:outline-level="1">{TITLE}</text:h>{body}<text:p>{last}</text:p>'
        "</office:text></office:body></office:document>"
    )


# --- browsers ------------------------------------------------------------------------------------------


def chromium(work: Path) -> Iterator[tuple[str, str]]:
    """A page printed, saved as one file, and as its tree when the scripts have run."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    style = "body {font: 15px/1.4 serif; margin: 2em} h1 {font-weight: 400} @page {size: A5; margin: 15mm}"
    page_file = work / "page.html"
    page_file.write_text(PAGE.replace("</head>", f"<style>{style}</style></head>"), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.route(URL, lambda route: route.fulfill(path=str(page_file), content_type="text/html"))
        page.goto(URL)
        page.pdf(path=str(REAL / "chromium-print.pdf"), prefer_css_page_size=True, display_header_footer=True)
        saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
        (REAL / "chromium-save.mhtml").write_bytes(saved["data"].encode())
        (REAL / "chromium-dom.html").write_text(page.content(), encoding="utf-8")
        program = f"Chromium {browser.version}"
        browser.close()
    yield "chromium-print.pdf", f"{program}, printed with its own head and foot"
    yield "chromium-save.mhtml", f"{program}, saved as a single file"
    yield "chromium-dom.html", f"{program}, the tree of the open page"


def weasyprint() -> Iterator[tuple[str, str]]:
    """A PDF in two narrow columns with words cut at line ends."""
    from weasyprint import HTML

    style = (
        "<style>@page {size: 110mm 120mm; margin: 9mm; @bottom-center {content: counter(page)}} body "
        "{font: 10pt serif; "
        "text-align: justify; hyphens: auto} article {columns: 2; column-gap: 6mm} h1 {column-span: all; "
        "font-size: 15pt} nav, footer {display: none} p {margin: 0 0 2mm}</style>"
    )
    HTML(string=PAGE.replace("</head>", f"{style}</head>")).write_pdf(REAL / "weasyprint.pdf")
    yield "weasyprint.pdf", f"WeasyPrint {version('weasyprint')}, two columns, words cut at line ends"


# --- web archives --------------------------------------------------------------------------------------


def fastwarc() -> Iterator[tuple[str, str]]:
    """A web archive of two pages and a picture."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    stream = io.BytesIO()
    for url, kind, body in (
        (URL, "text/html; charset=utf-8", PAGE.encode()),
        ("https://messenger.example/logo.png", "image/png", b"\x89PNG\r\n\x1a\n"),
        (URL + "?page=2", "text/html; charset=utf-8", PAGE.replace("March", "April").encode()),
    ):
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.headers["WARC-Target-URI"] = url
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        record.set_bytes_content(head.encode() + body)
        record.write(stream)
    import gzip

    (REAL / "fastwarc.warc.gz").write_bytes(gzip.compress(stream.getvalue(), 9))
    yield "fastwarc.warc.gz", f"fastwarc {version('fastwarc')}"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """A web server of `folder` on this machine."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def wget(work: Path) -> Iterator[tuple[str, str]]:
    """A web archive as Wget records it while it fetches a page, and the page that it saves."""
    folder = work / "site"
    folder.mkdir()
    (folder / "berths.html").write_text(PAGE, encoding="utf-8")
    direct = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    with site(folder) as address:
        run("wget", "--warc-file=wget", "-q", "-O", "page", f"{address}/berths.html", cwd=work, env=direct)
    shutil.copy(work / "wget.warc.gz", REAL / "wget.warc.gz")
    yield "wget.warc.gz", f"{first_line('wget', '--version')}, `--warc-file`"


# --- mail ----------------------------------------------------------------------------------------------


def letters(work: Path) -> Iterator[tuple[str, str]]:
    """Mails and a mailbox by Python's library, and a mail that curl sent."""
    message = email.message.EmailMessage()
    message["From"] = "Ingrid Sørensen <press@harbours.example>"
    message["To"] = "desk@messenger.example"
    message["Subject"] = TITLE
    message["Date"] = "Wed, 04 Feb 2026 06:30:00 +0100"
    message["Message-ID"] = "<1@harbours.example>"
    message.set_content("\n\n".join(STORY))
    message.add_alternative(PAGE, subtype="html")
    word = (REAL / "libreoffice.docx").read_bytes()
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    message.add_attachment(word, maintype="application", subtype=kind, filename="story.docx")
    (REAL / "python.eml").write_bytes(message.as_bytes())
    program = f"Python {sys.version.split()[0]}"
    yield "python.eml", f"{program}, `email`: plain text, web page and Word file"
    box = mailbox.mbox(str(work / "box"))
    for part in STORY[1:4]:
        letter = email.message.EmailMessage()
        letter["From"], letter["Subject"] = "Ann Reporter <ann@messenger.example>", "From the hall"
        letter["Date"] = "Tue, 03 Feb 2026 22:10:00 +0100"
        letter.set_content(f"{part}\n\nFrom the hall, Ann")
        box.add(letter)
    box.close()
    shutil.copy(work / "box", REAL / "python.mbox")
    yield "python.mbox", f"{program}, `mailbox`: three letters"
    (REAL / "curl.eml").write_bytes(_sent_by_curl(work))
    program = first_line("curl", "--version", most=2)
    yield "curl.eml", f"{program}, `-F` and SMTP: plain text and web page, quoted-printable"


def _sent_by_curl(work: Path) -> bytes:
    """The letter that curl hands to a mail server."""
    (work / "letter.txt").write_text("\n\n".join(STORY), encoding="utf-8")
    (work / "letter.html").write_text(PAGE, encoding="utf-8")
    heads = {
        "From": "Press Office <press@harbours.example>",
        "Subject": TITLE,
        "Date": "Wed, 04 Feb 2026 06:30:00 +0100",
    }
    received: list[bytes] = []
    with socketserver.TCPServer(("127.0.0.1", 0), functools.partial(_MailServer, received)) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        run(
            *("curl", "-s", f"smtp://127.0.0.1:{server.server_address[1]}", "--noproxy", "*"),
            *("--mail-from", "press@harbours.example", "--mail-rcpt", "desk@messenger.example"),
            *(part for name, value in heads.items() for part in ("-H", f"{name}: {value}")),
            *("-F", "=(;type=multipart/alternative"),
            *("-F", "=<letter.txt;encoder=quoted-printable;type=text/plain; charset=utf-8"),
            *("-F", "=<letter.html;encoder=quoted-printable;type=text/html; charset=utf-8", "-F", "=)"),
            cwd=work,
        )
    return received[0]


class _MailServer(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as takes one letter."""

    def __init__(self, received: list[bytes], *given: object) -> None:
        self.received = received
        super().__init__(*given)  # type: ignore[arg-type]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.received.append(b"".join(part.removeprefix(b".") for part in lines))
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 well\r\n")


if __name__ == "__main__":
    main()
