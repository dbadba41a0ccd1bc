"""Amazon Bedrock's runtime: what was asked for asynchronously. Nothing here answers a prompt."""

from console.demo.native import Operations, Paging
from console.demo.records import Lookup, Records

OPERATIONS = Operations("bedrock-runtime")
_FEW = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106

Records(OPERATIONS, _FEW).listed(
    "ListAsyncInvokes",
    Lookup(held="bedrock.async_invoke", member="asyncInvokeSummaries", by={"statusEquals": "status"}),
)
