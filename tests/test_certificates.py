"""Certificates are verified, unless a source says that its site's cannot be."""

from __future__ import annotations

import http.server
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from archive import Archive

HOST = "self-signed.test"
ROW = (
    "<li><a href='/article/20240101/{0}.html'>第{0}个小区公开物业服务标准的做法</a>"
    " 2024-01-0{0}</li>"
)
LISTING = f"<html><body><ul>{''.join(ROW.format(n) for n in range(1, 7))}</ul></body></html>"
ARTICLE = (
    "<html><head><title>小区公开物业服务标准的做法</title></head><body>"
    "<h1>{0}小区公开物业服务标准的做法</h1>"
    "<div>发布时间：2024-01-01</div><div class='content'><p>{0}小区公开了物业服务的标准、收费和"
    "维修资金的使用情况，业主可以随时查看。</p><p>街道派人到场，逐项核对。</p></div></body></html>"
)
SOURCE = """
id: own-certificate
title: 自签证书的网站
organisation: {{name: 某协会, kind: association}}
column: 经验交流
family: other
start: https://{host}/list/
verify_certificate: {verify}
evidence: {{seen: 2026-11-20, where: replica web, certainty: certain}}
status: enabled
"""


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2].removesuffix(".html")
        page = {"/list/": LISTING, "/robots.txt": ""}.get(self.path, ARTICLE.format(name))
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _certificate(path: Path) -> Path:
    """A certificate that the site made for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(pem))
    return path


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path_factory.mktemp("tls") / "site.pem"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("verify", "articles"), [("true", 0), ("false", 6)])
def test_a_certificate_of_its_own_is_taken_where_the_source_says_so(
    tmp_path: Path, address: str, verify: str, articles: int
) -> None:
    (tmp_path / "own-certificate.yml").write_text(SOURCE.format(host=HOST, verify=verify))
    db = tmp_path / "archive.db"
    subprocess.run(
        [str(Path(sys.executable).parent / "tashan"), "--db", str(db), "crawl"],
        capture_output=True,
        timeout=120,
        env={**os.environ, "TASHAN_REPLICA": address, "TASHAN_SOURCES": str(tmp_path)},
        check=False,
    )
    with Archive.read(db) as archive:
        assert archive.articles.count() == articles
        told = [row["message"] for row in archive.db.query("SELECT message FROM problems")]
    assert any("certificate" in message for message in told) == (articles == 0)
