"""What is wrong with the ground beneath Bedrock, noted by looking at accounts once everything is made."""

from console.demo.department.draw import Draw
from console.demo.department.noted_buckets import bucket_faults
from console.demo.department.noted_keys import key_faults
from console.demo.department.noted_people import people_faults
from console.demo.department.noted_surroundings import surrounding_faults
from console.demo.department.noted_watch import watch_faults
from console.demo.department.plan import Failings, Plan
from console.demo.department.seen import Seen
from console.demo.estate import Estate


def note_ground(draw: Draw, plan: Plan, estate: Estate) -> None:
    """Note the failings of every account that can be read."""
    failings = Failings(estate.failings)
    for number, member in enumerate(plan.everyone):
        if not member.is_active or member.id == plan.without_reader:
            continue
        seen = Seen(draw, plan, estate, member, number)
        for find in (people_faults, bucket_faults, key_faults, watch_faults, surrounding_faults):
            for fault in find(seen):
                failings.add(fault.control, member.id, fault.region, fault.subject, fault.why)
