"""Many links are looked at by several processes: nobody outside can tell, and nothing depends on them."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from web_servers import RawServer, http

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from conftest import CommandLine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

PAGE = b"<!doctype html><title>Tide tables</title><p>" + b"High water at Port Ellery is at seven, and again at noon. " * 30
HOSTS, EACH = 70, 9
HUB = "hub.test"


class Internet:
    """A proxy before some hosts, which sees all that is asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.most: Counter[str] = Counter()
        self.pause = threading.Event()  # never set: a server takes its time
        self.hold = 0.0
        self._active: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.server = RawServer(self.answer)

    def answer(self, head: bytes) -> bytes:
        url = head.split(b" ")[1].decode()
        host = url.split("/")[2]
        with self._lock:
            self.asked[url] += 1
            self.times[host].append(time.monotonic())
            self._active[host] += 1
            self.most[host] = max(self.most[host], self._active[host])
        if self.hold:
            self.pause.wait(self.hold)
        with self._lock:
            self._active[host] -= 1
        return self.reply(url)

    @staticmethod
    def reply(url: str) -> bytes:
        if "/gone" in url:
            return http(b"no such page", status="404 Not Found", headers="Content-Type: text/plain\r\n")
        if "/moved" in url:
            number = url.rpartition("/")[2]
            return http(b"", status="301 Moved", headers=f"Location: http://{HUB}/article-{number}\r\n")
        return http(PAGE, headers="Content-Type: text/html\r\n")


@pytest.fixture
def internet() -> Iterator[Internet]:
    net = Internet()
    with net.server:
        yield net


def links(kinds: Callable[[int], str] = lambda number: ("page", "gone", "page")[number % 3]) -> list[str]:
    numbers = range(HOSTS * EACH)
    return [f"http://host{number % HOSTS}.test/{kinds(number)}/{number}" for number in numbers]


def setting(internet: Internet, processes: int, **more: str) -> dict[str, str]:
    return {
        "ARCHIVER_WEB_PROXY": f"http://127.0.0.1:{internet.server.port}", "ARCHIVER_WEB_INTERVAL": "0",
        "ARCHIVER_WEB_PROCESSES": str(processes), **more,
    }


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(condition: Callable[[], object], process: subprocess.Popen[bytes] | None = None) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "it does not happen"
        assert process is None or process.poll() is None, "the command has ended"
        time.sleep(0.01)  # another process: there is no clock to turn


def under_way(cli: CommandLine, internet: Internet) -> tuple[subprocess.Popen[bytes], list[int]]:
    """Start a check that takes its time; give it, and the other processes, when they are at work."""
    internet.hold = 0.05
    cli.write("links.txt", "\n".join(links()))
    command = cli.start("check", "links.txt", environment=setting(internet, 3))
    wait_for(lambda: len(internet.asked) > 30, command)
    return command, children(command.pid)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def told(out: str) -> list[tuple[str, str, str, str | None]]:
    rows = [json.loads(line) for line in out.splitlines()]
    return [(row["url"], row["verdict"], row["reason"], row["final_url"]) for row in rows]


@pytest.mark.parametrize("processes", [2, 3])
def test_several_processes_find_what_one_finds(cli: CommandLine, internet: Internet, processes: int) -> None:
    cited = links(lambda number: ("page", "gone", "moved")[number % 3])
    cli.write("links.txt", "\n".join(cited))
    alone = cli("check", "links.txt", "--format", "jsonl", environment=setting(internet, 1))
    once = dict(internet.asked)
    internet.asked.clear()
    shared = cli("check", "links.txt", "--format", "jsonl", environment=setting(internet, processes))
    assert (alone.code, shared.code, shared.err) == (1, 1, "")
    assert told(shared.out) == told(alone.out)
    assert [row[0] for row in told(shared.out)] == cited
    assert Counter(row[1] for row in told(shared.out)) == {"alive": 210, "dead": 210, "moved": 210}
    # A third of the links is asked for a sibling where the host is not known yet: memory is each process's own.
    assert {url for url in internet.asked if url in cited} == {url for url in once if url in cited}
    assert all(internet.asked[url] == 1 for url in cited)


def test_a_host_is_asked_by_one_process_at_a_time(cli: CommandLine, internet: Internet) -> None:
    internet.hold = 0.005
    cited = links(lambda number: "moved" if number % 9 == 0 else "page")
    cli.write("links.txt", "\n".join(cited))
    pace = setting(internet, 3, ARCHIVER_WEB_INTERVAL="0.03")
    done = cli("check", "links.txt", "--format", "jsonl", environment=pace)
    assert (done.code, done.err) == (0, "")
    arrived = sorted(internet.times[HUB])
    assert len(arrived) >= 70
    # A busy machine delivers one late and the next in time: ten in a row tell what the pace is.
    assert min(later - sooner for sooner, later in zip(arrived, arrived[9:], strict=False)) > 9 * 0.03 - 0.06
    assert internet.most == dict.fromkeys(internet.most, 1)


def test_a_process_that_dies_costs_nothing(cli: CommandLine, internet: Internet) -> None:
    internet.hold = 0.02
    cli.write("links.txt", "\n".join(links(lambda number: ("page", "moved")[number % 2])))
    command = cli.start("check", "links.txt", "--format", "jsonl", environment=setting(internet, 3))
    wait_for(lambda: len(internet.asked) > 60, command)
    victim = children(command.pid)[0]
    os.kill(victim, signal.SIGKILL)
    done = cli.finish(command)
    assert (done.code, done.err) == (0, "")
    assert Counter(row[1] for row in told(done.out)) == {"alive": 315, "moved": 315}


def test_the_others_end_with_the_first(cli: CommandLine, internet: Internet) -> None:
    command, others = under_way(cli, internet)
    assert len(others) == 2
    command.send_signal(signal.SIGKILL)
    assert cli.finish(command).code == -signal.SIGKILL
    wait_for(lambda: all(gone(pid) for pid in others))


def test_an_interrupt_ends_them_all(cli: CommandLine, internet: Internet) -> None:
    command, others = under_way(cli, internet)
    for pid in (command.pid, *others):  # a terminal sends it to all of them
        os.kill(pid, signal.SIGINT)
    done = cli.finish(command, timeout=20)
    assert (done.code, done.lines[-1]) == (130, "archiver: interrupted")
    assert all(gone(pid) for pid in others)


def test_offline_they_agree(cli: CommandLine) -> None:
    cli.write("links.txt", "\n".join(links()))
    nowhere = {"ARCHIVER_WEB_PROXY": "http://127.0.0.1:9", "ARCHIVER_WEB_PROCESSES": "3", "ARCHIVER_WEB_INTERVAL": "0"}
    done = cli("check", "links.txt", "--format", "json", environment=nowhere)
    assert done.code == 75, done.err
    found = json.loads(done.out)
    assert Counter((link["verdict"], link["reason"]) for link in found["links"]) == {("unknown", "offline"): 630}


def test_captures_come_home(cli: CommandLine, internet: Internet) -> None:
    cited = links(lambda number: "moved" if number % 9 == 0 else "page")
    cli.write("list.md", "".join(f"[one]({url})\n\n" for url in cited))
    cli.write("config.toml", 'documents = ["list.md"]\nfolder = "data"\n[archives]\ninternet_archive = false\n')
    done = cli("run", "--format", "json", environment=setting(internet, 3))
    assert (done.code, done.lines) == (0, [done.lines[0]])
    found = {link["url"]: link for link in json.loads(done.out)["links"]}
    assert set(found) == set(cited)
    assert Counter(link["verdict"] for link in found.values()) == {"alive": 560, "moved": 70}
    assert all(link["captures"] for link in found.values())
    again = cli("run", environment=setting(internet, 3))
    assert (again.code, again.out, again.err) == (0, "", "")


def test_a_short_list_needs_no_other_process(cli: CommandLine, internet: Internet) -> None:
    internet.hold = 0.2
    cli.write("links.txt", "\n".join(links()[:100]))
    command = cli.start("check", "links.txt", environment=setting(internet, 3))
    wait_for(lambda: len(internet.asked) > 10, command)
    assert children(command.pid) == []
    assert cli.finish(command).code == 1
