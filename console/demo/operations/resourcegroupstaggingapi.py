"""The Resource Groups Tagging API: resources of a Region that have tags."""

from console.demo.messages import Payload
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("resourcegroupstaggingapi")
_PAGING = Paging(
    most=4,
    asked="ResourcesPerPage",
    token="PaginationToken",  # noqa: S106 - a member's name
    refusal="PaginationTokenExpiredException",
)


@OPERATIONS("GetResources")
def get_resources(asked: Asked) -> Payload:
    """Return the tagged resources, of some services or types if they are named."""
    types: list[str] = asked.parameters.get("ResourceTypeFilters") or []
    wanted = [
        each
        for each in asked.held("resourcegroupstaggingapi.resource")
        if not types or any(_is_of(each["ResourceARN"], sort) for sort in types)
    ]
    found, following = page(asked, wanted, _PAGING)
    return {"ResourceTagMappingList": found, "PaginationToken": "", **following}


def _is_of(arn: str, sort: str) -> bool:
    service, _, resource = sort.partition(":")
    _, _, its_service, _, _, its_resource = arn.split(":", 5)
    return service == its_service and (not resource or its_resource.startswith(f"{resource}/"))
