"""Tables. `records` is what is known; every other table follows from it and may be dropped and filled again.

Times are text (UTC, 27 characters, sorts by time), days are text ("2011-12-20"), lists are JSON text, flags are
booleans: the same columns in SQLite and PostgreSQL, and readable in Datasette as they are. Names avoid SQL's own words.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

VERSION = 3  # of all tables together; see database.py

_SEQ = BigInteger().with_variant(Integer(), "sqlite")  # only INTEGER is SQLite's own row number

metadata = MetaData()

versions = Table(
    "schema_versions", metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("program", Text, nullable=False),  # version of archiver that brought it
)

records = Table(
    "records", metadata,
    Column("seq", _SEQ, primary_key=True, autoincrement=False),  # from 1, without gaps
    Column("run", Text, nullable=False),  # empty: outside a run
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Index("records_subject", "subject", "seq"),
)

derived = MetaData()

runs = Table(
    "runs", derived,
    Column("id", Text, primary_key=True),
    Column("began", Text, nullable=False),
    Column("finished", Text),
    Column("version", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("settings_sha256", Text, nullable=False),
    Column("exit_code", Integer),
    Column("offline", Boolean, nullable=False),
    Column("interrupted", Boolean, nullable=False),
    Column("counts", Text, nullable=False),  # JSON object
    Column("record", _SEQ, nullable=False),
)

documents = Table(
    "documents", derived,
    Column("source", Text, primary_key=True),
    Column("cited_from", Boolean, nullable=False),  # among the documents now; False: dropped
    Column("title", Text),
    Column("author", Text),
    Column("publication", Text),
    Column("published", Text),
    Column("language", Text),
    Column("url", Text),
    Column("origins", Text, nullable=False),  # JSON object: fact, and what part of the document says so
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body_sha256", Text, nullable=False),  # of the record's body: the bytes and what we read in them
    Column("warnings", Text, nullable=False),  # JSON array
    Column("citations", Integer, nullable=False),
    Column("first_read", Text, nullable=False),
    Column("changed", Text, nullable=False),  # when this version was first read
    Column("record", _SEQ, nullable=False),  # with this version and its citations
    Column("seen", Text, nullable=False),  # last read
    Column("seen_run", Text, ForeignKey("runs.id"), nullable=False),
    Column("seen_record", _SEQ, nullable=False),
)

links = Table(
    "links", derived,
    Column("link", Text, primary_key=True),
    Column("host", Text, nullable=False, index=True),
    Column("first_seen", Text, nullable=False),
    Column("citations", Integer, nullable=False),  # in the documents as they are now
    Column("media", Boolean, nullable=False),  # one of them cites a video or audio
    Column("verdict", Text),  # null: never looked at
    Column("reason", Text),
    Column("because", Text),
    Column("confirmed", Boolean, nullable=False),
    Column("warnings", Text, nullable=False),  # JSON array
    Column("status", Integer),
    Column("final_url", Text),
    Column("fix", Text),  # JSON object: the address that was probably meant, and is there
    Column("since", Text),  # since when it has this verdict
    Column("looked", Text),
    Column("looks", Integer, nullable=False),
    Column("not_before", Text),  # the host asked us to stay away until then
)

unreadable = Table(
    "unreadable", derived,
    Column("source", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("record", _SEQ, nullable=False),
)

citations = Table(
    "citations", derived,
    Column("document", Text, ForeignKey("documents.source"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, in reading order
    Column("link", Text, ForeignKey("links.link"), index=True),
    Column("url", Text),
    Column("kind", Text, nullable=False),
    Column("lost", Boolean, nullable=False),
    Column("label", Text),
    Column("text", Text, nullable=False),
    Column("note", Text),
    Column("context", Text, nullable=False),
    Column("cited_on", Text),
    Column("confidence", Float, nullable=False),
    Column("variants", Text, nullable=False),  # JSON array of addresses
    Column("written", Text),
    Column("line", Integer),
    Column("col", Integer),
    Column("page", Integer),
    Column("part", Text),
    Column("start_offset", BigInteger),
    Column("end_offset", BigInteger),
)

looks = Table(
    "looks", derived,
    Column("record", _SEQ, primary_key=True, autoincrement=False),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("link", Text, ForeignKey("links.link"), nullable=False),  # no index: records_subject finds a link's looks
    Column("at", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("status", Integer),
    Column("failure", Text),
    Column("final_url", Text),
    Column("hops", Integer, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),  # of all hops
    Column("media_type", Text),
    Column("length", BigInteger),
    Column("truncated", Text),
    Column("sha256", Text),
    Column("title", Text),
    Column("peer", Text),
    Column("signals", Text, nullable=False),  # JSON array of codes
)

lookups = Table(
    "lookups", derived,
    Column("link", Text, ForeignKey("links.link"), primary_key=True),
    Column("archive", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("ask_after", Text),
    Column("snapshots", Integer, nullable=False),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("record", _SEQ, nullable=False),
)

snapshots = Table(
    "snapshots", derived,
    Column("link", Text, ForeignKey("links.link"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("archive", Text, nullable=False),
    Column("original", Text, nullable=False),
    Column("taken", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("status", Integer),
    Column("media_type", Text),
    Column("digest", Text),
    Column("good", Boolean),
    Column("first_known", Text, nullable=False),
    Column("record", _SEQ, nullable=False),
)

jobs = Table(
    "jobs", derived,
    Column("id", Text, primary_key=True),
    Column("link", Text, ForeignKey("links.link"), nullable=False, index=True),
    Column("archive", Text, nullable=False),
    Column("submitted", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("asked", Text, nullable=False),
    Column("next_ask", Text),
    Column("remote_id", Text),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("snapshot_url", Text),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("record", _SEQ, nullable=False),
)

captures = Table(
    "captures", derived,
    Column("record", _SEQ, primary_key=True, autoincrement=False),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("link", Text, ForeignKey("links.link"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("warc_offset", BigInteger),
    Column("record_id", Text),
    Column("revisit", Boolean, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("truncated", Text),
)

media_failures = Table(
    "media_failures", derived,
    Column("link", Text, ForeignKey("links.link"), primary_key=True),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("record", _SEQ, nullable=False),
)

payloads = Table(
    "payloads", derived,
    Column("sha256", Text, primary_key=True),
    Column("url", Text, primary_key=True),  # without fragment
    Column("at", Text, nullable=False),  # of the WARC response
    Column("record_id", Text, nullable=False),
    Column("record", _SEQ, ForeignKey("captures.record"), nullable=False),
)

marks = Table(
    "marks", derived,
    Column("link", Text, ForeignKey("links.link"), primary_key=True),
    Column("at", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("marked_by", Text, nullable=False),
    Column("until", Text),  # last day; null: for ever
    Column("record", _SEQ, nullable=False),
)

hosts = Table(
    "hosts", derived,
    Column("host", Text, primary_key=True),
    Column("answered", Text),
    Column("silent", Text),
    Column("silence", Text),
    Column("honest", Text),
    Column("catch_all", Text),
    Column("wall", Text),
    Column("wall_by", Text),
    Column("robots", Text),
    Column("limited", Text),
    Column("retry_after", BigInteger),
)
# Each time, with the columns that tell more of it.
HOST_FACTS = {
    "answered": (), "silent": ("silence",), "honest": (), "catch_all": (), "wall": ("wall_by",), "robots": (),
    "limited": ("retry_after",),
}
