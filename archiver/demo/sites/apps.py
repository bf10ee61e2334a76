"""Pages that a script draws: the server gives one shell for any address; only a browser sees what it becomes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archiver.demo.answers import Ask, Manner, Reply, content, ill, page
from archiver.demo.prose import paragraphs
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind

if TYPE_CHECKING:
    from archiver.demo.answers import Behaviour

_DEAD = (VerdictKind.DEAD, Reason.SOFT_404)
_ALIVE = (VerdictKind.ALIVE, Reason.OK)
_OPEN = (VerdictKind.UNKNOWN, Reason.NEEDS_BROWSER)
_BEGINNING = '<!doctype html><html lang="en"><head><meta charset="utf-8">'


def shell(script: str, *, title: str = "Harbour App", head: str = "") -> Reply:
    """Give an app's page as the server sends it: a root, and a script that fills it."""
    return page(
        f'{_BEGINNING}<title>{title}</title>{head}</head><body><div id="root"></div>'
        "<noscript>You need to enable JavaScript to run this app.</noscript>"
        f"<script>const root = document.getElementById('root');\n{script}\n</script></body></html>"
    )


def data(value: object, *, status: int = 200) -> Reply:
    """Answer with JSON."""
    return content(json.dumps(value).encode(), "application/json", status=status)


MENU = "<header><a href=/>Harbour App</a> <nav><a href=/essays>Essays</a> <a href=/about>About</a></nav></header>"
# Reads the article of the address from the app's API and shows it, as a single-page application does.
READER = (
    f"const menu = '{MENU}';"
    """
const show = (title, html) => {
  document.title = title + ' | Harbour App';
  root.innerHTML = menu + '<main><h1>' + title + '</h1>' + html + '</main>';
};
root.innerHTML = menu + '<div class="spinner"></div>';
const name = (location.hash.slice(2) || location.pathname.slice(1)).split('/').pop();
fetch('/api/essays/' + name).then(answer => answer.ok ? answer.json() : Promise.reject(answer.status))
  .then(essay => show(essay.title, essay.html))
  .catch(why => why === 404 ? show('MISSING', 'EXPLAINED') : show('Oops', '<p>Something went wrong. Try again.</p>'));
"""
)


def reader(missing: str = "Page not found", explained: str = "<p>Sorry, there is no such page.</p>") -> str:
    """Give the script of an app, with what it says of essays that its API does not know."""
    return READER.replace("MISSING", missing).replace("EXPLAINED", explained)


def essay(name: str, title: str, *, length: int = 5) -> dict[str, Behaviour]:
    """Give the address, below the host, of an essay in an app's API, and its answer."""
    return {f"/api/essays/{name}": data({"title": title, "html": paragraphs(title, length)})}


def _app(
    name: str, url: str, says: str, script: str | Reply, verdict: tuple[VerdictKind, Reason], *,
    api: dict[str, Behaviour] | None = None, unknown: Behaviour | None = None,
) -> Case:
    """Make the case of an app. `api`: what its API answers; `unknown`: what it answers to anything else."""
    host = url.partition("://")[2].partition("/")[0]
    drawn = script if isinstance(script, Reply) else shell(script)

    def rest(ask: Ask) -> Reply:
        if not ask.path.startswith("/api/"):
            return drawn
        answer = unknown or data({"error": "unknown"}, status=404)
        return answer(ask) if callable(answer) else answer

    beside = {f"http://{host}{path}": behaviour for path, behaviour in (api or {}).items()}
    return Case(
        name=name, url=url, verdict=verdict[0], reason=verdict[1], needs=frozenset({"browser"}), says=says,
        serve=drawn, rest=rest, beside={f"http://{host}/": drawn, **beside},
    )


_NEWS = paragraphs("front", 4).replace("\n", "").replace("'", "&rsquo;")
_FRONT = f"""
document.title = 'Harbour App';
root.innerHTML = '{MENU}<main><h1>Everything about the harbour</h1>{_NEWS}</main>';
"""

CASES = (
    Case(
        name="app", url="http://app.demo/essay/8", verdict=VerdictKind.DEAD, reason=Reason.SOFT_404,
        needs=frozenset({"browser"}), says="a script writes that the page does not exist",
        serve=shell("root.textContent = 'Sorry, this page ' + 'does not exist.'"),
        rest=shell("root.textContent = 'Sorry, this page ' + 'does not exist.'"),
    ),
    _app("app-article", "http://reading-room.demo/essays/the-last-ferry",
         "a script draws an article from the app's API", reader(), _ALIVE,
         api=essay("the-last-ferry", "The last ferry")),
    _app("app-article-gone", "http://reading-room-two.demo/essays/the-last-ferry",
         "the app's API answers 404, and the script says so", reader(), _DEAD),
    _app("app-in-its-own-words", "http://reading-room-three.demo/essays/the-last-ferry",
         "the app says that it has nothing there in words that no list has, for any address",
         reader("Nothing but fog", "<p>The gulls took this one.</p>"), _DEAD),
    _app("app-number", "http://records.demo/item/48213", "an article whose address names nothing of it",
         reader(), _ALIVE, api=essay("48213", "Two hundred and twelve boats")),
    _app("app-hash", "http://hash.demo/#/essays/the-last-ferry", "the route stands behind the hash sign", reader(),
         _ALIVE, api=essay("the-last-ferry", "The last ferry")),
    _app("app-hash-gone", "http://hash-two.demo/#/essays/the-last-ferry",
         "the route behind the hash sign leads nowhere", reader(), _DEAD),
    _app("app-front-for-all", "http://brochure.demo/essays/the-last-ferry",
         "the app shows its front page whatever the address", _FRONT, _DEAD),
    _app("app-to-front", "http://homing.demo/essays/the-last-ferry",
         "the script sends readers to the front page, from any address but that",
         f"if (location.pathname !== '/') location.replace('/'); else {{ {_FRONT} }}",
         (VerdictKind.DEAD, Reason.REDIRECT_TO_HOME)),
    _app("app-login", "http://club-house.demo/essays/the-last-ferry", "the app wants a login first",
         "history.replaceState(null, '', '/login?next=' + encodeURIComponent(location.pathname));"
         "document.title = 'Sign in'; root.innerHTML = '<h1>Sign in</h1><form><input name=user><input type=password "
         "name=password><button>Sign in</button></form>';", (VerdictKind.RESTRICTED, Reason.LOGIN)),
    _app("app-by-post", "http://graph.demo/essays/the-last-ferry",
         "the app asks for its data with POST, which nobody may do for it, and then finds nothing",
         "fetch('/api/graph', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})"
         ".then(answer => answer.json()).then(essay => { root.innerHTML = '<h1>' + essay.title + '</h1>'; })"
         ".catch(() => { document.title = 'Page not found'; root.innerHTML = '<h1>Page not found</h1>'; });", _OPEN),
    _app("app-api-down", "http://weary.demo/essays/the-last-ferry",
         "the app's API answers 503, and the app says not found",
         "fetch('/api/essay').then(answer => answer.ok ? answer.json() : Promise.reject())"
         ".catch(() => { root.innerHTML = '<h1>404</h1><p>This page could not be found.</p>'; });", _OPEN,
         unknown=data({}, status=503)),
    _app("app-spins", "http://spinner.demo/essays/the-last-ferry", "the app never gets beyond its spinner",
         f"root.innerHTML = '{MENU}<div class=spinner role=progressbar>Loading...</div>';", _OPEN),
    _app("app-waits", "http://slow-desk.demo/essays/the-last-ferry", "the app's API never answers",
         reader(), _OPEN, unknown=ill(Manner.SILENT, data({}))),
    _app("app-loops", "http://loop.demo/essays/the-last-ferry", "the app's script never ends", "for (;;) {}", _OPEN),
)
