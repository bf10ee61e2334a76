"""Real pages that sound like errors: they are there. One answer must not convict them."""

from __future__ import annotations

import pytest
from scripted import exchange, hop, html, page
from story_pages import MORE_TRAPS, TRAPS

from archiver.checks.judge import judge_look
from archiver.checks.look import observe
from archiver.demo.prose import article, paragraphs
from archiver.model import Reason, VerdictKind

SITE = "https://gazette.example.net"
URL = f"{SITE}/2014/03/9417"
ALIVE = (VerdictKind.ALIVE, Reason.OK)


def shown(body: str, *, link: str = URL, code: int = 200) -> tuple[VerdictKind, Reason]:
    verdict = judge_look(observe(link, exchange(page(link, body, code))))
    return verdict.kind, verdict.reason


def called(title: str, heading: str, text: str) -> str:
    return html(title, (f"<h1>{heading}</h1>" if heading else "") + (f"<p>{text}</p>" if text else ""))


TOLD = [(language, row) for language, rows in TRAPS.items() for row in rows]


@pytest.mark.parametrize(("language", "row"), TOLD, ids=[f"{language}-{row[0]}"[:50] for language, row in TOLD])
def test_a_short_story_in_any_language_is_there(language: str, row: tuple[str, str, str]) -> None:
    assert shown(called(*row)) == ALIVE


@pytest.mark.parametrize(("language", "row"), TOLD, ids=[f"{language}-{row[0]}"[:50] for language, row in TOLD])
def test_so_is_one_in_a_plain_division_and_one_with_a_site_around_it(language: str, row: tuple[str, str, str]) -> None:
    title, heading, text = row
    around = "<div><a href=/>Start</a> <a href=/a>A</a></div>"
    assert shown(html(f"{title} - Gazette", f"{around}<h2>{heading}</h2><div>{text}</div>{around}<footer>Search Help</footer>")) == ALIVE


GLOSSARY = "".join(
    f"<dt>{code} {name}</dt><dd>The server {what}.</dd>" for code, name, what in (
        (200, "OK", "has it"), (301, "Moved Permanently", "has moved it"), (401, "Unauthorized", "wants to know who asks"),
        (404, "Not Found", "could not find the requested page"), (410, "Gone", "says that the page is no longer available"),
        (500, "Internal Server Error", "is in trouble"), (503, "Service Unavailable", "is busy"),
    )
)


@pytest.mark.parametrize(
    "body",
    [
        article("Error 404: how the page that is not found became a joke", length=12),
        article("404", length=6),
        html("HTTP status codes", f"<h1>HTTP status codes</h1><dl>{GLOSSARY}</dl>"),
        html("Not Found - Wiktionary of the quay", f"<h1>Not Found</h1><dl>{GLOSSARY}</dl>{paragraphs('d', 2)}"),
        html("Fixing “Page not found”", f"<h1>Fixing “Page not found”</h1>{paragraphs('fix', 2)}<p>The page you requested could not be found.</p>"),
        html("What “410 Gone” means for search", f"<h1>What “410 Gone” means for search</h1>{paragraphs('seo', 3)}"),
    ],
)
def test_writing_on_errors_is_there(body: str) -> None:
    assert shown(body) == ALIVE


@pytest.mark.parametrize(
    "body",
    [
        html("The stove", "<h1>The stove</h1><p>It burns since 1871.</p><div class=sidebar><h3>Tips</h3><ul><li>Page not found? Tell us.<li>404</ul></div>"),
        html("The stove", "<h1>The stove</h1><p>It burns since 1871, and warms the chess club.</p><footer>Page not found? Write to us.</footer>"),
        html("The stove", f"<h1>The stove</h1>{paragraphs('s', 1)}<section id=comments><p>Ann: the link you posted does not exist any more!</p></section>"),
        html("The stove", f"<h1>The stove</h1>{paragraphs('s', 1)}<h2>Related</h2><ul><li>Video not found<li>This article has been deleted</ul>"),
        html("The stove", f"<h1>The stove</h1>{paragraphs('s', 1)}<div class=comment>[This comment has been removed]</div><p>This video is unavailable.</p>"),
        html("The stove", f"<div class=notice>Seite nicht gefunden? Melden Sie es uns.</div><h1>The stove</h1>{paragraphs('s', 2)}"),
    ],
)
def test_words_beside_a_page_are_not_the_page(body: str) -> None:
    assert shown(body) == ALIVE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ferry gone, captain says", "The ferry is gone since Tuesday, and nobody has seen it."),
        ("Statue removed from the square", "The statue was removed at night. The council says it will be back in May."),
        ("Deleted scenes of the harbour film", "Nine minutes, never shown, on the club's stove."),
        ("Passport expired? What to do", "Go to the customs house with two photographs. It takes nine days."),
        ("Account of a voyage, deleted by the censor", "He took a boat, and the rest was cut."),
        ("The lost page", "It was in the tin all the while."),
        ("Error", "A play in one act. A clerk enters. He has nothing to say, and says it."),
        ("Missing", "Have you seen our cat? Grey, white paws. Call the stove keeper."),
        ("Web page deleted evidence, court told", "The minutes were destroyed on Monday, a witness said."),
        ("Town website taken down after attack", "The website is not available since Monday, the mayor said, and nobody knows who did it."),
        ("The minister's account no longer exists", "He closed it on Sunday, without a word to his party."),
        ("Video of the storm removed", "The owner of the boat asked for it, wrote the harbour master."),
    ],
)
def test_news_of_what_is_gone_is_there(title: str, text: str) -> None:
    assert shown(called(title, title, text)) == ALIVE


DESCRIPTION = (
    "A coat of heavy cotton, oiled by hand, with two pockets, a hood and brass buttons. It was made on the quay for forty years, "
    "and worn by pilots, fishermen and one bishop. The lining is of wool. Sizes from 46 to 60, in yellow and black."
)


@pytest.mark.parametrize(
    "body",
    [
        html("Oilskin coat | Harbour Shop", f"<h1>Oilskin coat</h1><p class=stock>This product is no longer available.</p><p>{DESCRIPTION}</p>"),
        html("Oilskin coat", f"<h1>Oilskin coat</h1><p>{DESCRIPTION}</p><p>Sold out. No longer available.</p>"),
        html("Ölmantel", "<h1>Ölmantel</h1><p>Dieses Produkt ist nicht mehr verfügbar.</p><p>Schwere Baumwolle, von Hand geölt, zwei Taschen, "
             "Kapuze, Knöpfe aus Messing; vierzig Jahre lang am Kai genäht und von Lotsen getragen.</p>"),
        html("Rigger wanted - Harbour Jobs", f"<h1>Rigger wanted</h1><p>This job has expired.</p><p>{DESCRIPTION}</p>{paragraphs('job', 1)}"),
        html("Which knot for wet rope? - Forum", f"<h1>Which knot for wet rope?</h1><p>This topic is closed.</p>{paragraphs('knot', 1)}"),
        html("Which knot? - Forum", "<h1>Which knot?</h1><p>This thread has been closed by a moderator.</p><p>Ann: a bowline. Ben: two.</p>"),
        html("Elections of 2014", f"<h1>Elections of 2014</h1><p>This page is archived and no longer updated.</p>{paragraphs('el', 2)}"),
    ],
)
def test_what_is_over_but_still_told_is_there(body: str) -> None:
    assert shown(body) == ALIVE


@pytest.mark.parametrize(
    ("link", "title", "text"),
    [
        (f"{SITE}/search?q=crane", "Search", "No results found."), (f"{SITE}/?s=crane", "Search Results for crane", "Sorry, nothing matched."),
        (f"{SITE}/suche?q=kran", "Suche", "Es wurde nichts gefunden."), (f"{SITE}/search?q=crane", "Nothing found", "Sorry, but nothing matched your search terms."),
        (f"{SITE}/recherche/?q=grue", "Recherche", "Aucun résultat."), (f"{SITE}/buscar/grua", "Nada encontrado", "No se encontró nada."),
        (f"{SITE}/catalogue/find?keywords=crane", "Catalogue", "No items were found for this search."),
    ],
)
def test_a_search_without_results_is_a_search(link: str, title: str, text: str) -> None:
    assert shown(called(title, title, text), link=link) == ALIVE


@pytest.mark.parametrize(
    "body",
    [
        html("The bell", "<h1>The bell</h1><p>The bell was cast,<br>the bell was cracked,<br>the rope is gone,<br>the tower stands.</p>"),
        html("Gone", "<h1>Gone</h1><p>Gone the mast,<br>gone the sail,<br>gone the quay,<br>and none to wail.</p>"),
        html("Soup", "<h1>Soup of eel</h1><ul><li>one eel<li>two onions<li>no salt</ul><p>Cook for an hour. Remove the skin.</p>"),
        html("The crane", "<h1>The crane</h1><img src=crane.jpg alt=crane><p>The crane, removed in 1974.</p>"),
        html("IMG_9417", "<img src=img_9417.jpg>"), html("Gallery", "<a href=1.jpg><img src=t1.jpg></a><a href=2.jpg><img src=t2.jpg></a>"),
        html("We have moved", "<h1>We have moved</h1><p>The chess club now meets behind the brewery. Our new address: Tar Lane 9.</p>"),
        html("Changelog", "<h1>Changelog</h1><h2>2.1</h2><ul><li>Removed the old page.<li>Fixed: file not found on start.<li>Deleted option --x.</ul>"),
        html("Article 9", "<h1>Article 9</h1><p>A contract against the law is void. What has been deleted is not law. Section 3 no longer applies.</p>"),
        html("Archive of May", "<h1>Archive of May</h1><p>No posts.</p>"), html("9417", "<h1>9417</h1><p>A number.</p>"),
        html("Domain theory", "<h1>Domain theory</h1><p>The domain is parked between two sets; this domain has no top.</p>"),
        html("Houses for sale", "<h1>House 9417</h1><p>This site is for sale: two acres by the quay, with a stove.</p>"),
        html("Index of names", "<h1>Index of names</h1><ul><li><a href=/ann>Ann</a><li><a href=/ben>Ben</a></ul>"),
        html("Fatal error", "<h1>Fatal error</h1><p>A novel of the ferry, in which the mate reads the tide table of the wrong year.</p>"),
        html("Server error on election night", "<h1>Server error on election night</h1><p>The count stood still for nine minutes, the clerk said.</p>"),
        html("Bug 9417: Fatal error: Uncaught TypeError", "<h1>Bug 9417: Fatal error: Uncaught TypeError</h1><p>Steps: open the map. It dies. "
             "Expected: the map.</p><p>Ann: the same here, since the last release, on two machines.</p>"),
    ],
)
def test_small_real_pages_are_there(body: str) -> None:
    assert shown(body) == ALIVE


def test_a_wiki_page_nobody_has_written_is_not_there() -> None:
    body = html("Crane - Harbour Wiki", "<h1>Crane</h1><div>There is currently no text in this page. You can search for this page title in other pages.</div>")
    assert shown(body)[1] == Reason.SOFT_404


def test_a_job_whose_text_is_gone_is_not_there() -> None:
    body = html("Harbour Jobs", "<h1>This job is no longer available</h1><p>Search for similar jobs.</p>")
    assert shown(body)[1] == Reason.SOFT_404


def test_a_data_file_with_the_word_404_is_there() -> None:
    link = f"{SITE}/tides.csv"
    verdict = judge_look(observe(link, exchange(hop(link, "HTTP/1.1 200 OK\nContent-Type: text/csv", "404\n405\nnot found\n"))))
    assert (verdict.kind, verdict.reason) == ALIVE


@pytest.mark.parametrize(
    "body",
    [
        html("Suspended accounts explained",f"<h1>Suspended accounts explained</h1><p>This account has been suspended, it says. What does it mean? Mostly an unpaid bill; write to the host. {'More of it. ' * 30}</p>"),
        html("GeoCities has closed","<h1>GeoCities has closed</h1><p>Yahoo shut the service on Monday, fifteen years after it was bought. Volunteers saved most of it. Some pages moved to other hosts, others were printed by their makers and hang in kitchens now, we are told.</p>"),
        html("Domain for sale: a history","<h1>Domain for sale: a history</h1>"+paragraphs("a",3)),
        html("Shop","<h1>Brass lamp</h1><p>Sorry, this item is out of stock.</p><p>A lamp for the quay, brass, 1871, with its wick.</p>"),
        html("Oops","<h1>Oops</h1><p>A dog runs into the harbour master. Photograph by Ann.</p>"),
        html("404 Harbour Road","<h1>404 Harbour Road</h1><p>Three rooms, a stove, and a view of the crane.</p>"),
        html("Flight 404","<h1>Flight 404</h1><p>It left on time and was not seen again until noon.</p>"),
        html("Peugeot 404","<h1>Peugeot 404</h1><p>A family car of the sixties.</p>"),
        html("Job 404: rigger","<h1>Job 404: rigger</h1><p>Tarred hands wanted. Write to the loft.</p>"),
        html("Lost and Found office","<h1>Lost and Found</h1><p>Open on Mondays. We keep umbrellas for a year.</p>"),
        html("Error messages of the 1980s","<h1>Error messages of the 1980s</h1><ul><li>Guru Meditation<li>Abort, Retry, Fail?<li>Page not found</ul>"),
        html("The page","<h1>The page</h1><p>The page could not be found by his father, who looked for him in every tavern of the port.</p>"),
        html("Tickets","<h1>Tickets</h1><p>Tickets are no longer available. The play was given twice, in May, in the loft.</p>"),
        html("Obituary","<h1>Ann Petersen</h1><p>She is gone. She was 94 and kept the tide tables by hand.</p>"),
        html("Sorry","<h1>Sorry</h1><p>Sorry for the gull, sorry for the bread, sorry for all that I never said.</p>"),
        html("Help: I can't find my page","<h1>Help: I can't find my page</h1><p>Since Monday my page is not found. Who can help me?</p><p>Ben: try the cache.</p>"),
        html("Suche nach Vermissten","<h1>Suche nach Vermissten</h1><p>Die Suche im Fluss wurde am Abend abgebrochen; man hat sie nicht gefunden.</p>"),
        html("Musée fermé","<h1>Musée fermé</h1><p>Le musée n’existe plus depuis mai. Les cartes sont à la mairie.</p>"),
        html("El museo ya no existe","<h1>El museo ya no existe</h1><p>Cerró en mayo. Los mapas están en el ayuntamiento.</p>"),
        html("Закрыто","<h1>Музей закрыт</h1><p>С мая музея больше не существует, карты лежат в ратуше.</p>"),
        html("Сайт мэрии недоступен","<h1>Сайт мэрии недоступен</h1><p>С понедельника сайт мэрии не открывается, чиновники молчат.</p>"),
        html("Artikel 13 gelöscht","<h1>Artikel 13 gelöscht</h1><p>Das Parlament strich den Absatz in zweiter Lesung.</p>"),
        html("Beitrag wird nicht mehr erhöht","<h1>Beitrag wird nicht mehr erhöht</h1><p>Die Kasse hat genug, sagt der Vorstand.</p>"),
        html("Profil nicht gefunden","<h1>Profil nicht gefunden</h1><p>Erzählung über eine Frau ohne Spiegel, in der niemand sie erkennt.</p>"),
        html("O site saiu do ar","<h1>O site saiu do ar</h1><p>A prefeitura diz que foi a tempestade.</p>"),
        html("ユーザーは存在しない","<h1>ユーザーは存在しない</h1><p>港の詩人による短い戯曲。電話が鳴り、誰も出ない。</p>"),
        html("消えたページ","<h1>消えたページ</h1><p>九枚目は火事の前に盗まれていたと、僧は言った。</p>"),
        html("内容","<h1>不存在的岛</h1><p>地图上画着它，船长说从没见过。</p>"),
        html("Content removed by court order","<h1>Content removed by court order</h1><p>Three paragraphs of this report were taken out on 3 May. The rest follows.</p>"+paragraphs("x",1)),
        html("Event has ended","<h1>Regatta 2014</h1><p>This event has ended.</p><p>Forty boats came, and nine finished. The cup went to Ann.</p>"),
        html("Auction","<h1>Barometer, 1871</h1><p>This auction has ended. Sold for 90.</p><p>Brass, in its case, with the maker's card.</p>"),
        html("Exception handling","<h1>Exception handling</h1><pre>Traceback (most recent call last): ...</pre><p>What the stack trace tells, from below to above.</p>"),
        html("ORA-00942: table or view does not exist","<h1>ORA-00942: table or view does not exist</h1><p>Cause: the table is not there, or you may not see it. Action: ask.</p>"),
        html("502 Bad Gateway: what it means","<h1>502 Bad Gateway: what it means</h1><p>A server in front of another got no good answer. Wait, then load again.</p>"),
        html("Index of Plants","<h1>Index of plants</h1><p>Alder, ash, beech.</p>"),
        html("Directory","<h1>Members</h1><p>Ann, Ben.</p>"),
        "<!doctype html><title>Ropes</title><body class='page not-found-in-nature'><h1>Ropes</h1><p>Of nine kinds.</p>",
        html("Parking","<h1>Parking</h1><p>The site is parked full on Sundays; this website is for sale signs only.</p>"),
        html("Boat for sale","<h1>Boat for sale</h1><p>This boat is for sale. Buy today, sail tomorrow. Domain of the sea.</p>"),
        html("Renew a domain","<h1>Renew a domain</h1><p>If this domain name has expired, write to your registrar within thirty days.</p>"),
        html("Access denied","<h1>Access denied</h1><p>A thriller in three acts.</p>"),
        html("Nothing here","<h1>Nothing here</h1><p>But fog, and a bell somewhere in it.</p>"),
        html("Removed","<h1>Removed</h1><p>The old crane, 1974.</p><img src=a.jpg>"),
        html("Deleted","<h1>Deleted</h1><p>Album. Nine songs, one of them a silence.</p>"),
        html("Not available","<h1>Not available</h1><p>Essay on dating in small ports.</p>"),
        html("Seite 404","<h1>Seite 404</h1><p>Der Roman hat sechshundert; auf dieser stirbt der Lotse.</p>"),
        html("Broken link","<h1>Broken link</h1><p>The chain parted at the ninth link, and the anchor stayed in the mud.</p>"),
        html("Dead link","<h1>Dead link</h1><p>A puzzle with a chain. Which link bears no load?</p>"),
        html("This video is unavailable","<h1>This video is unavailable</h1><p>An exhibition of black screens, in the loft until May.</p>"),
    ],
)
def test_pages_that_quote_a_notice_or_are_called_like_one_are_there(body: str) -> None:
    assert shown(body) == ALIVE


@pytest.mark.parametrize("row", MORE_TRAPS, ids=lambda row: row[0])
def test_other_short_stories_are_there(row: tuple[str, str]) -> None:
    assert shown(called(row[0], row[0], row[1])) == ALIVE


NAV = "<ul class=menu><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/c>Contact</a></ul>"
FOOT = "<div class=foot>© 2026 Hafenbote GmbH. Alle Rechte vorbehalten. <a href=/i>Impressum</a> <a href=/d>Datenschutz</a></div>"
COOKIES = "<div class=cookie>Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten. <button>OK</button></div>"
TEASERS = "<h2>Meistgelesen</h2><ul>" + "".join(
    f"<li><a href=/{n}>Der Kran am Kai, Teil {n}</a><p>Vierzig Jahre stand er da, und niemand fragte, wem er gehört.</p>" for n in range(8)
) + "</ul>"
NEWS = "<h2>Последние новости</h2>" + "".join(
    f"<div><a href=/{n}>Паром вышел в рейс {n}</a><p>Впервые за сорок лет паром вышел зимой, сообщил начальник порта.</p></div>"
    for n in range(6)
)


@pytest.mark.parametrize(
    "body",
    [
        html("Der Kran - Hafenbote",COOKIES + NAV + "<h1>Der Kran</h1><p>Er steht nicht mehr.</p>" + FOOT),
        html("Nachruf",NAV + "<h1>Die Seite drei</h1><p>Die Seite drei der Zeitung ist nicht mehr verfügbar, sagte der Archivar; Mäuse haben sie gefressen.</p>" + TEASERS),
        html("Паром пропал",NAV + "<h1>Паром пропал</h1><p>Он не найден уже третий день.</p>" + NEWS),
        html("Página en blanco","<h1>Página en blanco</h1><div>La página que no existe es la que más se lee, decía el viejo impresor.</div>"),
        html("Le contenu de la malle","<h1>Le contenu de la malle</h1><p>Le contenu que vous voyez ici a été supprimé du testament par une main inconnue.</p>"),
        html("Documento nº 9","<h1>Documento nº 9</h1><p>O documento foi apagado pela chuva; lê-se ainda a data.</p>"),
        html("この記事について","<h1>この記事について</h1><p>ページの一部は洪水で失われ、写真だけが残った。</p>"),
        html("Profilo","<h1>Profilo di Anna</h1><p>Utente dal 2009. Non ha ancora scritto nulla.</p>"),
        html("Ann's profile","<h1>Ann</h1><p>Member since 2009. No posts found.</p>"),
        html("Job listing","<h1>Rigger</h1><p>Applications closed on 3 May. The loft pays by the week, and the rope is tarred.</p>"),
        html("Event","<h1>Chess evening</h1><p>Cancelled.</p>"),
        html("Recipe","<h1>Eel soup</h1><p>The page with the second half was not found in her book; we guess onions.</p>"),
        html("Address","<h1>Tar Lane 9</h1><p>The address does not exist on any map before 1871.</p>"),
        html("Link","<h1>The missing link</h1><p>It could not be found in any of the nine chains that the divers brought up.</p>"),
        html("File","<h1>File 9</h1><p>The file was deleted in 1974 by order of the ministry, and restored in 1991 from a copy in the attic.</p>"),
        html("Channel","<h1>The channel</h1><p>The channel no longer exists; it silted up after the dam.</p>"),
        html("The channel","<h1>The channel</h1><p>This channel no longer exists.</p><p>Dug in 1820, it silted up by 1900. Herons stand where the barges went.</p>"),
        html("The article","<h1>The article</h1><p>This article was removed from the treaty in 1920.</p>"),
        html("Blog closed","<h1>Blog closed</h1><p>I write elsewhere now. Thank you for nine years.</p>"),
        html("Thread","<h1>Thread</h1><p>Thread of linen, tarred. Not available in red.</p>"),
        html("Post","<h1>Post</h1><p>The post was missing by morning, and the gate hung open.</p>"),
        html("Account","<h1>Account</h1><p>No account of the wreck exists. What there is was told in taverns.</p>"),
        html("Konto","<h1>Konto gelöscht</h1><p>Wie man sein Konto bei der Hafenbank kündigt: ein Brief genügt, und zwei Wochen Zeit.</p>"),
        html("Hilfe","<h1>Mein Profil wurde gelöscht – was tun?</h1><p>Schreiben Sie an den Betreiber; binnen dreißig Tagen lässt es sich wiederherstellen.</p>"),
        html("Aide","<h1>Page introuvable : que faire ?</h1><p>Vérifiez l’adresse, videz le cache, puis demandez au webmestre du site.</p>"),
        html("Ayuda","<h1>Cómo quitar el mensaje “Página no encontrada”</h1><p>Abra el panel, guarde los enlaces permanentes y vacíe la caché.</p>"),
        html("Справка","<h1>Что значит «страница не найдена»</h1><p>Сервер ответил кодом 404. Проверьте адрес и настройки.</p>"),
    ],
)
def test_what_only_sounds_like_an_error_is_there(body: str) -> None:
    assert shown(body) == ALIVE


@pytest.mark.parametrize(
    "body",
    [
        article("Website expired: how a club lost its name"),
        article("Account suspended"),
        article("This domain is for sale"),
        article("Page not found",length=3),
        article("Gone",length=1),
        html("Shop","<h1>Sorry, this shop is currently unavailable</h1>" + paragraphs("q",4)),
        html("Not Found","<h1>Not Found</h1>" + paragraphs("n",1)),
        html("Our host","<h1>Our host</h1><p>Contact your hosting provider if your account has been suspended for an unpaid bill.</p>"),
        html("Domain registration","<h1>Domain registration</h1><p>Your new domain has been registered by us within a day. Prices from nine crowns.</p>"),
        html("About","<h1>About gazette.example.net</h1><p>This domain was registered in 1996 by two sailors.</p>"),
        html("Impressum","<h1>Impressum</h1><p>Die Domain gazette.example.net ist Eigentum des Vereins.</p>"),
        html("Log","<h1>Log 9</h1><pre>Warning: mysqli_connect(): in the log of May</pre><p>We read it aloud.</p>"),
        html("Ask","<h1>What does 'Internal Server Error' mean?</h1><p>Ann: the server fell over. Ben: wait and reload.</p>"),
        html("Status","<h1>All systems operational</h1><p>Database error rates: none. Gateway: fine.</p>"),
        html("Files","<h1>Files</h1><p>File not found errors in the tide program are due to a blank in the path.</p>"),
        html("Search","<h1>Search the catalogue</h1><p>No results found? Try fewer words.</p>"),
        html("FAQ","<h1>FAQ</h1><p>Why is this page not available in Danish? Because nobody has translated it.</p>"),
        html("Konzert","<h1>Konzert</h1><p>Karten nicht mehr verfügbar.</p>"),
        html("Vers","<h1>Vers</h1><p>La page est blanche, la mer aussi.</p>"),
        html("Inventar","<h1>Inventar</h1><p>Seite 9 fehlt.</p>"),
        html("Errata","<h1>Errata</h1><p>Page 9: for “not found” read “not sound”.</p>"),
    ],
)
def test_what_has_a_notices_name_and_its_own_text_is_there(body: str) -> None:
    assert shown(body) == ALIVE
