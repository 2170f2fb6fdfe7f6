"""The rules for numbers given to one person: NHS numbers and unique pupil numbers.

A number may be written with any spaces, hyphens or dots between its digits, also over the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from joinedup.service.disclosure.model import Found, Looked, Strength

BETWEEN = r"[ \t\r\n\u00a0\u00ad\u2000-\u200d\u2010-\u2015\u202f\u2060\u2212.\-]"
"""What may stand between the digits of one number."""
_RUN = re.compile(rf"\d(?:{BETWEEN}{{0,3}}\d)*")
_GROUP = re.compile(r"\d+")
_NHS_WORD = re.compile(r"\bN\.?H\.?S\b\.?(?!\s?(?:England|Trust|Foundation))(?:\sno\.|[^.;\n]){0,30}$", re.IGNORECASE)
_ISBN_WORD = re.compile(r"\bI\.?S\.?[BS]\.?N\b[^.;\n]{0,12}$", re.IGNORECASE)
_USUAL = ([3, 3, 4], [10])
_BEFORE = 45


def nhs_numbers(text: str, looked: Looked) -> Iterator[Found]:
    """Ten digits whose last is the check digit by the eleven's remainder (NHS Data Dictionary).

    Scotland's and Northern Ireland's numbers follow the same rule. Ten digits that the text calls an NHS number are
    marked whatever the last is: one digit mistyped still leads to the child.
    """
    for run in _RUN.finditer(text):
        groups = [(run.start() + each.start(), each[0]) for each in _GROUP.finditer(run[0])]
        at = 0
        while at < len(groups):
            taken = _ten(groups, at)
            found = _nhs(text, groups[at : at + taken]) if taken else None
            if found:
                yield found
            at += taken if found else 1


def _ten(groups: list[tuple[int, str]], at: int) -> int:
    """How many groups of digits from `at` make ten digits; 0 where none do."""
    total = 0
    for taken, (_, group) in enumerate(groups[at : at + 10], start=1):
        total += len(group)
        if total >= 10:
            return taken if total == 10 else 0
    return 0


def _nhs(text: str, groups: list[tuple[int, str]]) -> Found | None:
    start, end = groups[0][0], groups[-1][0] + len(groups[-1][1])
    before = text[max(0, start - _BEFORE) : start]
    if _ISBN_WORD.search(before):
        return None  # the last digit of an ISBN of ten is found in the same way
    called_so = _NHS_WORD.search(before) is not None
    if not checks("".join(group for _, group in groups)):
        return Found(start, end, Strength.LIKELY) if called_so else None
    if called_so:
        return Found(start, end, Strength.CERTAIN)
    sizes = [len(group) for _, group in groups]
    if sizes == [3, 3, 4]:
        return Found(start, end, Strength.CERTAIN)
    return Found(start, end, Strength.LIKELY if sizes in _USUAL or len(sizes) <= 5 else Strength.HINT)


def checks(ten: str) -> bool:
    """Whether the last of ten digits is the check digit of an NHS number."""
    digits = [int(each) for each in ten]
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check != 10 and check % 11 == digits[9] and any(digits)


_UPN = re.compile(
    rf"(?<![^\W_])([A-HJ-NP-RT-Z]){BETWEEN}{{0,2}}((?:\d{BETWEEN}{{0,2}}){{11}})([\dA-HJ-NP-RT-Z])(?![^\W_])",
    re.IGNORECASE,
)
_UPN_WORD = re.compile(r"\b(?:UPN|pupil\s{1,3}(?:number|no))\b(?:\sno\.|[^.;\n]){0,30}$", re.IGNORECASE)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def pupil_numbers(text: str, looked: Looked) -> Iterator[Found]:
    """A check letter and twelve digits, the last of them a letter in a temporary number (DfE's guide to UPNs).

    A letter that does not fit the digits is marked where the number is temporary or the text calls it a pupil number.
    """
    for found in _UPN.finditer(text):
        letter, eleven, last = found[1].upper(), "".join(filter(str.isdigit, found[2])), found[3].upper()
        digits = [*map(int, eleven), int(last) if last.isdigit() else _UPN_LETTERS.index(last)]
        total = sum(weight * digit for weight, digit in enumerate(digits, start=2))
        if _UPN_LETTERS[total % 23] == letter:
            yield Found(*found.span(), Strength.CERTAIN)
        elif last.isalpha() or _UPN_WORD.search(text[max(0, found.start() - _BEFORE) : found.start()]):
            yield Found(*found.span(), Strength.LIKELY)
