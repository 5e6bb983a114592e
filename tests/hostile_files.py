"""A generator of hostile and broken files: bombs, lies about sizes, entities, bottomless nesting, cut bytes.

`hostile_files(samples)` gives over 300 of them, always the same; `samples` are sound files, one a format,
which it cuts, damages, mixes and misnames.
"""

from __future__ import annotations

import base64
import gzip
import io
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

CANARY = "CANARY-OUTSIDE-7f3a"
"""Stands in a file outside, which some of the files try to get at; it must never be read."""

MB = 1_000_000
SAID = "<p>“We will not close a single berth,” Ann Hill told the council on Tuesday. “Nobody will go.”</p>"


@dataclass(frozen=True)
class Hostile:
    """One file; `must_refuse` where there is nothing in it that might be read with a good conscience."""

    name: str
    data: bytes
    must_refuse: bool = False


def hostile_files(samples: Mapping[str, bytes], canary: str) -> Iterator[Hostile]:
    """All of them; `canary` is the path of the file outside."""
    from hostile_documents import hostile_documents  # which needs what stands below

    yield from _archives(canary)
    yield from hostile_documents(canary)
    yield from _mails()
    yield from _tables()
    yield from _web_archives()
    yield from _subtitles()
    yield from _texts()
    yield from _damaged(samples)


# --- archives --------------------------------------------------------------------------------------


def zipped(files: Mapping[str, bytes | str] | list, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of files by name."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", compression, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # names that stand twice
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, data)
    return stream.getvalue()


def sizes_said(data: bytes, size: int) -> bytes:
    """The archive with `size` as what each member unpacks to, in both places that say so."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = out.find(mark)
        while place >= 0:
            out[place + at : place + at + 4] = struct.pack("<I", size)
            place = out.find(mark, place + 4)
    return bytes(out)


def _archives(canary: str) -> Iterator[Hostile]:
    zeros = zipped({"a.txt": bytes(64 * MB)})
    yield Hostile("zeros.zip", zeros, True)
    yield Hostile("zeros-that-lie.zip", sizes_said(zeros, 100), True)
    yield Hostile("zeros-that-boast.zip", sizes_said(zipped({"a.txt": b"no"}), 2**32 - 2), True)
    yield Hostile("many-zeros.zip", zipped({f"{i}.txt": bytes(MB) for i in range(70)}), True)
    inner = zipped({"a.txt": b"Hill said no."})
    for depth in range(1, 6):
        inner = zipped({f"{depth}.zip": inner})
        yield Hostile(f"nested-{depth}.zip", inner, True)
    yield Hostile("3000-files.zip", zipped({f"{i}.txt": b"no" for i in range(3000)}, 0), True)
    yield Hostile("nothing.zip", zipped({}), True)
    yield Hostile("pictures.zip", zipped({"a.png": b"\x89PNG", "b.exe": b"MZ"}), True)
    yield Hostile("1900-pictures.zip", zipped({f"{i}.png": b"\x89PNG" for i in range(1900)}), True)
    yield Hostile("old-word.zip", zipped({"a.doc": b"\xd0\xcf\x11\xe0", "b.txt": b"Hill said no."}))
    for number, name in enumerate(
        [
            "../a.txt",
            "../../../../etc/a.txt",
            "/etc/a.txt",
            "C:\\a.txt",
            "..\\..\\a.txt",
            "a/../../b.txt",
            canary,
        ]
    ):
        yield Hostile(f"traversal-{number}.zip", zipped({name: b"Hill said no."}), True)
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    yield Hostile("link.zip", zipped([(link, canary)]), True)
    yield Hostile("twice.zip", zipped([("a.txt", b"Hill said no."), ("a.txt", b"Hill said yes.")]))
    yield Hostile("newline.zip", zipped({"a\nb\x1b[31m.txt": b"Hill said no."}))
    yield Hostile("long-name.zip", zipped({"a" * 60_000 + ".txt": b"Hill said no."}))
    good = zipped({"a.txt": b"Hill said no. " * 50})
    yield Hostile("locked.zip", good.replace(b"\x14\0\0\0\x08", b"\x14\0\x01\0\x08"), True)
    yield Hostile("odd-method.zip", good.replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0"), True)
    yield Hostile("head-only.zip", good[:40], True)
    yield Hostile("tail-only.zip", good[-60:])
    yield Hostile("lzma.zip", zipped({"a.txt": bytes(MB)}, zipfile.ZIP_LZMA), True)
    yield Hostile("bad-crc.zip", good.replace(b"Hill", b"Hull"))
    yield Hostile("overlap.zip", _overlapping(200), True)
    yield Hostile("comment.zip", good[:-2] + b"\xff\xff" + b"PK\x05\x06" * 16000)


def _overlapping(count: int) -> bytes:
    """Members that share one kernel of packed zeros: little to hold, much to unpack (Fifield 2019)."""
    name, kernel = b"a.txt", zlib.compress(bytes(MB))[2:-4]
    crc = zlib.crc32(bytes(MB))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(kernel), MB, len(name), 0)
    out = local + name + kernel
    at, central = len(out), b""
    for i in range(count):
        own = b"%03d.t" % i
        central += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(kernel), MB, len(own), 0, 0, 0, 0, 0, 0
        )
        central += own
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(central), at, 0)
    return out + central + end


# --- mail -------------------------------------------------------------------------------------------


def _mails() -> Iterator[Hostile]:
    head = b"From: Ann Hill <a@hill.example>\r\nSubject: No\r\nMIME-Version: 1.0\r\n"

    def multipart(body: bytes, boundary: bytes = b"b") -> bytes:
        return head + b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n%s" % (boundary, body)

    part = b"--b\r\nContent-Type: text/plain\r\n\r\nNo.\r\n"
    yield Hostile("parts.eml", multipart(part * 5_000 + b"--b--"), True)
    yield Hostile("empty-boundary.eml", multipart(part, b'""'))
    yield Hostile("open.eml", multipart(part))
    for depth in (50, 3_000):
        nested = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(depth)
        )
        yield Hostile(f"deep-{depth}.eml", head + nested + b"Content-Type: text/plain\r\n\r\nNo.")
        letters = b"Content-Type: message/rfc822\r\n\r\n" * depth
        yield Hostile(f"letters-{depth}.eml", head + letters + b"Content-Type: text/plain\r\n\r\nNo.")
    yield Hostile("words.eml", head + b"Comments: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nNo.")
    yield Hostile("subject.eml", head.replace(b"No", b"=?utf-8?q?=ff?= " * 2_000) + b"\r\nNo.")
    yield Hostile("from.eml", head.replace(b"Ann Hill", b"(" * 20_000) + b"\r\nNo.")
    yield Hostile("from-2.eml", head.replace(b"Ann Hill", b'"a" ,' * 5_000) + b"\r\nNo.")
    yield Hostile("date.eml", head + b"Date: " + b"9" * 100_000 + b"\r\n\r\nNo.")
    yield Hostile("header.eml", head + b"X: " + b"a" * 4 * MB + b"\r\n\r\nNo.")
    yield Hostile("headers.eml", head + b"X: a\r\n" * 200_000 + b"\r\nNo.")
    yield Hostile("type.eml", head + b"Content-Type: " + b"a/b;" * 20_000 + b"\r\n\r\nNo.")
    yield Hostile(
        "type-2.eml", head + b'Content-Type: text/plain; name*0="a"; name*9="b"; name*x=c\r\n\r\nNo.'
    )
    yield Hostile("charset.eml", head + b"Content-Type: text/plain; charset=zip\r\n\r\nNo.")
    yield Hostile("base64.eml", head + b"Content-Transfer-Encoding: base64\r\n\r\n!!!" + b"A" * 1_000_001)
    yield Hostile("uu.eml", head + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\nzzzz\r\n")
    yield Hostile("nothing.eml", head + b"\r\n", True)
    yield Hostile("binary.eml", head + b"\r\n" + bytes(range(256)) * 20)
    box = b"From a@hill.example Wed Feb  4 10:30:00 2026\n"
    yield Hostile("many.mbox", (box + b"Subject: No\n\nHill said no.\n\n") * 20_000)
    yield Hostile("froms.mbox", box * 200_000, True)
    yield Hostile("open.mbox", box + b"Subject: No\n\n" + b">" * MB + b"From here\n" * 10_000)
    yield Hostile("empty.mbox", box + b"Subject: No\n\n\n" + box + b"Subject: No\n\n\n", True)
    place = b"Snapshot-Content-Location: file:///etc/passwd\r\n"
    saved = head + place + b"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    yield Hostile("nothing.mhtml", saved, True)
    yield Hostile("deep.mhtml", saved + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 60_000, True)
    bomb = base64.encodebytes(zipped({"a.txt": bytes(64 * MB)}))
    for name in (b"a.zip", b"../../a.zip", b"a.txt"):
        attached = b"--b\r\nContent-Disposition: attachment; filename=%s\r\n" % name
        body = attached + b"Content-Transfer-Encoding: base64\r\n\r\n" + bomb + b"--b--"
        yield Hostile("attached-bomb.eml", multipart(body), True)
    inner = multipart(part + b"--b--")
    for _ in range(4):
        wrapped = b"--b\r\nContent-Disposition: attachment; filename=a.eml\r\n"
        wrapped += b"Content-Transfer-Encoding: base64\r\n\r\n"
        inner = multipart(wrapped + base64.encodebytes(inner) + b"--b--")
    yield Hostile("mail-in-mail.eml", inner, True)


# --- tables ----------------------------------------------------------------------------------------


def _tables() -> Iterator[Hostile]:
    yield Hostile("field.csv", b"text,title\n" + b"a" * 6 * MB + b",No\nHill said no.,Yes\n")
    yield Hostile("open.csv", b'text,title\n"Hill said no.,Yes\n' + b"a,b\n" * 10_000)
    yield Hostile("columns.csv", b"text," + b"a," * 300_000 + b"\nHill said no.\n")
    yield Hostile("rows.csv", b"text\n" + b"".join(b"No %d.\n" % i for i in range(150_000)))
    yield Hostile("blank.csv", b"text\n" + b",\n" * 500_000, True)
    yield Hostile("nul.csv", b"text\nHill\0said no.\n", True)
    yield Hostile("formula.csv", b'text\n"=HYPERLINK(""http://127.0.0.1:9/"",""No"")"\n')
    yield Hostile("names.csv", b'"text","a\nb\x1b[31m","' + b"c" * 5_000 + b'"\nHill said no.,a,b\n')
    yield Hostile("names-2.csv", b'"a\nb\x1b[31m\x81"\nHill said no.\n', True)
    yield Hostile("returns.csv", b"text,title\rHill said no.,a\r")
    yield Hostile("empty.csv", b"", True)
    yield Hostile("header.csv", b"text,title\n", True)
    yield Hostile("no-text.csv", b"a,b\nc,d\n", True)
    yield Hostile("mixed.csv", "text\nJosé said “no”.\n".encode() + "José\n".encode("cp1252"))
    yield Hostile("utf16.csv", "text\nHill said “no”.\n".encode("utf-16"))
    yield Hostile("large.csv", b"text\n" + b"a" * 51 * MB, True)
    yield Hostile("deep.jsonl", b'{"text": ' + b"[" * 200_000 + b"\n" + b'{"text": "Hill said no."}\n')
    yield Hostile("deep.json", b"[" * 200_000, True)
    yield Hostile("deep-2.json", b'{"a":' * 100_000, True)
    yield Hostile("number.jsonl", b'{"text": "No.", "title": ' + b"9" * 100_000 + b"}\n", True)
    yield Hostile("float.jsonl", b'{"text": "No.", "date": NaN, "title": Infinity, "url": 1e999}\n')
    yield Hostile("surrogate.jsonl", b'{"text": "No \\ud800 no.", "title": "\\udfff"}\n')
    yield Hostile("keys.jsonl", b"{" + b",".join(b'"k%d": 1' % i for i in range(100_000)) + b"}\n", True)
    yield Hostile("same.jsonl", b'{"text": "No."}\n' * 50_000)
    yield Hostile("cut.jsonl", b'{"text": "No."}\n{"text": "Hill sa')
    yield Hostile("types.jsonl", b'{"text": [7]}\n{"text": {"a": 1}}\n{"text": 7}\n{"text": null}\n', True)
    yield Hostile("nothing.parquet", b"PAR1", True)
    yield Hostile("twice.parquet", b"PAR1PAR1", True)
    yield Hostile("footer.parquet", b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1", True)
    yield Hostile("zeros.parquet", b"PAR1" + bytes(MB) + b"PAR1", True)
    yield Hostile("magic.parquet", b"PAR1" * 100_000, True)


def _web_archives() -> Iterator[Hostile]:
    def record(
        body: bytes, kind: bytes = b"text/html", http: bytes = b"", length: int | None = None
    ) -> bytes:
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s\r\n%s" % (kind, http, body)
        size = len(answer) if length is None else length
        head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\n"
        head += b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % size
        return head + answer + b"\r\n\r\n"

    page = b"<html><body>" + SAID.encode() * 4
    yield Hostile("bomb.warc.gz", gzip.compress(record(b"<html>" + bytes(64 * MB)), 1), True)
    yield Hostile("head-bomb.warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * 5 * MB, 1), True)
    packed = zlib.compress(b"<html>" + bytes(100 * MB), 1)
    yield Hostile("answer-bomb.warc", record(packed, http=b"Content-Encoding: deflate\r\n"), True)
    twice = gzip.compress(gzip.compress(b"<html>" + bytes(64 * MB), 1))
    yield Hostile("answer-bomb-2.warc", record(twice, http=b"Content-Encoding: gzip, gzip\r\n"), True)
    for length in (0, 10, 10**6, 10**18):
        yield Hostile(f"length-{length}.warc", record(page, length=length) + record(page))
    yield Hostile("minus.warc", record(page, length=-5))
    yield Hostile("chunks.warc", record(b"ffffffff\r\n" + page, http=b"Transfer-Encoding: chunked\r\n"))
    yield Hostile("many.warc", record(page) * 3_000)
    yield Hostile("heads.warc", b"WARC/1.0\r\n" * 200_000, True)
    yield Hostile("charset.warc", record(page, b"text/html; charset=zip"))
    yield Hostile("one-and-noise.warc", record(page) + b"WARC/1.0\r\nno header\r\n\r\n" * 3)
    yield Hostile("address.warc", record(page).replace(b"https://x.example/", b"no address \x1b[31m"))
    yield Hostile("text.warc", b"WARC/ is a format. Hill said no.", True)
    yield Hostile("gzip.warc.gz", b"\x1f\x8b" + bytes(100), True)


def _subtitles() -> Iterator[Hostile]:
    cue = b"00:00:01,000 --> 00:00:02,000\n"
    yield Hostile("many.srt", (cue + b"HILL: No.\n\n") * 50_000)
    yield Hostile("no-cue.srt", b"--> WEBVTT", True)
    yield Hostile("no-words.srt", cue * 10_000, True)
    yield Hostile("tags.srt", cue + b"<i>" * 300_000 + b"No.")
    yield Hostile("open-tags.srt", cue + b"<v " * 300_000)
    yield Hostile("labels.srt", cue + b"Hill " * 300_000 + b":")
    yield Hostile("dashes.srt", cue + b"- " * 300_000)
    yield Hostile("spaces.srt", cue + b" " * MB + b"x")
    yield Hostile("arrows.srt", cue + b"00:00:01,000 --> " * 100_000)
    yield Hostile("times.srt", b"9999:99:99,999 --> 9999:99:99,999\nHILL: No.\n")
    yield Hostile("backwards.srt", b"09:00:00,000 --> 00:00:00,000\nHILL: No.\n")
    yield Hostile("nothing.vtt", b"WEBVTT", True)
    yield Hostile("styles.vtt", b"WEBVTT\n\nSTYLE\n" * 50_000, True)
    yield Hostile("binary.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + bytes(range(256)), True)
    yield Hostile("large.srt", cue + b"a" * 6 * MB, True)


def _texts() -> Iterator[Hostile]:
    said = "“We won’t go,” said José Álvarez.\n"
    yield Hostile("empty.txt", b"", True)
    yield Hostile("blank.txt", b" \n\t\xc2\xa0\xe2\x80\x8b" * 1000, True)
    yield Hostile("nul.txt", b"Hill\0said no.", True)
    yield Hostile("zeros.txt", bytes(4 * MB), True)
    yield Hostile("mixed.txt", said.encode() * 3 + said.encode("cp1252") * 3, True)
    few = ("The mayor said no, and so did “the others”. " * 30).encode() + b"\x93Never,\x94 he said.\n"
    yield Hostile("mixed-few.txt", few, True)
    yield Hostile("mixed-many.txt", b"\x93No,\x94 she said. It\x92s over. " * 30 + "“Yes.”".encode(), True)
    yield Hostile("mixed-2.txt", said.encode("utf-16") + said.encode(), False)
    yield Hostile("cut.txt", said.encode("utf-8")[:2])
    yield Hostile("cut-16.txt", said.encode("utf-16")[:-1], True)
    yield Hostile("mark-that-lies.txt", b"\xff\xfe" + said.encode())
    yield Hostile("mark-that-lies-2.txt", b"\xff\xfe\0\0" + said.encode(), True)
    yield Hostile("controls.txt", bytes(range(1, 32)) * 100, True)
    yield Hostile("line.txt", b"a" * 4 * MB)
    yield Hostile("lines.txt", b"\n" * 4 * MB + b"No.")
    yield Hostile("surrogates.txt", "\ud800".encode("utf-8", "surrogatepass") * 100, True)
    yield Hostile("high.txt", bytes(range(128, 256)) * 100)
    yield Hostile("large.txt", b"a" * 6 * MB, True)
    yield Hostile("\x1b[31mred\n.txt", b"\0", True)
    yield Hostile("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), True)
    yield Hostile("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), True)
    yield Hostile("archive.txt", b"Rar!\x1a\x07\x00", True)


# --- sound files, damaged --------------------------------------------------------------------------


def _damaged(samples: Mapping[str, bytes]) -> Iterator[Hostile]:
    """Each sample cut, with bytes changed, with a hole, with another one behind it, and under wrong names."""
    chance = random.Random(7)
    others = list(samples.values())
    for kind, data in samples.items():
        for part in (0.02, 0.3, 0.7, 0.97):
            yield Hostile(f"{kind}-cut-{part}", data[: int(len(data) * part)])
        for number in range(5):
            changed = bytearray(data)
            for _ in range(1 + len(changed) // 200):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield Hostile(f"{kind}-changed-{number}", bytes(changed))
        third = len(data) // 3
        yield Hostile(f"{kind}-hole", data[:third] + bytes(third) + data[2 * third :])
        yield Hostile(f"{kind}-and-more", data + chance.choice(others))
        yield Hostile(f"{kind}-behind-zeros", bytes(16) + data)
        for suffix in (".txt", ".pdf", ".docx"):
            yield Hostile(f"{kind}-misnamed{suffix}", data)
