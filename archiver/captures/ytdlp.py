"""A process of its own that fetches one link's media with yt-dlp, started by `media.py` (`python -m`).

It is apart because yt-dlp speaks HTTP itself, runs for minutes and reads whatever a site sends: its limits, and the
guard that refuses private addresses, are those of web/apart.py. Not guarded: JavaScript run-times that
yt-dlp starts for some hosts, should they ever connect themselves; ffmpeg is never given an address.

Standard input: an `Order` as JSON. Standard output: `{"failure": null | "one line"}`. Files land in the order's folder.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from archiver.captures.media_kinds import sniff
from archiver.web.apart import confine

if TYPE_CHECKING:
    from collections.abc import Callable

INFO = "info.json"
_INFO_MOST = 2_000_000  # bytes
_TIMEOUT = 20.0  # seconds of silence
_ITEMS = 4  # videos on one page
_PROTOCOLS = "^(https?|m3u8(_native)?|http_dash_segments)$"
# Addresses with tokens, lists that say nothing of the file, and what tells of this machine.
_NOT_KEPT = (
    "formats", "requested_formats", "requested_downloads", "requested_subtitles", "requested_entries", "entries",
    "automatic_captions", "subtitles", "heatmap", "fragments", "url", "manifest_url", "http_headers", "cookies",
    "filepath", "filename", "_filename", "infojson_filename", "fragment_base_url", "downloader_options", "thumbnails",
    "comments", "_format_sort_fields",
)


class Order(NamedTuple):
    """What to fetch."""

    link: str
    folder: str  # empty
    limit: int  # bytes per video
    deadline: float  # seconds
    proxy: str
    allow_private: bool
    has_ffmpeg: bool


def main() -> None:
    """Do one order."""
    order = Order(**json.load(sys.stdin))
    answer, sys.stdout = sys.stdout, sys.stderr
    confine(order.deadline, order.proxy, allow_private=order.allow_private)
    failure = _fetch(order)
    json.dump({"failure": failure}, answer)
    answer.flush()


# ---------------------------------------------------------------- yt-dlp


class _Log:
    """yt-dlp's messages go nowhere: what matters comes as an exception."""

    def debug(self, message: str) -> None:
        """Drop it."""

    info = warning = error = debug


def _fetch(order: Order) -> str | None:
    """Fetch, and give one line on why that failed, or None."""
    import yt_dlp
    from yt_dlp.downloader.external import FFmpegFD
    from yt_dlp.utils import DownloadCancelled

    class Refused(DownloadCancelled):  # type: ignore[misc]
        """We do not want it."""

    def refuse(reason: str) -> None:
        raise Refused(reason)

    def no_ffmpeg(*_: object) -> bool:
        raise Refused("the stream can be fetched by ffmpeg only, which would ask for any address it is given")

    FFmpegFD.real_download = no_ffmpeg
    options = _options(order, refuse)
    try:
        try:
            info = _run(yt_dlp, options, order.link)
        except Refused:
            raise
        except Exception as error:
            about_subtitles = re.search("subtitle|extension", str(error), re.IGNORECASE)
            if isinstance(error, yt_dlp.utils.DownloadError) and not about_subtitles:
                raise
            # Subtitles are welcome and no condition; odd languages even break yt-dlp.
            info = _run(yt_dlp, {**options, "writesubtitles": False}, order.link)
    except Refused as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - extractors raise anything
        return clean(str(error) or type(error).__name__)
    if info is None:
        return "nothing was found"
    _keep_info(order, yt_dlp, info)
    return None


def _run(yt_dlp: Any, options: dict[str, Any], link: str) -> Any:
    with yt_dlp.YoutubeDL(options) as downloader:
        return downloader.extract_info(link, download=True)


def _options(order: Order, refuse: Callable[[str], None]) -> dict[str, Any]:
    fits = f"[protocol~='{_PROTOCOLS}'][filesize<?{order.limit}][filesize_approx<?{order.limit}]"
    return {
        "format": f"(bv*+ba/b){fits}" if order.has_ffmpeg else f"b{fits}",
        "paths": {"home": order.folder}, "outtmpl": {"default": "%(playlist_index|01)02d.%(ext)s"},
        "restrictfilenames": True, "windowsfilenames": True, "trim_file_name": 100, "overwrites": True,
        "continuedl": False, "updatetime": False, "fixup": "never", "cachedir": False, "usenetrc": False,
        "enable_file_urls": False, "allow_unplayable_formats": False, "skip_unavailable_fragments": False,
        "playlist_items": f"1:{_ITEMS}", "noplaylist": True, "geo_bypass": False, "remote_components": (),
        "writesubtitles": True, "subtitleslangs": ["all", "-live_chat", "-rechat", "-danmaku"],
        "socket_timeout": _TIMEOUT, "retries": 2, "fragment_retries": 2, "extractor_retries": 1,
        "file_access_retries": 0, "quiet": True, "noprogress": True, "logger": _Log(),
        "color": {"stdout": "no_color", "stderr": "no_color"}, "proxy": order.proxy or None,
        "compat_opts": {"no-certifi"},  # the authorities are named in the environment
        "match_filter": _no_live(refuse), "progress_hooks": [_within(order.limit, refuse)],
        "postprocessor_hooks": [_only_media_is_merged(refuse)],
    }


def _no_live(refuse: Callable[[str], None]) -> Callable[..., None]:
    def check(info: dict[str, Any], **_: bool) -> None:
        if info.get("is_live"):
            refuse("it is a live stream, which has no end")

    return check


def _within(limit: int, refuse: Callable[[str], None]) -> Callable[[dict[str, Any]], None]:
    """Stop when a video, picture and sound together, grows beyond the limit, whatever its length was said to be."""
    sizes: dict[int, dict[str, int]] = {}

    def check(progress: dict[str, Any]) -> None:
        item = (progress.get("info_dict") or {}).get("playlist_index") or 1
        so_far = max(progress.get("downloaded_bytes") or 0, progress.get("total_bytes") or 0)
        sizes.setdefault(item, {})[str(progress.get("filename"))] = so_far
        if sum(sizes[item].values()) > limit:
            refuse(f"it is larger than {limit} bytes")

    return check


def _only_media_is_merged(refuse: Callable[[str], None]) -> Callable[[dict[str, Any]], None]:
    """Keep playlists from ffmpeg: they name other files and addresses, and it would open them."""

    def check(progress: dict[str, Any]) -> None:
        if progress.get("status") != "started" or progress.get("postprocessor") != "Merger":
            return
        for path in (progress.get("info_dict") or {}).get("__files_to_merge") or ():
            with open(path, "rb") as file:  # noqa: PTH123
                if sniff(file.read(4096)) is None:
                    refuse("what came is no media file")

    return check


def _keep_info(order: Order, yt_dlp: Any, info: Any) -> None:
    entries = [one for one in info.get("entries") or () if one] or [info]
    version = yt_dlp.version.__version__
    told: list[Any] = [
        {key: value for key, value in yt_dlp.YoutubeDL.sanitize_info(one, remove_private_keys=True).items()
         if key not in _NOT_KEPT} for one in entries
    ]
    document = {"link": order.link, "fetched_by": f"yt-dlp {version}", "items": told}
    text = json.dumps(document, ensure_ascii=True, indent=1)
    if len(text) > _INFO_MOST:
        brief = [{key: one.get(key) for key in ("id", "title", "extractor", "webpage_url", "duration")} for one in told]
        text = json.dumps({**document, "items": brief}, ensure_ascii=True, indent=1)[:_INFO_MOST]
    with open(os.path.join(order.folder, INFO), "w", encoding="ascii") as file:  # noqa: PTH118, PTH123
        file.write(text)


_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_BEGGING = re.compile(
    r"[;.]?\s*(?:please report this issue on|Confirm you are on the latest|See\s+https?://\S*yt-dlp|Use --|"
    r"You might want to use|\(caused by <).*", re.IGNORECASE | re.DOTALL,
)
_PREFIX = re.compile(r"^(?:ERROR:\s*)?(?:\[[\w:+-]+\]\s*)?(?:[\w.%-]{1,80}:\s+(?=[A-Z\"']))?")


def clean(message: str) -> str:
    """Make one plain line of an error of yt-dlp's, without colours and advice on its command line."""
    text = _COLOURS.sub("", message)
    text = _PREFIX.sub("", text, count=1)
    text = _BEGGING.sub("", text)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())[:300] or "unknown error"


if __name__ == "__main__":
    main()
