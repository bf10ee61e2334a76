"""Saving without keys: `GET /save/<address>`, through waybackpy, whose faults stay in here.

waybackpy 3.0.6 makes the request's address and headers, and reads the answer. Its own fetching is replaced by ours: it
knows no timeout, no proxy and no politeness, follows `Retry-After` for hours, and repeats captures. What it reads is
one opinion among ours: its expressions miss Content-Location, and in a Link header they find the *next* copy. A copy
counts as made only when its time says so.
"""

from __future__ import annotations

import warnings
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from archiver import urls
from archiver.archives import clock as lanes
from archiver.archives import jobs
from archiver.archives.cdx import same_host
from archiver.archives.http import NoReply, Patience, Reply, stray
from archiver.archives.links import read_links
from archiver.archives.wayback import SITE, row_of, snapshot
from archiver.model import JobState, SnapshotHow
from archiver.web.headers import user_agent

if TYPE_CHECKING:
    from archiver.archives.cdx import Row
    from archiver.archives.http import Client
    from archiver.archives.wayback import Wayback
    from archiver.model import Job

_PATIENCE = Patience(connect=10.0, read=180.0, total=240.0)  # the answer comes when the capture is made
_HOPS = 4
_ENOUGH = 3  # refusals in a row: keyless saving is closed today
_BLOCK = timedelta(minutes=5)  # of an address that went on after a 429
_HEADERS = 16_000  # characters of headers that waybackpy's expressions are shown


class Keyless:
    """Submits pages without keys."""

    def __init__(self, client: Client, wayback: Wayback, *, contact: str = "", private: bool = False) -> None:
        self._client = client
        self._clock = client.clock
        self._wayback = wayback
        self._agent = user_agent(contact)
        self._private = private
        self._refusals = 0
        self._shut = ""
        self._until: datetime | None = None

    @property
    def why_not(self) -> str:
        """Tell why nothing can be submitted now, or nothing."""
        if self._shut and self._until is not None and self._until <= self._clock.now():
            self._shut = ""
        wait = self._client.pace.wait(lanes.SUBMIT_KEYLESS)
        if not self._shut and wait > self._client.budget.left:
            return f"the Internet Archive takes nothing more for {lanes.spoken(wait)}"
        return self._shut

    def submit(self, link: str) -> Job:
        """Submit one address, once, and wait for the copy."""
        if (refused := jobs.unfit(link, self._clock, private=self._private)) is not None:
            return refused
        if why := self.why_not:
            again = self._until or self._clock.now()
            return jobs.begin(link, self._clock, JobState.QUOTA, code="not-sent", message=why, next_ask=again)
        submitted = self._clock.now()
        answer = _Answer()
        opinion = _ask_waybackpy(urls.without_fragment(link), self._agent, answer, self._client)
        reply = answer.reply
        if reply is None:  # waybackpy did not get as far as asking
            return jobs.begin(link, self._clock, JobState.FAILED, code="waybackpy", message="waybackpy refused it")
        if isinstance(reply, NoReply):
            if not reply.sent:
                return jobs.unsent(link, self._clock, reply)
            return jobs.lost(link, self._clock, submitted, code=reply.cause, message=reply.detail)
        return self._read(link, submitted, reply, [*copies(reply), *opinion])

    def ask(self, job: Job) -> Job:
        """Look for what a submission has made, unless it is too early to."""
        if not job.open or (job.next_ask is not None and job.next_ask > self._clock.now()):
            return job
        return jobs.look(job, self._wayback, self._clock)

    def _read(self, link: str, submitted: datetime, reply: Reply, named: list[Row]) -> Job:
        """Decide what the answer shows; the copies that it names are opinions."""
        now, code = self._clock.now(), f"http-{reply.status}"
        if reply.status in (429, 509):
            self._shut = f"the Internet Archive refuses to save without keys for now ({reply.status})"
            wait = timedelta(seconds=reply.retry_after or 0)
            self._until = now + max(wait, _BLOCK if reply.status == 429 else timedelta(seconds=60))
            return jobs.begin(
                link, self._clock, JobState.QUOTA, code=code, message=self._shut, next_ask=self._until,
            )
        login = reply.location is not None and urls.path(reply.location).startswith(("/account", "/login"))
        if login or (400 <= reply.status < 500 and not reply.memento):
            return self._refused(link, code)
        self._refusals = 0
        here = [row for row in named if same_host(row.original, link)]
        made = [row for row in here if row.taken >= submitted - jobs.SLACK]
        if made:
            return self._done(link, submitted, min(made, key=lambda row: row.taken), SnapshotHow.SUBMITTED)
        if reply.status >= 500:
            return jobs.lost(link, self._clock, submitted, code=code, message=f"the answer was status {reply.status}")
        if not here:
            return jobs.lost(link, self._clock, submitted, code=code, message="the answer names no copy")
        old = max(here, key=lambda row: row.taken)
        if old.taken >= submitted - jobs.KEPT - jobs.SLACK:
            return self._done(link, submitted, old, SnapshotHow.FOUND)
        why = f"the archive made no copy and gave one of {old.taken:%Y-%m-%d} instead"
        job = jobs.begin(link, self._clock, JobState.FAILED, code="older-copy", message=why, submitted=submitted)
        return replace(job, snapshot=snapshot(old))

    def _refused(self, link: str, code: str) -> Job:
        """Note a refusal. It says nothing of the address: a closed service answers 404 to all of them."""
        self._refusals += 1
        why = f"the Internet Archive did not save it without keys ({code.removeprefix('http-')})"
        if self._refusals >= _ENOUGH:
            self._shut, self._until = "the Internet Archive saves nothing without keys today", None
        return jobs.begin(link, self._clock, JobState.FAILED, code=code, message=why)

    def _done(self, link: str, submitted: datetime, row: Row, how: SnapshotHow) -> Job:
        job = jobs.begin(link, self._clock, JobState.DONE, submitted=submitted)
        return replace(job, snapshot=snapshot(row, how))


def copies(reply: Reply) -> list[Row]:
    """Give the copies that an answer names: in Location, in Content-Location, and as mementos in its links.

    The links name neighbours too. Which copy was made is told by the times, not by the words beside "memento".
    """
    named = [reply.location or "", urls.join(reply.url, reply.header("content-location") or "") or "", reply.url]
    links = read_links((reply.header("link") or "")[:_HEADERS])
    named += [link.target for link in links if "memento" in link.rels]
    return [row for address in named if (row := row_of(address)) is not None]


class _Answer:
    """Where the fetching leaves what waybackpy has no place for."""

    def __init__(self) -> None:
        self.reply: Reply | NoReply | None = None


def _ask_waybackpy(link: str, agent: str, answer: _Answer, client: Client) -> list[Row]:
    """Let waybackpy submit an address through our client, and give the copy that it believes was made."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it asks datetime.utcnow()
        from requests.structures import CaseInsensitiveDict
        from waybackpy import WaybackMachineSaveAPI
        from waybackpy.exceptions import WaybackError

        class Api(WaybackMachineSaveAPI):
            def get_save_request_headers(self) -> None:
                """Fetch once, as we fetch, instead of in a session without limits."""
                if answer.reply is not None:
                    raise WaybackError("one request is all it gets")
                answer.reply = reply = _fetch(client, self.request_url, self.request_headers)
                if isinstance(reply, NoReply):
                    raise WaybackError(reply.detail)
                self.headers = CaseInsensitiveDict(_shown(reply))
                self.status_code = reply.status
                # It takes any address that contains "web.archive.org/web/" for a copy, also one that is being saved.
                self.response_url = next((one for one in (reply.location, reply.url) if one and row_of(one)), "")

            @staticmethod
            def sleep(tries: int) -> None:
                """Never wait: there is no second try."""

        try:
            row = row_of(str(Api(link, user_agent=agent, max_tries=1).save()))
        except (WaybackError, ValueError, TypeError, AttributeError):
            return []  # it reads no copy out of the answer; ValueError is what it says of copies of odd addresses
    return [row] if row is not None else []


def _shown(reply: Reply) -> dict[str, Any]:
    """Give the headers that waybackpy reads, and no more of them than its expressions can take."""
    wanted = ("Content-Location", "Link", "X-Cache-Key")
    return {name: value[:_HEADERS] for name in wanted if (value := reply.header(name)) is not None}


def _fetch(client: Client, url: str, headers: dict[str, str]) -> Reply | NoReply:
    """Ask for a capture, and follow the redirects of the saving itself, not the one to the copy."""
    reply = client.get(
        url, lane=lanes.SUBMIT_KEYLESS, headers=headers, limit=0, follow=False, retry=False, patience=_PATIENCE,
    )
    for _ in range(_HOPS):
        if isinstance(reply, NoReply) or reply.location is None or row_of(reply.location) is not None:
            return reply
        if not reply.location.startswith(f"{SITE}/save/") or stray(url, reply.location) is not None:
            return reply
        reply = client.get(
            reply.location, lane=lanes.POLL, headers=headers, limit=0, follow=False, retry=False, patience=_PATIENCE,
        )
    return reply
