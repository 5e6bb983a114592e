"""More pages for `publishers`, of manners that the reader had not seen; their text is looked at as well."""

from __future__ import annotations

import re

from publishers import STORY, add, html, ld, name, paper, person, prop

PARAGRAPHS = tuple(re.findall("<p>(.*?)</p>", STORY))
FIRST, SECOND, THIRD = PARAGRAPHS
HIGH = "https://quay.example/berths"


def article(headline: str, day: str, **more: object) -> str:
    """The JSON-LD of an article."""
    return ld({"@type": "NewsArticle", "headline": headline, "datePublished": day, **more})


def more(manner: str, source: str, *facts: str | None, **text: tuple[str, ...]) -> None:
    """Put a page with the story in it among the others."""
    add(manner, source, *facts, **{"text": PARAGRAPHS, **text})


def between(extra: str, tag: str = "p") -> str:
    """The story with something between its paragraphs."""
    first, *rest = (f"<{tag}>{paragraph}</{tag}>" for paragraph in PARAGRAPHS)
    return first + extra + "".join(rest)


# --- copies and views of pages --------------------------------------------------------------------------

more(
    "saved by a browser: its address in a comment, no date but “2 hours ago” and a year",
    "<!DOCTYPE html>\n<!-- saved from url=(0028)https://www.dailyford.example/berths -->\n<html "
    "lang='en'><head>"
    "<title>Berths: day one in words – Daily Ford</title></head><body><h1>Berths: day one in words</h1>"
    "<div "
    f"class='by'>By Leo Anand</div><span class='ts'>2 hours ago</span>{STORY}<div>© 2026 Daily Ford "
    f"Ltd</div>",
    *("Berths: day one in words", None, "Leo Anand", "Daily Ford", "https://www.dailyford.example/berths"),
    "en",
)
more(
    "saved by an extension that takes the scripts out",
    "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: "
    "https://signal.example/berths \n saved "
    "date: Sat Nov 08 2025 11:02:33 GMT+0100\n--><title>One port, all berths | Signal News</title><meta "
    'property=og:site_name content="Signal News"><body><h1>One port, all berths</h1><div class=meta><span '
    f"class=author-name>Pippa Nduka</span> <span class=pubdate>Mar. 5, 2024</span></div>{STORY}",
    *(
        "One port, all berths",
        "2024-03-05",
        "Pippa Nduka",
        "Signal News",
        "https://signal.example/berths",
        "en",
    ),
)
more(
    "an archive's copy, with its bar",
    html(
        "<title>All berths stay, says board | The Carrow Post</title>"
        + prop(og__site_name="The Carrow Post")
        + "<link "
        'rel="canonical" href="https://web.archive.org/web/20210309050607/https://carrowpost.example/b"/>',
        '<div id="wm-ipp-base"><div id="wm-ipp"><p>14 captures</p><p>09 Mar 2021 - 30 Jul 2023</p></div>'
        "</div><h1>All "
        f'berths stay, says board</h1><p class="byline">Gwen Ash | March 8, 2021</p>{STORY}',
    ),
    *(
        "All berths stay, says board",
        "2021-03-08",
        "Gwen Ash",
        "The Carrow Post",
        "https://carrowpost.example/b",
    ),
    "en",
    absent=("14 captures", "30 Jul 2023"),
)
more(
    "a print view, with the day it was printed",
    "<html><head><title>Print: All berths stay</title></head><body><div><b>The Bay Tribune</b><br>"
    "Printed from "
    "https://www.baytribune.example/news/berths on July 2, 2025</div><h1>All berths stay</h1><div>June "
    "12, 2025</div>"
    f"<div>by Keisha Moran</div>{STORY}<div>© 2025 The Bay Tribune. For personal use only.</div></body>"
    f"</html>",
    *("All berths stay", "2025-06-12", "Keisha Moran", "The Bay Tribune"),
    *("https://www.baytribune.example/news/berths", None),
)
more(
    "a browser's own view for reading, saved",
    '<html lang="en"><head><title>Berths: late, later, open?</title></head><body><div class="header '
    'reader-header"><a '
    'class="domain reader-domain" href="https://longquay.example/late">longquay.example</a><h1 '
    'class="reader-title">'
    'Berths: late, later, open?</h1><div class="credits reader-credits">Amos Trelawney</div><div>3-4 '
    "minutes</div></div>"
    f'<div class="moz-reader-content">{STORY}</div></body></html>',
    *("Berths: late, later, open?", None, "Amos Trelawney", None, "https://longquay.example/late", "en"),
)

# --- the headline ---------------------------------------------------------------------------------------

more(
    "a chain: another headline for sharing, the evening before in Greenwich's time, the paper in the byline",
    html(
        f'<title>Harbour board keeps all twelve berths</title><link rel="canonical" href="{HIGH}">'
        + prop(og__title="The berths are staying. Dockers have thoughts.", og__site_name="Quay Daily News")
        + article(
            "The berths are staying. Dockers have thoughts.",
            "2024-03-06T01:30:12Z",
            author=["Paulo Whitcomb, Quay Daily News"],
        ),
        "<main><h1>Harbour board keeps all twelve berths</h1><div class='gnt_ar_dt'>Published 7:30 p.m. "
        "CT March 5, "
        "2024</div>"
        + between("<aside class='promo'><a href='/y'>Flower shops struggle</a></aside>")
        + "</main>",
    ),
    *("Harbour board keeps all twelve berths", "2024-03-05", "Paulo Whitcomb", "Quay Daily News", HIGH, "en"),
    absent=("Flower shops struggle",),
)
more(
    "a host of writers: author and host behind the headline",
    html(
        "<title>I Rode the Last Night Boat. | by Cass Ondine | Hill Roads | Mar, 2024 | Medley</title>"
        + prop(og__url=HIGH, article__author="https://medley.example/@cass")
        + article(
            "I Rode the Last Night Boat. - Cass Ondine - Medley",
            "2024-03-02T19:33:41.052Z",
            author=person("Cass Ondine"),
            publisher=paper("Hill Roads"),
        ),
        "<article><h1>I Rode the Last Night Boat.</h1><p>5 min read · <span>Mar 2, 2024</span></p>"
        + between("<blockquote><p>At once, and for good</p></blockquote>")
        + "</article>",
    ),
    *("I Rode the Last Night Boat.", "2024-03-02", "Cass Ondine", "Hill Roads", HIGH, "en"),
    once=("At once, and for good",),
)
more(
    "a court whose largest heading is its name",
    html(
        "<title>Superior Court of Hill County - News</title>",
        '<div id="header"><h1>Superior Court of Hill County</h1></div><div id="content"><h2>Court '
        "Orders Owner of Barge "
        f'to Answer</h2><p class="posted">Posted Friday, March 8, 2024</p><div>{STORY}</div></div><div '
        f'id="footer">© 2024 '
        "Superior Court of Hill County | Accessibility</div>",
        None,
    ),
    *(
        "Court Orders Owner of Barge to Answer",
        "2024-03-08",
        None,
        "Superior Court of Hill County",
        None,
        None,
    ),
)
more(
    "a city's notice: a table holds the page, the city's name before the title",
    html(
        "<title>City of Carrow, OR | Berth Update for Spring</title>",
        '<table><tr><td class="nav"><a href="/">Home</a><br><a href="/pay">Pay a bill</a></td><td><h1>'
        "Berth Update for "
        f"Spring</h1><span>Posted on March 5, 2024</span><br><br>{'<br><br>'.join(PARAGRAPHS)}</td></tr>"
        f"</table><div "
        'id="footer">City of Carrow, 1 Quay Street. Last updated on 11/4/2024</div>',
    ),
    *("Berth Update for Spring", "2024-03-05", None, "City of Carrow, OR", None, "en"),
    absent=("Pay a bill",),
)
more(
    "other articles before the article",
    html(
        "<title>Roundup: boats, berths and soup - The Valley Post</title>"
        + prop(og__site_name="The Valley Post"),
        '<h1 class="logo"><a href="/">The Valley Post</a></h1><article class="teaser"><h3><a href="/g">'
        "Geese return</a>"
        "</h3><p>“They came on Monday,” a warden said.</p><time datetime='2024-03-01'>March 1, "
        "2024</time></article><article>"
        "<h2>Roundup: boats, berths and soup</h2><p>Posted by <a rel='author'>Ingo Faulk</a> on <time "
        "datetime='2024-03-09'>"
        f"March 9, 2024</time></p>{STORY}</article>",
    ),
    *("Roundup: boats, berths and soup", "2024-03-09", "Ingo Faulk", "The Valley Post", None, "en"),
    absent=("They came on Monday",),
)
more(
    "live: entries as articles, the heading of each a link to its place",
    html(
        "<title>Live: Board votes on berths | The Hill Mercury</title>"
        + prop(og__site_name="The Hill Mercury"),
        "<main><h1>Live: Board votes on berths</h1><p>By Noelle Tran</p><p>March 5, 2024</p>"
        + "".join(
            f"<article><time>9:4{i}</time><h2><a href='/live#p{i}'>Entry</a></h2><p>{part}</p></article>"
            for i, part in enumerate(PARAGRAPHS)
        )
        + "</main>",
    ),
    *("Live: Board votes on berths", "2024-03-05", "Noelle Tran", "The Hill Mercury", None, "en"),
)
more(
    "a court's opinion in old HTML, with a day that may be two",
    '<html><head><title>No. 24-117</title></head><body><p align="center"><b>SUPREME COURT OF HILL</b>'
    "</p><p align="
    f'"center"><b>Brekke v. Transport Office</b></p><p align="center">Filed 3/5/24</p>{STORY}</body>'
    f"</html>",
    *("Brekke v. Transport Office", None, None, "SUPREME COURT OF HILL", None, None),
)

# --- the day --------------------------------------------------------------------------------------------

more(
    "a broadcaster where it is the next morning already",
    html(
        "<title>All berths stay open - SBC News</title>"
        + prop(og__site_name="SBC News", og__url=HIGH)
        + article("All berths stay open", "2024-03-05T21:12:41+00:00", author=[person("Bronwyn Achebe")]),
        "<main><h1>All berths stay open</h1><div>Posted <time datetime='2024-03-05T21:12:41.000Z'>Wed 6 "
        "Mar 2024 at "
        f"8:12am</time></div>{STORY}</main>",
        "en-AU",
    ),
    *("All berths stay open", "2024-03-06", "Bronwyn Achebe", "SBC News", HIGH, "en"),
)
more(
    "a paper whose tags have the hour of Greenwich and do not say so; an e-mail in the byline",
    html(
        "<title>Berths stay &#8211; The Hill Mercury</title>"
        + prop(og__site_name="The Hill Mercury", og__url=HIGH),
        '<article><h1>Berths stay</h1><div class="byline">By <a class="author-name">NOELLE TRAN</a> | '
        "<a>ntran@mercury."
        "example</a> | The Hill Mercury</div><div>PUBLISHED: <time datetime='2024-03-06 05:12:00'>March "
        "5, 2024 at 9:12 "
        f"p.m.</time> | UPDATED: <time datetime='2024-03-06 17:00:00'>March 6, 2024</time></div>"
        f"{STORY}<div>More in News"
        "<ul><li><a href='/s'>Swans block runway</a></li></ul></div></article>",
    ),
    *("Berths stay", "2024-03-05", "NOELLE TRAN", "The Hill Mercury", HIGH, "en"),
    absent=("Swans block runway",),
)
more(
    "a station that shows the update alone, by its own clock; a film of an earlier day",
    html(
        "<title>Berths: What we know | WLOW 4</title>"
        + prop(og__title="Berths: What we know", og__url=HIGH)
        + ld({"@type": "VideoObject", "name": "Raw film", "uploadDate": "2024-03-04T10:00:00Z"})
        + article(
            "Berths: What we know",
            "2024-03-06T03:20:00Z",
            author=person("Tyrell Osgood"),
            publisher=paper("WLOW"),
        ),
        "<article><h1>Berths: What we know</h1><div class='publish-date'>Updated: 7:00 AM EST Mar 6, "
        "2024</div>"
        f"{STORY}</article>",
    ),
    *("Berths: What we know", "2024-03-05", "Tyrell Osgood", "WLOW", HIGH, "en"),
)
more(
    "a dispatch with nothing but its first words",
    "<html><body><b>Board Keeps All Twelve Berths</b><br><br>PORT HILL, March 6, 2024 (Coast Wire) -- "
    + "<br><br>".join(PARAGRAPHS)
    + "</body></html>",
    *("Board Keeps All Twelve Berths", "2024-03-06", None, "Coast Wire", None, None),
    text=PARAGRAPHS[1:],
)
more(
    "a press room: statements in boxes, each with an office and a day",
    html(
        "<title>Press corner | Island Commission</title>",
        '<main><div class="page-header__meta">Press release | 5 March 2024 | Port Hill</div><h1>'
        "Commission keeps every "
        f"berth in use</h1>{STORY}<h2>Quote(s)</h2><blockquote>A berth is a door, and we keep ours "
        f"open.</blockquote><div>"
        "Eamon Daly, Commissioner for Harbours - 05/03/2024</div></main>",
    ),
    *("Commission keeps every berth in use", "2024-03-05", None, "Island Commission", None, "en"),
    text=(*PARAGRAPHS, "A berth is a door, and we keep ours open."),
)

# --- who wrote it and where -----------------------------------------------------------------------------

more(
    "a centre of research: names turned round, numbers of notes",
    html(
        "<title>What the berths teach - Centre for Ports</title>"
        + prop(og__site_name="Centre for Ports", og__url=HIGH)
        + '<meta name="citation_author" content="Vance, Octavia"><meta name="citation_author" '
        'content="Lindahl, Per">' + name(citation_publication_date="2023/11/21"),
        f'<main><h1>What the berths teach</h1><p>{FIRST}<sup><a href="#fn1" id="r1">1</a></sup></p><p>'
        f"{SECOND}</p><p>{THIRD}"
        "<a href='#fn2'><sup>2</sup></a></p></main>",
    ),
    *("What the berths teach", "2023-11-21", "Octavia Vance, Per Lindahl", "Centre for Ports", HIGH, "en"),
)
more(
    "two authors in the card for sharing, one elsewhere; amended before it was out; a box to sign up",
    html(
        "<title>The berths, three days on</title>"
        + prop(og__site_name="The Plank", og__url=HIGH)
        + '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Milo '
        'Gant, Zsófia Egri">'
        + article(
            "The berths, three days on",
            "2025-06-15T09:00:00.000Z",
            dateModified="2025-06-14T22:10:31.000Z",
            author=person("Milo Gant"),
        ),
        "<article><h1>The berths, three days on</h1><time datetime='2025-06-15'>15 Jun 2025</time>"
        + between(
            '<div class="kg-card kg-signup-card"><h2>Never miss a plank</h2><p>Two letters a week.</p></div>'
        )
        + "</article>",
    ),
    *("The berths, three days on", "2025-06-15", "Milo Gant, Zsófia Egri", "The Plank", HIGH, "en"),
    absent=("Never miss a plank", "Two letters a week"),
)
more(
    "a counter's whole description in one tag; a post of a network that did not load",
    html(
        "<title>The board, the berths and the silence - Stacked</title><meta name='parsely-page' "
        'content=\'{"title": '
        '"The board", "link": "https://stacked.example/b", "pub_date": "2025-06-14T11:05:00Z", '
        '"authors": ["Ravi Lockhart", '
        '"Jun Ostrander"]}\'/>' + prop(og__site_name="Stacked", og__title="What happened in the hall"),
        "<h1>The board, the berths and the silence</h1>"
        + between('<blockquote class="instagram-media"><p>View this post on Instagram</p></blockquote>'),
    ),
    *("The board, the berths and the silence", "2025-06-14", "Ravi Lockhart, Jun Ostrander", "Stacked"),
    *("https://stacked.example/b", "en"),
    absent=("View this post",),
)
more(
    "a Brazilian paper that is its own author in its tags and names one above the text",
    html(
        "<title>Porto fica aberto - 05/03/2024 - Gazeta do Cais</title>"
        + name(author="Gazeta do Cais")
        + prop(og__site_name="Gazeta do Cais", og__title="Porto fica aberto", og__url=HIGH),
        "<article><h1>Porto fica aberto</h1><div class='c-signature'><strong "
        "class='c-signature__author'>Teresa Amado</strong>"
        "<span>Santos</span></div><time datetime='2024-03-05 18:30:00'>5.mar.2024 às 18h30</time><p>O "
        "porto fica aberto, disse "
        "a prefeita. “Não fecharemos um cais”, prometeu ela aos estivadores na sala cheia, e ninguém "
        "irá para casa.</p></article>",
        "pt-BR",
    ),
    *("Porto fica aberto", "2024-03-05", "Teresa Amado", "Gazeta do Cais", HIGH, "pt"),
    text=(),
)
more(
    "an Indian daily whose desk is its author",
    html(
        "<title>Berths stay: Dockers cheer | Hill News - Times of Deccan</title>"
        + prop(og__url=HIGH)
        + article(
            "Berths stay: Dockers cheer",
            "2024-03-06T08:12:00+05:30",
            author={"@type": "Thing", "name": "TNN"},
            publisher=paper("Times of Deccan"),
        ),
        "<h1>Berths stay: Dockers cheer</h1><div class='byline'><a>Meenakshi Rao</a> / TNN / Updated: "
        "Mar 6, 2024</div><div>"
        + "<br><br>".join(f"<span>{paragraph}</span>" for paragraph in PARAGRAPHS)
        + "</div>",
    ),
    *("Berths stay: Dockers cheer", "2024-03-06", "Meenakshi Rao", "Times of Deccan", HIGH, "en"),
)
more(
    "a Chinese agency: its name behind a hyphen and as the source, a number for an editor",
    html(
        "<title>港口十二个泊位全部保留-海岸网</title>" + name(publishdate="2024-03-05", author="103042"),
        "<h1>港口十二个泊位全部保留</h1><div class='info'>来源：海岸网</div><p>港务局星期二决定，十二个"
        "泊位一个也不关闭。</p><p>“一个"
        "也不会关。”主席安希尔对两百名码头工人说。</p><p>工会请港务局下月再开会，讨论冬天的班次和工人的"
        "住处。</p>",
        "zh-CN",
    ),
    *("港口十二个泊位全部保留", "2024-03-05", None, "海岸网", None, "zh"),
    text=("“一个也不会关。”主席安希尔对两百名码头工人说。",),
)
more(
    "a newsletter on the web: tables in tables",
    "<html><head><title>Hill Weekly: the twelve berths</title></head><body><table id='bodyTable'><tr>"
    "<td><table><tr><td><a>"
    "View this email in your browser</a></td></tr><tr><td><h1>The twelve berths</h1><p>5 March 2024</p>"
    "</td></tr><tr><td>"
    f"{STORY}</td></tr><tr><td><em>Copyright © 2024 Hill Weekly, All rights reserved.</em><br>You can "
    f"<a>unsubscribe from this "
    "list</a>.</td></tr></table></td></tr></table></body></html>",
    *("The twelve berths", "2024-03-05", None, "Hill Weekly", None, None),
    absent=("in your browser", "unsubscribe from"),
)
