"""Real pages that look like errors, sold-out things, searches without results, lists and listings: they are there."""

from __future__ import annotations

from html import escape

from archiver.demo.answers import Reply, content, page
from archiver.demo.prose import article, paragraphs
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind


def _page(title: str, body: str) -> Reply:
    return page(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def _there(name: str, url: str, says: str, serve: Reply) -> Case:
    return Case(name=f"trap-{name}", url=url, verdict=VerdictKind.ALIVE, reason=Reason.OK, says=says, serve=serve)


_COAT = (
    "<p>A coat of heavy cotton, oiled by hand, with two pockets, a hood and brass buttons. It was made on the quay"
    " for forty"
    " years, and worn by pilots, fishermen and one bishop.</p>"
)
_CODES = "".join(
    f"<dt>{code}</dt><dd>{meaning}</dd>"
    for code, meaning in (
        ("200 OK", "The server has the page."),
        ("404 Not Found", "The server could not find the requested page."),
        ("410 Gone", "The page is no longer available."),
        ("500 Internal Server Error", "The server is in trouble."),
    )
)
_LISTING = (
    '<pre><a href="?C=N;O=D">Name</a><hr><a href="/tides/">Parent Directory</a>\n'
    '<a href="1887.txt">1887.txt</a> 12K\n<hr></pre>'
)

CASES = (
    _there(
        "glossary",
        "http://gazette.demo/help/status-codes",
        "a glossary of status codes",
        _page("Status codes", f"<dl>{_CODES}</dl>"),
    ),
    _there(
        "comments",
        "http://gazette.demo/2015/ferry-winter",
        "comments that speak of what is gone",
        page(
            article(
                "The ferry in winter",
                extra="<div id=comments><p>Ann: the link you posted does not exist any more!</p>"
                "<p>[This comment has been removed]</p></div>",
            )
        ),
    ),
    _there(
        "related",
        "http://gazette.demo/2015/tide-tables",
        "titles of other articles that sound like errors",
        page(article("Tide tables by hand", extra="<h2>Related</h2><ul><li>Page not found<li>Video removed</ul>")),
    ),
    _there(
        "removed-in-title",
        "http://gazette.demo/2016/statue",
        "a short news item on something removed",
        _page(
            "Statue removed from the square",
            "<p>The statue was removed at night. The council says it will be back.</p>",
        ),
    ),
    _there(
        "deleted-in-title",
        "http://gazette.demo/2016/posts",
        "a short news item on something deleted",
        _page("Minister’s posts deleted", "<p>The posts were deleted on Monday. The office did not comment.</p>"),
    ),
    _there(
        "expired-in-title",
        "http://gazette.demo/2016/passports",
        "advice on expired passports",
        _page(
            "Passport expired? What to do", "<p>Go to the customs house with two photographs. It takes nine days.</p>"
        ),
    ),
    _there(
        "sold-out",
        "http://chandler.demo/shop/oilskin-coat",
        "a product that is no longer sold, with its description",
        _page("Oilskin coat", f"<p>This product is no longer available.</p>{_COAT}"),
    ),
    _there(
        "job-with-text",
        "http://chandler.demo/jobs/rigger",
        "a job that is taken, with its text",
        _page("Rigger wanted", f"<p>This job has expired.</p>{paragraphs('rigger', 1)}"),
    ),
    _there(
        "closed-thread",
        "http://chandler.demo/forum/knots",
        "a closed thread of a forum",
        _page("Which knot for wet rope?", f"<p>This topic is closed.</p>{paragraphs('knots', 1)}"),
    ),
    _there(
        "search",
        "http://chandler.demo/search?q=belaying+pins",
        "a search without results",
        _page("Search results", "<p>Sorry, nothing was found.</p>"),
    ),
    _there(
        "no-posts",
        "http://chandler.demo/archive/may",
        "an archive of a month without posts",
        _page("Archive of May", "<p>No posts.</p>"),
    ),
    _there(
        "poem",
        "http://notes.demo/poems/bell",
        "a poem of four lines",
        _page("Gone", "<p>Gone the mast,<br>gone the sail,<br>gone the bell,<br>and none to wail.</p>"),
    ),
    _there(
        "recipe",
        "http://notes.demo/recipes/eel",
        "a recipe",
        _page("Soup of eel", "<ul><li>one eel<li>two onions</ul><p>Cook for an hour. Remove the skin.</p>"),
    ),
    _there(
        "photograph",
        "http://notes.demo/photographs/crane",
        "a photograph and its caption",
        _page("The crane", "<img src=/crane.jpg alt=crane><p>The crane, removed in 1974.</p>"),
    ),
    _there(
        "moved-notice",
        "http://notes.demo/club",
        "a notice that a club meets elsewhere",
        _page("We have moved", "<p>The chess club now meets behind the brewery, Tar Lane 9.</p>"),
    ),
    _there(
        "changelog",
        "http://notes.demo/changelog",
        "a list of what was removed from a program",
        _page("Changelog", "<ul><li>Removed the old page.<li>Fixed: file not found on start.<li>Deleted --x.</ul>"),
    ),
    _there(
        "law",
        "http://notes.demo/law/9",
        "legal text with void and deleted",
        _page("Article 9", "<p>A contract against the law is void. What has been deleted is not law.</p>"),
    ),
    _there(
        "listing",
        "http://tides.demo/tides/tables/",
        "a server's list of the files in a folder",
        _page("Index of /tides/tables", _LISTING),
    ),
    _there(
        "bug-report",
        "http://chandler.demo/bugs/9417",
        "a report of a server's error",
        _page(
            "Fatal error: Uncaught TypeError on the map",
            "<p>Steps: open the map, and it dies.</p><p>Ann: the same here.</p>",
        ),
    ),
    _there(
        "data", "http://tides.demo/api/boats/17", "empty data where data was cited", content(b"[]", "application/json")
    ),
)
