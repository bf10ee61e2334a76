"""The servers that are asked: 500 loopback hosts behind nginx, with 100 ms of latency behind an asyncio server of ours,
and 800 TLS hosts with a certificate each."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT, SLOW_PORT, TLS_PORT = 18080, 18081, 18443
_WORDS = "The harbour master copied the tide tables by hand and kept them in a drawer until the spring. "
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The tide tables, copied by hand</title></head>'
    '<body><header><a href="/">The Tidewater Gazette</a></header><main><article><h1>The tide tables</h1>'
    + "".join(f"<p>{_WORDS * 4}<a href='/ok/{n}.html'>more</a></p>" for n in range(12))
    + "</article></main><footer>Printed on the quay.</footer></body></html>"
).encode()


def host(number: int, net: int = 1) -> str:
    """Give the address of a host: a loopback address of its own."""
    return f"127.{net}.{number // 250}.{number % 250 + 1}"


def plain_links(hosts: int, per_host: int, port: int) -> list[str]:
    """Give links clustered by host: 85 % pages, 8 % missing, 5 % moved, 2 % forbidden."""
    kinds = ["ok"] * 85 + ["missing"] * 8 + ["moved"] * 5 + ["forbidden"] * 2
    found = []
    for number in range(hosts):
        for index in range(per_host):
            each = number * per_host + index
            found.append(f"http://{host(number)}:{port}/{kinds[each * 37 % 100]}/{each}.html")
    return found


def tls_links(hosts: int) -> list[str]:
    """Give one link to each TLS host."""
    return [f"https://{host(number, 2)}:{TLS_PORT}/ok/{number}.html" for number in range(hosts)]


@contextmanager
def nginx(tls_hosts: int, *, log: Path | None = None) -> Iterator[Path]:
    """Run nginx for both ports; give the file with the certificate to trust.

    `log`: takes a line for each request, its status and the bytes received and sent for it.
    """
    import trustme

    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "page.html").write_bytes(PAGE)
        authority = trustme.CA(organization_name="archiver bench", key_type=trustme.KeyType.ECDSA)
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        blocks = []
        for number in range(tls_hosts):
            leaf = authority.issue_cert(host(number, 2), key_type=trustme.KeyType.ECDSA)
            leaf.private_key_and_cert_chain_pem.write_to_path(str(folder / f"{number}.pem"))
            blocks.append(
                f"server {{ listen {host(number, 2)}:{TLS_PORT} ssl; ssl_certificate {folder}/{number}.pem;"
                f" ssl_certificate_key {folder}/{number}.pem; include {folder}/places; }}"
            )
        (folder / "places").write_text(
            f"root {folder}; charset utf-8;\n"
            "location /ok/ { rewrite ^ /page.html break; default_type text/html; }\n"
            "location /moved/ { rewrite ^/moved/(.*)$ /ok/$1 permanent; }\nlocation /forbidden/ { return 403; }\n"
            "location / { return 404; }\n"
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log stderr crit; worker_processes 1; {_user()}\n"
            "events { worker_connections 8192; }\n"
            f"http {{ log_format cost '$status $request_length $bytes_sent'; "
            f"access_log {f'{log} cost' if log else 'off'}; ssl_protocols TLSv1.2 TLSv1.3; keepalive_requests 100000; "
            f"client_body_temp_path {folder}/b; "
            f"proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; "
            f"scgi_temp_path {folder}/s;\n"
            f"server {{ listen {PORT} backlog=8192; include {folder}/places; }}\n" + "\n".join(blocks) + "}\n"
        )
        process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
        try:
            _wait(PORT)
            yield folder / "ca.pem"
        finally:
            process.terminate()
            process.wait()


def _user() -> str:
    return "user root;" if os.getuid() == 0 else ""


@contextmanager
def slow(latency: float) -> Iterator[None]:
    """Run a server that answers everything, each time after `latency` seconds."""
    process = multiprocessing.get_context("spawn").Process(target=_serve_slowly, args=(latency,), daemon=True)
    process.start()
    try:
        _wait(SLOW_PORT)
        yield
    finally:
        process.kill()
        process.join()


def _wait(port: int) -> None:
    import socket

    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nothing listens on port {port}")


_HTML = b"Content-Type: text/html; charset=utf-8\r\n"
_ANSWERS = {
    b"ok": b"HTTP/1.1 200 OK\r\n" + _HTML + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
    b"missing": b"HTTP/1.1 404 Not Found\r\n" + _HTML + b"Content-Length: 13\r\n\r\n404 Not Found",
    b"forbidden": b"HTTP/1.1 403 Forbidden\r\n" + _HTML + b"Content-Length: 13\r\n\r\n403 Forbidden",
}


class _Slow(asyncio.Protocol):
    latency = 0.1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but name
        self._kept = b""

    def data_received(self, data: bytes) -> None:
        self._kept += data
        while (end := self._kept.find(b"\r\n\r\n")) >= 0:
            head, self._kept = self._kept[:end], self._kept[end + 4 :]
            method, target = head.split(b" ", 2)[:2]
            kind, _, rest = target[1:].partition(b"/")
            if kind == b"moved":
                answer = b"HTTP/1.1 301 Moved\r\nLocation: /ok/" + rest + b"\r\nContent-Length: 0\r\n\r\n"
            else:
                answer = _ANSWERS.get(kind, _ANSWERS[b"missing"])
            if method == b"HEAD":
                answer = answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            asyncio.get_running_loop().call_later(self.latency, self._send, answer)

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def _serve_slowly(latency: float) -> None:
    import uvloop

    _Slow.latency = latency

    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Slow, "0.0.0.0", SLOW_PORT, backlog=8192)
        await server.serve_forever()

    uvloop.run(serve())
