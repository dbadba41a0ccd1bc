"""Signatures with certificates: good ones of `openssl` and ours, and each thing that may be wrong with one."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from console.vault import cms, der, timestamp
from console.vault.cms import BadAuthoritiesError, BadIdentityError
from console.vault.signing import BadSignatureError
from unit.reports.certificates import Authority, make_authority

MESSAGE = b"what is signed\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = make_authority(tmp_path_factory.mktemp("authority"))
    made.officer("officer")
    made.officer("rsa", key="rsa")
    (made.folder / "message").write_bytes(MESSAGE)
    return made


@pytest.fixture(scope="module")
def officer(authority: Authority) -> cms.Identity:
    return cms.load_identity(authority.folder / "officer.p12", b"secret")


def by_openssl(authority: Authority, *how: str, name: str = "officer") -> bytes:
    out = authority.folder / "made.p7s"
    who = ("-signer", f"{name}.pem", "-inkey", f"{name}.key", "-certfile", "ca.pem")
    authority.run(
        "cms", "-sign", "-binary", "-in", "message", "-outform", "DER", "-out", str(out), *who, *how
    )
    return out.read_bytes()


def authorities(authority: Authority) -> tuple[x509.Certificate, ...]:
    return cms.load_authorities(authority.ca)


@pytest.mark.parametrize("name", ["officer", "rsa"])
def test_what_is_signed_here_verifies_here_and_there(authority: Authority, name: str, tmp_path: Path) -> None:
    identity = cms.load_identity(authority.folder / f"{name}.p12", b"secret")
    made = cms.sign_detached(MESSAGE, identity)
    signed = cms.verify_signed(made, MESSAGE)
    assert (signed.subject, signed.content) == (f"CN={name}", MESSAGE)
    assert signed.fingerprint == identity.certificate.fingerprint(SHA256()).hex()
    (tmp_path / "made.p7s").write_bytes(made)
    said = authority.run(
        "cms", "-verify", "-binary", "-inform", "DER", "-in", str(tmp_path / "made.p7s"), "-content", "message",
        "-CAfile", "ca.pem", "-purpose", "any",
    )  # fmt: skip
    assert said == MESSAGE.decode()


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_what_openssl_signs_verifies_here(authority: Authority, digest: str) -> None:
    signed = cms.verify_signed(by_openssl(authority, "-md", digest), MESSAGE)
    assert signed.signed_at is not None
    assert abs(signed.signed_at - datetime.now(UTC)) < timedelta(hours=1)
    assert cms.authority_of(signed, authorities(authority), signed.signed_at) == authorities(authority)[0]


def test_a_signature_that_holds_its_content_verifies_without_it(authority: Authority) -> None:
    made = by_openssl(authority, "-nodetach")
    assert cms.verify_signed(made, None).content == MESSAGE
    with pytest.raises(BadSignatureError, match="detached"):
        cms.verify_signed(made, MESSAGE)
    with pytest.raises(BadSignatureError, match="detached"):
        cms.verify_signed(by_openssl(authority), None)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (("-md", "sha1"), "hash that is not"),
        (("-nocerts",), "does not hold its signer"),
        (("-noattr",), "expected"),
        (("-keyid",), "expected"),
        (("-signer", "rsa.pem", "-inkey", "rsa.key"), "not one signer"),
    ],
)
def test_a_signature_of_a_form_that_is_not_taken_says_so(
    authority: Authority, how: tuple[str, ...], why: str
) -> None:
    with pytest.raises(BadSignatureError, match=why):
        cms.verify_signed(by_openssl(authority, *how), MESSAGE)


def test_a_scheme_that_is_not_known_is_refused(authority: Authority) -> None:
    with pytest.raises(BadSignatureError, match="none that this build knows"):
        cms.verify_signed(by_openssl(authority, "-keyopt", "rsa_padding_mode:pss", name="rsa"), MESSAGE)


def test_other_content_and_a_changed_signature_are_refused(officer: cms.Identity) -> None:
    made = cms.sign_detached(MESSAGE, officer)
    with pytest.raises(BadSignatureError, match="other content"):
        cms.verify_signed(made, b"something else")
    with pytest.raises(BadSignatureError, match="not good"):
        cms.verify_signed(made[:-1] + bytes([made[-1] ^ 1]), MESSAGE)


def test_no_single_byte_of_what_is_signed_can_be_another(officer: cms.Identity) -> None:
    made = cms.sign_detached(MESSAGE, officer)
    good = cms.verify_signed(made, MESSAGE)
    accepted = 0
    for place in range(0, len(made), 3):
        try:
            other = cms.verify_signed(made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :], MESSAGE)
        except BadSignatureError:
            continue
        accepted += 1
        assert other.content == MESSAGE
        assert other.certificate.public_key() == good.certificate.public_key()
    assert accepted < len(made) / 3


@pytest.mark.parametrize(
    "data",
    [b"", b"x", der.write(der.SEQUENCE), der.write(der.SEQUENCE, der.oid("1.2.3")), b"\x30" * 2_000_000],
)
def test_what_is_no_signature_is_refused(data: bytes) -> None:
    with pytest.raises(BadSignatureError):
        cms.verify_signed(data, MESSAGE)


def test_a_chain_leads_to_an_authority_through_others_while_all_are_valid(
    authority: Authority, officer: cms.Identity, tmp_path: Path
) -> None:
    signed = cms.verify_signed(cms.sign_detached(MESSAGE, officer), MESSAGE)
    now = datetime.now(UTC)
    (root,) = authorities(authority)
    assert cms.authority_of(signed, (root,), now) == root
    assert cms.authority_of(signed, (signed.certificate,), now) == signed.certificate
    assert cms.authority_of(signed, (), now) is None
    assert cms.authority_of(signed, (root,), now - timedelta(days=2)) is None
    assert cms.authority_of(signed, (root,), now + timedelta(days=400)) is None
    other = make_authority(tmp_path / "other")
    assert cms.authority_of(signed, cms.load_authorities(other.ca), now) is None


def test_an_officer_is_no_authority(authority: Authority, officer: cms.Identity, tmp_path: Path) -> None:
    """A certificate that is no authority's vouches for nobody, whoever issued it."""
    folder = authority.folder
    authority.run(
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "below.key",
        "-out",
        "below.csr",
        "-subj",
        "/CN=below",
    )
    authority.run(
        "x509",
        "-req",
        "-in",
        "below.csr",
        "-CA",
        "officer.pem",
        "-CAkey",
        "officer.key",
        "-CAcreateserial",
        "-days",
        "30",
        "-out",
        "below.pem",
    )
    out = tmp_path / "below.p7s"
    authority.run(
        "cms",
        "-sign",
        "-binary",
        "-in",
        "message",
        "-outform",
        "DER",
        "-out",
        str(out),
        "-signer",
        "below.pem",
        "-inkey",
        "below.key",
        "-certfile",
        "officer.pem",
    )
    signed = cms.verify_signed(out.read_bytes(), MESSAGE)
    assert cms.authority_of(signed, authorities(authority), datetime.now(UTC)) is None
    assert cms.authority_of(signed, (officer.certificate,), datetime.now(UTC)) is None
    assert (folder / "below.pem").exists()


def test_an_authority_between_is_walked_through(authority: Authority, tmp_path: Path) -> None:
    extensions = authority.folder / "between.ext"
    extensions.write_text("basicConstraints=critical,CA:TRUE\n")
    request = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    authority.run(
        "req", "-new", *request, "-keyout", "between.key", "-out", "between.csr", "-subj", "/CN=between"
    )
    signed_by = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30")
    authority.run(
        "x509", "-req", "-in", "between.csr", *signed_by, "-extfile", str(extensions), "-out", "between.pem"
    )
    authority.run("req", "-new", *request, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=leaf")
    signed_by = ("-CA", "between.pem", "-CAkey", "between.key", "-CAcreateserial", "-days", "20")
    authority.run("x509", "-req", "-in", "leaf.csr", *signed_by, "-out", "leaf.pem")
    out = tmp_path / "leaf.p7s"
    who = ("-signer", "leaf.pem", "-inkey", "leaf.key", "-certfile", "between.pem")
    authority.run("cms", "-sign", "-binary", "-in", "message", "-outform", "DER", "-out", str(out), *who)
    signed = cms.verify_signed(out.read_bytes(), MESSAGE)
    assert cms.authority_of(signed, authorities(authority), datetime.now(UTC)) == authorities(authority)[0]
    assert cms.authority_of(signed, authorities(authority), datetime.now(UTC) + timedelta(days=25)) is None


def issued(
    name: str, key: ec.EllipticCurvePrivateKey, by: str, signer: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    now = datetime.now(UTC)
    subject, issuer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, by))
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=9))
    return made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        signer, SHA256()
    )


def test_certificates_that_issue_each_other_in_a_ring_lead_to_nobody() -> None:
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    first = issued("one", keys[0], "two", keys[1])
    ring = issued("two", keys[1], "three", keys[2]), issued("three", keys[2], "two", keys[1])
    signed = cms.verify_signed(cms.sign_detached(MESSAGE, cms.Identity(keys[0], first, ring)), MESSAGE)
    stranger = issued("x", keys[0], "x", keys[0])
    assert cms.authority_of(signed, (stranger,), datetime.now(UTC)) is None
    assert cms.authority_of(signed, (ring[1],), datetime.now(UTC)) == ring[1]


# Files of keys


def test_a_pem_file_with_key_and_certificate_is_read(authority: Authority, tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(
        (authority.folder / "officer.key").read_bytes() + (authority.folder / "officer.pem").read_bytes()
    )
    found = cms.load_identity(both, b"not needed")
    assert found.subject == "CN=officer"
    locked = tmp_path / "locked.pem"
    authority.run(
        "pkey", "-in", "officer.key", "-aes256", "-passout", "pass:secret", "-out", str(tmp_path / "k.pem")
    )
    locked.write_bytes((tmp_path / "k.pem").read_bytes() + (authority.folder / "officer.pem").read_bytes())
    assert cms.load_identity(locked, b"secret").subject == "CN=officer"
    with pytest.raises(BadIdentityError):
        cms.load_identity(locked, b"wrong")


@pytest.mark.parametrize("passphrase", [b"wrong", None])
def test_a_bundle_that_does_not_open_is_refused(authority: Authority, passphrase: bytes | None) -> None:
    with pytest.raises(BadIdentityError):
        cms.load_identity(authority.folder / "officer.p12", passphrase)


def test_a_file_without_a_key_that_can_sign_is_refused(authority: Authority, tmp_path: Path) -> None:
    with pytest.raises(BadIdentityError):
        cms.load_identity(tmp_path / "none", None)
    with pytest.raises(BadIdentityError):
        cms.load_identity(authority.folder / "officer.pem", None)
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(tmp_path / "ed.key")], check=True
    )
    for key, why in ((tmp_path / "ed.key", "can sign"), (authority.folder / "rsa.key", "another key's")):
        both = tmp_path / "both.pem"
        both.write_bytes(key.read_bytes() + (authority.folder / "officer.pem").read_bytes())
        with pytest.raises(BadIdentityError, match=why):
            cms.load_identity(both, None)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_bytes(b"")
    for path in (tmp_path / "none.pem", tmp_path / "empty.pem"):
        with pytest.raises(BadAuthoritiesError):
            cms.load_authorities(path)


# Times


@pytest.mark.parametrize(
    ("tag", "text", "year"),
    [
        (der.UTC_TIME, b"261123091400Z", 2026),
        (der.UTC_TIME, b"991123091400Z", 1999),
        (der.GENERALIZED_TIME, b"20261123091400.5Z", 2026),
    ],
)
def test_times_are_read(tag: int, text: bytes, year: int) -> None:
    assert cms.read_time(der.read_one(der.write(tag, text))).year == year


@pytest.mark.parametrize(
    ("tag", "text"),
    [(der.OCTETS, b"20261123091400Z"), (der.UTC_TIME, b"now"), (der.GENERALIZED_TIME, b"\xff")],
)
def test_what_is_no_time_is_refused(tag: int, text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        cms.read_time(der.read_one(der.write(tag, text)))


# Time-stamps


@pytest.fixture(scope="module")
def stamped(authority: Authority) -> bytes:
    (authority.folder / "q.tsq").write_bytes(timestamp.query(MESSAGE))
    authority.stamp(authority.folder / "q.tsq", authority.folder / "a.tsr")
    return (authority.folder / "a.tsr").read_bytes()


def test_the_query_is_what_openssl_asks(authority: Authority) -> None:
    out = authority.folder / "own.tsq"
    authority.run("ts", "-query", "-data", "message", "-sha256", "-cert", "-no_nonce", "-out", str(out))
    assert timestamp.query(MESSAGE) == out.read_bytes()


def test_an_answer_says_when_and_by_whom(authority: Authority, stamped: bytes, tmp_path: Path) -> None:
    found = timestamp.verify_answer(stamped, MESSAGE)
    assert abs(found.at - datetime.now(UTC)) < timedelta(hours=1)
    assert found.authority == "CN=tsa"
    assert timestamp.is_trusted(found, authorities(authority))
    assert not timestamp.is_trusted(found, cms.load_authorities(make_authority(tmp_path / "other").ca))


def test_an_answer_that_is_none_of_this_message_is_refused(authority: Authority, stamped: bytes) -> None:
    with pytest.raises(BadSignatureError, match="something else"):
        timestamp.verify_answer(stamped, b"other")
    refused = der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write(der.INTEGER, b"\x02")))
    with pytest.raises(BadSignatureError, match="refused"):
        timestamp.verify_answer(refused, MESSAGE)
    with pytest.raises(BadSignatureError):
        timestamp.verify_answer(b"", MESSAGE)
    assert authority.ca.exists()


@pytest.mark.parametrize(
    "usage", ["emailProtection", "timeStamping", "critical,timeStamping,codeSigning", ""]
)
def test_a_certificate_that_is_not_for_time_stamps_alone_makes_none(
    authority: Authority, usage: str, stamped: bytes
) -> None:
    name = f"stamper{abs(hash(usage))}"
    if usage:
        authority.officer(name, usage=usage)
    else:
        request = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        authority.run(
            "req", "-new", *request, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", "/CN=bare"
        )
        by = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial")
        authority.run("x509", "-req", "-in", f"{name}.csr", *by, "-out", f"{name}.pem")
    said = cms.verify_signed(
        der.read_one(stamped)
        .parts()
        .__class__(tuple(der.read_all(der.read_one(stamped).content)))
        ._values[1]
        .raw,
        None,
    ).content
    (authority.folder / "said").write_bytes(said)
    out = authority.folder / "forged"
    who = ("-signer", f"{name}.pem", "-inkey", f"{name}.key")
    authority.run(
        "cms", "-sign", "-binary", "-nodetach", "-in", "said", "-outform", "DER", "-out", str(out), *who
    )
    status = der.write(der.SEQUENCE, der.write(der.INTEGER, b"\x00"))
    with pytest.raises(BadSignatureError, match="none for time-stamping"):
        timestamp.verify_answer(der.write(der.SEQUENCE, status, out.read_bytes()), MESSAGE)
