from unit.collect.collectors.asking import Asking

KIND = "logs.delivery_destination"


def test_destinations_of_known_deliveries_are_read_and_name_what_is_asked_about_next(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    assert {each["name"] for each in reading.payloads.values()} == {"to-group", "to-bucket"}
    buckets = asking.read("s3.bucket_location", reading.scope).payloads
    groups = asking.read("logs.log_group", reading.scope).payloads
    for each in reading.payloads.values():
        arn = each["deliveryDestinationConfiguration"]["destinationResourceArn"]
        assert arn.rpartition(":")[2] in buckets or f"{arn}:*" in groups


def test_without_deliveries_nothing_is_asked(asking: Asking) -> None:
    assert asking.somewhere(KIND, lambda each: not each.facts).heard == ()
