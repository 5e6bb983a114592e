"""Readers: files, folders, links, uploads and standard input → `Article`s, whose texts offsets refer to.

`formats.py` is the registry, with one module a format beside it; `reading.py` goes from bytes to articles,
`sandbox.py` holds the child process in which all but plain text is parsed.
"""

from attribution.readers.files import read_article, read_articles, read_files
from attribution.readers.links import read_links
from attribution.readers.pages import page_of, time_of
from attribution.readers.reading import Reading, article_from_upload, read_uploads
from attribution.readers.text import article_from_bytes

__all__ = [
    "Reading",
    "article_from_bytes",
    "article_from_upload",
    "page_of",
    "read_article",
    "read_articles",
    "read_files",
    "read_links",
    "read_uploads",
    "time_of",
]
