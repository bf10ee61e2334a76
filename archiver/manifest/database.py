"""The database behind a manifest: open it, bring its tables up to date, say in one line what is wrong with it.

SQLite in WAL mode: readers never wait for the one writer. Transactions are begun and ended by hand; the driver is kept
in autocommit so that nothing begins one behind our back. Only this module and derive.py know that it is SQLite.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

from sqlalchemy import create_engine, event, func, insert, inspect, select
from sqlalchemy.pool import NullPool

from archiver import __version__
from archiver.errors import Busy, ManifestError, ManifestTooNew, StorageError
from archiver.manifest import lock, schema
from archiver.manifest.derive import Deriver
from archiver.manifest.records import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection
    from sqlalchemy.engine import ExceptionContext

    from archiver.clock import Clock

_PATIENCE = 30.0  # seconds to wait for another process's transaction
_CACHE = 65536  # KiB of pages held in memory: links are added in no order, all over the file
_BACKUP = "restore it from a backup, or move it away and run again"
# Primary result codes, https://www.sqlite.org/rescode.html -> what is wrong, what to do.
_STORAGE = {
    sqlite3.SQLITE_FULL: ("the disk is full", "free some room, then run again: all that was recorded is safe"),
    sqlite3.SQLITE_IOERR: ("the disk fails", "is there room, is the disk well? all that was recorded is safe"),
    sqlite3.SQLITE_READONLY: ("may not be written", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_PERM: ("cannot be opened", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_AUTH: ("cannot be opened", "check the permissions of the file and its folder"),
}
_DAMAGE = {
    sqlite3.SQLITE_NOTADB: "is no manifest (not a SQLite database)",
    sqlite3.SQLITE_CORRUPT: "is damaged",
}


def path_of(url: str) -> Path:
    """Give the file that a database address names."""
    scheme, sign, rest = url.partition("://")
    kind = scheme.partition("+")[0].lower()
    if not sign or not kind:
        hint = "write it as sqlite:///folder/manifest.sqlite"
        raise ManifestError("the manifest's address is no database address", hint=hint)
    if kind != "sqlite":
        # The rest may hold a password.
        raise ManifestError(f"manifests in {kind} databases are not supported yet", hint="use a sqlite:/// address")
    if not rest.startswith("/") or rest in ("/", "/:memory:"):
        hint = "write it as sqlite:///folder/manifest.sqlite"
        raise ManifestError("the manifest's address names no file", hint=hint)
    return Path(rest[1:]).absolute()


@contextmanager
def connected(path: Path, clock: Clock, *, create: bool, read_only: bool) -> Iterator[Connection]:
    """Open the database with its tables as this version wants them."""
    exists = _exists(path)
    if not exists and (read_only or not create):
        raise ManifestError(f"{path}: no manifest yet", hint="`archiver run` makes one")
    if not exists:
        _make_folder(path.parent)
    if read_only:
        with _readable(path) as connection:
            yield connection
        return
    with _opened(path) as connection:
        _prepare(connection, path, clock)
        yield connection


def _exists(path: Path) -> bool:
    try:
        if path.is_dir():
            raise ManifestError(f"{path}: is a folder, not a manifest", hint="name a file")
        return path.exists()
    except OSError as error:
        raise StorageError(f"{path}: cannot be opened: {error.strerror}", hint="choose another folder") from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "choose another folder, or check the permissions"
        raise StorageError(f"{folder}: cannot make this folder: {error.strerror}", hint=hint) from None


@contextmanager
def _readable(path: Path) -> Iterator[Connection]:
    """Open for reading. Where nothing may be written, not even a WAL's index, the file is read as it lies there."""
    with _opened(path, _mode_for_reading(path)) as connection:
        version = _version(connection, path)
        if version is None:
            raise ManifestError(f"{path}: no manifest yet", hint="`archiver run` makes one")
        if version < schema.VERSION:
            hint = "`archiver run` brings it up to date"
            raise ManifestError(f"{path}: an older version of archiver wrote this manifest", hint=hint)
        yield connection


def _mode_for_reading(path: Path) -> str:
    """Tell how the file can be read, which shows only when it is."""
    try:
        # Not "mode=ro": such a connection leaves the files of its WAL behind.
        with _opened(path, "mode=rw") as connection:
            _version(connection, path)
    except StorageError:
        if not os.access(path, os.R_OK):
            raise
        return "immutable=1"
    return "mode=rw"


@contextmanager
def _opened(path: Path, mode: str = "") -> Iterator[Connection]:
    def connect() -> sqlite3.Connection:
        # A URI takes "?" and "#" in a path percent-encoded, which as_uri() does.
        target = f"{path.as_uri()}?{mode or 'mode=rwc'}"
        made = sqlite3.connect(target, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        # A commit is on the disk when it returns; there are few, because writes are batched.
        for pragma in ("query_only = ON" if mode else "synchronous = FULL", f"cache_size = -{_CACHE}"):
            made.execute(f"PRAGMA {pragma}")
        return made

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    event.listen(engine, "handle_error", lambda context: _translate(context, path))
    try:
        with engine.connect() as connection:
            yield connection
    except sqlite3.Error as error:
        _explain(error, path)
    finally:
        engine.dispose()


def _translate(context: ExceptionContext, path: Path) -> None:
    if not isinstance(context.original_exception, Exception):
        # Ctrl-C. SQLite was between two calls: the connection is well, and what was recorded must still go into it.
        context.is_disconnect = False
    if isinstance(context.original_exception, sqlite3.Error) and not isinstance(
        context.original_exception, (sqlite3.IntegrityError, sqlite3.ProgrammingError),
    ):
        _explain(context.original_exception, path)


def _explain(error: sqlite3.Error, path: Path) -> NoReturn:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _STORAGE:
        what, hint = _STORAGE[code]
        raise StorageError(f"{path}: {what}", hint=hint) from None
    if code in _DAMAGE:
        raise ManifestError(f"{path}: {_DAMAGE[code]}", hint=_BACKUP) from None
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        hint = "close the other program, then try again"
        raise Busy(f"{path}: another program is writing to the manifest", hint=hint) from None
    raise ManifestError(f"{path}: the database says: {error}", hint=_BACKUP) from None


def _version(connection: Connection, path: Path) -> int | None:
    """Give the version of the tables; None for an empty database."""
    names = inspect(connection).get_table_names()
    if not names:
        return None
    if schema.versions.name not in names:
        hint = "name another file, or leave `manifest` out of the settings"
        raise ManifestError(f"{path}: is a database, but no manifest", hint=hint)
    found = connection.execute(select(func.max(schema.versions.c.version))).scalar()
    if found is None:
        raise ManifestError(f"{path}: is damaged: its version is missing", hint=_BACKUP)
    if found > schema.VERSION:
        versions = f"format {found}, this one knows {schema.VERSION}"
        message = f"{path}: a newer version of archiver wrote this manifest ({versions})"
        raise ManifestTooNew(message, hint="update archiver")
    return int(found)


def _prepare(connection: Connection, path: Path, clock: Clock) -> None:
    """Make the tables, or bring them up to date. Of several processes that find this to be done, one does it."""
    until = time.monotonic() + _PATIENCE
    while not _ready(connection, path):
        try:
            with lock.hold(path, "migration", clock.now(), wait=0.1):
                if not _ready(connection, path):
                    if connection.exec_driver_sql("PRAGMA journal_mode = WAL").scalar() != "wal":
                        hint = "keep the manifest on a local disk"
                        raise StorageError(f"{path}: this file system cannot hold a WAL database", hint=hint)
                    migrate(connection, clock)
        except Busy:
            if time.monotonic() > until:
                raise


def _ready(connection: Connection, path: Path) -> bool:
    return _version(connection, path) == schema.VERSION


def migrate(connection: Connection, clock: Clock) -> None:
    """Bring the tables up to date in one transaction: all of it happens, or nothing.

    Records are kept as they are. Every other table is dropped and filled again, so it needs no steps of its own.
    """
    with transaction(connection):
        schema.metadata.create_all(connection)
        # A step that changes `records` itself would stand here, by version; there has been none.
        derive_again(connection)
        known = select(schema.versions.c.version).where(schema.versions.c.version == schema.VERSION)
        if connection.execute(known).first() is None:
            row = {"version": schema.VERSION, "at": stamp(clock.now()), "program": __version__}
            connection.execute(insert(schema.versions).values(row))


def derive_again(connection: Connection) -> None:
    """Drop the derived tables and fill them from the records, within the caller's transaction."""
    schema.derived.drop_all(connection)
    schema.derived.create_all(connection)
    Deriver(connection).replay()


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit what is done within, or undo it."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Let all that is read within be of one moment. Within a transaction it is so anyway."""
    if in_transaction(connection):
        yield
        return
    connection.exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        roll_back(connection)


def in_transaction(connection: Connection) -> bool:
    """Tell whether a transaction is open. SQLite ends one by itself when the disk is full."""
    if connection.invalidated:  # interrupted twice: the driver's connection is gone, and its transaction with it
        connection.rollback()
        return False
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    return driver.in_transaction


def roll_back(connection: Connection) -> None:
    """Undo the open transaction, if there is one."""
    if in_transaction(connection):
        connection.exec_driver_sql("ROLLBACK")
