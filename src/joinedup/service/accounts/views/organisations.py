"""The organisations whose people use the service; a service administrator keeps them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.areas import get_area
from joinedup.service.access import needs
from joinedup.service.accounts import actions
from joinedup.service.accounts.models import Organisation, Person
from joinedup.service.accounts.people_forms import OrganisationForm
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.live import attempt, version_seen

A_PAGE = 50


@needs(Permission.ORGANISATIONS_MANAGE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All organisations by name, with how many people can sign in."""
    asked = request.GET.get("q", "").strip()
    rows = Organisation.objects.annotate(active=Count("people", filter=Q(people__is_active=True))).order_by("name")
    if asked:
        rows = rows.filter(name__icontains=asked)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/organisations.html", {"here": "organisations", "page": page, "q": asked})


@needs(Permission.ORGANISATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make an organisation known."""
    assert isinstance(request.user, Person)
    by = request.user
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    refused: RefusedError | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = f"{given['name']} can be used from now on."
        answer, refused = attempt(
            request, form, lambda: actions.add_organisation(by=by, **given), done, reverse("organisations")
        )
        if answer:
            return answer
    shown = {"here": "organisations", "form": form, "refused": refused}
    return render(request, "accounts/organisation_form.html", shown, status=422 if request.method == "POST" else 200)


@needs(Permission.ORGANISATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One organisation, and changing what is known of it."""
    assert isinstance(request.user, Person)
    by = request.user
    found = get_object_or_404(Organisation, pk=number)
    now = {
        "name": found.name,
        "key": found.key,
        "areas": "\n".join(get_area(slug).name for slug in found.areas),
        "sign_in": found.sign_in,
    }
    form = OrganisationForm(request.POST if request.method == "POST" else None, present=found, initial=now)
    refused: RefusedError | None = None
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        given, seen = form.cleaned_data, version_seen(request)
        answer, refused = attempt(
            request,
            form,
            lambda: actions.change_organisation(by=by, organisation=found, seen=seen, **given),
            f"{given['name']} has been changed.",
            reverse("organisations"),
        )
        if answer:
            return answer
        status = 409 if refused else 422
    shown = {
        "here": "organisations",
        "form": form,
        "organisation": found,
        "refused": refused,
        "fictional": found.fictional,
    }
    return render(request, "accounts/organisation_form.html", shown, status=status)
