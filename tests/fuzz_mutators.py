"""Changes to a file that keep some of its shape: within its streams, members and numbers, not only its bytes.

`mutate` is what the fuzzer of the readers calls, beside the byte-wise changes of libFuzzer itself.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483648",
    b"9223372036854775808",
    b"9" * 40,
    b"1e999",
    b"",
)
_XML = (
    "<!DOCTYPE x [<!ENTITY e 'a'>]>|&e;|&#0;|&#x110000;|<![CDATA[|]]>|<!--|-->|<?xml version='1.0' "
    "encoding='utf-16'?>|</|/>|<a xmlns:a=''>|xml:space='preserve'"
)
_TOKENS = {
    "text": ('“|”|‘|"|\ufeff|\r\n|\x0c|\u2028|\x00|\x85'),
    "html": (
        "<p>|</p>|<q>|<article>|<main>|<h1>|<time datetime='2026-02-04'>|"
        '<script type=\'application/ld+json\'>|{"@type":"NewsArticle","headline":"No"}|</script>|'
        "<style>.a{display:none}</style>|class=a|hidden|style='display:none'|"
        "<meta charset=utf-16>|<meta property='og:title' content='|<base href=|<table>|<svg>|"
        "<template>|<noscript>|<pre>|<br>|&nbsp;|&#x0;|<!--|-->|<![CDATA[|<title>| | "
    ),
    "pdf": (
        "/Length 9|/Filter/FlateDecode|/Filter[/ASCII85Decode/LZWDecode]|/Kids[3 0 R]|"
        "/Parent 2 0 R|/Count -1|/Encoding/Identity-H|/ToUnicode 7 0 R|/Prev 9|/Type/ObjStm|"
        "/Type/XRef|/W[1 2 1]|/Index[0 9]|BT|ET|Tj|TJ|Td|Tm|T*|q|Q|cm|Do|BI|ID|EI|<feff00>|(\\|]|"
        "[|<<|>>|endstream|endobj|1 0 obj|xref|trailer|startxref|%%EOF|null|R"
    ),
    "docx": _XML
    + ("|<w:p>|</w:p>|<w:r>|<w:t>|</w:t>|<w:del>|<w:ins>|<w:vanish/>|<w:tab/>|<w:br/>|<w:txbxContent>"),
    "odt": _XML
    + (
        "|<text:p>|</text:p>|<text:h>|<text:s text:c='9'/>|<text:tab/>|<office:annotation>|"
        "<text:note>|text:display='none'|<text:tracked-changes>"
    ),
    "zip": (
        "../|/|a.txt|a.zip|a.html|\\|\x00|C:|word/document.xml|content.xml|mimetype|PK\x03\x04|PK\x01\x02"
    ),
    "rtf": (
        "{|}|\\par|\\'e9|\\'|\\u8220?|\\u-1?|\\uc0|\\uc9|\\bin9|\\v|\\v0|\\*|{\\*\\x|\\ansicpg0|"
        "\\ansicpg932|{\\info{\\title |\\fcharset128|{\\fonttbl|\\~|\\_|\\-|\\\n|\\pict ffd8"
    ),
    "mail": (
        "\r\n|\r\n\r\n|Content-Type: multipart/mixed; boundary=b|--b|--b--|"
        "Content-Transfer-Encoding: base64|Content-Transfer-Encoding: quoted-printable|"
        "Content-Disposition: attachment; filename=a.html|=?utf-8?b?4oCc?=|=?x?q?=ff?=|"
        "charset=utf-16|charset=zip|Content-Type: message/rfc822|From |Date: |From: <|"
        "Content-Type: text/html"
    ),
    "csv": (',|;|\t|||"|""|\n|\r|text|title|date|\ufeff|\x00'),
    "jsonl": ('{|}|[|]|"|:|,|\\ud800|\\u0000|null|NaN|1e999|"text":|"title":|"date":|\n|{"text":"No."}'),
    "parquet": ("PAR1|\x15\x00|\x19|\x18\x04text|\x00|\x15\x02|&|\x1c|ARROW:schema"),
    "feed": _XML
    + (
        "|<item>|</item>|<title>|<description>|<content:encoded>|<link>|<pubDate>|<entry>|<rss>|"
        "<feed>|<base64/>|type='xhtml'|type='base64'|mode='escaped'"
    ),
    "warc": (
        "WARC/1.0\r\n|WARC/1.1\r\n|WARC-Type: response\r\n|Content-Length: 9\r\n|\r\n\r\n|"
        "HTTP/1.1 200 OK\r\n|Content-Encoding: gzip\r\n|Transfer-Encoding: chunked\r\n|"
        "Content-Type: text/html; charset=utf-16\r\n|WARC-Target-URI: <http://x.example/>\r\n|"
        "ffffffff\r\n|0\r\n\r\n"
    ),
    "subtitles": (
        "00:00:01,000 --> 00:00:02,000\n|99:99.999 --> 1:0|WEBVTT\n|\n\n|<v Ann>|<c.x>|</c>|"
        "{\\an8}|>> |- |NAME: |NOTE\n|STYLE\n|&amp;|<00:01.000>|-->"
    ),
    "exports": (
        "\n1 of 2 DOCUMENTS\n|\nLENGTH: 9 words\n|\nHEADLINE: No\n|\nLOAD-DATE: |\nLength: 9 words\n|"
        "\nBody\n|\nEnd of Document\n|\nDocument 1 of 2\n|\nFull text: |\nTitle: |\n____________________\n|"
        "\n9 words\n|\nDocument ABCD000020260204\n|\nLP |\nTD |\nHD |\nPD 4 February 2026\n|"
        "\nOpenURL Link\n|\nRecord: |\nCopyright: |\n(c) 2026 X\n|\n\n|\x0c"
    ),
}
_TOKENS["mbox"] = _TOKENS["mail"] + "|\nFrom a@b.example Wed Feb  4 10:30:00 2026\n|>From "
TOKENS = {kind: tuple(t.encode("utf-8") for t in words.split("|") if t) for kind, words in _TOKENS.items()}


def mutate(data: bytes, kind: str, others: tuple[bytes, ...], seed: int) -> bytes:
    """A changed copy of `data`, a file of the `kind`; `others` are files that pieces may come from."""
    chance = random.Random(seed)
    inside = _INSIDE.get(kind)
    if inside and chance.random() < 0.7:
        changed = inside(data, chance, kind, others)
        if changed is not None:
            return changed
    return _changed(data, chance, TOKENS.get(kind, TOKENS["text"]), others)


def _changed(
    data: bytes, chance: random.Random, tokens: tuple[bytes, ...], others: tuple[bytes, ...]
) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        data = chance.choice(_CHANGES)(data, chance, tokens, others)
    return data


def _part(data: bytes, chance: random.Random, most: int = 4000) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(most ** chance.random()))


def _without_part(data: bytes, chance: random.Random, tokens: object, others: object) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + data[end:]


def _with_token(data: bytes, chance: random.Random, tokens: tuple[bytes, ...], others: object) -> bytes:
    start, end = _part(data, chance, 30)
    return data[:start] + chance.choice(tokens) + data[chance.choice((start, end)) :]


def _with_repeats(data: bytes, chance: random.Random, tokens: object, others: object) -> bytes:
    start, end = _part(data, chance, 500)
    times = chance.choice((2, 3, 10, 300)) if end - start < 200 else 2
    return data[:end] + data[start:end] * times + data[end:]


def _with_number(data: bytes, chance: random.Random, tokens: object, others: object) -> bytes:
    found = list(re.finditer(rb"-?\d+", data[:200_000]))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + chance.choice(NUMBERS) + data[match.end() :]


def _with_bytes(data: bytes, chance: random.Random, tokens: object, others: object) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 30)) if data else 0):
        changed[chance.randrange(len(changed))] = chance.choice((0, 255, 32, 60, 92, chance.randrange(256)))
    return bytes(changed)


def _with_piece(data: bytes, chance: random.Random, tokens: object, others: tuple[bytes, ...]) -> bytes:
    other = chance.choice(others)
    start, end = _part(other, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _swapped(data: bytes, chance: random.Random, tokens: object, others: object) -> bytes:
    a, b, c = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _cut(data: bytes, chance: random.Random, tokens: object, others: object) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _recoded(data: bytes, chance: random.Random, tokens: object, others: object) -> bytes:
    encoding = chance.choice(("utf-16", "utf-16-be", "cp1252", "utf-8-sig", "utf-32", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


_CHANGES: tuple[Callable[..., bytes], ...] = (
    *(_without_part, _with_token, _with_token, _with_token, _with_repeats, _with_number, _with_number),
    *(_with_bytes, _with_piece, _swapped, _cut, _recoded),
)


# --- inside packed formats -----------------------------------------------------------------------------


def _in_zip(data: bytes, chance: random.Random, kind: str, others: tuple[bytes, ...]) -> bytes | None:
    """One member, or its name, changed; the archive itself is sound again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()[:50]]
    except Exception:
        return None
    if not members:
        return None
    number = chance.randrange(len(members))
    name, content = members[number]
    if kind == "zip" and chance.random() < 0.3:
        name = _changed(name.encode(), chance, TOKENS["zip"], others).decode("utf-8", "replace")[:200] or "a"
    members[number] = (name, _changed(content, chance, TOKENS[kind], others)[:300_000])
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            try:
                archive.writestr(name, content)
            except Exception:
                return None
    return stream.getvalue()


def _in_gzip(data: bytes, chance: random.Random, kind: str, others: tuple[bytes, ...]) -> bytes | None:
    try:
        plain = zlib.decompressobj(wbits=31).decompress(data, 300_000) if data[:1] == b"\x1f" else data
    except zlib.error:
        return None
    changed = _changed(plain, chance, TOKENS[kind], others)
    return gzip.compress(changed, 1) if chance.random() < 0.5 else changed


def _in_pdf(data: bytes, chance: random.Random, kind: str, others: tuple[bytes, ...]) -> bytes | None:
    """One packed stream of a PDF changed and packed again, with its true length."""
    found = list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", data))
    if not found:
        return None
    match = chance.choice(found)
    end = data.find(b"endstream", match.end())
    try:
        plain = zlib.decompressobj().decompress(data[match.end() : end], 300_000)
    except zlib.error:
        return None
    packed = zlib.compress(_changed(plain, chance, TOKENS["pdf"], others), 1)
    head = data[: match.start(1)] + b"%d" % len(packed) + data[match.end(1) : match.end()]
    return head + packed + b"\n" + data[end:]


def _in_parquet(data: bytes, chance: random.Random, kind: str, others: tuple[bytes, ...]) -> bytes | None:
    """The footer changed, with its true length behind it."""
    if len(data) < 12 or data[-4:] != b"PAR1":
        return None
    length = struct.unpack("<I", data[-8:-4])[0]
    if not 0 < length < len(data) - 8:
        return None
    start = len(data) - 8 - length
    footer = _changed(data[start:-8], chance, TOKENS["parquet"], others)
    return data[:start] + footer + struct.pack("<I", len(footer)) + b"PAR1"


_INSIDE: dict[str, Callable[..., bytes | None]] = {
    "docx": _in_zip,
    "odt": _in_zip,
    "zip": _in_zip,
    "warc": _in_gzip,
    "pdf": _in_pdf,
    "parquet": _in_parquet,
}
