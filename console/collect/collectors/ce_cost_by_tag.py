"""What the use of Bedrock cost, by account, tag and month: tags of resources, and tags of whoever called."""

from datetime import date

from console.collect.base import Client, Collector, Found, Known, Missed, NotAskedError, Reach
from console.collect.costs import BY_ACCOUNT, REQUIRED, by_groups, months_to, place_of
from console.collect.each import each_of

_OF_CALLERS = "iamPrincipal/"
"""How the names of tags begin that AWS takes from the IAM principal that called."""
MOST_TAGS = 12
"""So many tags are asked about, since each answer is paid for; those of callers first."""


def fetch(ce: Client, known: Known, today: date) -> Found:
    """Yield cost and usage; each page costs a cent. Tags beyond the first dozen are said not to have been asked."""
    tags = sorted(
        {str(each["TagKey"]) for each in known["ce.cost_allocation_tag"]},
        key=lambda tag: (not tag.startswith(_OF_CALLERS), tag),
    )

    def read(tag: str) -> Found:
        groups = (BY_ACCOUNT, {"Type": "TAG", "Key": tag})
        yield from by_groups(ce, groups, known["ce.service"], months_to(today))

    yield from each_of(tags[:MOST_TAGS], read)
    for tag in tags[MOST_TAGS:]:
        yield Missed(tag, NotAskedError(f"{MOST_TAGS} tags are asked about, because each answer is paid for"))


COLLECTOR = Collector(
    kind="ce.cost_by_tag",
    title="Cost of Bedrock by account, tag and month",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetCostAndUsage",),
    needs=("ce.service", "ce.cost_allocation_tag"),
    dated=True,
    key=place_of,
    fetch=fetch,
    required=REQUIRED,
)
