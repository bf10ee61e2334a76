"""Answers of 200 that are no answer, and the traps beside them: pages that only look like that."""

from __future__ import annotations

from html import escape

from archiver.demo.answers import Reply, content, file, page
from archiver.demo.media import pdf
from archiver.demo.prose import article, paragraphs
from archiver.demo.script import Case
from archiver.demo.sites import hosting, tongues, traps
from archiver.model import Reason, VerdictKind


def _sorry(language: str, title: str, words: str) -> Reply:
    return page(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f'<body><h1>{escape(title)}</h1><p>{escape(words)}</p><p><a href="/">Tidewater</a></p></body></html>'
    )


def _soft(name: str, url: str, language: str, title: str, words: str) -> Case:
    return Case(
        name=name, url=url, verdict=VerdictKind.DEAD, reason=Reason.SOFT_404, serve=_sorry(language, title, words),
        says=f"200 with a page that says, in language {language}, that there is no page",
    )


_FOR_SALE = page(
    '<!doctype html><html lang="en"><head><title>ropeworks-museum.demo is for sale</title></head><body>'
    "<h1>ropeworks-museum.demo</h1><p>This domain is for sale! Buy this domain today.</p>"
    '<p>Related searches</p><ul><li><a href="/?q=ropes">Ropes</a><li><a href="/?q=cheap+flights">Cheap flights</a>'
    '<li><a href="/?q=loans">Loans</a></ul><p>The owner of this domain has parked it with a parking service.</p>'
    "</body></html>"
)
_SIDEBAR = "<aside><h2>From the forum</h2><ul><li>Help: page not found on my blog<li>404 in winter</ul></aside>"

_CATCH_ALL = page(
    '<!doctype html><html lang="en"><title>Anything Goes</title><h1>Anything Goes</h1>'
    f"<p>Offers of the week.</p>{paragraphs('offers', 2)}</html>"
)

CASES = (
    _soft("soft-404", "http://plausible.demo/2008/strike", "en", "Page not found",
          "Sorry, the page you requested could not be found. It may have been moved or deleted."),
    _soft("soft-404-german", "http://zeitung.demo/artikel/17", "de", "Seite nicht gefunden",
          "Die angeforderte Seite wurde leider nicht gefunden."),
    _soft("soft-404-french", "http://journal.demo/article/17", "fr", "Page introuvable",
          "La page que vous recherchez n'existe pas ou a été supprimée."),
    _soft("soft-404-spanish", "http://diario.demo/nota/17", "es", "Página no encontrada",
          "Lo sentimos, la página que busca no existe."),
    _soft("soft-404-russian", "http://gazeta.demo/statya/17", "ru", "Страница не найдена",
          "К сожалению, запрошенная страница не найдена или была удалена."),
    Case(
        name="catch-all", url="http://anything.demo/essay/rope", verdict=VerdictKind.DEAD, reason=Reason.SOFT_404,
        needs=frozenset({"sibling"}), says="every address of the host, existing or not, gives the same page",
        rest=_CATCH_ALL,
    ),
    Case(
        name="parked", url="http://ropeworks-museum.demo/exhibits/3", verdict=VerdictKind.DEAD, reason=Reason.PARKED,
        says="the domain is for sale", serve=_FOR_SALE,
    ),
    Case(
        name="empty", url="http://hollow.demo/essay", verdict=VerdictKind.DEAD, reason=Reason.EMPTY,
        says="200 and no body", serve=page(""),
    ),
    Case(
        name="empty-page", url="http://hollow.demo/page", verdict=VerdictKind.DEAD, reason=Reason.EMPTY,
        says="200 and a page with nothing in it",
        serve=page("<!doctype html><html><head><title></title></head><body>\n</body></html>"),
    ),
    Case(
        name="pdf", url="http://library.demo/report.pdf", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a PDF", serve=file(pdf("Report", "Two hundred and twelve boats."), "application/pdf"),
    ),
    Case(
        name="pdf-page", url="http://library.demo/minutes.pdf#page=3", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a page of a PDF: its fragment is no element",
        serve=file(pdf("Minutes", "Nine to four."), "application/pdf"),
    ),
    Case(
        name="pdf-replaced", url="http://library.demo/atlas.pdf", verdict=VerdictKind.DEAD, reason=Reason.WRONG_TYPE,
        says="a page where a PDF was cited",
        serve=page(article("Our new catalogue", site="Harbour Library", length=2)),
    ),
    Case(
        name="trap-about-404", url="http://gazette.demo/2016/error-404", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a long article about error 404",
        serve=page(article("Error 404: a short history of the page not found", length=9)),
    ),
    Case(
        name="trap-gone-in-title", url="http://gazette.demo/2016/gone", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a news item whose title says gone",
        serve=page(article("Harbour crane gone, council not found in office")),
    ),
    Case(
        name="trap-sidebar", url="http://gazette.demo/2016/stove", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="an article with “not found” beside it",
        serve=page(article("The stove of the chess club", extra=_SIDEBAR)),
    ),
    Case(
        name="trap-short", url="http://notes.demo/bell", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a short but real page",
        serve=page(
            '<!doctype html><html lang="en"><title>The bell</title><h1>The bell</h1>'
            "<p>Cast in 1871, cracked in 1902, never rung since.</p></html>"
        ),
    ),
    Case(
        name="trap-plain-text", url="http://notes.demo/rfc.txt", verdict=VerdictKind.ALIVE, reason=Reason.OK,
        says="a text that explains status codes",
        serve=content(
            b"4xx\n\n404 Not Found: the server has no such page.\n410 Gone: it had one.\n\n" + b"More text. " * 40,
            "text/plain; charset=us-ascii",
        ),
    ),
    *tongues.CASES, *hosting.CASES, *traps.CASES,
)
