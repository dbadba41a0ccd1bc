from unit.collect.collectors.asking import Asking


def test_reports_are_told_with_the_period_that_they_cover(asking: Asking) -> None:
    reports = asking.payloads("artifact.report")
    assert {"ISO 27001 certificate", "Cyber Essentials Plus certificate"} <= {
        each["name"] for each in reports
    }
    assert all({"periodStart", "periodEnd", "series", "category"} <= each.keys() for each in reports)


def test_no_document_and_no_address_of_one_is_kept(asking: Asking) -> None:
    assert not any(
        "http" in str(value) for each in asking.payloads("artifact.report") for value in each.values()
    )
