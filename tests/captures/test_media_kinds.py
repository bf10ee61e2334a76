"""Which addresses and which bytes are media."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.captures.media import is_media
from archiver.captures.media_kinds import sniff
from archiver.demo import media
from archiver.urls import normalise


@pytest.mark.parametrize("link", [
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s#here",
    "https://www.youtube.com/shorts/dQw4w9WgXcQ",
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQ?t=1",
    "https://vimeo.com/76979871",
    "https://player.vimeo.com/video/76979871",
    "https://www.dailymotion.com/video/x8abcde",
    "https://soundcloud.com/somebody/a-song",
    "https://somebody.bandcamp.com/track/a-song",
    "https://clips.twitch.tv/BraveName-abc",
    "https://www.facebook.com/somebody/videos/123456",
    "https://www.facebook.com/watch/?v=123456",
    "https://peertube.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
    "https://peertube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
    "https://example.org/files/Clip.MP4",
    "https://example.org/files/clip.webm?download=1#t=10",
    "http://127.0.0.1:8080/live/master.m3u8",
])
def test_an_address_of_media(link):
    assert is_media(normalise(link))


@pytest.mark.parametrize("link", [
    "https://example.org/",
    "https://example.org/article.html",
    "https://example.org/mp4",
    "https://example.org/video/about",
    "https://www.youtube.com/@somebody",
    "https://www.youtube.com/channel/UC1234567890",
    "https://www.youtube.com/results?search_query=v",
    "https://vimeo.com/about",
    "https://twitter.com/somebody/status/1",
    "https://soundcloud.com/somebody",
    "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://example.org/?file=clip.mp4",
    "https://example.mp4/",
])
def test_an_address_of_something_else(link):
    assert not is_media(normalise(link))


@pytest.mark.parametrize(("content", "kind"), [
    (media.mp4(), ("video/mp4", "mp4")),
    (media.webm(), ("video/webm", "webm")),
    (media.mp3(), ("audio/mpeg", "mp3")),
    (b"OggS" + bytes(24) + b"\x80theora", ("video/ogg", "ogv")),
    (b"OggS" + bytes(24) + b"OpusHead", ("audio/ogg", "ogg")),
    (b"RIFF\0\0\0\0WAVEfmt ", ("audio/wav", "wav")),
    (b"\0\0\0\x20ftypM4A ", ("audio/mp4", "m4a")),
    (b"\0\0\0\x14ftypqt  ", ("video/quicktime", "mov")),
    ((b"\x47" + bytes(187)) * 3, ("video/mp2t", "ts")),
    (b"fLaC", ("audio/flac", "flac")),
])
def test_media_are_known_by_their_first_bytes(content, kind):
    assert sniff(content[:4096]) == kind


@pytest.mark.parametrize("content", [
    b"", b"<!doctype html><title>Gone</title>", b"#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n", b'<?xml version="1.0"?><MPD>',
    b"RIFF\0\0\0\0WEBPVP8 ", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"%PDF-1.7", b"PK\x03\x04", bytes(4096),
    b"\xff\xfe<\0h\0t\0m\0l\0",
])
def test_anything_else_is_no_media(content):
    assert sniff(content) is None


@given(st.binary(max_size=400))
def test_no_bytes_break_it(content):
    kind = sniff(content)
    assert kind is None or kind[0].startswith(("video/", "audio/"))
