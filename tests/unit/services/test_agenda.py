from console.collect.runner import Needed
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.services.agenda import Agenda
from fakes import fact, gap

ONE, TWO = Scope("1"), Scope("2")


def progress(agenda: Agenda):
    return agenda.progress(calls=0, doing="")


def test_a_step_that_an_earlier_run_ended_stays_ended() -> None:
    agenda = Agenda({"k"})
    agenda.add([Step("k", ONE, StepState.READ, 2), Step("l", ONE, StepState.GAP), Step("m", ONE)])
    agenda.add([Step("k", ONE), Step("m", ONE), Step("n", ONE)])
    assert [agenda.take(kind, ONE) for kind in "klmn"] == [False, False, True, True]
    assert [agenda.take(kind, ONE) for kind in "mn"] == [False, False]
    said = progress(agenda)
    assert (said.done, said.planned, said.gaps) == (2, 4, 1)


def test_an_account_is_done_when_all_its_steps_are_known_and_ended() -> None:
    agenda = Agenda(())
    agenda.add_accounts(["1", "2"])
    agenda.add([Step("k", ONE), Step("k", TWO)])
    agenda.end("k", ONE, 0)
    assert progress(agenda).accounts_done == 0
    agenda.know_all_of("1")
    agenda.know_all_of("2")
    said = progress(agenda)
    assert (said.accounts_done, said.accounts) == (1, 2)


def test_facts_that_plan_the_rest_are_kept_and_no_others() -> None:
    agenda = Agenda({"k"})
    agenda.add([Step("k", ONE), Step("l", ONE)])
    seen = [fact("k", "a", {})]
    for kind, facts, gaps in (("k", seen, []), ("l", [fact("l", "a", {})], [gap("l")])):
        agenda.keep(kind, ONE, facts, gaps)
        agenda.end(kind, ONE, len(gaps))
    assert agenda.facts("k", ONE) == tuple(seen)
    assert agenda.facts("l", ONE) == ()
    assert progress(agenda).gaps == 1


def test_what_collectors_need_is_told_with_what_was_missed_until_it_is_let_go() -> None:
    agenda = Agenda({"k"})
    agenda.add([Step("k", ONE), Step("k", TWO)], missed=3)
    seen, missed = [fact("k", "a", {})], [gap("k", ONE)]
    agenda.keep("k", ONE, seen, missed)
    agenda.end("k", ONE, len(missed))
    assert agenda.needed({"k": ONE}) == Needed(facts={"k": tuple(seen)}, gaps=missed)
    assert agenda.needed({"k": TWO}) == Needed(facts={"k": ()}, gaps=[])
    assert progress(agenda).gaps == 4
    agenda.let_go(ONE)
    assert agenda.needed({"k": ONE}) == Needed(facts={"k": ()}, gaps=[])
