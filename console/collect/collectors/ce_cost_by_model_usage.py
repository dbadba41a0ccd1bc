"""What each model's tokens cost, by usage type and month, since AWS tells it: for all accounts together."""

from console.collect.costs import attribute, costs_by, dimension

COLLECTOR = costs_by(
    attribute("model"),
    dimension("USAGE_TYPE"),
    kind="ce.cost_by_model_usage",
    title="Cost of Bedrock by model, usage type and month",
)
