"""One address for one page: what a browser sends along with a form and asks for nothing is taken out of the address.

A form without scripts sends every field that it has. `?area=&theme=&agency=police` asks for no more than
`?agency=police` does, and is nothing to send to somebody; nor need a cache keep both.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict


def shorter(request: HttpRequest, query: str) -> HttpResponse | None:
    """The way (302) to the address that our own links have for what is asked, where the one that was asked has a
    parameter more: an empty one, or one that says what is so anyway. None where it has none.

    `query` is the query string of that address, "?" included, empty for none. What a default is may be another
    tomorrow (a day without one is today), so that the way is never told to be a lasting one. The address led to has no
    parameter that its own is without, so that nobody is led on from there.
    """
    if set(request.GET) <= set(QueryDict(query.removeprefix("?"))):
        return None
    return HttpResponseRedirect(request.path + query)
