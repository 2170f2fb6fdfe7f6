"""The questions of accountability answered in plain Python, slowly and obviously, from the rows of the tables."""

import datetime as dt

from joinedup import frameworks
from joinedup.areas import get_area, get_body, services_of

KINDS = ("priority_action", "improvement", "strength", "finding")


def day_of(report):
    return report["published"] or report["end_date"] or report["start_date"]


def polarity_of(finding):
    if finding["polarity"]:
        return finding["polarity"]
    return {"strength": "strength", "finding": None}.get(finding["kind"], "weakness")


def cycle_of(report):
    began = report["start_date"] or report["published"] or report["end_date"]
    if report["framework"] is None or began is None:
        return "no-version"
    ran = [version for version in frameworks.versions(report["framework"]) if version.valid_from]
    in_force = [version for version in ran if version.valid_from <= began] or ran[:1]
    return in_force[-1].id


def year_of(report):
    return str(day_of(report).year) if day_of(report) else "none"


def agencies_of(tables, finding):
    return sorted(row["agency"] for row in tables["responsibilities"] if row["finding"] == finding["id"])


def sureness_of(tables, finding):
    """How sure the surest agency is: a person's answer wholly, none not at all."""
    sure = [row["confidence"] for row in tables["responsibilities"] if row["finding"] == finding["id"]]
    return max((1 if each is None else each for each in sure), default=0)


def themes_of(tables, finding):
    return sorted(row["theme"] for row in tables["themes"] if row["finding"] == finding["id"])


def some(found, wanted):
    """Whether any of what was found was asked for; nothing found is "none"."""
    return wanted is None or any(each in wanted for each in (found or ["none"]))


def served(body, report):
    day = day_of(report)
    if report["area"] is None or day is None:
        return False
    return any(
        service.body.key == body
        and (service.start is None or service.start <= day)
        and (service.end is None or day < service.end)
        for service in services_of(report["area"])
    )


def accountability(
    tables, *, area=None, region=None, agency=None, theme=None, framework=None, period=None, body=None,
    kinds=("priority_action", "improvement"), polarity=None, sure_below=None, since=None, until=None, text=None,
    fictional=False,
):  # fmt: skip
    """The ids of the statements that pass, in order."""
    reports = {row["sha256"]: row for row in tables["reports"]}
    years = [one for one in period or [] if one in ("2014", "2022", "none")]
    versions = [one for one in period or [] if one not in years]
    kept = []
    for finding in tables["findings"]:
        report = reports[finding["report"]]
        day = day_of(report)
        tests = (
            fictional or not report["fictional"],
            finding["kind"] in kinds,
            polarity in (None, polarity_of(finding)),
            sure_below is None or 0 < sureness_of(tables, finding) < sure_below,
            area is None or report["area"] in area,
            region is None or (report["area"] is not None and get_area(report["area"]).region in region),
            framework is None or report["framework"] in framework,
            since is None or (day is not None and day >= since),
            until is None or (day is not None and day <= until),
            not years or year_of(report) in years,
            not versions or cycle_of(report) in versions,
            body is None or served(body, report),
            body is None or get_body(body).agency in agencies_of(tables, finding),
            some(agencies_of(tables, finding), agency),
            some(themes_of(tables, finding), theme),
            text is None or text.lower() in finding["text"].lower(),
        )
        if all(tests):
            kept.append((finding, report))
    # Newest report first, and within it the order of its own statements.
    kept.sort(key=lambda pair: pair[0]["ordinal"])
    kept.sort(key=lambda pair: (day_of(pair[1]) or dt.date.min, pair[1]["sha256"]), reverse=True)
    return [finding["id"] for finding, _ in kept]
