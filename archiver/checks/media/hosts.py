"""The table of media hosts: which addresses are of their works, who is asked about them, and how to read the answer.

A watch page answers 200 whatever became of a video, so a host's interface is asked first, and the page only where that
settles nothing or where what it says is better heard twice. A new host is a row of `HOSTS`. Where it is not well known
how a host answers for what is gone, there is no row: then its page is looked at as any other.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from archiver import urls
from archiver.checks.media import answers, youtube
from archiver.checks.media.answers import GONE, oembed, quoted
from archiver.checks.media.word import HINT, LIKELY, SURE
from archiver.model import SignalKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.checks.media.answers import Reader

_PRIVATE = (SignalKind.MEDIA_PRIVATE, LIKELY)
_SURELY = (SignalKind.MEDIA_PRIVATE, SURE)
_GONE_BY_HALF = {404: (SignalKind.MEDIA_REMOVED, HINT), 410: (SignalKind.MEDIA_REMOVED, HINT)}


class MediaHost(Struct, frozen=True):
    """A host that can be asked whether a video or recording is there."""

    name: str
    work: Callable[[str], str | None]  # link -> what is asked about; None: not one of its works
    endpoint: str  # oEmbed: what is asked about is appended, quoted; empty: `work` gives the question itself
    read: Reader
    page_tells: bool = True  # an ordinary verdict on the page may stand in when the interface settles nothing
    again: Callable[[str], str | None] | None = None  # a second question, where the first leaves room for doubt
    read_again: Reader | None = None
    own_page: bool = False  # the page that tells is that of the work, however it was cited

    def question(self, link: str) -> str | None:
        """Give the address that asks about a link, or None."""
        about = self.work(link)
        if about is None:
            return None
        return quoted(self.endpoint, about) if self.endpoint else about


def _matching(pattern: str) -> Callable[[str], str | None]:
    """Make the test for hosts that are asked about the address as it was cited."""

    @cache
    def compiled() -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    def work(link: str) -> str | None:
        name = urls.host(link).removeprefix("www.").removeprefix("m.")
        return urls.without_fragment(link) if compiled().match(name + urls.path(link)) else None

    return work


_CLIP = re.compile(r"[?&]clip_id=(\d+)")
_vimeo_address = _matching(
    r"(?:player\.)?vimeo\.com/(?:(?:m|hd|video|videos|manage/videos)/|channels/[^/]+/|groups/[^/]+/videos/"
    r"|(?:album|showcase)/\d+/video/|ondemand/[^/]+/)?\d{4,}(?:/[0-9a-f]+)?/?$|vimeo\.com/event/\d+(?:/\w+)*/?$",
)


def _vimeo(link: str) -> str | None:
    """Give the address that Vimeo knows a video by: some spellings are older than its interface."""
    if urls.host(link).removeprefix("www.") == "vimeo.com":
        found = _CLIP.search(urls.query(link)) if urls.path(link).startswith("/moogaloop") else None
        found = found or re.match(r"^/(?:m|hd|manage/videos)/(\d{4,})/?$", urls.path(link))
        found = found or (re.match(r"^(\d{4,})$", urls.fragment(link)) if urls.path(link) in ("/", "/hd") else None)
        if found:
            return f"https://vimeo.com/{found[1]}"
    return _vimeo_address(link)


_TWEET = re.compile(r"^(?:mobile\.|m\.)?(twitter|x)\.com$")
_TWEETED = re.compile(r"^/(?:i/(?:web/)?|[^/]+/)status(?:es)?/\d+")


def _post(link: str) -> str | None:
    """Give a post's address; before 2012 it stood behind a "#!"."""
    site = _TWEET.match(urls.host(link).removeprefix("www."))
    if site is None:
        return None
    path = urls.fragment(link)[1:] if urls.fragment(link).startswith("!/") else urls.path(link)
    found = _TWEETED.match(path)  # without "/photo/1" and the like
    return f"https://{site[1]}.com{found[0]}" if found else None


_DAILYMOTION = re.compile(
    r"(?:(?:www\.|touch\.|geo\.)?dailymotion\.com/(?:\w\w/)?(?:embed/|swf/)?video/|dai\.ly/)([A-Za-z0-9]+)",
)


def _dailymotion_metadata(link: str) -> str | None:
    found = _DAILYMOTION.search(link)
    return f"https://www.dailymotion.com/player/metadata/video/{found[1]}" if found else None


HOSTS: tuple[MediaHost, ...] = (
    MediaHost(
        "YouTube", youtube.work, "https://www.youtube.com/oembed?format=json&url=", answers.youtube,
        page_tells=False, own_page=True,
    ),
    MediaHost(
        # 404 is said of unlisted videos without their secret, too.
        "Vimeo", _vimeo, "https://vimeo.com/api/oembed.json?url=",
        oembed("Vimeo", {401: _PRIVATE, 403: _PRIVATE, **GONE}), own_page=True,
    ),
    MediaHost(
        "Dailymotion", _matching(r"(?:(?:touch\.)?dailymotion\.com/(?:\w\w/)?(?:embed/|swf/)?video/|dai\.ly/)\w+"),
        "https://www.dailymotion.com/services/oembed?format=json&url=", oembed("Dailymotion", {403: _SURELY, **GONE}),
        again=_dailymotion_metadata, read_again=answers.dailymotion_metadata,
    ),
    MediaHost(
        # The page answers 200 for posts that never were.
        "X", _post, "https://publish.twitter.com/oembed?url=", answers.x, page_tells=False,
        again=answers.post_number, read_again=answers.post,
    ),
    MediaHost(
        "SoundCloud",
        _matching(r"soundcloud\.com/(?!discover|search|charts|stream|you/)[^/]+/(?:sets/)?[^/]+/?(?:s-\w+/?)?$"),
        "https://soundcloud.com/oembed?format=json&url=", oembed("SoundCloud", {403: _PRIVATE, **GONE}),
    ),
    MediaHost(
        "Streamable", _matching(r"streamable\.com/(?:[eos]/)?\w{4,8}(?:/\w+)?/?$"),
        "https://api.streamable.com/oembed.json?url=", oembed("Streamable", GONE),
    ),
    MediaHost(
        "Spotify",
        _matching(r"open\.spotify\.com/(?:intl-\w+/)?(?:embed(?:-podcast)?/)?(?:track|album|episode|show|playlist|artist)/\w+"),
        "https://open.spotify.com/oembed?url=", oembed("Spotify", GONE),
    ),
    MediaHost(
        "TikTok", _matching(r"tiktok\.com/(?:@[^/]*/(?:video|photo)|embed(?:/v2)?|v|share/video)/\d+"),
        "https://www.tiktok.com/oembed?url=", answers.tiktok,
    ),
    MediaHost(
        "Rumble", _matching(r"rumble\.com/(?:embed/\w[\w.]*|v[a-z0-9]{4,}(?:-[^/]*)?(?:\.html)?)/?$"),
        "https://rumble.com/api/Media/oembed.json?url=", oembed("Rumble", GONE),
    ),
    MediaHost(
        "Odysee", _matching(r"odysee\.com/(?:\$/embed/)?@[^/]+/[^/]+"), "https://odysee.com/$/oembed?url=",
        answers.odysee,
    ),
    MediaHost(
        "BitChute", _matching(r"(?:old\.)?bitchute\.com/(?:video|embed)/\w+/?$"),
        "https://api.bitchute.com/oembed/?url=", answers.bitchute,
    ),
    MediaHost("archive.org", answers.archive_item, "", answers.archive_metadata),
    MediaHost(
        "TED", _matching(r"(?:embed\.)?ted\.com/talks/(?:lang/\w+/)?\w+(?:\.html)?/?$"),
        "https://www.ted.com/services/v1/oembed.json?url=", oembed("TED", GONE),
    ),
    MediaHost(
        "Mixcloud", _matching(r"mixcloud\.com/(?!discover|upload|search|widget)[^/]+/[^/]+/?$"),
        "https://app.mixcloud.com/oembed/?format=json&url=", oembed("Mixcloud", _GONE_BY_HALF),
    ),
    MediaHost(
        "Wistia", _matching(r"[\w-]+\.wistia\.com/medias/\w+|fast\.wistia\.(?:com|net)/embed/iframe/\w+"),
        "https://fast.wistia.com/oembed?url=", oembed("Wistia", _GONE_BY_HALF),
    ),
    MediaHost(
        "Loom", _matching(r"loom\.com/(?:share|embed)/[0-9a-f]{16,}"), "https://www.loom.com/v1/oembed?url=",
        oembed("Loom", _GONE_BY_HALF),
    ),
    MediaHost("Bilibili", answers.bilibili_video, "", answers.bilibili, page_tells=False),
    MediaHost("Niconico", answers.niconico_video, "", answers.niconico),
)
_NAMED = re.compile(
    r"youtu|y2u\.be|vimeo|dai(?:lymotion|\.ly)|soundcloud|streamable|spotify|twitter|x\.com|tiktok|odysee|rumble|bitchute"
    r"|archive\.org/|ted\.com|mixcloud|wistia|loom\.com|bilibili|nico",
)


@lru_cache(maxsize=4096)
def media_host(link: str) -> MediaHost | None:
    """Give the host that can be asked about a link, or None."""
    if not _NAMED.search(link):
        return None
    return next((host for host in HOSTS if host.work(link) is not None), None)
