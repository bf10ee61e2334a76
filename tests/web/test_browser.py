"""The browser: found or missed with a word, fenced in, done in time, and gone afterwards. Chromium itself, on loopback."""

from __future__ import annotations

import asyncio
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from web_servers import Last, Names, RawServer, http, run_virtually, settings, with_web

from archiver.clock import SystemClock
from archiver.web.browser import Browser, Installed, Missing, find
from archiver.web.client import Web
from archiver.web.drawing import Drawn, Undrawn
from archiver.web.exchange import Hop
from archiver.web.loop import factory
from archiver.web.politeness import Politeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.usefixtures("chromium"), pytest.mark.xdist_group("chromium"), pytest.mark.timeout(300)]

HERE = "http://app.example.net/essay/8"
Draw: TypeAlias = "Callable[..., Drawn | Undrawn]"
Shown: TypeAlias = "Callable[..., Drawn]"
NOBODY = Names("example.com", "iana.org", "wikipedia.org", "app.example.net")


def document(body: str, url: str = HERE, *headers: tuple[str, str]) -> Hop:
    """Give a page as a server sent it."""
    data = f"<!doctype html><html><head><title>Plain</title></head><body><div id=root></div>{body}</body></html>".encode()
    return Hop(
        url=url, started=datetime(2026, 3, 2, tzinfo=UTC), request_head=b"", head=b"", status=200, body=data,
        decoded=data, headers=(("Content-Type", "text/html; charset=utf-8"), *headers),
    )


def script(code: str) -> Hop:
    return document(f"<script>const root = document.getElementById('root'); {code}</script>")


@pytest.fixture(scope="module")
def drawn() -> Iterator[Callable[..., Drawn | Undrawn]]:
    """Draw pages, each in a run of its own, with one browser for all of them."""
    with asyncio.Runner(loop_factory=factory()) as runner:
        browser = Browser(seconds=15)

        async def one(page: Hop, chosen: dict[str, Any]) -> Drawn | Undrawn:
            async with Web(settings(**chosen), SystemClock(), resolver=NOBODY) as web:
                return await browser.draw(page.url, web, document=page)

        yield lambda page, **chosen: runner.run(one(page, chosen))
        runner.run(browser.close())


@pytest.fixture(scope="module")
def shown(drawn: Callable[..., Drawn | Undrawn]) -> Callable[..., Drawn]:
    """Draw pages that can be drawn."""

    def one(page: Hop, **chosen: Any) -> Drawn:
        result = drawn(page, **chosen)
        assert isinstance(result, Drawn), result
        return result

    return one


# ---------------------------------------------------------------- whether there is one


def test_the_browser_that_is_named_is_taken() -> None:
    assert find("/bin/true") == Installed("/bin/true")


def test_a_browser_that_is_not_there_is_missed_with_a_word() -> None:
    assert find("/no/such/chromium") == Missing("/no/such/chromium is no program", "name the path of a Chromium")


def test_a_machine_without_a_browser_hears_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find() == Missing("no Chromium is installed", "install Chromium (Debian: apt-get install chromium)")


def test_without_one_nothing_is_drawn_and_nothing_raised() -> None:
    async def use(web: Web) -> Drawn | Undrawn:
        async with Browser.open("/no/such/chromium") as browser:
            return await browser.draw(HERE, web)

    assert with_web(use, resolver=NOBODY) == Undrawn("/no/such/chromium is no program")


def test_a_program_that_is_no_browser_is_told_from_one() -> None:
    async def use(web: Web) -> list[Drawn | Undrawn]:
        async with Browser.open("/bin/true") as browser:
            return [await browser.draw(HERE, web, document=script("")) for _ in range(2)]

    first, second = with_web(use, resolver=NOBODY)
    assert isinstance(first, Undrawn)
    assert first.why.startswith("the browser does not start")
    assert second == Undrawn("the browser does not stay alive")


# ---------------------------------------------------------------- what is drawn


def test_what_a_script_writes_is_what_is_read(shown: Shown) -> None:
    page = shown(script("document.title = 'The bell'; root.innerHTML = '<h1>The bell</h1><p>Cast in 1871.';"))
    assert (page.title, page.url, page.status, page.doubts) == ("The bell", HERE, 200, ())
    assert b"<h1>The bell</h1><p>Cast in 1871.</p>" in page.html


def test_what_no_reader_sees_is_left_out(shown: Shown) -> None:
    page = shown(script("""root.innerHTML = '<p style="display:none">Page not found</p><p style="visibility:hidden">Gone</p>'
        + '<div style="display:contents"><p id=seen>The bell</p></div><template>Lost</template>';"""))
    assert b"The bell" in page.html
    assert not any(word in page.html for word in (b"not found", b"Gone", b"Lost", b"<script"))
    assert "seen" in page.names


def test_what_stands_in_open_shadow_roots_is_taken_in(shown: Shown) -> None:
    page = shown(script("""root.innerHTML = '<harbour-page><b>ferry</b></harbour-page>';
        const host = root.firstChild.attachShadow({mode: 'open'}); host.innerHTML = '<h1>The last <slot></slot></h1>';"""))
    assert b"The last <slot><b>ferry</b></slot></h1>" in page.html


def test_a_page_cannot_lie_about_what_it_holds(shown: Shown) -> None:
    page = shown(script("""root.textContent = 'Page not found'; String.prototype.slice = () => 'x'.repeat(9e7);
        Element.prototype.getAttribute = () => 'x'.repeat(9e7); window.getComputedStyle = () => ({display: 'none'});"""))
    assert b"Page not found" in page.html
    assert len(page.html) < 2_000


def test_a_page_without_end_is_cut(shown: Shown) -> None:
    page = shown(script("root.innerHTML = '<p>row row row</p>'.repeat(200000);"))
    assert not page.whole
    assert len(page.html) < 4_000_000


def test_a_name_behind_history_is_where_it_is(shown: Shown) -> None:
    page = shown(script("history.pushState(null, '', '/404#top'); root.textContent = 'Nothing here';"))
    assert (page.url, page.document) == ("http://app.example.net/404#top", HERE)


def test_words_that_come_late_are_waited_for(shown: Shown) -> None:
    page = shown(script("root.textContent = 'Loading…'; setTimeout(() => root.textContent = 'The bell', 1500);"))
    assert b"The bell" in page.html


# ---------------------------------------------------------------- its requests


def serving(**answers: bytes | Last) -> RawServer:
    """Serve an app's parts, all by their last name; anything else is a 404."""
    return RawServer(lambda head: answers.get(
        head.split(b" ")[1].decode().strip("/").replace(".", "_"), http(status="404 Not Found"),
    ))


def at_home(server: RawServer, code: str) -> Hop:
    """Give a page of the server's own host."""
    return document(f"<script>{code}</script>", f"http://127.0.0.1:{server.port}/essay/8")


def test_scripts_and_data_are_fetched_by_us(shown: Shown) -> None:
    parts = {
        "app_js": http(b"fetch('/data.json', {headers: {'X-Key': 'harbour'}}).then(a => a.json()).then(one => {"
                       b"document.getElementById('root').textContent = one.text + document.cookie; })",
                       headers="Content-Type: text/javascript\r\n"),
        "data_json": http(b'{"text": "The bell"}', headers="Content-Type: application/json\r\nSet-Cookie: a=1\r\n"),
    }
    with serving(**parts) as server:
        home = f"http://127.0.0.1:{server.port}/essay/8"
        page = shown(document("<script src=/app.js></script><img src=/a.png><link rel=icon href=/i.png>", home))
    assert b"The bell" in page.html
    assert [head.split(b" ")[1] for head in server.heads] == [b"/app.js", b"/data.json"]
    assert b"archiver/" in server.heads[1]
    assert b"x-key: harbour\r\n" in server.heads[1].lower()
    assert b"HeadlessChrome" not in b"".join(server.heads)
    assert [one.final.url for one in page.answers] == [home.replace("essay/8", "app.js"), home.replace("essay/8", "data.json")]


def test_another_origin_answers_only_whom_it_wants_to(shown: Shown) -> None:
    with serving(open=http(b"yes", headers="Access-Control-Allow-Origin: *\r\n"), shut=http(b"no")) as server:
        page = shown(script(f"""const at = 'http://127.0.0.1:{server.port}';
            Promise.allSettled([fetch(at + '/open'), fetch(at + '/shut')]).then(
                both => root.textContent = both.map(one => one.status).join(' '));"""))
    assert b"fulfilled rejected" in page.html
    assert all(b"origin: http://app.example.net\r\n" in head.lower() for head in server.heads)


@pytest.mark.parametrize(("part", "doubt"), [
    (http(status="503 Service Unavailable"), "answered 503"), (http(status="429 Too Many Requests"), "answered 429"),
    (http(status="403 Forbidden"), "answered 403"), (Last(http(b"{", length=100)), "did not arrive whole"),
])
def test_data_that_could_not_be_got_leaves_a_doubt(part: bytes | Last, doubt: str, shown: Shown) -> None:
    with serving(data=part) as server:
        code = "fetch('/data').finally(() => { document.getElementById('root').textContent = 'Page not found'; })"
        page = shown(at_home(server, code))
    assert [doubt in one for one in page.doubts] == [True]
    assert not page.denied


def test_data_that_is_not_there_is_an_answer(shown: Shown) -> None:
    with serving() as server:
        page = shown(at_home(server, "fetch('/data').then(a => document.getElementById('root').textContent = a.status)"))
    assert (page.denied, page.doubts) == (True, ())


def test_what_is_sent_goes_nowhere_and_leaves_a_doubt(shown: Shown) -> None:
    with serving() as server:
        page = shown(at_home(server, """for (const method of ['POST', 'PUT', 'DELETE']) fetch('/data', {method, body: '{}'})
            .catch(() => document.getElementById('root').textContent = 'Not found');"""))
    assert server.heads == []
    assert [one.rpartition(" ")[2] for one in page.doubts] == ["(POST)", "(PUT)", "(DELETE)"]
    assert all(one.startswith("it sends data to http://127.0.0.1:") for one in page.doubts)


def test_who_counts_readers_is_not_asked_and_leaves_no_doubt(shown: Shown) -> None:
    page = shown(script("""fetch('https://www.google-analytics.com/g/collect', {method: 'POST', body: 'x'}).catch(() => {});
        navigator.sendBeacon('/count', 'x'); root.textContent = 'The bell';"""))
    assert page.doubts == ()


def test_a_page_gets_sixty_parts_and_no_more(shown: Shown) -> None:
    with serving() as server:
        page = shown(at_home(server, """Promise.allSettled([...Array(100).keys()].map(one => fetch('/' + one)))
            .then(() => document.getElementById('root').textContent = 'Done');"""))
    assert len(server.heads) == 60
    assert "it wants more than we get for one page" in page.doubts


def test_a_script_that_goes_elsewhere_is_followed(shown: Shown) -> None:
    with serving(to=http(status="302 Found", headers="Location: /there\r\n"),
                 there=http(b"<title>There</title><p>The bell", headers="Content-Type: text/html\r\n")) as server:
        page = shown(at_home(server, "location.href = '/to'"))
    assert (page.title, page.document, page.url) == ("There", f"http://127.0.0.1:{server.port}/there", page.document)
    assert [head.split(b" ")[1] for head in server.heads] == [b"/to", b"/there"]


# ---------------------------------------------------------------- what it must not reach


@pytest.fixture
def watched() -> Iterator[tuple[RawServer, socket.socket]]:
    """Watch a TCP and a UDP port of this machine."""
    with RawServer(lambda _: http()) as server, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.bind(("127.0.0.1", server.port))
        datagrams.setblocking(False)
        yield server, datagrams


ATTACKS = {
    "fetch": "fetch(H + '/x').catch(() => {})",
    "fetch-no-cors": "fetch(H + '/x', {mode: 'no-cors'}).catch(() => {})",
    "localhost": "fetch('http://localhost:' + P + '/x', {mode: 'no-cors'}).catch(() => {})",
    "ipv6-mapped": "fetch('http://[::ffff:127.0.0.1]:' + P + '/x', {mode: 'no-cors'}).catch(() => {})",
    "number": "fetch('http://2130706433:' + P + '/x', {mode: 'no-cors'}).catch(() => {})",
    "xhr": "const x = new XMLHttpRequest(); x.open('GET', H); x.send()",
    "post": "fetch(H, {method: 'POST', mode: 'no-cors', body: 'x'}).catch(() => {})",
    "script": "const s = document.createElement('script'); s.src = H + '/s.js'; document.head.append(s)",
    "module": "import(H + '/m.js').catch(() => {})",
    "style": "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = H; document.head.append(l)",
    "image": "new Image().src = H + '/i.png'",
    "video": "document.body.append(Object.assign(document.createElement('video'), {src: H + '/v.mp4', autoplay: true}))",
    "font": "new FontFace('x', `url(${H}/f.woff2)`).load().catch(() => {})",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'), {src: H}))",
    "object": "document.body.append(Object.assign(document.createElement('object'), {data: H}))",
    "hints": "for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'modulepreload', 'manifest', 'icon'])"
             " document.head.append(Object.assign(document.createElement('link'), {rel, href: H + '/' + rel, as: 'fetch'}))",
    "speculation": "document.head.append(Object.assign(document.createElement('script'), {type: 'speculationrules',"
                   " textContent: JSON.stringify({prerender: [{source: 'list', urls: [H + '/p', '/q']}]})}))",
    "events": "new EventSource(H)",
    "beacon": "navigator.sendBeacon(H, 'x')",
    "ping": "const a = Object.assign(document.createElement('a'), {href: '#x', ping: H}); document.body.append(a); a.click()",
    "socket": "new WebSocket(H.replace('http', 'ws'))",
    "socket-in-worker": "new Worker(URL.createObjectURL(new Blob([`new WebSocket('${H.replace('http', 'ws')}');"
                        "fetch('${H}', {mode: 'no-cors'}); importScripts('${H}/w.js')`])))",
    "shared-worker": "new SharedWorker(URL.createObjectURL(new Blob([`fetch('${H}', {mode: 'no-cors'})`])))",
    "service-worker": "navigator.serviceWorker?.register('/sw.js').catch(() => {})",
    "transport": "new WebTransport(H.replace('http:', 'https:')).ready.catch(() => {})",
    "stun": "const c = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:' + P},"
            " {urls: 'turn:127.0.0.1:' + P + '?transport=tcp', username: 'a', credential: 'b'}]});"
            " c.createDataChannel('x'); c.createOffer().then(offer => c.setLocalDescription(offer))",
    "popup": "open(H)",
    "form": "const f = Object.assign(document.createElement('form'), {action: H, method: 'post', target: '_blank'});"
            " document.body.append(f); f.submit()",
    "download": "const d = Object.assign(document.createElement('a'), {href: H + '/d', download: 'd'});"
                " document.body.append(d); d.click()",
    "rtc-in-frame": "const i = document.createElement('iframe'); i.srcdoc = `<script>new WebSocket('${H.replace('http', 'ws')}');"
                    "fetch('${H}', {mode: 'no-cors'})<\\/script>`; document.body.append(i)",
    "file": "fetch('file:///etc/passwd').then(a => a.text()).then(a => root.textContent = a).catch(() => {});"
            " document.body.append(Object.assign(document.createElement('iframe'), {src: 'file:///etc/passwd'}))",
}


def test_nothing_of_this_machine_is_reached(watched: tuple[RawServer, socket.socket]) -> None:
    server, datagrams = watched
    start = f"const root = document.getElementById('root'), H = 'http://127.0.0.1:{server.port}', P = {server.port};"
    pages = [
        document(f"<script>{start} root.textContent = 'The bell'; try {{ {code} }} catch {{}}</script>",
                 f"{scheme}://app.example.net/{name}", ("Link", f"<http://127.0.0.1:{server.port}/early>; rel=preload; as=fetch"))
        for name, code in ATTACKS.items() for scheme in (("https",) if name == "transport" else ("http",))
    ]

    async def use(web: Web) -> list[Drawn | Undrawn]:
        async with Browser.open(seconds=6) as browser:
            return await asyncio.gather(*(browser.draw(one.url, web, document=one) for one in pages))

    results = with_web(use, resolver=NOBODY, allow_private=False)
    assert server.heads == []
    assert server.connections == 0
    with pytest.raises(BlockingIOError):
        datagrams.recv(1)
    for name, result in zip(ATTACKS, results, strict=True):
        text = result.html if isinstance(result, Drawn) else b""
        assert b"root:" not in text, name
    # The pages did run: most of them show what their scripts wrote.
    assert sum(isinstance(one, Drawn) and b"The bell" in one.html for one in results) >= len(results) - 3


@pytest.mark.parametrize("code", [
    "location.href = 'http://127.0.0.1:PORT/'",
    "document.body.innerHTML = '<form action=http://127.0.0.1:PORT/ method=post><input name=a></form>'; document.forms[0].submit()",
    "document.body.innerHTML = '<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:PORT/\">'",
])
def test_a_page_that_goes_to_this_machine_does_not_get_there(code: str, watched: tuple[RawServer, socket.socket], drawn: Draw) -> None:
    server, _ = watched
    result = drawn(script(code.replace("PORT", str(server.port))), allow_private=False)
    assert isinstance(result, Undrawn)
    assert server.connections == 0


def test_a_page_that_goes_to_a_file_does_not_get_there(drawn: Draw) -> None:
    result = drawn(script("root.textContent = 'The bell'; location.href = 'file:///etc/passwd'"))
    assert isinstance(result, Undrawn) or b"root:" not in result.html


# ---------------------------------------------------------------- ends in time


ENDLESS = (
    "for (;;) {}",
    "for (;;) alert('x')",
    "const again = () => { open('/'); open('about:blank'); setTimeout(again) }; again()",
    "const on = () => { for (let i = 0; i < 2e4; i++) root.append(document.createElement('hr')); setTimeout(on) }; on()",
    "const on = () => location.href = '/' + Math.random(); on()",
    "const hog = []; for (;;) hog.push({a: [hog.length]})",
    "setInterval(() => history.pushState(null, '', '/' + Math.random()))",
    "onbeforeunload = () => 'stay'; for (;;) {}",
    "print(); prompt('x'); confirm('y'); for (;;) {}",
    "document.documentElement.remove()",
    "document.write('<p>' + 'x'.repeat(100)); document.open(); for (;;) {}",
)


def test_pages_that_want_no_end_come_to_one() -> None:
    """And a page after them is drawn as if nothing had been."""

    async def use(web: Web) -> list[Drawn | Undrawn]:
        async with Browser.open(seconds=6) as browser:
            results = await asyncio.gather(*(browser.draw(HERE, web, document=script(code)) for code in ENDLESS))
            return [*results, await browser.draw(HERE, web, document=script("root.textContent = 'The bell'"))]

    *endless, after = with_web(use, resolver=NOBODY)
    assert [code for code, result in zip(ENDLESS, endless, strict=True) if isinstance(result, Drawn)] == []
    assert isinstance(after, Drawn), after
    assert b"The bell" in after.html


# ---------------------------------------------------------------- gone afterwards


def _children() -> set[str]:
    """Give the processes below this one."""
    found = set()
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        state, parent = stat.rpartition(")")[2].split()[:2]
        if state != "Z":
            parents[folder.name] = parent
    for process in parents:
        above = process
        while above in parents:
            above = parents[above]
            if above == str(os.getpid()):
                found.add(process)
                break
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
@pytest.mark.parametrize("how", ["done", "cancelled", "crashed"])
def test_no_process_stays_behind(how: str) -> None:
    before = _children()
    during: set[str] = set()
    started = asyncio.Event()

    async def draw(web: Web) -> None:
        async with Browser.open(seconds=10) as browser:
            await browser.draw(HERE, web, document=script("root.textContent = 'The bell'"))
            during.update(_children() - before)
            started.set()
            if how == "crashed":
                raise RuntimeError("the run broke")
            if how == "cancelled":
                await browser.draw(HERE, web, document=script("for (;;) {}"))

    async def use(web: Web) -> None:
        task = asyncio.ensure_future(draw(web))
        if how == "cancelled":
            await started.wait()
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    with_web(use, resolver=NOBODY)
    assert len(during) >= 3
    assert not {one for one in during if Path("/proc", one).exists() and one in _children()}


# ---------------------------------------------------------------- politeness of its parts


def test_parts_of_a_page_do_not_wait_out_the_interval_but_take_turns() -> None:
    async def use(loop: Any) -> tuple[list[float], int, float]:
        polite = Politeness(now=loop.time, concurrency=8, per_host=2, interval=1.0)
        under_way = most = 0
        starts: list[float] = []

        async def part() -> None:
            nonlocal under_way, most
            turn = await polite.take("a", part=True)
            starts.append(loop.time())
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.1)
            under_way -= 1
            turn.release()

        (await polite.take("a")).release()
        await asyncio.gather(*(part() for _ in range(6)))
        (await polite.take("a")).release()
        return starts, most, loop.time()

    starts, most, end = run_virtually(use)
    assert starts == pytest.approx([0, 0, 0.1, 0.1, 0.2, 0.2])
    assert most == 2
    assert end == pytest.approx(1.2)  # a page waits from the last part on


def test_parts_of_a_page_leave_alone_a_host_that_asked_for_it() -> None:
    async def use(loop: Any) -> float:
        polite = Politeness(now=loop.time, concurrency=8, per_host=1, interval=1.0)
        polite.refused("a", 7)
        (await polite.take("a", part=True)).release()
        return loop.time()

    assert run_virtually(use) == pytest.approx(7)
