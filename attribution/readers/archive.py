"""ZIP archives, opened only where they are as small as they say; Word and OpenDocument texts are such."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from attribution.article import AttributionError
from attribution.readers import docx, odt
from attribution.readers.document import Contents, Member
from attribution.readers.formats import MEGABYTE
from attribution.readers.unread import Unread, is_junk, told, unread

_MOST_MEMBERS = 2000
_MOST_BYTES = 60 * MEGABYTE  # unpacked, all together
_MOST_RATIO = 200  # text packs to a tenth; what packs to less than this is made to
_HARMLESS = 100_000  # bytes that may be packed as tightly as one likes
_PACKED = (".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz")
_OTHERS = {
    "xl/workbook.xml": "is a spreadsheet. Save it as CSV.",
    "ppt/presentation.xml": "is a presentation. Save its text as .txt.",
    "META-INF/container.xml": "is an e-book. Save its text as .txt.",
    "AndroidManifest.xml": "is a program, no archive of articles.",
    "META-INF/MANIFEST.MF": "is a program, no archive of articles.",
}


class SafeZip:
    """An archive whose declared sizes were checked; no member gives more than it declared."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeDecodeError):
            raise AttributionError("is a broken ZIP archive. Pack or save it again.") from None
        self.members = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        self.names = {info.filename for info in self.members}
        if len(self.members) > _MOST_MEMBERS:
            raise AttributionError(f"holds over {_MOST_MEMBERS:,} files. Split it.")
        self._left = _MOST_BYTES
        declared = sum(info.file_size for info in self.members)
        if declared > _MOST_BYTES:
            raise AttributionError(
                f"unpacks to {declared // MEGABYTE:,} MB, more than {_MOST_BYTES // MEGABYTE}. Split it."
            )

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """The bytes of one member. Raises `AttributionError` where it is locked, broken or too large."""
        info = self._zip.getinfo(name) if isinstance(name, str) else name
        if info.flag_bits & 0x1:
            raise AttributionError("is locked with a password. Save it without one.")
        if info.file_size > _HARMLESS + _MOST_RATIO * info.compress_size:
            raise AttributionError("is packed as tightly as only a bomb is. Pack its files again.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise AttributionError("is packed in a way that is not read. Pack it as a common ZIP.")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(min(info.file_size, self._left) + 1)
        except Exception as error:
            if isinstance(error, MemoryError):
                raise
            raise AttributionError("is broken in the archive. Pack it again.") from None
        self._left -= len(data)
        if len(data) > info.file_size or self._left < 0:
            raise AttributionError("is larger than the archive says. Pack it again.")
        return data


def read(data: bytes) -> Contents:
    """What is in the archive `data`: the text of a Word or OpenDocument file, else its files."""
    archive = SafeZip(data)
    if "word/document.xml" in archive.names or any(
        re.fullmatch(r"word/document\d*\.xml", name) for name in archive.names
    ):
        return docx.read(archive)
    if "content.xml" in archive.names and "mimetype" in archive.names:
        kind = archive.read("mimetype")[:80].decode("latin-1").strip()
        if "opendocument.text" in kind:
            return odt.read(archive)
        raise AttributionError("is an OpenDocument file, but no text. Save it as .odt or .txt.")
    for name, reason in _OTHERS.items():
        if name in archive.names:
            raise AttributionError(reason)
    return _unpacked(archive)


def _unpacked(archive: SafeZip) -> Contents:
    """The files of an archive that may hold articles. A path that leads out of it is refused unread."""
    contents = Contents()
    passed_over: list[tuple[str, Unread]] = []
    for info, name, reason in _files(archive):
        if reason is None and (kind := unread(name)):
            passed_over.append((f"file {name}", kind))
            continue
        if reason is None:
            try:
                contents.members.append(Member(name, archive.read(info)))
                continue
            except AttributionError as error:
                reason = str(error)
        contents.refused.append((f"file {name}", reason))
    contents.refused += told(passed_over)
    if not archive.members:
        raise AttributionError("is an empty archive. Name another.")
    if not (contents.members or contents.refused):
        raise AttributionError("holds no file that is read. Put articles in it, .txt or .pdf.")
    return contents


def _files(archive: SafeZip) -> Iterator[tuple[zipfile.ZipInfo, str, str | None]]:
    """Each file but what systems leave behind, with its path shown plainly and why it is refused."""
    seen: set[str] = set()
    for info in archive.members:
        name = re.sub(r"[\x00-\x1f\x7f]", "?", info.filename.replace("\\", "/"))[:300]
        if not name:
            yield info, "without a name", "cannot be told from others. Pack it again."
            continue
        if is_junk(name):
            continue
        reason = None
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
            reason = "has a path that leads out of the archive. Pack it again."
        elif (info.external_attr >> 16) & 0o170000 == 0o120000:
            reason = "is a link. Pack the file itself."
        elif name in seen:
            reason = "is in the archive twice. The first one is read."
        elif name.lower().endswith(_PACKED):
            reason = "is an archive in an archive. Unpack it."
        seen.add(name)
        yield info, name, reason
