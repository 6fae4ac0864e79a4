"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("platform", sa.String(32), primary_key=True),
        sa.Column("message", sa.String(200), primary_key=True),
        sa.Column("received_at", sa.Float, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("answered_at", sa.Float),
        sa.Column("reply", sa.Text),
        sa.Column("reply_sent_at", sa.Float),
    )
    op.create_index("inbox_open", "inbox", ["answered_at"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("accepted_at", sa.Float, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("jobs_unended", "jobs", ["ended"])
    op.create_index("jobs_person", "jobs", ["person", "accepted_at"])
    op.create_table(
        "offers",
        sa.Column("job", sa.String(40), primary_key=True),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("opened_at", sa.Float, nullable=False),
        sa.Column("used_at", sa.Float),
    )
    op.create_index("offers_person", "offers", ["person", "place", "opened_at"])
    op.create_table(
        "preferences",
        sa.Column("person", sa.String(200), primary_key=True),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "pending",
        sa.Column("person", sa.String(200), primary_key=True),
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("pending", "preferences", "offers", "jobs", "inbox"):
        op.drop_table(table)
