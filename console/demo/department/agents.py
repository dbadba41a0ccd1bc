"""Agents, their aliases and versions, and what belongs to each version."""

from console.demo.department.catalogue import OF_AGENTS, model_arn
from console.demo.department.guardrails import first_guardrail
from console.demo.department.knowledge import bases_of
from console.demo.department.model_access import ACROSS
from console.demo.department.plan import LONDON
from console.demo.department.site import Held, Place
from console.demo.messages import Payload

_TASKS = ("case-intake", "tender-questions", "permit-answers", "site-visits")
_DRAFT = "DRAFT"
_LIVE = "2"
_FIRST = "1"
_GROUPS = ("look-up-case", "book-visit", "send-letter")


def agents_of(place: Place) -> Held:
    """Return the agents of a Region: in London, and a forgotten trial in Virginia here and there."""
    if not place.tries and (place.region != LONDON or not place.builds):
        return {}
    made = [_Agent(place, each, index) for index, each in enumerate(place.some(_TASKS, "agents"))]
    return {
        "bedrock-agent.agent": [each.draft() for each in made],
        "bedrock-agent.agent_alias": [alias for each in made for alias in each.aliases()],
        "bedrock-agent.agent_version": [each.version(number) for each in made for number in (_LIVE, _FIRST)],
        "bedrock-agent.action_group": [group for each in made for group in each.groups()],
        "bedrock-agent.collaborator": [other for each in made for other in each.collaborators(made)],
        "bedrock-agent.agent_knowledge_base": [base for each in made for base in each.knowledge_bases()],
    }


class _Agent:
    """Makes what there is of one agent."""

    def __init__(self, place: Place, task: str, index: int) -> None:
        self._place = place
        self._task = task
        self._supervises = place.is_busiest and index == 0
        self.id = place.agent_id("agent", task)
        self.live_alias = place.agent_id("alias", task, "live")

    def draft(self) -> Payload:
        """Return `GetAgent`, and what the list says besides."""
        return {**self._common(), "agentVersion": _DRAFT, "latestAgentVersion": _LIVE}

    def version(self, number: str) -> Payload:
        """Return `GetAgentVersion`; the first had no guardrail."""
        version = {**self._common(), "version": number, "agentVersion": number}
        if number == _FIRST:
            version.pop("guardrailConfiguration", None)
        return version

    def aliases(self) -> list[Payload]:
        """Return the aliases; one that is forgotten leads to the first version still."""
        found = [("TSTALIASID", "AgentTestAlias", _DRAFT), (self.live_alias, "live", _LIVE)]
        if self._place.is_busiest:
            found.append((self._place.agent_id("alias", self._task, "pilot"), "pilot", _FIRST))
        return [self._alias(*each) for each in found]

    def groups(self) -> list[Payload]:
        """Return the action groups of every version."""
        names = self._place.some(_GROUPS, "groups", self._task)
        return [self._group(name, number) for number in (_DRAFT, _LIVE, _FIRST) for name in names]

    def collaborators(self, agents: "list[_Agent]") -> list[Payload]:
        """Return whom the supervisor hands work to: the others, and one of them twice."""
        if not self._supervises:
            return []
        others = [each for each in agents if each is not self]
        handed = [*((each, "live") for each in others), (others[0], "again")]
        return [
            self._collaborator(each, how, number)
            for number in (_DRAFT, _LIVE, _FIRST)
            for each, how in handed
        ]

    def knowledge_bases(self) -> list[Payload]:
        """Return which knowledge bases the agent may ask, in London."""
        if self._place.region != LONDON:
            return []
        return [
            {
                "agentId": self.id,
                "agentVersion": number,
                "knowledgeBaseId": base["knowledgeBaseId"],
                "description": f"Ask it whenever somebody mentions {base['name']}.",
                "knowledgeBaseState": "ENABLED",
                "createdAt": base["createdAt"],
                "updatedAt": base["updatedAt"],
            }
            for number in (_DRAFT, _LIVE, _FIRST)
            for base in bases_of(self._place)[:3]
        ]

    def _common(self) -> Payload:
        place, task = self._place, self._task
        agent: Payload = {
            "agentId": self.id,
            "agentName": task,
            "agentArn": place.arn("bedrock", f"agent/{self.id}"),
            "instruction": f"You help the officers who work on {task.replace('-', ' ')}. Be brief and exact.",
            "agentStatus": "PREPARED",
            "foundationModel": model_arn(place.region, OF_AGENTS),
            "orchestrationType": "DEFAULT",
            "idleSessionTTLInSeconds": 600 if not place.chance(3, "idle", task) else 5400,
            "agentResourceRoleArn": place.application_role,
            "promptOverrideConfiguration": {
                "promptConfigurations": [
                    {
                        "promptType": "ORCHESTRATION",
                        "promptCreationMode": "OVERRIDDEN",
                        "promptState": "ENABLED",
                        "basePromptTemplate": "Think about $question$ step by step, then answer.",
                        "parserMode": "DEFAULT",
                    }
                ]
            },
            "guardrailConfiguration": {
                "guardrailIdentifier": first_guardrail(place.draw, place.member),
                "guardrailVersion": "1",
            },
            "agentCollaboration": "SUPERVISOR" if self._supervises else "DISABLED",
            **place.made("agent", task),
        }
        if place.is_busiest or not place.chance(3, "agent key", task):
            agent["customerEncryptionKeyArn"] = place.builders_key("agents")
        if place.region != LONDON:
            del agent["guardrailConfiguration"]
        elif place.chance(5, "profile", task):
            agent["foundationModel"] = place.arn("bedrock", f"inference-profile/{ACROSS}")
        return agent

    def _alias(self, id_: str, name: str, version: str) -> Payload:
        place = self._place
        return {
            "agentId": self.id,
            "agentAliasId": id_,
            "agentAliasName": name,
            "agentAliasArn": place.arn("bedrock", f"agent-alias/{self.id}/{id_}"),
            "routingConfiguration": [{"agentVersion": version}],
            "agentAliasStatus": "PREPARED",
            "aliasInvocationState": "ACCEPT_INVOCATIONS",
            **place.made("alias", self._task, name),
        }

    def _group(self, name: str, version: str) -> Payload:
        place = self._place
        function = f"arn:aws:lambda:{place.region}:{place.member.id}:function:{name}"
        schema: Payload = {"apiSchema": {"payload": f"openapi: 3.0.0\ninfo: {{title: {name}}}"}}
        confirmed: Payload = {
            "functionSchema": {"functions": [{"name": name, "requireConfirmation": "ENABLED"}]}
        }
        return {
            "agentId": self.id,
            "agentVersion": version,
            "actionGroupId": place.agent_id("group", self._task, name),
            "actionGroupName": name,
            "actionGroupExecutor": {"lambda": function},
            "actionGroupState": "ENABLED",
            **(schema if place.chance(2, "schema", name) else confirmed),
            **place.made("group", self._task, name),
        }

    def _collaborator(self, other: "_Agent", how: str, version: str) -> Payload:
        place = self._place
        return {
            "agentId": self.id,
            "agentVersion": version,
            "collaboratorId": place.agent_id("collaborator", self._task, other.id, how),
            "agentDescriptor": {
                "aliasArn": place.arn("bedrock", f"agent-alias/{other.id}/{other.live_alias}")
            },
            "collaborationInstruction": "Hand over whenever a permit is asked for.",
            "relayConversationHistory": "TO_COLLABORATOR" if how == "live" else "DISABLED",
            "collaboratorName": f"{how}-{other.id.lower()}",
            "createdAt": place.day("collaborator", how),
            "lastUpdatedAt": place.day("collaborator", how),
        }
