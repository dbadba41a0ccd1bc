"""What a check thinks of one part of a thing, and of the thing by its parts."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.controls.base import Opinion, Verdict
from console.domain.evidence import Fact, Gap


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with its reason, and what it rests on beside the thing itself."""

    verdict: Verdict
    because: str
    evidence: tuple[Fact | Gap, ...] = ()

    def about(self, fact: Fact) -> Opinion:
        """Return the opinion of a thing that comes to this."""
        evidence = (fact, *self.evidence)
        return Opinion(subject=fact.key, verdict=self.verdict, because=self.because, evidence=evidence)


def together(answers: Iterable[Answer], good: str) -> Answer:
    """Return what the parts come to: what fails decides, then what is not known; `good` if nothing is amiss."""
    found = tuple(answers)
    evidence = tuple(each for answer in found for each in answer.evidence)
    for verdict in (Verdict.FAIL, Verdict.UNKNOWN):
        amiss = [answer for answer in found if answer.verdict is verdict]
        if amiss:
            because = "; ".join(dict.fromkeys(answer.because for answer in amiss))
            return Answer(verdict, because, tuple(each for answer in amiss for each in answer.evidence))
    return Answer(Verdict.PASS, good, evidence)
