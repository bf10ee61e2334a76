"""Addresses in running text end where a reader would say that they end."""

import pytest

from archiver.documents import bare


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("次http://x.example/a。次", ["http://x.example/a"]),
        ("http://x.example/a）次", ["http://x.example/a"]),
        ("http://x.example/a… and", ["http://x.example/a"]),
        ("«http://x.example/»", ["http://x.example/"]),
        ("*http://x.example/a*", ["http://x.example/a"]),
        ("_http://x.example/a_b_", ["http://x.example/a_b"]),
        ("(http://x.example/(a)).", ["http://x.example/(a)"]),
        ("http://[::1]:80/x", ["http://[::1]:80/x"]),
        ("see www.foo.example/a.", ["www.foo.example/a"]),
        ("this.is nice, e.g. and/or.com", []),
        ("mail a@b.example or foo@www.x.org", []),
        ("youtu.be/jNQXAC9IVRw", ["youtu.be/jNQXAC9IVRw"]),
        ("doi:10.1000/182.", ["https://doi.org/10.1000/182"]),
        ("<http://x.example/a-\n  b>", ["http://x.example/a-b"]),
        ("http://x.example/?a=1&amp;b=2", ["http://x.example/?a=1&b=2"]),
        ("http://x.example/a,http://y.example/b", ["http://x.example/a", "http://y.example/b"]),
        (
            "https://web.archive.org/web/2011/http://x.example/a",
            ["https://web.archive.org/web/2011/http://x.example/a"],
        ),
        ("http:// and https://", []),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert [found.url for found in bare.find(text)] == expected
