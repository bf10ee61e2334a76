"""Save Page Now with keys: submissions, their jobs, and what the account may still do.

The facts are those of the archive's interface description (SPN2, rev. 2026-07-22). Errors come with HTTP 200, also at
submission; identifiers of jobs have no shape that one could rely on; a submission whose answer is lost may have been
made, so it is looked up and never sent again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.archives import clock as lanes
from archiver.archives import jobs
from archiver.archives.cdx import Row
from archiver.archives.http import NoReply, Reply, one_line
from archiver.archives.refusals import Meaning, delay, rule
from archiver.archives.stamps import from_stamp, midnight_after
from archiver.archives.wayback import SITE, snapshot
from archiver.model import JobState, SnapshotHow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from archiver.archives.http import Client
    from archiver.archives.wayback import Wayback
    from archiver.model import Job

_SAVE = f"{SITE}/save"
_STATUS = f"{SITE}/save/status"
_BUSY_WAIT = 20.0  # seconds until the archive is asked again whether a capture of ours has ended
_BUSY_ROUNDS = 6  # a capture takes two minutes at most
_TRANSIENT = 20.0  # under load the archive refuses good keys for a moment
_PATIENCE = timedelta(seconds=60)
_TOO_LONG = timedelta(days=3)  # a job that is pending for so long has been forgotten
_WRONG_KEYS = "the Internet Archive refuses the keys; see https://archive.org/account/s3.php"


class Keys(Struct, frozen=True, kw_only=True):
    """Keys of an account at the Internet Archive (https://archive.org/account/s3.php)."""

    access: str
    secret: str

    def __repr__(self) -> str:
        return f"Keys(access={self.access!r})"  # whatever is printed, the secret is not

    @property
    def header(self) -> dict[str, str]:
        """Give the header that shows them."""
        return {"Authorization": f"LOW {self.access}:{self.secret}", "Accept": "application/json"}


class SavePageNow:
    """Submits pages with keys, and follows the jobs."""

    def __init__(self, client: Client, keys: Keys, wayback: Wayback, *, private: bool = False) -> None:
        self._client = client
        self._clock = client.clock
        self._keys = keys
        self._wayback = wayback
        self._private = private
        self._free: int | None = None  # captures that may begin now, as far as is known
        self._known = False  # the account was asked about
        self._shut = ""
        self._until: datetime | None = None  # None: while this program runs

    @property
    def why_not(self) -> str:
        """Tell why nothing can be submitted now, or nothing. Asks about the account once."""
        if self._shut and self._until is not None and self._until <= self._clock.now():
            self._shut, self._known = "", False
        if not self._shut and (wait := self._client.pace.wait(lanes.SUBMIT)) > self._client.budget.left:
            return f"the Internet Archive takes nothing more for {lanes.spoken(wait)}"
        if not self._shut and not self._known:
            self._ask_account()
        return self._shut

    def submit(self, link: str) -> Job:
        """Submit one address, once."""
        if (refused := jobs.unfit(link, self._clock, private=self._private)) is not None:
            return refused
        if why := self.why_not or self._wait_for_slot():
            again = self._until or self._clock.now()
            return jobs.begin(link, self._clock, JobState.QUOTA, code="not-sent", message=why, next_ask=again)
        job = self._post(link)
        if job.code == "user-session-limit" and not self._wait_for_slot():
            job = self._post(link)  # an explicit no has made nothing
        return job

    def _post(self, link: str) -> Job:
        form = {"url": urls.without_fragment(link), "skip_first_archive": "1"}
        submitted = self._clock.now()
        reply = self._client.post(_SAVE, form, lane=lanes.SUBMIT, headers=self._keys.header)
        if isinstance(reply, NoReply):
            if not reply.sent:
                return jobs.unsent(link, self._clock, reply)
            return jobs.lost(link, self._clock, submitted, code=reply.cause, message=reply.detail)
        return self._submitted(link, submitted, reply)

    def _submitted(self, link: str, submitted: datetime, reply: Reply) -> Job:
        now, told = self._clock.now(), _object(reply)
        message, remote = _text(told, "message"), _text(told, "job_id")
        if reply.status == 401 or (not remote and "need to be logged in" in message):
            return self._unauthorised(link)
        if reply.status == 429:
            wait = timedelta(seconds=reply.retry_after) if reply.retry_after is not None else _PATIENCE
            self._close("the Internet Archive asks for patience (429)", now + wait)
            return jobs.begin(
                link, self._clock, JobState.QUOTA, code="http-429", message=self._shut, next_ask=self._until,
            )
        if 400 <= reply.status < 500 and not _speaks(told):
            return jobs.begin(
                link, self._clock, JobState.FAILED, code=f"http-{reply.status}",
                message=f"the archive answered the submission with status {reply.status}",
            )
        if not _speaks(told) or reply.status >= 500:
            return jobs.lost(
                link, self._clock, submitted, code=f"http-{reply.status}",
                message="the archive's answer to the submission says nothing",
            )
        if _is_error(told) or reply.status >= 400 or (not remote and rule("", message, now).meaning is Meaning.STOP):
            return self._refused(jobs.begin(link, self._clock, JobState.PENDING, submitted=submitted), told)
        if not remote and not _is_reuse(message):
            return jobs.lost(link, self._clock, submitted, code="no-job", message=message)
        if self._free is not None:
            self._free -= 1
        job = jobs.begin(
            link, self._clock, JobState.PENDING, remote_id=remote or None, submitted=submitted, message=message,
            code=jobs.REUSED if _is_reuse(message) else "", next_ask=now + timedelta(seconds=10 + delay(message)),
        )
        return job if remote else jobs.look(replace(job, state=JobState.UNCLEAR), self._wayback, self._clock)

    def ask(self, job: Job) -> Job:
        """Ask how a job stands, unless it is too early to."""
        now = self._clock.now()
        if not job.open or (job.next_ask is not None and job.next_ask > now):
            return job
        if job.state is JobState.UNCLEAR or job.remote_id is None:
            return jobs.look(job, self._wayback, self._clock)
        reply = self._client.get(
            f"{_STATUS}/{quote(job.remote_id, safe='')}", lane=lanes.POLL, secret=self._keys.header, follow=False,
        )
        if isinstance(reply, NoReply):
            return self._unanswered(job, reply.retry_after)
        told = _object(reply)
        if reply.status == 404:
            return jobs.look(job, self._wayback, self._clock)  # forgotten: it was finished an hour ago or more
        if reply.status != 200 or not _speaks(told):
            return self._unanswered(job, reply.retry_after)
        if told.get("status") == "success":
            return self._finished(job, told)
        if _is_error(told):
            return self._refused(job, told)
        if told.get("status") == "pending" and self._clock.now() - job.submitted < _TOO_LONG:
            now = self._clock.now()
            return replace(job, asked=now, next_ask=jobs.next_poll(job, now))
        return self._unanswered(job, None)

    def _unanswered(self, job: Job, retry_after: float | None) -> Job:
        """Keep a job of which nothing was learned; an old one is looked up, for the archive forgets jobs."""
        now = self._clock.now()
        if now - job.submitted > jobs.KEPT:
            return jobs.look(job, self._wayback, self._clock)
        return replace(job, next_ask=now + max(timedelta(seconds=retry_after or 0), _PATIENCE))

    def _finished(self, job: Job, told: Mapping[str, object]) -> Job:
        """Read a success. What it cannot be believed in is looked up instead."""
        now = self._clock.now()
        taken, original = from_stamp(_text(told, "timestamp")), _text(told, "original_url") or job.link
        link = urls.normalise(original)
        if taken is None or link is None:
            return jobs.look(job, self._wayback, self._clock)
        if any(sign.isspace() or not sign.isprintable() for sign in original):
            original = link
        status = told.get("http_status")
        status = status if isinstance(status, int) and 100 <= status <= 599 else None
        if status is not None and status >= 400:
            why = f"the archive kept an error page ({status})"
            return replace(job, state=JobState.FAILED, asked=now, next_ask=None, code=f"http-{status}", message=why)
        new = taken >= job.submitted - jobs.SLACK and job.code != jobs.REUSED
        row = Row(
            taken=taken, stamp=_text(told, "timestamp"), original=urls.without_fragment(original), status=status,
        )
        return replace(
            job, state=JobState.DONE, asked=now, next_ask=None, message="",
            snapshot=snapshot(row, SnapshotHow.SUBMITTED if new else SnapshotHow.FOUND),
        )

    def _refused(self, job: Job, told: Mapping[str, object]) -> Job:
        """Read an error, from a submission or from a job."""
        now = self._clock.now()
        ruling = rule(_text(told, "status_ext"), one_line(_text(told, "message")), now)
        ended = replace(
            job, asked=now, code=one_line(ruling.code, 80), message=ruling.message, next_ask=ruling.again,
            state=JobState.REFUSED if ruling.meaning is Meaning.NEVER else JobState.FAILED,
        )
        if ruling.meaning is Meaning.STOP:
            until = ruling.again or midnight_after(now)
            self._close(ruling.message or f"the Internet Archive's limit is reached ({ruling.code})", until)
            self._client.pace.hold(lanes.SUBMIT, (until - now).total_seconds())
            return replace(ended, state=JobState.QUOTA)
        if ruling.meaning is Meaning.SLOTS:
            self._free = 0
        if ruling.meaning is Meaning.COPIED:
            day = replace(job, submitted=midnight_after(now) - timedelta(days=1), code="")
            copy = jobs.look(day, self._wayback, self._clock).snapshot
            if copy is not None:
                copy = replace(copy, how=SnapshotHow.FOUND)
                return replace(ended, state=JobState.DONE, next_ask=None, snapshot=copy)
        return ended

    def _unauthorised(self, link: str) -> Job:
        """Find out whether the keys are wrong or the archive is overloaded: it says the same of both."""
        self._client.pace.hold(lanes.POLL, _TRANSIENT)
        self._ask_account(doubted=True)
        if self._shut:
            again = self._until or self._clock.now()
            return jobs.begin(link, self._clock, JobState.QUOTA, code="http-401", message=self._shut, next_ask=again)
        return jobs.begin(
            link, self._clock, JobState.FAILED, code="http-401", next_ask=self._clock.now() + timedelta(minutes=5),
            message="the archive is overloaded: it refused keys that it then accepted",
        )

    def _ask_account(self, *, doubted: bool = False) -> None:
        """Ask what the account may do. Only a clear no closes the door for good; silence closes it for a while."""
        reply = self._account()
        if not doubted and isinstance(reply, Reply) and reply.status == 401:
            self._client.pace.hold(lanes.POLL, _TRANSIENT)
            reply = self._account()
        now = self._clock.now()
        self._known = True
        if isinstance(reply, NoReply):
            self._close(f"the Internet Archive cannot be asked: {reply.detail}",
                        now + timedelta(seconds=reply.retry_after or 60))
        elif reply.status == 401:
            self._close(_WRONG_KEYS, None)
        elif reply.status == 429 or reply.status >= 500:
            self._close(f"the Internet Archive takes nothing now (status {reply.status})",
                        now + timedelta(seconds=reply.retry_after or 60))
        else:
            self._take(_object(reply), now)

    def _account(self) -> Reply | NoReply:
        return self._client.get(f"{_STATUS}/user", lane=lanes.POLL, secret=self._keys.header, follow=False)

    def _take(self, told: Mapping[str, object], now: datetime) -> None:
        """Take what the archive told of the account. What it does not tell is no reason against trying."""
        free, used, most = (told.get(name) for name in ("available", "daily_captures", "daily_captures_limit"))
        self._free = free if type(free) is int else None
        if type(used) is int and type(most) is int and used >= most:
            self._close(f"the account's {most} captures of today are used", midnight_after(now))

    def _wait_for_slot(self) -> str:
        """Wait while all captures that the account may have at once are under way; tell why not, if it takes long."""
        for _ in range(_BUSY_ROUNDS):
            if self._free is None or self._free > 0 or self._shut:
                return self._shut
            if self._client.budget.left <= _BUSY_WAIT:
                break
            self._clock.sleep(_BUSY_WAIT)
            self._ask_account()
        return self._shut or ("" if self._free is None or self._free > 0 else "all captures of the account are busy")

    def _close(self, why: str, until: datetime | None) -> None:
        self._shut, self._until = why, until


def _object(reply: Reply) -> Mapping[str, object]:
    told = reply.json() if not reply.cut else None
    return told if isinstance(told, dict) else {}


def _speaks(told: Mapping[str, object]) -> bool:
    """Tell whether an answer says anything of a submission or a job."""
    return any(told.get(name) for name in ("job_id", "status", "status_ext", "message"))


def _is_error(told: Mapping[str, object]) -> bool:
    return told.get("status") == "error" or bool(_text(told, "status_ext"))


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return value.strip() if isinstance(value, str) else str(value) if type(value) is int else ""


def _is_reuse(message: str) -> bool:
    return "same snapshot" in message.lower() or "new capture of this url after" in message.lower()
