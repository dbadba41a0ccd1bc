"""What a policy of the organisation does to everybody: the named capabilities without it and with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.policy.bedrock import Circumstances
from console.policy.drafting import Draft, detached, drafted
from console.policy.exposure import REGIONS, Exposure, capabilities, exposures
from console.policy.organisation import Organisation
from console.policy.residency import Ceiling, Crossing, Passage, ceiling, crossings
from console.services.ask import Asked
from console.services.enquiry import Pace, paced


@dataclass(frozen=True, slots=True)
class Effect:
    """Who has each capability before and after."""

    before: tuple[Exposure, ...]
    after: tuple[Exposure, ...]


def effect_of_policy(asked: Asked, policy: str, pace: Pace) -> Effect:
    """Return what an attached policy prevents: the organisation without it, and as it is."""
    pace.tell("Opening the organisation without the policy")
    without = detached(asked.organisation, policy)
    return _compared(asked, (without, asked.organisation), pace)


def effect_of_draft(asked: Asked, draft: Draft, pace: Pace) -> Effect:
    """Return what a draft would prevent: the organisation as it is, and with it."""
    pace.tell("Opening the organisation with the draft")
    with_it = drafted(asked.organisation, draft)
    return _compared(asked, (asked.organisation, with_it), pace)


def _compared(asked: Asked, two: tuple[Organisation, Organisation], pace: Pace) -> Effect:
    wanted = capabilities(asked.regions or REGIONS)
    found: list[tuple[Exposure, ...]] = []
    for turn, organisation in enumerate(two):
        held: list[Exposure] = []
        with paced(organisation, pace):
            for at, capability in enumerate(wanted):
                when = ("before", "after")[turn]
                pace.tell(
                    f"Asking everybody, {when}: {capability.title}", turn * len(wanted) + at, 2 * len(wanted)
                )
                held.extend(exposures(organisation, (capability,), through_roles=False))
        found.append(tuple(held))
    return Effect(found[0], found[1])


@dataclass(frozen=True, slots=True)
class Residency:
    """Whether data could leave, by account and profile."""

    crossings: tuple[Crossing, ...]
    ceilings: tuple[Ceiling, ...]

    @property
    def could_leave(self) -> bool:
        """Tell whether data could leave through some profile, or that is not known of one."""
        return any(each.outside and each.passage is not Passage.STOPPED for each in self.crossings)


def residency(
    asked: Asked, approved: Sequence[str], how: Circumstances, pace: Pace, account: str = ""
) -> Residency:
    """Return where calls through each profile could be routed, by whom, and what stops them; of one account or all."""
    organisation = asked.organisation
    wanted = [each for each in organisation.accounts if account in ("", each)]
    found: list[Crossing] = []
    with paced(organisation, pace) as heed:
        for done, each in enumerate(wanted):
            pace.tell(f"Asking about {each}", done, len(wanted))
            for crossing in crossings(organisation, each, organisation.profiles(each), approved, how):
                heed()
                found.append(crossing)
    return Residency(tuple(found), tuple(_ceilings(asked, approved, how, account)))


def _ceilings(asked: Asked, approved: Sequence[str], how: Circumstances, account: str) -> Iterator[Ceiling]:
    organisation = asked.organisation
    read = set(organisation.accounts)
    for unseen in asked.unseen:
        if unseen.account in read or unseen.account == "*" or account not in ("", unseen.account):
            continue
        for profile in organisation.profiles(unseen.account):
            passage, stops = ceiling(organisation, unseen.account, profile, how)
            yield Ceiling(
                account=unseen.account,
                reason=unseen.reason,
                profile=profile.arn,
                destinations=profile.destinations,
                outside=tuple(each for each in profile.destinations if each not in approved),
                passage=passage,
                stops=stops,
            )
