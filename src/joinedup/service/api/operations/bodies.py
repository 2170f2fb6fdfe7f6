"""Agencies, inspectorates, and the bodies that serve areas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query

from joinedup.analysis.accountability_agencies import agency_profile
from joinedup.areas import Agency, Inspectorate, agencies, areas, inspectorates, posts, services_of
from joinedup.areas import Body as BodyFacts
from joinedup.areas.bodies import all_bodies
from joinedup.areas.facts import holds
from joinedup.service.access import public
from joinedup.service.api import making
from joinedup.service.api.declared import read
from joinedup.service.api.paging import paged
from joinedup.service.api.parameters import BodiesQuestion, Paged
from joinedup.service.api.shapes import answering, places
from joinedup.service.api.shapes.common import Page
from joinedup.service.api.values import KeyOfBody
from joinedup.service.site.records import current_record

TAG = "Agencies and bodies"


@read("/agencies", tag=TAG, shape=Page[places.Agency])
@public
def list_agencies(request: HttpRequest, asked: Query[Paged]) -> Page[places.Agency]:
    """Agencies.

    The ten among whom responsibility is divided, who inspects them, and their accountable posts.
    """
    return paged(request, asked, places.Agency, agencies(), _agency)


@read("/inspectorates", tag=TAG, shape=Page[places.Inspectorate])
@public
def list_inspectorates(request: HttpRequest, asked: Query[Paged]) -> Page[places.Inspectorate]:
    """Inspectorates.

    Each through all its names.
    """
    return paged(request, asked, places.Inspectorate, inspectorates(), _inspectorate)


@read("/bodies", tag=TAG, shape=Page[places.Body])
@public
def list_bodies(request: HttpRequest, asked: Query[BodiesQuestion]) -> Page[places.Body]:
    """Bodies.

    Police forces, integrated care boards, probation regions and trusts that serve or served areas, by name.
    """
    fictional = making.shown(asked.fictional)
    real = {service.body.key for area in areas() for service in services_of(area.slug)}
    known = [body for body in all_bodies().values() if fictional or body.key in real]
    if asked.area:
        services = services_of(making.place(asked.area).slug)
        there = {one.body.key for one in services if asked.on is None or holds(one.start, one.end, asked.on)}
        known = [body for body in known if body.key in there]
    kept = [
        body
        for body in known
        if (asked.kind is None or body.kind in asked.kind)
        and (asked.agency is None or body.agency in asked.agency)
        and (asked.on is None or holds(body.start, body.end, asked.on))
    ]
    kept.sort(key=lambda body: (body.name, body.key))
    return paged(request, asked, places.Body, kept, lambda body: places.Body(**_facts(body)))


@read("/bodies/{key}", tag=TAG, shape=answering.BodyDetail)
@public
def get_body(request: HttpRequest, key: KeyOfBody) -> answering.BodyDetail:
    """One body.

    The areas that it serves or served, and what was asked of its agency and praised there while it did: reports say
    "the police" and seldom which force.
    """
    found = agency_profile(current_record(), key, fictional=making.shown(True), limit=0)
    served = [one for one in found.areas if making.shown(True) or not one.area.fictional]
    about: dict[str, Any] = {**_facts(found.body), **found.tally.to_json()}
    return answering.BodyDetail(
        **about,
        areas=[
            answering.Serves(
                area=one.area.slug,
                area_name=one.area.name,
                start=one.start,
                end=one.end,
                part=one.part,
                reports=[about.sha256 for about in one.reports],
                **one.tally.to_json(),
            )
            for one in served
        ],
        years=[answering.Part.model_validate(part.to_json()) for part in found.years],
        themes=[answering.Part.model_validate(part.to_json()) for part in found.themes],
    )


def _agency(found: Agency) -> places.Agency:
    return places.Agency(
        key=found.key,
        title=found.title,
        description=found.description,
        inspected_by=[places.Inspects(**by._asdict()) for by in found.inspected_by],
        posts=[
            places.AccountablePost(
                post=post.key, title=post.title, answers_to=list(post.answers_to), start=post.start, end=post.end
            )
            for post in posts(found.key)
        ],
    )


def _inspectorate(found: Inspectorate) -> places.Inspectorate:
    return places.Inspectorate(
        key=found.key,
        title=found.title,
        start=found.start,
        end=found.end,
        names=[places.InspectorateName(**name._asdict()) for name in found.names_over_time],
    )


def _facts(body: BodyFacts) -> dict[str, Any]:
    return {name: getattr(body, name) for name in places.Body.model_fields} | {"also": list(body.also)}
