"""Hostile documents: Word, OpenDocument, feeds, web pages, PDF and RTF, for `hostile_files`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from hostile_files import MB, SAID, Hostile, sizes_said, zipped


def hostile_documents(canary: str) -> Iterator[Hostile]:
    """All of them; `canary` is the path of a file outside, which some try to get at."""
    yield from _office(canary)
    yield from _xml_feeds(canary)
    yield from _pages(canary)
    yield from _pdfs()
    yield from _rtfs(canary)


# --- Word, OpenDocument ----------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_O = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _laughs(root: str, depth: int = 9) -> str:
    """Entities of entities (Klein 2002)."""
    lines = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, depth + 1))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "lol">{lines}]>'


def _office(canary: str) -> Iterator[Hostile]:
    def word(body: str | bytes, head: str = "", **more) -> bytes:
        xml = (
            body
            if isinstance(body, bytes)
            else f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>"
        )
        return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": xml, **more})

    def odt(body: str, head: str = "", kind: str = "application/vnd.oasis.opendocument.text") -> bytes:
        xml = (
            f"{head}<office:document-content {_O}><office:body>{body}</office:body></office:document-content>"
        )
        return zipped([("mimetype", kind), ("content.xml", xml)])

    def para(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    for system in (f"file://{canary}", canary, "http://127.0.0.1:9/x", "php://filter/x", "jar:file:///x!/y"):
        head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{system}">]>'
        yield Hostile("entity.docx", word(para("&e;"), head), True)
        yield Hostile("entity.odt", odt("<text:p>&e;</text:p>", head), True)
        parameter = f'<!DOCTYPE x [<!ENTITY % e SYSTEM "{system}"> %e;]>'
        yield Hostile("parameter.docx", word(para("No."), parameter), True)
    yield Hostile("laughs.docx", word(para("&l9;"), _laughs("x")), True)
    yield Hostile("laughs.odt", odt("<text:p>&l9;</text:p>", _laughs("x")), True)
    yield Hostile(
        "square.docx", word(para("&a;" * 50_000), f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'), True
    )
    yield Hostile("bomb.docx", word(para("a" * 64 * MB)), True)
    yield Hostile("bomb-that-lies.docx", sizes_said(word(para("a" * 40 * MB)), 500), True)
    yield Hostile("bomb.odt", odt("<text:p>" + " " * 64 * MB + "</text:p>"), True)
    for depth in (200, 300, 5_000, 200_000):
        yield Hostile(
            f"deep-{depth}.docx", word("<w:p>" * depth + "<w:r><w:t>No.</w:t></w:r>" + "</w:p>" * depth)
        )
        yield Hostile(f"deep-{depth}.odt", odt("<text:p>" * depth + "No." + "</text:p>" * depth))
    yield Hostile("wide.docx", word(para("No.") * 200_000))
    many = " ".join(f'a{i}=""' for i in range(50_000))
    yield Hostile("attributes.docx", word(f"<w:p {many}/>"), True)
    yield Hostile("spaces.odt", odt('<text:p>a<text:s text:c="999999999999"/>b</text:p>'))
    yield Hostile("no-text.docx", word(""), True)
    yield Hostile("cut.docx", word(f"<w:document {_W}><w:body>".encode()), True)
    yield Hostile("binary.docx", word(bytes(range(256)) * 50), True)
    yield Hostile(
        "utf16.docx", word(f"<w:document {_W}><w:body>{para('No.')}</w:body></w:document>".encode("utf-16"))
    )
    yield Hostile("wrong-charset.docx", word(b'<?xml version="1.0" encoding="x-none"?><a>\xff</a>'), True)
    relations = (
        f'<Relationships><Relationship Target="file://{canary}" TargetMode="External"/></Relationships>'
    )
    chunk = '<w:altChunk xmlns:r="http://x" r:id="rId1"/>'
    yield Hostile("chunk.docx", word(para("No.") + chunk, **{"word/_rels/document.xml.rels": relations}))
    yield Hostile("card.docx", word(para("No."), **{"docProps/core.xml": _laughs("x") + "<x>&l9;</x>"}))
    include = (
        f'<text:section><text:section-source xmlns:xlink="http://x" xlink:href="{canary}"/></text:section>'
    )
    yield Hostile("include.odt", odt(include), True)
    yield Hostile("sheet.ods", odt("", kind="application/vnd.oasis.opendocument.spreadsheet"), True)
    yield Hostile("kind-bomb.odt", zipped([("mimetype", b"a" * MB), ("content.xml", "<a/>")]), True)


def _xml_feeds(canary: str) -> Iterator[Hostile]:
    item = "<item><title>Hill</title><description>{}</description></item>"
    for system in (f"file://{canary}", "http://127.0.0.1:9/x", "ftp://127.0.0.1/x"):
        head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "{system}">]>'
        yield Hostile("entity.rss", f"{head}<rss><channel>{item.format('&e;')}</channel></rss>".encode())
        dtd = f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{system}">'
        yield Hostile("dtd.rss", f"{dtd}<rss><channel>{item.format('No.')}</channel></rss>".encode())
        style = f'<?xml version="1.0"?><?xml-stylesheet href="{system}"?>'
        yield Hostile("style.rss", f"{style}<rss><channel>{item.format('No.')}</channel></rss>".encode())
    laughs = f'<?xml version="1.0"?>{_laughs("rss")}<rss><channel>{item.format("&l9;")}</channel></rss>'
    yield Hostile("laughs.rss", laughs.encode())
    yield Hostile("laughs.txt", laughs.encode())
    yield Hostile("laughs.xml", f'<?xml version="1.0"?>{_laughs("x")}<x>&l9;</x>'.encode(), True)
    for depth in (500, 100_000):
        yield Hostile(f"deep-{depth}.rss", b"<rss>" + b"<channel>" * depth + b"<item>" * depth)
        yield Hostile(f"deep-{depth}.xml", b"<?xml version='1.0'?>" + b"<a>" * depth + b"</a>" * depth, True)
    numbers = "&#1114112; &#x110000; &#xd800; &#99999999999999999999; &#0; No."
    yield Hostile("numbers.rss", f"<rss><channel>{item.format(numbers)}</channel></rss>".encode())
    yield Hostile("named.rss", b"<?xml version='1.0' encoding='\xff'?><rss><channel/></rss>", True)
    yield Hostile("many.rss", b"<rss><channel>" + item.format("No.").encode() * 20_000 + b"</channel></rss>")
    yield Hostile("empty.rss", b"<rss/>", True)
    yield Hostile("cut.rss", b"<rss><channel><item><title>Hill", True)
    yield Hostile("charset.rss", b'<?xml version="1.0" encoding="x-none"?><rss><channel/></rss>', True)
    yield Hostile(
        "utf16.rss", '<?xml version="1.0" encoding="utf-16"?><rss><channel/></rss>'.encode("utf-16"), True
    )
    cdata = f"<rss><channel>{item.format('<![CDATA[' + '<b>' * 50_000 + ']]>')}</channel></rss>"
    yield Hostile("cdata.rss", cdata.encode())
    yield Hostile("doctypes.rss", b"<rss>" + b"<!DOCTYPE x [" * 20_000, True)
    yield Hostile("large.rss", b"<rss>" + b" " * 6 * MB, True)


# --- web pages -------------------------------------------------------------------------------------


def _pages(canary: str) -> Iterator[Hostile]:
    def page(body: str, head: str = "") -> bytes:
        return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}".encode()

    yield Hostile("20-mb.html", page(SAID * (20 * MB // len(SAID))), True)
    yield Hostile("5-mb.html", page(SAID * (4 * MB // len(SAID))))
    for tag in ("div", "span", "b", "table", "blockquote", "a", "ul", "q", "font", "svg", "form", "object"):
        for depth in (1_000, 60_000):
            yield Hostile(f"deep-{tag}-{depth}.html", page(f"<{tag}>" * depth + SAID))
    yield Hostile("closed.html", page("</div>" * 200_000 + SAID))
    yield Hostile("attribute.html", page(f"<p class='{'a ' * MB}'>{SAID}"))
    yield Hostile("attributes.html", page(f"<p {' '.join(f'a{i}=1' for i in range(100_000))}>{SAID}"))
    yield Hostile("word.html", page("<p>" + "a" * 4 * MB))
    yield Hostile("entities.html", page("&amp;" * 500_000 + "&#9999999999;" * 1000 + "&nosuch;" * 1000))
    references = "".join(f"&#{n};" for n in (*range(32), *range(127, 160), 0xD800, 0xFFFE, 0x110000))
    yield Hostile("references.html", page(f"<p>No{references}<script></script>{references}</p>{SAID}"))
    yield Hostile("comment.html", page("<!-- " + SAID), True)
    yield Hostile("cdata.html", page("<![CDATA[" * 10_000 + SAID))
    yield Hostile("times.html", page("<time>4 February 2026</time>" * 50_000 + SAID))
    yield Hostile("metas.html", page(SAID, "<meta name=author content='A. Hill'>" * 50_000))
    yield Hostile("style.html", page(SAID, f"<style>{'.a,' * 200_000}{{display:none</style>"))
    yield Hostile("style-2.html", page(SAID, f"<style>{'@media print{' * 20_000}</style>"))
    yield Hostile("style-3.html", page(SAID, f"<style>{'/*' * 300_000}</style>"))
    for name, json in {
        "deep": "[" * 100_000,
        "deep-2": '{"@graph":' * 50_000,
        "wide": "[" + '{"@type":"Article","author":{"name":"A"}},' * 30_000 + "0]",
        "number": '{"@type":"Article","headline":' + "9" * 100_000 + "}",
        "surrogate": '{"@type":"Article","headline":"\\ud800 no","datePublished":"2026-02-04"}',
        "strange": '{"@type":{"a":[1]},"headline":[{}],"author":[[["x"]],7,null],"datePublished":{}}',
        "commas": '{"@type":"Article"' + "," * 300_000,
        "itself": '{"@id":"#a","@type":"Article","author":{"@id":"#a"},"publisher":{"@id":"#a"}}',
    }.items():
        yield Hostile(
            f"json-{name}.html", page(SAID * 3, f'<script type="application/ld+json">{json}</script>')
        )
    for source in (f"file://{canary}", canary, "http://127.0.0.1:9/"):
        tags = "<iframe src='{0}'></iframe><object data='{0}'></object><img src='{0}'>"
        yield Hostile("sources.html", page(tags.format(source) + SAID * 3, f"<base href='{source}'>"))
        dtd = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{source}">]><html><body>{SAID}&e;'
        yield Hostile("entity.html", dtd.encode())
        xml = f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{source}"><html><body>{SAID}</body></html>'
        yield Hostile("entity.xhtml", xml.encode())
    yield Hostile("laughs.html", f"{_laughs('html')}<html><body>{SAID}&l9;".encode())
    said = SAID * 3
    for declared in (
        "utf-7",
        "utf-16",
        "base64",
        "rot13",
        "punycode",
        "unicode_escape",
        "../../x",
        "idna",
        "zip",
    ):
        yield Hostile(
            f"{declared.strip('./')}.html", f"<html><meta charset='{declared}'>{said}".encode("cp1252")
        )
    yield Hostile("mixed.html", page(said) + said.encode("cp1252") + said.encode("utf-16"))
    yield Hostile("nul.html", page(said).replace(b"w", b"\0w"))
    yield Hostile("nul-2.html", page(said).replace(b"", b"\0"), True)
    yield Hostile("controls.html", page(said + "".join(map(chr, range(32))) + "\x7f\x80\ufffe\uffff\u202e"))
    yield Hostile("surrogates.html", page(said) + "\ud800\udfff".encode("utf-8", "surrogatepass") * 5)
    yield Hostile("script.html", b"<html><script>document.write('no')</script>", True)
    yield Hostile("scripts.html", page("<script>alert(1)</script><p onclick='alert(1)'>" + said))
    yield Hostile("nothing.html", b"<html>", True)
    yield Hostile("brackets.html", b"<html>" + b"<" * MB)
    yield Hostile("quotes.html", page("<q>" * 3_000 + said))
    yield Hostile("templates.html", page("<template>" * 1_000 + said))
    yield Hostile("frames.html", b"<html><frameset><frame src='/'></frameset></html>", True)
    yield Hostile("title.html", page(said, f"<title>{'a | ' * 200_000}</title>"))
    yield Hostile("heading.html", page(f"<h1>{'Hill - ' * 100_000}</h1>{said}"))
    yield Hostile("date.html", page(said, f"<meta name=date content='{'1' * 500_000}'>"))
    yield Hostile("spaces.html", page("<p>" + " \t\n" * MB + said))


# --- PDF -------------------------------------------------------------------------------------------


def _pdf(objects: list[bytes], trailer: bytes = b"/Root 1 0 R", start: int | None = None) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start or at)
    return out


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), more, data)


def _pdfs() -> Iterator[Hostile]:
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

    def page(content: bytes, page_more: bytes = b"", *more: bytes) -> bytes:
        resources = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
        leaf = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 600 800]%s%s>>" % (
            resources,
            page_more,
        )
        return _pdf([catalog, pages, leaf, content, font, *more])

    words = b"BT /F 12 Tf 72 700 Td (We will not close a single berth, she said.) Tj ET\n"
    once = zlib.compress(bytes(100 * MB), 1)
    yield Hostile("flate.pdf", page(_stream(once, b"/Filter/FlateDecode")), True)
    twice = zlib.compress(zlib.compress(bytes(100 * MB), 1), 9)
    yield Hostile("flate-2.pdf", page(_stream(twice, b"/Filter[/FlateDecode/FlateDecode]")), True)
    yield Hostile("filters.pdf", page(_stream(b"x", b"/Filter[" + b"/ASCIIHexDecode" * 5_000 + b"]")), True)
    yield Hostile("run-length.pdf", page(_stream(b"\x81a" * MB, b"/Filter/RunLengthDecode")), True)
    yield Hostile("lzw.pdf", page(_stream(bytes(range(256)) * 4000, b"/Filter/LZWDecode")), True)
    yield Hostile("words.pdf", page(_stream(words * 60_000)))
    yield Hostile("ops.pdf", page(_stream(b"q " * MB)), True)
    yield Hostile("array.pdf", page(_stream(b"[" * MB)), True)
    yield Hostile("dict.pdf", page(_stream(words), b"/A" + b"<</A" * 50_000))
    yield Hostile("strings.pdf", page(_stream(b"(" * MB)), True)
    yield Hostile("numbers.pdf", page(_stream(b"BT " + b"9" * 500_000 + b" Td (a) Tj ET")))
    yield Hostile("inline.pdf", page(_stream(b"BI /W 9999999 /H 9999999 ID " * 10_000)), True)
    itself = _stream(b"/X Do", b"/Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>")
    yield Hostile("form-in-itself.pdf", page(_stream(b"/X Do"), b"", itself), True)
    for count in (10, 30):
        forms = [
            _stream(
                b"/X Do /X Do",
                b"/Type/XObject/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>" % min(i + 1, 5 + count),
            )
            for i in range(6, 6 + count)
        ]
        yield Hostile(f"forms-{count}.pdf", page(_stream(b"/X Do"), b"", *forms))
    yield Hostile("kids-in-itself.pdf", _pdf([catalog, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]), True)
    deep = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (max(i - 1, 2), i + 1) for i in range(2, 5000)
    ]
    yield Hostile("deep-kids.pdf", _pdf([catalog, *deep]), True)
    wide = b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>"
    leaf = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    yield Hostile("100000-pages.pdf", _pdf([catalog, wide, leaf, _stream(words), font]), True)
    million = b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>"
    yield Hostile("count-that-lies.pdf", _pdf([catalog, million, leaf, _stream(words), font]))
    yield Hostile(
        "parent-in-itself.pdf", _pdf([catalog, pages, b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>"]), True
    )
    yield Hostile("prev-in-itself.pdf", _pdf([catalog, pages, leaf], b"/Root 1 0 R/Prev 9"), True)
    yield Hostile("no-root.pdf", _pdf([b"<<>>"], b""), True)
    yield Hostile("root-number.pdf", _pdf([b"7"]), True)
    yield Hostile("no-start.pdf", _pdf([catalog, pages, leaf, _stream(words), font], start=10**9))
    cmap = b"1 begincodespacerange <00000000> <ffffffff> endcodespacerange "
    cmap += b"1 beginbfrange <0000> <ffffffff> <0000> endbfrange"
    mapped = b"<</Type/Font/Subtype/Type0/BaseFont/H/ToUnicode 7 0 R/Encoding/Identity-H>>"
    yield Hostile("cmap.pdf", _pdf([catalog, pages, leaf, _stream(words), mapped, b"null", _stream(cmap)]))
    yield Hostile("header-only.pdf", b"%PDF-1.7\n", True)
    yield Hostile("header-and-zeros.pdf", b"%PDF-1.7\n" + bytes(5 * MB), True)
    yield Hostile("objects.pdf", b"%PDF-1.7\n" + b"1 0 obj " * 300_000, True)
    yield Hostile(
        "xref.pdf", b"%PDF-1.7\nxref\n0 99999999999\n" + b"trailer<</Root 1 0 R>>startxref 9 %%EOF", True
    )
    yield Hostile("large.pdf", b"%PDF-1.7\n" + bytes(51 * MB), True)
    encrypt = b"/Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O()/U()/P -1>>/ID[()()]"
    yield Hostile("encrypted.pdf", _pdf([catalog, pages, leaf, _stream(words), font], encrypt), True)


# --- RTF, mail -------------------------------------------------------------------------------------


def _rtfs(canary: str) -> Iterator[Hostile]:
    for depth in (400, 600, 500_000):
        yield Hostile(f"deep-{depth}.rtf", b"{\\rtf1 " + b"{" * depth + b"No." + b"}" * depth)
    yield Hostile("open.rtf", b"{\\rtf1 Hill said no.")
    yield Hostile("closed.rtf", b"{\\rtf1 Hill}" + b"}" * 100_000 + b" said no.")
    yield Hostile("nothing.rtf", b"{\\rtf1}", True)
    yield Hostile("word.rtf", b"{\\rtf1 \\" + b"a" * 2 * MB + b"}")
    yield Hostile("words.rtf", b"{\\rtf1 " + b"\\a " * 500_000 + b"No.}")
    yield Hostile("hidden.rtf", b"{\\rtf1 " + b"\\v " * 100_000 + b"No.}")
    yield Hostile("hidden-2.rtf", b"{\\rtf1 " + b"\\v a\\v0 " * 100_000 + b"No.}")
    yield Hostile("hex.rtf", b"{\\rtf1 {\\pict " + b"89504e47" * 500_000 + b"} No.}")
    yield Hostile("almost-hex.rtf", b"{\\rtf1 " + (b"a" * 63 + b" ") * 60_000 + b"}")
    yield Hostile("bin.rtf", b"{\\rtf1 \\bin999999999 No.}")
    yield Hostile("unicode.rtf", b"{\\rtf1 \\u-99999?\\u55357?\\u99999999999999999999? No.}")
    yield Hostile("bad-hex.rtf", b"{\\rtf1 \\'zz\\'\\' No.}")
    yield Hostile("codepage.rtf", b"{\\rtf1\\ansi\\ansicpg99999 Jos\\'e9 said no.}")
    yield Hostile("title.rtf", b"{\\rtf1{\\info{\\title " + b"\\a" * 50_000 + b" No.}")
    yield Hostile("title-2.rtf", b"{\\rtf1{\\info{\\title " + b"\\u1 ?" * 20_000 + b"{No.}")
    yield Hostile("title-3.rtf", b"{\\rtf1{\\info{\\title " + b"\\u65533  a " * 3_000 + b"{No.")
    yield Hostile("numbers.rtf", b"{\\rtf1 \\u9999999 a\\u-99999 b\\uc c\\uc99999 d\\u No.}")
    field = f'{{\\rtf1{{\\field{{\\*\\fldinst INCLUDETEXT "{canary}"}}{{\\fldrslt No.}}}}}}'
    yield Hostile("include.rtf", field.encode())
    yield Hostile("object.rtf", b"{\\rtf1{\\object\\objdata " + b"d0cf11e0" * 1000 + b"} No.}")
    yield Hostile("large.rtf", b"{\\rtf1 " + b"a" * 6 * MB, True)
