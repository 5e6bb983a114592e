"""Nothing is lost silently: what in a file is not read is told, one by one or counted."""

from __future__ import annotations

import pytest
from readers_samples import BODY, PAGE, mail, warc, zip_of

from attribution import read_articles
from attribution.readers import read_uploads

PICTURE = "is a picture. Read its text with OCR, and name that."


def test_each_file_of_an_archive_that_is_not_read_is_named_with_the_way_out():
    files = {
        "note.txt": BODY,
        "in/statement.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "scan.JPG": b"\xff\xd8\xff",
        "figures.xlsx": b"PK",
        "talk.mp3": b"ID3",
        "mails.pst": b"!BDN",
        "more.7z": b"7z",
        "site.css": b"p {}",
        "tool.exe": b"MZ",
        ".draft.txt": "Hill said no.",
        "articles.toml": '["note.txt"]',
    }
    reading = read_uploads([("desk.zip", zip_of(files))])
    assert [article.file for article in reading.articles] == ["desk.zip/note.txt"]
    assert {file.removeprefix("desk.zip, file "): reason for file, reason in reading.refused} == {
        "in/statement.doc": "is an old Word document. Save it as .docx or .txt.",
        "scan.JPG": PICTURE,
        "figures.xlsx": "is a spreadsheet. Save it as CSV.",
        "talk.mp3": "is a sound or film. Name its transcript.",
        "mails.pst": "is an Outlook file. Save it as .eml.",
        "more.7z": "is an archive in an archive. Unpack it.",
        "site.css": "is a part of a web page. The page itself is read.",
        "tool.exe": "is a file of a kind that is not read. Save it as .txt.",
        ".draft.txt": "is hidden: its name or its folder's begins with a dot. Give it another name to have "
        "it read.",
        "articles.toml": "is read in a folder alone. Unpack the archive and name the folder.",
    }


def test_what_systems_leave_behind_is_not_told():
    junk = ("__MACOSX/a.txt", "in/._a.txt", ".DS_Store", "in/Thumbs.db", "desktop.ini", "empty/")
    reading = read_uploads([("desk.zip", zip_of({"a.txt": BODY} | dict.fromkeys(junk, b"\0\1")))])
    assert (len(reading.articles), reading.refused) == (1, [])
    reading = read_uploads([("desk.zip", zip_of(dict.fromkeys(junk, b"\0\1")))])
    assert reading.refused == [("desk.zip", "holds no file that is read. Put articles in it, .txt or .pdf.")]


def test_of_hundreds_of_pictures_twenty_are_named_and_the_rest_counted_and_nothing_hides_among_them():
    pictures = {f"{i:03}.png": b"\x89PNG" for i in range(234)}
    data = zip_of(pictures | {"note.txt": BODY, "z.doc": b"\xd0\xcf"})
    refused = read_uploads([("desk.zip", data)]).refused
    assert refused[0] == ("desk.zip, file 000.png", PICTURE)
    assert refused[20:] == [
        ("desk.zip, and 214 more", "are pictures too."),
        ("desk.zip, file z.doc", "is an old Word document. Save it as .docx or .txt."),
    ]


def test_attachments_without_a_reader_are_told_and_those_without_a_name_read_by_their_bytes():
    message = mail()
    message.set_content(BODY)
    message.add_attachment(b"\xd0\xcf", maintype="application", subtype="msword", filename="C:\\in\\old.doc")
    message.add_attachment(
        BODY.encode(), maintype="application", subtype="octet-stream", filename="notes.log"
    )
    message.add_attachment(PAGE.encode(), maintype="application", subtype="octet-stream")
    message.add_attachment(b"x", maintype="application", subtype="pgp-signature")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar")
    message.add_attachment(
        b"\x89PNG", maintype="image", subtype="png", disposition="inline", filename="a.png"
    )
    reading = read_uploads([("m.eml", message.as_bytes())])
    assert [article.file for article in reading.articles] == ["m.eml", "m.eml/part 4"]
    assert reading.articles[0].text.count(BODY[:20]) == 1
    assert reading.refused == [
        ("m.eml, attachment old.doc", "is an old Word document. Save it as .docx or .txt."),
        ("m.eml, attachment notes.log", "is a file of a kind that is not read. Save it as .txt."),
        ("m.eml, attachment part 6.ics", "is an appointment or a card. It is no article."),
    ]
    assert reading.notes == [("m.eml", "Pictures that a letter shows, not read: 1.")]


def test_in_a_mailbox_attachments_are_told_by_their_letters():
    message = mail()
    message.set_content(BODY)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="scan.png")
    letter = b"From a@hill.example Wed Feb  4 10:30:00 2026\n" + message.as_bytes() + b"\n"
    box = b"".join(letter.replace(b"Subject: ", b"Subject: %d " % i) for i in range(30))
    refused = read_uploads([("box.mbox", box)]).refused
    assert refused[1] == ("box.mbox, letter 2, attachment scan.png", PICTURE)
    assert refused[20] == ("box.mbox, and 10 more", "are pictures too.")


def test_frames_of_a_saved_page_are_counted():
    frame = b"--b\r\nContent-Type: text/html\r\n\r\n<p>An advertisement.</p>\r\n"
    saved = (
        b"Snapshot-Content-Location: https://harbour.example/1\r\nMIME-Version: 1.0\r\nSubject: x\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"\r\n" + PAGE.encode() + b"\r\n" + 2 * frame + b"--b--\r\n"
    )
    reading = read_uploads([("page.mhtml", saved)])
    assert (len(reading.articles), reading.refused) == (1, [])
    assert reading.notes == [("page.mhtml", "Frames within the page, not read: 2.")]


def test_what_a_web_archive_holds_beside_pages_is_counted_in_one_line():
    pages = [("https://harbour.example/1", 200, "text/html", PAGE.encode())]
    others = [
        *[("https://harbour.example/gone", 404, "text/html", b"")] * 2,
        *[("https://harbour.example/a.png", 200, "image/png", b"\x89PNG")] * 3,
        ("https://harbour.example/a.pdf", 200, "application/pdf", b"%PDF"),
    ]
    reading = read_uploads([("web.warc", warc(*pages, *others, packed=False))])
    assert (len(reading.articles), reading.refused) == (1, [])
    assert reading.notes == [
        (
            "web.warc",
            "Not read, beside the pages: pictures and other parts of pages (3), redirects and errors (2), "
            "PDF and Word documents, to be saved by themselves (1).",
        )
    ]
    ((_, reason),) = read_uploads([("web.warc", warc(*others, packed=False))]).refused
    assert reason.startswith("is a web archive without a web page (it holds redirects and errors, pictures")


def test_of_a_feed_of_episodes_without_text_twenty_are_named_and_the_rest_counted():
    items = "".join(f"<item><link>https://harbour.example/{i}</link></item>" for i in range(50))
    refused = read_uploads([("pod.rss", f"<rss><channel>{items}</channel></rss>".encode())]).refused
    assert refused[0] == (
        "pod.rss, entry 1, https://harbour.example/0",
        "has no text in the feed. Save its page.",
    )
    assert refused[20:] == [("pod.rss, and 30 more entries", "have no text in the feed. Save their pages.")]


@pytest.mark.parametrize("name", ["old.doc", "draft.PAGES", "book.epub", "mail.msg"])
def test_a_document_in_a_folder_that_no_reader_is_there_for_is_told(name, tmp_path):
    for file in ("note.txt", "photo.jpg", "tool.py"):
        (tmp_path / file).write_text(BODY)
    (tmp_path / name).write_bytes(b"\xd0\xcf")
    articles, ((file, reason),) = read_articles([tmp_path])
    assert (len(articles), file) == (1, str(tmp_path / name))
    assert reason.startswith("is a") and "Save it as" in reason or "as ." in reason
