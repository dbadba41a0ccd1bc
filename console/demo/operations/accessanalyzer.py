"""IAM Access Analyzer: analyzers and what those found that look for access from outside."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("accessanalyzer")
_ONE = Paging(most=1, asked="maxResults", token="nextToken")  # noqa: S106 - a member's name
_FINDINGS = "findings"


@OPERATIONS("ListAnalyzers")
def list_analyzers(asked: Asked) -> Payload:
    """Return the analyzers, of one type if it is named."""
    sort = asked.text("type")
    wanted = [_bare(each) for each in asked.held("accessanalyzer.analyzer") if sort in ("", each["type"])]
    found, following = page(asked, wanted, _ONE)
    return {"analyzers": found, **following}


@OPERATIONS("ListFindings")
def list_findings(asked: Asked) -> Payload:
    """Return what an analyzer found, as far as it passes the filters."""
    for each in asked.held("accessanalyzer.analyzer"):
        if each["arn"] == asked.text("analyzerArn"):
            if each["type"] not in ("ACCOUNT", "ORGANIZATION"):
                message = "ListFindings is for analyzers of external access."
                raise RefusedError(400, "ValidationException", message)
            wanted = [one for one in each[_FINDINGS] if _passes(asked.parameters.get("filter") or {}, one)]
            found, following = page(asked, wanted, _ONE)
            return {_FINDINGS: found, **following}
    raise RefusedError(404, "ResourceNotFoundException", "There is no such analyzer.")


def _bare(analyzer: Payload) -> Payload:
    return {name: analyzer[name] for name in analyzer if name != _FINDINGS}


def _passes(criteria: Payload, finding: Payload) -> bool:
    return all(finding.get(name) in criterion.get("eq", ()) for name, criterion in criteria.items())
