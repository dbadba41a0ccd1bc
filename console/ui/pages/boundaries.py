"""The Boundaries page: the organisation's policies, what they prevent, a draft's effect, and where data could go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from console.controls.base import Control
from console.services.ask import Asked
from console.ui.desk import Latest
from console.ui.draft_panel import DraftPanel
from console.ui.grid import RowGrid
from console.ui.modes import Modes
from console.ui.page import Bench, Page, PageWidget
from console.ui.panes import GAP
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


class BoundariesPage(PageWidget):
    """Four panels."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.places = PlacesPanel(bench)
        self.prevents = PreventsPanel(bench)
        self.draft = DraftPanel(bench)
        self.residency = ResidencyPanel(bench)
        self.modes = Modes("boundaries")
        self.modes.add("places", "Organisation and policies", self.places)
        self.modes.add("prevents", "What a policy prevents", self.prevents)
        self.modes.add("draft", "Draft a policy", self.draft)
        self.modes.add("residency", "Where data could go", self.residency)
        for panel in (self.places, self.prevents, self.draft, self.residency):
            panel.opening.connect(self.opening)
        self.places.chosen.connect(self._ask_about)
        for effect in (self.prevents.effect, self.draft.effect):
            effect.leading.connect(self.leading)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(self.modes)

    def load(self) -> None:
        """Show skeletons."""
        self.places.load()
        for panel in (self.prevents, self.draft, self.residency):
            panel.bar.drop()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the tree."""
        rows = shown.places.table.rows
        self.places.begin(shown.latest.snapshot, shown.names, shown.places)
        self.prevents.begin(shown.asked, shown.policies, shown.about, shown.behind)
        self.draft.begin(shown.asked, place_choices(rows), shown.policies, shown.about)
        accounts = [Choice(row.id, row.name) for row in rows if row.sort == "account"]
        self.residency.begin(shown.asked, accounts, shown.seen)

    def accept(self, request: dict[str, str]) -> None:
        """Show a panel, a place or what a policy prevents."""
        self.modes.show_mode(request.get("show", "places"))
        if "place" in request:
            self.places.choose(request["place"])
        if "policy" in request:
            self._ask_about(request["policy"])

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables."""
        return (
            *self.places.grids(),
            *self.prevents.effect.grids(),
            *self.draft.effect.grids(),
            *self.residency.grids(),
        )

    def filter_box(self) -> QLineEdit | None:
        """Return the filter box of the tree."""
        return self.places.words if self.places.isVisible() else None

    def _ask_about(self, policy: str) -> None:
        self.modes.show_mode("prevents")
        self.prevents.choose(policy)


PAGE = Page(
    name="boundaries",
    title="Boundaries",
    icon="boundaries",
    group="Access",
    order=2,
    read=read,
    widget=BoundariesPage,
)
