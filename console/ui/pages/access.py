"""The Access page: who can do what to Bedrock, who can make a call, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLineEdit

from console.controls.base import Control
from console.policy.catalogue import actions_of
from console.policy.exposure import Capability
from console.policy.question import Question
from console.services.ask import Asked
from console.ui.desk import Latest
from console.ui.page import Bench, Page
from console.ui.panels_page import PanelsPage
from console.ui.principals_panel import PrincipalsPanel
from console.ui.tables import Sheet, sheet
from console.ui.trace_panel import TracePanel
from console.ui.who_can_panel import WhoCanPanel
from console.views.names import account_names
from console.views.principals import Person, PrincipalRow, people, principals_table

_SERVICES = ("bedrock", "bedrock-agentcore", "bedrock-mantle")
_RESOURCES_OFFERED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page begins with; what everybody can do is asked when it is looked at."""

    latest: Latest
    asked: Asked
    people: tuple[Person, ...]
    principals: Sheet[PrincipalRow]
    names: Mapping[str, str]
    evidence: Mapping[str, tuple[int, ...]]
    """By principal and, for what was not read, by account."""
    actions: tuple[str, ...]
    resources: tuple[str, ...]


def read(latest: Latest, _controls: tuple[Control, ...]) -> Shown:
    """Read who there is, and open the organisation for questions."""
    found = people(latest.snapshot)
    profiles = latest.snapshot.facts("bedrock.inference_profile")
    return Shown(
        latest=latest,
        asked=latest.asked(),
        people=found,
        principals=sheet(principals_table(found)),
        names=account_names(latest.snapshot),
        evidence={each.arn or each.account_id: each.evidence for each in found},
        actions=tuple(name for service in _SERVICES for name in actions_of(service)),
        resources=tuple(sorted({fact.key for fact in profiles}))[:_RESOURCES_OFFERED],
    )


class AccessPage(PanelsPage):
    """Three panels: principals, the question who can make a call, and the trace of one decision."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("access", bench)
        self._wanted = ""
        self._is_read = False
        self.modes.add("principals", "Principals", self._make_principals, _begin_principals)
        self.modes.add("whocan", "Who can …", self._make_who_can, _begin_who_can)
        self.modes.add("trace", "Why: the trace of a decision", self._make_trace, _begin_trace)

    @property
    def principals(self) -> PrincipalsPanel:
        """Who there is and what they can do."""
        panel: PrincipalsPanel = self.modes.panel("principals")
        return panel

    @property
    def who_can(self) -> WhoCanPanel:
        """Who can make a call."""
        panel: WhoCanPanel = self.modes.panel("whocan")
        return panel

    @property
    def trace(self) -> TracePanel:
        """Why one of them can or cannot."""
        panel: TracePanel = self.modes.panel("trace")
        return panel

    def load(self) -> None:
        """Show skeletons."""
        self._is_read = False
        super().load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show who there is."""
        self._is_read = True
        super().show_evidence(shown)
        if self._wanted:
            self.principals.choose(self._wanted)
            self._wanted = ""

    def accept(self, request: dict[str, str]) -> None:
        """Show one principal, or one of the panels."""
        self.modes.show_mode(request.get("show", "principals"))
        principal = request.get("principal", "")
        if principal and self._is_read:
            self.principals.choose(principal)
        elif principal:
            self._wanted = principal

    def filter_box(self) -> QLineEdit | None:
        """Return the filter box of the principals."""
        return self.principals.words if self.modes.mode == "principals" else None

    def _make_principals(self) -> PrincipalsPanel:
        panel = PrincipalsPanel(self._bench)
        panel.principal.tracing.connect(self._trace_capability)
        return panel

    def _make_who_can(self) -> WhoCanPanel:
        panel = WhoCanPanel(self._bench)
        panel.tracing.connect(self._trace)
        return panel

    def _make_trace(self) -> TracePanel:
        return TracePanel(self._bench)

    def _trace_capability(self, principal: str, capability: Capability) -> None:
        self._trace(principal, tuple(question for call in capability.calls for question in call))

    def _trace(self, principal: str, questions: Sequence[Question]) -> None:
        self.modes.show_mode("trace")
        self.trace.show_decision(principal, questions)


def _begin_principals(panel: PrincipalsPanel, shown: Shown) -> None:
    panel.begin(shown.latest, shown.asked, shown.people, shown.principals)


def _begin_who_can(panel: WhoCanPanel, shown: Shown) -> None:
    panel.begin(shown.asked, shown.names, shown.evidence)
    panel.form.offer(shown.actions, shown.resources)


def _begin_trace(panel: TracePanel, shown: Shown) -> None:
    panel.begin(shown.latest, shown.asked)


PAGE = Page(
    name="access", title="Access", icon="access", group="Access", order=1, read=read, widget=AccessPage
)
