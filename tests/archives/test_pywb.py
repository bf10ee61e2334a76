"""A real Memento archive, pywb, as a process of its own: TimeMap, TimeGate and the bytes as they were."""

from __future__ import annotations

import io
import os
import socket
import subprocess
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from real_parts import lacking

from archiver.archives.choose import choose
from archiver.archives.desk import open_archives
from archiver.clock import SystemClock
from archiver.config import ArchiveSettings, MementoArchive, WebSettings
from archiver.model import Answer, Lookup

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).resolve().parents[2]
_VENV = Path(os.environ.get("ARCHIVER_TESTS_PYWB", _HERE / ".venv-pywb"))
_COMMAND = "python3 -m venv .venv-pywb && .venv-pywb/bin/pip install pywb"
LINK = "http://harbour.demo/tides"
TIMES = [datetime(2009, 2, 3, 12, tzinfo=UTC), datetime(2014, 5, 3, 12, tzinfo=UTC), datetime(2018, 1, 1, 12, tzinfo=UTC)]

pytestmark = pytest.mark.xdist_group("pywb")


def body(moment: datetime) -> bytes:
    return f"<title>Tides</title><p>High water on {moment:%d %B %Y}.".encode()


def warc() -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    pages = [(LINK, moment, "200 OK", body(moment)) for moment in TIMES]
    pages += [(LINK, datetime(2020, 1, 1, tzinfo=UTC), "404 Not Found", b"gone"),
              ("http://harbour.demo/gone", TIMES[0], "404 Not Found", b"gone"),
              ("http://harbour.demo/a,b?c=d;e&f=%C3%A9", TIMES[1], "200 OK", b"odd")]
    for url, moment, status, content in pages:
        headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(
            url, "response", payload=io.BytesIO(content), length=len(content), http_headers=headers,
            warc_headers_dict={"WARC-Date": f"{moment:%Y-%m-%dT%H:%M:%SZ}"},
        ))
    return out.getvalue()


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start pywb over a WARC of our own, and give its address."""
    if not (_VENV / "bin" / "wayback").exists():
        lacking(f"no pywb in {_VENV.name}: {_COMMAND}")
    folder = tmp_path_factory.mktemp("pywb")
    (folder / "tides.warc.gz").write_bytes(warc())
    (folder / "config.yaml").write_text(
        "collections_root: collections\nenable_memento: true\nframed_replay: false\nredirect_to_exact: true\n"
    )
    environment = {"PATH": f"{_VENV / 'bin'}:/usr/bin:/bin", "HOME": str(folder)}
    for command in (["init", "tides"], ["add", "tides", "tides.warc.gz"]):
        subprocess.run([_VENV / "bin" / "wb-manager", *command], cwd=folder, env=environment, check=True, capture_output=True)
    port = _free_port()
    with (folder / "log").open("wb") as log, subprocess.Popen(
        [_VENV / "bin" / "wayback", "-b", "127.0.0.1", "-p", str(port), "-t", "4"], cwd=folder, env=environment,
        stdout=log, stderr=log,
    ) as process:
        try:
            _await(process, port, folder / "log")
            yield f"http://127.0.0.1:{port}/tides"
        finally:
            process.terminate()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    clock = SystemClock()
    end = clock.monotonic() + 60
    while clock.monotonic() < end and process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        clock.sleep(0.1)
    pytest.fail(f"pywb did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def find(pywb: str, link: str = LINK, near: date | None = None, **templates: str) -> Lookup:
    settings = ArchiveSettings(internet_archive=False, memento=(
        MementoArchive(name="ours", **{name: pywb + template for name, template in templates.items()}),
    ))
    (lookup,) = open_archives(settings, WebSettings(), SystemClock(), None).find(link, near=near)
    return lookup


DOORS = [
    {"timemap": "/timemap/link/{url}"}, {"timemap": "/timemap/json/{url}"}, {"timemap": "/cdx?url={url}&output=json"},
    {"timemap": "/timemap/cdxj/{url}"}, {"timegate": "/{url}"},
    {"timemap": "/timemap/link/{url}", "timegate": "/{url}"},
]


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_the_copy_of_the_cited_day_is_found_through_every_door(pywb: str, door: dict[str, str]) -> None:
    lookup = find(pywb, near=date(2014, 12, 24), **door)
    assert lookup.answer is Answer.FOUND
    chosen = choose(lookup.snapshots, date(2014, 12, 24))
    assert chosen is not None
    assert chosen.taken == TIMES[1]
    assert chosen.url.endswith(f"/tides/20140503120000/{LINK}") or chosen.url.endswith(f"/tides/20140503120000mp_/{LINK}")
    assert chosen.original == LINK


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_what_pywb_does_not_hold_is_none_or_unknown_but_never_found(pywb: str, door: dict[str, str]) -> None:
    lookup = find(pywb, link="http://harbour.demo/never", **door)
    assert lookup.answer in (Answer.NONE, Answer.UNKNOWN)
    if door.get("timemap") == "/timemap/link/{url}" or "timegate" in door:
        assert lookup.answer is Answer.NONE


def test_addresses_with_odd_signs_are_found(pywb: str) -> None:
    link = "http://harbour.demo/a,b?c=d;e&f=%C3%A9"
    for door in DOORS:
        lookup = find(pywb, link=f"{link}#fragment", near=date(2014, 12, 24), **door)
        assert [one.taken for one in lookup.snapshots] == [TIMES[1]], door


def test_a_copy_of_an_error_page_is_no_good_copy_where_the_archive_tells_the_status(pywb: str) -> None:
    for door in ({"timemap": "/timemap/json/{url}"}, {"timegate": "/{url}"}):
        assert find(pywb, link="http://harbour.demo/gone", **door).snapshots == ()


def test_the_bytes_of_a_found_copy_are_those_that_were_kept(pywb: str) -> None:
    import requests

    for one in find(pywb, timemap="/timemap/link/{url}").snapshots[:3]:
        raw = one.url.replace("mp_/", "/").replace(f"/{LINK}", f"id_/{LINK}")
        assert requests.get(raw, timeout=20).content == body(one.taken)
