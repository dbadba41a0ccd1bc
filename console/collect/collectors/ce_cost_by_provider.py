"""What the use of Bedrock cost, by the provider of each model, since AWS tells it."""

from console.collect.costs import attribute, costs_by

COLLECTOR = costs_by(
    attribute("provider"),
    attribute("model"),
    kind="ce.cost_by_provider",
    title="Cost of Bedrock by provider, model and month",
)
