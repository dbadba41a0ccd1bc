from console.controls.index import Grain, Index
from console.domain.scope import Scope
from fakes import LONDON, FakeSnapshot, fact

HERE = Scope(LONDON.account_id)


def test_a_region_that_is_not_enabled_is_not_asked_about() -> None:
    off = fact("account.region", "us-east-1", {"RegionOptStatus": "DISABLED"}, HERE)
    on = fact("account.region", "eu-west-2", {"RegionOptStatus": "ENABLED_BY_DEFAULT"}, HERE)
    index = Index(FakeSnapshot(known=[off, on]))
    assert index.regions == {HERE.account_id: ("eu-west-2",)}


def test_the_management_account_is_read_from_the_organisation() -> None:
    organisation = fact("organizations.organization", "o", {"MasterAccountId": "1"}, HERE)
    assert Index(FakeSnapshot(known=[organisation])).management == "1"


def test_without_an_entry_of_its_own_a_scope_rests_on_the_accounts_regions() -> None:
    on = fact("account.region", "eu-west-2", {"RegionOptStatus": "ENABLED"}, HERE, 4)
    index = Index(FakeSnapshot(known=[on]))
    assert [each.sequence for each in index.basis(HERE, Grain.ACCOUNT)] == [4]
