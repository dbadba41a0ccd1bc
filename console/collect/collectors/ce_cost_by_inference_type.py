"""What each account's use of Bedrock cost, by inference type and month: on demand, in batches, across Regions."""

from console.collect.costs import BY_ACCOUNT, attribute, costs_by

COLLECTOR = costs_by(
    BY_ACCOUNT,
    attribute("inferenceType"),
    kind="ce.cost_by_inference_type",
    title="Cost of Bedrock by account, inference type and month",
)
