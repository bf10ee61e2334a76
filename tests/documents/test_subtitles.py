"""Subtitles: the addresses shown, with the time at which they appear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read

if TYPE_CHECKING:
    from archiver.model import Document

SAMPLE = Path(__file__).parents[2] / "data/formats/the-bridge.vtt"
SRT = (
    "1\n00:00:01,000 --> 00:00:04,000\n<i>Read it</i> at\nhttps://a.example/x.\n\n"
    "2\n00:01:02,500 --> 00:01:05,000\n{\\an8}www.b.example.org/y\n"
)


def document(text: str, source: str) -> Document:
    return read_document(text, source)


def told(text: str, source: str = "a.srt") -> list[tuple[str | None, str]]:
    return [(one.url, one.context) for one in document(text, source).citations]


def test_the_sample_is_read_without_its_styles() -> None:
    found = document(SAMPLE.read_text(encoding="utf-8"), "the-bridge.vtt")
    assert [(one.url, one.context, one.place.line, one.place.column) for one in found.citations] == [
        ("https://harbour.example/plan", "00:00:01.000 The plan is at https://harbour.example/plan.", 10, 23)
    ]
    assert (found.title, found.language, found.media_type) == ("The bridge at noon", "en", "text/vtt")


@pytest.mark.parametrize("source", ["a.srt", "a.txt", "a", "a.vtt"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_subrip_is_known_by_its_first_cue(source: str, ends: str) -> None:
    text = "\ufeff" + SRT.replace("\n", ends)
    assert told(text, source) == [
        ("https://a.example/x", "00:00:01.000 Read it at https://a.example/x."),
        ("www.b.example.org/y", "00:01:02.500 www.b.example.org/y"),
    ]


def test_remarks_are_read_and_cues_need_no_hour_nor_empty_line() -> None:
    assert told(
        "WEBVTT\n\nNOTE from https://a.example/note\n\n00:01.000 --> 00:02.000\nhttps://a.example/1\n"
        "00:03.000 --> 00:04.000\n<c.yellow>https://a.example/2</c>",
        "a.vtt",
    ) == [
        ("https://a.example/note", "NOTE from https://a.example/note"),
        ("https://a.example/1", "00:01.000 https://a.example/1"),
        ("https://a.example/2", "00:03.000 https://a.example/2"),
    ]


ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{1,8}", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(ADDRESSES, min_size=1, max_size=8), st.booleans())
def test_what_was_written_is_read_back(addresses: list[str], web: bool) -> None:
    sign = "." if web else ","
    cues = [
        f"{at}\n00:00:{at:02}{sign}000 --> 00:00:{at:02}{sign}900\nSee {url}, he said.\n" for at, url in enumerate(addresses)
    ]
    text = ("WEBVTT\n\n" if web else "") + "\n".join(cues)
    assert [url for url, _ in told(text, "a.vtt" if web else "a.srt")] == addresses


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), st.integers(0, 60), st.binary(max_size=8))
def test_spoiled_subtitles_are_read_or_refused(at: int, length: int, spoiled: bytes) -> None:
    data = SAMPLE.read_bytes()
    found = read(Raw(source="a.vtt", data=data[:at] + spoiled + data[at + length :]))
    assert "fault of ours" not in getattr(found, "hint", "")


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", ["00:00.000 --> 00:01.000\n", "<", "<c ", "0:", " ", "{\\"])
def test_repetition_takes_no_longer_than_its_length(piece: str) -> None:
    assert read(Raw(source="a.vtt", data=b"WEBVTT\n\n" + piece.encode() * 20_000))


def test_tags_leave_no_gaps_in_what_is_said() -> None:
    assert told("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>See <b>https://a.example/x</b>, and go.</v>", "a.vtt") == [
        ("https://a.example/x", "00:01.000 See https://a.example/x, and go.")
    ]
