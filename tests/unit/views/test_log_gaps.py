from console.domain.usage import SourceKind
from console.views.log_gaps import gap_rows, gap_table
from unit.views.usages import BENEFITS, NAMES, log_gap, source, state


def test_whole_logs_come_before_objects_and_places() -> None:
    group = source(BENEFITS, SourceKind.LOGS, "/bedrock\u202e")
    rows = gap_rows(
        [state(group, "denied"), state(source())], [log_gap(source()), log_gap(source(), -1)], NAMES
    )
    cells = [row[:8] for row in gap_table(rows).cells()]
    assert [each[:3] for each in cells] == [
        ["child-benefit", BENEFITS, "eu-west-2"],
        ["payments-production", "100000000002", "eu-west-2"],
        ["payments-production", "100000000002", "eu-west-2"],
    ]
    assert "\u202e" not in str(cells[0][3])
    assert [each[4:] for each in cells] == [
        ["denied", "all of it", "the start", 1],
        ["not JSON", "2026/11/19/a.json.gz", 17, 3],
        ["not JSON", "2026/11/19/a.json.gz", "the start", 3],
    ]
    assert all(row.is_gap for row in rows)
