"""The tables of a store as this build uses them; private to the package.

Migrations freeze their own copy of each revision's tables and carry the triggers, which are what makes
observations, leaves, checkpoints and assessments append-only. A test holds the two in step.
"""

import sqlalchemy as sa

REVISION = "0005"
"""The newest migration, so that opening a current store need not load Alembic."""

APPLICATION_ID = 0x42524331
"""Marks a file as ours (`BRC1`)."""

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

STORE = sa.Table(
    "store",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("origin", sa.Text(), nullable=False),
    sa.Column("created_at", sa.Text(), nullable=False),
)
"""One row: the origin line of this store's checkpoints."""

SIGNER = sa.Table(
    "signer",
    METADATA,
    sa.Column("public", sa.LargeBinary(), primary_key=True),
    sa.Column("added_at", sa.Text(), nullable=False),
)
"""Public keys that signed checkpoints here."""

REFRESH = sa.Table(
    "refresh",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("started_at", sa.Text(), nullable=False),
    sa.Column("finished_at", sa.Text(), nullable=False),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("caller", sa.Text(), nullable=False),
    sa.Column("organisation_id", sa.Text(), nullable=False),
    sa.Column("botocore", sa.Text(), nullable=False),
    sa.Column("tool_version", sa.Text(), nullable=False),
    sa.Column("content_root", sa.Text(), nullable=False),
    sa.Column("selection", sa.Text(), nullable=False, server_default=""),
)

PLACE = sa.Table(
    "place",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("account_id", sa.Text(), nullable=False),
    sa.Column("region", sa.Text(), nullable=False),
    sa.UniqueConstraint("kind", "account_id", "region"),
)
"""A kind in a scope, named once for all refreshes."""

STEP = sa.Table(
    "step",
    METADATA,
    sa.Column("refresh_id", sa.Integer(), sa.ForeignKey("refresh.id"), primary_key=True),
    sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id"), primary_key=True),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("facts", sa.Integer(), nullable=False),
    sa.Column("gaps", sa.Integer(), nullable=False),
    sa.Column("first", sa.Integer(), nullable=False),
    sa.Column("base", sa.Integer(), nullable=False),
    sa.Column("read_in", sa.Integer(), sa.ForeignKey("refresh.id"), nullable=False),
    sqlite_with_rowid=False,
)
"""The plan. A step's observations are numbered on end from `first`, because they come in one transaction: its facts,
then its gaps, which are one for all of it (`state` is `gap`) or of single things. They are rows of `observation`; or
they are in a block, if `base` is not 0, and say the same as those from `base` on. `read_in` is the refresh that asked
AWS."""

CONTEXT = sa.Table(
    "context",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("operation", sa.Text(), nullable=False),
    sa.Column("caller", sa.Text(), nullable=False),
    sa.Column("botocore", sa.Text(), nullable=False),
    sa.UniqueConstraint("operation", "caller", "botocore"),
)
"""The parts of a provenance that repeat, once each."""

BODY = sa.Table(
    "body",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("sha256", sa.LargeBinary(), nullable=False),
    sa.Column("size", sa.Integer(), nullable=False),
    sa.Column("deflated", sa.Boolean(), nullable=False),
    sa.Column("bytes", sa.LargeBinary(), nullable=True),
    sa.UniqueConstraint("sha256"),
    sa.Index("ix_body_erased", "id", sqlite_where=sa.text("bytes IS NULL")),
)
"""Canonical JSON by its SHA-256, once; NULL when erased."""

OBSERVATION = sa.Table(
    "observation",
    METADATA,
    sa.Column("sequence", sa.Integer(), primary_key=True),
    sa.Column("type", sa.Text(), nullable=False),
    sa.Column("refresh_id", sa.Integer(), sa.ForeignKey("refresh.id"), nullable=True),
    sa.Column("place_id", sa.Integer(), nullable=True),
    sa.Column("key", sa.Text(), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("basis", sa.Text(), nullable=False),
    sa.Column("context_id", sa.Integer(), sa.ForeignKey("context.id"), nullable=False),
    sa.Column("parameters", sa.Text(), nullable=False),
    sa.Column("request_id", sa.Text(), nullable=False),
    sa.Column("observed_at", sa.Text(), nullable=False),
    sa.Column("body_id", sa.Integer(), sa.ForeignKey("body.id"), nullable=False),
    sa.Index("ix_observation_deed", "sequence", sqlite_where=sa.text("type = 'deed'")),
    sa.ForeignKeyConstraint(
        ["refresh_id", "place_id"],
        ["step.refresh_id", "step.place_id"],
        name="fk_observation_refresh_id_place_id",
    ),
)
"""Append-only. `type` is fact, gap, seal (the end of a refresh), tombstone (an erased body) or deed (what a person did,
whose kind is its `key`)."""

LEAF = sa.Table(
    "leaf",
    METADATA,
    sa.Column("sequence", sa.Integer(), sa.ForeignKey("observation.sequence"), primary_key=True),
    sa.Column("salt", sa.LargeBinary(), nullable=False),
    sa.Column("hash", sa.LargeBinary(), nullable=False),
)
"""The tree's leaves, apart from the observations so that a proof reads little."""

BLOCK = sa.Table(
    "block",
    METADATA,
    sa.Column("first", sa.Integer(), primary_key=True),
    sa.Column("count", sa.Integer(), nullable=False),
    sa.Column("refresh_id", sa.Integer(), sa.ForeignKey("refresh.id"), nullable=False),
    sa.Column("seed", sa.LargeBinary(), nullable=False),
    sa.Column("steps", sa.LargeBinary(), nullable=False),
    sa.Column("request_ids", sa.LargeBinary(), nullable=False),
    sa.Column("nodes", sa.LargeBinary(), nullable=False),
)
"""Observations `first` to `first` + `count` - 1, which differ from earlier ones only in the call that made them: the
calls are here, what they said is there. `nodes` are the tree's nodes over their leaves; salts come from `seed`."""

CHECKPOINT = sa.Table(
    "checkpoint",
    METADATA,
    sa.Column("tree_size", sa.Integer(), primary_key=True),
    sa.Column("root", sa.LargeBinary(), nullable=False),
    sa.Column("refresh_id", sa.Integer(), sa.ForeignKey("refresh.id"), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("nodes", sa.LargeBinary(), nullable=False),
)
"""One for each sealed refresh, with the nodes from which the tree grows on."""

ASSESSMENT = sa.Table(
    "assessment",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("refresh_id", sa.Integer(), sa.ForeignKey("refresh.id"), nullable=False, index=True),
    sa.Column("assessed_at", sa.Text(), nullable=False),
    sa.Column("policy", sa.Text(), nullable=False),
    sa.Column("findings", sa.LargeBinary(), nullable=False),
    sa.Column("judged_by", sa.Text(), nullable=False, server_default=""),
    sa.Column("grounds", sa.Text(), nullable=False, server_default="{}"),
)
"""What the controls concluded: all findings of one assessment, deflated, since they are only read together."""

GUIDANCE_TEXT = sa.Table(
    "guidance_text",
    METADATA,
    sa.Column("sha256", sa.LargeBinary(), primary_key=True),
    sa.Column("text", sa.Text(), nullable=False),
)
"""Editions of the guidance by the hash of their normalised lines. Not in the ledger, so no pack can carry the text."""
