"""Users' MFA devices."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(iam: Client, known: Known) -> Found:
    """Yield, for every user, the devices that are enabled; an empty list is a user without one."""

    def read(user: str) -> Payload:
        return {
            "UserName": user,
            "MFADevices": list(ask_all(iam, "list_mfa_devices", "MFADevices", UserName=user)),
        }

    yield from each((user["UserName"] for user in known["iam.user"]), read)


COLLECTOR = Collector(
    kind="iam.mfa_device",
    title="MFA devices of IAM users",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:ListMFADevices",),
    needs=("iam.user",),
    key="UserName",
    fetch=fetch,
    required=("UserName", "MFADevices"),
)
