from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stores
from console.domain.evidence import Fact, Gap, GapReason
from console.domain.refresh import Step
from console.evidence.ledger import leaf_hash, root_of
from console.evidence.store import Store
from fakes import provenance

STEPS = [stores.step(number) for number in range(1, 5)]
CONTENT = {
    STEPS[0]: stores.facts_of(STEPS[0], 3),
    STEPS[1]: [],
    STEPS[2]: stores.gap_of(STEPS[2]),
    STEPS[3]: stores.facts_of(STEPS[3], 1),
}
Content = dict[Step, Sequence[Fact] | Gap]


def root(store: Store, content: Content, order: Sequence[Step] | None = None) -> str:
    refresh_id = stores.refreshed(store, list(order or content), lambda step: content[step])
    return store.refreshes()[refresh_id - 1].content_root


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.permutations(STEPS))
def test_equal_estates_read_in_any_order_give_equal_roots(store: Store, order: list[Step]) -> None:
    shuffled = {
        step: seen if isinstance(seen, Gap) else list(reversed(seen)) for step, seen in CONTENT.items()
    }
    assert root(store, shuffled, order) == root(store, CONTENT)


def test_when_and_by_whom_it_was_read_do_not_matter(store: Store) -> None:
    said = provenance(
        observed_at="2027-01-01T00:00:00.000Z", caller="another", request_id="another", botocore="2"
    )
    facts = [
        Fact(kind=each.kind, key=each.key, scope=each.scope, payload=each.payload, provenance=said)
        for each in stores.facts_of(STEPS[0], 3)
    ]
    worded = stores.gap_of(STEPS[2], detail="other words of AWS")
    assert root(store, {**CONTENT, STEPS[0]: facts, STEPS[2]: worded}) == root(store, CONTENT)


def test_everything_that_matters_gives_another_root(store: Store) -> None:
    one = STEPS[0]
    roots = [
        root(store, CONTENT),
        root(store, {**CONTENT, STEPS[1]: stores.gap_of(STEPS[1])}),
        root(store, {**CONTENT, STEPS[2]: []}),
        root(store, {**CONTENT, STEPS[2]: stores.gap_of(STEPS[2], reason=GapReason.THROTTLED)}),
        root(store, {**CONTENT, one: stores.facts_of(one, 2)}),
        root(store, {**CONTENT, one: stores.facts_of(one, 3, changed=True)}),
        root(store, {step: seen for step, seen in CONTENT.items() if step != STEPS[1]}),
        root(store, {**CONTENT, stores.step(9): []}),
    ]
    assert len(set(roots)) == len(roots)


def test_nothing_there_differs_from_not_read(store: Store) -> None:
    empty, unread = {STEPS[1]: []}, {STEPS[1]: stores.gap_of(STEPS[1])}
    assert root(store, empty) != root(store, unread)


def test_the_root_is_what_its_description_says(store: Store) -> None:
    step = STEPS[0]
    fact = stores.facts_of(step, 1)[0]
    refresh_id = stores.refreshed(store, [step], lambda _: [fact])
    body = store.evidence_record(1).body_sha256
    account = step.scope.account_id
    leaves = sorted(
        [
            f'{{"account_id":"{account}","facts":1,"kind":"{step.kind}","reason":"","region":"eu-west-2"}}',
            (
                f'{{"account_id":"{account}","body_sha256":"{body}","key":"{fact.key}","kind":"{step.kind}",'
                '"region":"eu-west-2"}'
            ),
        ]
    )
    expected = root_of(leaf_hash(each.encode()) for each in leaves).hex()
    assert store.refreshes()[refresh_id - 1].content_root == expected


def test_an_erasure_does_not_change_what_a_refresh_saw(store: Store, path: Path) -> None:
    first = root(store, CONTENT)
    store.erase_body(store.evidence_record(1).body_sha256, basis="request", erased_by="officer")
    store.close()
    with stores.reopened(path) as again:
        assert again.refreshes()[0].content_root == first
        assert root(again, CONTENT) == first
