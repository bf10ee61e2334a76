"""A process of its own in which yt-dlp says what it finds at a link, started by `opinion.py` (`python -m`).

Nothing is downloaded and no format is tried: only the page is read, as an extractor of yt-dlp's reads it. Limits and
the guard are those of web/apart.py.

Standard input: a `Question` as JSON. Standard output: a `Told` as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any, NamedTuple

from archiver.web.apart import confine

_TIMEOUT = 10.0  # seconds of silence


class Question(NamedTuple):
    """What is asked."""

    link: str
    deadline: float  # seconds
    proxy: str
    allow_private: bool


class Told(NamedTuple):
    """What yt-dlp said."""

    address: str = ""  # of media, or of a page that is embedded there
    title: str = ""
    live: str = ""  # its word for a broadcast's state
    availability: str = ""
    error: str = ""
    kind: str = ""  # "geo", "login", "refused" (the site said no, in words), or "" for whatever settles nothing


def main() -> None:
    """Answer one question."""
    question = Question(**json.load(sys.stdin))
    answer, sys.stdout = sys.stdout, sys.stderr
    confine(question.deadline, question.proxy, allow_private=question.allow_private)
    json.dump(_ask(question)._asdict(), answer)
    answer.flush()


class _Log:
    """yt-dlp's messages go nowhere: what matters comes as an exception."""

    def debug(self, message: str) -> None:
        """Drop it."""

    info = warning = error = debug


def _ask(question: Question) -> Told:
    import yt_dlp

    options = {
        "quiet": True, "noprogress": True, "logger": _Log(), "skip_download": True, "cachedir": False,
        "usenetrc": False, "enable_file_urls": False, "geo_bypass": False, "noplaylist": True, "playlist_items": "1",
        "remote_components": (), "socket_timeout": _TIMEOUT, "retries": 0, "extractor_retries": 0,
        "extract_flat": True, "lazy_playlist": True, "proxy": question.proxy or None,
        "compat_opts": {"no-certifi"}, "color": {"stdout": "no_color"},
    }
    try:
        with yt_dlp.YoutubeDL(options) as downloader:
            return _found(downloader.extract_info(question.link, download=False, process=False))
    except yt_dlp.utils.DownloadError as error:
        return _refused(yt_dlp, error)
    except Exception as error:  # noqa: BLE001 - extractors raise anything, and that settles nothing
        return Told(error=f"{type(error).__name__}: {error}"[:300])


def _found(info: Any) -> Told:
    if not isinstance(info, dict):
        return Told()
    if info.get("_type") in ("playlist", "multi_video"):
        info = next(iter(info.get("entries") or ()), None) or {}
    formats = [one for one in info.get("formats") or () if isinstance(one, dict) and one.get("url")]
    address = info.get("url") or (formats[-1]["url"] if formats else "")
    return Told(
        address=str(address)[:8000], title=str(info.get("title") or "")[:500],
        live=str(info.get("live_status") or "")[:20], availability=str(info.get("availability") or "")[:40],
    )


def _refused(yt_dlp: Any, error: Any) -> Told:
    """Read an error. What came of HTTP or of the extractor itself settles nothing: both break with every change."""
    cause = error.exc_info[1] if error.exc_info else None
    utils = yt_dlp.utils
    said = re.sub(r"\x1b\[[0-9;]*m", "", str(getattr(cause, "orig_msg", None) or cause or error))[:500]
    if isinstance(cause, utils.GeoRestrictedError):
        return Told(error=said, kind="geo")
    if not isinstance(cause, utils.ExtractorError) or isinstance(cause, utils.UnsupportedError):
        return Told(error=said)
    extractor = str(getattr(cause, "ie", "") or "").lower()
    if not cause.expected or cause.cause is not None or extractor in ("", "generic"):
        return Told(error=said)
    if "login" in said.lower() or "registered users" in said.lower() or "cookies" in said.lower():
        return Told(error=said, kind="login")
    return Told(error=said, kind="refused")


if __name__ == "__main__":
    main()
