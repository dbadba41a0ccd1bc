"""What each account's use of Bedrock cost, by model and month, since AWS tells it."""

from console.collect.costs import BY_ACCOUNT, attribute, costs_by

COLLECTOR = costs_by(
    BY_ACCOUNT,
    attribute("model"),
    kind="ce.cost_by_model",
    title="Cost of Bedrock by account, model and month",
)
