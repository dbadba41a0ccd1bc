"""AWS Artifact: audit reports, the same for everybody, and the organisation's agreements with AWS."""

from console.demo.messages import Payload
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("artifact")
_FEW = Paging(most=4, asked="maxResults", token="nextToken")  # noqa: S106 - a member's name
_ONE = Paging(most=1, asked="maxResults", token="nextToken")  # noqa: S106


@OPERATIONS("ListReports")
def list_reports(asked: Asked) -> Payload:
    """Return what each report is."""
    found, following = page(asked, asked.estate.organisation.held.get("artifact.report", []), _FEW)
    return {"reports": found, **following}


@OPERATIONS("ListCustomerAgreements")
def list_customer_agreements(asked: Asked) -> Payload:
    """Return the agreements of the account that asks."""
    agreements = asked.account.held.get("artifact.customer_agreement", [])
    found, following = page(asked, agreements, _ONE)
    return {"customerAgreements": found, **following}
