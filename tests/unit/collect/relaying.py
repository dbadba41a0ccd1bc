"""A proxy on loopback that tunnels and forwards, and a server with a certificate of an authority made here."""

import ipaddress
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Proxy:
    """A running proxy."""

    address: str
    tunnelled: list[str] = field(default_factory=list)
    """Hosts and ports that were asked for with CONNECT."""
    forwarded: list[str] = field(default_factory=list)
    """Addresses that were asked for in the clear."""


@contextmanager
def relaying() -> Iterator[Proxy]:
    """Run a proxy that reaches every server of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            proxy.tunnelled.append(self.path)
            host, _, port = self.path.rpartition(":")
            with socket.create_connection((host.strip("[]"), int(port)), timeout=10) as far:
                self.send_response(200)
                self.end_headers()
                _pump(self.connection, far)
            self.close_connection = True

        def do_POST(self) -> None:
            proxy.forwarded.append(self.path)
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            far = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            far.request(self.command, parts.path or "/", body, headers)
            answer = far.getresponse()
            said = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            far.close()

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy = Proxy(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _pump(near: socket.socket, far: socket.socket) -> None:
    pairs = {near: far, far: near}
    while True:
        ready, _, _ = select.select(list(pairs), [], [], 10)
        if not ready:
            return
        for one in ready:
            with suppress(OSError):
                data = one.recv(65536)
                if data:
                    pairs[one].sendall(data)
                    continue
            return


def an_authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate authority; return its certificate's file, and the context of a server it vouches for."""
    now = datetime.now(UTC)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "The Department's Inspection")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )

    def begun(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(ca_name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
            )
        )

    ca = (
        begun(ca_name, ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .add_extension(usage, critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    leaf = (
        begun(x509.Name([]), key.public_key())
        .add_extension(x509.SubjectAlternativeName(names), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    bundle, own = folder / "authority.pem", folder / "server.pem"
    bundle.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    own.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + leaf.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    return bundle, context
