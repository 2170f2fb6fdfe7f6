"""Answers to HEAD requests: the head that GET has, and no body. Servers drop one, and some write a warning about it."""

from collections.abc import Callable

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponse, HttpResponseBase


def without_a_body(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, the outermost: what came of a HEAD request without its body, once every header is there."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()  # what it would have read is closed with the response, as ever
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response

    return answer
