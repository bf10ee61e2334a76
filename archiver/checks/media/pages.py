"""Reads the pages of media hosts that show the same frame for everything: what tells of the work in them, if anything.

Facts only, as in facts.py, which asks here before it judges a page as any other. A host that wants a login, or says
that something "isn't available", says so of living things, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks.media import youtube
from archiver.checks.media.word import HINT, Word, alive, load_first, removed, text_of, unclear, word
from archiver.model import SignalKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archiver.checks.page import Page
    from archiver.web.exchange import Hop

    Reader = Callable[[str, Hop, Page], Word | None]

_READ = 600_000


def read_page(link: str, hops: Sequence[Hop], page: Page | None) -> Word | None:
    """Read a media host's page; None: it is none, or it is to be judged as any other."""
    hop = hops[-1]
    reader = _reader(urls.host(hop.url))
    if reader is None or not hop.decoded:
        return None
    if page is None:
        # Statuses that no page takes back, but for hosts that send them with a wall.
        return _facebook_refuses(hop) if reader is _facebook and hop.status in (401, 404) else None
    return reader(link, hop, page)


def _reader(host: str) -> Reader | None:
    if youtube.is_youtube(host):
        return _youtube
    return _READERS.get(".".join(host.rsplit(".", 2)[-2:]))


# ---------------------------------------------------------------- what many have in common


@cache
def _meta() -> re.Pattern[bytes]:
    return re.compile(
        rb"""<meta\s[^<>]{0,200}?\b(?:property|name)=["']?(og:video(?::url|:secure_url)?|og:type|og:title|twitter:player)["']?"""
        rb"""\s[^<>]{0,200}?\bcontent=(?:"([^">]{1,600})"|'([^'>]{1,600})')""",
        re.IGNORECASE,
    )


def _metas(hop: Hop) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for number, match in enumerate(_meta().finditer(hop.decoded[:_READ])):
        if number == 20:
            break
        found.setdefault(match[1].decode("ascii").lower(), (match[2] or match[3]).decode("utf-8", "replace").strip())
    return found


def _shows_film(metas: Mapping[str, str]) -> bool:
    """Tell whether a page's head names a film of its own, for those who show it elsewhere."""
    kind = metas.get("og:type", "")
    return kind.startswith(("video", "music", "audio")) or any(
        urls.normalise(metas.get(name, "")) is not None
        for name in ("og:video", "og:video:url", "og:video:secure_url", "twitter:player")
    )


def _framed(*names: str) -> Reader:
    """Make the reader of a host whose script draws every page: its head names the work, or only the host."""
    frames = frozenset(names)

    def read(link: str, hop: Hop, page: Page) -> Word | None:
        if hop.status != 200 or urls.is_front_page(link):
            return None
        metas = _metas(hop)
        title = metas.get("og:title", "") or page.title
        if title.casefold() not in frames and _shows_film(metas):
            return alive(f"its page names “{title[:120]}”")
        if page.title.casefold() in frames and metas.get("og:title", page.title).casefold() in frames:
            return word(
                SignalKind.NEEDS_BROWSER, "a script draws the page, and nothing in it is of this address",
            ) if page.scripts and page.length < 700 else None
        return None

    return read


# ---------------------------------------------------------------- YouTube, Vimeo


def _youtube(_link: str, hop: Hop, page: Page) -> Word | None:
    if hop.status != 200:
        return None
    about = youtube.work(hop.url)
    if (said := youtube.read_page(hop, about)) is not None or urls.is_front_page(hop.url):
        return said
    title = page.title.strip().removesuffix("YouTube").rstrip(" -")
    if about is not None and not youtube.may_be(about):
        return removed("no video can have that name", HINT)
    if not title:
        return unclear("YouTube's page has no title and says nothing of the work")
    if (about is None or not about.startswith(youtube.WATCH)) and b"ytInitialData" in hop.decoded:
        return alive(f"its page names “{title[:120]}”")
    return None


def _vimeo(_link: str, hop: Hop, page: Page) -> Word | None:
    lower = page.lower
    if b'id="pw_form"' in lower or (page.has_password and page.length < 700 and "password" in page.plain_text):
        return word(SignalKind.MEDIA_PRIVATE, "Vimeo's page asks for the video's password")
    for said in ("this video is private", "because of its privacy settings", "this video cannot be played here"):
        if said in page.plain_text or (hop.status != 200 and said.encode() in lower):
            return word(SignalKind.MEDIA_PRIVATE, f"Vimeo's page says “{said}”")
    if hop.status == 200 and _shows_film(_metas(hop)):
        return alive("Vimeo's page shows it")
    return None


# ---------------------------------------------------------------- Facebook, Instagram

_WANTS_LOGIN = (b"you must log in to continue", b"you must log in first", b"log in to continue")
_NOT_SHOWN = re.compile(rb"(?:content|video|page|reel) isn(?:'|&#0?39;|&#x27;|\xe2\x80\x99|\\u2019)t available")
_NOTHING = frozenset({"", "facebook", "facebook watch", "instagram", "error", "content not found", "page not found"})
_LOGINS = re.compile(
    r"^(?:log ?in(?:to| to| on)? (?:facebook|instagram)"
    r"|(?:facebook|instagram) ?[-–—•·|] ?(?:log ?in|anmelden|connexion)"
    r"|login ?[•·|-] ?instagram|bei facebook anmelden|facebook [-–—] (?:log in or sign up|anmelden oder registrieren)"
    r"|se connecter à facebook|connexion à facebook|iniciar sesión en facebook|inicia sesión en facebook"
    r"|accedi a facebook|entrar no facebook|войдите на facebook|aanmelden bij facebook)",
)


def _facebook_refuses(hop: Hop) -> Word | None:
    """Read a refusal of Facebook's, which is the same for what is gone and for what only some may see."""
    lower = hop.decoded[:_READ].lower()
    if b"shared it with a small group" in lower or b"changed who can see it" in lower:
        return unclear("Facebook says that it is gone, or that only some may see it")
    if any(said in lower for said in _WANTS_LOGIN):
        return word(SignalKind.LOGIN, "Facebook wants a login before it says more")
    return None


def _facebook(link: str, hop: Hop, page: Page) -> Word | None:
    if hop.status not in (200, 400, 403):
        return None
    metas = _metas(hop)
    title = " ".join(page.title.casefold().split())
    if _LOGINS.match(title) or _is_login(hop.url):
        return word(SignalKind.LOGIN, "Facebook wants a login before it says more")
    named = metas.get("og:title", "").casefold() not in _NOTHING
    if not named and (said := _facebook_refuses(hop)):
        return said
    if not named and title in _NOTHING and (found := _NOT_SHOWN.search(hop.decoded[:_READ].lower())) is not None:
        words = found[0].decode("utf-8", "replace")
        return unclear(f"Facebook says “{words}”, which it says of what only some may see, too")
    if hop.status != 200:
        return None
    if named:
        return alive(f"its page names “{metas['og:title'][:120]}”")
    if (b'id="login_form"' in page.lower or b'id="loginbutton"' in page.lower) and page.length < 700 and (
        "og:title" not in metas
    ):
        return word(SignalKind.LOGIN, "Facebook shows its login form")
    return _framed("facebook", "facebook watch", "watch", "video", "error")(link, hop, page)


def _is_login(url: str) -> bool:
    return urls.path(url).startswith(("/login", "/accounts/login", "/checkpoint", "/challenge"))


def _instagram(link: str, hop: Hop, page: Page) -> Word | None:
    if hop.status != 200 or _is_login(link):
        return None
    title = " ".join(page.title.casefold().split())
    if _LOGINS.match(title) or _is_login(hop.url):
        return word(SignalKind.LOGIN, "Instagram wants a login before it says more")
    metas = _metas(hop)
    if metas.get("og:title", "").casefold() not in ("", "instagram", "login • instagram"):
        return alive(f"its page names “{metas['og:title'][:120]}”")
    if title in _NOTHING and _NOT_SHOWN.search(hop.decoded[:_READ].lower()):
        return unclear("Instagram says that it isn't available, which it says of what only some may see, too")
    return _framed("instagram")(link, hop, page)


# ---------------------------------------------------------------- TikTok

_DETAIL = re.compile(rb'"webapp\.video-detail"\s{0,9}:\s{0,9}(?=\{)')
_TIKTOK: Mapping[int, SignalKind] = {
    10216: SignalKind.MEDIA_PRIVATE, 10222: SignalKind.MEDIA_PRIVATE,
}


def _tiktok(link: str, hop: Hop, page: Page) -> Word | None:
    if hop.status != 200:
        return None
    found = _DETAIL.search(hop.decoded)
    if found is None:
        return _framed("tiktok", "tiktok - make your day", "tiktok | make your day", "")(link, hop, page)
    detail = load_first(hop.decoded[found.end() : found.end() + 200_000].decode("utf-8", "replace"))
    code = detail.get("statusCode") if isinstance(detail, dict) else None
    if not isinstance(code, int):
        return unclear("TikTok's page says nothing of the video")
    said = f"TikTok's page says {code}: {text_of(detail, 'statusMsg')[:100]}"
    if code == 0:
        return alive("TikTok's page has it")
    if code == 10204:  # said of deleted videos, and to those whom it does not trust
        return removed(said, HINT)
    return word(_TIKTOK.get(code, SignalKind.MEDIA_UNCLEAR), said)


_READERS: Mapping[str, Reader] = {
    "vimeo.com": _vimeo,
    "facebook.com": _facebook, "fb.watch": _facebook,
    "instagram.com": _instagram,
    "tiktok.com": _tiktok,
    "twitch.tv": _framed("twitch", ""),
    "odysee.com": _framed("odysee", ""),
    "rumble.com": _framed("rumble"),
    "bitchute.com": _framed("bitchute", ""),
    "streamable.com": _framed("streamable", ""),
    "mixcloud.com": _framed("mixcloud", "mixcloud | listen to dj mixes, radio shows and podcasts", ""),
    "loom.com": _framed("loom", "loom | free screen & video recording software"),
}
