"""Amazon OpenSearch Service: domains."""

from console.demo.native import Operations, Paging
from console.demo.records import Lookup, Records

OPERATIONS = Operations("opensearch")

Records(OPERATIONS, Paging(most=2)).shown(
    "DescribeDomain",
    Lookup(
        held="opensearch.domain",
        member="DomainStatus",
        by={"DomainName": "DomainName"},
        refusal=(409, "ResourceNotFoundException"),
    ),
)
