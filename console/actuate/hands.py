"""The hands: calls that delete, with credentials that the reader does not have and no wider than one plan."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError

from console.actuate.operations import CHANGES, actions_of
from console.base.clock import Clock
from console.base.settings import AwsSettings
from console.collect.discovery.objects import is_below, state_of, version_id
from console.collect.errors import FAILURES, detail_of
from console.collect.identity import Identity
from console.collect.looking import READS, Looker
from console.collect.many import MANY, MOST_AT_ONCE, entries
from console.collect.sessions import Sessions
from console.deletion.errors import OutdatedRoleError, StoppedExecutionError
from console.deletion.plan import Plan, Step
from console.domain.scope import Scope

_MOST_KEYS = 1_000
"""Of one call of `DeleteObjects`."""
_GONE = ("ResourceNotFoundException", "NotFoundException", "NoSuchKey", "NoSuchBucket")


class ErasingSessions(Sessions):
    """Sessions that act as the eraser role in every account, each no wider than the plan needs."""

    def __init__(self, settings: AwsSettings, clock: Clock, plan: Plan) -> None:
        super().__init__(settings, clock, changes=frozenset(each.operation for each in plan.steps))
        actions = sorted({*actions_of(each.operation for each in plan.steps), *READS.values()})
        self._policy = json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": shortened(actions), "Resource": "*"}],
            },
            separators=(",", ":"),
        )
        self._taken: dict[str, Identity] = {}

    def identity(self, account_id: str) -> Identity:
        """Return the eraser role in an account, the caller's own too."""
        if account_id not in self._taken:
            try:
                self._taken[account_id] = self.role_identity(account_id, self._policy)
            except FAILURES as error:
                raise OutdatedRoleError(f"{account_id}: {detail_of(error)}") from None
        return self._taken[account_id]


def shortened(actions: Sequence[str]) -> list[str]:
    """Return actions so that they fit a session's policy: reading ones of a service by their verbs.

    >>> shortened(["s3:GetObjectRetention", "s3:GetBucketVersioning", "s3:DeleteObject"])
    ['s3:DeleteObject', 's3:Get*']
    """
    found = set()
    for each in actions:
        service, _, name = each.partition(":")
        verb = next((verb for verb in ("Get", "List", "Describe", "Lookup") if name.startswith(verb)), "")
        found.add(f"{service}:{verb}*" if verb else each)
    return sorted(found)


class Hands:
    """Carries single steps out; whoever holds them has shown an approved plan."""

    def __init__(self, sessions: ErasingSessions, looker: Looker, made_at: str) -> None:
        self._sessions = sessions
        self._looker = looker
        self._made_at = made_at

    def carry_out(self, step: Step, *, goes_on: bool) -> list[str]:
        """Send a step's calls and return AWS's request ids; raise `StoppedExecutionError` at anything unexpected.

        A step that `goes_on` was begun before and broken off, so that less is there than was approved. That the
        thing is gone already is no error here: whether it is, is looked at afterwards.
        """
        if step.operation not in CHANGES:
            raise StoppedExecutionError(f"{step.operation} is not among the operations that may be called")
        try:
            with self._sessions.acting_as(self._sessions.identity(step.account_id)):
                return list(self._sent(step, goes_on=goes_on))
        except FAILURES as error:
            if isinstance(error, ClientError) and error.response.get("Error", {}).get("Code") in _GONE:
                return [str(error.response.get("ResponseMetadata", {}).get("RequestId", ""))]
            raise StoppedExecutionError(f"{step.operation} of {step.subject}: {detail_of(error)}") from None

    def _sent(self, step: Step, *, goes_on: bool) -> Iterator[str]:
        service, _, name = step.operation.partition(":")
        client: Any = self._sessions.client(service, step.region)
        if step.operation == "s3:DeleteObjects":
            yield from self._objects(step, client, goes_on=goes_on)
            return
        if step.operation in MANY:
            yield from self._many(step, client, goes_on=goes_on)
            return
        answer = getattr(client, xform_name(name))(**step.parameters)
        for each in answer.get("errors", ()):
            raise StoppedExecutionError(f"{step.operation} of {step.subject}: {each.get('message', each)}")
        yield str(answer["ResponseMetadata"]["RequestId"])

    def _objects(self, step: Step, client: Any, *, goes_on: bool) -> Iterator[str]:  # noqa: ANN401 - boto3's
        """Delete version after version, a thousand in a call; versions that are to stay are never named."""
        bucket, prefix = step.parameters["Bucket"], step.parameters["Prefix"]
        look = self._looker.versions(Scope(step.account_id, step.region), bucket, prefix)
        if not look.is_seen:
            raise StoppedExecutionError(f"{step.subject} could not be listed: {look.detail}")
        kept = set(step.parameters["Kept"])
        found = [
            each for each in look.answer if is_below(each["Key"], prefix) and version_id(each) not in kept
        ]
        if not goes_on and state_of(found) != step.state_sha256:
            raise StoppedExecutionError(f"{step.subject}: other versions are there than were approved")
        if any(each["LastModified"] > self._made_at for each in found):
            raise StoppedExecutionError(f"{step.subject}: versions were written after the plan was made")
        going = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in found]
        for start in range(0, len(going), _MOST_KEYS):
            some = going[start : start + _MOST_KEYS]
            answer = client.delete_objects(Bucket=bucket, Delete={"Objects": some, "Quiet": True})
            yield str(answer["ResponseMetadata"]["RequestId"])
            for each in answer.get("Errors", ()):
                said = f"{each.get('Code', '')} {each.get('Message', '')}".strip()
                raise StoppedExecutionError(f"{len(answer['Errors'])} versions of {step.subject}: {said}")

    def _many(self, step: Step, client: Any, *, goes_on: bool) -> Iterator[str]:  # noqa: ANN401 - boto3's
        """Delete every entry of a list, each by its name; entries that were not approved stop it."""
        many = MANY[step.operation]
        look = entries(self._looker, Scope(step.account_id, step.region), many, step.check.parameters)
        if not look.is_seen:
            raise StoppedExecutionError(f"{step.subject} could not be listed: {look.detail}")
        if not goes_on and look.sha256 != step.state_sha256:
            raise StoppedExecutionError(f"{step.subject}: other entries are there than were approved")
        if any(each[many.made] > self._made_at for each in look.answer):
            raise StoppedExecutionError(f"{step.subject}: entries were written after the plan was made")
        send = getattr(client, xform_name(step.operation.partition(":")[2]))
        named = {name: value for name, value in step.parameters.items() if name != "namespacePath"}
        names = [{many.entry: each[many.entry]} for each in look.answer]
        at_once = MOST_AT_ONCE if many.batch else 1
        for start in range(0, len(names), at_once):
            some = names[start : start + at_once]
            answer = send(**named, **({many.batch: some} if many.batch else some[0]))
            yield str(answer["ResponseMetadata"]["RequestId"])
            for each in answer.get("failedRecords", ()):
                said = each.get("errorMessage", "AWS does not say why")
                raise StoppedExecutionError(
                    f"{len(answer['failedRecords'])} entries of {step.subject}: {said}"
                )
