from console.views.organisation import places
from fakes import FakeSnapshot, fact


def test_a_circle_ends_and_a_type_not_known_is_left_out() -> None:
    def child(parent: str, id_: str, type_: str) -> object:
        return fact(
            "organizations.child",
            f"{parent}/{id_}",
            {"ParentId": parent, "Id": id_, "Type": type_},
            sequence=2,
        )

    unit = "ORGANIZATIONAL_UNIT"
    known = [fact("organizations.root", "r", {"Name": "Root"}), child("r", "a", unit), child("a", "r", unit)]
    (root,) = places(FakeSnapshot(known=[*known, child("r", "z", "NEW")]))
    assert [(each.id, each.children, each.evidence) for each in root.children] == [("a", (), (2,))]
