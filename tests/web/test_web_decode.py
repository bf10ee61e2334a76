"""Content codings are undone piece by piece, up to a limit, and what is broken is said to be."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from web_servers import Last, RawServer, got, http

from archiver.web.decode import Decoder, codings_of
from archiver.web.exchange import Request

TEXT = b"The ferry nobody mentioned. " * 4000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


CODED = {
    "gzip": gzip.compress(TEXT, mtime=0), "x-gzip": gzip.compress(TEXT, mtime=0), "deflate": zlib.compress(TEXT), "br": brotli.compress(TEXT),
    "DEFLATE": raw_deflate(TEXT), "deflate, gzip": gzip.compress(zlib.compress(TEXT)), "gzip, br": brotli.compress(gzip.compress(TEXT, mtime=0)),
    "identity": TEXT, "none-that-is-known": TEXT,
}


@pytest.mark.parametrize("coding", CODED)
def test_every_coding_comes_out_as_it_went_in(coding):
    with RawServer(lambda _: http(CODED[coding], headers=f"Content-Encoding: {coding}\r\n")) as server:
        hop = got(f"http://127.0.0.1:{server.port}/").final
    assert (hop.decoded, hop.body, hop.truncated) == (TEXT, CODED[coding], None)


@examples(max_examples=60, deadline=None)
@given(st.binary(max_size=5000), st.sampled_from(["gzip", "deflate", "br"]), st.integers(1, 700))
def test_it_does_not_matter_how_the_bytes_arrive(data, coding, step):
    packed = {"gzip": gzip.compress, "deflate": raw_deflate, "br": brotli.compress}[coding](data)
    decoder = Decoder([coding], 10_000)
    for at in range(0, len(packed), step):
        decoder.feed(packed[at : at + step])
    # A bare deflate stream may begin with what looks like zlib's wrapping: nobody can tell, so neither can we.
    if coding != "deflate" or not (len(packed) > 1 and packed[0] & 15 == 8 and int.from_bytes(packed[:2], "big") % 31 == 0):
        assert (decoder.result(), decoder.whole, decoder.full) == (data, True, False)


@examples(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([["gzip"], ["deflate"], ["br"], ["gzip", "br"], ["deflate", "deflate"]]))
def test_any_bytes_at_all_are_survived(noise, codings):
    decoder = Decoder(codings, 1000)
    decoder.feed(noise)
    assert len(decoder.result()) <= 1000


def test_gzip_members_follow_each_other_and_padding_is_ignored():
    decoder = Decoder(["gzip"], 1000)
    decoder.feed(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 50)
    assert (decoder.result(), decoder.whole) == (b"one two", True)


def test_a_bomb_costs_its_limit():
    bomb = zlib.compressobj(wbits=31)
    packed = b"".join(bomb.compress(bytes(2**20)) for _ in range(200)) + bomb.flush()
    decoder = Decoder(["gzip"], 2_000_000)
    tracemalloc.start()
    decoder.feed(packed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert decoder.full
    assert len(decoder.result()) == 2_000_000
    assert peak < 8_000_000  # all of it would be 200 MB


@pytest.mark.parametrize("outer", [["gzip", "gzip"], ["gzip", "br"], ["gzip"] * 4])
def test_a_bomb_in_a_bomb_does_no_more(outer):
    packed = bytes(200 * 2**20)
    for coding in outer:
        packed = gzip.compress(packed, 9) if coding == "gzip" else brotli.compress(packed)
    decoder = Decoder(outer, 100_000)
    decoder.feed(packed)
    assert len(decoder.result()) <= 100_000


def test_too_many_codings_are_not_tried():
    decoder = Decoder(["gzip"] * 50, 1000)
    decoder.feed(b"x")
    assert (decoder.result(), decoder.whole) == (b"", False)


def test_a_bomb_on_the_wire_is_left_when_there_is_enough_of_it():
    packed = gzip.compress(bytes(300 * 2**20), 9)
    with RawServer(lambda _: Last(http(packed, headers="Content-Encoding: gzip\r\n"))) as server:
        hop = got(Request(url=f"http://127.0.0.1:{server.port}/", read_limit=1_000_000)).final
    assert (len(hop.decoded), hop.truncated) == (1_000_000, "length")
    assert len(hop.body) < len(packed)
    assert packed.startswith(hop.body)


def test_a_small_bomb_is_cut_at_the_limit_too():
    packed = gzip.compress(bytes(2**20), 9)
    with RawServer(lambda _: http(packed, headers="Content-Encoding: gzip\r\n")) as server:
        hop = got(Request(url=f"http://127.0.0.1:{server.port}/", read_limit=5000)).final
    assert (len(hop.decoded), hop.truncated, hop.body) == (5000, "length", packed)


def test_what_decodes_to_nothing_is_not_read_for_ever():
    empty_blocks = gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * 2_000_000
    with RawServer(lambda _: Last(http(empty_blocks, headers="Content-Encoding: gzip\r\n"))) as server:
        hop = got(Request(url=f"http://127.0.0.1:{server.port}/", read_limit=100_000)).final
    assert hop.truncated == "length"
    assert len(hop.body) < 1_000_000


@pytest.mark.parametrize(("body", "coding", "kept"), [
    (gzip.compress(TEXT, mtime=0)[:60], "gzip", TEXT[:20]),
    (gzip.compress(TEXT, mtime=0)[:-20], "gzip", TEXT[:1000]),
    (b"<html>not compressed at all", "gzip", b""),
    (b"<html>not compressed at all", "br", b""),
], ids=["cut early", "cut late", "plain as gzip", "plain as br"])
def test_a_broken_coding_leaves_what_came_before_and_says_that_it_is_not_all(body, coding, kept):
    with RawServer(lambda _: http(body, headers=f"Content-Encoding: {coding}\r\n")) as server:
        hop = got(f"http://127.0.0.1:{server.port}/").final
    assert TEXT.startswith(hop.decoded)
    assert hop.decoded.startswith(kept)
    assert (hop.body, hop.truncated) == (body, "disconnect")


def test_an_empty_body_is_whole_whatever_its_headers_say():
    with RawServer(lambda _: http(b"", headers="Content-Encoding: gzip\r\n")) as server:
        hop = got(f"http://127.0.0.1:{server.port}/").final
    assert (hop.decoded, hop.truncated) == (b"", None)


def test_codings_are_read_from_all_their_headers():
    assert codings_of((("content-encoding", "GZIP , identity"), ("Content-Encoding", "br"))) == ("gzip", "br")
