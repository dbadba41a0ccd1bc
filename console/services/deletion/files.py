"""A request on its way between laptops: all of its records in one file, which the sender signs as a whole."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.base.clock import stamp
from console.deletion.case import Entry, What
from console.deletion.errors import BadDeletionFileError, EditedPlanError
from console.deletion.people import canonical_identity
from console.deletion.records import Body, entry_of
from console.services.deletion.signing import Signing, problem_of
from console.vault.signed_record import DELETION, sign_record, verify_record
from console.vault.signing import BadSignatureError

FORMAT = "bedrock-console/deletion-file/1"
_MOST_BYTES = 64_000_000


def write_file(request_id: str, bodies: Sequence[Body], signing: Signing) -> bytes:
    """Return the file; taking a record out of it afterwards, a refusal or a hold, breaks the sender's signature."""
    record = {
        "format": FORMAT,
        "request": request_id,
        "person": signing.person,
        "identity": signing.identity,
        "caller": signing.caller,
        "at": stamp(signing.now),
        "key": signing.key,
        "records": list(bodies),
    }
    said = {"file": record, "signature": sign_record(record, signing.signer, DELETION)}
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def read_file(path: Path) -> tuple[dict[str, Any], list[tuple[Body, Entry]]]:
    """Return the file's own record and each record in it with its entry; refuse what is not what was signed."""
    try:
        content = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
        said = json.loads(content)
        record = said["file"]
        found = [(body, entry_of(body, problem_of)) for body in record["records"]]
        _check(path, record, [entry for _, entry in found])
        verify_record(record, said["signature"], DELETION)
    except OSError as error:
        raise BadDeletionFileError(
            f"{path} cannot be read: {error.strerror}", remedy="Check the path and the right to read it."
        ) from None
    except BadSignatureError as error:
        raise BadDeletionFileError(f"{path} is not what its sender signed: {error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadDeletionFileError(f"{path} is not a file of a request to delete") from None
    return record, found


def _check(path: Path, record: dict[str, Any], entries: Sequence[Entry]) -> None:
    if record["format"] != FORMAT or canonical_identity(record["caller"]) != record["identity"]:
        raise ValueError("it is not whole")
    wrong = next((each for each in entries if each.problem), None)
    if wrong is not None and wrong.what in (What.PLAN, What.APPROVAL):
        raise EditedPlanError(f"{path}: the {wrong.what.value} is not what was signed: {wrong.problem}")
    if wrong is not None:
        raise BadDeletionFileError(f"{path}: the {wrong.what.value} does not count: {wrong.problem}")
    if any(each.request_id != record["request"] for each in entries):
        raise BadDeletionFileError(f"{path} holds records of another request")
