"""One page in the browser: every request of it is answered by us, and what it shows is read when it has come to rest.

Only GET is answered, and only documents of the page itself, scripts, style sheets and data (XHR, fetch). Pictures,
films, fonts and frames are left out. What a page could not get is kept as a `doubt`: a page that misses some of its
data or code may well say "not found" of a thing that is there.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archiver import urls
from archiver.web.exchange import Exchange, Failure, Request
from archiver.web.passing import Answer, Kept, asked_with, error_of, is_counter, is_shared, sent_on, shown, told
from archiver.web.serialise import PEEK, SERIALISE

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Route, WebSocket
    from playwright.async_api import Request as Asked

    from archiver.web.client import Web
    from archiver.web.exchange import Hop

_MOST_REQUESTS = 60  # of one page
_MOST_DOCUMENTS = 6  # that one page goes to, one after the other
_MOST_BYTES = 30_000_000
_LARGEST = 8_000_000  # bytes of one script or answer
_PULSE = 0.1  # seconds
_STILL = 0.7  # seconds in which nothing may happen before a page is taken to be drawn
_PATIENCE = 8.0  # seconds after which a page that never comes to rest is taken as it is
_SHOWN = frozenset({"script", "stylesheet", "xhr", "fetch"})
_DATA = frozenset({"xhr", "fetch"})
_CODE = frozenset({"script", "xhr", "fetch"})


class Drawn(Struct, frozen=True, kw_only=True):
    """What a page showed when it had come to rest."""

    url: str  # where its scripts have led, with the fragment
    title: str
    html: bytes  # what can be seen of its document, in UTF-8, without scripts; at most some megabytes
    whole: bool  # of it
    document: str  # the address of its last document, without a fragment
    status: int  # of that
    busy: bool  # something on it turns or shimmers
    works: bool = False  # it holds what its words do not tell of: a film, a map, a frame, an editor
    names: frozenset[str] = frozenset()  # identifiers of its elements, seen or not
    doubts: tuple[str, ...] = ()  # why it may not be as it is for a reader
    denied: bool = False  # data of its own host was answered with 404 or 410
    answers: tuple[Exchange, ...] = ()  # that it was drawn from


class Undrawn(Struct, frozen=True):
    """Why a page could not be drawn, in one line."""

    why: str


def first_line(error: BaseException) -> str:
    """Give the first line of what an error says, without the name of a method."""
    said = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
    return said.split(": ", 1)[1] if said[:40].partition(":")[0].count(".") == 1 and ": " in said else said


class Drawing:
    """A page while it is being drawn."""

    def __init__(self, url: str, web: Web, kept: Kept, document: Hop | None, *, seconds: float) -> None:
        self._url = url
        self._web = web
        self._kept = kept
        self._ends = time.monotonic() + seconds
        self._seconds = seconds
        self._documents: dict[str, Hop] = {}  # at hand, by address without fragment
        if document is not None:
            self._documents[urls.without_fragment(document.url)] = document
        self._tasks: set[asyncio.Task[None]] = set()
        self._pending: dict[int, str] = {}  # data and code under way
        self._requests = self._visited = 0
        self._bytes = _MOST_BYTES
        self._status, self._opened = 0, ""
        self._doubts: dict[str, None] = {}
        self._denied = False
        self._answers: list[Exchange] = []
        self._failed = ""  # why its document could not be got

    # ------------------------------------------------------------ the page

    async def draw(self, context: BrowserContext) -> Drawn | Undrawn:
        """Open the page and wait until it has come to rest."""
        from playwright.async_api import Error

        await context.route("**/*", self._routed)
        page = await context.new_page()
        context.on("page", lambda other: self._spawn(_close(other)))
        page.on("crash", lambda _: self._fail("the page crashed the browser"))
        page.on("websocket", self._live)
        page.on("download", lambda _: self._fail("it is a download"))
        session = await context.new_cdp_session(page)
        try:
            await page.goto(self._url, wait_until="commit", timeout=1000 * self._left)
        except Error as error:
            return Undrawn(self._failed or first_line(error))
        return await self._rest(page, session)

    async def _rest(self, page: Page, session: CDPSession) -> Drawn | Undrawn:
        began = since = time.monotonic()
        last: object = None
        seen: dict[str, Any] | None = None
        while self._left > 0:
            await asyncio.sleep(_PULSE)
            if self._failed:
                return Undrawn(self._failed)
            now = time.monotonic()
            state = await _ask(session, PEEK)
            if state is None or state != last or self._pending:
                last, since = state, now
            patient = now - began < _PATIENCE
            if state is None or state[0] == "loading" or (patient and now - since < _STILL):
                continue
            seen = await _ask(session, SERIALISE)
            if seen is not None and not _waits(seen) and not (patient and seen["busy"]):
                break
            since = now  # there is nothing to be read yet
        return self._result(seen)

    def _result(self, seen: dict[str, Any] | None) -> Drawn | Undrawn:
        if self._failed:
            return Undrawn(self._failed)
        if seen is None or _waits(seen):
            why = next(iter(self._doubts), "")
            return Undrawn(why or f"nothing was to be seen of it within {self._seconds:g} s")
        for late in self._pending.values():
            self._doubt(f"{late} did not answer in time")
        url = str(seen["url"])
        return Drawn(
            url=url, title=str(seen["title"]), html=str(seen["html"]).encode("utf-8", "replace"),
            whole=not seen["cut"], document=self._opened, status=self._status,
            busy=bool(seen["busy"]), works=bool(seen["work"]),
            names=frozenset(map(str, seen["names"])), doubts=tuple(self._doubts), denied=self._denied,
            answers=tuple(self._answers),
        )

    @property
    def _left(self) -> float:
        return max(0.0, self._ends - time.monotonic())

    def _doubt(self, why: str) -> None:
        if len(self._doubts) < 20:
            self._doubts[why[:300]] = None

    def _fail(self, why: str) -> None:
        self._failed = self._failed or why

    def _live(self, socket: WebSocket) -> None:
        if self._is_own(socket.url.replace("ws", "http", 1)):
            self._doubt("it wants a connection that stays open")

    def _is_own(self, url: str) -> bool:
        """Tell whether something belongs to the page's own site."""
        try:
            return urls.same_site(url, self._url)
        except ValueError:
            return False

    # ------------------------------------------------------------ its requests

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End all requests that are under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _routed(self, route: Route) -> None:
        self._spawn(self._serve(route))

    async def _serve(self, route: Route) -> None:
        """Answer one request of the page, whatever comes of it."""
        asked = route.request
        number = id(asked)
        if asked.resource_type in _CODE and not is_counter(asked.url):
            self._pending[number] = shown(asked.url)
        try:
            answer = await self._answer(asked)
            with suppress(Exception):  # the page may have left
                if isinstance(answer, Answer):
                    await route.fulfill(status=answer.status, headers=answer.headers, body=answer.body)
                else:
                    await route.abort(answer)
        finally:
            self._pending.pop(number, None)

    async def _answer(self, asked: Asked) -> Answer | str:
        """Give the answer, or the name of the error that the browser is to meet."""
        url, kind = asked.url, asked.resource_type
        if not url.startswith(("http://", "https://")) or is_counter(url):
            return "blockedbyclient"
        if kind == "document":
            return await self._go(asked)
        if kind not in _SHOWN:
            return "blockedbyclient"
        if asked.method != "GET":
            # Readers ask for data with POST as well, and we only ever ask with GET.
            if asked.method not in ("HEAD", "OPTIONS"):
                self._doubt(f"it sends data to {shown(url)} ({asked.method[:10]})")
            return "blockedbyclient"
        return await self._part(asked)

    async def _go(self, asked: Asked) -> Answer | str:
        """Answer the request for a document."""
        if asked.frame.parent_frame is not None:
            return "blockedbyclient"
        if asked.method != "GET":
            self._fail("it sends a form")
            return "blockedbyclient"
        self._visited += 1
        if self._visited > _MOST_DOCUMENTS:
            self._fail("its scripts lead on and on")
            return "blockedbyclient"
        url = urls.without_fragment(urls.normalise(asked.url) or asked.url)
        hop = self._documents.get(url)
        if hop is None:
            answer = await self._fetch(Request(url=url, read_limit=_LARGEST, part_of_page=self._visited > 1))
            if isinstance(answer, Failure):
                self._fail(f"{shown(url)}: {answer.detail}")
                return error_of(answer.kind)
            hop = answer.final
            self._documents[urls.without_fragment(hop.url)] = hop
            if len(answer.hops) > 1:
                return sent_on(hop.url)
        self._status, self._opened = hop.status, urls.without_fragment(hop.url)
        return told(hop)

    async def _part(self, asked: Asked) -> Answer | str:
        if asked.resource_type in _DATA:
            return await self._get(asked)
        url, origin = asked.url, asked.headers.get("origin", "")
        async with self._kept.lock(url, origin):
            return self._kept.get(url, origin) or await self._get(asked)

    async def _get(self, asked: Asked) -> Answer | str:
        url, kind = asked.url, asked.resource_type
        origin = asked.headers.get("origin", "")
        self._requests += 1
        if self._requests > _MOST_REQUESTS or self._bytes <= 0:
            self._doubt("it wants more than we get for one page")
            return "blockedbyclient"
        answer = await self._fetch(Request(
            url=url, headers=asked_with(asked.headers), read_limit=min(_LARGEST, self._bytes), part_of_page=True,
        ))
        if isinstance(answer, Failure):
            if kind in _CODE:
                self._doubt(f"{shown(url)}: {answer.detail}")
            return error_of(answer.kind)
        hop = answer.final
        self._bytes -= len(hop.decoded)
        self._weigh(asked, hop)
        if origin and not is_shared(hop, url, origin):
            return "blockedbyresponse"  # as for any reader; Playwright would let it pass
        answered = told(hop)
        if kind not in _DATA and 200 <= hop.status < 300 and hop.truncated is None:
            self._kept.keep(url, origin, answered)
        return answered

    def _weigh(self, asked: Asked, hop: Hop) -> None:
        """Note what an answer means for what is drawn from it."""
        kind, status = asked.resource_type, hop.status
        if kind not in _CODE:
            return
        if hop.truncated is not None:
            self._doubt(f"{shown(asked.url)} did not arrive whole")
        elif kind == "script" and not 200 <= status < 300:
            self._doubt(f"{shown(asked.url)} answered {status}")
        elif status in (404, 410):
            self._denied = self._denied or self._is_own(asked.url)
        elif status in (403, 405, 407, 429) or status >= 500 or (status == 401 and "authorization" in asked.headers):
            self._doubt(f"{shown(asked.url)} answered {status}")

    async def _fetch(self, request: Request) -> Exchange | Failure:
        answer = await self._web.fetch(request)
        if isinstance(answer, Exchange):
            self._answers.append(answer)
        return answer


_LOADING = (
    "loading", "please wait", "one moment", "wird geladen", "lädt", "laden", "bitte warten", "chargement", "cargando",
    "caricamento", "carregando", "a carregar", "ładowanie", "wczytywanie", "načítání", "загрузка", "завантаження",
    "laddar", "indlæser", "laster", "ladataan", "yükleniyor", "đang tải", "memuat", "読み込み中", "加载中", "載入中",
    "로딩", "جار التحميل", "טוען",
)


def _waits(seen: dict[str, Any]) -> bool:
    """Tell whether nothing is to be read yet, or only that it is being loaded."""
    text = " ".join(str(seen["text"]).casefold().split())
    if not text:
        return not seen["pictures"]
    return len(text) < 60 and any(word in text for word in _LOADING)


async def _ask(session: CDPSession, script: str) -> Any:
    """Ask the page something, in a world of our own where its scripts have changed nothing; None while it moves on."""
    from playwright.async_api import Error

    with suppress(Error):
        tree = await session.send("Page.getFrameTree")
        world = await session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "archiver"},
        )
        answer = await session.send("Runtime.evaluate", {
            "expression": script, "contextId": world["executionContextId"], "returnByValue": True, "timeout": 3000,
        })
        return answer["result"].get("value")
    return None


async def _close(page: Page) -> None:
    with suppress(Exception):
        await page.close()
