"""What a browser makes of pages that a script draws: cases of the demo world, and apps in all their moods."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

import pytest

from archiver import config, urls
from archiver.checks.drawn import redraw
from archiver.checks.judge import judge_look
from archiver.checks.look import Look, look
from archiver.clock import SystemClock
from archiver.demo.answers import Reply, content, page, redirect
from archiver.demo.prose import article, paragraphs
from archiver.demo.sites import apps
from archiver.demo.sites.apps import MENU, data, essay, reader, shell
from archiver.demo.world import World
from archiver.model import Reason, SignalKind, VerdictKind
from archiver.web.browser import Browser
from archiver.web.client import Web
from archiver.web.loop import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.demo.answers import Ask, Behaviour
    from archiver.demo.script import Case

# One browser at a time, and all pages are drawn before the first test: that takes longer than a test may.
pytestmark = [pytest.mark.usefixtures("chromium"), pytest.mark.xdist_group("chromium"), pytest.mark.timeout(300)]

ALIVE = (VerdictKind.ALIVE, Reason.OK)
SOFT_404 = (VerdictKind.DEAD, Reason.SOFT_404)
OPEN = (VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER)
LOGIN = (VerdictKind.RESTRICTED, Reason.LOGIN)


class Drawing(NamedTuple):
    """A look before and after the browser."""

    plain: Look
    drawn: Look


def draw_all(world: World, links: list[str]) -> dict[str, Drawing]:
    """Look at links, and draw them with one browser, as the pipeline does."""
    loaded = config.load(flags=world.settings(), environment={}, search=False)

    async def main() -> dict[str, Drawing]:
        async with Web(loaded.settings.web, world.clock) as web, Browser.open(seconds=15, pages=2) as browser:
            plain = await asyncio.gather(*(look(link, web) for link in links))
            drawn = await asyncio.gather(*(redraw(one, web, browser) for one in plain))
        return {link: Drawing(*both) for link, *both in zip(links, plain, drawn, strict=True)}

    return run(main())


def outcome(one: Look) -> tuple[VerdictKind, Reason]:
    verdict = judge_look(one.observation)
    assert verdict.because.endswith(".")
    return verdict.kind, verdict.reason


# ---------------------------------------------------------------- the demo world


@pytest.fixture(scope="module")
def demo() -> Iterator[dict[str, Drawing]]:
    with World(SystemClock()) as world:
        yield draw_all(world, [urls.normalise(case.url) or "" for case in apps.CASES])


@pytest.mark.parametrize("case", apps.CASES, ids=lambda case: case.name)
def test_a_drawn_page_comes_to_what_the_case_says(case: Case, demo: dict[str, Drawing]) -> None:
    both = demo[urls.normalise(case.url) or ""]
    assert outcome(both.plain) == OPEN
    assert outcome(both.drawn) == (case.verdict, case.reason), both.drawn.observation.signals


# ---------------------------------------------------------------- apps in all their moods


class App(NamedTuple):
    """An app that answers any address of its host with its shell, and what drawing one must come to."""

    name: str
    outcome: tuple[VerdictKind, Reason]
    shell: Reply
    path: str = "/essays/the-last-ferry"
    beside: dict[str, Behaviour] = {}  # noqa: RUF012 - nobody writes to it
    api: Behaviour = data({"error": "unknown"}, status=404)

    @property
    def link(self) -> str:
        return f"http://{self.name}.example.net{self.path}"


FERRY = essay("the-last-ferry", "The last ferry")
PLAIN = "document.title = 'Harbour App';"
COOKIES = "<aside role=dialog><p>We value your privacy. We use cookies. <button>Accept all</button></aside>"
LONG = paragraphs("harbour", 4).replace("\n", "").replace("'", "&rsquo;")


def says(text: str, more: str = "") -> Reply:
    return shell(f"{PLAIN} root.innerHTML = `{MENU}<main>{text}</main>{more}`;")


def by_name(there: str, missing: str, more: str = "") -> Reply:
    """Give an app that knows one essay without asking anybody."""
    return shell(f"{PLAIN} const there = location.href.includes('the-last-ferry') || location.href.includes('48213');"
                 f"root.innerHTML = `{MENU}<main>` + (there ? `{there}` : `{missing}`) + `</main>{more}`;")


APPS = (
    # Alive
    App("short", ALIVE, by_name("<h1>The last ferry</h1><p>Left at nine, in fog.", "<h1>Page not found</h1>")),
    App("one-title", ALIVE, by_name(LONG, "<p>Nothing but fog here.")),
    App("number", ALIVE, by_name(f"<h1>Boats</h1>{LONG}", "<p>Nothing but fog here."), "/item/48213"),
    App("query", ALIVE, by_name(f"<h1>Boats</h1>{LONG}", "<p>Nothing but fog here."), "/view?id=48213"),
    App("bang", ALIVE, by_name(f"<h1>Boats</h1>{LONG}", "<p>Nothing but fog here."), "/#!/item/48213"),
    App("cookies", ALIVE, by_name(f"<h1>Boats</h1>{LONG}", "<h1>Nothing</h1>", COOKIES)),
    App("about-errors", ALIVE, shell(
        f"document.title = 'Page not found: a history | Harbour App'; root.innerHTML = '<h1>Page not found: a history</h1>{LONG}';"),
        "/blog/page-not-found-a-history"),
    App("hidden-error", ALIVE, by_name(
        f"<h1>The last ferry</h1><p hidden>Page not found</p><div style='display:none'><h1>404</h1></div>{LONG}", "<h1>404</h1>")),
    App("analytics", ALIVE, shell(
        f"fetch('/count', {{method: 'POST', body: '1'}}).catch(() => {{}}); document.title = 'The last ferry | Harbour App';"
        f"root.innerHTML = `<h1>The last ferry</h1>{LONG}`")),
    App("late", ALIVE, shell(
        f"{PLAIN} root.innerHTML = '<p class=skeleton>Page not found</p>'; setTimeout(() => {{ document.title = 'The last ferry';"
        f"root.innerHTML = `<h1>The last ferry</h1>{LONG}` }}, 2500)")),
    App("flash-of-not-found", ALIVE, shell(reader().replace('<div class="spinner"></div>', "<h1>Page not found</h1>")),
        beside=dict(FERRY)),
    App("shadow", ALIVE, shell(
        f"document.title = 'The last ferry'; root.attachShadow({{mode: 'open'}}).innerHTML = `<h1>The last ferry</h1>{LONG}`")),
    App("moves-by-history", ALIVE, shell(
        f"if (!location.search) history.replaceState(null, '', location.pathname + '?view=full'); document.title = 'The last ferry';"
        f"root.innerHTML = `<h1>The last ferry</h1>{LONG}`")),
    App("module", ALIVE, shell("", head="<script type=module src=/api/main.js></script>"), beside={
        "/api/main.js": content(b"import {show} from './show.js'; show()", "text/javascript"),
        "/api/show.js": content(f"export const show = () => {{ document.title = 'The last ferry'; document.getElementById('root')"
                                f".innerHTML = `<h1>The last ferry</h1>{LONG}` }}".encode(), "text/javascript"),
    }),
    # Dead
    App("not-found", SOFT_404, says("<h1>404</h1><p>This page could not be found.")),
    App("not-found-german", SOFT_404, says("<h1>Seite nicht gefunden</h1><p>Die Seite gibt es leider nicht.")),
    App("not-found-with-cookies", SOFT_404, says("<h1>Page not found</h1><p>Sorry.", COOKIES)),
    App("not-found-and-more", SOFT_404, says(
        "<h1>Page not found</h1><p>Sorry, we could not find that page.<h2>You may like</h2><ul>"
        f"{'<li>Ferries, ropes and lamps' * 30}</ul>")),
    App("names-what-is-missing", SOFT_404, shell(
        reader().replace("'MISSING'", "name").replace("'Page not found'", "name + ' is lost'")
        .replace("<p>Sorry, there is no such page.</p>", "<p>Fog took it.</p>"))),
    App("to-an-error", SOFT_404, shell("history.replaceState(null, '', '/404'); root.innerHTML = '<h1>404</h1><p>Not found.'")),
    App("own-words", SOFT_404, shell(reader("Nothing but fog", "<p>The gulls took this one.</p>"))),
    # Shut
    App("asks-who", LOGIN, shell(
        "fetch('/api/me').then(a => { if (a.status === 401) { document.title = 'Log in'; root.innerHTML = '<h1>Log in</h1>"
        "<form><input type=password></form>' } })"), api=data({}, status=401)),
    App("login-page", LOGIN, shell(
        "if (location.pathname !== '/login') location.href = '/login?next=' + location.pathname; else root.innerHTML ="
        " '<h1>Welcome</h1><form><input name=user><input type=password></form>'")),
    App("of-age", (VerdictKind.RESTRICTED, Reason.CONSENT), says(
        "<h1>Welcome</h1><p>Are you over 18 years of age? <button>Yes</button> <button>No</button>")),
    App("robots", (VerdictKind.BLOCKED, Reason.BOT_WALL), shell(
        "document.title = 'Just a moment...'; root.innerHTML = '<h1>Verify you are human</h1><p>Please complete the security check'"
        " + ' to continue.<div class=cf-turnstile></div>'")),
    App("parked", (VerdictKind.DEAD, Reason.PARKED), shell(
        "fetch('/track', {method: 'POST', body: '1'}).catch(() => {}); document.title = location.host;"
        "root.innerHTML = '<h1>' + location.host + '</h1><p>This domain is for sale! Buy this domain.<h2>Related searches</h2>"
        "<ul><li>Ropes<li>Loans</ul>'")),
    # Open
    App("broken", OPEN, says("<h1>Application error: a client-side exception has occurred</h1>")),
    App("cannot-load", OPEN, shell("fetch('/api/x').then(a => a.json()).then(a => a.b.c).catch(() => { root.innerHTML ="
                                   " '<h1>Oops! Something went wrong</h1><p>Please check your connection and try again.' })")),
    App("chunk", OPEN, shell("import('/api/gone.js').catch(() => { root.innerHTML = '<h1>Page not found</h1>' })")),
    App("socket", OPEN, shell("new WebSocket('wss://' + location.host + '/live').onerror = () => {"
                              " root.innerHTML = '<h1>Not found</h1><p>There is no such room.' }")),
    App("frame-only", OPEN, says("<h2>Harbour App</h2>")),
    App("map", OPEN, says(f"<h1>The harbour</h1>{LONG}<canvas></canvas>"), "/map/51.5,0.12,14z"),
    App("tool", OPEN, says(f"<h1>The calculator</h1>{LONG}<textarea></textarea>"), "/tide/abcdef"),
    App("state", OPEN, says(f"<h1>Tide tables</h1>{LONG}"), "/tables?port=north"),
    App("pictures", OPEN, says("<img src=a.png><canvas></canvas>")),
    App("blank", OPEN, shell("")),
    App("clock", OPEN, shell(f"{PLAIN} setInterval(() => {{ root.textContent = 'It is ' + Math.random() }}, 50)")),
    App("graph", OPEN, shell(
        "fetch('https://graph.example.com/q', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})"
        ".then(a => a.json()).catch(() => { root.innerHTML = '<h1>Page not found</h1>' })")),
    App("private-api", OPEN, shell(
        "fetch('http://127.0.0.1:9/x').catch(() => { root.innerHTML = '<h1>Page not found</h1>' })")),
    App("home-for-us-only", OPEN, shell(
        f"if (location.pathname === '/essays/the-last-ferry') location.replace('/'); else root.innerHTML = `<h1>Harbour</h1>{LONG}`")),
)


@pytest.fixture(scope="module")
def moods() -> Iterator[dict[str, Drawing]]:
    with World(SystemClock()) as world:
        for app in APPS:
            site = world.sites[f"{app.name}.example.net"]

            def rest(ask: Ask, app: App = app) -> Reply:
                if not ask.path.startswith("/api/"):
                    return app.shell
                return app.api if isinstance(app.api, Reply) else app.api(ask)

            site.missing = rest
            site.put("/", app.shell)
            for path, behaviour in app.beside.items():
                site.put(path, behaviour)
        yield draw_all(world, [app.link for app in APPS])


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_an_app_comes_to_what_it_shows(app: App, moods: dict[str, Drawing]) -> None:
    both = moods[app.link]
    assert outcome(both.plain) == OPEN
    assert outcome(both.drawn) == app.outcome, both.drawn.observation.signals


def test_a_verdict_from_a_browser_says_so(moods: dict[str, Drawing]) -> None:
    def because(name: str) -> str:
        found = next(app.link for app in APPS if app.name == name)
        return judge_look(moods[found].drawn.observation).because

    assert because("module") == "The server answered 200, and a browser drew the page: its title is “The last ferry”."
    assert because("not-found").endswith("once a browser has drawn it.")
    assert "drawing it did not settle it: it sends data to https://graph.example.com/q (POST)." in because("graph")


# ---------------------------------------------------------------- what it costs


def test_pages_of_one_app_share_its_scripts_and_one_sibling() -> None:
    code = (f"document.getElementById('root').innerHTML = location.pathname.includes('ferry')"
            f" ? `<h1>Boats</h1>{LONG}` + location.pathname : '<p>Fog.'")
    with World(SystemClock()) as world:
        site = world.sites["harbour.example.net"]
        site.missing = shell("", head="<script defer src=/main.js></script>")
        site.put("/main.js", content(code.encode(), "text/javascript"))
        links = [f"http://harbour.example.net/essays/{name}" for name in ("ferry-1", "ferry-2", "ferry-3")]
        looks = draw_all(world, links)
        asked = [one.url.rpartition("/")[2] for one in world.requests]
    assert [outcome(looks[link].drawn) for link in links] == [ALIVE] * 3
    assert asked.count("main.js") == 1
    # Each page once, though it was looked at and drawn; one sibling for the plain looks and one for the drawn ones.
    assert sorted(one for one in asked if one.startswith("ferry")) == ["ferry-1", "ferry-2", "ferry-3"]
    assert sum(one.isalpha() and len(one) == 24 for one in asked) == 2


def test_only_what_needs_a_browser_is_drawn() -> None:
    with World(SystemClock()) as world:
        world.sites.put("http://plain.example.net/a", page(article("The last ferry")))
        world.sites.put("http://plain.example.net/b", redirect("/c"))
        looks = draw_all(world, [f"http://plain.example.net/{name}" for name in "abc"])
    assert all(one.drawn is one.plain for one in looks.values())


def test_without_a_browser_nothing_changes() -> None:
    with World(SystemClock()) as world:
        loaded = config.load(flags=world.settings(), environment={}, search=False)

        async def main() -> Drawing:
            async with Web(loaded.settings.web, world.clock) as web, Browser.open("/no/such/chromium") as browser:
                plain = await look("http://app.demo/essay/8", web)
                return Drawing(plain, await redraw(plain, web, browser))

        both = run(main())
    assert both.drawn is both.plain
    assert both.plain.observation.has(SignalKind.NEEDS_BROWSER)
