"""AWS's names and machines' values in the officers' words."""

from collections.abc import Mapping

from console.base.clock import parse_stamp
from console.domain.evidence import Snapshot
from console.domain.scope import GLOBAL
from console.views.text import inert

KINDS: Mapping[str, str] = {
    "organizations.organization": "Organisation",
    "organizations.root": "Organisation root",
    "organizations.organizational_unit": "Organisational units",
    "organizations.account": "Accounts",
    "organizations.child": "Places in the organisation tree",
    "organizations.policy": "Organisation policies",
    "organizations.policy_target": "Organisation policy attachments",
    "organizations.effective_policy": "Effective organisation policies",
    "organizations.effective_policy_validation_error": "Errors in effective organisation policies",
    "organizations.delegated_administrator": "Delegated administrators",
    "organizations.account_tags": "Tags of accounts",
    "organizations.resource_policy": "Organisation resource policy",
    "organizations.service_access": "Services that the organisation trusts",
    "account.region": "Regions",
    "iam.user": "IAM users",
    "iam.group": "IAM groups",
    "iam.role": "IAM roles",
    "iam.policy": "IAM policies",
    "iam.service_specific_credential": "Bedrock API keys",
    "iam.access_key": "Access keys",
    "iam.mfa_device": "MFA devices",
    "iam.account_summary": "IAM account summary",
    "iam.password_policy": "Password policies",
    "iam.service_last_accessed": "Last use of Bedrock permissions",
    "sso-admin.instance": "IAM Identity Center",
    "sso-admin.permission_set": "Permission sets",
    "sso-admin.account_assignment": "Permission set assignments",
    "identitystore.group": "Identity Center groups",
    "accessanalyzer.analyzer": "Access analyzers",
    "accessanalyzer.finding": "Access analyzer findings",
    "ec2.vpc_endpoint": "VPC endpoints",
    "bedrock.data_retention": "Data retention mode",
    "bedrock.invocation_logging": "Model invocation logging",
    "bedrock.guardrail": "Guardrails (every version)",
    "bedrock.inference_profile": "Inference profiles",
    "bedrock.foundation_model": "Foundation models",
    "bedrock.model_availability": "Foundation models that may be called",
    "bedrock.model_agreement": "Foundation model terms",
    "bedrock.model_use_case": "Use-case form for model access",
    "bedrock.enforced_guardrail": "Guardrails that the account enforces",
    "bedrock.resource_policy": "Policies on guardrails and custom models",
    "bedrock.automated_reasoning_policy": "Automated-reasoning policies (every version)",
    "bedrock.prompt_router": "Prompt routers",
    "bedrock.custom_model": "Custom models",
    "bedrock.custom_model_deployment": "Custom model deployments",
    "bedrock.imported_model": "Imported models",
    "bedrock.marketplace_model_endpoint": "Marketplace model endpoints",
    "bedrock.provisioned_model_throughput": "Provisioned throughput",
    "bedrock.model_customization_job": "Custom model training jobs",
    "bedrock.model_import_job": "Model import jobs",
    "bedrock.model_copy_job": "Model copy jobs",
    "bedrock.model_invocation_job": "Batch inference jobs",
    "bedrock.evaluation_job": "Evaluation jobs",
    "bedrock.advanced_prompt_optimization_job": "Prompt optimisation jobs",
    "bedrock.tags": "Tags of guardrails, profiles and models",
    "bedrock-runtime.async_invoke": "Asynchronous invocations",
    "bedrock-agent.agent": "Agents (draft)",
    "bedrock-agent.agent_alias": "Agent aliases",
    "bedrock-agent.agent_version": "Agent versions in use",
    "bedrock-agent.action_group": "Agent action groups",
    "bedrock-agent.collaborator": "Agent collaborators",
    "bedrock-agent.agent_knowledge_base": "Knowledge bases of agents",
    "bedrock-agent.knowledge_base": "Knowledge bases",
    "bedrock-agent.data_source": "Data sources of knowledge bases",
    "bedrock-agent.ingestion_job": "Newest reading of each data source",
    "bedrock-agent.resource_policy": "Resource policies of knowledge bases",
    "bedrock-agent.flow": "Flows (draft)",
    "bedrock-agent.flow_alias": "Flow aliases",
    "bedrock-agent.flow_version": "Flow versions in use",
    "bedrock-agent.prompt": "Prompts (every version)",
    "bedrock-agentcore-control.agent_runtime": "AgentCore runtimes (newest version)",
    "bedrock-agentcore-control.agent_runtime_endpoint": "AgentCore runtime endpoints",
    "bedrock-agentcore-control.agent_runtime_version": "Older AgentCore runtime versions in use",
    "bedrock-agentcore-control.gateway": "AgentCore gateways",
    "bedrock-agentcore-control.gateway_target": "AgentCore gateway targets",
    "bedrock-agentcore-control.memory": "AgentCore memories",
    "bedrock-agentcore-control.browser": "AgentCore browsers",
    "bedrock-agentcore-control.code_interpreter": "AgentCore code interpreters",
    "bedrock-agentcore-control.policy_engine": "AgentCore policy engines",
    "bedrock-agentcore-control.policy": "AgentCore policies",
    "bedrock-agentcore-control.workload_identity": "AgentCore workload identities",
    "bedrock-agentcore-control.token_vault": "AgentCore token vaults",
    "bedrock-agentcore-control.api_key_credential_provider": "API keys kept for agents",
    "bedrock-agentcore-control.oauth2_credential_provider": "OAuth clients kept for agents",
    "bedrock-agentcore-control.evaluator": "AgentCore evaluators",
    "bedrock-agentcore-control.registry": "AgentCore registries",
    "bedrock-agentcore-control.resource_policy": "AgentCore resource policies",
    "bedrock-data-automation.project": "Data Automation projects",
    "bedrock-mantle.data_retention": "Data retention mode (mantle endpoint)",
    "bedrock-mantle.project": "Mantle endpoint projects",
    "bedrock-mantle.model": "Mantle endpoint models and their retention",
    "cloudcontrol.mantle_project": "Mantle endpoint projects (inventory)",
    "opensearchserverless.collection": "OpenSearch Serverless collections behind knowledge bases",
    "opensearchserverless.access_policy": "OpenSearch Serverless data access policies",
    "opensearchserverless.security_policy": "OpenSearch Serverless encryption and network policies",
    "opensearch.domain": "OpenSearch domains behind knowledge bases",
    "s3vectors.vector_bucket": "S3 vector buckets behind knowledge bases",
    "s3vectors.vector_bucket_policy": "S3 vector bucket policies",
    "s3vectors.index": "S3 vector indexes behind knowledge bases",
    "rds.db_cluster": "Aurora clusters behind knowledge bases",
    "neptune-graph.graph": "Neptune graphs behind knowledge bases",
    "secretsmanager.secret": "Secrets that knowledge bases use",
    "cloudtrail.trail": "CloudTrail trails",
    "cloudtrail.trail_status": "CloudTrail trail status",
    "cloudtrail.event_selectors": "CloudTrail event selectors",
    "artifact.report": "AWS audit reports",
    "artifact.customer_agreement": "Agreements with AWS",
    "marketplace-agreement.agreement": "AWS Marketplace purchases",
    "service-quotas.quota": "Changed Bedrock quotas",
    "ce.service": "Bedrock services on the bill",
    "ce.cost_by_service": "Bedrock costs by service",
    "ce.cost_by_usage_type": "Bedrock costs by usage type",
    "ce.cost_by_model": "Bedrock costs by model",
    "ce.cost_by_region": "Bedrock costs by Region",
    "ce.cost_by_provider": "Bedrock costs by provider",
    "ce.cost_by_inference_type": "Bedrock costs by inference type",
    "ce.cost_allocation_tag": "Tags by which the bill is broken down",
    "ce.cost_by_tag": "Bedrock costs by tag",
    "ce.cost_by_model_usage": "Bedrock costs by model and usage type",
    "cloudwatch.token_metric": "Daily sums of tokens",
    "pricing.service": "Bedrock services of AWS's price list",
    "pricing.product": "AWS's list prices of what is on the bill",
    "ce.cost_forecast": "Bedrock costs that AWS expects",
    "ce.anomaly": "Bedrock cost anomalies",
    "ce.anomaly_monitor": "Cost anomaly monitors",
    "budgets.budget": "Budgets",
    "eks.cluster": "Kubernetes clusters",
    "resourcegroupstaggingapi.resource": "Tags of Bedrock resources",
    "console.attestation": "Attestation",
    "console.countersignature": "Counter-signature",
    "console.withdrawal": "Withdrawal of an attestation",
    "console.exception": "Exception",
    "console.exception-end": "End of an exception",
    "console.note": "Note",
    "console.count": "Count by AWS",
    "console.assignment": "Assignment",
    "console.guidance": "Import of the guidance",
    "console.guidance-mapping": "Mapping of a line of the guidance",
    "ec2.vpc": "VPCs",
    "ec2.subnet": "Subnets of VPCs with a Bedrock endpoint",
    "ec2.security_group": "Security groups of Bedrock endpoints",
    "ec2.route_table": "Route tables of VPCs with a Bedrock endpoint",
    "ec2.nat_gateway": "NAT gateways of VPCs with a Bedrock endpoint",
    "ec2.internet_gateway": "Internet gateways of VPCs with a Bedrock endpoint",
    "ec2.flow_log": "Flow logs of VPCs with a Bedrock endpoint",
    "kms.key": "Encryption keys",
    "kms.key_policy": "Policies of encryption keys",
    "kms.key_rotation": "Rotation of encryption keys",
    "kms.grant": "Grants on encryption keys",
    "s3.bucket": "Buckets",
    "s3.bucket_location": "Locations of data-path buckets",
    "s3.bucket_policy": "Policies of data-path buckets",
    "s3.bucket_policy_status": "Whether data-path buckets are public",
    "s3.bucket_encryption": "Encryption of data-path buckets",
    "s3.bucket_versioning": "Versioning of data-path buckets",
    "s3.bucket_object_lock": "Object Lock of data-path buckets",
    "s3.bucket_lifecycle": "Lifecycle rules of data-path buckets",
    "s3.bucket_replication": "Replication of data-path buckets",
    "s3.bucket_public_access": "Public access blocks of data-path buckets",
    "s3.bucket_logging": "Access logging of data-path buckets",
    "s3control.public_access_block": "Public access block of the account",
    "logs.log_group": "Log groups",
    "logs.data_protection_policy": "Masking of log groups",
    "logs.account_policy": "Log policies of the account",
    "logs.subscription_filter": "Subscriptions to log groups",
    "logs.metric_filter": "Metric filters on log groups",
    "logs.delivery_source": "Sources of log deliveries",
    "logs.delivery": "Log deliveries",
    "logs.delivery_destination": "Destinations of log deliveries",
    "cloudtrail.insight_selectors": "CloudTrail insight selectors",
    "cloudtrail.event_data_store": "CloudTrail event data stores",
    "cloudtrail.public_key": "CloudTrail public keys",
    "s3.cloudtrail_digest": "Signed digests of CloudTrail's log files",
    "cloudtrail.bedrock_event": "Recent Bedrock events",
    "cloudwatch.alarm": "Alarms that watch Bedrock",
    "cloudwatch.delivery_metric": "Invocations and log deliveries by day",
    "cloudwatch.guardrail_metric": "Daily sums of what guardrails did",
    "lambda.function_policy": "Policies of functions that agents call",
    "config.recorder": "AWS Config recorders",
    "config.recorder_status": "AWS Config recorder status",
    "config.delivery_channel": "AWS Config delivery channels",
    "config.delivery_channel_status": "AWS Config delivery status",
    "securityhub.hub": "Security Hub",
    "securityhub.enabled_standard": "Security Hub standards",
    "guardduty.detector": "GuardDuty detectors",
    "guardduty.finding_statistics": "GuardDuty findings, counted",
}


def kind_words(kind: str) -> str:
    """Return what a kind of fact is to an officer; an unnamed kind keeps its own name."""
    return KINDS.get(kind, kind)


def region_words(region: str) -> str:
    """Return a Region's code, or words for what has none.

    >>> region_words("global")
    'all Regions'
    """
    return "all Regions" if region == GLOBAL else region


def account_names(snapshot: Snapshot) -> dict[str, str]:
    """Return the name of each account of the organisation by its id, safe to show."""
    return {each.key: inert(each.payload.get("Name", "")) for each in snapshot.facts("organizations.account")}


def account_words(account_id: str, names: Mapping[str, str]) -> str:
    """Return an account as people say it.

    >>> account_words("111122223333", {"111122223333": "payments"})
    'payments (111122223333)'
    """
    name = names.get(account_id, "")
    return f"{name} ({account_id})" if name else account_id


def unread_in_words(reason: str) -> str:
    """Return why an account could not be asked about, its kinds of evidence as an officer knows them.

    >>> unread_in_words("iam.user: denied; iam.role: denied")
    'IAM users: denied; IAM roles: denied'
    """
    words = []
    for part in reason.split("; "):
        what, colon, rest = part.partition(": ")
        kind, where, scope = what.partition(" in ")
        words.append(inert(f"{KINDS.get(kind, kind)}{where}{scope}{colon}{rest}"))
    return "; ".join(words)


def when_words(stamp: str) -> str:
    """Return a stamp as a date and a time of day.

    >>> when_words("2026-11-23T09:14:00.000Z")
    '23 November 2026, 09:14 UTC'
    """
    moment = parse_stamp(stamp)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment:%Y, %H:%M} UTC"


def count_words(count: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> count_words(1, "scope", "scopes"), count_words(1200, "scope", "scopes")
    ('1 scope', '1,200 scopes')
    """
    return f"{count:,} {one if count == 1 else many}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Our own: the machine's locale has no say in evidence."""
