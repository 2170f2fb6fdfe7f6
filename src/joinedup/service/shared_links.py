"""Marks that mail programs and social networks put on links which people share: taken out of the address.

A page refuses a parameter that it does not know (decision 0111), and whoever follows a shared link has typed none. The
marks ask for nothing and tell who follows whose link, so nobody needs them here.
"""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import escape_leading_slashes

MARKS = frozenset(
    ("dclid", "fbclid", "gbraid", "gclid", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid",
     "srsltid", "ttclid", "twclid", "wbraid", "yclid", "_hsenc", "_hsmi")
)  # fmt: skip
"""The names of marks that are known, in small letters; and each that begins with `utm_`."""


def without_marks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lead whoever asks for a page with such a mark (GET, HEAD) to the same address without it (302). The
    API keeps to what it describes and refuses them."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not request.path_info.startswith("/api/v1/"):
            given = request.META.get("QUERY_STRING", "").split("&")
            kept = [each for each in given if not _is_mark(each)]
            if len(kept) < len(given):
                path = escape_leading_slashes(request.get_full_path().partition("?")[0])
                return HttpResponseRedirect("?".join(filter(None, (path, "&".join(kept)))))
        return get_response(request)

    return answer


def _is_mark(parameter: str) -> bool:
    name = unquote_plus(parameter.partition("=")[0]).lower()
    return name in MARKS or name.startswith("utm_")
