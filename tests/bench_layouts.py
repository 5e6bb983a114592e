"""Articles printed to PDF in the layouts of papers, pages and phones: which quotes and speakers are the same.

    python tests/bench_layouts.py ARTICLES [LAYOUT…]

ARTICLES is a folder of plain texts, each with a headline as its first paragraph. Chromium (/usr/bin/chromium)
sets and prints them. A line tells of a layout how many of the quotes of the plain texts were found word for
word, and with the same speaker.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from attribution import read_articles  # noqa: E402
from attribution.analysis import extract  # noqa: E402
from attribution.article import Article  # noqa: E402

STYLE = "body{font:11pt/1.35 serif;margin:0}p{margin:0 0 .6em}h1{font-size:20pt;line-height:1.1}"
SET_IN = "p{margin:0;text-indent:1.2em;text-align:justify}h1{column-span:all}"
HEAD = (
    "<div style='font-size:8pt;width:100%;padding:0 1cm;display:flex;justify-content:space-between'>"
    "<span>THE DAILY PAPER</span><span>Tuesday, June 2, 2026</span></div>"
)
FOOT = "<div style='font-size:8pt;width:100%;text-align:center'><span class=pageNumber></span></div>"
PRINTED = "<div style='font-size:7pt;width:100%;padding:0 1cm'><span class=date></span> The Paper</div>"
FROM = (
    "<div style='font-size:7pt;width:100%;padding:0 1cm'>https://paper.example/news/story-slug "
    "<span class=pageNumber></span>/<span class=totalPages></span></div>"
)
SIDE = (
    "<div style='float:left;width:40%;border:1px solid;padding:.5em;margin:0 1em .5em 0;font:9pt sans-serif'>"
    "<b>At a glance</b><br>The plan was raised nine years ago and dropped twice.<br>Three inquiries have "
    "looked at it since.</div>"
)
PHOTO = (
    "<figure style='float:right;width:45%;margin:0 0 .5em 1em'><div style='height:90px;background:#bbb'>"
    "</div><figcaption style='font:8pt sans-serif'>People waited for hours. Photograph: T. Quill</figcaption>"
    "</figure>"
)


def told(article: Article) -> list[tuple[str, str]]:
    """The words of each quote, soft hyphens and white space aside, with its speaker."""
    found = extract([article]).quotes
    return [
        ("".join(q.quote.text.replace("\u00ad", "").split()), " ".join(str(q.name).split())) for q in found
    ]


def cut(text: str) -> str:
    """The text with a soft hyphen wherever a long word might be cut."""
    return re.sub(
        r"[A-Za-z]{6,}", lambda word: re.sub(r"(?<=\w\w)([tnlr])(?=\w\w)", "\\1\u00ad", word[0]), text
    )


def story(article: Article, words: Callable[[str], str] = str, within: str = "", notes: bool = False) -> str:
    """The article as HTML; `within` stands after its third paragraph."""
    head, *rest = (" ".join(article.text[start:end].split()) for start, end in article.paragraphs)
    parts = [
        f"<h1>{escape(words(head))}</h1>",
        *(f"<p>{escape(words(part), quote=False)}</p>" for part in rest),
    ]
    if notes:
        marked = [3, 5]
        for number, at in enumerate(marked, start=1):
            parts[at] = parts[at].replace("</p>", f"<sup style='font-size:7pt'>{number}</sup></p>")
        small = "".join(f"<p><sup>{n}</sup> See the minutes, page {n * 14}.</p>" for n in (1, 2))
        parts.append(f"<div style='border-top:1px solid;font-size:8pt;margin-top:1em'>{small}</div>")
    return "".join([*parts[:4], within, *parts[4:]])


def pulled(article: Article) -> str:
    """A pull quote: the first words of the longest quote, in large letters."""
    longest = max(extract([article]).quotes, key=lambda quote: len(quote.quote.text)).quote.text
    words = " ".join(longest.split())[:110].rsplit(" ", 1)[0]
    style = "float:right;width:38%;font:bold 18pt/1.1 sans-serif;margin:.4em 0 .4em 1em"
    return f"<aside style='{style}'>{escape(words)}</aside>"


Layout = tuple[str, Callable[[Article], str], dict[str, Any]]
COLUMNS = "body{{columns:{};column-gap:1.5em;font-size:{}pt}}" + SET_IN.replace("{", "{{").replace("}", "}}")
LAYOUTS: dict[str, Layout] = {
    "one column": ("", story, {}),
    "one column, justified and hyphenated": ("p{text-align:justify}", lambda a: story(a, cut), {}),
    "two columns": (COLUMNS.format(2, 10), lambda a: story(a, cut), {}),
    "three columns": (COLUMNS.format(3, 9), lambda a: story(a, cut), {}),
    "running head and page numbers": (
        "",
        story,
        {"format": "A5", "display_header_footer": True, "header_template": HEAD, "footer_template": FOOT},
    ),
    "printed by a browser": (
        "",
        story,
        {"format": "A5", "display_header_footer": True, "header_template": PRINTED, "footer_template": FROM},
    ),
    "pull quote": ("", lambda a: story(a, within=pulled(a)), {}),
    "box beside": ("", lambda a: story(a, within=SIDE), {}),
    "photo and caption": ("", lambda a: story(a, within=PHOTO), {}),
    "footnotes": ("", lambda a: story(a, notes=True), {}),
    "phone": ("body{font-size:12pt}", story, {"width": "90mm", "height": "150mm"}),
    "drop cap": ("h1+p:first-letter{float:left;font-size:46pt;line-height:.8;padding-right:4px}", story, {}),
    "small capitals": ("p:first-line{font-variant:small-caps}", story, {}),
    "headline set apart": ("h1{letter-spacing:.3em;text-transform:uppercase;font-size:15pt}", story, {}),
}


def main() -> None:
    """Print a line for each layout named, or for all."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("articles", type=Path)
    options.add_argument("layouts", nargs="*", metavar="LAYOUT", help=f"of: {'; '.join(LAYOUTS)}; none: all")
    given = options.parse_args()
    if unknown := set(given.layouts) - set(LAYOUTS):
        options.error(f"no such layout: {', '.join(sorted(unknown))}")

    from conftest import chromium

    from attribution.readers import read_uploads

    articles, _ = read_articles(sorted(given.articles.glob("*.txt")))
    plain = [told(article) for article in articles]
    total = sum(map(len, plain))
    print(f"{'layout':38}found  same speaker  of {total} quotes of {len(articles)} articles")
    with chromium() as browser:
        page = browser.new_page()
        for name in given.layouts or LAYOUTS:
            style, made, paper = LAYOUTS[name]
            found = same = 0
            for article, quotes in zip(articles, plain, strict=True):
                head = f"<!doctype html><html lang=en><meta charset=utf-8><style>{STYLE}{style}</style>"
                page.set_content(f"{head}<body>{made(article)}</body></html>")
                sides = dict.fromkeys(
                    ("top", "bottom", "left", "right"), "8mm" if "width" in paper else "18mm"
                )
                size = paper if paper.keys() & {"width", "format"} else {**paper, "format": "A4"}
                (again,) = read_uploads([("story.pdf", page.pdf(margin=sides, **size))]).articles
                read = told(again)
                found += sum(text in {text for text, _ in read} for text, _ in quotes)
                same += sum(quote in read for quote in quotes)
            print(f"{name:38}{found / total:6.1%} {same / total:8.1%}", flush=True)


if __name__ == "__main__":
    main()
