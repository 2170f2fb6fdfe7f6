"""What the pages on who must improve what repeat, as template tags. Not templates: a page has hundreds of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.http import QueryDict
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from joinedup.analysis import Held
from joinedup.analysis.corrected import corrected
from joinedup.record.schema import WITHDRAWN
from joinedup.service.site.area_page import Graded
from joinedup.service.site.asked_fates import Answered, Later, Wording, named, same_address
from joinedup.service.site.asking import AskingForm
from joinedup.service.site.explorer import Cell, Grid, Shown
from joinedup.service.site.records import current_record
from joinedup.service.site.report_page import Line
from joinedup.service.site.righted import Righted, in_words, later_words, with_later
from joinedup.service.site.tallies import Number
from joinedup.service.site.wording import SHORT_HASH, agency_title, shortened, theme_title
from joinedup.service.site.words import day_in_words, number_in_words, short_day_in_words

register = template.Library()

register.filter("agency_title", agency_title)
register.filter("theme_title", theme_title)


def _labels(titles: Iterable[str], what: str) -> str:
    """Short labels in a row, a space before each; `what` says their sort and is their style class."""
    return format_html_join("", ' <span class="ju-label ju-label--{}">{}</span>', ((what, each) for each in titles))


@register.simple_tag
def statement(line: Line, own: str = "", correcting: str = "") -> str:
    """One statement as a list item: its words, where it stands, what it is about, what of it was corrected.

    `own`: the agency under which it is listed, which is not told again. `correcting`: the report's id, where a link
    to correct it is wanted.
    """
    said, text = line.said, escape(line.said.text)
    others = "; ".join(title for title in line.agencies if title != agency_title(own)) if own else ""
    parts = [
        (
            f'<li class="ju-said" id="s-{line.anchor}{"-" + own if own else ""}">{lead_in(said.lead_in)}'
            f'<p class="ju-said__words">{text}</p><p class="ju-said__about">'
            f'<span class="ju-label ju-label--{line.look}">{escape(line.label)}</span> '
            f'<a class="govuk-link" href="{escape(line.address)}">See it on page {said.page}'
            f'<span class="govuk-visually-hidden">: {escape(shortened(said.text))}</span></a>'
        ),
        f' <span class="ju-said__under">under “{escape(said.section)}”</span>' if said.section else "",
        f' <span class="ju-said__others">also {escape(others)}</span>' if others else "",
        *(f' <span class="ju-label ju-label--theme">{escape(title)}</span>' for _, title in line.themes),
        _correcting(correcting, line) if correcting else "",
        f"</p>{righted(line.righted)}</li>",
    ]
    return SafeString("".join(parts))


@register.simple_tag
def lead_in(words: str | None) -> str:
    """What introduces the list that a statement stands in, to be read before it; nothing where nothing does.

    Without it a point may say the opposite: what "leaders must ensure that:" asks for reads as though it were so.
    """
    return format_html('<p class="ju-said__lead">{}</p>', words) if words else ""


@register.simple_tag
def righted(given: Iterable[Righted]) -> str:
    """What was corrected: the value that was read, the one that is right, when and why; never who said so."""
    parts = [
        format_html(
            '<div class="ju-righted"><p>{}</p><p>{}: {}</p></div>',
            _what(one),
            day_in_words(one.given.corrected_at.date()),
            one.given.reason,
        )
        for one in given
    ]
    return SafeString("".join(parts))


@register.simple_tag
def corrected_grade(shown: Graded | None) -> str:
    """That a grade on an area's page was corrected, or that its report's was and the official one stands, leading to
    where the page tells what was read; nothing else."""
    report, other = ("", "") if shown is None else shown.otherwise or (shown.corrected, "")
    if not report:
        return ""
    return format_html(
        ' <a class="govuk-link ju-corrected-grade" href="#report-{}">{}'
        '<span class="govuk-visually-hidden">: what was read</span></a>',
        report[:SHORT_HASH],
        f"The report’s is corrected to {other}" if other else "Corrected",
    )


def _what(one: Righted) -> str:
    if one.given.standing == WITHDRAWN:
        return format_html(
            '<strong class="ju-righted__mark">Correction taken back</strong> {}: stands as read, {}', one.title, one.new
        )
    return format_html(
        '<strong class="ju-righted__mark">Corrected</strong> {}: read as <del>{}</del>, corrected to <ins>{}</ins>',
        one.title,
        one.old,
        one.new,
    )


@register.simple_tag
def righted_of(statement: str) -> str:
    """The same of one statement (its id), for the lists that are of many reports."""
    return righted(map(in_words, corrected(current_record()).by_statement.get(statement, ())))


def _correcting(report: str, line: Line) -> str:
    return format_html(
        ' <a class="govuk-link" href="{}?finding={}">Correct this<span class="govuk-visually-hidden">: {}</span></a>',
        reverse("correct", args=[report]),
        line.key,
        shortened(line.said.text),
    )


@register.simple_tag
def grid_rows(grid: Grid, place: str) -> str:
    """The rows of the explorer's table: each number a link to its statements."""
    rows = [
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">'
        f'<a class="govuk-link" href="{escape(place + row.query)}#statements">{escape(row.title)}</a></th>'
        f"{''.join([_cell(each, place) for each in row.cells])}</tr>"
        for row in grid.rows
    ]
    return SafeString("\n".join(rows))


def _cell(each: Cell, place: str) -> str:
    if not each.number:
        return '<td class="govuk-table__cell ju-grid__cell"><span class="ju-grid__none">0</span></td>'
    return (
        f'<td class="govuk-table__cell ju-grid__cell ju-grid__cell--{each.shade}">'
        f'<a href="{escape(place + each.query)}#statements">{each.number:,}'
        f'<span class="govuk-visually-hidden"> statement{pluralize(each.number)}: {escape(each.words)}</span></a></td>'
    )


@register.simple_tag
def demand(shown: Shown, place: bool = True) -> str:
    """One statement of a list: its words, of whom, about what, where from, and who answers for it.

    `place` False: the area is not told, for a list on one area.
    """
    asked = shown.demand
    about = asked.report
    where = format_html(
        '<a class="govuk-link" href="{}">{}, {}</a>', shown.report, shown.where, short_day_in_words(about.day)
    )
    if place and about.area:
        where = format_html(
            '<a class="govuk-link" href="{}">{}</a>, {}', reverse("area", args=[about.area]), about.area_name, where
        )
    return format_html(
        '<li class="ju-said">{}<p class="ju-said__words">{}</p><p class="ju-said__about">{}{}{}</p>'
        '<p class="ju-said__about">{}. <a class="govuk-link" href="{}">Read it on page {}'
        '<span class="govuk-visually-hidden">: {}</span></a></p>{}{}</li>',
        lead_in(asked.lead_in),
        asked.text,
        format_html('<span class="ju-label ju-label--{}">{}</span>', shown.look, shown.kind),
        _labels(shown.agencies, "agency"),
        _labels(shown.themes, "theme"),
        where,
        shown.address,
        asked.page,
        shortened(asked.text),
        _answering(asked.agencies),
        righted_of(asked.id),
    )


def _answering(held: Iterable[Held]) -> str:
    """Who answers for a statement: the posts, the people named for them in the report, to whom they answer.

    A post that answers for two of the agencies (health, and the partnership of an area SEND report) is told once.
    """
    every = [one for one in held if one.posts or one.decided == "words"]
    posts = (part for one in every for part in ([" or ".join(_posts(one))] if one.decided == "either" else _posts(one)))
    if told := "; ".join(dict.fromkeys(filter(None, posts))):
        return format_html('<p class="ju-said__about ju-said__answers">Answers for it: {}.</p>', told)
    return SafeString('<p class="ju-said__about ju-said__answers">No post answers for it.</p>' if every else "")


def _posts(held: Held) -> Iterator[str]:
    for post in held.posts:
        people = ", ".join(person.name for person in held.holders(post.post.key))
        bodies = ", ".join(name for _, name in post.bodies)
        words = post.post.title + (f", {bodies}" if bodies else "") + (f" ({people})" if people else "")
        yield words + (f", who {post.answers_in_words}" if post.answers_to else "")


RELATIONS = {
    "asked_again": "asks for it again",
    "now_praised": "praises it",
    "looked_at": "looks at it, neither asks nor praises",
}


@register.simple_tag
def answered(thing: Answered, saying: str = "") -> str:
    """One thing asked for as a list item: its wording, and each later one with what it does and how sure that is.

    `saying`: the area (its slug), where links to say what is on the same thing are wanted.
    """
    later = format_html_join(
        "",
        '{}<p class="ju-said__words"><span class="ju-again__when ju-again__when--{}">{} {}</span> {} {} '
        '<span class="ju-quiet-inline">on the same thing: {}</span>{}</p>{}',
        (
            (
                lead_in(one.wording.lead_in), one.relation, one.wording.when, RELATIONS[one.relation],
                one.wording.words, _read(one.wording), one.how_sure, _doubting(saying, thing.first, one),
                righted_of(one.wording.id),
            )
            for one in thing.later
        ),
    )  # fmt: skip
    return format_html(
        '<li class="ju-again__thing">{}{}{}</li>', _worded(thing.first), later, _adding(saying, thing.first)
    )


@register.simple_tag
def wordings(asked: Iterable[Wording], saying: str = "") -> str:
    """Things asked for as list items, each with its words and where they stand. `saying`: as of `answered`."""
    return format_html_join(
        "", '<li class="ju-again__thing">{}{}</li>', ((_worded(one), _adding(saying, one)) for one in asked)
    )


@register.simple_tag(name="worded")
def _worded(one: Wording) -> str:
    return format_html(
        '{}<p class="ju-said__words"><span class="ju-again__when">{}</span> {} {}</p>{}{}',
        lead_in(one.lead_in),
        one.when,
        one.words,
        _read(one),
        righted_of(one.id),
        _said_of(one.id),
    )


def _said_of(statement: str) -> str:
    """What people say otherwise than the program of a thing asked for and of later statements."""
    record = current_record()
    said = corrected(record).of_links.get(statement, ())
    return righted(with_later(record, one) for one in said if not one.confirmed)


def _doubting(area: str, first: Wording, later: Later) -> str:
    """The way to say whether a pair is one; nothing where that is not wanted."""
    if not area:
        return ""
    words = CHANGE if later.by_person else "Not the same thing?"
    return _saying(same_address(area, first, later.wording.named), words, later.wording.words)


def _adding(area: str, first: Wording) -> str:
    """The ways to change what was said not to be on the same thing, and to say that a later statement is; nothing where
    that is not wanted."""
    if not area:
        return ""
    record = current_record()
    dropped = (one for one in corrected(record).of_links.get(first.id, ()) if one.new == "no")
    told = ((one.later[0], later_words(record, one)) for one in dropped)
    ways = [_saying(same_address(area, first, named(*each)), CHANGE, each[1]) for each in told]
    ways.append(_saying(same_address(area, first), "Say that a later statement is on the same thing", first.words))
    return format_html_join("", '<p class="govuk-body-s">{}</p>', ((way,) for way in ways))


CHANGE = "Change what a person says"


def _saying(address: str, words: str, of: str) -> str:
    return format_html(
        ' <a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
        address,
        words,
        shortened(of),
    )


def _read(one: Wording) -> str:
    return format_html(
        '<a class="govuk-link ju-page" href="{}">read it<span class="govuk-visually-hidden"> on its page: {}, {}</span>'
        "</a>",
        one.address,
        one.when,
        shortened(one.words),
    )


@register.simple_tag
def tally(numbers: Iterable[Number], agency: str, day: dt.date | None) -> str:
    """How many statements of each sort hold an agency responsible in a report of a day, each number a link to them;
    that it is mentioned, where they neither ask nor praise nor are of concern."""
    told = (
        format_html('<span class="ju-{}">{}</span>', one.sort, _counted(one, f"{agency}, {short_day_in_words(day)}"))
        for one in numbers
        if one.counted
    )
    return format_html_join(" ", "{}", ((each,) for each in told)) or SafeString(
        '<span class="ju-nothing">mentioned</span>'
    )


def _counted(one: Number, where: str) -> str:
    if not one.query:
        return f"{one.counted:,} {one.title}"
    return format_html(
        '<a href="{}{}#statements">{} {}<span class="govuk-visually-hidden">: {}</span></a>',
        reverse("accountability"),
        one.query,
        number_in_words(one.counted),
        one.title,
        where,
    )


@register.simple_tag
def asked_numbers(numbers: Iterable[tuple[str, int, str]], place: str = "") -> str:
    """How many things had each fate, each number a link to them."""
    return format_html(
        '<ul class="ju-numbers ju-fates">{}</ul>',
        format_html_join(
            "",
            '<li><a class="ju-numbers__one" href="{}#{}"><strong>{}</strong> {}</a></li>',
            ((place, key, number_in_words(number), title) for key, number, title in numbers),
        ),
    )


@register.simple_tag
def righted_one(given: Righted) -> str:
    """One correction."""
    return righted((given,))


@register.simple_tag
def asking_offers() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(name, label, choices) of the questions that the first page asks."""
    form = AskingForm(QueryDict())
    years = [("", "Any year"), *((f"{year}-01-01", str(year)) for year in range(timezone.localdate().year, 2008, -1))]
    named = [(name, str(form.fields[name].label), form.offered(name)) for name in ("agency", "theme", "region")]
    return [*named, ("since", "Since", years)]
