from console.controls.trails import Trail, lack_of_record
from fakes import fact


def test_a_trail_without_a_status_is_not_known_to_log() -> None:
    trail = Trail(fact("cloudtrail.trail", "t", {"IsMultiRegionTrail": True}), None, None)
    assert lack_of_record(trail) == (False, "has no status that was read")
    assert len(trail.evidence) == 1
