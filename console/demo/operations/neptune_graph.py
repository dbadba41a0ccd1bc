"""Amazon Neptune Analytics: graphs."""

from console.demo.native import Operations, Paging
from console.demo.records import Lookup, Records

OPERATIONS = Operations("neptune-graph")

Records(OPERATIONS, Paging(most=2)).shown(
    "GetGraph", Lookup(held="neptune-graph.graph", by={"graphIdentifier": ("id", "arn")})
)
