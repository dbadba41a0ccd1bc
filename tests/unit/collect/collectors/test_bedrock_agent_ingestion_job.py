from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.ingestion_job"


def test_only_the_newest_job_of_a_source_is_read(asking: Asking) -> None:
    jobs = asking.payloads(KIND)
    assert {job["startedAt"][:10] for job in jobs} == {"2026-11-16"}
    assert {job["status"] for job in jobs} == {"COMPLETE", "FAILED"}


def test_a_source_that_was_never_read_has_no_job(asking: Asking) -> None:
    assert len(asking.payloads(KIND)) < len(asking.payloads("bedrock-agent.data_source"))
    assert not any(reading.collected.gaps for reading in asking.everywhere(KIND))
