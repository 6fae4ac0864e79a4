"""The tables. A change here needs a migration beside it (`bot/store/migrations`)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

# A message is taken once: the key is the platform's own message id.
inbox = Table(
    "inbox",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("message", String(200), primary_key=True),
    Column("received_at", Float, nullable=False),
    Column("payload", Text, nullable=False),
    Column("answered_at", Float),
    Column("reply", Text),
    Column("reply_sent_at", Float),
    Index("inbox_open", "answered_at"),
)

# Where a platform has ids of deliveries beside those of messages, the same delivery is taken once too.
deliveries = Table(
    "deliveries",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("event", String(200), primary_key=True),
    Column("received_at", Float, nullable=False),
)

# `data` is the whole job; the other columns are what is asked for.
jobs = Table(
    "jobs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("person", String(200), nullable=False),
    Column("place", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("accepted_at", Float, nullable=False),
    Column("points", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Index("jobs_unended", "ended"),
    Index("jobs_person", "person", "accepted_at"),
)

# Which message is about which job: whoever quotes one of them means that job's picture.
shown = Table(
    "shown",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("message", String(200), primary_key=True),
    Column("job", String(40), nullable=False),
)

offers = Table(
    "offers",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("person", String(200), nullable=False),
    Column("place", String(200), nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("used_at", Float),
    Index("offers_person", "person", "place", "opened_at"),
)

preferences = Table(
    "preferences",
    metadata,
    Column("person", String(200), primary_key=True),
    Column("data", Text, nullable=False),
)

pending = Table(
    "pending",
    metadata,
    Column("person", String(200), primary_key=True),
    Column("place", String(200), primary_key=True),
    Column("at", Float, nullable=False),
    Column("data", Text, nullable=False),
)
