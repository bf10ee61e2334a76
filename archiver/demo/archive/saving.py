"""The double's Save Page Now: jobs with keys, and the old way without. Errors come with HTTP 200, as they do there."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from archiver.demo.answers import Reply, page
from archiver.demo.archive.holdings import Held, Holdings, page_of
from archiver.demo.archive.replay import SITE, links
from archiver.demo.archive.words import data, overloaded, too_many

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ENOUGH_PER_URL = 5  # captures of one address per day, by everybody
_AGAIN = timedelta(hours=1)  # a younger capture is given instead of a new one
_KEPT = timedelta(hours=1)  # a finished job is remembered for so long
_MINUTE = timedelta(minutes=1)
_CODES = {401: "unauthorized", 403: "no-access", 404: "not-found", 405: "method-not-allowed", 410: "not-found",
          429: "too-many-requests", 500: "internal-server-error", 502: "bad-gateway", 503: "service-unavailable",
          504: "gateway-timeout"}


class Live(Struct, frozen=True, kw_only=True):
    """What the live web shows of an address when it is captured."""

    status: int = 200
    media_type: str = "text/html"
    body: bytes = b""
    url: str = ""  # after redirects; nothing: as asked


class Saving(Struct, frozen=True, kw_only=True):
    """How the saving of an address goes."""

    after: float = 20.0  # seconds until the job has finished,
    polls: int = 0  # and at least so many questions answered with "pending"
    error: str = ""  # a status_ext such as "error:not-found"; nothing: it succeeds
    message: str = ""
    at_once: bool = False  # the error is the answer to the submission itself, and there is no job
    delay: str = ""  # "3 minutes": say at submission that the capture starts later
    lost: Reply | None = None  # what is answered to the submission instead, though the job goes on
    job_id: str = ""  # nothing: one of the usual shape
    index_lag: float = 0.0  # seconds until the index shows the capture
    replay_lag: float = 0.0


class Account(Struct, kw_only=True):
    """Somebody with keys."""

    access: str
    secret: str
    slots: int = 3  # captures under way at once
    daily: int = 30_000
    used: int = 0  # today


class Legacy(StrEnum):
    """How `GET /save/<url>` without keys answers on a good day."""

    REDIRECT = "redirect"  # 302 to the capture
    CHAIN = "chain"  # 302 to itself under another name, then to the capture
    CONTENT_LOCATION = "content-location"  # 200, the address in Content-Location
    LINK = "link"  # 200, the address in the Link header only
    CACHED = "cached"  # 302 to an old capture
    REFUSED = "refused"  # 404, for every address
    SILENT = "silent"  # 200, and no word of a capture


class _Job(Struct, kw_only=True):
    id: str
    url: str
    account: str
    begun: datetime
    saving: Saving
    asked: int = 0
    held: Held | None = None
    error: tuple[str, str] | None = None  # status_ext, message

    def finished(self) -> datetime:
        return self.begun + timedelta(seconds=self.saving.after)


class SavePageNow(Struct):
    """All of it."""

    holdings: Holdings
    accounts: dict[str, Account] = field(default_factory=dict)
    plans: dict[str, Saving] = field(default_factory=dict)
    usual: Saving = Saving()
    legacy: Legacy = Legacy.REDIRECT
    live: Callable[[str], Live | None] | None = None
    jobs: dict[str, _Job] = field(default_factory=dict)
    _today: str = ""
    _per_url: Counter[str] = field(default_factory=Counter)
    _recent: list[datetime] = field(default_factory=list)

    def who(self, headers: Mapping[str, str]) -> Account | None:
        """Give the account whose keys a request carries."""
        keys = headers.get("authorization", "").removeprefix("LOW ")
        return next((one for one in self.accounts.values() if f"{one.access}:{one.secret}" == keys), None)

    def submit(self, account: Account, body: bytes, now: datetime) -> Reply:
        """Answer `POST /save`."""
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        url = form.get("url", [""])[0]
        saving = self.plans.get(url, self.usual)
        if _strange(url):
            return _error("error:invalid-url-syntax", f"URL syntax is not valid: {url[:80]}")
        self._new_day(now)
        self._recent = [one for one in self._recent if one > now - _MINUTE]
        if len(self._recent) >= 7:
            return too_many()
        if account.used >= account.daily:
            return data({"status": "error", "message": f"You cannot make more than {account.daily} captures per day."})
        if self._busy(account, now) >= account.slots:
            return _error("error:user-session-limit", "User has reached the limit of active sessions.")
        recent = self.holdings.recent(url, now - _AGAIN)
        job_id = saving.job_id or f"spn2-{hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()}"
        if recent is not None:
            minutes = round((now - recent.at) / _MINUTE)
            message = (f"The same snapshot had been made {minutes} minutes ago. "
                       "You can make new capture of this URL after 1 hour.")
            if "if_not_archived_within" in form:
                return data({"url": url, "job_id": None, "message": message})
            return data({"url": url, "job_id": job_id, "message": message})
        if self._per_url[url] >= _ENOUGH_PER_URL:
            return _error("error:too-many-daily-captures", "This URL has been already captured 5 times today.")
        self._recent.append(now)
        account.used += 1
        if saving.at_once:
            return _error(saving.error, saving.message)
        self.jobs[job_id] = self._begin(job_id, url, account.access, saving, now)
        if saving.lost is not None:
            return saving.lost
        told: dict[str, object] = {"url": url, "job_id": job_id}
        if saving.delay:
            told["message"] = f"The capture will start in {saving.delay}."
        return data(told)

    def _begin(self, job_id: str, url: str, account: str, saving: Saving, now: datetime) -> _Job:
        job = _Job(id=job_id, url=url, account=account, begun=now, saving=saving)
        if saving.error:
            job.error = saving.error, saving.message or "Something went wrong."
        else:
            job.held, job.error = self._capture(url, saving, job.finished())
        if job.held is not None:
            self._per_url[url] += 1
            self.holdings.add(job.held)
        return job

    def _capture(
        self, url: str, saving: Saving, at: datetime,
    ) -> tuple[Held | None, tuple[str, str] | None]:
        live = self.live(url) if self.live is not None else Live(body=page_of(url, at))
        if live is None:
            return None, ("error:cannot-fetch", f"Cannot fetch the target URL {url}.")
        if live.status >= 400:
            code = _CODES.get(live.status, "cannot-fetch")
            return None, (f"error:{code}", f"The server answered. (HTTP status={live.status}).")
        at = at.replace(microsecond=0)
        return Held(
            url=live.url or url, at=at, status=live.status, body=live.body, media_type=live.media_type,
            indexed=at + timedelta(seconds=saving.index_lag), replayed=at + timedelta(seconds=saving.replay_lag),
        ), None

    def status(self, job_id: str, now: datetime) -> Reply:
        """Answer `GET /save/status/<job>`."""
        job = self.jobs.get(unquote(job_id))
        if job is None or now > job.finished() + _KEPT:
            return data({"status": "error", "message": "No such job."}, status=404)
        job.asked += 1
        if now < job.finished() or job.asked <= job.saving.polls:
            return data({"status": "pending", "job_id": job.id, "resources": []})
        if job.error is not None:
            return _error(*job.error, job_id=job.id)
        if job.held is None:
            return _error("error:job-failed", "The capture failed.", job_id=job.id)
        return data({
            "status": "success", "job_id": job.id, "original_url": job.held.url, "timestamp": job.held.stamp,
            "duration_sec": job.saving.after, "http_status": job.held.status, "resources": [job.held.url],
            "outlinks": [], "counters": {"outlinks": 0, "embeds": 1},
        })

    def user(self, account: Account, now: datetime) -> Reply:
        """Answer `GET /save/status/user`."""
        self._new_day(now)
        busy = self._busy(account, now)
        return data({
            "processing": busy, "available": max(0, account.slots - busy), "daily_captures": account.used,
            "daily_captures_limit": account.daily,
        })

    def _busy(self, account: Account, now: datetime) -> int:
        return sum(job.account == account.access and now < job.finished() for job in self.jobs.values())

    def _new_day(self, now: datetime) -> None:
        if self._today not in ("", f"{now:%Y%m%d}"):
            self._per_url.clear()
            for account in self.accounts.values():
                account.used = 0
        self._today = f"{now:%Y%m%d}"

    def old_way(self, rest: str, now: datetime) -> Reply:
        """Answer `GET /save/<url>`."""
        url = rest.removeprefix("_embed/")
        if self.legacy is Legacy.REFUSED:
            return page("<title>404 Not Found</title>", status=404)
        if self.legacy is Legacy.CHAIN and rest == url:
            return _moved(f"/save/_embed/{url}")
        if self.legacy is Legacy.SILENT:
            return page("<title>Save Page Now</title>")
        saving = replace(self.plans.get(url, self.usual), after=0.0)
        if saving.lost is not None:
            self._begin(f"old-{len(self.jobs)}", url, "", saving, now)
            return saving.lost
        # The newest one of all is an old copy where the script says so; else one of the last 45 minutes is given again.
        since = now - timedelta(minutes=45) if self.legacy is not Legacy.CACHED else now - timedelta(days=36500)
        held = self.holdings.recent(url, since)
        if held is None:
            job = self._begin(f"old-{len(self.jobs)}", url, "", saving, now)
            if job.held is None:
                why = job.error[1] if job.error else ""
                error = ("X-Archive-Wayback-Runtime-Error", f"LiveDocumentNotAvailableException: {why}")
                return replace(overloaded(520), headers=(error,))
            held = job.held
        every = [one for one in self.holdings.of(url, now) if one != held]
        every = sorted([*every, held], key=lambda one: one.at)
        target = f"/web/{held.stamp}/{held.url}"
        if self.legacy is Legacy.CONTENT_LOCATION:
            return page("<title>Saved</title>", headers=(("Content-Location", target), ("Link", links(every, held))))
        if self.legacy is Legacy.LINK:
            return page("<title>Saved</title>", headers=(("Link", links(every, held)),))
        return _moved(f"{SITE}{target}")


def system() -> Reply:
    """Answer `GET /save/status/system`."""
    return data({"status": "ok", "recent_captures": 941, "queues": {"spn2_api": 12}})


def logged_out() -> Reply:
    """Refuse somebody without keys, or with wrong ones."""
    return data({"message": "You need to be logged in to use Save Page Now."}, status=401)


def _error(code: str, message: str, *, job_id: str | None = None) -> Reply:
    told: dict[str, object] = {"status": "error", "status_ext": code, "message": message}
    return data(told | ({"job_id": job_id, "exception": None, "resources": []} if job_id else {}))


def _moved(target: str) -> Reply:
    return page("<title>Found</title>", status=302, headers=(("Location", target),))


def _strange(url: str) -> bool:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return True
    return parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or len(url) > 4096


