"""AWS Account Management: which Regions an account has enabled."""

from console.demo.messages import Payload
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("account")
_PAGING = Paging(most=20)


@OPERATIONS("ListRegions")
def list_regions(asked: Asked) -> Payload:
    """Return the Regions, those that are not enabled too."""
    wanted = asked.parameters.get("RegionOptStatusContains")
    regions = [
        each for each in asked.estate.account_regions if not wanted or each["RegionOptStatus"] in wanted
    ]
    found, following = page(asked, regions, _PAGING)
    return {"Regions": found, **following}
