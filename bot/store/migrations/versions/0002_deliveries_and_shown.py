"""Deliveries by the platform's own id, and which message shows which picture."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("platform", sa.String(32), primary_key=True),
        sa.Column("event", sa.String(200), primary_key=True),
        sa.Column("received_at", sa.Float, nullable=False),
    )
    op.create_table(
        "shown",
        sa.Column("platform", sa.String(32), primary_key=True),
        sa.Column("message", sa.String(200), primary_key=True),
        sa.Column("job", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    for table in ("shown", "deliveries"):
        op.drop_table(table)
