from console.domain.scope import GLOBAL, Scope


def test_scopes_sort_by_account_then_region() -> None:
    unsorted = [Scope("2", "a"), Scope("1", "b"), Scope("1", "a")]
    assert sorted(unsorted) == [Scope("1", "a"), Scope("1", "b"), Scope("2", "a")]


def test_a_scope_without_a_region_is_global() -> None:
    assert Scope("111122223333").region == GLOBAL
