import json

from unit.collect.collectors.asking import Asking

KIND = "lambda.function_policy"


def test_it_says_who_may_call_what_agents_act_through(asking: Asking) -> None:
    principals = [json.loads(each["Policy"])["Statement"][0]["Principal"] for each in asking.payloads(KIND)]
    assert "*" in principals
    assert {"Service": "bedrock.amazonaws.com"} in principals


def test_a_function_without_a_policy_is_no_gap(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: len(each.heard) > len(each.facts))
    assert reading.collected.gaps == ()


def test_where_nothing_calls_functions_nothing_is_asked(asking: Asking) -> None:
    assert (
        asking.somewhere(KIND, lambda each: not each.facts and each.scope.region == "eu-west-1").heard == ()
    )
