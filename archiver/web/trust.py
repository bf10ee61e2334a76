"""Which certificate authorities are trusted: the settings' file, the environment's, or certifi's.

libcurl as it comes in pycurl's wheels looks where the build machine had its certificates, seldom where ours are.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLES = ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")
_MARK = b"-----BEGIN"


def authorities(ca_bundle: str, environment: Mapping[str, str] | None = None) -> Path:
    """Find the file (or folder) of trusted authorities. Raises ConfigError when the one that is named is no use."""
    environment = os.environ if environment is None else environment
    for origin, named in (("web.ca_bundle", ca_bundle), *((name, environment.get(name, "")) for name in VARIABLES)):
        if named:
            return _proved(origin, Path(named).expanduser())
    import certifi

    return Path(certifi.where())


def _proved(origin: str, path: Path) -> Path:
    hint = "it must hold certificates in PEM form"
    try:
        if not path.is_dir() and _MARK not in path.read_bytes():
            raise ConfigError(f"{origin}: {path}: holds no certificate", hint=hint)
    except OSError as error:
        raise ConfigError(f"{origin}: {path}: cannot read it: {error.strerror}", hint=hint) from None
    return path
