"""Why a request brought no page, as one word for counting and one line for a person."""

from __future__ import annotations

from typing import Literal

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from model.errors import PageError

Kind = Literal["refused", "gone", "unreachable"]


class Unusable(IgnoreRequest):
    """An answer that is no page and would be none if asked for again at once."""


class Stalled(Unusable):
    """Not asked for, since the source is being left; it waits for the next run."""


_REFUSING = frozenset({401, 403, 405, 412, 418, 451, 521})
_GONE = frozenset({404, 410})


def explained(failure: Failure) -> tuple[Kind, str]:
    """Kind and reason of a failed request."""
    error = failure.value
    if isinstance(error, HttpError):
        status = error.response.status
        if status in _GONE:
            return "gone", f"HTTP status {status}"
        return ("refused" if status in _REFUSING else "unreachable"), f"HTTP status {status}"
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if isinstance(error, Unusable):
            return "unreachable", text[:200]
        return "refused", "robots.txt forbids it" if "Forbidden by robots" in text else text
    said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return "unreachable", distrust(error) or said


def distrust(error: BaseException | None) -> str:
    """Where a certificate is why a request failed: that it is; else ''."""
    cause = getattr(error, "__cause__", None)
    reasons = getattr(cause or error, "reasons", ())
    if any("certificate" in str(reason.value).lower() for reason in reasons):
        return "its certificate is not valid (verify_certificate: false takes it all the same)"
    return ""


def unread(error: PageError) -> tuple[str, str]:
    """The same of a page that came and could not be read."""
    known = error.field in ("gone", "restricted", "unparsed")
    return error.field if known else "unreadable", str(error)
