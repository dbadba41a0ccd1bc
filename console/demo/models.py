"""botocore's service models, loaded once: the truth about every operation's input and output."""

from functools import cache
from typing import Any

import botocore.session

from console.collect.mantle import know_mantle
from console.demo.messages import UnknownOperationError

Model = Any
"""A service or operation model of botocore, which is untyped."""
Shape = Any
"""A shape of botocore, which is untyped."""

_SESSION = botocore.session.get_session()
know_mantle(_SESSION)
_SERVICE_OF = {
    "access-analyzer": "accessanalyzer",
    "aoss": "opensearchserverless",
    "aws-marketplace": "marketplace-agreement",
    "bedrock-agentcore": "bedrock-agentcore-control",
    "cloudcontrolapi": "cloudcontrol",
    "es": "opensearch",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "sso": "sso-admin",
    "tagging": "resourcegroupstaggingapi",
}
"""Services whose name in a signature is not botocore's."""
_ALIKE = {
    "bedrock": (
        "bedrock",
        "bedrock-agent",
        "bedrock-runtime",
        "bedrock-agent-runtime",
        "bedrock-data-automation",
    ),
    "bedrock-agentcore-control": ("bedrock-agentcore-control", "bedrock-agentcore"),
}
"""Services that sign under one name; which of them is meant, the path says."""


def service_of(signing_name: str) -> str:
    """Return botocore's name of the service that a signature is for."""
    return _SERVICE_OF.get(signing_name, signing_name)


def services_alike(service: str) -> tuple[str, ...]:
    """Return the services that sign under the name of one, itself the first."""
    return _ALIKE.get(service, (service,))


@cache
def model_of(service: str) -> Model:
    """Return the model of a service; raise `UnknownOperationError` if there is none."""
    if not has_service(service):
        raise UnknownOperationError(f"there is no service {service!r}")
    return _SESSION.get_service_model(service)


@cache
def operation_of(service: str, operation: str) -> Model:
    """Return the model of an operation; raise `UnknownOperationError` if there is none."""
    model = model_of(service)
    if operation not in model.operation_names:
        raise UnknownOperationError(f"{service} has no operation {operation!r}")
    return model.operation_model(operation)


@cache
def protocol_of(service: str) -> str:
    """Return the protocol that clients speak with a service; JSON's for a service that there is not."""
    return str(model_of(service).resolved_protocol) if has_service(service) else "rest-json"


def has_service(service: str) -> bool:
    """Tell whether botocore has a model of a service."""
    return service in _services()


@cache
def _services() -> frozenset[str]:
    return frozenset(_SESSION.get_available_services())
