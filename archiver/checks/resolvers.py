"""Services whose redirects are how they answer: resolvers of permanent names, and shorteners of addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from archiver import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

# Services that give a permanent name to something that lives elsewhere.
_RESOLVERS = frozenset({
    "doi.org", "dx.doi.org", "doi.acm.org", "hdl.handle.net", "handle.net", "purl.org", "w3id.org", "n2t.net",
    "arks.org", "purl.oclc.org", "purl.fdlp.gov", "purl.access.gpo.gov", "purl.archive.org", "purl.stanford.edu",
    "purl.obolibrary.org", "nbn-resolving.org", "nbn-resolving.de", "urn.kb.se", "resolver.kb.nl", "identifiers.org",
    "bioregistry.io", "perma.cc", "ark.frick.org", "d-nb.info", "urn.fi", "urn.nb.no", "id.crossref.org",
    "persistent-identifier.nl", "ark.bnf.fr", "id.loc.gov", "urn.nsk.hr", "urn.nbn.sk",
})
_NAME = re.compile(r"/(?:ark:/?\d{5}|10\.\d{4,9}/|urn:nbn:)", re.IGNORECASE)
_RESOLVING_HOST = re.compile(r"^(?:doi|dx|hdl|ark|purl|urn|nbn|resolver|resolve|pid|id)\.")
# Shorteners, and where the front page is of those who run them.
_SHORTENERS = {
    "bit.ly": "bitly.com", "j.mp": "bitly.com", "bitly.com": "bitly.com", "t.co": "x.com", "tinyurl.com": "tinyurl.com",
    "goo.gl": "google.com", "g.co": "google.com", "ow.ly": "hootsuite.com", "ht.ly": "hootsuite.com", "is.gd": "is.gd",
    "v.gd": "v.gd", "buff.ly": "buffer.com", "lnkd.in": "linkedin.com", "fb.me": "facebook.com",
    "wp.me": "wordpress.com", "tiny.cc": "tiny.cc", "tr.im": "tr.im", "cli.gs": "cli.gs", "su.pr": "stumbleupon.com",
    "dlvr.it": "dlvrit.com", "ift.tt": "ifttt.com", "rebrand.ly": "rebrandly.com", "cutt.ly": "cutt.ly",
    "shorturl.at": "shorturl.at", "rb.gy": "rebrandly.com", "t.ly": "t.ly", "bl.ink": "bl.ink", "snip.ly": "sniply.io",
    "po.st": "po.st", "amzn.to": "amazon.com", "a.co": "amazon.com", "nyti.ms": "nytimes.com",
    "wapo.st": "washingtonpost.com", "bbc.in": "bbc.com", "cnn.it": "cnn.com", "reut.rs": "reuters.com",
    "on.wsj.com": "wsj.com", "bloom.bg": "bloomberg.com", "econ.st": "economist.com", "gu.com": "theguardian.com",
    "spoti.fi": "spotify.com", "flic.kr": "flickr.com", "redd.it": "reddit.com", "git.io": "github.com",
    "aka.ms": "microsoft.com", "youtu.be": "youtube.com", "vk.cc": "vk.com", "clck.ru": "ya.ru", "qr.ae": "quora.com",
    "kutt.it": "kutt.it", "shorl.com": "shorl.com", "snipurl.com": "snipurl.com", "x.co": "godaddy.com",
    "soo.gd": "soo.gd", "s.id": "s.id", "mcaf.ee": "mcafee.com", "db.tt": "dropbox.com", "eepurl.com": "mailchimp.com",
    "trib.al": "socialflow.com", "lc.chat": "livechat.com", "dai.ly": "dailymotion.com", "adf.ly": "adf.ly",
    "feeds.feedburner.com": "feedburner.com", "feedproxy.google.com": "google.com",
}


def is_resolver(link: str) -> bool:
    """Tell whether an address is a permanent name at a service that resolves it."""
    name = urls.host(link).removeprefix("www.")
    if name in _RESOLVERS:
        return urls.path(link) != "/"
    if name.startswith(("hdl.", "purl.")):
        return urls.path(link) != "/"
    return _RESOLVING_HOST.match(name) is not None and _NAME.search(urls.path(link)) is not None


def is_shortener(link: str) -> bool:
    """Tell whether an address is a short form of another."""
    return urls.host(link).removeprefix("www.") in _SHORTENERS and urls.path(link) != "/"


def runs(shortener: str, link: str) -> bool:
    """Tell whether an address is of those who run a shortener."""
    owner = _SHORTENERS.get(urls.host(shortener).removeprefix("www."), "")
    return urls.same_site(shortener, link) or urls.registrable_domain(urls.host(link)) == owner


def _holds(link: str, target: str) -> bool:
    """Tell whether an address is that of a door with another one written on it: `/url?q=https://...`."""
    if "http" not in urls.query(link):
        return False
    values = (value for _, value in parse_qsl(urls.query(link)[1:]) if value.lower().startswith(("http:", "https:")))
    return any(urls.differs_only_in_spelling(urls.normalise(value) or "", target) for value in values)


def stands_for(link: str) -> bool:
    """Tell whether an address only stands for another: a permanent name, or a short form."""
    return is_resolver(link) or is_shortener(link)


def _server(link: str) -> str:
    return urls.authority(link).removeprefix("www.")


def behind(addresses: Sequence[str]) -> int:
    """Tell how many addresses at the beginning of a chain only stand for the next one."""
    number = 0
    while number < len(addresses) - 1:
        here, there = addresses[number], addresses[number + 1]
        if stands_for(here):
            if _server(here) == _server(there) and not stands_for(there):
                break  # it leads to a page of its own
        elif not _holds(here, there):
            break
        number += 1
    return number
