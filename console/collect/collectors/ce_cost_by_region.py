"""What each account's use of Bedrock cost, by Region and month."""

from console.collect.costs import BY_ACCOUNT, costs_by, dimension

COLLECTOR = costs_by(
    BY_ACCOUNT,
    dimension("REGION"),
    kind="ce.cost_by_region",
    title="Cost of Bedrock by account, Region and month",
)
