"""The data page: every table of the record to download, with what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from joinedup.areas import Area, areas
from joinedup.record.columns import KIND_WORDS
from joinedup.record.export import as_csv, as_parquet, exported, of_areas
from joinedup.record.schema import TABLES
from joinedup.service.access import public
from joinedup.service.api.limits import DOWNLOAD_COST, headers, take
from joinedup.service.methods import require_safe
from joinedup.service.site.address_form import AddressForm
from joinedup.service.site.area_search import full_name
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.downloads import DOWNLOADS
from joinedup.service.site.files import TYPES, as_file, plain_text, refused
from joinedup.service.site.one_address import shorter
from joinedup.service.site.records import counted, current_record, offers_fictional

MANY_AREAS = 20


class DownloadForm(AddressForm):
    """What a download holds: areas (slugs; none: all of them) and whether what is fictional is wanted."""

    area = forms.MultipleChoiceField(required=False, label="Area")
    fictional = forms.ChoiceField(
        required=False,
        choices=[("true", "true"), ("false", "false")],
        error_messages={"invalid_choice": "fictional is true or false"},
    )

    def __init__(self, parameters: QueryDict) -> None:
        super().__init__(parameters)
        field = self.fields["area"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(area.slug, full_name(area)) for area in offered_areas()]
        field.error_messages["invalid_choice"] = (
            "No area has the slug %(value)s; areas go by their slugs here, such as barnsley"
        )
        if not settings.SHOW_FICTIONAL:
            self.fields["fictional"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Too many areas are told."""
        values = super().clean()
        if len(values.get("area") or ()) > MANY_AREAS:
            raise forms.ValidationError(f"No more than {MANY_AREAS} areas at once; leave area out for all of them")
        return values

    @property
    def slugs(self) -> list[str]:
        """The areas asked for."""
        return list(dict.fromkeys(slug for slug in self.cleaned_data["area"] if slug))

    @property
    def fictional_too(self) -> bool:
        """Whether what is fictional was asked for, and is not switched off."""
        return bool(settings.SHOW_FICTIONAL and self.cleaned_data["fictional"] == "true")

    @property
    def query(self) -> str:
        """The query string, "?" included, that asks for the same; nothing for everything that is real."""
        asked = QueryDict(mutable=True)
        asked.setlist("area", self.slugs)
        if self.fictional_too:
            asked["fictional"] = "true"
        written = asked.urlencode()
        return f"?{written}" if written else ""


def offered_areas() -> list[Area]:
    """Every area that downloads can be of, by name."""
    return sorted(areas(fictional=settings.SHOW_FICTIONAL), key=lambda area: (area.fictional, area.name))


@public
@require_safe
@follows_the_record
def page(request: HttpRequest) -> HttpResponse:
    """Every table with its downloads and its columns; `area` and `fictional` are carried over into the downloads."""
    given = request.GET.copy()
    given.setlist("area", [slug for slug in given.getlist("area") if slug])  # the form's choice of every area is empty
    form = DownloadForm(given)
    valid = form.is_valid()
    if valid and (there := shorter(request, form.query)):
        return there
    record, offered = current_record(), offers_fictional()
    counts = counted(record)
    tables = [
        {
            "table": table,
            "columns": [(column, KIND_WORDS[column.kind]) for column in exported(table.name)],
            "rows": counts[table.name],
            "of_areas": of_areas(table.name),
        }
        for table in TABLES.values()
    ]
    context = {
        "form": form,
        "tables": tables,
        "answers": [(each, list(each.columns.items())) for each in DOWNLOADS],
        "areas": [(area, full_name(area)) for area in offered_areas() if offered or not area.fictional],
        "chosen": form.slugs if valid else [],
        "query": form.query if valid else "",
        "fictional_possible": offered,
        "fictional_too": valid and form.fictional_too,
        "snapshot": record.snapshot,
        "today": timezone.localdate(),
        "root": request.build_absolute_uri("/data/"),
    }
    return render(request, "site/data.html", context, status=200 if valid else 400)


@public
@require_safe
@follows_the_record
def table_csv(request: HttpRequest, table: str) -> HttpResponseBase:
    """One table as CSV, streamed."""
    return _download(request, table, "csv")


@public
@require_safe
@follows_the_record
def table_parquet(request: HttpRequest, table: str) -> HttpResponseBase:
    """One table as a Parquet file, streamed."""
    return _download(request, table, "parquet")


FORMATS = {
    "csv": (as_csv, f"{TYPES['csv']}; header=present"),
    "parquet": (as_parquet, TYPES["parquet"]),
}


def _download(request: HttpRequest, table: str, ending: str) -> HttpResponseBase:
    if table not in TABLES:
        raise Http404(f"There is no table {table}")
    form = DownloadForm(request.GET)
    if not form.is_valid():
        return refused(form)
    if form.slugs and not of_areas(table):
        return plain_text(f"The rows of {table} are of no area; leave area out.", 400)
    taken = take(request, cost=DOWNLOAD_COST)
    if taken and not taken.allowed:
        return plain_text(f"You have asked more than the limit allows. Wait {taken.wait} seconds.", 429, headers(taken))
    write, media_type = FORMATS[ending]
    given = write(current_record(), table, areas=form.slugs or None, fictional=form.fictional_too)
    part = "-" + "-".join(form.slugs) if 0 < len(form.slugs) <= 3 else "-some-areas" if form.slugs else ""
    name = f"{table}{part}-{timezone.localdate()}.{ending}"
    told = as_file(name) | (headers(taken) if taken else {})
    response = StreamingHttpResponse(given, content_type=media_type, headers=told)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
