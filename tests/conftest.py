"""What the whole suite shares: a clean environment, a fence around loopback, the demo world and the command line."""

from __future__ import annotations

import ipaddress
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from real_parts import lacking

from archiver.clock import ManualClock, SystemClock
from archiver.demo.world import World
from archiver.web.browser import Missing, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# ---------------------------------------------------------------- the fence

_escapes: list[str] = []


class LeftLoopback(RuntimeError):
    """A test reached for another machine."""


def _is_here(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _fence(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        here = not isinstance(address, tuple) or _is_here(address[0])  # no tuple: a socket in the file system
        what = f"connect to {address}"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        here = _is_here(arguments[0]) or _is_address(arguments[0])
        what = f"resolve {arguments[0]!r}"
    else:
        return
    if not here:
        _escapes.append(what)
        raise LeftLoopback(what)


def _is_address(host: object) -> bool:
    """Tell whether nobody is asked in order to resolve it."""
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host))
    except ValueError:
        return False
    return True


sys.addaudithook(_fence)  # for the life of the process: hooks cannot be taken away


@pytest.fixture(autouse=True)
def _nothing_leaves_loopback() -> Iterator[None]:
    """Fail a test that reached for another machine, even if the code under test swallowed the error."""
    _escapes.clear()
    yield
    assert _escapes == []


# ---------------------------------------------------------------- the environment

_FOREIGN = ("_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NO_COLOR", "FORCE_COLOR")


def _foreign(name: str) -> bool:
    own = name.startswith("ARCHIVER_") and not name.startswith("ARCHIVER_TESTS_")
    return own or name.upper().endswith(_FOREIGN)


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """Let no proxy, certificate or setting of this machine's user reach the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if _foreign(name)]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    return folder


# ---------------------------------------------------------------- the demo world

BEGINNING = datetime(2026, 3, 2, 5, 17, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    """Give the clock of the world, turned by hand."""
    return ManualClock(BEGINNING)


@pytest.fixture
def world(clock: ManualClock) -> Iterator[World]:
    """Give a demo world on its first day."""
    with World(clock) as begun:
        yield begun


@pytest.fixture(scope="module")
def living_world() -> Iterator[World]:
    """Give a demo world that shares its time with the commands started in it, one for all tests of a module."""
    with World(SystemClock()) as begun:
        yield begun


# ---------------------------------------------------------------- the browser


@pytest.fixture(scope="module")
def chromium() -> None:
    """Go on only where pages can be drawn."""
    found = find()
    if isinstance(found, Missing):
        lacking(f"{found.reason}: {found.hint}")


# ---------------------------------------------------------------- the command line


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Give standard error, line by line."""
        return self.err.splitlines()


_NEVER = ("Traceback", "Exception ignored", "ResourceWarning", "RuntimeWarning", "never awaited")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """The `archiver` command, started as a user would, in a folder of its own."""

    folder: Path
    home: Path

    def environment(self, world: World | None = None, **more: str) -> dict[str, str]:
        """Give what the command sees; in a world, its proxy, certificate and politeness clocks."""
        kept = {name: value for name, value in os.environ.items() if not _foreign(name)}
        kept |= {"PYTHONWARNINGS": "default::ResourceWarning", "PYTHONUTF8": "1", "COLUMNS": "120"}
        return {**kept, **(world.environment() if world else {}), **more}

    def start(
        self, *arguments: str, world: World | None = None, environment: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL, before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a command and do not wait for it. `before` is done in the new process."""
        return subprocess.Popen(
            [sys.executable, "-m", "archiver", *arguments], cwd=self.folder, stdin=stdin,
            env=self.environment(world, **(environment or {})), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=before,  # noqa: PLW1509 - resource limits only
        )

    def finish(self, process: subprocess.Popen[bytes], *, stdin: bytes | None = None, timeout: float = 60) -> Done:
        """Wait for a command that was started. No command ever shows its insides."""
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            pytest.fail(f"no end after {timeout} s; standard error so far:\n{err.decode('utf-8', 'replace')}")
        done = Done(code=process.returncode, out=out.decode("utf-8"), err=err.decode("utf-8"))
        for word in _NEVER:
            assert word not in done.err, done.err
        return done

    def __call__(
        self, *arguments: str, world: World | None = None, environment: Mapping[str, str] | None = None,
        stdin: bytes = b"", timeout: float = 60, before: Callable[[], None] | None = None,
    ) -> Done:
        """Run a command to its end."""
        process = self.start(
            *arguments, world=world, environment=environment, stdin=subprocess.PIPE, before=before,
        )
        return self.finish(process, stdin=stdin, timeout=timeout)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file into the command's folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def files(self) -> set[str]:
        """List everything in the command's folder and in the user's home."""
        return {
            str(path.relative_to(top)) for top in (self.folder, self.home) for path in top.rglob("*")
        }


@pytest.fixture
def cli(tmp_path: Path, home: Path) -> CommandLine:
    """Give the command line, in an empty folder."""
    return CommandLine(folder=tmp_path, home=home)
