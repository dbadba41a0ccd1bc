"""AgentCore's gateways, with the policies that judge calls, and identities with their credentials."""

from collections.abc import Sequence

from console.demo.department.site import Held, Place
from console.demo.messages import Payload

_GATEWAYS: Sequence[tuple[str, str]] = (
    ("case-tools", "CUSTOM_JWT"),
    ("map-tools", "AWS_IAM"),
    ("trial-tools", "NONE"),
)
_TARGETS = ("case-search", "letter-archive", "map-server")
_ENGINES = ("case_rules", "map_rules", "trial_rules")
_POLICIES = ("readers_only", "office_hours", "own_cases")
_IDENTITIES = ("case-helper", "visit-planner", "letter-writer")
_KEYS = ("weather-service", "address-register", "translation")
_CLIENTS = (
    ("staff-directory", "MicrosoftOauth2", "microsoftOauth2ProviderConfig"),
    ("code-store", "GithubOauth2", "githubOauth2ProviderConfig"),
    ("contractors", "CustomOauth2", "customOauth2ProviderConfig"),
)
_EVALUATORS = ("tone", "correctness", "completeness")
_REGISTRIES = ("approved-agents", "trial-agents", "retired-agents")
_HELD = "bedrock-agentcore-control"


def gateways_of(place: Place) -> Held:
    """Return gateways, policy engines, identities, credentials, evaluators and registries."""
    named = place.some([*(name for name, _ in _GATEWAYS), *(name for name, _ in _GATEWAYS[:2])], "gateways")
    engines = [_engine(place, name) for name in place.some(_ENGINES, "engines")]
    gateways = [_gateway(place, *each, engines[0]) for each in _GATEWAYS if each[0] in named]
    clients = [each for each in _CLIENTS if each[0] in place.some([name for name, *_ in _CLIENTS], "clients")]
    return {
        f"{_HELD}.gateway": gateways,
        f"{_HELD}.gateway_target": [
            _target(place, gateway, name)
            for gateway in gateways
            for name in place.some(_TARGETS, "targets", gateway["name"])
        ],
        f"{_HELD}.policy_engine": engines,
        f"{_HELD}.policy": [
            _policy(place, engine, name, gateways[0])
            for engine in engines
            for name in place.some(_POLICIES, "policies", engine["name"])
        ],
        f"{_HELD}.workload_identity": [_identity(place, n) for n in place.some(_IDENTITIES, "identities")],
        f"{_HELD}.token_vault": [_vault(place)],
        f"{_HELD}.api_key_credential_provider": [_api_key(place, n) for n in place.some(_KEYS, "api keys")],
        f"{_HELD}.oauth2_credential_provider": [_client(place, *each) for each in clients],
        f"{_HELD}.evaluator": [
            *(_evaluator(place, n) for n in place.some(_EVALUATORS, "judges")),
            _builtin(place),
        ],
        f"{_HELD}.registry": [_registry(place, name) for name in place.some(_REGISTRIES, "registries")],
    }


def _gateway(place: Place, name: str, authorizer: str, engine: Payload) -> Payload:
    id_ = f"{name}-{place.low(10, 'gateway', name)}"
    gateway: Payload = {
        "gatewayArn": place.arn("bedrock-agentcore", f"gateway/{id_}"),
        "gatewayId": id_,
        "gatewayUrl": f"https://{id_}.gateway.bedrock-agentcore.{place.region}.amazonaws.com/mcp",
        "status": "READY",
        "name": name,
        "roleArn": place.application_role,
        "protocolType": "MCP",
        "protocolConfiguration": {
            "mcp": {"instructions": "Search first, then answer.", "searchType": "SEMANTIC"}
        },
        "authorizerType": authorizer,
        "policyEngineConfiguration": {
            "arn": engine["policyEngineArn"],
            "mode": "LOG_ONLY" if authorizer == "NONE" or place.chance(4, "notes", name) else "ENFORCE",
        },
        **place.made("gateway", name),
    }
    if authorizer == "CUSTOM_JWT":
        discovery = "https://login.public-works.example/.well-known/openid-configuration"
        gateway["authorizerConfiguration"] = {
            "customJWTAuthorizer": {"discoveryUrl": discovery, "allowedAudience": ["case-tools"]}
        }
    if authorizer == "NONE":
        gateway["exceptionLevel"] = "DEBUG"
    else:
        gateway["kmsKeyArn"] = place.builders_key("agents")
    return gateway


def _target(place: Place, gateway: Payload, name: str) -> Payload:
    function = f"arn:aws:lambda:{place.region}:{place.member.id}:function:{name}"
    schema = [{"name": name, "description": f"Looks into the {name}", "inputSchema": {"type": "object"}}]
    return {
        "gatewayArn": gateway["gatewayArn"],
        "gatewayId": gateway["gatewayId"],
        "targetId": place.draw.upper(10, gateway["gatewayId"], name),
        "status": "READY",
        "name": name,
        "targetConfiguration": {
            "mcp": {"lambda": {"lambdaArn": function, "toolSchema": {"inlinePayload": schema}}}
        },
        "credentialProviderConfigurations": [{"credentialProviderType": "GATEWAY_IAM_ROLE"}],
        "targetType": "LAMBDA",
        **place.made("target", name),
    }


def _engine(place: Place, name: str) -> Payload:
    id_ = f"{name}-{place.low(10, 'engine', name)}"
    key = {} if place.chance(4, "engine key", name) else {"encryptionKeyArn": place.builders_key("agents")}
    return {
        **key,
        "policyEngineId": id_,
        "name": name,
        "policyEngineArn": place.arn("bedrock-agentcore", f"policy-engine/{id_}"),
        "status": "ACTIVE",
        "statusReasons": [],
        **place.made("engine", name),
    }


def _policy(place: Place, engine: Payload, name: str, gateway: Payload) -> Payload:
    id_ = f"{name}-{place.low(10, 'policy', engine['name'], name)}"
    statement = f'permit(principal, action, resource == AgentCore::Gateway::"{gateway["gatewayArn"]}");'
    return {
        "policyId": id_,
        "name": name,
        "policyEngineId": engine["policyEngineId"],
        "policyArn": f"{engine['policyEngineArn']}/policy/{id_}",
        "status": "ACTIVE",
        "enforcementMode": "LOG_ONLY" if name == "office_hours" else "ACTIVE",
        "definition": {"cedar": {"statement": statement}},
        "statusReasons": [],
        **place.made("policy", name),
    }


def _identity(place: Place, name: str) -> Payload:
    directory = "workload-identity-directory/default/workload-identity"
    return {
        "name": name,
        "workloadIdentityArn": place.arn("bedrock-agentcore", f"{directory}/{name}"),
        "allowedResourceOauth2ReturnUrls": ["https://casework.public-works.example/callback"],
        **_times(place, "identity", name),
    }


def _times(place: Place, *words: object) -> Payload:
    return {"createdTime": place.day(*words), "lastUpdatedTime": place.day(*words)}


def _vault(place: Place) -> Payload:
    own = {"keyType": "CustomerManagedKey", "kmsKeyArn": place.builders_key("secrets")}
    of_aws = {"keyType": "ServiceManagedKey"}
    return {
        "tokenVaultId": "default",
        "kmsConfiguration": own if place.is_busiest or not place.chance(3, "vault") else of_aws,
        "lastModifiedDate": place.day("vault"),
    }


def _api_key(place: Place, name: str) -> Payload:
    secret = place.arn("secretsmanager", f"secret:agentcore-{name}-{place.low(6, 'api key', name)}")
    return {
        "apiKeySecretArn": {"secretArn": secret},
        "apiKeySecretSource": "MANAGED",
        "name": name,
        "credentialProviderArn": place.arn("acps", f"token-vault/default/apikeycredentialprovider/{name}"),
        **_times(place, "api key", name),
    }


def _client(place: Place, name: str, vendor: str, member: str) -> Payload:
    secret = place.arn("secretsmanager", f"secret:agentcore-{name}-{place.low(6, 'client', name)}")
    discovery = "https://login.contractors.example/.well-known/openid-configuration"
    return {
        "clientSecretArn": {"secretArn": secret},
        "clientSecretSource": "MANAGED",
        "name": name,
        "credentialProviderArn": place.arn("acps", f"token-vault/default/oauth2credentialprovider/{name}"),
        "credentialProviderVendor": vendor,
        "oauth2ProviderConfigOutput": {
            member: {"oauthDiscovery": {"discoveryUrl": discovery}, "clientId": place.low(20, "client", name)}
        },
        "status": "READY",
        **_times(place, "client", name),
    }


def _evaluator(place: Place, name: str) -> Payload:
    id_ = f"{name}-{place.draw.upper(10, place.member.id, 'evaluator', name)}"
    return {
        "evaluatorArn": place.arn("bedrock-agentcore", f"evaluator/{id_}"),
        "evaluatorId": id_,
        "evaluatorName": name,
        "evaluatorType": "Custom",
        "provider": "Custom",
        "level": "TRACE",
        "status": "ACTIVE",
        **place.made("evaluator", name),
    }


def _builtin(place: Place) -> Payload:
    return {
        **_evaluator(place, "helpfulness"),
        "evaluatorArn": "arn:aws:bedrock-agentcore:::evaluator/Builtin.Helpfulness",
        "evaluatorId": "Builtin.Helpfulness",
        "evaluatorType": "Builtin",
        "provider": "AWS",
    }


def _registry(place: Place, name: str) -> Payload:
    id_ = place.low(12, "registry", name)
    return {
        "name": name,
        "registryId": id_,
        "registryArn": place.arn("bedrock-agentcore", f"registry/{id_}"),
        "authorizerType": "AWS_IAM",
        "approvalConfiguration": {"autoApproval": name == "trial-agents"},
        "status": "READY",
        **place.made("registry", name),
    }
