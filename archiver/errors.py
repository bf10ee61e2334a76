"""What can stop a command. A failing link is a value and never comes here.

ArchiverError                  one line for a person, and an exit code
├── UsageError            2    the command line makes no sense
├── ConfigError           2    config.toml, the environment or a flag holds something impossible
├── StorageError          2    a file cannot be read or written (full disk, read-only folder)
├── ManifestError         2    the manifest cannot be used
│   └── ManifestTooNew    2    a newer version of this program wrote it
└── TryLater             75    nothing is wrong that waiting would not mend
    └── Busy             75    another run holds the manifest
"""


class ArchiverError(Exception):
    """Stop the command with one line: what, where, and what to do."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(ArchiverError):
    """The command line makes no sense."""


class ConfigError(ArchiverError):
    """A setting is impossible; the message names the file, the line and the key."""


class StorageError(ArchiverError):
    """A file of ours cannot be read or written."""


class ManifestError(ArchiverError):
    """The manifest cannot be used."""


class ManifestTooNew(ManifestError):
    """A newer version of this program wrote the manifest."""


class TryLater(ArchiverError):
    """Waiting would mend it; cron should simply run again."""

    exit_code = 75


class Busy(TryLater):
    """Another run holds the manifest."""
