"""Whatever reads what others wrote, as a function of bytes: it answers, or refuses with a remedy.

A target returns whether it answered; a `ConsoleError` with a remedy is a refusal, and anything else that rises is a
fault of the program.
"""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from console.base.errors import ConsoleError
from console.base.settings import PolicySettings, load_settings
from console.controls.duties import NO_DUTIES
from console.controls.guidance import edition_of
from console.deletion.case import What, cases_of
from console.deletion.plan import plan_of
from console.policy.case import decide_case
from console.policy.document import parse_policy
from console.reports.verify import read_previous, verify_pack
from console.reports.wish import Wanted
from console.services.assess import assess_snapshot
from console.services.catalogues import claim_catalogue
from console.services.deletion.files import read_file, write_file
from console.services.deletion.signing import Signing
from console.services.export import export_pack
from console.services.guidance import matched, read_guidance
from console.services.opening import open_pack
from console.services.parsing import Packed, Parser, Parsing
from console.vault.signed_record import DELETION, sign_record
from unit.deletion.made import PLAN_SAID, REQUEST, plan
from unit.reports.estate import CONTROLS, SIGNER, make_estate
from unit.reports.tampering import Made, signers_file
from usage_logs import NOW, SECRET, caught, packed, record

SETTINGS = b"""\
organisation_name = "Rivers"
[aws]
profile = "audit"
threads = 4
read_seconds = 30.5
[policy]
approved_regions = ["eu-west-2"]
[deletion]
execution = true
[window]
lock_after_minutes = 5
"""


_OF_PACK = {"bedrock.data_retention", "bedrock.guardrail", "bedrock.invocation_logging", "iam.user"}
_FEW_CONTROLS = 12


@dataclass(frozen=True)
class Target:
    """One reader."""

    read: Callable[[bytes, Path], object]
    """Given the bytes, and a folder for files."""
    seeds: Callable[[], Sequence[bytes]]
    is_json: bool = False
    """Whether a seed is JSON, so that it is worth mangling as such."""
    is_named_file: bool = False
    """Whether a seed is a line that names a file, and what is in that."""


def answered(target: Target, content: bytes) -> bool:
    """Tell whether a target answered; raise if it neither answered nor refused with a remedy."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        try:
            target.read(content, Path(folder))
        except ConsoleError as error:
            if not (error.code and error.remedy and str(error)):
                raise AssertionError(f"{error!r} says nothing that helps") from error
            return False
    return True


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - files of a moment


def _read_policy(content: bytes, _folder: Path) -> object:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return None
    parse_policy("a policy", said)
    return said


def _read_case(content: bytes, _folder: Path) -> object:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return decide_case(said)


def _read_log(content: bytes, _folder: Path) -> object:
    parser = Parser(Parsing(secret=SECRET, now=NOW))
    group = parser.parse([Packed(name="object", mark="m", content=content)])
    assert len(group.batch) == sum(each.calls for each in group.objects)
    return group


def _read_pack(content: bytes, folder: Path) -> object:
    path = folder / "pack.zip"
    path.write_bytes(content)
    signers = signers_file(folder)
    verify_pack(path, allowed_signers=signers, previous=path)
    return open_pack(path, signers=signers)


def _read_sealed(content: bytes, folder: Path) -> object:
    """Open a pack in which somebody who holds the key wrote anything into one file."""
    at, _, held = content.partition(b"\n")
    name = _NAMES[sum(at) % len(_NAMES)]
    made = Made({**_pack().files, name: held}, folder).sealed_again().write()
    with suppress(ConsoleError):
        read_previous(made)
    return open_pack(made, signers=signers_file(folder))


def _read_request(content: bytes, folder: Path) -> object:
    path = folder / "request.json"
    path.write_bytes(content)
    _, found = read_file(path)
    return cases_of([entry for _, entry in found], NOW)


def _read_signed_request(content: bytes, folder: Path) -> object:
    """Read a request of which somebody who holds a key signed anything."""
    try:
        said = json.loads(content)
        for each in said["file"]["records"]:
            each["signature"] = sign_record(each["record"], SIGNER, DELETION)
            each["fingerprint"] = SIGNER.public.fingerprint
        said["signature"] = sign_record(said["file"], SIGNER, DELETION)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return _read_request(json.dumps(said).encode(), folder)


def _read_guidance(content: bytes, folder: Path) -> object:
    path = folder / "guidance.txt"
    path.write_bytes(content)
    found = read_guidance(path)
    return matched(edition_of(found.name, found.text), claim_catalogue(), NO_DUTIES)


def _read_settings(content: bytes, folder: Path) -> object:
    path = folder / "settings.toml"
    path.write_bytes(content)
    return load_settings(path)


@cache
def _pack() -> Made:
    """Return a pack of few controls: each takes as long again, and says nothing of another form."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    estate = make_estate(folder)
    few = [each for each in CONTROLS if _OF_PACK & set(each.reads)][:_FEW_CONTROLS]
    with estate.store:
        snapshot = estate.store.snapshot(estate.refresh_id)
        return Made.of(
            export_pack(
                estate.store,
                estate.refresh_id,
                assess_snapshot(snapshot, few, PolicySettings(), NOW),
                few,
                wanted=Wanted(organisation_name="Rivers", purpose="Approval"),
                signer=SIGNER,
                to=folder / "pack.zip",
            ).path,
            folder,
        )


_NAMES: Sequence[str] = (
    "bag/data/assessment.json", "bag/data/evidence/ledger.jsonl", "bag/data/inclusion.json", "bag/data/checkpoint",
    "bag/data/earlier-checkpoints.json", "bag/data/oscal/poam.json", "bag/data/claims.json",
    "bag/data/evidence/222233334444/global/iam.user.jsonl",
)  # fmt: skip


@cache
def _pack_seeds() -> list[bytes]:
    return [_pack().write().read_bytes()]


@cache
def _sealed_seeds() -> list[bytes]:
    held = _pack().files
    return [bytes([at + len(_NAMES) * 8]) + b"\n" + held[name] for at, name in enumerate(_NAMES)]


@cache
def _request_seeds() -> list[bytes]:
    signing = Signing(
        person="Jo",
        caller="arn:aws:iam::111122223333:user/jo",
        signer=SIGNER,
        now=datetime(2026, 11, 24, 9, tzinfo=UTC),
    )
    first = signing.body(What.REQUEST, "", REQUEST)
    request_id = first["record"]["request"]
    made = plan_of({**plan().record(), "request_id": request_id})
    said = {"plan": made.record(), "plan_sha256": made.sha256}
    more: list[dict[str, Any]] = [
        signing.body(What.PLAN, request_id, said if PLAN_SAID else {}),
        signing.body(What.APPROVAL, request_id, {"plan_sha256": made.sha256}),
        signing.body(What.HOLD, request_id, {"reason": "an inquiry"}),
    ]
    return [write_file(request_id, [first, *more], signing)]


def _policy_seeds() -> list[bytes]:
    statement = {
        "Effect": "Allow",
        "Action": ["bedrock:Invoke*"],
        "Resource": "arn:aws:bedrock:*:*:model/${aws:username}",
        "Condition": {"StringLikeIfExists": {"aws:PrincipalTag/team": ["a*", "b"]}},
    }
    return [json.dumps({"Version": "2012-10-17", "Statement": [statement]}).encode()]


@cache
def _case_seeds() -> list[bytes]:
    from unit.policy.test_case import DOCUMENTED  # noqa: PLC0415 - reads files

    return [json.dumps(each).encode() for each in DOCUMENTED[:40]]


@cache
def _log_seeds() -> list[bytes]:
    lines = [json.dumps(each).encode() for each in (record(1), caught(2), record(3, errorCode="Throttling"))]
    return [b"\n".join(lines), packed([record(4), caught(5)]), *lines]


TARGETS: Mapping[str, Target] = {
    "policy": Target(_read_policy, _policy_seeds, is_json=True),
    "policy-case": Target(_read_case, _case_seeds, is_json=True),
    "log": Target(_read_log, _log_seeds, is_json=True),
    "pack": Target(_read_pack, _pack_seeds),
    "sealed-pack": Target(_read_sealed, _sealed_seeds, is_named_file=True),
    "request": Target(_read_request, _request_seeds, is_json=True),
    "signed-request": Target(_read_signed_request, _request_seeds, is_json=True),
    "guidance": Target(_read_guidance, lambda: [b"\xef\xbb\xbfOne line of guidance.\r\nAnother; a third.\n"]),
    "settings": Target(_read_settings, lambda: [SETTINGS]),
}
