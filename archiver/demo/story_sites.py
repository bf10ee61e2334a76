"""The sites of the story: what three documents cite, and what becomes of it in three weeks.

The days are those of `story.DAYS`: something that happens on day 9 is seen by the run of day 10.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver.demo.answers import Reply, by_day, file, page, redirect
from archiver.demo.media import mp4, pdf
from archiver.demo.prose import article, not_found
from archiver.demo.script import Reach
from archiver.demo.sites.video import Fate, Video

if TYPE_CHECKING:
    from archiver.demo.archive import InternetArchive
    from archiver.demo.script import Sites

FERRY = "https://tidewater-gazette.demo/2009/02/ferry-stops"  # stays, and archived long ago
BRIDGE = "https://tidewater-gazette.demo/2009/03/bridge-opens"  # stays
MINUTES = "http://town-council.demo/minutes/2009-02"  # 404 from day 9 on
ROPEWALK = "http://ropewalk.demo/history/winch"  # the name is given up on day 5
PILOTS = "http://pilots.demo/log.php?year=1987"  # from day 2 on at the address below
PILOTS_NOW = "https://pilots-guild.demo/logs/1987"
LAMPS = "http://lampworks.demo/catalogue/storm-lamp"  # from day 6 on 200 and an excuse
CUSTOMS = "https://customs-house.demo/inventory"  # behind a wall against robots
LEDGER = "https://quay-ledger.demo/archive/ferry-accounts"  # for subscribers
LETTERS = "https://letters-home.demo/1954/march"  # 500 on day 3, and never again
SCHOOL = "http://island-school.demo/choir.html"  # the host is down on day 10
PAINT = "https://lighthouse-keepers.demo/paint"  # the archive takes its time with it
SURVEY = "https://harbour-library.demo/survey-1931.pdf"
LAUNCH = "https://film-club.demo/launch.mp4"
NEWSREEL = "https://www.youtube.com/watch?v=ferryWinter"  # removed on day 12
INTERVIEW = "https://vimeo.com/900300400"

LINKS = (
    FERRY, BRIDGE, MINUTES, ROPEWALK, PILOTS, LAMPS, CUSTOMS, LEDGER, LETTERS, SCHOOL, PAINT, SURVEY, LAUNCH, NEWSREEL,
    INTERVIEW,
)

YOUTUBE = (
    Video(id="ferryWinter", title="Newsreel: the winter the ferry stopped", fates={0: Fate.THERE, 12: Fate.REMOVED}),
)
VIMEO = (Video(id="900300400", title="The last ticket seller remembers"),)

_GONE_404, _GONE_HOST, _MOVED, _SOFT = 9, 5, 2, 6  # days
_ROPEWALK_PAGE = article("The winch of the ropewalk", site="Friends of the Ropewalk")
_FERRY_PAGE = article("The ferry stops, and nobody says why")
_PILOTS_PAGE = page(article("Pilots' log, 1987", site="The Pilots' Guild", length=6))
_SORRY = page(
    '<!doctype html><html lang="en"><head><title>Page not found - Lampworks</title></head><body>'
    "<h1>Page not found</h1><p>Sorry, the page you are looking for does not exist or has been removed.</p>"
    '<p><a href="/">Back to the shop</a></p></body></html>'
)
_WALL = page(
    '<!doctype html><html lang="en"><head><title>Just a moment...</title></head><body>'
    "<noscript>Enable JavaScript and cookies to continue</noscript>"
    '<script src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1"></script></body></html>',
    status=403, headers=(("Server", "cloudflare"), ("CF-RAY", "7d0000000000001-DEM"), ("cf-mitigated", "challenge")),
)
_SUBSCRIBERS = page(
    '<!doctype html><html lang="en"><head><title>The Quay Ledger</title></head><body><h1>For subscribers</h1>'
    "<p>Subscribe to read the accounts of the ferry company.</p></body></html>",
    status=402,
)


def play(sites: Sites) -> None:
    """Put the story's sites into the world."""
    sites.put(FERRY, page(_FERRY_PAGE))
    sites.put(BRIDGE, page(article("The bridge opens without a speech")))
    sites.put(MINUTES, by_day({
        0: page(article("Minutes of February 2009", site="Town Council")),
        _GONE_404: page(not_found("town-council.demo"), status=404),
    }))
    sites.put(ROPEWALK, page(_ROPEWALK_PAGE))
    sites["ropewalk.demo"].reach = lambda day: Reach.ANSWERS if day < _GONE_HOST else Reach.NO_SUCH_HOST
    sites.put(PILOTS, by_day({0: _PILOTS_PAGE, _MOVED: redirect(PILOTS_NOW)}))
    sites.put(PILOTS_NOW, _PILOTS_PAGE)
    sites.put(LAMPS, by_day({0: page(article("The storm lamp", site="Lampworks")), _SOFT: _SORRY}))
    sites["customs-house.demo"].missing = _WALL
    sites.put(LEDGER, _SUBSCRIBERS)
    letter = page(article("A letter of March 1954", site="Letters Home"))
    sites.put(LETTERS, by_day({0: letter, 3: _broken(), 4: letter}))
    sites.put(SCHOOL, page(article("The choir on the pier", site="Island School")))
    sites["island-school.demo"].reach = lambda day: Reach.REFUSED if 9.5 <= day < 10.5 else Reach.ANSWERS
    sites.put(PAINT, page(article("Who paid for the paint", site="Lighthouse Keepers")))
    sites.put(SURVEY, file(pdf("Survey of 1931", "Two hundred and twelve boats."), "application/pdf"))
    sites.put(LAUNCH, file(mp4(), "video/mp4"))


def _broken() -> Reply:
    return page("<!doctype html><title>500</title><h1>Internal Server Error</h1>", status=500)


KEYS = ("demo-access", "demo-secret")  # of an account at the story's archive
_LONG_AGO = (
    (FERRY, datetime(2009, 6, 2, 8, 30, tzinfo=UTC), _FERRY_PAGE),
    (FERRY, datetime(2016, 1, 19, 21, 5, tzinfo=UTC), _FERRY_PAGE),
    (ROPEWALK, datetime(2012, 11, 3, 14, 0, tzinfo=UTC), _ROPEWALK_PAGE),
)


def archive(archive: InternetArchive) -> None:
    """Put into the archive what it has held since long ago, an account, and one page that it takes its time with."""
    from archiver.demo.archive import Saving

    for url, at, body in _LONG_AGO:
        archive.hold(url, at, body=body.encode())
    archive.account(*KEYS, slots=6)
    archive.plan(PAINT, Saving(after=timedelta(hours=23, minutes=30).total_seconds()))
