from console.views.inventory_trails import TRAILS, selectors_in_words
from fakes import gap
from unit.views.listed import cells_of, facts, section_of, told_of

SECTION = section_of(TRAILS, "trails")
TRAIL = ("cloudtrail.trail", "arn:t", {"Name": "t", "TrailARN": "arn:t", "IsMultiRegionTrail": True})


def test_a_trail_says_whether_it_records_and_what() -> None:
    known = facts(
        TRAIL,
        (
            "cloudtrail.trail_status",
            "arn:t",
            {"IsLogging": False, "LatestDeliveryTime": "2026-11-20T08:55:00Z"},
        ),
        ("cloudtrail.event_selectors", "arn:t", {"EventSelectors": [{"ReadWriteType": "All"}]}),
        ("cloudtrail.insight_selectors", "arn:t", {"InsightSelectors": [{"InsightType": "Rate"}, {}]}),
    )
    found = cells_of(SECTION, known)
    assert (found["state"], found["records"], found["error"]) == ("stopped", "management events: all", None)
    assert found["key"] == "a key of AWS's"
    said = told_of(SECTION, known)
    assert said["What it records"] == "management events: all"
    assert said["Unusual activity it looks for"].splitlines() == ["Rate", "a sort not said"]


def test_a_trail_whose_state_was_not_read_is_not_called_recording() -> None:
    missing = [gap("cloudtrail.trail_status", sequence=4), gap("cloudtrail.event_selectors", sequence=5)]
    found = cells_of(SECTION, facts(TRAIL), missing)
    assert (found["state"], found["records"]) == ("could not be read: denied", "could not be read: denied")
    going = facts(TRAIL, ("cloudtrail.trail_status", "arn:t", {"IsLogging": True}))
    assert cells_of(SECTION, going)["state"] == "recording"


def test_a_trail_without_selectors_records_nothing_that_aws_says() -> None:
    known = facts(TRAIL, ("cloudtrail.event_selectors", "arn:other", {}))
    assert cells_of(SECTION, known)["records"] == "nothing that AWS says"
    empty = facts(TRAIL, ("cloudtrail.event_selectors", "arn:t", {}))
    assert cells_of(SECTION, empty)["records"] == "nothing"


def test_selectors_of_both_sorts_are_put_into_words() -> None:
    payload = {
        "EventSelectors": [
            {"IncludeManagementEvents": False, "DataResources": [{"Type": "AWS::S3::Object"}, {}]}
        ],
        "AdvancedEventSelectors": [
            {"Name": "n", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}, {}]},
            {},
        ],
    }
    assert list(selectors_in_words(payload)) == [
        "data events of AWS::S3::Object: not said which",
        "data events of a type not said: not said which",
        "n: eventCategory Equals Data and a field not said ",
        "without a name: everything",
    ]


def test_a_store_says_what_it_records() -> None:
    section = section_of(TRAILS, "stores")
    known = facts(("cloudtrail.event_data_store", "arn:s", {"RetentionPeriod": 90}))
    assert (cells_of(section, known)["kept"], cells_of(section, known)["records"]) == (90, "nothing")
