"""Whether a page is still what was cited: pairs of before and now. A false alarm is worse than a drift that is missed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from drift_pages import (
    CASINO,
    CHATTER,
    COUNCIL,
    FERRY,
    FERRY_LATER,
    GERMAN,
    GERMAN_BEES,
    GUITAR,
    JAPANESE,
    JAPANESE_TEA,
    ORCHIDS,
    RUSSIAN,
    RUSSIAN_CASINO,
    SLOT_ID,
    STUB,
    WHOLE,
    bare,
    listing,
    modern,
    old,
)

from archiver.checks.drift import compare, compare_titles, quotes_of, said
from archiver.model import Citation, CitationKind, Place, SignalKind

QUOTE = "No boat crossed after sunset"
TITLE = "The ferry stops"
STORY = "http://harbour-gazette.demo/2014/03/ferry-stops"
NUMBER = "http://harbour-gazette.demo/article.php?id=1742"
FRONT = "http://harbour-gazette.demo/"
CLUB = "http://rowing-club.demo/"
TEASER = FERRY[:420]
LIVE = FERRY.split(". ")
PRICE = "A storm lamp of brass, with a glass from the works at Lamm. Weight 1.4 kg. Height 31 cm. Burns for ten hours. "



def dated(day: str) -> str:
    return f'<meta property="article:published_time" content="{day}T09:30:00+01:00">'


# name, address, before, now
SAME: list[tuple[str, str, bytes, bytes]] = [
    ("the same bytes", STORY, modern(TITLE, FERRY), modern(TITLE, FERRY)),
    ("redesigned", STORY, old(TITLE, FERRY), modern(TITLE, FERRY)),
    ("redesigned, with another name of the site", STORY, old(TITLE, FERRY), modern(TITLE, FERRY, site="Bay Media")),
    ("updated", STORY, modern(TITLE, FERRY), modern(TITLE, FERRY_LATER)),
    ("another headline over the same text", NUMBER, modern(TITLE, FERRY), modern("Islanders stranded", FERRY)),
    ("another headline, updated, redesigned", NUMBER, old(TITLE, FERRY), modern("Islanders stranded", FERRY_LATER)),
    ("grown by comments", STORY, modern(TITLE, FERRY), modern(TITLE, FERRY, more=f"<h2>Comments</h2><p>{CHATTER}</p>")),
    ("grown by comments under another headline", NUMBER, modern(TITLE, FERRY),
     modern("Islanders stranded", FERRY + CHATTER + CHATTER)),
    ("cut to a teaser", STORY, modern(TITLE, FERRY), modern(TITLE, TEASER, more="<p>Subscribe to read on.</p>")),
    ("cut to a teaser under another headline", NUMBER, modern(TITLE, FERRY),
     modern("Islanders stranded", TEASER, more="<p>This article is for subscribers.</p>")),
    ("behind a paywall that shows nothing of it", STORY, modern(TITLE, FERRY),
     modern(TITLE, "Subscribe now and read every article for one crown a week. Cancel at any time. Already a subscriber? "
                   "Log in here. Students pay half. Gift subscriptions are sent by post.")),
    ("a live blog that goes on", "http://harbour-gazette.demo/live/election", modern("Election live: polls open", COUNCIL),
     modern("Election live: coalition talks at dawn", ORCHIDS)),
    ("a front page a year later", FRONT, modern("Ferry stops for good", FERRY), modern("Slaughterhouse sold", COUNCIL)),
    ("a front page in another dress", FRONT, old("Welcome", ORCHIDS), modern("News from the bay", COUNCIL)),
    ("a front page called after its site", FRONT, bare("Harbour Gazette", f"<h1>Today</h1><p>{FERRY}"),
     bare("Harbour Gazette", f"<h1>Today</h1><p>{COUNCIL}")),
    ("a section", "http://harbour-gazette.demo/news/", modern("Ferry stops", FERRY), modern("Slaughterhouse", COUNCIL)),
    ("a list of links", "http://harbour-gazette.demo/desk/bay", listing("The bay desk", FERRY), listing("Bay", COUNCIL)),
    ("a list of links under numbers", "http://harbour-gazette.demo/l.php?id=7", listing("Spring", FERRY),
     listing("Autumn", COUNCIL)),
    ("a tag", "http://harbour-gazette.demo/tag/harbour", modern("Ferry stops", FERRY), modern("Studios", COUNCIL)),
    ("the newest episode", "http://radio.demo/podcast/latest", modern("Orchids", ORCHIDS), modern("Guitars", GUITAR)),
    ("results of a search", "http://harbour-gazette.demo/?q=ferry", modern("Ferry", FERRY), modern("Nothing", COUNCIL)),
    ("somebody's own page", "http://university.demo/users/brunn", modern("Orchids", ORCHIDS), modern("Guitars", GUITAR)),
    ("the same in another language", STORY, modern(TITLE, FERRY), modern("Die Fähre steht still", GERMAN, lang="de")),
    ("the same in another script", NUMBER, modern("Паром остановлен", RUSSIAN, lang="ru"), modern(TITLE, FERRY)),
    ("the same in Japanese", NUMBER, modern(TITLE, FERRY), modern("連絡船が終了", JAPANESE, lang="ja")),
    ("a shop's page with another price", "http://lamps.demo/p/991", modern("Storm lamp", PRICE * 4 + "Price: 49."),
     modern("Storm lamp, sale!", PRICE * 4 + "Price: 39. Only two left. Customers liked it.")),
    ("an article of a wiki, written anew", "http://wiki.demo/wiki/Cypripedium",
     modern("Cypripedium", ORCHIDS, site="Wiki"), modern("Cypripedium", GUITAR, site="Wiki")),
    ("what its address says", "http://flora.demo/lady-slipper-orchid", modern("Spring in the beeches", FERRY),
     modern("Lady's slipper orchid", ORCHIDS)),
    ("a page about the club", "http://rowing-club.demo/about", modern("About us", ORCHIDS), modern("About us", COUNCIL)),
    ("a script draws it now", NUMBER, modern(TITLE, FERRY),
     (b'<!doctype html><html><head><title>Harbour App</title></head><body><div id="root"></div>'
     b'<script src="/main.js"></script></body></html>')),
    ("a script drew it then", NUMBER,
     (b'<!doctype html><html><head><title>Harbour App</title></head><body><div id="root"></div>'
     b'<script src="/main.js"></script></body></html>'), modern(TITLE, FERRY)),
    ("a banner for cookies", NUMBER, modern(TITLE, FERRY),
     bare("Your privacy", "<h1>We value your privacy</h1><p>We and our 812 partners store cookies. Accept all or choose. "
                          + "Legitimate interest, measurement, audiences, vendors. " * 12)),
    ("a question of age", NUMBER, modern(TITLE, FERRY),
     bare("Welcome", "<h1>Are you over 18 years old?</h1><p>This site shows wine and spirits. Enter or leave.")),
    ("a choice of countries", NUMBER, modern(TITLE, FERRY),
     bare("Choose your country", "<h1>Select your country</h1><p>" + "Austria Belgium Chile Denmark Estonia Finland " * 9)),
    ("a login", NUMBER, modern(TITLE, FERRY), bare("Sign in", '<h1>Sign in</h1><p>Log in to continue.<input type="password">')),
    ("a wall was kept", NUMBER, bare("Just a moment...", "<p>Checking your browser before accessing the site."),
     modern(TITLE, FERRY)),
    ("a photograph", "http://photos.demo/p/88", bare("Harbour at dusk", '<img src="a.jpg"><p>Photo: A. Brunn.'),
     bare("Evening light", '<img src="a.jpg"><p>By A. Brunn, 2014.')),
    ("a photograph that got a text", "http://photos.demo/p/88", bare("Harbour at dusk", '<img src="a.jpg"><p>A. Brunn.'),
     modern("Evening light", ORCHIDS)),
    ("letters that were not understood", NUMBER, modern(TITLE, FERRY),
     bare("Паром", f"<p>{RUSSIAN.encode().decode('latin-1')}")),
    ("a title that says nothing", NUMBER, modern(TITLE, ORCHIDS), bare("Home", f"<p>{COUNCIL}")),
    ("no title at all", NUMBER, modern(TITLE, ORCHIDS), f"<html><body><p>{COUNCIL}".encode()),
    ("empty", NUMBER, modern(TITLE, FERRY), b""),
    ("a page of a handbook for the newest version", "http://docs.demo/en/latest/intro", modern("Installing", GUITAR),
     modern("Getting started", ORCHIDS)),
    ("an article on casinos, before and now", NUMBER, modern("Casino review", CASINO), modern("Casinos compared", CASINO)),
    ("an offer of subscriptions, at length", NUMBER, modern(TITLE, FERRY), modern("Choose your subscription", COUNCIL * 2)),
    ("a handbook for other browsers", NUMBER, modern(TITLE, FERRY), modern("Your browser is too old", COUNCIL * 2)),
    ("under other news, where an extractor may not find it", NUMBER, modern(TITLE, FERRY),
     modern("Islanders stranded", COUNCIL * 3, more=f"<aside><div>{FERRY}</div></aside>")),
    ("a number of a wiki's article, written anew", "http://wiki.demo/w/index.php?curid=77",
     modern("Cypripedium", ORCHIDS, site="Wiki"), modern("Cypripedium (plant)", GUITAR, site="Wiki")),
    ("a museum's exhibition", "http://museum.demo/visit/exhibition", modern("Orchids", ORCHIDS), modern("Guitars", GUITAR)),
    ("a part of a site by one plain word", "http://museum.demo/collection", modern("Orchids", ORCHIDS),
     modern("Guitars", GUITAR)),
    ("what a group shares", "http://forum.demo/r/harbour", modern("Orchids", ORCHIDS), modern("Guitars", GUITAR)),
    ("somebody's folder", "http://university.demo/~brunn/", modern("Orchids", ORCHIDS), modern("Guitars", GUITAR)),
    ("another headline that names the island", NUMBER, modern("The ferry stops at Lamm", FERRY), modern("Lamm today", COUNCIL)),
    ("a casino's page, cited as such, under another name", "http://casino-lamm.demo/p/3", modern("Casino Lamm", CASINO),
     modern("Free spins in the old spa", RUSSIAN_CASINO)),
    ("a list of books, made anew", "http://library.demo/l?id=4", listing("Spring books", ORCHIDS), listing("Autumn", GUITAR)),
    ("a front page in two languages", FRONT, modern("Startseite", GERMAN, lang="de"), modern("Harbour news", COUNCIL)),
    ("German, then other German, same name", NUMBER, modern("Chronik", GERMAN, lang="de"),
     modern("Chronik der Stadt", GERMAN_BEES, lang="de")),
    ("the first report of an event, then the whole story", NUMBER, modern("Explosion at fertiliser factory", STUB),
     modern("Four dead: what is known of the Brunn disaster", WHOLE)),
    ("a longer first report, on the same day", NUMBER, modern("Explosion at factory", STUB * 2, head=dated("2014-03-02")),
     modern("Four dead: what is known of the Brunn disaster", WHOLE, head=dated("2014-03-04"))),
    ("the same by other marks of a date", NUMBER, modern("Explosion at factory", STUB * 2, head=dated("2014-03-02")),
     modern("Four dead: Brunn disaster", WHOLE, head='<script type="application/ld+json">{"datePublished":"2014-03-02"}</script>')),
    ("a page closed for works, under its site's name only", NUMBER, modern(TITLE, ORCHIDS), bare("Harbour Gazette", f"<p>{COUNCIL}")),
    ("a short notice that an island has moved", NUMBER, modern(TITLE, FERRY), bare("The ferry company has moved", "<p>New pier.")),
]

# name, address, before, now, words of the evidence
DRIFTED: list[tuple[str, str, bytes, bytes, str]] = [
    ("sold, now a casino", STORY, modern(TITLE, FERRY), modern("Best casino bonuses", CASINO, site="SpinTop"),
     "once it was called “The ferry stops | The Harbour Gazette”, now “Best casino bonuses | SpinTop”"),
    ("a front page, sold", CLUB, modern("Rowing Club Lamm", FERRY, site="Rowing Club"),
     modern("Best casino bonuses", CASINO, site="SpinTop"), "the two texts share"),
    ("sold, in another language", STORY, modern(TITLE, FERRY), modern("Situs Slot Gacor", SLOT_ID, site="SLOT88", lang="id"),
     "now “Situs Slot Gacor | SLOT88”"),
    ("sold, in Russian", NUMBER, modern("Паром остановлен", RUSSIAN, lang="ru", site="Газета"),
     modern("Лучшие онлайн казино", RUSSIAN_CASINO, lang="ru", site="ТОП"), "Лучшие онлайн казино"),
    ("sold long ago", STORY, old(TITLE, FERRY), modern("Best casino bonuses", CASINO, site="SpinTop"), "of their words"),
    ("the number was given to another article", NUMBER, modern(TITLE, FERRY), modern("Restringing a guitar", GUITAR),
     "the quoted words “No boat crossed after sunset” stood there and do not now"),
    ("the number was given to another article of the town", NUMBER, modern(TITLE, FERRY),
     modern("Slaughterhouse to become studios", COUNCIL), "now “Slaughterhouse to become studios"),
    ("the number was given to another article, in German", NUMBER, modern("Die Fähre steht still", GERMAN, lang="de", head=dated("2014-03-02")),
     modern("Bienen auf dem Dach", GERMAN_BEES, lang="de", head=dated("2023-05-11")), "now “Bienen auf dem Dach"),
    ("the number was given to another article, in Japanese", NUMBER, modern("連絡船が終了", JAPANESE, lang="ja"),
     modern("お茶の淹れ方", JAPANESE_TEA, lang="ja"), "お茶の淹れ方"),
    ("another firm has the name", "http://lamm.demo/p/12", modern("Orchid slopes", ORCHIDS, site="Botanists"),
     modern("Guitar repair", GUITAR, site="Strings Ltd"), "now “Guitar repair"),
    ("a notice that it has moved", NUMBER, modern(TITLE, FERRY),
     bare("Welcome to BayNews", "<h1>BayNews</h1><p>The Gazette was discontinued. Find our new website under baynews.demo."),
     "now “Welcome to BayNews”"),
    ("a front page of another site altogether", "http://rowing-lamm.demo/", modern("Rowing Lamm", FERRY, site="Rowing Lamm"),
     modern("Dental implants at fair prices", GUITAR, site="Dr. Smile", menu="Treatments Prices Doctors"),
     "now “Dental implants at fair prices | Dr. Smile”"),
    ("a wiki leads to another subject", "http://wiki.demo/wiki/Tie_block", modern("Tie block", GUITAR, site="Wiki"),
     modern("Lady's slipper", ORCHIDS, site="Wiki"), "now “Lady's slipper | Wiki”"),
    ("grown in number and given away", "http://harbour-gazette.demo/2014/03/17/1742.html", modern(TITLE, FERRY * 3),
     modern("Orchids of the beech woods", ORCHIDS * 5), "now “Orchids of the beech woods"),
    ("sold, with the old menu left", NUMBER, modern(TITLE, FERRY), modern("Best casino bonuses", CASINO),
     "now “Best casino bonuses | The Harbour Gazette”"),
    ("an empty shop of a new owner", NUMBER, modern(TITLE, FERRY),
     modern("Hello world!", "Welcome to your first post. Edit or delete it, then start writing!", site="My blog"),
     "now “Hello world! | My blog”"),
    ("a page of a club that gave up its name", "http://lamm-rowing.demo/history.html",
     old("History of the club", FERRY, site="Lamm Rowing"), modern("Cheap flights", COUNCIL, site="TravelTop"), "Cheap flights"),
    ("the words that were cited are gone", "http://harbour-gazette.demo/p?id=5", old("Reports", FERRY), old("Reports", ORCHIDS),
     "it began “"),
    ("the words that were cited are gone, and so is the title", NUMBER, modern(TITLE, FERRY), f"<p>{COUNCIL}".encode(),
     "the quoted words “No boat crossed after sunset” stood there and do not now"),
]


@pytest.mark.parametrize(("link", "before", "now"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_it_is_taken_for_the_same_thing(link: str, before: bytes, now: bytes) -> None:
    assert compare(link, said(before, None, (QUOTE,)), said(now, None, (QUOTE,))) is None


@pytest.mark.parametrize(
    ("link", "before", "now", "evidence"), [row[1:] for row in DRIFTED], ids=[row[0] for row in DRIFTED],
)
def test_something_else_stands_there(link: str, before: bytes, now: bytes, evidence: str) -> None:
    drift = compare(link, said(before, None, (QUOTE,)), said(now, None, (QUOTE,)))
    assert drift is not None
    assert drift.kind is SignalKind.CONTENT_DRIFT
    assert evidence in drift.detail


def test_what_changes_within_days_is_still_being_written_unless_it_was_sold() -> None:
    before, other, offer = (said(one) for one in (
        modern(TITLE, FERRY), modern("Restringing a guitar", GUITAR), modern("Best casino bonuses", CASINO, site="SpinTop"),
    ))
    assert compare(NUMBER, before, other, apart=timedelta(days=2)) is None
    assert compare(NUMBER, before, other, apart=timedelta(days=4)) is not None
    assert compare(NUMBER, before, offer, apart=timedelta(days=2)) is not None


# ---------------------------------------------------------------- films


@pytest.mark.parametrize(("before", "now"), [
    ("The winter the ferry stopped", "The winter the ferry stopped (restored)"),
    ("The winter the ferry stopped", "When ferries stopped: a film of the winter"),
    ("The winter the ferry stopped", "Der Winter ohne Boote und Netze"),
    ("The winter the ferry stopped", "Harbour newsreel"),
    ("Newsreel", "Building the great bridge of the north"),
    ("Паром зимой у острова не ходит", "The bridge of the north is opened to all"),
    ("", "The bridge of the north"),
    ("港と島を結ぶ連絡船", "The bridge of the north and its builders"),
])
def test_a_film_that_may_be_the_same(before: str, now: str) -> None:
    assert compare_titles(before, now) is None


def test_a_film_that_is_called_something_else_altogether() -> None:
    drift = compare_titles(
        "The winter the island ferry stopped running", "Top ten crypto secrets of the rich", when="2 March 2014",
    )
    assert drift is not None
    assert drift.kind is SignalKind.TITLE_DRIFT
    assert drift.detail == (
        "on 2 March 2014 it was called “The winter the island ferry stopped running”, "
        "now “Top ten crypto secrets of the rich”"
    )


# ---------------------------------------------------------------- what documents quote


def cited(context: str = "", note: str | None = None) -> Citation:
    return Citation(
        document="essay.md", place=Place(), kind=CitationKind.FOOTNOTE, url=STORY, link=STORY, context=context, note=note,
    )


@pytest.mark.parametrize(("context", "quotes"), [
    ("He said “no boat crossed after sunset” and left.", ("no boat crossed after sunset",)),
    ('He said "no boat crossed after sunset" and left.', ("no boat crossed after sunset",)),
    ("Er sagte: „Kein Boot fuhr nach Sonnenuntergang“ und ging.", ("Kein Boot fuhr nach Sonnenuntergang",)),
    ("Il a dit : « aucun bateau n’a traversé » et partit.", ("aucun bateau n’a traversé",)),
    ("»Kein Boot fuhr nach Sonnenuntergang«, sagte er.", ("Kein Boot fuhr nach Sonnenuntergang",)),
    ("彼は「日没後に渡った船は一隻もなかった」と語った。", ("日没後に渡った船は一隻もなかった",)),
    ("He said ‘no boat crossed after the captain’s sunset’ and left.", ("no boat crossed after the captain’s sunset",)),
    ("A “so-called ferry” is none.", ("so-called ferry",)),
    ("A “ferry” is none.", ()),
    ("See “https://harbour-gazette.demo/a/b/c”.", ()),
    ('An inch is 2.54 cm, 12" a foot, and 24" two of them.', ()),
    ("“An opened quote that never closes, and goes on and on", ()),
])
def test_the_words_that_are_quoted_beside_a_citation(context: str, quotes: tuple[str, ...]) -> None:
    assert quotes_of([cited(context)]) == quotes
    assert quotes_of([cited(note=context)]) == quotes


def test_quotes_are_found_whatever_their_marks_and_omissions() -> None:
    page = modern(TITLE, FERRY)
    asked = (
        "no boat crossed after sunset", "NO BOAT — crossed, after sunset!", "eleven employees […] the price of diesel",
        "No boat crossed the ocean", "nobody had told the mainland",
    )
    found = said(page, None, asked)
    assert found.quotes == asked[:3]
    assert set(asked[:3]) <= set(found.traces)
    japanese = said(modern("船", JAPANESE, lang="ja"), None, ("会社は最終便の三十分前に", "会社は始発便の前に休業を"))
    assert japanese.quotes == ("会社は最終便の三十分前に",)


# ---------------------------------------------------------------- hostile pages

HOSTILE = {
    "nothing": b"", "zeros": b"\0" * 1000, "open": b"<div>" * 20_000, "brackets": b"<" * 50_000, "marks": ("“" * 50_000).encode(),
    "one word": b"<p>" + b"a" * 300_000, "one sign": ("<p>" + "茶" * 60_000).encode(), "comments": b"<!--" * 20_000,
    "attributes": b"<p " + b"a=b " * 50_000 + b">", "tables": b"<table><tr><td>" * 1000,
    "names": b"<meta og:site_name" * 5000, "bytes": bytes(range(256)) * 200, "title": b"<title>" + b"- | " * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_makes_it_stumble(name: str) -> None:
    good, bad = said(modern(TITLE, FERRY), None, (QUOTE,)), said(HOSTILE[name], None, (QUOTE,))
    assert compare(STORY, good, bad) is None
    assert compare(STORY, bad, good) is None
    assert len(bad.terms) <= 2000
    assert len(bad.rows) <= 128
