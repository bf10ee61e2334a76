"""A double of the Internet Archive, behind the demo proxy as https://web.archive.org and https://archive.org.

    archive = InternetArchive(clock)
    archive.hold("http://harbour.demo/tides", datetime(2014, 5, 3, tzinfo=UTC), body=b"...")
    archive.account("access", "secret")
    archive.plan("http://harbour.demo/new", Saving(after=30.0, index_lag=600.0))
    archive.next(Service.INDEX, too_many(retry_after="120"))

It answers as the archive does: CDX, availability, TimeGate, replay, TimeMaps, Save Page Now with and without keys. Its
time is the injected clock's. It keeps every request, so that a test can see what was asked and how far apart.
"""

from archiver.demo.archive.holdings import Held
from archiver.demo.archive.saving import Account, Legacy, Live, Saving
from archiver.demo.archive.service import Asked, InternetArchive, Service
from archiver.demo.archive.words import blocked, nothing, overloaded, page_instead, too_many

__all__ = [
    "Account", "Asked", "Held", "InternetArchive", "Legacy", "Live", "Saving", "Service", "blocked", "nothing",
    "overloaded", "page_instead", "too_many",
]
