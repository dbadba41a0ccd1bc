"""What each account's use of Bedrock cost, by usage type and month."""

from console.collect.costs import BY_ACCOUNT, costs_by, dimension

COLLECTOR = costs_by(
    BY_ACCOUNT,
    dimension("USAGE_TYPE"),
    kind="ce.cost_by_usage_type",
    title="Cost of Bedrock by account, usage type and month",
)
