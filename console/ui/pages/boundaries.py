"""The Boundaries page: the organisation's policies, what they prevent, a draft's effect, and where data could go."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit

from console.controls.base import Control
from console.services.ask import Asked
from console.ui.desk import Latest
from console.ui.draft_panel import DraftPanel
from console.ui.page import Bench, Page
from console.ui.panels_page import PanelsPage
from console.ui.places_panel import PlacesPanel
from console.ui.prevents_panel import PreventsPanel
from console.ui.residency_panel import ResidencyPanel, evidence_by_profile
from console.ui.tables import Sheet, sheet
from console.views.boundaries import (
    Choice,
    PlaceRow,
    attachments,
    place_choices,
    places_table,
    policy_choices,
)
from console.views.effects import About
from console.views.names import account_names
from console.views.principals import people
from console.views.residency_matrix import Seen
from console.views.sources import organisation_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page begins with; effects are asked for by the officer."""

    latest: Latest
    asked: Asked
    places: Sheet[PlaceRow]
    names: Mapping[str, str]
    policies: tuple[Choice, ...]
    behind: Mapping[str, tuple[int, ...]]
    """By a policy's id: itself and its attachments."""
    about: About
    seen: Seen


def read(latest: Latest, _controls: tuple[Control, ...]) -> Shown:
    """Read the tree with its policies, and open the organisation for questions."""
    snapshot = latest.snapshot
    names = organisation_names(snapshot)
    found = people(snapshot)
    profiles = snapshot.facts("bedrock.inference_profile")
    gaps: dict[str, tuple[int, ...]] = {}
    for kind in ("bedrock.inference_profile", "account.region"):
        for gap in snapshot.gaps(kind):
            gaps[gap.scope.account_id] = (*gaps.get(gap.scope.account_id, ()), gap.sequence)
    behind: dict[str, tuple[int, ...]] = {}
    for attached in attachments(snapshot).values():
        for each in attached:
            behind[each.id] = tuple(dict.fromkeys((*behind.get(each.id, ()), *each.evidence)))
    return Shown(
        latest=latest,
        asked=latest.asked(),
        places=sheet(places_table(snapshot)),
        names=names,
        policies=policy_choices(snapshot),
        behind=behind,
        about=About(
            names=account_names(snapshot),
            evidence={each.arn or each.account_id: each.evidence for each in found},
            policy=(),
        ),
        seen=Seen(
            names=names,
            evidence=evidence_by_profile(
                [(fact.scope.account_id, fact.key, fact.sequence) for fact in profiles], gaps
            ),
            approved=latest.assessment.policy.approved_regions,
        ),
    )


class BoundariesPage(PanelsPage):
    """Four panels."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("boundaries", bench)
        self.modes.add("places", "Organisation and policies", self._make_places, _begin_places)
        self.modes.add("prevents", "What a policy prevents", self._make_prevents, _begin_prevents)
        self.modes.add("draft", "Draft a policy", self._make_draft, _begin_draft)
        self.modes.add("residency", "Where data could go", self._make_residency, _begin_residency)

    @property
    def places(self) -> PlacesPanel:
        """The organisation with its policies."""
        panel: PlacesPanel = self.modes.panel("places")
        return panel

    @property
    def prevents(self) -> PreventsPanel:
        """What a policy prevents."""
        panel: PreventsPanel = self.modes.panel("prevents")
        return panel

    @property
    def draft(self) -> DraftPanel:
        """What a draft would do."""
        panel: DraftPanel = self.modes.panel("draft")
        return panel

    @property
    def residency(self) -> ResidencyPanel:
        """Where data could go."""
        panel: ResidencyPanel = self.modes.panel("residency")
        return panel

    def accept(self, request: dict[str, str]) -> None:
        """Show a panel, a place or what a policy prevents."""
        self.modes.show_mode(request.get("show", "places"))
        if "place" in request:
            self.places.choose(request["place"])
        if "policy" in request:
            self._ask_about(request["policy"])

    def filter_box(self) -> QLineEdit | None:
        """Return the filter box of the tree."""
        return self.places.words if self.modes.mode == "places" else None

    def _make_places(self) -> PlacesPanel:
        panel = PlacesPanel(self._bench)
        panel.chosen.connect(self._ask_about)
        return panel

    def _make_prevents(self) -> PreventsPanel:
        panel = PreventsPanel(self._bench)
        panel.effect.leading.connect(self.leading)
        return panel

    def _make_draft(self) -> DraftPanel:
        panel = DraftPanel(self._bench)
        panel.effect.leading.connect(self.leading)
        return panel

    def _make_residency(self) -> ResidencyPanel:
        return ResidencyPanel(self._bench)

    def _ask_about(self, policy: str) -> None:
        self.modes.show_mode("prevents")
        self.prevents.choose(policy)


def _begin_places(panel: PlacesPanel, shown: Shown) -> None:
    panel.begin(shown.latest.snapshot, shown.names, shown.places)


def _begin_prevents(panel: PreventsPanel, shown: Shown) -> None:
    panel.begin(shown.asked, shown.policies, shown.about, shown.behind)


def _begin_draft(panel: DraftPanel, shown: Shown) -> None:
    panel.begin(shown.asked, place_choices(shown.places.table.rows), shown.policies, shown.about)


def _begin_residency(panel: ResidencyPanel, shown: Shown) -> None:
    accounts = [Choice(row.id, row.name) for row in shown.places.table.rows if row.sort == "account"]
    panel.begin(shown.asked, accounts, shown.seen)


PAGE = Page(
    name="boundaries",
    title="Boundaries",
    icon="boundaries",
    group="Access",
    order=2,
    read=read,
    widget=BoundariesPage,
)
