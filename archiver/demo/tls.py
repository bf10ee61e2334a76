"""A throw-away certificate authority: a leaf for every host of the demo world, good or bad on purpose.

Its keys live in memory and die with the process; only the authority's own certificate is written to disk.
"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver.demo.script import Face

if TYPE_CHECKING:
    from pathlib import Path

    import trustme

# A fatal TLS alert, protocol_version (RFC 8446, 6.2): what a server says that only knows a protocol long gone.
OLD_PROTOCOL_ALERT = b"\x15\x03\x01\x00\x02\x02\x46"
NO_CIPHER_ALERT = b"\x15\x03\x01\x00\x02\x02\x28"  # handshake_failure


class Authority:
    """Issues server contexts, one per host and face, made when first asked for."""

    def __init__(self, bundle: Path) -> None:
        import trustme

        self._authority = trustme.CA(organization_name="archiver demo world")
        self._contexts: dict[tuple[str, Face], ssl.SSLContext] = {}
        bundle.write_bytes(self._authority.cert_pem.bytes())

    def context(self, host: str, face: Face) -> ssl.SSLContext:
        """Give what a host shows to TLS clients."""
        if (host, face) not in self._contexts:
            self._contexts[host, face] = self._make(host, face)
        return self._contexts[host, face]

    def _make(self, host: str, face: Face) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if face is Face.SELF_SIGNED:
            _sign_itself(context)
        elif face is Face.INCOMPLETE:
            _leave_out(context, self._authority.create_child_ca().issue_cert(host))
        elif face is Face.EXPIRED:
            leaf = self._authority.issue_cert(
                host, not_before=datetime(2011, 1, 1, tzinfo=UTC), not_after=datetime(2012, 1, 1, tzinfo=UTC),
            )
            leaf.configure_cert(context)
        else:
            name = "somebody-else.demo" if face is Face.WRONG_NAME else host
            self._authority.issue_cert(name).configure_cert(context)
        return context


def _leave_out(context: ssl.SSLContext, leaf: trustme.LeafCert) -> None:
    """Show a certificate without the authority between it and the one that clients know."""
    with leaf.cert_chain_pems[0].tempfile() as certificate, leaf.private_key_pem.tempfile() as key:
        context.load_cert_chain(certificate, key)


def _sign_itself(context: ssl.SSLContext) -> None:
    """Show the root certificate of an authority that nobody trusts."""
    import trustme

    stranger = trustme.CA(organization_name="nobody in particular")
    with stranger.cert_pem.tempfile() as certificate, stranger.private_key_pem.tempfile() as key:
        context.load_cert_chain(certificate, key)
