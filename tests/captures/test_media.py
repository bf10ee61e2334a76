"""Media over real HTTP on loopback, with the real yt-dlp and the real ffmpeg."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from real_parts import lacking

from archiver.captures.media import MediaFailure, fetch_media
from archiver.captures.media_proof import flaw
from archiver.captures.ytdlp import clean
from archiver.clock import ManualClock
from archiver.demo import media
from archiver.errors import StorageError
from archiver.model import Capture, CaptureKind

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "<!doctype html><title>%s</title><video controls>%s</video>"


class Site:
    """A site whose pages are set by each test: path -> (media type, body), a status, or a function of the handler."""

    def __init__(self) -> None:
        self.pages: dict[str, object] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.asked.append(path)
                page = site.pages.get(path, 404)
                if callable(page):
                    page(self)
                    return
                status = page if isinstance(page, int) else 200
                kind, body = ("text/plain", b"no") if isinstance(page, int) else page
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    found = shutil.which("ffmpeg")
    if found is None or shutil.which("ffprobe") is None:
        lacking("ffmpeg is missing: apt-get install -y ffmpeg")
    return found


@pytest.fixture(scope="session")
def clips(ffmpeg, tmp_path_factory) -> Path:
    """Six seconds of a moving picture with a tone: as MP4 with the index in front, WebM, and HLS of two-second pieces."""
    folder = tmp_path_factory.mktemp("clips")
    source = [
        ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=6",
        "-f", "lavfi", "-i", "sine=frequency=440:duration=6", "-c:v", "libx264", "-g", "20", "-pix_fmt", "yuv420p", "-c:a", "aac",
    ]
    subprocess.run([*source, "-movflags", "+faststart", str(folder / "clip.mp4")], check=True)
    subprocess.run(
        [*source, "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod",
         "-hls_segment_filename", str(folder / "piece%d.ts"), str(folder / "list.m3u8")], check=True,
    )
    subprocess.run(
        [ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=6", "-c:v", "libvpx",
         str(folder / "clip.webm")], check=True,
    )
    return folder


def fetch(link: str, folder: Path, *, limit: int = 1_000_000, allow_private: bool = True, **more: object):
    return fetch_media(
        link, folder, limit=limit, clock=ManualClock(NOW), proxy="", ca_bundle="", allow_private=allow_private, **more,
    )


def left(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def refused(got: object, folder: Path) -> str:
    """Give the reason of a failure, which leaves nothing on the disk and is one plain line."""
    assert isinstance(got, MediaFailure), got
    assert left(folder) == []
    assert got.reason.isprintable()
    assert "report" not in got.reason
    return got.reason


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("clip.mp4", media.mp4(), "video/mp4"), ("clip.webm", media.webm(), "video/webm"),
    ("sound.mp3", media.mp3(), "audio/mpeg"),
])
def test_a_file_is_kept_byte_for_byte(site, tmp_path, name, content, kind):
    site.pages[f"/files/{name}"] = (kind, content)
    link = site.url(f"/files/{name}")

    captured, info = fetch(link, tmp_path)

    path = tmp_path / captured.path
    assert path.read_bytes() == content
    assert captured == Capture(
        link=link, kind=CaptureKind.MEDIA, at=NOW, path=captured.path, sha256=hashlib.sha256(content).hexdigest(),
        media_type=kind, size=len(content),
    )
    assert captured.path.startswith(f"media/127-0-0-1-files-{name.replace('.', '-')}-")
    assert captured.path.endswith(f"/01.{name.rpartition('.')[2]}")
    assert info.media_type == "application/json"
    assert info.sha256 == hashlib.sha256((tmp_path / info.path).read_bytes()).hexdigest()


def test_a_page_gives_its_video_its_subtitles_and_what_the_host_says_of_it(site, tmp_path):
    site.pages["/page"] = ("text/html", (PAGE % (
        "A title", '<source src="/clip.mp4" type="video/mp4"><track src="/words.vtt" kind="subtitles" srclang="en">',
    )).encode())
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4())
    site.pages["/words.vtt"] = ("text/vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")

    video, words, info = fetch(site.url("/page"), tmp_path)

    assert (tmp_path / video.path).read_bytes() == media.mp4()
    assert words.media_type == "text/vtt"
    told = json.loads((tmp_path / info.path).read_text())
    assert told["link"] == site.url("/page")
    assert told["items"][0]["title"].startswith("A title")
    assert str(tmp_path) not in json.dumps(told)
    assert "formats" not in told["items"][0]


def test_a_page_of_two_videos_gives_both(site, tmp_path):
    site.pages["/page"] = ("text/html", b'<title>Two</title><video src="/a.mp4"></video><video src="/b.webm"></video>')
    site.pages["/a.mp4"] = ("video/mp4", media.mp4())
    site.pages["/b.webm"] = ("video/webm", media.webm())
    assert [Path(one.path).name for one in fetch(site.url("/page"), tmp_path)] == ["01.mp4", "02.webm", "info.json"]


def test_subtitles_that_are_gone_do_not_matter(site, tmp_path):
    site.pages["/page"] = ("text/html", (PAGE % (
        "T", '<source src="/clip.mp4" type="video/mp4"><track src="/gone.vtt" kind="subtitles" srclang="en">',
    )).encode())
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4())
    assert [Path(one.path).name for one in fetch(site.url("/page"), tmp_path)] == ["01.mp4", "info.json"]


@pytest.mark.parametrize(("title", "language"), [
    ("../../../../evil", "../../evil"), ("/etc/evil", "/tmp/evil"), ("a\x00b", "-rf"), ("x" * 300, "y" * 300),
    ("CON", ".."), ("%(id)s", "\u202eevil"),
])
def test_a_title_never_becomes_a_path(site, tmp_path, title, language):
    site.pages["/page"] = ("text/html", (PAGE % (
        title, f'<source src="/clip.mp4" type="video/mp4"><track src="/w.vtt" kind="subtitles" srclang="{language}">',
    )).encode())
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4())
    site.pages["/w.vtt"] = ("text/vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    inside = tmp_path / "captures"
    got = fetch(site.url("/page"), inside)

    assert (inside / got[0].path).read_bytes() == media.mp4()
    assert left(tmp_path) == sorted(f"captures/{one.path}" for one in got)
    assert all(re.fullmatch(r"media/[a-z0-9-]+/(01(\.[A-Za-z0-9-]{1,20})?\.(mp4|vtt)|info\.json)", one.path) for one in got)


def test_the_same_link_again_leaves_the_earlier_copy_alone(site, tmp_path):
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4())
    first, second = fetch(site.url("/clip.mp4"), tmp_path)[0], fetch(site.url("/clip.mp4"), tmp_path)[0]
    assert first.path != second.path
    assert (tmp_path / first.path).read_bytes() == (tmp_path / second.path).read_bytes() == media.mp4()


def test_leftovers_of_a_killed_run_are_no_obstacle(site, tmp_path):
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4())
    digest = hashlib.sha256(site.url("/clip.mp4").encode()).hexdigest()[:12]
    leftover = tmp_path / "media" / f".unfinished-{digest}"
    leftover.mkdir(parents=True)
    (leftover / "01.mp4.part").write_bytes(b"half")
    got = fetch(site.url("/clip.mp4"), tmp_path)
    assert left(tmp_path) == sorted(one.path for one in got)


# ---------------------------------------------------------------- what is no copy


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_is_one_plain_line(site, tmp_path, status):
    site.pages["/clip.mp4"] = status
    assert str(status) in refused(fetch(site.url("/clip.mp4"), tmp_path), tmp_path)


def test_a_page_without_media_is_one_plain_line(site, tmp_path):
    site.pages["/page"] = ("text/html", b"<title>Nothing here</title><p>Words.")
    assert refused(fetch(site.url("/page"), tmp_path), tmp_path).startswith("Unsupported URL")


def test_an_error_page_under_the_name_of_a_video_is_no_copy(site, tmp_path):
    site.pages["/page"] = ("text/html", (PAGE % ("T", '<source src="/clip.mp4" type="video/mp4">')).encode())
    site.pages["/clip.mp4"] = ("video/mp4", b"<!doctype html><title>Sorry</title>This video was removed." + b" " * 900)
    assert refused(fetch(site.url("/page"), tmp_path), tmp_path) == "what came is a web page"


def test_an_empty_file_is_no_copy(site, tmp_path):
    site.pages["/page"] = ("text/html", (PAGE % ("T", '<source src="/clip.mp4" type="video/mp4">')).encode())
    site.pages["/clip.mp4"] = ("video/mp4", b"")
    assert refused(fetch(site.url("/page"), tmp_path), tmp_path)


def test_a_file_whose_server_breaks_off_is_no_copy(site, tmp_path):
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "video/mp4")
        handler.send_header("Content-Length", "865")
        handler.end_headers()
        handler.wfile.write(media.mp4()[:500])
        handler.close_connection = True

    site.pages["/clip.mp4"] = short
    assert refused(fetch(site.url("/clip.mp4"), tmp_path), tmp_path)


def test_a_video_that_the_server_itself_has_only_half_of_is_no_copy(site, tmp_path):
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4()[:500])
    assert refused(fetch(site.url("/clip.mp4"), tmp_path), tmp_path) == "the file was cut off"


def test_an_mp4_cut_anywhere_is_found_by_its_boxes(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")  # no ffmpeg
    path = tmp_path / "clip.mp4"
    path.write_bytes(media.mp4())
    assert flaw(path) is None
    whole = {0, *box_ends(media.mp4())}
    for size in range(12, len(media.mp4())):
        path.write_bytes(media.mp4()[:size])
        assert flaw(path) == (None if size in whole else "the file was cut off")


def box_ends(content: bytes) -> list[int]:
    ends = [0]
    while ends[-1] < len(content):
        ends.append(ends[-1] + int.from_bytes(content[ends[-1]:ends[-1] + 4], "big"))
    return ends[1:]


def test_without_ffmpeg_a_single_file_is_fetched_all_the_same(site, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4())
    video, _info = fetch(site.url("/clip.mp4"), tmp_path)
    assert (tmp_path / video.path).read_bytes() == media.mp4()


def test_a_file_over_the_limit_is_not_fetched(site, tmp_path):
    site.pages["/clip.mp4"] = ("video/mp4", media.mp4() + bytes(100_000))
    assert refused(fetch(site.url("/clip.mp4"), tmp_path, limit=50_000), tmp_path) == "it is larger than 50000 bytes"


def test_a_file_of_unknown_length_is_given_up_at_the_limit(site, tmp_path):
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "video/mp4")
        handler.end_headers()
        handler.wfile.write(media.mp4())
        try:
            while True:
                handler.wfile.write(bytes(10_000))
        except OSError:
            handler.close_connection = True

    site.pages["/clip.mp4"] = endless
    assert refused(fetch(site.url("/clip.mp4"), tmp_path, limit=50_000), tmp_path) == "it is larger than 50000 bytes"


def test_a_server_that_drips_is_given_up_at_the_deadline(site, tmp_path):
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            while not stop.wait(0.05):
                handler.wfile.write(b"<p>wait</p>")
        except OSError:
            handler.close_connection = True

    site.pages["/clip.mp4"] = drip
    reason = refused(fetch(site.url("/clip.mp4"), tmp_path, deadline=2.0), tmp_path)
    stop.set()
    assert reason.startswith("not done within 2 s")


# ---------------------------------------------------------------- private addresses


def test_a_private_address_is_refused(site, tmp_path):
    reason = refused(fetch(site.url("/clip.mp4"), tmp_path, allow_private=False), tmp_path)
    assert reason == "refused to connect to a private address"
    assert site.asked == []


def test_a_name_that_leads_to_a_private_address_is_refused_when_connecting(site, tmp_path):
    link = site.url("/clip.mp4").replace("127.0.0.1", "localhost")
    assert "refused to connect to a private address" in refused(fetch(link, tmp_path, allow_private=False), tmp_path)
    assert site.asked == []


@pytest.mark.parametrize("link", ["file:///etc/passwd", "ftp://example.org/clip.mp4", "rtmp://example.org/live", "-rf"])
def test_only_http_is_spoken(tmp_path, link):
    assert refused(fetch(link, tmp_path), tmp_path) == "only http and https are fetched"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/clip.mp4", "rtmp://127.0.0.1/live"])
def test_a_page_cannot_lead_to_another_protocol(site, tmp_path, target):
    site.pages["/page"] = ("text/html", (PAGE % ("T", f'<source src="{target}" type="video/mp4">')).encode())
    refused(fetch(site.url("/page"), tmp_path), tmp_path)


def test_a_proxy_may_stand_in_a_private_network(site, tmp_path):
    site.pages["http://video.example/clip.mp4"] = ("video/mp4", media.mp4())
    video, _info = fetch_media(
        "http://video.example/clip.mp4", tmp_path, limit=1_000_000, clock=ManualClock(NOW), proxy=site.url(""),
        ca_bundle="", allow_private=False,
    )
    assert (tmp_path / video.path).read_bytes() == media.mp4()


# ---------------------------------------------------------------- with ffmpeg


def serve(site: Site, clips: Path) -> None:
    for path in clips.iterdir():
        kind = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".mp4": "video/mp4"}.get(path.suffix, "video/webm")
        site.pages[f"/{path.name}"] = (kind, path.read_bytes())


def test_a_stream_in_pieces_becomes_one_file(site, clips, tmp_path):
    serve(site, clips)
    video, _info = fetch(site.url("/list.m3u8"), tmp_path)
    assert video.media_type == "video/mp2t"
    assert (tmp_path / video.path).read_bytes() == b"".join((clips / f"piece{n}.ts").read_bytes() for n in range(3))


def test_a_stream_with_a_missing_piece_is_no_copy(site, clips, tmp_path):
    serve(site, clips)
    site.pages["/piece1.ts"] = 404
    assert "404" in refused(fetch(site.url("/list.m3u8"), tmp_path), tmp_path)


def test_a_stream_with_an_empty_piece_is_no_copy(site, clips, tmp_path):
    serve(site, clips)
    site.pages["/piece1.ts"] = ("video/mp2t", b"")
    refused(fetch(site.url("/list.m3u8"), tmp_path), tmp_path)


def test_picture_and_sound_that_come_apart_are_merged(site, clips, ffmpeg, tmp_path):
    for flag, name in (("-an", "picture.mp4"), ("-vn", "sound.m4a")):
        subprocess.run([ffmpeg, "-v", "error", "-i", str(clips / "clip.mp4"), "-c", "copy", flag, str(tmp_path / name)], check=True)
        site.pages[f"/{name}"] = ("video/mp4", (tmp_path / name).read_bytes())
        (tmp_path / name).unlink()
    site.pages["/all.mpd"] = ("application/dash+xml", b"""<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT6S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
<Period><AdaptationSet mimeType="video/mp4"><Representation id="v" codecs="avc1.64000a" bandwidth="9000" width="64" height="48">
<BaseURL>picture.mp4</BaseURL></Representation></AdaptationSet>
<AdaptationSet mimeType="audio/mp4"><Representation id="a" codecs="mp4a.40.2" bandwidth="9000"><BaseURL>sound.m4a</BaseURL>
</Representation></AdaptationSet></Period></MPD>""")
    video, _info = fetch(site.url("/all.mpd"), tmp_path)
    streams = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", str(tmp_path / video.path)],
        capture_output=True, text=True, check=True,
    ).stdout.split()
    assert sorted(streams) == ["audio", "video"]


@pytest.mark.parametrize("name", ["clip.mp4", "clip.webm"])
def test_ffmpeg_finds_a_file_whole(clips, name):
    assert flaw(clips / name) is None


@pytest.mark.parametrize("name", ["clip.mp4", "clip.webm"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_ffmpeg_finds_a_file_cut_off(clips, tmp_path, name, part):
    content = (clips / name).read_bytes()
    (tmp_path / name).write_bytes(content[: int(len(content) * part)])
    assert flaw(tmp_path / name) == "the file was cut off"


def test_ffmpeg_finds_a_hole_in_a_stream(ffmpeg, tmp_path):
    subprocess.run(
        [ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=6", "-c:v", "libx264", "-g", "20",
         "-f", "hls", "-hls_time", "2", "-hls_segment_filename", str(tmp_path / "piece%d.ts"), str(tmp_path / "list.m3u8")],
        check=True,
    )
    whole = [(tmp_path / f"piece{number}.ts").read_bytes() for number in range(3)]
    (tmp_path / "whole.ts").write_bytes(b"".join(whole))
    (tmp_path / "hole.ts").write_bytes(whole[0] + whole[2])
    assert flaw(tmp_path / "whole.ts") is None
    assert flaw(tmp_path / "hole.ts") == "a piece is missing in the middle"


def test_a_damaged_video_is_found_by_decoding_it(clips, tmp_path):
    content = bytearray((clips / "clip.mp4").read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = os.urandom(2000)
    (tmp_path / "clip.mp4").write_bytes(content)
    assert flaw(tmp_path / "clip.mp4") == "the file is damaged: it cannot be played through"


# ---------------------------------------------------------------- words and disks


@pytest.mark.parametrize(("said", "line"), [
    ("\x1b[0;31mERROR:\x1b[0m [generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: Not Found>)",
     "Unable to download webpage: HTTP Error 404: Not Found"),
    ("ERROR: [youtube] dQw4w9WgXcQ: Video unavailable. This video has been removed", "Video unavailable. This video has been removed"),
    ("[vimeo] 1: Boom; please report this issue on  https://github.com/x/issues?q= , filling out the template. Confirm", "Boom"),
    ("two\nlines\tand a \x07bell", "two lines and a bell"),
    ("", "unknown error"),
])
def test_an_error_becomes_one_plain_line(said, line):
    assert clean(said) == line


def test_a_folder_that_cannot_be_written_stops_the_run(tmp_path):
    (tmp_path / "media").write_text("in the way")
    with pytest.raises(StorageError, match="cannot write it"):
        fetch("http://127.0.0.1:9/clip.mp4", tmp_path)
