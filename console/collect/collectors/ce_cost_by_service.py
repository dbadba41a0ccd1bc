"""What each account's use of Bedrock cost, by service and month."""

from console.collect.costs import BY_ACCOUNT, costs_by, dimension

COLLECTOR = costs_by(
    BY_ACCOUNT,
    dimension("SERVICE"),
    kind="ce.cost_by_service",
    title="Cost of Bedrock by account, service and month",
)
