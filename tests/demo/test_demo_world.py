"""The demo world speaks as its scripts say: through the proxy, over TLS, in bad manners, day by day."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests

from archiver.demo.answers import Reply, by_day, file, page
from archiver.demo.cases import CASES, case
from archiver.demo.media import mp4
from archiver.demo.script import Reach
from archiver.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.clock import ManualClock


def speak(world: World, request: str, *, timeout: float = 5) -> bytes:
    """Send bytes to the proxy and give all that comes back."""
    with socket.create_connection(("127.0.0.1", urlsplit(world.proxy).port or 0), timeout=timeout) as connection:
        connection.sendall(request.encode("latin-1"))
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


@pytest.fixture
def browser(world: World) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": world.proxy, "https": world.proxy}
        session.verify = str(world.ca_bundle)
        yield session


def test_an_absolute_address_is_answered_by_its_site(world: World) -> None:
    answer = speak(world, "GET http://gazette.demo/2011/12/bridge HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\nDate: Mon, 02 Mar 2026 05:17:00 GMT\r\n")
    assert b"Content-Type: text/html; charset=utf-8" in head
    assert b"<h1>The bridge that opened without a speech</h1>" in body


def test_an_address_over_tls_is_answered_by_its_site(browser: requests.Session) -> None:
    answer = browser.get("https://gazette.demo/2012/01/ferry", timeout=5)
    assert answer.status_code == 200
    assert "<h1>The ferry nobody mentioned</h1>" in answer.text


def test_a_tunnel_to_port_80_speaks_plain_http(world: World) -> None:
    answer = speak(world, "CONNECT gazette.demo:80 HTTP/1.1\r\n\r\nGET /2014/06/withdrawn HTTP/1.0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 410 Gone\r\n")


@pytest.mark.parametrize(("host", "status", "reason"), [
    ("nobody-ever.demo", 502, 'demo; error=dns_error; rcode="NXDOMAIN"'),
    ("resolver-fails.demo", 502, 'demo; error=dns_error; rcode="SERVFAIL"'),
    ("refused.demo", 502, "demo; error=connection_refused"),
    ("unreachable.demo", 504, "demo; error=connection_timeout"),
    ("terminated.demo", 502, "demo; error=connection_terminated"),
])
@pytest.mark.parametrize("tls", [False, True])
def test_a_host_that_cannot_be_reached_is_explained(
    world: World, host: str, status: int, reason: str, tls: bool,
) -> None:
    asked = f"CONNECT {host}:443" if tls else f"GET http://{host}/"
    answer = speak(world, f"{asked} HTTP/1.1\r\nConnection: close\r\n\r\n").decode()
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert f"\r\nProxy-Status: {reason}\r\n" in answer


def test_offline_no_name_resolves(world: World, browser: requests.Session) -> None:
    world.offline = True
    assert browser.get("http://example.com/", timeout=5).headers["Proxy-Status"] == (
        'demo; error=dns_error; rcode="SERVFAIL"'
    )
    world.offline = False
    assert browser.get("http://example.com/", timeout=5).status_code == 200


def test_the_archive_stands_on_its_own_hosts(browser: requests.Session) -> None:
    answer = browser.get(
        "https://web.archive.org/cdx/search/cdx?url=tidewater-gazette.demo/2009/02/ferry-stops&output=json", timeout=5,
    )
    assert [row[1] for row in answer.json()[1:]] == ["20090602083000", "20160119210500"]


def test_days_pass_by_the_clock(world: World, clock: ManualClock, browser: requests.Session) -> None:
    world.sites.put("http://calendar.demo/", by_day({0: page("first"), 2: page("second", status=410)}))
    world.sites["door.demo"].reach = lambda day: Reach.ANSWERS if day < 2 else Reach.REFUSED
    assert browser.get("http://calendar.demo/", timeout=5).text == "first"
    assert browser.get("http://door.demo/", timeout=5).status_code == 200
    clock.advance(timedelta(days=2))
    assert browser.get("http://calendar.demo/", timeout=5).status_code == 410
    assert browser.get("http://door.demo/", timeout=5).status_code == 502


def test_a_story_can_begin_in_the_middle(clock: ManualClock) -> None:
    with World(clock, day=30) as world:
        world.sites.put("http://calendar.demo/", by_day({0: page("first"), 30: page("late")}))
        assert speak(world, "GET http://calendar.demo/ HTTP/1.0\r\n\r\n").endswith(b"late")


def test_by_day_wants_to_know_how_it_begins() -> None:
    with pytest.raises(ValueError, match="from day 0 on"):
        by_day({3: page("late")})


def test_every_request_is_remembered(world: World, browser: requests.Session) -> None:
    browser.post("https://gazette.demo/letters?to=editor", data=b"Sir,", headers={"X-Ink": "blue"}, timeout=5)
    (seen,) = world.requests
    assert (seen.method, seen.url, seen.body) == ("POST", "https://gazette.demo/letters?to=editor", b"Sir,")
    assert ("X-Ink", "blue") in seen.headers
    assert seen.at == world.now()


def test_a_connection_carries_several_requests(world: World) -> None:
    first = "GET http://notes.demo/bell HTTP/1.1\r\n\r\n"
    answer = speak(world, first + first.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert answer.count(b"Cast in 1871") == 2


def test_head_gets_the_length_without_the_body(world: World) -> None:
    answer = speak(world, "HEAD http://films.demo/quay.mp4 HTTP/1.0\r\n\r\n")
    assert b"\r\nContent-Length: 865\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(("wanted", "status", "where", "length"), [
    ("bytes=0-9", 206, "bytes 0-9/865", 10),
    ("bytes=860-", 206, "bytes 860-864/865", 5),
    ("bytes=-3", 206, "bytes 862-864/865", 3),
    ("bytes=800-2000", 206, "bytes 800-864/865", 65),
    ("bytes=865-", 416, "bytes */865", 0),
    ("bytes=2-1", 416, "bytes */865", 0),
    ("pages=1-2", 200, None, 865),
    ("bytes=a-b", 200, None, 865),
])
def test_a_file_is_served_in_ranges(
    browser: requests.Session, wanted: str, status: int, where: str | None, length: int,
) -> None:
    answer = browser.get("http://films.demo/quay.mp4", headers={"Range": wanted}, timeout=5)
    assert (answer.status_code, answer.headers.get("Content-Range"), len(answer.content)) == (status, where, length)


def test_a_range_holds_the_bytes_it_names(world: World, browser: requests.Session) -> None:
    world.sites.put("http://films.demo/letters", file(b"abcdefghij", "text/plain"))
    assert browser.get("http://films.demo/letters", headers={"Range": "bytes=2-4"}, timeout=5).content == b"cde"


def test_a_body_may_come_in_chunks_and_be_asked_for_first(world: World) -> None:
    answer = speak(
        world, "POST http://letters.demo/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n"
        "Connection: close\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: 1\r\n\r\n",
    )
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 502 ")


@pytest.mark.parametrize("request_", [
    "nonsense\r\n\r\n", "GET ftp://gazette.demo/ HTTP/1.1\r\n\r\n", "GET http:///x HTTP/1.1\r\n\r\n",
    "CONNECT gazette.demo HTTP/1.1\r\n\r\n", "GET http://gazette.demo/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "GET http://gazette.demo/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET http://gazette.demo:x/ HTTP/1.1\r\n\r\n", "GET http://gazette.demo/ HTTP/1.1\r\nX: " + "y" * 70000,
])
def test_what_is_no_request_is_refused(world: World, request_: str) -> None:
    assert speak(world, request_).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_a_person_who_opens_the_proxy_sees_its_sites(world: World) -> None:
    answer = speak(world, "GET / HTTP/1.0\r\n\r\n").decode()
    assert "<h1>The demo world</h1>" in answer
    assert 'href="http://gazette.demo/2014/05/vanished"' in answer


# ---------------------------------------------------------------- bad manners


def test_a_reset_comes_instead_of_an_answer(world: World) -> None:
    with pytest.raises(ConnectionResetError):
        speak(world, "GET http://reset.demo/essay HTTP/1.1\r\n\r\n")


def test_a_reset_comes_in_the_middle(world: World) -> None:
    with pytest.raises(ConnectionResetError):
        speak(world, "GET http://reset-later.demo/essay HTTP/1.1\r\n\r\n")


def test_a_server_hangs_up_without_a_byte(world: World) -> None:
    assert speak(world, "GET http://hangs-up.demo/essay HTTP/1.1\r\n\r\n") == b""


def test_a_server_says_nothing(world: World) -> None:
    with pytest.raises(TimeoutError):
        speak(world, "GET http://silent.demo/essay HTTP/1.1\r\n\r\n", timeout=0.2)


def test_half_of_a_page_and_then_the_end(browser: requests.Session) -> None:
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        browser.get("http://cut.demo/essay", timeout=5)


@pytest.mark.parametrize(("host", "least"), [("stalls.demo", 500), ("drips.demo", 1)])
def test_a_page_that_does_not_come_to_its_end(world: World, host: str, least: int) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(world.proxy).port or 0), timeout=0.3) as connection:
        connection.sendall(f"GET http://{host}/essay HTTP/1.1\r\n\r\n".encode())
        got = bytearray()
        with pytest.raises(TimeoutError):
            _read_into(got, connection)
    head, _, body = bytes(got).partition(b"\r\n\r\n")
    promised = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
    assert least <= len(body) < promised


def _read_into(got: bytearray, connection: socket.socket) -> None:
    while piece := connection.recv(65536):
        got += piece


def test_a_server_babbles(world: World) -> None:
    assert not speak(world, "GET http://babbles.demo/essay HTTP/1.1\r\n\r\n").startswith(b"HTTP/")


def test_the_bomb_is_small_and_decodes_to_200_megabytes(world: World) -> None:
    answer = speak(world, "GET http://bomb.demo/essay HTTP/1.0\r\n\r\n")
    head, _, chunked = answer.partition(b"\r\n\r\n")
    assert b"\r\nContent-Encoding: gzip\r\n" in head
    packed = b"".join(_chunks(chunked))
    assert len(packed) < 300_000
    unpacker = zlib.decompressobj(31)
    size, first = 0, b""
    piece = unpacker.decompress(packed, 1_000_000)
    while piece:
        first, size = first or piece, size + len(piece)
        piece = unpacker.decompress(unpacker.unconsumed_tail, 1_000_000)
    assert b"<h1>A boat every hour</h1>" in first
    assert 200_000_000 < size < 200_010_000
    assert unpacker.eof


def _chunks(body: bytes) -> Iterator[bytes]:
    while body:
        length, _, rest = body.partition(b"\r\n")
        yield rest[: int(length, 16)]
        body = rest[int(length, 16) + 2 :]


# ---------------------------------------------------------------- TLS


@pytest.mark.parametrize("host", ["self-signed", "expired", "wrong-name", "old-tls", "plain-on-443"])
def test_a_bad_certificate_is_not_believed(browser: requests.Session, host: str) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        browser.get(f"https://{host}.demo/essay", timeout=5)


@pytest.mark.parametrize("host", ["self-signed", "expired", "wrong-name"])
def test_behind_a_bad_certificate_stands_the_page(world: World, host: str) -> None:
    careless = ssl.create_default_context()
    careless.check_hostname = False
    careless.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", urlsplit(world.proxy).port, timeout=5, context=careless)
    connection.set_tunnel(f"{host}.demo", 443)
    connection.request("GET", "/essay")
    with connection.getresponse() as answer:
        assert b"<h1>A boat every hour</h1>" in answer.read()
    connection.close()


@pytest.mark.skipif(shutil.which("curl") is None, reason="install curl")
def test_curl_finds_its_way(world: World) -> None:
    done = subprocess.run(
        ["curl", "-sS", "-x", world.proxy, "--cacert", world.ca_bundle, "https://library.demo/report.pdf"],
        capture_output=True, timeout=10, check=True,
    )
    assert done.stdout.startswith(b"%PDF-1.4")


# ---------------------------------------------------------------- the cast


_IN_MANNER = [one for one in CASES if one.name not in {
    "reset", "hangs-up", "reset-later", "cut", "silent", "stalls", "drips", "babbles", "huge", "gzip-bomb", "cut-once",
    "reset-once",
} and not one.name.startswith("wire-") and one.face == "trusted"]


@pytest.mark.parametrize("one", _IN_MANNER, ids=lambda one: one.name)
def test_a_case_answers_as_a_whole(browser: requests.Session, world: World, one: object) -> None:
    assert one in CASES
    url = one.url  # type: ignore[attr-defined]
    reach = world.reach(urlsplit(url).hostname or "")
    if reach is not Reach.ANSWERS and url.startswith("https:"):
        with pytest.raises(requests.exceptions.ProxyError):
            browser.get(url, allow_redirects=False, timeout=5)
        return
    answer = browser.get(url, allow_redirects=False, timeout=5)
    assert ("Proxy-Status" in answer.headers) is (reach is not Reach.ANSWERS)


def test_names_of_cases_and_their_addresses_are_unique() -> None:
    assert len({one.name for one in CASES}) == len(CASES)
    assert len({one.url for one in CASES}) == len(CASES)
    assert case("not-found").url == "http://gazette.demo/2014/05/vanished"


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="install ffmpeg")
@pytest.mark.parametrize("name", ["quay.mp4", "quay.webm", "bell.mp3"])
def test_the_media_are_real(browser: requests.Session, name: str) -> None:
    data = browser.get(f"http://films.demo/{name}", timeout=5).content
    probed = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", "-"],
        input=data, capture_output=True, timeout=20, check=True,
    )
    assert probed.stderr == b""


def test_an_article_may_be_compressed(browser: requests.Session) -> None:
    answer = browser.get("http://gazette.demo/2012/02/tides", stream=True, timeout=5)
    assert b"Tide tables" in gzip.decompress(answer.raw.read(decode_content=False))


# ---------------------------------------------------------------- beginning and end


def test_the_world_leaves_nothing(clock: ManualClock) -> None:
    before = threading.active_count()
    with World(clock) as world:
        folder = world.folder
        assert world.ca_bundle.read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert not folder.exists()
    assert threading.active_count() == before


def test_the_world_ends_while_clients_wait(clock: ManualClock) -> None:
    with World(clock) as world:
        connection = socket.create_connection(("127.0.0.1", urlsplit(world.proxy).port or 0), timeout=5)
        connection.sendall(b"GET http://silent.demo/essay HTTP/1.1\r\n\r\n")
    with connection, suppress(ConnectionResetError):
        assert connection.recv(1) == b""


def test_a_world_can_keep_its_files(clock: ManualClock, tmp_path: object) -> None:
    with World(clock, folder=tmp_path / "world") as world:  # type: ignore[operator]
        assert world.settings()["web.ca_bundle"] == str(world.ca_bundle)
    assert world.ca_bundle.exists()


def test_a_world_that_has_not_begun_has_no_address(clock: ManualClock) -> None:
    with pytest.raises(RuntimeError, match="not begun"):
        World(clock).settings()


def test_a_broken_script_is_told_at_the_end(clock: ManualClock) -> None:
    def broken(ask: object) -> Reply:
        raise ZeroDivisionError("in the script")

    def visit() -> None:
        with World(clock) as world:
            world.sites.put("http://broken-script.demo/", broken)
            assert speak(world, "GET http://broken-script.demo/ HTTP/1.0\r\n\r\n") == b""

    with pytest.raises(ZeroDivisionError, match="in the script"):
        visit()


def test_the_environment_says_the_same_as_the_settings(world: World) -> None:
    assert world.environment() == {
        "ARCHIVER_WEB_PROXY": world.proxy, "ARCHIVER_WEB_CA_BUNDLE": str(world.ca_bundle),
        "ARCHIVER_WEB_INTERVAL": "0.0", "ARCHIVER_WEB_TIMEOUT": "5.0",
        "ARCHIVER_ARCHIVES_CLOCKS": str(world.folder / "clocks"),
    }


def test_a_film_plays_from_the_story(browser: requests.Session) -> None:
    assert browser.get("https://film-club.demo/launch.mp4", timeout=5).content == mp4()


@pytest.mark.parametrize(("fate", "kept"), [("demoAlive01", True), ("demoRemoved", False), ("demoPrivate", False)])
def test_yt_dlp_takes_the_video_host_for_real(world: World, tmp_path: Path, fate: str, kept: bool) -> None:
    subprocess.run(
        [sys.executable, "-m", "yt_dlp", "--ignore-config", "--no-cache-dir", "--compat-options", "no-certifi",
         "--proxy", world.proxy, "-o", "film.%(ext)s", f"https://www.youtube.com/watch?v={fate}"],
        cwd=tmp_path, env={**os.environ, "SSL_CERT_FILE": str(world.ca_bundle)}, capture_output=True, timeout=60,
    )
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([mp4()] if kept else [])
