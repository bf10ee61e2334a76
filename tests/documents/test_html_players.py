"""Players, posts and pictures in pages, and addresses that lead on."""

from __future__ import annotations

import pytest
from document_reading import citations, read_document

from archiver.documents.redirects import unwrapped

CLIP = "https://www.youtube.com/watch?v=jNQXAC9IVRw"
EMBED = "https://www.youtube.com/embed/jNQXAC9IVRw"
FILE = "https://cdn.post.example/flood.mp4"


def links(page: str) -> list[tuple[str, str]]:
    found = read_document(f"<html><body>{page}</body></html>", "page.html", "https://post.example/p")
    return [(kind, url) for kind, _, _, url in citations(found)]


PLAYERS = {
    "a light player with the link that it replaces": (
        f'<lite-youtube videoid="jNQXAC9IVRw"><a href="{CLIP}">Play</a></lite-youtube>',
        [("media", CLIP)],
    ),
    "a placeholder in which the frame stands": (
        f'<div data-oembed-url="{CLIP}"><div><iframe src="{EMBED}"></iframe></div></div>',
        [("media", EMBED)],
    ),
    "a late frame, and the same for browsers without scripts": (
        f'<iframe src="about:blank" data-src="{EMBED}"></iframe><noscript><iframe src="{EMBED}"></iframe></noscript>',
        [("media", EMBED)],
    ),
    "the same the other way round": (
        f'<noscript><iframe src="{EMBED}"></iframe></noscript><iframe data-lazy-src="{EMBED}"></iframe>',
        [("media", EMBED)],
    ),
    "a frame that waits for consent": (
        f'<iframe data-cookieblock-src="{EMBED}" data-cookieconsent="marketing"></iframe>',
        [("media", EMBED)],
    ),
    "each source of a player, and its link to download once": (
        f'<video poster="p.jpg"><source src="{FILE}"><source src="/flood.webm"><a href="{FILE}">Download</a></video>',
        [("media", FILE), ("media", "https://post.example/flood.webm")],
    ),
    "captions are no video": (
        f'<video src="{FILE}"><track src="/flood.vtt"></video>',
        [("media", FILE), ("inline", "https://post.example/flood.vtt")],
    ),
    "settings of a player": (
        f'<video class="video-js" data-setup=\'{{"sources": [{{"src": "{CLIP}", "type": "video/youtube"}}]}}\'></video>',
        [("media", CLIP)],
    ),
    "a player known by its numbers": (
        '<video-js data-account="1752604059001" data-player="default" data-video-id="5531236644001"></video-js>',
        [("media", "https://players.brightcove.net/1752604059001/default_default/index.html?videoId=5531236644001")],
    ),
    "a player that a script puts there": (
        ('<script src="https://cdn.jwplayer.com/players/abcDEF12-xyz.js"></script>'
        '<script>jwplayer("x").setup({"file": "https:\\/\\/cdn.post.example\\/flood.mp4", image: "x.jpg"});</script>'),
        [("media", "https://cdn.jwplayer.com/players/abcDEF12-xyz.js"), ("media", FILE)],
    ),
    "a player of the Flash days": (
        (f'<object><param name="movie" value="/player.swf"><param name="flashvars" value="file={FILE}&amp;image=x.jpg">'
        f'<embed src="/player.swf" flashvars="file={FILE}"></object>'),
        [("media", "https://post.example/player.swf"), ("media", FILE)],
    ),
    "a link that a script opens": (f'<a href="#" class="popup" data-video-url="{FILE}">Film</a>', [("media", FILE)]),
    "a player of Wistia": (
        '<div class="wistia_embed wistia_async_abc123def4"></div>',
        [("media", "https://fast.wistia.net/embed/iframe/abc123def4")],
    ),
    "light pages": (
        (f'<amp-vimeo data-videoid="27246366"></amp-vimeo><amp-video src="{FILE}"></amp-video>'
        '<amp-dailymotion data-videoid="x2m8jpp"></amp-dailymotion><amp-twitter data-tweetid="88563433"></amp-twitter>'),
        [
            ("media", "https://vimeo.com/27246366"),
            ("media", FILE),
            ("media", "https://www.dailymotion.com/video/x2m8jpp"),
            ("inline", "https://twitter.com/i/status/88563433"),
        ],
    ),
    "posts": (
        ('<div class="fb-video" data-href="https://www.facebook.com/h/videos/101/"></div>'
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/reel/Cx/">'
        '<a href="https://www.instagram.com/reel/Cx/">View</a></blockquote><blockquote class="tiktok-embed" '
        'cite="https://www.tiktok.com/@h/video/67" data-video-id="67"><p>Tide</p></blockquote>'
        '<blockquote class="twitter-tweet"><p>Out <a href="https://t.co/Ab">t.co/Ab</a></p><a '
        'href="https://twitter.com/h/status/136?ref_src=x">March 4</a></blockquote>'),
        [
            ("media", "https://www.facebook.com/h/videos/101/"),
            ("media", "https://www.instagram.com/reel/Cx/"),
            ("media", "https://www.tiktok.com/@h/video/67"),
            ("inline", "https://t.co/Ab"),
            ("inline", "https://twitter.com/h/status/136?ref_src=x"),
        ],
    ),
    "a picture that is linked, and none that is shown": (
        '<a href="/tide.jpg"><img src="/t-300.jpg" srcset="/t-300.jpg 300w, /t-600.jpg 600w"></a><img src="/x.png">',
        [("inline", "https://post.example/tide.jpg")],
    ),
    "what only metadata name, once": (
        (f'<meta property="og:video" content="{FILE}"><meta property="og:video:secure_url" content="{FILE}">'
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "VideoObject", '
        f'"contentUrl": "{CLIP}"}}]}}</script><iframe src="{EMBED}"></iframe>'),
        [("media", FILE), ("media", EMBED)],
    ),
    "a page that leads on": ('<meta http-equiv="Refresh" content="0; URL=\'/new\'">', [("inline", "https://post.example/new")]),
    "the first base": (
        '<base target="_blank"><base href="/sub/"><base href="https://two.example/"><a href="x">x</a>',
        [("inline", "https://post.example/sub/x")],
    ),
    "addresses as people write them": (
        ("<A HREF=unquoted.html>a</A> <a href=//b.example/x>b</a> <a href='&#104;ttps://c.example/?a=1&amp;b=2'>c</a> "
        "<a href='  https://d.example/x\n '>d</a> <area href='https://e.example/'> <a href='tel:+1'>f</a>"
        "<a href='JavaScript:x()'>g</a><a href='data:text/plain,x'>h</a><a href='mailto:a@b.example'>i</a>"),
        [
            ("inline", "https://post.example/unquoted.html"),
            ("inline", "https://b.example/x"),
            ("inline", "https://c.example/?a=1&b=2"),
            ("inline", "https://d.example/x"),
            ("inline", "https://e.example/"),
        ],
    ),
}


@pytest.mark.parametrize(("page", "expected"), PLAYERS.values(), ids=PLAYERS)
def test_players_and_links(page: str, expected: list[tuple[str, str]]) -> None:
    assert links(page) == expected


def test_a_player_between_paragraphs_is_told_with_its_caption_or_with_what_leads_to_it() -> None:
    page = (
        f"<html><p>An opening. The lock fails.</p><iframe src='{EMBED}'></iframe><p>Later.</p>"
        "<figure><iframe src='https://player.vimeo.com/video/1'></iframe><figcaption>Low water</figcaption></figure></html>"
    )
    found = read_document(page, "page.html").citations
    assert [one.context for one in found] == ["The lock fails.", "Low water"]


REDIRECTS = {
    "https://www.google.com/url?q=https://www.google.com/url?q%3Dhttps://deep.example/": "https://deep.example/",
    "https://www.google.com/amp/s/amp.example/x": "https://amp.example/x",
    "https://amp-example.cdn.ampproject.org/c/s/amp.example/x?a=1&usqp=mq331": "https://amp.example/x?a=1",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Ffb.example%2F&h=x": "https://fb.example/",
    "https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fyt.example%2F": "https://yt.example/",
    "https://out.reddit.com/t3_x?url=https%3A%2F%2Frd.example%2F&token=x": "https://rd.example/",
    "https://vk.com/away.php?to=https%3A%2F%2Fvk.example%2F": "https://vk.example/",
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fsl.example%2Fa&data=04": "https://sl.example/a",
    "https://www.bing.com/ck/a?!&&p=abc&u=a1aHR0cHM6Ly9iaW5nLmV4YW1wbGUv&ntb=1": "https://bing.example/",
    "https://urldefense.proofpoint.com/v1/url?u=http://one.example/&k=x": "http://one.example/",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__two.example_a-5Fb&d=DwMF": "https://two.example/a_b",
    "https://urldefense.com/v3/__https://three.example/a*b=c__;Iw!!abc!xyz$": "https://three.example/a#b=c",
    "https://r.search.yahoo.com/_ylt=Aw/RV=2/RO=10/RU=https%3a%2f%2fya.example%2f/RK=2/RS=x": "https://ya.example/",
    "https://via.hypothes.is/https://hy.example/x?y=1": "https://hy.example/x?y=1",
    "https://disq.us/url?url=https%3A%2F%2Fdq.example%2F%3Aabc123&cuid=1": "https://dq.example/",
    "https://login.ezproxy.library.example.edu/login?url=https://journal.example/a": "https://journal.example/a",
    "https://steamcommunity.com/linkfilter/?url=https://st.example/": "https://st.example/",
}
NO_REDIRECTS = (
    "https://web.archive.org/web/2010/http://old.example/",
    "https://www.google.com/search?q=https://x.example/",
    "https://www.google.com/url?q=%2Frelative",
    "https://bing.com/ck/a?u=a1!!",
    "https://a.example/login?url=https://b.example/",
    "https://[broken/?url=https://x.example/",
)


@pytest.mark.parametrize(("address", "target"), REDIRECTS.items(), ids=list(REDIRECTS.values()))
def test_addresses_that_lead_on(address: str, target: str) -> None:
    assert unwrapped(address) == target


@pytest.mark.parametrize("address", NO_REDIRECTS)
def test_addresses_that_are_meant_themselves(address: str) -> None:
    assert unwrapped(address) == address
