"""What stands in the WARC, read back with warcio's own reader."""

from __future__ import annotations

import base64
import gzip
import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator

from archiver.captures.warc import Earlier, WarcFile
from archiver.clock import ManualClock
from archiver.errors import StorageError
from archiver.model import Capture, CaptureKind, FailureKind
from archiver.web.exchange import Certificate, Exchange, Failure, Hop, Request, Timings

START = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
PAGE = "https://example.org/article"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\n"
ASKED = b"GET /article HTTP/1.1\r\nHost: example.org\r\nUser-Agent: archiver\r\n\r\n"


def hop(url: str = PAGE, **changes: object) -> Hop:
    plain = Hop(
        url=url, started=START, request_head=ASKED, head=HEAD, status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),), body=b"hello", decoded=b"hello",
        peer="93.184.216.34", timings=Timings(total=0.25),
    )
    return replace(plain, **changes)


def answer(*hops: Hop, url: str = PAGE) -> Exchange:
    return Exchange(request=Request(url=url), hops=hops)


def open_warc(folder: Path, earlier=lambda _url, _sha256: None, run_id: str = "run-1", **more: str) -> WarcFile:
    return WarcFile(
        folder, run_id, ManualClock(START), software="archiver/0.1", operator="me@example.org", earlier=earlier, **more,
    )


def write(folder: Path, *answers: Exchange | Failure, link: str = PAGE, **more) -> tuple[Capture, ...]:
    with open_warc(folder, **more) as warc:
        return warc.append(link, answers)


def read(path: Path) -> list[dict[str, object]]:
    """Give each record: WARC headers in lower case, block, and for responses the body as warcio finds it."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):
            headers = {name.lower(): value for name, value in record.rec_headers.headers}
            found.append({**headers, "block": record.raw_stream.read()})
    return found


def kinds(path: Path) -> list[str]:
    return [str(record["warc-type"]) for record in read(path)]


def of_kind(path: Path, kind: str) -> list[dict[str, object]]:
    return [record for record in read(path) if record["warc-type"] == kind]


def check(path: Path) -> None:
    """Let warcio and gzip judge the file."""
    warcio = [sys.executable, "-W", "ignore", "-m", "warcio.cli", "check", "-v", str(path)]
    done = subprocess.run(warcio, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed" not in done.stdout
    assert subprocess.run(["gzip", "-t", str(path)], capture_output=True).returncode == 0


def base32(algorithm: str, data: bytes) -> str:
    return f"{algorithm}:{base64.b32encode(hashlib.new(algorithm, data).digest()).decode()}"


def test_one_page_gives_a_warcinfo_a_response_a_request_and_a_metadata_record(tmp_path):
    write(tmp_path, answer(hop()))

    path = tmp_path / "run-1.warc.gz"
    assert kinds(path) == ["warcinfo", "response", "request", "metadata"]
    check(path)


def test_the_file_appears_with_the_first_record(tmp_path):
    folder = tmp_path / "not" / "there"
    with open_warc(folder) as warc:
        assert not folder.exists()
        warc.append(PAGE, (answer(hop()),))
        assert (folder / "run-1.warc.gz").exists()
    assert sorted(one.name for one in folder.iterdir()) == ["run-1.warc.gz"]


def test_the_warcinfo_says_who_made_the_file_with_what(tmp_path):
    write(tmp_path, answer(hop()), robots="ignore")

    [info] = of_kind(tmp_path / "run-1.warc.gz", "warcinfo")
    assert info["warc-filename"] == "run-1.warc.gz"
    assert info["block"] == (
        b"software: archiver/0.1\r\nformat: WARC File Format 1.1\r\n"
        b"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        b"operator: me@example.org\r\nrobots: ignore\r\nisPartOf: run-1\r\n"
    )


def test_a_response_holds_the_bytes_that_came(tmp_path):
    write(tmp_path, answer(hop()))

    [response] = of_kind(tmp_path / "run-1.warc.gz", "response")
    assert response["block"] == HEAD + b"hello"
    assert response["warc-target-uri"] == PAGE
    assert response["warc-date"] == "2026-03-01T12:00:00.123456Z"
    assert response["warc-ip-address"] == "93.184.216.34"
    assert response["content-type"] == "application/http;msgtype=response"
    assert response["warc-payload-digest"] == base32("sha1", b"hello")
    assert response["warc-block-digest"] == base32("sha256", HEAD + b"hello")
    assert "warc-truncated" not in response


def test_a_request_belongs_to_its_response(tmp_path):
    write(tmp_path, answer(hop()))

    path = tmp_path / "run-1.warc.gz"
    [response], [request] = of_kind(path, "response"), of_kind(path, "request")
    assert request["block"] == ASKED
    assert request["warc-concurrent-to"] == response["warc-record-id"]
    assert request["content-type"] == "application/http;msgtype=request"
    assert request["warc-date"] == response["warc-date"]


def test_metadata_tells_what_was_learned_beside_the_bytes(tmp_path):
    seen = hop(
        http_version="2", tls_untrusted=True, tls_detail="self-signed\r\ncertificate",
        certificate=Certificate(subject="CN=example.org", issuer="CN=nobody", expires="2027-01-01"),
    )
    write(tmp_path, answer(seen), link=f"{PAGE}#part")

    path = tmp_path / "run-1.warc.gz"
    [response], [metadata] = of_kind(path, "response"), of_kind(path, "metadata")
    assert metadata["warc-refers-to"] == response["warc-record-id"]
    assert metadata["block"].decode().splitlines() == [
        "via: https://example.org/article#part", "fetchTimeMs: 250", "httpVersion: 2",
        f"decodedDigest: sha256:{hashlib.sha256(b'hello').hexdigest()}", "tlsUntrusted: self-signed certificate",
        "tlsSubject: CN=example.org", "tlsIssuer: CN=nobody", "tlsExpires: 2027-01-01",
    ]


def test_a_capture_points_at_its_record(tmp_path):
    [capture] = write(tmp_path, answer(hop(body=b"packed", decoded=b"unpacked")))

    path = tmp_path / capture.path
    with path.open("rb") as file:
        file.seek(capture.offset)
        record = next(iter(ArchiveIterator(file)))
        assert record.rec_headers.get_header("WARC-Record-ID") == capture.record_id
        assert record.raw_stream.read() == b"packed"
    assert capture == Capture(
        link=PAGE, kind=CaptureKind.PAGE, at=START, path="run-1.warc.gz",
        sha256=hashlib.sha256(b"unpacked").hexdigest(), media_type="text/html", size=8,
        record_id=capture.record_id, offset=capture.offset,
    )


def test_every_redirect_is_a_record_and_the_page_behind_it_the_capture(tmp_path):
    moved = hop(
        "https://example.org/old", status=301, body=b"",
        head=b"HTTP/1.1 301 Moved Permanently\r\nLocation: /article\r\nContent-Length: 0\r\n\r\n", decoded=b"",
    )
    old = "https://example.org/old"
    [capture] = write(tmp_path, answer(moved, hop(), url=old), link=old)

    path = tmp_path / "run-1.warc.gz"
    assert kinds(path) == ["warcinfo", *["response", "request", "metadata"] * 2]
    assert [one["warc-target-uri"] for one in of_kind(path, "response")] == [old, PAGE]
    assert capture.link == old
    assert capture.record_id == of_kind(path, "response")[1]["warc-record-id"]
    check(path)


@pytest.mark.parametrize("status", [404, 410, 403, 429, 503])
def test_an_error_page_is_recorded_and_is_no_copy_of_the_link(tmp_path, status):
    head = b"HTTP/1.1 %d Sorry\r\nContent-Length: 5\r\n\r\n" % status
    assert write(tmp_path, answer(hop(status=status, head=head))) == ()
    assert of_kind(tmp_path / "run-1.warc.gz", "response")[0]["block"] == head + b"hello"


def test_an_answer_for_another_address_is_recorded_and_is_no_copy_of_the_link(tmp_path):
    oembed = "https://example.org/oembed?url=x"
    assert write(tmp_path, answer(hop(oembed), url=oembed)) == ()
    assert of_kind(tmp_path / "run-1.warc.gz", "response")[0]["warc-target-uri"] == oembed


def test_where_a_page_sends_its_readers_is_a_copy_too(tmp_path):
    refresh, onward = answer(hop()), "https://example.org/new"
    with open_warc(tmp_path) as warc:
        captures = warc.append(PAGE, (refresh, answer(hop(onward, body=b"there"), url=onward)), final_url=f"{onward}#x")
    targets = {one["warc-record-id"]: one["warc-target-uri"] for one in of_kind(tmp_path / "run-1.warc.gz", "response")}
    assert [(one.link, targets[one.record_id]) for one in captures] == [(PAGE, PAGE), (PAGE, onward)]


def test_the_first_bytes_of_a_video_are_no_copy_of_it(tmp_path):
    ranged = Request(url=PAGE, headers={"Range": "bytes=0-1023"})
    partial = hop(status=206, head=b"HTTP/1.1 206 Partial Content\r\n\r\n")
    assert write(tmp_path, Exchange(request=ranged, hops=(partial,)), Exchange(request=ranged, hops=(hop(),))) == ()


def test_an_empty_page_is_no_copy(tmp_path):
    assert write(tmp_path, answer(hop(body=b"", decoded=b""))) == ()
    check(tmp_path / "run-1.warc.gz")


@pytest.mark.parametrize("reason", ["length", "time", "disconnect"])
def test_what_was_cut_off_is_called_truncated(tmp_path, reason):
    [capture] = write(tmp_path, answer(hop(truncated=reason, body=b"hel", decoded=b"hel")))

    [response] = of_kind(tmp_path / "run-1.warc.gz", "response")
    assert response["warc-truncated"] == reason
    assert capture.truncated == reason
    # A reader that believed the length would wait for bytes that never come.
    assert b"\r\nX-Archive-Orig-Content-Length: 5\r\n" in response["block"]
    check(tmp_path / "run-1.warc.gz")


def failure(*hops: Hop, kind: FailureKind = FailureKind.RESET, url: str = PAGE) -> Failure:
    return Failure(request=Request(url=PAGE), at=START, kind=kind, detail="the line went dead", url=url, hops=hops)


@pytest.mark.parametrize(
    ("kind", "reason"), [(FailureKind.RESET, "disconnect"), (FailureKind.TIMEOUT, "time")],
)
def test_half_an_answer_is_kept_as_truncated(tmp_path, kind, reason):
    [capture] = write(tmp_path, failure(hop(body=b"he", decoded=b"he"), kind=kind))

    path = tmp_path / "run-1.warc.gz"
    assert of_kind(path, "response")[0]["warc-truncated"] == reason
    assert capture.truncated == reason
    assert f"failure: {kind.value}: the line went dead\r\n".encode() in of_kind(path, "metadata")[0]["block"]
    check(path)


def test_a_head_without_a_body_is_recorded_and_gives_no_capture(tmp_path):
    assert write(tmp_path, failure(hop(body=b"", decoded=b""))) == ()
    assert of_kind(tmp_path / "run-1.warc.gz", "response")[0]["warc-truncated"] == "disconnect"


def test_a_redirect_to_a_dead_host_is_complete(tmp_path):
    moved = hop(status=302, head=b"HTTP/1.1 302 Found\r\nLocation: https://gone.example/\r\n\r\n", body=b"")
    assert write(tmp_path, failure(moved, kind=FailureKind.REFUSED, url="https://gone.example/")) == ()

    path = tmp_path / "run-1.warc.gz"
    assert "warc-truncated" not in of_kind(path, "response")[0]
    assert b"failedUrl: https://gone.example/\r\n" in of_kind(path, "metadata")[0]["block"]


def test_a_failure_without_any_answer_leaves_no_file(tmp_path):
    assert write(tmp_path, failure(kind=FailureKind.NO_SUCH_HOST)) == ()
    assert list(tmp_path.iterdir()) == []


def test_through_a_proxy_no_address_is_claimed(tmp_path):
    write(tmp_path, answer(hop(peer=None)))
    assert all("warc-ip-address" not in record for record in read(tmp_path / "run-1.warc.gz"))


def test_an_ipv6_peer_is_written_bare(tmp_path):
    write(tmp_path, answer(hop(peer="[2001:db8::1]")))
    assert of_kind(tmp_path / "run-1.warc.gz", "response")[0]["warc-ip-address"] == "2001:db8::1"


# ---------------------------------------------------------------- heads


def head_kept(tmp_path: Path, head: bytes, body: bytes = b"hello", **more: object) -> bytes:
    write(tmp_path, answer(hop(head=head, body=body, **more)))
    path = tmp_path / "run-1.warc.gz"
    check(path)
    block = of_kind(path, "response")[0]["block"]
    assert block.endswith(body)
    return block.removesuffix(body)


def test_a_head_survives_with_duplicates_odd_bytes_and_bare_line_feeds(tmp_path):
    odd = (
        b"HTTP/1.1 200 D'accord \xe9\r\nset-cookie: a=1\r\nSet-Cookie: a=1\nX-Latin: caf\xe9\r\nX-Utf8: caf\xc3\xa9\r\n"
        b"no colon here\r\nFolded: one\r\n\ttwo\r\nX-Nul: \x00\x01\rz\r\nContent-Length: 5\r\n\r\n"
    )
    assert head_kept(tmp_path, odd) == odd


def test_a_head_of_bare_line_feeds_stays_one(tmp_path):
    bare = b"HTTP/1.0 200 OK\nContent-Type: text/plain\nContent-Length: 5\n\n"
    assert head_kept(tmp_path, bare) == bare


def test_the_transfer_coding_is_gone_and_its_header_is_renamed(tmp_path):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\ncontent-encoding: gzip\r\n\r\n"
    assert head_kept(tmp_path, head, gzip.compress(b"hello", mtime=0)) == (
        b"HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\ncontent-encoding: gzip\r\n\r\n"
    )


def test_http2_is_written_with_a_status_line_that_readers_know(tmp_path):
    head = b"HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n"
    assert head_kept(tmp_path, head, http_version="2") == b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n"


def test_a_status_line_that_is_not_http_is_kept_as_a_header(tmp_path):
    head = b"ICY 200 OK\r\nicy-name: radio\r\n\r\n"
    assert head_kept(tmp_path, head) == (
        b"HTTP/1.1 200 OK\r\nX-Archive-Orig-Status-Line: ICY 200 OK\r\nicy-name: radio\r\n\r\n"
    )


def test_early_hints_are_left_out(tmp_path):
    assert head_kept(tmp_path, b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + HEAD) == HEAD


def test_a_head_that_was_cut_off_gets_its_end(tmp_path):
    assert head_kept(tmp_path, b"HTTP/1.1 200 OK\r\nContent-Ty") == b"HTTP/1.1 200 OK\r\nContent-Ty\r\n\r\n"


def test_what_a_proxy_was_told_is_not_kept(tmp_path):
    sent = (
        b"GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\nProxy-Authorization: Basic c2VjcmV0\r\n"
        b"authorization: Bearer secret\r\nProxy-Connection: keep-alive\r\nAccept: */*\r\n\r\n"
    )
    write(tmp_path, answer(hop(request_head=sent)))
    [request] = of_kind(tmp_path / "run-1.warc.gz", "request")
    assert request["block"] == b"GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n"


def test_no_address_breaks_out_of_its_header(tmp_path):
    evil = "https://example.org/a\r\nWARC-Type: warcinfo\r\n\r\né"
    write(tmp_path, answer(hop(evil), url=evil), link=evil)

    [response] = of_kind(tmp_path / "run-1.warc.gz", "response")
    assert response["warc-target-uri"] == "https://example.org/a%0D%0AWARC-Type:%20warcinfo%0D%0A%0D%0A%C3%A9"
    check(tmp_path / "run-1.warc.gz")


lines = st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")), max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/2 200 ", b"HTTP/3 200", b"junk", b""]),
    lines=lines, newline=st.sampled_from([b"\r\n", b"\n"]), end=st.sampled_from([b"\r\n\r\n", b"\n\n", b"", b"\n\n\n"]),
    body=st.binary(min_size=1, max_size=200), url=st.text(max_size=20),
)
def test_whatever_came_the_digests_hold_and_the_body_comes_back(
    tmp_path_factory, first, lines, newline, end, body, url,
):
    folder = tmp_path_factory.mktemp("warc")
    link = f"https://example.org/{url}"
    got = hop(link, head=newline.join([first, *lines]) + end, body=body)
    write(folder, answer(got, url=link), link=link)
    with (folder / "run-1.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            content = record.raw_stream.read()
            if record.rec_type == "response":
                assert content == body
                assert record.http_headers.get_statuscode() == "200"


# ---------------------------------------------------------------- revisits


def test_the_same_page_twice_in_a_run_is_stored_once(tmp_path):
    later = hop(started=START + timedelta(seconds=9))
    with open_warc(tmp_path) as warc:
        [first] = warc.append(PAGE, (answer(hop()),))
        [second] = warc.append(f"{PAGE}#part", (answer(later),))

    path = tmp_path / "run-1.warc.gz"
    [revisit] = of_kind(path, "revisit")
    assert revisit["warc-profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit["warc-refers-to"] == first.record_id
    assert revisit["warc-refers-to-target-uri"] == PAGE
    assert revisit["warc-refers-to-date"] == "2026-03-01T12:00:00.123456Z"
    assert revisit["warc-payload-digest"] == base32("sha1", b"hello")
    assert revisit["block"] == HEAD
    assert (first.revisit, second.revisit) == (False, True)
    assert second.sha256 == first.sha256
    assert second.record_id == revisit["warc-record-id"]
    check(path)


def manifest_of(captures: tuple[Capture, ...], url: str = PAGE, *, as_text: bool = False):
    """Answer `earlier` from captures, as a manifest would."""
    known = {
        (url, one.sha256): Earlier(url, one.at.isoformat().replace("+00:00", "Z") if as_text else one.at, one.record_id)
        for one in captures
    }
    return lambda asked, sha256: known.get((asked, sha256))


@pytest.mark.parametrize("as_text", [False, True])
def test_a_page_unchanged_since_an_earlier_run_is_a_revisit(tmp_path, as_text):
    kept = write(tmp_path, answer(hop()))
    later = hop(started=START + timedelta(days=7))
    [again] = write(tmp_path, answer(later), earlier=manifest_of(kept, as_text=as_text), run_id="run-2")

    [revisit] = of_kind(tmp_path / "run-2.warc.gz", "revisit")
    assert again.revisit
    assert revisit["warc-refers-to"] == kept[0].record_id
    assert revisit["warc-date"] == "2026-03-08T12:00:00.123456Z"
    assert revisit["warc-refers-to-date"] == "2026-03-01T12:00:00.123456Z"


def test_a_redirected_link_refers_to_the_page_behind_it(tmp_path):
    old = "https://example.org/old"
    moved = hop(old, status=301, head=b"HTTP/1.1 301 Moved\r\nLocation: /article\r\n\r\n", body=b"", decoded=b"")
    kept = write(tmp_path, answer(moved, hop(), url=old), link=old)
    # The manifest knows the earlier copy under the link.
    [again] = write(
        tmp_path, answer(moved, hop(), url=old), link=old, earlier=manifest_of(kept, url=old), run_id="run-2",
    )
    assert again.revisit
    assert of_kind(tmp_path / "run-2.warc.gz", "revisit")[0]["warc-refers-to-target-uri"] == PAGE


def test_the_same_text_in_another_coding_is_stored_again(tmp_path):
    kept = write(tmp_path, answer(hop()))
    packed = hop(body=gzip.compress(b"hello"), started=START + timedelta(days=7))
    [again] = write(tmp_path, answer(packed), earlier=manifest_of(kept), run_id="run-2")
    assert not again.revisit
    assert kinds(tmp_path / "run-2.warc.gz") == ["warcinfo", "response", "request", "metadata"]


def test_what_was_cut_off_is_never_called_unchanged(tmp_path):
    kept = write(tmp_path, answer(hop(truncated="length")))
    [again] = write(tmp_path, answer(hop(truncated="length")), earlier=manifest_of(kept), run_id="run-2")
    assert not again.revisit
    [whole] = write(tmp_path, answer(hop()), earlier=manifest_of(kept), run_id="run-3")
    assert not whole.revisit


# ---------------------------------------------------------------- storage

FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_warc import PAGE, answer, hop, open_warc
from archiver.errors import StorageError
folder = Path({folder!r})
warc = open_warc(folder)
warc.append(PAGE, (answer(hop()),))
whole = (folder / "run-1.warc.gz").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (whole + 100, whole + 100))
try:
    warc.append(PAGE, (answer(hop(body=bytes(range(256)) * 40)),))
except StorageError as error:
    print(str(error))
print((folder / "run-1.warc.gz").stat().st_size == whole)
warc.close()
"""


def test_a_full_disk_is_one_line_and_leaves_whole_records(tmp_path):
    code = FULL_DISK.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    path = tmp_path / "run-1.warc.gz"
    assert done.stdout.splitlines() == [
        f"{path}: cannot write it: File too large (is there room, may we write there?)", "True",
    ], done.stderr
    assert kinds(path) == ["warcinfo", "response", "request", "metadata"]
    check(path)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with open_warc(tmp_path / "file" / "captures") as warc, pytest.raises(StorageError, match="Not a directory"):
        warc.append(PAGE, (answer(hop()),))


def test_a_run_id_cannot_lead_out_of_the_folder(tmp_path):
    with pytest.raises(ValueError, match="no name for a file"):
        open_warc(tmp_path, run_id="../evil")
