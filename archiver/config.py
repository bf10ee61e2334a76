"""Settings: defaults < config.toml < ARCHIVER_* environment < flags. Each value remembers who set it.

Every key is documented in the config.toml that `archiver init` writes. Durations are numbers of seconds or text such
as "1s", "20m", "6h", "30d"; sizes are bytes or text such as "2MB". Secrets (keys) come from the environment or from a
file of their own, never from config.toml.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

import msgspec
from msgspec import Struct

from archiver.errors import ConfigError
from archiver.model import Patience, Policy, Reason
from archiver.patience import CONVICTING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "config.toml"
_ENVIRONMENT = "ARCHIVER_"


class Duration(float):
    """Seconds."""


class Size(int):
    """Bytes."""


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of config.toml."""


class WebSettings(Section, frozen=True):
    """How the open web is asked."""

    concurrency: int = 256  # requests under way at once, over all hosts
    per_host: int = 1
    processes: int = 0  # that share the hosts of a long list; 0: one for each core, up to eight
    interval: Duration = Duration(1)  # between two requests to one host
    timeout: Duration = Duration(20)  # for one request, all of it
    max_time: Duration = Duration(1200)  # for all looks of a run; what is left waits for the next
    proxy: str = ""
    second_opinion: str = ""  # another proxy: what is not there from here is asked for through it, before it is dead
    browser: str = ""  # Chromium, for pages that a script draws; empty: the one that is installed; "none": none
    ca_bundle: str = ""
    allow_private: bool = False
    robots: bool = False  # honour robots.txt for single citations too
    contact: str = ""  # shown in the User-Agent: an address or a page
    read_limit: Size = Size(2_000_000)  # of a decoded body, for judging
    canaries: tuple[str, ...] = ("example.com", "iana.org", "wikipedia.org")  # names that exist while we are online


class PolicySettings(Section, frozen=True):
    """When a failing link is dead, and when a link is looked at again."""

    strikes: int = 3
    days: float = 6
    patient_strikes: int = 5
    patient_days: float = 30
    reasons: dict[str, tuple[int, float]] = {}  # looks and days, by reason
    recheck: Duration = Duration(7 * 86400)  # a healthy link
    recheck_most: Duration = Duration(60 * 86400)  # one that has been well for long
    retry: Duration = Duration(86400)  # a failing or unknown one


class MementoArchive(Section, frozen=True):
    """Any archive that speaks RFC 7089. `{url}` stands for the address asked for."""

    name: str
    timemap: str = ""
    timegate: str = ""


class ArchiveSettings(Section, frozen=True):
    """Web archives: where to look up and where to submit."""

    internet_archive: bool = True
    save: Literal["never", "missing", "stale", "always"] = "missing"
    stale: Duration = Duration(365 * 86400)  # `save = "stale"`: a snapshot older than this is not enough
    keyless: bool = False  # submit without keys, through waybackpy; slow and often refused
    lookup: Duration = Duration(30 * 86400)  # ask an archive about one link again after this
    submissions: int = 50  # per run
    budget: Duration = Duration(600)  # per run, for all archive work
    clocks: str = ""  # folder of the politeness clocks that all runs of a user share; empty: the user's cache folder
    keys_file: str = ""  # two lines: access key, secret key
    access_key: str = ""  # environment only
    secret_key: str = ""  # environment only
    memento: tuple[MementoArchive, ...] = ()


class CrawlSettings(Section, frozen=True):
    """Sites whose own pages are documents."""

    sites: tuple[str, ...] = ()  # where to start
    depth: int = 10  # clicks from there
    pages: int = 500  # of one site
    include: tuple[str, ...] = ()  # regular expressions: only addresses that match one of them
    exclude: tuple[str, ...] = ()  # and none of these


class CaptureSettings(Section, frozen=True):
    """Copies on our own disk."""

    pages: bool = True
    media: bool = True
    page_limit: Size = Size(20_000_000)
    media_limit: Size = Size(500_000_000)  # per file
    budget: Duration = Duration(1800)  # per run, for all media; what is left waits for the next


class Settings(Section, frozen=True):
    """Everything that can be set."""

    documents: tuple[str, ...] = ()  # paths, globs, folders, addresses
    exclude: tuple[str, ...] = ()  # regular expressions; matching links are skipped
    column: str = ""  # of tables: the only column, or key, that is read
    images: bool = False  # the pictures that documents show are links, too
    folder: str = "data/archive"  # manifest, captures and report live here, relative to config.toml
    manifest: str = ""  # database address; default: SQLite in the folder
    title: str = "Cited links"
    crawl: CrawlSettings = CrawlSettings()
    web: WebSettings = WebSettings()
    policy: PolicySettings = PolicySettings()
    archives: ArchiveSettings = ArchiveSettings()
    captures: CaptureSettings = CaptureSettings()


_PATHS = ("web.ca_bundle", "archives.clocks", "archives.keys_file")
SECRETS = frozenset({"archives.access_key", "archives.secret_key"})
_SECTIONS: dict[str, type[Section]] = {
    "crawl": CrawlSettings, "web": WebSettings, "policy": PolicySettings, "archives": ArchiveSettings,
    "captures": CaptureSettings,
}
# What a number may be: key -> (least, most). Anything outside is a typing error, not a wish.
_BOUNDS: dict[str, tuple[float, float]] = {
    "crawl.depth": (0, 1000), "crawl.pages": (1, 100_000),
    "web.concurrency": (1, 4096), "web.per_host": (1, 64), "web.processes": (0, 64),
    "web.interval": (0, 3600), "web.timeout": (0.05, 3600),
    "web.max_time": (0.05, 7 * 86400), "web.read_limit": (1024, 1_000_000_000), "policy.strikes": (1, 100),
    "policy.days": (0, 3650), "policy.patient_strikes": (1, 100), "policy.patient_days": (0, 3650),
    "policy.recheck": (0, 3650 * 86400), "policy.retry": (0, 3650 * 86400),
    "policy.recheck_most": (0, 3650 * 86400), "archives.stale": (0, 36500 * 86400),
    "archives.lookup": (0, 3650 * 86400), "archives.submissions": (0, 30000), "archives.budget": (0, 7 * 86400),
    "captures.page_limit": (1024, 10_000_000_000), "captures.media_limit": (1024, 1_000_000_000_000),
    "captures.budget": (0, 7 * 86400),
}


class Loaded(Struct, frozen=True, kw_only=True):
    """Settings, and for each key ("web.timeout") who set it."""

    settings: Settings
    origins: Mapping[str, str]
    base: Path  # relative paths in the settings start here
    file: Path | None = None

    def resolve(self, path: str) -> Path:
        """Give a path of the settings as an absolute one."""
        return (self.base / Path(path).expanduser()).absolute()

    @property
    def folder(self) -> Path:
        """Where the manifest, the captures and the report live."""
        return self.resolve(self.settings.folder)

    @property
    def manifest_url(self) -> str:
        """Give the manifest's database address (SQLAlchemy's form)."""
        return self.settings.manifest or f"sqlite:///{self.folder / 'manifest.sqlite'}"

    @property
    def clocks(self) -> Path:
        """Where the politeness clocks of archives live: one place for all of a user's runs, whatever their folder."""
        import tempfile

        if self.settings.archives.clocks:
            return self.resolve(self.settings.archives.clocks)
        cache = os.environ.get("XDG_CACHE_HOME", "")
        home = os.path.expanduser("~")  # noqa: PTH111 - Path.expanduser raises where a service has no home
        base = Path(cache) if cache else Path(home, ".cache") if home != "~" else Path(tempfile.gettempdir())
        return base / "archiver" / "clocks"

    @property
    def policy(self) -> Policy:
        """Give the part of the policy that the judge needs."""
        policy = self.settings.policy
        return Policy(
            strikes=policy.strikes, days=policy.days,
            patient_strikes=policy.patient_strikes, patient_days=policy.patient_days,
            reasons={Reason(name): Patience(*wanted) for name, wanted in policy.reasons.items()},
        )


_UNITS = {"": 1, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SIZES = {"": 1, "b": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "kib": 1024, "mib": 1024**2, "gib": 1024**3}
_NUMBER = r"^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*$"


def duration(value: object) -> Duration:
    """Read a duration: seconds, or text such as "90s", "20m", "6h", "30d", "2w"."""
    return Duration(_measure(value, _UNITS, 'a duration such as 10, "1s", "20m" or "30d"'))


def size(value: object) -> Size:
    """Read a size: bytes, or text such as "500KB", "2MB", "1GiB"."""
    return Size(_measure(value, _SIZES, 'a size such as 2000000, "2MB" or "1GiB"'))


def _measure(value: object, units: Mapping[str, float], wanted: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf"):
        return float(value)
    if isinstance(value, str) and (match := re.match(_NUMBER, value)) and match[2].lower() in units:
        return float(match[1]) * units[match[2].lower()]
    raise ValueError(f"Expected {wanted}, got {value!r}")


def _convert(kind: type, value: object) -> object:
    if kind is Duration:
        return duration(value)
    if kind is Size:
        return size(value)
    raise NotImplementedError(kind)  # what msgspec wants to hear of any other type


@cache
def keys() -> dict[str, Any]:
    """Give every key with its type, in the order of the settings: `documents`, ..., `web.concurrency`, ..."""
    found: dict[str, Any] = {}
    for name, kind in get_type_hints(Settings).items():
        if name in _SECTIONS:
            found |= {f"{name}.{key}": inner for key, inner in get_type_hints(_SECTIONS[name]).items()}
        else:
            found[name] = kind
    return found


def load(
    file: Path | None = None, *, environment: Mapping[str, str] | None = None,
    flags: Mapping[str, object] | None = None, search: bool = True,
) -> Loaded:
    """Read the settings. `flags` maps keys ("web.timeout") to values; None means "not given".

    Without `file`, config.toml in the current folder is read when there is one and `search` is on.
    """
    environment = os.environ if environment is None else environment
    if file is None and search and Path(FILE_NAME).is_file():
        file = Path(FILE_NAME)
    table: dict[str, Any] = {}
    origins: dict[str, str] = dict.fromkeys(keys(), "default")
    if file is not None:
        table, lines = _read(file)
        _start_at(file.parent, table)
        for key in _flatten(table):
            origins[key] = f"{file}:{lines.get(key, lines.get(key.partition('.')[0], 1))}"
    for key, kind in keys().items():
        name = _ENVIRONMENT + key.upper().replace(".", "_")
        if name in environment:
            _put(table, key, _from_text(environment[name], kind))
            origins[key] = f"environment {name}"
    for key, value in (flags or {}).items():
        if value is not None:
            _put(table, key, value)
            origins[key] = f"--{key.rpartition('.')[2].replace('_', '-')}"
    settings = _validate(table, origins)
    return Loaded(settings=settings, origins=origins, base=file.parent if file else Path(), file=file)


def _read(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    import tomllib

    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        hint = "`archiver init` writes a new one"
        raise ConfigError(f"{file}: cannot read it: {error.strerror}", hint=hint) from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 at byte {error.start}", hint="save it as UTF-8") from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {str(error)[:200]}", hint="see https://toml.io for the format") from None
    lines = _lines(text)
    for key in _flatten(table):
        _check_known(key, f"{file}:{lines.get(key, 1)}")
        if key in SECRETS:
            raise ConfigError(
                f"{file}:{lines.get(key, 1)}: {key} is a secret and does not belong in this file",
                hint=f"set {_ENVIRONMENT}{key.upper().replace('.', '_')}, or name a file in archives.keys_file",
            )
    return table, lines


def _start_at(folder: Path, table: dict[str, Any]) -> None:
    """Let paths that stand in the file start at the file; those of the environment and of flags start where we are."""
    for key in _PATHS:
        section, _, name = key.partition(".")
        value = table[section].get(name) if isinstance(table.get(section), dict) else None
        if isinstance(value, str) and value and not value.startswith("~"):
            table[section][name] = str(folder / value)


def _check_known(key: str, where: str) -> None:
    known = list(keys())
    if key in known:
        return
    section = key.partition(".")[0]
    if "." not in key and section in _SECTIONS:
        raise ConfigError(f"{where}: {key} is a table, write [{key}]")
    import difflib

    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5) or [
        other for other in known if other.rpartition(".")[2] == key.rpartition(".")[2]
    ]
    hint = f"did you mean {near[0]}?" if near else "`archiver config` lists them all"
    raise ConfigError(f"{where}: unknown key {key}", hint=hint)


def _lines(text: str) -> dict[str, int]:
    """Tell on which line each key stands. tomllib keeps no positions; this reads `[table]` and `key =` only."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[\[?\s*([\w.\"'-]+)\s*\]\]?", line):
            table = match[1].replace('"', "").replace("'", "")
            found.setdefault(table, number)
        elif match := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            name = match[1].replace('"', "").replace("'", "")
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _flatten(table: Mapping[str, Any]) -> list[str]:
    found = []
    for name, value in table.items():
        if isinstance(value, dict):
            found += [f"{name}.{key}" for key in value]
            if not value and name not in _SECTIONS:
                found.append(name)
        else:
            found.append(name)
    return found


def _put(table: dict[str, Any], key: str, value: object) -> None:
    section, _, name = key.rpartition(".")
    (table.setdefault(section, {}) if section else table)[name] = value


def _from_text(text: str, kind: Any) -> object:
    """Read an environment variable as TOML would read the value, lists separated by commas."""
    if kind is bool:
        lowered = text.strip().lower()
        if lowered in ("1", "true", "yes", "on"):
            return True
        return False if lowered in ("0", "false", "no", "off", "") else text
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            return text
    if kind == dict[str, tuple[int, float]]:
        import tomllib

        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    if kind == tuple[str, ...]:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _validate(table: dict[str, Any], origins: Mapping[str, str]) -> Settings:
    try:
        settings = msgspec.convert(table, Settings, dec_hook=_convert, strict=True)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        key = re.sub(r"\[.*", "", path.rstrip("`"))
        raise ConfigError(f"{origins.get(key, key)}: {key}: {message[:1].lower()}{message[1:]}") from None
    for key, (least, most) in _BOUNDS.items():
        section, _, name = key.partition(".")
        value = getattr(getattr(settings, section), name)
        if not least <= value <= most:
            raise ConfigError(f"{origins[key]}: {key}: {value:g} is not between {least:g} and {most:g}")
    _check_reasons(settings.policy.reasons, origins["policy.reasons"])
    patterns = {
        "exclude": settings.exclude, "crawl.include": settings.crawl.include, "crawl.exclude": settings.crawl.exclude,
    }
    for key, pattern in ((key, pattern) for key, listed in patterns.items() for pattern in listed):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ConfigError(f"{origins[key]}: {key}: {pattern!r} is no regular expression: {error}") from None
    for key in ("web.proxy", "web.second_opinion"):
        value = getattr(settings.web, key.removeprefix("web."))
        if value and not re.match(r"^(https?|socks[45][ah]?)://\S+$", value):
            raise ConfigError(f"{origins[key]}: {key}: expected an address such as http://127.0.0.1:8080")
    return settings


def _check_reasons(reasons: Mapping[str, tuple[int, float]], origin: str) -> None:
    for name, (strikes, days) in reasons.items():
        if name not in CONVICTING:
            import difflib

            near = difflib.get_close_matches(name, map(str, CONVICTING), n=1)
            hint = f"did you mean {near[0]}?" if near else f"these have a patience: {', '.join(CONVICTING)}"
            raise ConfigError(f"{origin}: policy.reasons: {name} makes no link dead or changed", hint=hint)
        for value, (least, most) in ((strikes, _BOUNDS["policy.strikes"]), (days, _BOUNDS["policy.days"])):
            if not least <= value <= most:
                raise ConfigError(
                    f"{origin}: policy.reasons: {name}: {value:g} is not between {least:g} and {most:g}",
                )
