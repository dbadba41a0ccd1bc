"""What stands around Bedrock in an account: clusters, tags, and who watches over access."""

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, Member, Plan
from console.demo.estate import Estate, Region
from console.demo.messages import Payload

_ONE_IN_CLUSTERS = 8
_CLASSES = ("OFFICIAL", "OFFICIAL", "OFFICIAL-SENSITIVE")


def add_surroundings(draw: Draw, plan: Plan, estate: Estate) -> None:
    """Add clusters, tags and analyzers; they are in London."""
    for number, member in enumerate(plan.everyone):
        region = estate.accounts[member.id].regions[LONDON]
        making = _Making(draw, member)
        if number % _ONE_IN_CLUSTERS == 1:
            region.held["eks.cluster"] = [making.cluster("records"), making.connected("depot-north")]
        region.held["resourcegroupstaggingapi.resource"] = making.tagged(region)
        region.held["accessanalyzer.analyzer"] = making.analyzers(is_first=member == plan.members[0])


class _Making:
    def __init__(self, draw: Draw, member: Member) -> None:
        self._draw = draw
        self._member = member
        self._stem = f"arn:aws:eks:{LONDON}:{member.id}:cluster"

    def cluster(self, name: str) -> Payload:
        """Return a cluster that runs at AWS."""
        return {
            "name": name,
            "arn": f"{self._stem}/{name}",
            "createdAt": self._draw.day(self._member.id, "cluster", name),
            "version": "1.33",
            "endpoint": f"https://{self._draw.upper(32, name)}.gr7.{LONDON}.eks.amazonaws.com",
            "roleArn": f"arn:aws:iam::{self._member.id}:role/bedrock-application",
            "resourcesVpcConfig": {
                "vpcId": f"vpc-{self._draw.hexadecimal(17, 'vpc', self._member.id, LONDON)}",
                "endpointPublicAccess": False,
                "endpointPrivateAccess": True,
            },
            "status": "ACTIVE",
            "tags": {"owner": "estate-records"},
        }

    def connected(self, name: str) -> Payload:
        """Return a cluster that runs in a department's own building."""
        place = (self._member.id, "cluster", name)
        return {
            "name": name,
            "arn": f"{self._stem}/{name}",
            "createdAt": self._draw.day(*place),
            "status": "ACTIVE",
            "connectorConfig": {
                "activationId": self._draw.lower(20, "activation", *place),
                "activationCode": self._draw.lower(20, "code", *place),
                "activationExpiry": "2026-06-01T00:00:00Z",
                "provider": "EKS_ANYWHERE",
                "roleArn": f"arn:aws:iam::{self._member.id}:role/bedrock-application",
            },
            "tags": {},
        }

    def tagged(self, region: Region) -> list[Payload]:
        """Return the tags of guardrails and profiles; some have lost theirs."""
        arns = [each["guardrailArn"] for each in region.guardrails if each["version"] == "DRAFT"]
        arns += [each["inferenceProfileArn"] for each in region.profiles]
        return [{"ResourceARN": arn, "Tags": self._tags(arn, number)} for number, arn in enumerate(arns)]

    def _tags(self, arn: str, number: int) -> list[Payload]:
        tags = {
            "Owner": self._member.name.rpartition("-")[0] or self._member.name,
            "DataClassification": self._draw.one_of(_CLASSES, "class", arn),
        }
        is_lost = number > 0 and self._draw.below(4, "tags", arn) == 0
        return [] if is_lost else [{"Key": key, "Value": value} for key, value in tags.items()]

    def analyzers(self, *, is_first: bool) -> list[Payload]:
        """Return the account's own analyzers; the first member watches over the whole organisation."""
        if is_first:
            findings = [self._finding(number) for number in range(3)]
            return [
                self._analyzer("organisation", "ORGANIZATION", findings),
                self._analyzer("unused", "ORGANIZATION_UNUSED_ACCESS", []),
            ]
        has_own = self._draw.below(3, "analyzer", self._member.id) == 0
        return [self._analyzer("account", "ACCOUNT", [self._finding(0)])] if has_own else []

    def _analyzer(self, name: str, sort: str, findings: list[Payload]) -> Payload:
        return {
            "arn": f"arn:aws:access-analyzer:{LONDON}:{self._member.id}:analyzer/{name}",
            "name": name,
            "type": sort,
            "createdAt": self._draw.day(self._member.id, "analyzer", name),
            "status": "ACTIVE",
            "findings": findings,
        }

    def _finding(self, number: int) -> Payload:
        """Return a finding: a role that another account may take up, a public queue, a role that was mended."""
        place = (self._member.id, "finding", number)
        sort, name = (
            ("AWS::IAM::Role", f"arn:aws:iam::{self._member.id}:role/bedrock-application"),
            ("AWS::SQS::Queue", f"arn:aws:sqs:{LONDON}:{self._member.id}:intake"),
            ("AWS::KMS::Key", f"arn:aws:kms:{LONDON}:{self._member.id}:key/intake"),
        )[number]
        when = self._draw.day(*place)
        return {
            "id": self._draw.hexadecimal(32, *place),
            "principal": {"AWS": self._draw.digits(*place)},
            "action": ["sts:AssumeRole" if number == 0 else "*"],
            "resource": name,
            "isPublic": number == 1,
            "resourceType": sort,
            "condition": {},
            "createdAt": when,
            "analyzedAt": when,
            "updatedAt": when,
            "status": "ACTIVE",
            "resourceOwnerAccount": self._member.id,
        }
