"""One Region of one account, and the names there of what several services speak of: keys, buckets, roles, networks."""

from dataclasses import dataclass

from console.demo.department.draw import Draw
from console.demo.department.plan import Member

JOBS_ROLE = "bedrock-jobs"
"""The role that Bedrock takes on for an account's jobs."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where things are made."""

    draw: Draw
    member: Member
    region: str

    def id(self, *words: object) -> str:
        """Return twelve letters and digits, as most ids of Bedrock are."""
        return self.draw.lower(12, self.member.id, self.region, *words)

    def arn(self, sort: str, *words: object) -> str:
        """Return the ARN of something of Bedrock's, with an id of its own."""
        return f"arn:aws:bedrock:{self.region}:{self.member.id}:{sort}/{self.id(sort, *words)}"

    def day(self, *words: object) -> str:
        """Return a moment."""
        return self.draw.day(self.member.id, self.region, *words)

    def below(self, bound: int, *words: object) -> int:
        """Return a whole number from 0 to below `bound`."""
        return self.draw.below(bound, self.member.id, self.region, *words)

    def key(self, purpose: str) -> str:
        """Return the ARN of the account's own key for a purpose, such as `models`."""
        word = self.draw.hexadecimal(32, "key", self.member.id, self.region, purpose)
        id_ = "-".join((word[:8], word[8:12], word[12:16], word[16:20], word[20:]))
        return f"arn:aws:kms:{self.region}:{self.member.id}:key/{id_}"

    def bucket(self, purpose: str) -> str:
        """Return the name of the account's bucket for a purpose, such as `training`."""
        return f"public-works-{self.member.id}-{purpose}-{self.region}"

    def role(self, name: str = JOBS_ROLE) -> str:
        """Return the ARN of a role of the account."""
        return f"arn:aws:iam::{self.member.id}:role/{name}"

    def network(self) -> dict[str, list[str]]:
        """Return subnets and security groups that the Region's VPC endpoints are in, as `vpcConfig` has them."""
        vpc = f"vpc-{self.draw.hexadecimal(17, 'vpc', self.member.id, self.region)}"
        subnets = [f"subnet-{self.draw.hexadecimal(17, vpc, 'subnet', index)}" for index in range(2)]
        return {
            "subnetIds": subnets,
            "securityGroupIds": [f"sg-{self.draw.hexadecimal(17, vpc, 'group')}"],
        }
