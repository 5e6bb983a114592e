"""Readers: files, folders, standard input and uploads → `Article`, the text exactly as published."""

from attribution.article import Article
from attribution.readers.files import read_article, read_articles
from attribution.readers.text import article_from_bytes


def article_from_upload(name: str, data: bytes) -> Article:
    """The article that a visitor of the page uploaded as the file `name`.

    Raises `AttributionError` where `data` is no text.

    >>> article_from_upload("note.md", b"Hill said no.").name
    'note.md'
    """
    return article_from_bytes(data, name)


__all__ = ["article_from_bytes", "article_from_upload", "read_article", "read_articles"]
