"""How these forms meet their actions: a confirmation asked for where words could identify a child, 409 where stale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponseRedirect

from joinedup.service.access import person_of
from joinedup.service.accounts.actions.desk import forget_draft
from joinedup.service.actions import RefusedError, StaleError
from joinedup.service.inspections.looking_over import DisclosureError, LookedOver
from joinedup.service.inspections.repeated import refusal
from joinedup.service.sent_once import once


def tried(
    request: HttpRequest, form: Form, act: Callable[[], str], then: str
) -> tuple[HttpResponseRedirect | None, dict[str, Any], int]:
    """Try an action, which answers what to say when it is done, once for each form (`sent_once`).

    Answers (where to go, nothing more, 302), or (None, what the page shows beside the form, its status).
    """
    try:
        done, then = once(request, act, str, then)
    except DisclosureError as error:
        if isinstance(form, LookedOver):
            form.offer(error)
        return None, {"refused": str(error), "marks": error.marks, "confirmation": error.confirmation}, 422
    except StaleError as error:
        return None, {"refused": str(error), "newer": error.thing}, 409
    except RefusedError as error:
        return None, {"refused": refusal(error)}, 422
    except ValidationError as error:
        for name, problems in getattr(error, "message_dict", {"__all__": error.messages}).items():
            form.add_error(name if name in form.fields else None, problems)
        return None, {}, 422
    forget_draft(by=person_of(request), place=request.path)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(then), {}, 302
