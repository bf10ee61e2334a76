"""The one door to web archives: look copies up, submit pages, ask how submissions stand.

What the outside does never raises here: an archive that is down, busy or confused is an answer of its own kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import plan, urls
from archiver.archives import jobs, memento
from archiver.archives.clock import HostClock
from archiver.archives.content import Unread, fetch
from archiver.archives.http import Budget, Client
from archiver.archives.keyless import Keyless
from archiver.archives.memento import Memento7089
from archiver.archives.savepagenow import Keys, SavePageNow
from archiver.archives.transport import Transport
from archiver.archives.wayback import NAME, Wayback
from archiver.errors import ConfigError
from archiver.model import Answer, JobState, Lookup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from archiver.archives.content import Content
    from archiver.clock import Clock
    from archiver.config import ArchiveSettings, WebSettings
    from archiver.model import Job, Snapshot

_SERVICE = "archive.org"  # it throttles an address over all its hosts
_KEYS_FILE_LIMIT = 10_000  # bytes
_NO_KEYS = (
    "no Internet Archive keys: set ARCHIVER_ARCHIVES_ACCESS_KEY and ARCHIVER_ARCHIVES_SECRET_KEY "
    "(https://archive.org/account/s3.php), or archives.keyless = true"
)


class _Place(Struct, frozen=True, kw_only=True):
    """An archive to look in."""

    find: Wayback | Memento7089
    own: bool = False  # on this machine or in this house: it may be asked about private addresses


class Archives:
    """The archives of the settings. Nothing is sent before something is asked."""

    def __init__(
        self, places: Sequence[_Place], clock: Clock, *, wayback: Wayback | None, saver: SavePageNow | Keyless | None,
        closed: str, private: bool,
    ) -> None:
        """Use `open_archives`."""
        self._places = tuple(places)
        self._clock = clock
        self._wayback = wayback
        self._saver = saver
        self._closed = closed  # why there is no saver
        self._private = private

    @property
    def names(self) -> tuple[str, ...]:
        """Name the archives that are asked, in order."""
        return tuple(place.find.name for place in self._places)

    def find(self, link: str, near: date | None) -> tuple[Lookup, ...]:
        """Ask every archive for copies of a link, around a day or the newest. A fragment is not asked about."""
        return tuple(self._find(place, link, near) for place in self._places)

    def _find(self, place: _Place, link: str, near: date | None) -> Lookup:
        address = urls.normalise(link)
        if address is None:
            why = "no request can be made of the address"
        elif not (place.own or self._private or plan.is_public(address)):
            why = "a private address is told to no archive"
        else:
            return replace(place.find.find(address, near), link=link)
        return Lookup(archive=place.find.name, link=link, at=self._clock.now(), answer=Answer.UNKNOWN, reason=why)

    def content(self, snapshot: Snapshot) -> Content | Unread:
        """Fetch the bytes that a snapshot holds, from the archive on whose site it is, whoever named it."""
        place = next((place for place in self._places if place.find.holds(snapshot.url)), None)
        if place is None:
            return Unread(reason="no archive of the settings holds it", again=True)
        return fetch(place.find.client, place.find.replay, snapshot)

    @property
    def can_submit(self) -> bool:
        """Tell whether something can be submitted now. The first time this asks the archive about the account."""
        return not self.why_not

    @property
    def why_not(self) -> str:
        """Say in one line why nothing can be submitted now; nothing when it can."""
        return self._closed if self._saver is None else self._saver.why_not

    def submit(self, link: str) -> Job:
        """Submit a link, once. Whatever comes of it is in the job."""
        if self._saver is None:
            return jobs.begin(
                link, self._clock, JobState.QUOTA, code="not-sent", message=self._closed, next_ask=self._clock.now(),
            )
        return self._saver.submit(link)

    def ask(self, job: Job) -> Job:
        """Learn how a job stands, of this run or of an earlier one. Before its `next_ask` nothing is asked."""
        if job.archive != NAME or not job.open or self._wayback is None:
            return job
        if self._saver is not None:
            return self._saver.ask(job)
        if job.next_ask is not None and job.next_ask > self._clock.now():
            return job
        return jobs.look(job, self._wayback, self._clock)  # without keys its copy can still be looked for


def open_archives(archives: ArchiveSettings, web: WebSettings, clock: Clock, folder: Path | None) -> Archives:
    """Open the archives of the settings; the politeness clocks stand in `folder`, or in this process only."""
    memento.check(archives.memento)
    keys = _keys(archives)
    transport = Transport(web, clock)
    budget = Budget(clock, archives.budget)

    def client(service: str) -> Client:
        return Client(transport, HostClock(service, clock, folder), clock, budget)

    places: list[_Place] = []
    wayback: Wayback | None = None
    saver: SavePageNow | Keyless | None = None
    closed = "the Internet Archive is switched off, and no other archive takes submissions"
    if archives.internet_archive:
        internet_archive = client(_SERVICE)
        wayback = Wayback(internet_archive)
        places.append(_Place(find=wayback))
        closed = _NO_KEYS
        if keys is not None:
            saver = SavePageNow(internet_archive, keys, wayback, private=web.allow_private)
        elif archives.keyless:
            saver = Keyless(internet_archive, wayback, contact=web.contact, private=web.allow_private)
    clients: dict[str, Client] = {}  # one clock per host, however many archives it carries
    for one in archives.memento:
        service = _service(memento.fill(one.timemap or one.timegate, "http://a.example/"))
        if service not in clients:
            clients[service] = wayback.client if wayback and service == _SERVICE else client(service)
        places.append(_Place(find=Memento7089(one, clients[service]), own=not memento.is_public(one)))
    return Archives(places, clock, wayback=wayback, saver=saver, closed=closed, private=web.allow_private)


def _service(address: str) -> str:
    """Name the clock of an address: a host, but for the Internet Archive's, which count together."""
    return _SERVICE if urls.registrable_domain(urls.host(address)) == _SERVICE else urls.authority(address)


def _keys(archives: ArchiveSettings) -> Keys | None:
    """Find the keys: in the environment's settings, else in the file. Neither is an error; half of them is."""
    pair: Sequence[str] = (archives.access_key.strip(), archives.secret_key.strip())
    if any(pair):
        origin = "ARCHIVER_ARCHIVES_ACCESS_KEY and ARCHIVER_ARCHIVES_SECRET_KEY"
        if not all(pair):
            raise ConfigError(f"{origin}: only one of them is set", hint="both belong together")
    elif archives.keys_file:
        origin = f"archives.keys_file: {archives.keys_file}"
        pair = _read_keys(Path(archives.keys_file), origin)
    else:
        return None
    if not all(sign.isascii() and sign.isprintable() and sign != " " for key in pair for sign in key):
        raise ConfigError(f"{origin}: these are no keys", hint="see https://archive.org/account/s3.php")
    return Keys(access=pair[0], secret=pair[1])


def _read_keys(file: Path, origin: str) -> Sequence[str]:
    hint = "it must hold two lines: the access key and the secret key"
    try:
        file = file.expanduser()
        if file.exists() and not file.is_file():
            raise ConfigError(f"{origin}: not a file", hint=hint)
        with file.open("rb") as opened:
            text = opened.read(_KEYS_FILE_LIMIT + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{origin}: not a text file", hint=hint) from None
    except (OSError, RuntimeError, ValueError) as error:  # "~" where there is no home; a path with a NUL
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such place"
        raise ConfigError(f"{origin}: cannot read it: {reason}", hint=hint) from None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != 2 or len(text) > _KEYS_FILE_LIMIT:
        raise ConfigError(f"{origin}: expected two lines, found {len(lines)}", hint=hint)
    return lines
