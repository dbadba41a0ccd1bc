from dataclasses import replace

from console.views.proof import Proof, proof_lines, proof_sentence

PROOF = Proof(
    sequence=3,
    body_sha256="aa",
    leaf="bb",
    path=("cc", "dd"),
    tree_size=9,
    root="ee",
    refresh_id=1,
    holds=True,
)


def test_a_proof_that_holds_says_under_which_root() -> None:
    assert proof_sentence(PROOF).startswith(
        "It is entry 3 of the 9 under the root that was signed at the end of refresh 1"
    )
    assert list(proof_lines(PROOF))[1:4] == ["leaf            bb", "sibling 1       cc", "sibling 2       dd"]


def test_one_that_does_not_hold_and_none_at_all_are_no_proof() -> None:
    assert "the store was changed" in proof_sentence(replace(PROOF, holds=False))
    assert proof_sentence(None).startswith("No signed root covers it yet")
