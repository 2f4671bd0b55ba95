"""How much a server may say beside the page itself: bounded heads, bounded packing of chunks.

Twisted bounds one header line and the trailers, but neither the head as a whole, nor the number
of answers before the answer (1xx), nor what stands between the chunks of a body.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.http import _ChunkedTransferDecoder

LARGEST_HEAD = 256 * 1024  # bytes before the body, all 1xx answers included
MOST_FIELDS = 1000  # header lines
LARGEST_PACKING = 256 * 1024  # bytes of chunk lines, above half of what they carry


class TooMuch(Exception):
    """A server said more than any page needs; the text says of what."""


def excess(failed: BaseException | None) -> str:
    """What was too much, where that is why a response failed; else ''."""
    reasons = getattr(failed, "reasons", ())
    found = [reason.value for reason in reasons if isinstance(reason.value, TooMuch)]
    return str(found[0]) if found else ""


class _BoundedParser(_LenientHTTPClientParser):
    """Scrapy's parser; raises TooMuch, which ends the connection."""

    head: int
    fields: int
    raw: int
    carried: int

    def begin(self) -> None:
        """Counts from zero; the parser is made by Twisted, which knows no other class."""
        self.head = self.fields = self.raw = self.carried = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        in_head = self.state in (STATUS, HEADER)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if in_head:
            self.head += len(data)
            if self.head > LARGEST_HEAD and self.state in (STATUS, HEADER):
                raise TooMuch(f"more than {LARGEST_HEAD // 1024} kB of headers")

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802
        raise TooMuch(f"a header line of more than {self.MAX_LENGTH} bytes")

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802
        self.fields += 1
        if self.fields > MOST_FIELDS:
            raise TooMuch(f"more than {MOST_FIELDS} header lines")
        super().headerReceived(name, value)  # type: ignore[no-untyped-call]

    def switchToBodyMode(self, decoder: Any) -> None:  # noqa: N802
        if isinstance(decoder, _ChunkedTransferDecoder):
            deliver = decoder.dataCallback

            def counted(data: bytes) -> None:
                self.carried += len(data)
                deliver(data)

            decoder.dataCallback = counted
        super().switchToBodyMode(decoder)  # type: ignore[no-untyped-call]

    def rawDataReceived(self, data: bytes) -> None:  # noqa: N802
        super().rawDataReceived(data)  # type: ignore[no-untyped-call]
        if isinstance(self.bodyDecoder, _ChunkedTransferDecoder):
            self.raw += len(data)
            if self.raw - self.carried > LARGEST_PACKING + self.carried // 2:
                raise TooMuch("a body in chunks that are mostly packing")


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answered = super().request(request)
        if self._parser is not None:
            parser: Any = self._parser
            parser.__class__ = _BoundedParser
            parser.begin()
        return answered

    def _giveUp(self, reason: Failure) -> None:  # noqa: N802
        super()._giveUp(reason)  # type: ignore[no-untyped-call]
        if isinstance(reason.value, TooMuch) and self.transport is not None:
            self.transport.abortConnection()  # what is still under way is not waited for


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes the connections of a download handler; its pool's ``_factory``."""

    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802
        """As Twisted asks for it."""
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
