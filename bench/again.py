"""What it costs to look again: pages that have not changed, in two runs, requests and bytes as the server counts them.

    python bench/again.py [--links 1000]

8 % of the links are missing, 5 % moved, 2 % forbidden, as in fetch.py; the pages have validators, as nginx gives them.
Needs nginx.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import origin

_SETTINGS = """documents = ["links.txt"]
[archives]
internet_archive = false
[captures]
media = false
[web]
allow_private = true
interval = 0
[policy]
recheck = 0
retry = 0
"""


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--links", type=int, default=1000)
    links = origin.plain_links(parser.parse_args().links // 10, 10, origin.PORT)
    command = [str(Path(sys.executable).with_name("archiver")), "run"]
    print("| run | links | requests/link | bytes/link | bytes/unchanged page | seconds |\n" + "| --- " * 6 + "|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        log = folder / "log"
        (folder / "links.txt").write_text("\n".join(links) + "\n")
        (folder / "config.toml").write_text(_SETTINGS)
        with origin.nginx(0, log=log):
            for run in ("first", "second"):
                log.write_text("")
                start = time.perf_counter()
                subprocess.run(command, cwd=folder, env=os.environ, stdout=subprocess.DEVNULL, check=True)
                seconds = time.perf_counter() - start
                rows = [tuple(map(int, line.split())) for line in log.read_text().splitlines()]
                total = sum(received + sent for _, received, sent in rows)
                whole = 200 if run == "first" else 304
                same = [received + sent for status, received, sent in rows if status == whole]
                print(
                    f"| {run} | {len(links):,} | {len(rows) / len(links):.2f} | {total / len(links):,.0f}"
                    f" | {sum(same) / max(len(same), 1):,.0f} | {seconds:.1f} |", flush=True,
                )


if __name__ == "__main__":
    main()
