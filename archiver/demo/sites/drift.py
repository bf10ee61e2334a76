"""Pages that are there and are no longer what was cited, and pages that only look so. All of it happens on day 7.

One look cannot tell: the first run sees what was cited, a later one what became of it. One page had changed before
anybody looked; the archive has what stood there (`archive`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from archiver.demo.answers import by_day, page
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind

if TYPE_CHECKING:
    from archiver.demo.archive import InternetArchive

DAY = 7
CITED = datetime(2014, 6, 12, tzinfo=UTC)  # when documents cite what the archive has
BEFORE_US = "http://signalbox.demo/node/88"

SIGNALS = """The signal box at Ellern junction has been worked by hand since 1894. Forty-one levers stand in a row,
red for stop signals, blue for locks, black for points, and each is polished with a cloth that nobody may touch with
bare fingers. “We ring the bell twice for a goods train,” says the signalman, Jorun Haverkamp, “and once for the
doctor.” The wires run through tarred channels to semaphores nearly a kilometre away; in frost they shorten, so that
the tension must be corrected at dawn. Next autumn a computer in the regional capital will take over. The railway
wants to scrap the frame, while a club of pensioners offers to run it on Sundays. Its chairman has measured the
building, counted the rivets and written to three ministries. Only one has replied, with a leaflet about cycling."""
SIGNALS_LATER = f"""{SIGNALS.replace("Only one has replied, with a leaflet about cycling.", "Two have replied.")}
Correction: an earlier version gave the number of levers as forty. The transport committee debates it in May."""
CHEESE = """Goat farmers in the upper valley have revived a cheese that was thought to be forgotten. It ripens for
ninety days in a cave where the thermometer never climbs above nine degrees, wrapped in chestnut leaves soaked in
brandy. Milk comes from a breed with twisted horns, of which two hundred animals remain. The recipe was found inside a
prayer book and had to be deciphered by a chemist, because somebody had used a private abbreviation for rennet. Chefs
from the coast order entire wheels months ahead. The cooperative refuses to enlarge its herd, however, since pasture
is scarce and wolves have returned to the pass. A certificate of origin shall protect the name against imitations made
in factories abroad."""
CASINO = """Welcome bonus for every new player! Compare the best online casino brands, claim free spins without
deposit and win progressive jackpots. Our slots guide explains volatility, our roulette calculator shows your chances,
and the betting calendar lists matches of all leagues. Casino payouts arrive within minutes, by card or wallet. Loyal
players enjoy cashback, tournaments and a personal manager. Read independent reviews of casinos with fair licences,
check wagering rules and start with a small stake. Mobile slots, live baccarat and poker tables are open day and
night."""
_SIGNALS_GERMAN = """Das Stellwerk am Abzweig Ellern wird seit 1894 von Hand bedient. Einundvierzig Hebel stehen in
einer Reihe, rote für Haltsignale, blaue für Riegel, schwarze für Weichen, und jeder wird mit einem Tuch poliert, das
niemand mit bloßen Fingern anfassen darf. Die Drähte laufen durch geteerte Kanäle zu den Signalen, die fast einen
Kilometer entfernt sind; bei Frost werden sie kürzer, so dass die Spannung am Morgen nachgestellt werden muss. Im
nächsten Herbst übernimmt ein Rechner in der Hauptstadt. Die Bahn will die Hebelbank verschrotten, ein Verein von
Rentnern will sie an Sonntagen betreiben. Der Vorsitzende hat das Gebäude vermessen, die Nieten gezählt und an drei
Ministerien geschrieben."""
TITLE = "Forty-one levers and a cloth"


def _paragraphs(text: str) -> str:
    sentences = escape(text.replace("\n", " "), quote=False).split(". ")
    return "".join(f"<p>{'. '.join(sentences[at : at + 3])}.</p>\n" for at in range(0, len(sentences), 3))


def printed(title: str, text: str, *, site: str = "The Junction Post", more: str = "", language: str = "en") -> str:
    """Print an article as a newspaper of today does."""
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} - {site}</title>
<meta property="og:title" content="{title}"></head><body><header><a href="/">{site}</a><nav><a href="/trains">Trains</a>
<a href="/boats">Boats</a></nav></header><main><article><h1>{title}</h1>
{_paragraphs(text)}{more}</article></main><footer>{site}, Station Road 3</footer></body></html>"""


def printed_long_ago(title: str, text: str) -> str:
    """Print it as one did twenty years before."""
    body = escape(text.replace("\n", " ")).replace(". ", ".<BR><BR>")
    return f"""<HTML><HEAD><TITLE>Junction Post Online: {title}</TITLE></HEAD><BODY><TABLE><TR><TD WIDTH=120>
<A HREF="/">Home</A><BR><A HREF="/guests">Guestbook</A></TD><TD><FONT FACE="Arial"><B>{title}</B><P>{body}</FONT></TD>
</TR></TABLE></BODY></HTML>"""


def _changes(name: str, url: str, says: str, then: str, first: str = "") -> Case:
    return Case(
        name=f"drift-{name}", url=url, verdict=VerdictKind.CHANGED, reason=Reason.CONTENT_DRIFT,
        needs=frozenset({"drift"}), says=says,
        serve=by_day({0: page(first or printed(TITLE, SIGNALS)), DAY: page(then)}),
    )


def _stays(name: str, url: str, says: str, then: str, first: str = "") -> Case:
    return Case(
        name=f"drift-{name}", url=url, verdict=VerdictKind.ALIVE, reason=Reason.OK, says=says,
        serve=by_day({0: page(first or printed(TITLE, SIGNALS)), DAY: page(then)}),
    )


CASES = (
    _changes("sold", "http://signal-friends.demo/2014/06/levers", "the name was sold, and a casino stands there",
             printed("Best casino bonuses", CASINO, site="SpinTop")),
    _changes("front-page-sold", "http://ellern-museum.demo/", "a front page whose name was sold",
             printed("Best casino bonuses", CASINO, site="SpinTop"), printed("Ellern Museum", SIGNALS, site="Museum")),
    _changes("number", "http://junction-post.demo/article.php?id=311", "the number was given to another article",
             printed("The cheese in the prayer book", CHEESE)),
    _changes("notice", "http://junction-post.demo/article.php?id=312", "a notice stands there instead",
             "<!doctype html><title>Welcome</title><h1>Junction Media</h1><p>This archive was discontinued. Our new "
             "website has tickets, offers and more."),
    _stays("redesigned", "http://junction-post.demo/article.php?id=401", "the same text in another dress",
           printed(TITLE, SIGNALS), printed_long_ago(TITLE, SIGNALS)),
    _stays("headline", "http://junction-post.demo/article.php?id=402", "updated, under another headline",
           printed("Ministries answer signalmen", SIGNALS_LATER)),
    _stays("teaser", "http://junction-post.demo/article.php?id=403", "its beginning, for readers who do not pay",
           printed("Signal box faces the end", SIGNALS[:330], more="<p>This article is for subscribers.")),
    _stays("comments", "http://junction-post.demo/article.php?id=404", "there are many comments now",
           printed(TITLE, SIGNALS, more=f"<h2>Comments</h2>{_paragraphs(CHEESE)}{_paragraphs(CASINO)}")),
    _stays("front-page", "http://ellern-courier.demo/", "a front page, with the news of another day",
           printed("Cheese of the valley", CHEESE, site="Ellern Courier"),
           printed(TITLE, SIGNALS, site="Ellern Courier")),
    _stays("language", "http://junction-post.demo/article.php?id=405", "the same in another language",
           printed("Einundvierzig Hebel und ein Tuch", _SIGNALS_GERMAN, language="de")),
    Case(
        name="drift-before-us", url=BEFORE_US, verdict=VerdictKind.CHANGED, reason=Reason.CONTENT_DRIFT,
        needs=frozenset({"drift"}), says="it had changed before the first look; the archive has what was cited",
        serve=page(printed("The cheese in the prayer book", CHEESE, site="Valley Dairy")),
    ),
)


def archive(archive: InternetArchive) -> None:
    """Put into the archive what stood there when it was cited."""
    archive.hold(BEFORE_US, CITED, body=printed(TITLE, SIGNALS, site="Signal Box Friends").encode())
