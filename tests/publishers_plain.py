"""The pages of `publishers` that say little or nothing in JSON-LD: other tags, words above the text, none."""

from __future__ import annotations

from publishers import FOOTER, NAV, RELATED, STORY, add, html, name, prop

# --- with Open Graph and other meta tags ---------------------------------------------------------------

add(
    "a German broadcaster",
    html(
        "<title>Hafen bleibt offen: „Kein Liegeplatz wird geschlossen“ | küstenfunk.example</title>"
        + name(date="2026-01-14T18:03:00+0100", author="Jörg Hansen")
        + prop(og__title="Hafen bleibt offen: „Kein Liegeplatz wird geschlossen“", og__site_name="Küstenfunk")
        + prop(og__url="https://kuestenfunk.example/hafen-100.html"),
        "<h1><span class='topline'>Port Hill</span> <span>Hafen bleibt offen: „Kein Liegeplatz wird "
        "geschlossen“"
        "</span></h1><p class='metatextline'>Stand: 15.01.2026 09:10 Uhr</p><p>Von Jörg Hansen</p><p>Der "
        "Hafen bleibt "
        "offen, sagte die Bürgermeisterin am Dienstag. „Kein Liegeplatz wird geschlossen“, versprach sie "
        "den Arbeitern "
        "in der vollen Halle, und niemand werde nach Hause geschickt.</p>" + FOOTER,
        "de",
    ),
    *("Hafen bleibt offen: „Kein Liegeplatz wird geschlossen“", "2026-01-14", "Jörg Hansen", "Küstenfunk"),
    *("https://kuestenfunk.example/hafen-100.html", "de"),
)

add(
    "a French regional paper",
    html(
        "<title>Port-Hill. « Aucun quai ne fermera » - Le Phare de l’Ouest</title>"
        + prop(og__title="Port-Hill. « Aucun quai ne fermera »", og__site_name="Le Phare de l’Ouest")
        + prop(og__locale="fr_FR", article__published_time="2026-01-14T18:03:00+01:00")
        + prop(og__url="https://phare.example/quai-1234", article__author="Claire Dubois"),
        "<article><h1>Port-Hill. « Aucun quai ne fermera »</h1><p>Par Claire Dubois</p><p>Publié le 14 "
        "janvier 2026 à "
        "18h03, modifié le 15 janvier 2026</p><p>Le port reste ouvert, a dit la maire mardi. « Aucun "
        "quai ne fermera », "
        "a-t-elle promis aux dockers réunis dans la grande salle de la mairie.</p></article>" + FOOTER,
        None,
    ),
    *("Port-Hill. « Aucun quai ne fermera »", "2026-01-14", "Claire Dubois", "Le Phare de l’Ouest"),
    *("https://phare.example/quai-1234", "fr"),
)

add(
    "slashes in the date, an address of a person for an author",
    html(
        "<title>Berths: what we know :: Northern Echoes</title>"
        + prop(og__title="Berths: what we know", og__site_name="Northern Echoes")
        + prop(article__published_time="2026/01/14 18:03", article__author="https://social.example/ann")
        + name(twitter__creator="@annr")
        + prop(og__url="https://echoes.example/know?utm_source=x"),
        '<h1>Berths: what we know</h1><a rel="author" href="/staff/ann-rhodes">Ann '
        f"Rhodes</a>{STORY}{RELATED}{FOOTER}",
    ),
    *("Berths: what we know", "2026-01-14", "Ann Rhodes", "Northern Echoes"),
    *("https://echoes.example/know?utm_source=x", "en"),
)

add(
    "a ministry with Dublin Core",
    html(
        "<title>Statement on Port Hill - Ministry of Harbours</title>"
        + name(
            dcterms__title="Statement on Port Hill",
            dcterms__issued="2026-01-14",
            dcterms__modified="2026-01-30",
        )
        + name(
            dcterms__creator="Press Office", dcterms__publisher="Ministry of Harbours", dcterms__language="en"
        )
        + '<link rel="canonical" href="https://harbours.gov.example/news/statement-on-port-hill">',
        f"{NAV}<main><h1>Statement on Port Hill</h1><p>Published 14 January 2026</p>{STORY}</main>{FOOTER}",
        None,
    ),
    *("Statement on Port Hill", "2026-01-14", "Press Office", "Ministry of Harbours"),
    *("https://harbours.gov.example/news/statement-on-port-hill", "en"),
)

add(
    "a paper that describes its pages to a counter",
    html(
        "<title>Dockers win | Evening Anchor</title>"
        + name(**{"parsely-title": "Dockers win", "parsely-pub-date": "2026-01-14T23:59:00Z"})
        + name(**{"parsely-author": "Hugo Lam", "parsely-link": "https://anchor.example/dockers-win"})
        + name(**{"application-name": "Evening Anchor"}),
        f"{NAV}<h1>Dockers win</h1><p>Hugo Lam</p>{STORY}{RELATED}{FOOTER}",
    ),
    *("Dockers win", "2026-01-14", "Hugo Lam", "Evening Anchor", "https://anchor.example/dockers-win", "en"),
)

add(
    "an Arabic site",
    html(
        "<title>الميناء يبقى مفتوحا | صوت الساحل</title>"
        + prop(
            og__title="الميناء يبقى مفتوحا", og__site_name="صوت الساحل", og__url="https://sawt.example/p/9"
        )
        + prop(article__published_time="2026-01-14T21:00:00+03:00")
        + name(author="ليلى حداد"),
        "<h1>الميناء يبقى مفتوحا</h1><p>قالت رئيسة البلدية يوم الثلاثاء: «لن نغلق رصيفا واحدا»، وأضافت "
        "أن أحدا من العمال لن "
        "يرسل إلى بيته في هذا الشتاء ولا في الشتاء الذي يليه.</p>" + FOOTER,
        "ar",
        ' dir="rtl"',
    ),
    *("الميناء يبقى مفتوحا", "2026-01-14", "ليلى حداد", "صوت الساحل", "https://sawt.example/p/9", "ar"),
)

add(
    "the canonical address is a path",
    html(
        '<base href="https://gazette.example/"><title>Vote on berths tonight - Hill Gazette</title>'
        '<link rel="canonical" href="/news/vote-tonight">'
        + prop(og__title="Vote on berths tonight", og__site_name="Hill Gazette")
        + prop(article__published_time="2026-01-13T10:00:00-0600")
        + name(author="Rosa Klein"),
        f"<h1>Vote on berths tonight</h1>{STORY}{FOOTER}",
    ),
    *("Vote on berths tonight", "2026-01-13", "Rosa Klein", "Hill Gazette"),
    *("https://gazette.example/news/vote-tonight", "en"),
)

# --- with microdata, RDFa, classes ---------------------------------------------------------------------

add(
    "a magazine with microdata",
    html(
        '<title>The Last Dockers · Meridian</title><link rel="canonical" '
        'href="https://meridian.example/dockers">',
        '<article itemscope itemtype="https://schema.org/Article"><meta itemprop="datePublished" '
        'content="2026-01-14T00:00:00Z"><meta itemprop="dateModified" content="2026-02-01"><h1 '
        'itemprop="headline">The '
        'Last Dockers</h1><span itemprop="author" itemscope itemtype="https://schema.org/Person">By <span '
        'itemprop="name">Ines Moreau</span></span><div itemprop="publisher" itemscope><meta itemprop="name" '
        f'content="Meridian"></div><div itemprop="articleBody">{STORY}</div></article>{RELATED}{FOOTER}',
    ),
    *("The Last Dockers", "2026-01-14", "Ines Moreau", "Meridian", "https://meridian.example/dockers", "en"),
)

add(
    "a blog of a large host",
    html(
        "<title>Notes from the quay: Berths stay</title>"
        '<link href="https://quaynotes.example/2026/01/berths-stay.html" rel="canonical">',
        '<h2 class="date-header"><span>Wednesday, January 14, 2026</span></h2><div class="post hentry"><h3 '
        'class="post-title entry-title" itemprop="name">Berths stay</h3><div class="post-body entry-content">'
        f'{STORY}</div><div class="post-footer">Posted by <span class="fn" itemprop="author"><span '
        'itemprop="name">Old '
        'Salt</span></span> at <abbr class="published" itemprop="datePublished" '
        'title="2026-01-14T18:03:00-06:00">6:03 '
        f"PM</abbr></div></div>{FOOTER}",
        None,
    ),
    *(
        "Berths stay",
        "2026-01-14",
        "Old Salt",
        None,
        "https://quaynotes.example/2026/01/berths-stay.html",
        None,
    ),
)

add(
    "RDFa",
    html(
        "<title>Berths remain open | Chronicle of Hill</title>"
        + prop(og__site_name="Chronicle of Hill", og__url="https://chronicle.example/open"),
        '<div vocab="https://schema.org/" typeof="NewsArticle"><h1 property="headline">Berths remain '
        "open</h1><span "
        'property="author" typeof="Person"><span property="name">Wen Li</span></span> <time '
        'property="datePublished" '
        'datetime="2026-01-14T08:00">14 January</time><div '
        f'property="articleBody">{STORY}</div></div>{FOOTER}',
    ),
    *(
        "Berths remain open",
        "2026-01-14",
        "Wen Li",
        "Chronicle of Hill",
        "https://chronicle.example/open",
        "en",
    ),
)

add(
    "a union's site: microdata in the head alone",
    html(
        '<title>We won — Dockers’ Union Local 12</title><meta itemprop="name" content="We won — Dockers’ '
        "Union Local "
        '12"><meta itemprop="headline" content="We won"><meta itemprop="author" content="Local 12"><meta '
        'itemprop="datePublished" content="2026-01-14T20:11:48-0600"><meta itemprop="dateModified" '
        'content="2026-01-14T20:30:00-0600"><link rel="canonical" href="https://local12.example/news/we-won">'
        + prop(og__site_name="Dockers’ Union Local 12", og__title="We won — Dockers’ Union Local 12"),
        f"{NAV}<article><h1>We won</h1>{STORY}</article>{FOOTER}",
        "en-US",
    ),
    *(
        "We won",
        "2026-01-14",
        "Local 12",
        "Dockers’ Union Local 12",
        "https://local12.example/news/we-won",
        "en",
    ),
)

add(
    "a Norwegian paper",
    html(
        "<title>Havnen holdes åpen – Kystbladet</title>"
        + '<link rel="canonical" href="https://kystbladet.example/nyheter/i/abc">',
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Havnen '
        "holdes åpen</h1>"
        '<div class="byline"><span itemprop="author">Siri Nygård</span></div><time itemprop="datePublished" '
        'datetime="2026-01-14T18:03:00+01:00">Publisert 14. jan. 2026 kl. 18:03</time><p>Havnen holdes '
        "åpen, sa "
        "ordføreren tirsdag. «Vi stenger ikke én eneste kai», lovet hun havnearbeiderne i den fulle "
        "salen, og ingen "
        "blir sendt hjem denne vinteren.</p></article>" + FOOTER,
        "nb",
    ),
    *(
        "Havnen holdes åpen",
        "2026-01-14",
        "Siri Nygård",
        "Kystbladet",
        "https://kystbladet.example/nyheter/i/abc",
        "nb",
    ),
)

add(
    "a theme of a common blog program, without any plugin",
    html(
        '<title>Berths stay open &#8211; The Breakwater</title><link rel="canonical" '
        'href="https://breakwater.example/2026/01/14/berths-stay-open/">',
        f'{NAV}<article id="post-71" class="post-71 post type-post"><header class="entry-header"><h1 '
        'class="entry-title">Berths stay open</h1><div class="entry-meta"><span class="posted-on">Posted '
        "on <a "
        'href="/2026/01/14/berths-stay-open/"><time class="entry-date published" '
        'datetime="2026-01-14T18:03:00+00:00">January 14, 2026</time><time class="updated" '
        'datetime="2026-01-20T07:00:00+00:00">January 20, 2026</time></a></span><span class="byline"> by '
        "<span "
        'class="author vcard"><a class="url fn n" href="/author/mo">Mo '
        "Farrell</a></span></span></div></header><div "
        f'class="entry-content">{STORY}</div></article>{RELATED}{FOOTER}',
        "en-US",
    ),
    *("Berths stay open", "2026-01-14", "Mo Farrell", "The Breakwater"),
    *("https://breakwater.example/2026/01/14/berths-stay-open/", "en"),
)

# --- with little or nothing ----------------------------------------------------------------------------

add(
    "a broadcaster's transcript",
    html(
        "<title>Port Hill’s dockers on the vote : Shore Radio</title>" + name(date="2026-01-14"),
        '<article><div class="storytitle"><h1>Port Hill’s dockers on the vote</h1></div><div '
        'class="dateblock"><time '
        'datetime="2026-01-14"><span class="date">January 14, 2026</span><span class="time">6:03 PM '
        "ET</span></time>"
        '</div><p class="byline__name"><a rel="author" href="/p/1">Gil Mendes</a></p>'
        f"{STORY}</article>{FOOTER}",
    ),
    *("Port Hill’s dockers on the vote", "2026-01-14", "Gil Mendes", None, None, "en"),
)

add(
    "a release of an agency",
    html(
        "<title>Agency Concludes Operation at Port Hill | Port Security Agency</title>"
        + prop(og__title="Agency Concludes Operation at Port Hill"),
        f"{NAV}<main><h1>Agency Concludes Operation at Port Hill</h1><div "
        "class='field--name-field-release-date'>Release "
        f"Date: <time datetime='2026-01-14T12:00:00Z'>January 14, 2026</time></div>{STORY}<p>Last Updated: "
        f"01/16/2026</p></main>{FOOTER}",
        "en",
    ),
    *("Agency Concludes Operation at Port Hill", "2026-01-14", None, "Port Security Agency", None, "en"),
)

add(
    "a byline and a date without any class",
    html(
        "<title>Harbour board votes to keep berths - Daily Example</title>",
        f"{NAV}<div><h1>Harbour board votes to keep berths</h1><p>By ANN RHODES</p><p>January 14, 2026 "
        "6:03 pm</p>"
        f"{STORY}</div>{FOOTER}",
    ),
    *("Harbour board votes to keep berths", "2026-01-14", "ANN RHODES", None, None, "en"),
)

add(
    "a student paper, with a year of two digits",
    html(
        "<title>Students join dockers at the quay - The Hill Student</title>"
        + prop(og__title="Students join dockers at the quay", og__site_name="The Hill Student")
        + prop(og__url="https://hillstudent.example/article/2026/01/students-join"),
        '<h1>Students join dockers at the quay</h1><div class="byline">By <a href="/staff/jay">Jay '
        "Wu</a></div><div "
        f'class="published-date">1/14/26 6:03pm</div>{STORY}{RELATED}{FOOTER}',
    ),
    *("Students join dockers at the quay", "2026-01-14", "Jay Wu", "The Hill Student"),
    *("https://hillstudent.example/article/2026/01/students-join", "en"),
)

add(
    "a Brazilian portal",
    html(
        "<title>Porto segue aberto: 'Não fecharemos um cais' | Litoral 1</title>"
        + prop(og__site_name="Litoral 1", og__title="Porto segue aberto: 'Não fecharemos um cais'")
        + prop(og__url="https://litoral1.example/noticia/porto.ghtml"),
        "<main><h1>Porto segue aberto: 'Não fecharemos um cais'</h1><p "
        "class='content-publication-data__from'>Por Bia "
        "Souza, Litoral 1</p><p class='content-publication-data__updated'>14/01/2026 18h03 - Atualizado "
        "em 15/01/2026 "
        "09h10</p><p>O porto segue aberto, disse a prefeita. “Não fecharemos um cais”, prometeu ela aos "
        "estivadores na "
        "sala cheia, e ninguém será mandado para casa neste ano.</p></main>" + FOOTER,
        "pt-BR",
    ),
    *("Porto segue aberto: 'Não fecharemos um cais'", "2026-01-14", "Bia Souza", "Litoral 1"),
    *("https://litoral1.example/noticia/porto.ghtml", "pt"),
)

add(
    "an Italian paper with the month in words",
    html(
        "<title>Il porto resta aperto - La Voce del Molo</title>"
        + prop(og__title="Il porto resta aperto", og__site_name="La Voce del Molo"),
        "<h1>Il porto resta aperto</h1><span class='autore'>di Carla Neri</span><span class='data'>14 "
        "gennaio 2026</span>"
        "<p>Il porto resta aperto, ha detto la sindaca martedì. «Non chiuderemo un solo molo», ha "
        "promesso ai portuali "
        "nella sala piena, e nessuno sarà mandato a casa quest’anno.</p>" + FOOTER,
        "it-IT",
    ),
    *("Il porto resta aperto", "2026-01-14", "Carla Neri", "La Voce del Molo", None, "it"),
)

add(
    "a Japanese paper",
    html(
        "<title>港は開いたまま 市長「一つも閉じない」 | 港新聞</title>"
        + prop(og__site_name="港新聞", og__url="https://minato.example/articles/1"),
        "<h1>港は開いたまま 市長「一つも閉じない」</h1><p class='date'>2026年1月14日 "
        "18時03分</p><p>市長は火曜日、「桟橋は一つも閉じない」"
        "と述べた。港湾労働者はこの決定を歓迎し、集会は夜遅くまで続いた。次の会議は来月に開かれる予定であ"
        "る。</p>" + FOOTER,
        "ja",
    ),
    *(
        "港は開いたまま 市長「一つも閉じない」",
        "2026-01-14",
        None,
        "港新聞",
        "https://minato.example/articles/1",
        "ja",
    ),
)

add(
    "a Russian site with the month in words",
    html(
        "<title>Порт останется открытым — Береговой вестник</title>"
        + prop(og__title="Порт останется открытым", og__site_name="Береговой вестник"),
        "<h1>Порт останется открытым</h1><div class='article__date'>14 января 2026, 18:03</div><div "
        "class='article__author'>Анна Ветрова</div><p>Порт останется открытым, сказала мэр во вторник. "
        "«Мы не закроем ни "
        "одного причала», — пообещала она докерам в переполненном зале, и никого не отправят "
        "домой.</p>" + FOOTER,
        "ru",
    ),
    *("Порт останется открытым", "2026-01-14", "Анна Ветрова", "Береговой вестник", None, "ru"),
)

add(
    "a day and a month that may be changed for one another",
    html(
        "<title>Ferry back at Port Hill | Hill Gazette</title>" + prop(og__site_name="Hill Gazette"),
        "<h1>Ferry back at Port Hill</h1><p class='byline'>By Rosa Klein</p><p "
        f"class='date'>02/03/2026</p>{STORY}",
    ),
    *("Ferry back at Port Hill", None, "Rosa Klein", "Hill Gazette", None, "en"),
)

add(
    "no date but those of other things",
    html(
        "<title>About the berths | Hill Wiki</title>",
        f"<h1>About the berths</h1>{STORY}{RELATED}{FOOTER}",
    ),
    *("About the berths", None, None, "Hill Wiki", None, "en"),
)

add(
    "written by hand, in tables",
    "<html><head><title>The Example Courier: Council keeps all twelve berths open</title></head><body "
    "bgcolor=white><table width=700><tr><td><font size=6><b>The Example "
    "Courier</b></font></td></tr><tr><td><font "
    "size=5><b>Council keeps all twelve berths open</b></font><br><i>Wednesday, 14 January "
    "2026</i><br>by Fay "
    f"Dunne<p>{STORY}</td></tr></table></body></html>",
    *("Council keeps all twelve berths open", "2026-01-14", "Fay Dunne", "The Example Courier", None, None),
)

add(
    "nothing at all",
    f"<html><body>{STORY}</body></html>",
    *("", None, None, None, None, None),
)
