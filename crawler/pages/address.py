"""The one form of an address, and links made whole."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from model.source import Address

_PORTS = {"http": "80", "https": "443"}
_SESSION = re.compile(
    r"^(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|asp\.net_sessionid|cfid|cftoken)$",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\((?:[SAFXsafx]\([^)/]*\))+\)(?=/)")
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|aspx?|php|jsp)$", re.IGNORECASE)
_GATE = re.compile(r"^/gate/(?:big5|gb)/([a-z0-9.-]+(?::\d+)?)(/.*)?$", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
_SAFE = "/:@!$&'()*+,;=-._~%"


def absolute(base: str, link: str) -> str:
    """A link of a page as an absolute http address; empty where it leads nowhere we may go."""
    link = _UNSAFE.sub("", link.strip().replace("\\", "/"))
    if not link or link.startswith("#"):
        return ""
    try:
        url = urljoin(base, link)
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    path = quote(parts.path or "/", safe=_SAFE)
    query = quote(parts.query, safe=_SAFE + "?")
    return urlunsplit((parts.scheme, _ascii(host) + port, path, query, parts.fragment))


def split(url: str) -> SplitResult:
    """The parts of an address; all empty where it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def canonical(url: str, address: Address = Address()) -> str:  # noqa: B008 - frozen
    """The one form of an address: two addresses of one page that are known to be so are equal.

    Fragments, default ports, session ids and names of index pages go; parameters are sorted,
    reduced to those that count where the source says which; a Traditional gateway becomes what
    it stands for. An address that cannot be read comes back as it was.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").lower()
        port = parts.port
    except ValueError:
        return url
    path = _PATH_SESSION.sub("", parts.path) or "/"
    gate = _GATE.match(path)
    if gate is not None:
        return canonical(
            urlunsplit((parts.scheme, gate[1], gate[2] or "/", parts.query, "")), address
        )
    path = _ASP_SESSION.sub("", path)
    path = _INDEX.sub("/", _percent(path))
    pairs = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    pairs = [(name, value) for name, value in pairs if not _SESSION.match(name)]
    if address.ignore_case:
        path = path.lower()
        pairs = [(name.lower(), value.lower()) for name, value in pairs]
    if address.parameters is not None:
        kept = {name.lower() for name in address.parameters}
        pairs = [(name, value) for name, value in pairs if name.lower() in kept]
    query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(pairs))
    netloc = host if port is None or str(port) == _PORTS.get(parts.scheme) else f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def host(url: str) -> str:
    """The host of an address in lower case, without www; empty where there is none."""
    try:
        name = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return name.removeprefix("www.").rstrip(".")


def domain(name: str) -> str:
    """The part of a host name that one organisation registers, as in people.com.cn."""
    labels = name.split(".")
    second = labels[-2] if len(labels) > 2 else ""
    national = len(labels[-1]) == 2 and second in ("com", "gov", "org", "net", "edu", "ac", "mil")
    return ".".join(labels[-3:] if national else labels[-2:])


def suffix(url: str) -> str:
    """The suffix of an address's last part in lower case, such as pdf; empty where none."""
    try:
        name = urlsplit(url).path.rsplit("/", 1)[-1]
    except ValueError:
        return ""
    head, dot, tail = name.rpartition(".")
    return tail.lower() if dot and head and tail.isalnum() and len(tail) <= 5 else ""


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii") if not name.isascii() else name.lower()
    except UnicodeError:
        return quote(name, safe=".-")


def _percent(path: str) -> str:
    """One spelling of percent escapes: what may stand bare stands bare, the rest upper-case."""
    return re.sub(
        r"%([0-9A-Fa-f]{2})",
        lambda m: chr(int(m[1], 16)) if chr(int(m[1], 16)) in _UNRESERVED else m[0].upper(),
        quote(path, safe=_SAFE),
    )


_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _quoted(value: str) -> str:
    return quote(value.encode("latin-1", "replace"), safe="/:@!$'()*,;-._~?")


def readable(url: str) -> str:
    """An address for people: percent-encoded UTF-8 shown as characters."""
    return unquote(url)
