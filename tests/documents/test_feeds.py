"""Feeds: what entries link to, embed and say; not what the feed says about itself."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Citation, CitationKind, Document

SAMPLE = Path(__file__).parents[2] / "data/formats/harbour-news.rss"
VIDEO = "https://www.youtube.com/watch?v=jNQXAC9IVRw"


def document(text: str, source: str = "feed.xml", url: str | None = None) -> Document:
    found = read(Raw(source=source, data=text.encode(), url=url))
    assert isinstance(found, Document), found
    assert all(0 <= (one.place.start or 0) <= (one.place.end or 0) <= len(text) for one in found.citations)
    return found


def links(text: str, source: str = "feed.xml", url: str | None = None) -> list[tuple[str, str | None]]:
    return [(one.kind.value, one.url) for one in document(text, source, url).citations]


def rss(item: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>T</title>{head}<item>{item}</item></channel></rss>'


def written(one: Citation, text: str) -> str:
    return text[one.place.start : one.place.end]


def test_the_sample_is_read_with_every_place() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    found = document(text, str(SAMPLE))
    assert [(one.kind.value, one.url, one.context, one.place.line) for one in found.citations] == [
        ("inline", "https://harbour-news.example/bridge?from=feed&page=1", "The bridge opens at noon", 12),
        ("media", "https://media.harbour.test/bridge.mp3", "The bridge opens at noon", 15),
        ("media", "https://media.harbour.test/bridge.mp4", "The bridge opens at noon", 16),
        ("inline", "https://harbour-news.example/minutes", "Read the minutes.", 17),
        ("inline", "https://council.example/minutes?y=2015&m=3", "The council voted; the minutes are public.", 18),
        ("media", "https://www.youtube.com/embed/jNQXAC9IVRw", "The council voted; the minutes are public.", 19),
        ("inline", "https://harbour-news.example/ferries", "Ferries, & what became of them", 23),
        ("inline", "https://ferries.example/list?a=1&b=2", "An old list is still there.", 24),
    ]
    assert written(found.citations[4], text) == '<a href="https://council.example/minutes?y=2015&amp;m=3">'
    assert written(found.citations[7], text) == (
        "&lt;a href=&quot;https://ferries.example/list?a=1&amp;amp;b=2&quot;&gt;"
    )
    assert (found.title, found.author, found.language) == ("Harbour News", "Ada Moor", "en-GB")
    assert (found.published, found.url) == (date(2015, 3, 3), "https://harbour-news.example/feed.xml")
    assert found.media_type == "application/rss+xml"


def test_an_atom_feed_keeps_related_links_and_leaves_out_its_own() -> None:
    text = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://a.example/blog/">
 <title type="html">Hafen &amp;amp; Meer</title><author><name>Ada Moor</name></author><updated>2015-03-03T10:00:00Z</updated>
 <link rel="self" href="https://a.example/atom"/><link href="https://a.example/"/>
 <entry><title>One</title><link rel="alternate" href="one"/><link rel="edit" href="edit/1"/>
  <link rel="replies" href="one#replies"/><link rel="via" href="https://via.example/x"/>
  <link rel="enclosure" type="video/mp4" href="/film"/>
  <source><title>S</title><link href="https://source.example/"/></source>
  <content type="xhtml" xml:base="deep/"><div xmlns="http://www.w3.org/1999/xhtml">See <a href="two">two</a>.</div></content>
 </entry>
</feed>"""
    found = document(text)
    assert links(text) == [
        ("inline", "https://a.example/blog/one"),
        ("inline", "https://via.example/x"),
        ("media", "https://a.example/film"),
        ("inline", "https://a.example/blog/deep/two"),
    ]
    assert (found.title, found.author, found.language, found.published) == (
        "Hafen & Meer",
        "Ada Moor",
        "de",
        date(2015, 3, 3),
    )


def test_rss_1_has_its_items_beside_the_channel() -> None:
    text = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://a.example/rss"><title>Old</title>
 <link>https://a.example/</link></channel>
 <item rdf:about="https://a.example/1"><title>First</title><link>https://a.example/1</link></item></rdf:RDF>"""
    assert links(text) == [("inline", "https://a.example/1")]
    assert document(text).title == "Old"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("<guid>https://a.example/g</guid>", ["https://a.example/g"]),
        ('<guid isPermaLink="false">https://a.example/g</guid>', []),
        ("<guid>tag:a.example,2015:1</guid>", []),
        ("<link>https://a.example/x</link><guid>https://a.example/x</guid>", ["https://a.example/x"]),
        ("<link>\n  https://a.example/x?a=1&b=2\n</link>", ["https://a.example/x?a=1&b=2"]),
        ("<link>https://a.example/x?a=1&amp;copy=2</link>", ["https://a.example/x?a=1&copy=2"]),
        ("<link><![CDATA[https://a.example/x]]></link>", ["https://a.example/x"]),
        ("<comments>https://a.example/c</comments>", []),
        ('<enclosure url="https://a.example/p.png" type="image/png"/>', []),
        ("<enclosure url='https://a.example/p.pdf' type='application/pdf'/>", ["https://a.example/p.pdf"]),
        ("<description>See https://a.example/bare. And so on &nbsp; &undeclared;</description>", ["https://a.example/bare"]),
        ("<description><p>Not escaped: <a href='https://a.example/p'>p</a></p></description>", ["https://a.example/p"]),
        ("<title>never closed<link>https://a.example/x</link>", []),
    ],
)
def test_an_item_cites(item: str, expected: list[str]) -> None:
    assert [one.url for one in document(rss(item)).citations] == expected


def test_relative_links_start_at_the_entry() -> None:
    item = '<link>https://a.example/b/c</link><description>&lt;a href="d"&gt;d&lt;/a&gt;</description>'
    assert [one.url for one in document(rss(item)).citations] == ["https://a.example/b/c", "https://a.example/b/d"]


def test_a_channel_of_videos_names_each_once_and_reads_what_is_said_below_it() -> None:
    text = f"""<?xml version="1.0"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
 xmlns:m="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><title>C</title>
 <entry><yt:videoId>jNQXAC9IVRw</yt:videoId><title>V</title><link rel="alternate" href="{VIDEO}"/>
 <m:group><m:content url="https://www.youtube.com/v/jNQXAC9IVRw?version=3" type="application/x-shockwave-flash"/>
 <m:thumbnail url="https://i.example/t.jpg"/>
 <m:description>Source: https://a.example/s?a=1&amp;b=2 and more</m:description></m:group></entry></feed>"""
    assert links(text) == [("media", VIDEO), ("inline", "https://a.example/s?a=1&b=2")]


def test_notes_of_an_entry_keep_their_numbers() -> None:
    body = (
        '<p>A claim<sup><a href="#fn1">1</a></sup>.</p><ol><li id="fn1">See <a href="https://a.example/n">it</a>.</li></ol>'
    )
    (one,) = document(rss(f"<description><![CDATA[{body}]]></description>")).citations
    assert (one.kind, one.label, one.url, one.text) == (CitationKind.FOOTNOTE, "1", "https://a.example/n", "claim")


def test_entities_of_a_document_type_are_never_expanded() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///x">]>'
        "<rss><channel><item><title>&b;&f;</title><link>https://a.example/x</link></item></channel></rss>"
    )
    (one,) = document(text).citations
    assert (one.url, one.context) == ("https://a.example/x", "&b;&f;")


def test_a_feed_in_json_is_read_with_its_escapes() -> None:
    text = (
        r'{"version": "https:\/\/jsonfeed.org\/version\/1.1", "title": "J", "authors": [{"name": "Ada Moor"}],'
        r' "home_page_url": "https://a.example/", "language": "en", "items": [{"id": "1", "title": "T",'
        r' "url": "https:\/\/a.example\/1", "external_url": "https://b.example/2",'
        r' "content_html": "<p>\u201eSee\u201c <a href=\"\/rel?a=1&amp;b=2\">it<\/a>.</p>",'
        r' "attachments": [{"url": "https://a.example/t", "mime_type": "audio/mpeg"}]}]}'
    )
    found = document(text, "feed.json")
    assert [(one.kind.value, one.url, one.context) for one in found.citations] == [
        ("inline", "https://a.example/1", "T"),
        ("inline", "https://b.example/2", "T"),
        ("inline", "https://a.example/rel?a=1&b=2", "„See“ it."),
        ("media", "https://a.example/t", "T"),
    ]
    assert written(found.citations[2], text) == r'<a href=\"\/rel?a=1&amp;b=2\">'
    assert (found.title, found.author, found.language) == ("J", "Ada Moor", "en")
    assert found.media_type == "application/feed+json"


@pytest.mark.parametrize("source", ["feed.html", "feed.txt", "feed", "https://a.example/feed?x=y.csv"])
def test_content_decides_whatever_the_name(source: str) -> None:
    text = "\n" + rss("<link>https://a.example/x</link>")
    found = read(Raw(source=source, data=text.encode("utf-16"), media_type="text/html"))
    assert isinstance(found, Document)
    assert [one.url for one in found.citations] == ["https://a.example/x"]


ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{1,8}(\?a=[0-9]&b=[a-z]{1,3})?", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(ADDRESSES, min_size=1, max_size=6, unique=True), st.sampled_from(("rss", "atom", "json", "cdata")))
def test_what_was_written_is_read_back(addresses: list[str], kind: str) -> None:
    quoted = [escape(url) for url in addresses]
    if kind == "json":
        items = [{"content_html": f'<a href="{url}">x</a>'} for url in quoted]
        text = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    elif kind == "atom":
        entries = "".join(f'<entry><link href="{url}"/></entry>' for url in quoted)
        text = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'
    elif kind == "rss":
        text = "<rss><channel>" + "".join(f"<item><link>{url}</link></item>" for url in quoted) + "</channel></rss>"
    else:
        items_of = (f'<item><description><![CDATA[<a href="{url}">x</a>]]></description></item>' for url in quoted)
        text = f"<rss><channel>{''.join(items_of)}</channel></rss>"
    assert [one.url for one in document(text, "a.xml").citations] == addresses


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 60), st.binary(max_size=8))
def test_a_spoiled_feed_is_read_or_refused(at: int, length: int, spoiled: bytes) -> None:
    data = SAMPLE.read_bytes()
    found = read(Raw(source="a.rss", data=data[:at] + spoiled + data[at + length :]))
    assert "fault of ours" not in getattr(found, "hint", "")


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", ["<item>", "<![CDATA[", "<!--", '<a b="', "&amp;", "<item><link>x", "<!DOCTYPE x [", "<?"])
def test_repetition_takes_no_longer_than_its_length(piece: str) -> None:
    assert read(Raw(source="a.rss", data=b"<rss>" + piece.encode() * 20_000))


RSS_ROWS = {
    "what is escaped once too often": (
        ("<description>&amp;lt;p&amp;gt;See &amp;lt;a href=&amp;quot;https://d.example/x?a=1&amp;amp;amp;b=2&amp;quot;&amp;gt;d"
        "&amp;lt;/a&amp;gt;&amp;lt;/p&amp;gt;</description>"),
        ["https://d.example/x?a=1&b=2"],
    ),
    "a name beside a link is no second address": (
        "<link>https://a.example/x</link><guid>https://a.example/?p=1</guid>",
        ["https://a.example/x"],
    ),
    "unless it says that it is one": (
        "<link>https://a.example/x</link><guid isPermaLink='true'>https://a.example/y</guid>",
        ["https://a.example/x", "https://a.example/y"],
    ),
    "a name alone": ("<guid>https://a.example/y</guid>", ["https://a.example/y"]),
    "where it was first": (
        "<link>https://a.example/x</link><source url='https://b.example/feed'>B</source>",
        ["https://a.example/x", "https://b.example/feed"],
    ),
    "a frame in a description": (
        "<description>Watch &lt;iframe src='//player.vimeo.com/video/1'&gt;&lt;/iframe&gt;</description>",
        ["https://player.vimeo.com/video/1"],
    ),
}


@pytest.mark.parametrize(("item", "expected"), RSS_ROWS.values(), ids=RSS_ROWS)
def test_entries_as_people_write_them(item: str, expected: list[str]) -> None:
    assert [one.url for one in document(rss(item)).citations] == expected


def test_the_oldest_feeds_and_several_authors_and_names_in_json() -> None:
    oldest = (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>N</title></channel><item><title>One</title>'
        "<link>http://h.example/1</link></item></rdf:RDF>"
    )
    assert [one.url for one in document(oldest, "a.txt").citations] == ["http://h.example/1"]
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Ada Moor</name></author><author><name>Jon Vale</name>'
        "</author></feed>"
    )
    assert document(atom).author == "Ada Moor, Jon Vale"
    json_feed = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "https://h.example/1", "content_text": "x"}]}'
    assert [one.url for one in document(json_feed, "a.json").citations] == ["https://h.example/1"]
