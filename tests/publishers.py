"""Web pages in the manner of different publishers, with what each says of itself: `all_pages` has them all.

All is invented: places, people, papers. What varies is what real sites vary: which tags carry the title,
date, author, outlet, address and language, which of them are wrong or odd, and what else has a date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page and what a careful reader would note of it; `None` where the page does not say.

    Of its `text`, the paragraphs given are there, each whole and by itself; nothing of `absent` is, and what
    is given as `once` stands there once.
    """

    manner: str
    source: str
    title: str
    published: str | None
    author: str | None
    outlet: str | None
    url: str | None
    language: str | None
    text: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


STORY = (
    "<p>Every one of the twelve berths at Port Hill stays open, the harbour board decided after a long "
    "night. "
    "“We will not close a single one,” its chair, Ann Hill, told some two hundred dockers.</p><p>The "
    "operation "
    "had been announced on 3 December 2025. “It must end,” said José Álvarez, who speaks for the "
    "dockers. “At "
    "once, and for good.” He asked the board to meet again on 20 February 2026.</p><p>Nobody from the "
    "ministry "
    "came to the hall. A spokeswoman wrote that it would “study the decision with care” and say no more.</p>"
)
NAV = '<nav class="top"><a href="/">Home</a> <a href="/local">Local</a> <a href="/sport">Sport</a></nav>'
RELATED = (
    '<aside class="related"><h2>More like this</h2><ul><li><a href="/a/1">Ferry runs aground</a> '
    '<time datetime="2025-11-02T08:00:00Z">2 Nov 2025</time></li><li><a href="/a/2">Fish market '
    "moves</a> <span "
    'class="date">May 6, 2024</span></li></ul></aside>'
)
FOOTER = "<footer><p>© 2009–2026. All rights reserved. Site updated 1 March 2026.</p></footer>"


def ld(*values: object) -> str:
    """JSON-LD scripts."""
    tag = '<script type="application/ld+json">{}</script>'
    return "".join(tag.format(json.dumps(value, ensure_ascii=False)) for value in values)


def prop(**values: str) -> str:
    """`<meta property>`, with __ for a colon."""
    return "".join(f'<meta property="{k.replace("__", ":")}" content="{v}">' for k, v in values.items())


def name(**values: str) -> str:
    """`<meta name>`, with __ for a dot."""
    return "".join(f'<meta name="{k.replace("__", ".")}" content="{v}">' for k, v in values.items())


def html(head: str, body: str, lang: str | None = "en", attributes: str = "") -> str:
    """A whole page; `lang` is that of the `<html>` tag."""
    said = f' lang="{lang}"' if lang else ""
    whole = f'<head><meta charset="utf-8">{head}</head><body>{body}</body>'
    return f"<!DOCTYPE html><html{said}{attributes}>{whole}</html>"


def person(name: str) -> dict[str, str]:
    """A schema.org person."""
    return {"@type": "Person", "name": name}


def paper(name: str) -> dict[str, object]:
    """A schema.org publisher."""
    return {"@type": "NewsMediaOrganization", "name": name, "logo": {"@type": "ImageObject", "url": "/l.png"}}


PAGES: list[Page] = []


def add(manner: str, source: str, *facts: str | None, **text: tuple[str, ...]) -> None:
    """Put a page among the others; `facts` are title, date, author, outlet, address and language."""
    PAGES.append(Page(manner, source, *facts, **text))


# --- with JSON-LD --------------------------------------------------------------------------------------

add(
    "a national daily, late in the evening: its own day, not that of Greenwich",
    html(
        "<title>Board Keeps All Berths Open - The Capital Ledger</title>"
        '<link rel="canonical" href="https://ledger.example/2026/01/13/us/berths.html">'
        + prop(
            og__title="Board Keeps All Berths Open",
            og__url="https://ledger.example/2026/01/13/us/berths.html",
        )
        + prop(article__published_time="2026-01-14T04:40:00.000Z")
        + ld(
            {
                "@context": "https://schema.org",
                "@type": "BreadcrumbList",
                "itemListElement": [{"@type": "ListItem"}],
            },
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": "Board Keeps All Berths Open",
                "datePublished": "2026-01-13T23:40:00-05:00",
                "dateModified": "2026-01-14T09:12:00-05:00",
                "author": [person("Maria Osei"), person("Lee Park")],
                "publisher": paper("The Capital Ledger"),
                "inLanguage": "en-US",
            },
        ),
        f"{NAV}<main><article><h1>Board Keeps All Berths Open</h1><p>By Maria Osei and Lee Park</p>"
        '<time datetime="2026-01-14T14:12:00Z">Updated Jan. 14, '
        f"2026</time>{STORY}</article></main>{RELATED}{FOOTER}",
        "en-US",
    ),
    *("Board Keeps All Berths Open", "2026-01-13", "Maria Osei, Lee Park", "The Capital Ledger"),
    *("https://ledger.example/2026/01/13/us/berths.html", "en"),
)

add(
    "a public broadcaster that is its own author",
    html(
        "<title>Port Hill: All berths to stay open - Isles News</title>"
        '<link rel="canonical" href="https://isles.example/news/articles/c4g9x2">'
        + prop(og__title="Port Hill: All berths to stay open", og__site_name="Isles News")
        + ld(
            {
                "@context": "http://schema.org",
                "@type": "NewsArticle",
                "mainEntityOfPage": "https://isles.example/news/articles/c4g9x2",
                "headline": "Port Hill: All berths to stay open",
                "datePublished": "2026-01-15T07:02:11.000Z",
                "author": {
                    "@type": "NewsMediaOrganization",
                    "name": "Isles News",
                    "noBylinesPolicy": "/about",
                },
                "publisher": paper("Isles News"),
            }
        ),
        f'{NAV}<main id="main-content"><article><h1 id="main-heading">Port Hill: All berths to stay open</h1>'
        '<time data-testid="timestamp" datetime="2026-01-15T07:02:11.000Z">5 hours '
        f"ago</time>{STORY}</article>"
        f"</main>{RELATED}{FOOTER}",
        "en-GB",
    ),
    *("Port Hill: All berths to stay open", "2026-01-15", "Isles News", "Isles News"),
    *("https://isles.example/news/articles/c4g9x2", "en"),
)

add(
    "a local TV station: entities in the headline, posted and updated",
    html(
        "<title>Dockers cheer: &#8216;All berths stay open&#8217; | KPHL 7</title>"
        '<link rel="canonical" href="https://kphl.example/news/local/dockers-cheer/">'
        + ld(
            {
                "@context": "https://schema.org",
                "@type": ["NewsArticle"],
                "headline": "Dockers cheer: &#8216;All berths stay open&#8217;",
                "datePublished": "2026-01-14T18:03:00-06:00",
                "dateModified": "2026-01-15T05:30:00-06:00",
                "author": [{"@type": "Person", "name": "Dana Whitfield", "url": "/author/dana"}],
                "publisher": {"@type": "Organization", "name": "KPHL 7"},
            }
        ),
        f'{NAV}<h1>Dockers cheer: &#8216;All berths stay open&#8217;</h1><p class="article-authors">by: <a '
        'href="/author/dana">Dana Whitfield</a></p><p>Posted: Jan 14, 2026 / 06:03 PM '
        "CST</p><p>Updated: Jan 15, "
        f"2026 / 05:30 AM CST</p>{STORY}{RELATED}{FOOTER}",
        "en-US",
    ),
    *("Dockers cheer: ‘All berths stay open’", "2026-01-14", "Dana Whitfield", "KPHL 7"),
    *("https://kphl.example/news/local/dockers-cheer/", "en"),
)

add(
    "a weekly whose content system writes one graph",
    html(
        "<title>Harbour board votes 7–2 to keep berths - Hill County Weekly</title>"
        '<link rel="canonical" href="https://hillweekly.example/harbour-board-votes/">'
        + prop(og__locale="en_US", og__type="article", og__site_name="Hill County Weekly")
        + name(twitter__label1="Written by", twitter__data1="Sam Ortega", author="Sam Ortega")
        + ld(
            {
                "@context": "https://schema.org",
                "@graph": [
                    {
                        "@type": "Article",
                        "@id": "https://hillweekly.example/harbour-board-votes/#article",
                        "isPartOf": {"@id": "https://hillweekly.example/harbour-board-votes/"},
                        "author": {
                            "name": "Sam Ortega",
                            "@id": "https://hillweekly.example/#/schema/person/1",
                        },
                        "headline": "Harbour board votes 7–2 to keep berths",
                        "datePublished": "2026-01-14T22:15:08+00:00",
                        "dateModified": "2026-01-16T10:00:00+00:00",
                        "publisher": {"@id": "https://hillweekly.example/#organization"},
                        "inLanguage": "en-US",
                    },
                    {
                        "@type": "WebPage",
                        "@id": "https://hillweekly.example/harbour-board-votes/",
                        "url": "https://hillweekly.example/harbour-board-votes/",
                        "name": "Harbour board votes 7–2 to keep berths - Hill County Weekly",
                        "datePublished": "2026-01-14T22:15:08+00:00",
                    },
                    {
                        "@type": "WebSite",
                        "@id": "https://hillweekly.example/#website",
                        "name": "Hill County Weekly",
                    },
                    {
                        "@type": "Organization",
                        "@id": "https://hillweekly.example/#organization",
                        "name": "Hill County Weekly",
                    },
                    {
                        "@type": "Person",
                        "@id": "https://hillweekly.example/#/schema/person/1",
                        "name": "Sam Ortega",
                        "image": {"@type": "ImageObject", "caption": "Sam Ortega"},
                    },
                ],
            }
        ),
        f'{NAV}<article class="post"><header><h1 class="entry-title">Harbour board votes 7–2 to keep '
        "berths</h1><div "
        f'class="entry-meta">Jan 14, 2026 by Sam Ortega</div></header>{STORY}</article>{RELATED}{FOOTER}',
        "en-US",
    ),
    *("Harbour board votes 7–2 to keep berths", "2026-01-14", "Sam Ortega", "Hill County Weekly"),
    *("https://hillweekly.example/harbour-board-votes/", "en"),
)

add(
    "a newsletter",
    html(
        "<title>The berths, and what comes next</title>"
        + prop(og__title="The berths, and what comes next", og__url="https://tidelines.example/p/the-berths")
        + '<link rel="canonical" href="https://tidelines.example/p/the-berths"><meta name="author" '
        'content="Noor Said">'
        + ld(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "url": "https://tidelines.example/p/the-berths",
                "headline": "The berths, and what comes next",
                "description": "Plus: a fish.",
                "datePublished": "2026-01-16T11:00:21+00:00",
                "isAccessibleForFree": True,
                "author": [{"@type": "Person", "name": "Noor Said", "identifier": "user:1"}],
                "publisher": {"@type": "Organization", "name": "Tide Lines"},
            }
        ),
        '<div class="main-menu">Tide Lines <button>Subscribe</button></div><article '
        'class="newsletter-post"><h1 '
        'class="post-title">The berths, and what comes next</h1><h3 class="subtitle">Plus: a '
        "fish.</h3><div>Noor Said"
        f"</div><div>Jan 16, 2026</div>{STORY}</article>{FOOTER}",
    ),
    *("The berths, and what comes next", "2026-01-16", "Noor Said", "Tide Lines"),
    *("https://tidelines.example/p/the-berths", "en"),
)

add(
    "a wire agency: created, a second headline, the address nowhere else",
    html(
        "<title>UPDATE 2-Port Hill board keeps berths open</title>"
        + ld(
            {
                "@context": "https://schema.org",
                "@type": "ReportageNewsArticle",
                "headline": "Port Hill board keeps berths open",
                "alternativeHeadline": "UPDATE 2-Port Hill board keeps berths open",
                "dateCreated": "2026-01-14T03:22:00Z",
                "creator": ["Jo Lindqvist"],
                "sourceOrganization": {"@type": "Organization", "name": "Coast Wire"},
                "url": "https://coastwire.example/a/7781",
            }
        ),
        f"{NAV}<h1>Port Hill board keeps berths open</h1><p>PORT HILL, Jan 14 (Coast Wire) "
        f"-</p>{STORY}{FOOTER}",
    ),
    *("Port Hill board keeps berths open", "2026-01-14", "Jo Lindqvist", "Coast Wire"),
    *("https://coastwire.example/a/7781", "en"),
)

add(
    "a page for telephones",
    html(
        '<title>Berths stay, board says</title><link rel="canonical" '
        'href="https://herald.example/news/berths-stay">'
        '<script async src="https://cdn.example/v0.js"></script>'
        + ld(
            {
                "@context": "http://schema.org",
                "@type": "NewsArticle",
                "mainEntityOfPage": {"@type": "WebPage", "@id": "https://herald.example/news/berths-stay"},
                "headline": "Berths stay, board says",
                "datePublished": "2026-01-14",
                "author": {"@type": "Person", "name": "by Priya Raman"},
                "publisher": paper("Bay Herald"),
            }
        ),
        f"<h1>Berths stay, board says</h1>{STORY}{FOOTER}",
        "en",
        " amp",
    ),
    *("Berths stay, board says", "2026-01-14", "Priya Raman", "Bay Herald"),
    *("https://herald.example/news/berths-stay", "en"),
)

add(
    "a live report with its entries",
    html(
        "<title>Port Hill vote: as it happened | The Observer of Hill</title>"
        '<link rel="canonical" href="https://observer.example/live/2026/jan/13/port-hill">'
        + prop(og__site_name="The Observer of Hill")
        + ld(
            {
                "@context": "https://schema.org",
                "@type": "LiveBlogPosting",
                "headline": "Port Hill vote: as it happened",
                "coverageStartTime": "2026-01-13T16:00:00Z",
                "datePublished": "2026-01-13T15:45:00Z",
                "dateModified": "2026-01-14T01:00:00Z",
                "author": [person("Tom Adeyemi")],
                "liveBlogUpdate": [
                    {"@type": "BlogPosting", "headline": "Vote!", "datePublished": "2026-01-14T00:31:00Z"},
                    {"@type": "BlogPosting", "headline": "Recess", "datePublished": "2026-01-13T21:10:00Z"},
                ],
            }
        ),
        f"{NAV}<main><h1>Port Hill vote: as it happened</h1><article><time "
        "datetime='2026-01-14T00:31:00Z'>00:31"
        f"</time><h2>Vote!</h2>{STORY}</article><article><time datetime='2026-01-13T21:10:00Z'>21:10</time>"
        "<h2>Recess</h2><p>The board is in recess, and the hall smells of "
        "fish.</p></article></main>" + FOOTER,
    ),
    *("Port Hill vote: as it happened", "2026-01-13", "Tom Adeyemi", "The Observer of Hill"),
    *("https://observer.example/live/2026/jan/13/port-hill", "en"),
)

add(
    "an opinion that its shared title says is one",
    html(
        "<title>Opinion | Close the port and be done - The Capital Ledger</title>"
        + prop(og__title="Opinion | Close the port and be done", og__site_name="The Capital Ledger")
        + prop(og__url="https://ledger.example/opinion/close.html")
        + ld(
            {
                "@type": "OpinionNewsArticle",
                "headline": "Close the port and be done",
                "datePublished": "2026-01-17T05:00:07-05:00",
                "author": person("R. J. Okafor"),
                "publisher": {"name": "The Capital Ledger"},
            }
        ),
        f"{NAV}<article><p>Opinion</p><h1>Close the port and be done</h1><p>Jan. 17, "
        f"2026</p>{STORY}</article>{FOOTER}",
    ),
    *("Close the port and be done", "2026-01-17", "R. J. Okafor", "The Capital Ledger"),
    *("https://ledger.example/opinion/close.html", "en"),
)

add(
    "behind a pay-wall, with the beginning",
    html(
        "<title>Inside the berths deal | Commerce Daily</title>"
        + '<link rel="canonical" href="https://commerce.example/content/8f2a">'
        + ld(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": "Inside the berths deal",
                "isAccessibleForFree": "False",
                "hasPart": {
                    "@type": "WebPageElement",
                    "isAccessibleForFree": "False",
                    "cssSelector": ".wall",
                },
                "datePublished": "2026-01-15T05:00:16.313Z",
                "author": [person("Elena Marsh"), person("Olu Bright")],
                "publisher": paper("Commerce Daily"),
            }
        ),
        f"{NAV}<article><h1>Inside the berths deal</h1>{STORY}<div class='wall'>Subscribe to read "
        "on.</div></article>",
    ),
    *("Inside the berths deal", "2026-01-15", "Elena Marsh, Olu Bright", "Commerce Daily"),
    *("https://commerce.example/content/8f2a", "en"),
)

add(
    "the day before there were days, and the right one in a tag",
    html(
        "<title>All twelve berths stay - Quay Courier</title>"
        + prop(og__site_name="Quay Courier", article__published_time="2026-01-14T12:00:00Z")
        + prop(og__url="https://quaycourier.example/n/12")
        + ld(
            {
                "@type": "NewsArticle",
                "headline": "All twelve berths stay",
                "datePublished": "0001-01-01T00:00:00Z",
                "author": {"@type": "Person", "name": "Kim Sato"},
            }
        ),
        f"<h1>All twelve berths stay</h1>{STORY}{FOOTER}",
    ),
    *("All twelve berths stay", "2026-01-14", "Kim Sato", "Quay Courier"),
    *("https://quaycourier.example/n/12", "en"),
)

add(
    "seconds since 1970 as a date",
    html(
        "<title>Port talks go on | Signal Nine</title>"
        + prop(og__site_name="Signal Nine", og__url="https://signal9.example/port-talks")
        + ld(
            {
                "@type": "NewsArticle",
                "headline": "Port talks go on",
                "datePublished": "1768413780000",
                "author": [{"@type": "Person", "name": "Ada Flint"}],
            }
        ),
        f'<h1>Port talks go on</h1><p class="meta">By Ada Flint · Jan 14, 2026</p>{STORY}{FOOTER}',
    ),
    *(
        "Port talks go on",
        "2026-01-14",
        "Ada Flint",
        "Signal Nine",
        "https://signal9.example/port-talks",
        "en",
    ),
)

add(
    "an event beside the article",
    html(
        "<title>Rally for the berths on Sunday</title>"
        + '<link rel="canonical" href="https://hillpost.example/rally">'
        + ld(
            [
                {
                    "@type": "Event",
                    "name": "Rally for the berths",
                    "startDate": "2026-01-25T14:00",
                    "organizer": {"@type": "Organization", "name": "Dockers’ Union"},
                },
                {
                    "@type": "NewsArticle",
                    "headline": "Rally for the berths on Sunday",
                    "datePublished": "2026-01-20T08:00:00+01:00",
                    "author": person("Eva Brandt"),
                    "publisher": paper("Hill Post"),
                },
            ]
        ),
        '<h1>Rally for the berths on Sunday</h1><p class="event-date">Sunday, January 25, 2026, 2 '
        f"pm</p>{STORY}{FOOTER}",
    ),
    *(
        "Rally for the berths on Sunday",
        "2026-01-20",
        "Eva Brandt",
        "Hill Post",
        "https://hillpost.example/rally",
        "en",
    ),
)

add(
    "a Spanish daily",
    html(
        "<title>El puerto sigue abierto: “No cerraremos ni un muelle” | El Faro del Norte</title>"
        '<link rel="canonical" href="https://elfaro.example/2026-01-14/puerto.html">'
        + ld(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": "El puerto sigue abierto: “No cerraremos ni un muelle”",
                "datePublished": "2026-01-14T04:30:00+01:00",
                "author": [
                    {"@type": "Person", "name": "Lucía Peña"},
                    {"@type": "Person", "name": "Íñigo Ruiz"},
                ],
                "publisher": paper("El Faro del Norte"),
                "inLanguage": "es",
            }
        ),
        "<article><h1>El puerto sigue abierto: “No cerraremos ni un muelle”</h1><p>Lucía Peña / Íñigo "
        "Ruiz</p><p>14 de "
        "enero de 2026</p><p>El puerto sigue abierto, dijo la alcaldesa. «No cerraremos ni un muelle», "
        "añadió ante los "
        "estibadores, y pidió calma a todos los vecinos de la ciudad para los días que "
        "vienen.</p></article>" + FOOTER,
        "es",
    ),
    *("El puerto sigue abierto: “No cerraremos ni un muelle”", "2026-01-14", "Lucía Peña, Íñigo Ruiz"),
    *("El Faro del Norte", "https://elfaro.example/2026-01-14/puerto.html", "es"),
)

add(
    "shared under another title than its own",
    html(
        "<title>You won’t believe what the harbour board did | Buzz Bay</title>"
        + prop(og__title="You won’t believe what the harbour board did", og__site_name="Buzz Bay")
        + '<link rel="canonical" href="https://buzzbay.example/berths-2">'
        + ld(
            {
                "@type": "NewsArticle",
                "headline": "Harbour board keeps all berths",
                "datePublished": "Wed, 14 Jan 2026 10:30:00 GMT",
                "author": "Max Vale",
            }
        ),
        f"{NAV}<h1>Harbour board keeps all berths</h1>{STORY}{RELATED}{FOOTER}",
    ),
    *(
        "Harbour board keeps all berths",
        "2026-01-14",
        "Max Vale",
        "Buzz Bay",
        "https://buzzbay.example/berths-2",
        "en",
    ),
)


def all_pages() -> list[Page]:
    """These, and those of `publishers_plain` and `publishers_more`."""
    import publishers_more  # noqa: F401
    import publishers_plain  # noqa: F401

    return PAGES
