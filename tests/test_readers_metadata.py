"""What web pages say of themselves: small pages in the manner of different publishers, and the shares right.

`pytest tests/test_readers_metadata.py -s` prints the figures. The pages are invented; their tags are such as
news sites, agencies, blogs and authorities use.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from attribution.readers import html

STORY = (
    "<p>The harbour stays open, the mayor of Port Hill said on Tuesday. “We will not close a "
    "single berth,” Ann Hill "
    "told the council, “and nobody will be sent home.” The operation had been planned since 11 "
    "January 2026.</p>"
    "<p>“It must end,” said José Álvarez, who speaks for the dockers. “At once.” He had come with "
    "two hundred.</p>"
)
OTHERS = (
    '<aside class="related"><h3>Read on</h3><ul><li><a href="/x"><time datetime="2024-05-06">6 May '
    "2024</time> "
    "Ferry sinks</a></li></ul></aside><footer>© 2019–2026 All rights reserved. Last updated 7 "
    "March 2026</footer>"
)
TITLE, DATE, AUTHOR, OUTLET = (
    "Mayor: harbour ‘stays open’ all winter",
    "2026-02-04",
    "Ann Reporter",
    "Harbour Post",
)


@dataclass(frozen=True)
class Page:
    """One page, and what it says; what it does not say is None."""

    manner: str
    head: str
    body: str
    title: str | None = TITLE
    published: str | None = DATE
    author: str | None = AUTHOR
    outlet: str | None = OUTLET


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def meta(**values: str) -> str:
    return "".join(f'<meta property="{k.replace("__", ":")}" content="{v}">' for k, v in values.items())


def named(**values: str) -> str:
    return "".join(f'<meta name="{k.replace("__", ".")}" content="{v}">' for k, v in values.items())


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2026-02-04T09:30:00-06:00",
    "dateModified": "2026-02-06T10:00:00-06:00",
    "author": {"@type": "Person", "name": AUTHOR},
    "publisher": {"@type": "NewsMediaOrganization", "name": OUTLET, "logo": {"@type": "ImageObject"}},
}
H1 = f"<h1>{TITLE}</h1>"
BYLINE = f'<p class="byline">By {AUTHOR}</p>'
WINDOW = f"<title>{TITLE} | {OUTLET}</title>"

PAGES = [
    # --- JSON-LD
    Page("national paper", WINDOW + ld(ARTICLE), H1 + STORY),
    Page("list of one", ld([ARTICLE]) + "<title>x</title>", H1 + STORY),
    Page(
        "several authors",
        ld(ARTICLE | {"author": [{"name": AUTHOR}, {"name": "Bo Writer"}]}),
        H1 + STORY,
        author="Ann Reporter, Bo Writer",
    ),
    Page(
        "content system's graph",
        ld(
            {
                "@context": "https://schema.org",
                "@graph": [
                    {"@type": "WebSite", "@id": "#site", "name": OUTLET},
                    {"@type": "Organization", "@id": "#org", "name": OUTLET},
                    {"@type": "Person", "@id": "#ann", "name": AUTHOR},
                    {
                        "@type": "WebPage",
                        "@id": "#page",
                        "name": f"{TITLE} - {OUTLET}",
                        "datePublished": "2026-02-04",
                    },
                    ARTICLE | {"author": {"name": AUTHOR, "@id": "#ann"}, "publisher": {"@id": "#org"}},
                ],
            }
        ),
        H1 + STORY,
    ),
    Page(
        "author by reference",
        ld(
            {
                "@graph": [
                    {"@type": "Person", "@id": "#ann", "name": AUTHOR},
                    ARTICLE | {"author": {"@id": "#ann"}},
                ]
            }
        ),
        H1 + STORY,
    ),
    Page(
        "agency",
        ld(
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "datePublished": "20260204T093000Z",
                "creator": [AUTHOR],
                "publisher": OUTLET,
            }
        ),
        H1 + STORY,
    ),
    Page(
        "live report",
        ld(
            ARTICLE
            | {
                "@type": "LiveBlogPosting",
                "liveBlogUpdate": [
                    {"@type": "BlogPosting", "headline": "Noon", "datePublished": "2026-02-05"}
                ],
            }
        ),
        H1 + STORY,
    ),
    Page("two types", ld(ARTICLE | {"@type": ["Article", "ReportageNewsArticle"]}), H1 + STORY),
    Page(
        "within the page's own object",
        ld({"@type": "WebPage", "mainEntity": ARTICLE, "name": "x"}),
        H1 + STORY,
    ),
    Page(
        "in a comment",
        '<script type="application/ld+json">\n//<![CDATA[\n' + json.dumps(ARTICLE) + "\n//]]>\n</script>",
        H1 + STORY,
    ),
    Page(
        "a comma too much and raw lines",
        '<script type="application/ld+json">{"@type":"NewsArticle",'
        f'"headline":"{TITLE}","description":"one\ntwo","datePublished":"2026-02-04",'
        f'"author":{{"name":"{AUTHOR}",}},"publisher":{{"name":"{OUTLET}"}},}}</script>',
        H1 + STORY,
    ),
    Page(
        "broken JSON beside Open Graph",
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
        + meta(
            og__title=TITLE,
            og__site_name=OUTLET,
            article__published_time="2026-02-04T09:30:00Z",
            article__author=AUTHOR,
        ),
        H1 + STORY,
    ),
    Page(
        "entities twice over",
        ld(ARTICLE | {"headline": "Mayor: harbour &amp;lsquo;stays open&amp;rsquo; all winter"}),
        H1 + STORY,
    ),
    Page(
        "only a list of other articles",
        ld({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "url": "https://x.example/1"}]})
        + meta(og__title=TITLE, og__site_name=OUTLET)
        + named(date="2026-02-04", author=AUTHOR),
        H1 + STORY,
    ),
    # --- Open Graph and other meta tags
    Page(
        "Open Graph",
        meta(
            og__title=TITLE,
            og__site_name=OUTLET,
            article__published_time="2026-02-04T09:30:00+0000",
            article__author=AUTHOR,
        ),
        H1 + STORY,
    ),
    Page(
        "title with the outlet",
        meta(og__title=f"{TITLE} | {OUTLET}", og__site_name=OUTLET, article__published_time="2026-02-04")
        + named(author=AUTHOR),
        H1 + STORY,
    ),
    Page(
        "title with the outlet's short name",
        meta(og__title=f"{TITLE} - The Harbour Post", og__site_name="harbourpost.example")
        + named(author=AUTHOR, pubdate="2026-02-04"),
        H1 + STORY,
        outlet="harbourpost.example",
    ),
    Page(
        "author as an address",
        meta(
            og__title=TITLE,
            og__site_name=OUTLET,
            article__author="https://social.example/ann",
            article__published_time="2026-02-04",
        )
        + named(author=AUTHOR),
        H1 + STORY,
    ),
    Page(
        "Parse.ly",
        named(
            **{"parsely-title": TITLE, "parsely-pub-date": "2026-02-04T09:30:00Z", "parsely-author": AUTHOR}
        )
        + meta(og__site_name=OUTLET),
        H1 + STORY,
    ),
    Page(
        "Sailthru",
        named(sailthru__title=TITLE, sailthru__date="Wed, 04 Feb 2026 09:30:00 GMT", sailthru__author=AUTHOR)
        + meta(og__site_name=OUTLET),
        H1 + STORY,
    ),
    Page(
        "Dublin Core, a ministry",
        named(DC__title=TITLE, **{"DC.date.issued": "2026-02-04"}, DC__creator=AUTHOR, DC__publisher=OUTLET),
        H1 + STORY,
    ),
    Page(
        "only modified and published",
        meta(
            og__title=TITLE,
            og__site_name=OUTLET,
            article__modified_time="2026-02-09",
            og__updated_time="2026-02-10",
            article__published_time="2026-02-04",
        )
        + named(author=AUTHOR),
        H1 + STORY,
    ),
    # --- microdata, RDFa, classes
    Page(
        "microdata",
        WINDOW,
        f'<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">'
        f'{TITLE}</h1><span itemprop="author" itemscope><span itemprop="name">{AUTHOR}</span></span>'
        f'<time itemprop="datePublished" datetime="2026-02-04T09:30">4 Feb</time>'
        f'<div itemprop="articleBody">{STORY}</div></article>',
    ),
    Page(
        "microdata in meta tags",
        WINDOW,
        f'<article itemscope itemtype="https://schema.org/Article">'
        f'<meta itemprop="datePublished" content="2026-02-04"><meta itemprop="author" content="{AUTHOR}">'
        f"{H1}{STORY}</article>",
    ),
    Page(
        "RDFa",
        WINDOW,
        f'<article typeof="schema:NewsArticle"><h1 property="schema:headline">{TITLE}</h1>'
        f'<span property="schema:author">{AUTHOR}</span><span property="schema:datePublished" '
        f'content="2026-02-04">Wednesday</span>{STORY}</article>',
    ),
    Page(
        "blog with hEntry",
        WINDOW,
        f'<article class="h-entry"><h1 class="p-name">{TITLE}</h1><a class="p-author" '
        f'rel="author">{AUTHOR}</a> <time class="dt-published" '
        f'datetime="2026-02-04">4.2.</time>{STORY}</article>',
    ),
    Page(
        "blog with hAtom",
        WINDOW,
        f'<div class="hentry"><h2 class="entry-title">{TITLE}</h2><span class="author '
        f'vcard">{AUTHOR}</span><abbr class="published" title="2026-02-04">2026-02-04</abbr>{STORY}</div>',
    ),
    # --- none
    Page(
        "a time element",
        WINDOW,
        f'<article>{H1}{BYLINE}<time datetime="2026-02-04">Wed</time>{STORY}</article>',
    ),
    Page("a written date", WINDOW, f'{H1}{BYLINE}<p class="date">Wednesday, February 4, 2026</p>{STORY}'),
    Page(
        "published on",
        WINDOW,
        f"<main>{H1}{BYLINE}<span>Published: 4 February 2026, 9.30am</span>{STORY}</main>",
    ),
    Page("European numbers", WINDOW, f'{H1}{BYLINE}<div class="article-date">04.02.2026</div>{STORY}'),
    Page(
        "updated after published",
        WINDOW,
        f'{H1}{BYLINE}<p class="dateline">Published Feb. 4, 2026 | Updated Feb. 6, 2026</p>{STORY}',
    ),
    Page(
        "two headings",
        WINDOW,
        f'<header><h1>{OUTLET}</h1></header><article>{H1}{BYLINE}<p class="meta-date">'
        f"4 Feb 2026</p>{STORY}</article>",
    ),
    Page("no date at all", WINDOW, H1 + BYLINE + STORY, published=None),
    Page(
        "nothing but the window's title",
        f"<title>{TITLE}</title>",
        STORY,
        published=None,
        author=None,
        outlet=None,
    ),
    Page("an ambiguous date", WINDOW, f'{H1}{BYLINE}<p class="date">02/04/2026</p>{STORY}', published=None),
]


def read(page: Page):
    source = f"<!doctype html><html lang=en><head>{page.head}</head><body>{page.body}{OTHERS}</body></html>"
    return html.read(source.encode()).documents[0]


@pytest.fixture(scope="module")
def found():
    return [(page, read(page)) for page in PAGES]


@pytest.mark.parametrize(
    ("field", "at_least"), [("title", 0.95), ("published", 0.90), ("author", 0.85), ("outlet", 0.90)]
)
def test_the_share_of_pages_read_right(found, field, at_least):
    wrong = [
        (page.manner, getattr(page, field), getattr(document, field))
        for page, document in found
        if getattr(page, field) != getattr(document, field)
    ]
    right = len(found) - len(wrong)
    print(f"\n{field}: {right} of {len(found)} pages right ({right / len(found):.1%})")
    for manner, expected, got in wrong:
        print(f"  {manner}: {got!r} for {expected!r}")
    assert len(found) >= 30
    assert right / len(found) >= at_least


def test_the_text_of_every_page_is_its_story(found):
    for page, document in found:
        assert "“We will not close a single berth,”" in document.text, page.manner
        assert "“At once.”" in document.text, page.manner
        assert document.text.count(page.title) >= 1, page.manner
        assert "{" not in document.text, page.manner
