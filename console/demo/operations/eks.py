"""Amazon EKS: clusters of its own, and those that are connected to it."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("eks")
_ONE = Paging(most=1, asked="maxResults", token="nextToken")  # noqa: S106 - a member's name


@OPERATIONS("ListClusters")
def list_clusters(asked: Asked) -> Payload:
    """Return the names of Amazon's clusters; of connected ones too, if all are asked for."""
    is_all = asked.parameters.get("include") == ["all"]
    wanted = [each for each in asked.held("eks.cluster") if is_all or "connectorConfig" not in each]
    found, following = page(asked, wanted, _ONE)
    return {"clusters": [each["name"] for each in found], **following}


@OPERATIONS("DescribeCluster")
def describe_cluster(asked: Asked) -> Payload:
    """Return a cluster."""
    for each in asked.held("eks.cluster"):
        if each["name"] == asked.text("name"):
            return {"cluster": each}
    raise RefusedError(404, "ResourceNotFoundException", f"No cluster found for name: {asked.text('name')}.")
