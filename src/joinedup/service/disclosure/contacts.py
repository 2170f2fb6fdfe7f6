"""The rules for places where a child can be reached: postcodes, telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from joinedup.service.disclosure.model import Found, Looked, Strength

_AREAS = frozenset(
    re.findall(
        r"\w+",
        "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
        "FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N "
        "NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF "
        "TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE",
    )
)
_POSTCODE = re.compile(
    r"(?<![^\W_])([A-Z]{1,2})(\d[A-Z\d]?)([ \t\r\n\u00a0\u2000-\u200b\u202f-]{0,3})(\d[ABD-HJLNP-UW-Z]{2})(?![^\W_])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)")


def postcodes(text: str, looked: Looked) -> Iterator[Found]:
    """The form of a whole postcode in one of the postal areas; "S1 2nd" is a reference and an ordinal, not one.

    A district by itself (NN4) names some thousands of homes and is let be.
    """
    for found in _POSTCODE.finditer(text):
        if found[1].upper() in _AREAS and not _ORDINAL.fullmatch(found[4]):
            as_printed = found[0].isupper() and len(found[3]) == 1
            yield Found(*found.span(), Strength.CERTAIN if as_printed else Strength.LIKELY)


_TELEPHONE = re.compile(
    r"(?<![\w+£$€/])(?<!\d[.,-])(?:(?:\+|00)44[\s.\u00a0-]{0,2}(?:\(0\)[\s\u00a0]{0,2})?|\(?0)"
    r"(?=[1235789])(?:\d[\s().\u00a0\u2010-\u2014/-]{0,2}){8,9}\d(?![\d%]|[.,]\d)"
)
_PUBLIC_LINE = re.compile(r"^0(?:80|3)")


def telephones(text: str, looked: Looked) -> Iterator[Found]:
    """Nine or ten digits after 0 or +44 that begin as numbers of the United Kingdom do (Ofcom's numbering plan).

    Numbers that begin 03 or 080 are bodies' own lines: a hint. Money, decimals and percentages are no telephones.
    """
    for found in _TELEPHONE.finditer(text):
        number = re.sub(r"\D", "", found[0].replace("(0)", ""))
        national = "0" + number.removeprefix("00").removeprefix("44") if number[:2] in ("44", "00") else number
        yield Found(*found.span(), Strength.HINT if _PUBLIC_LINE.match(national) else Strength.LIKELY)


_AT = re.compile(r"[@＠]|[ ]?[\[(][ ]?at[ ]?[\])][ ]?", re.IGNORECASE)
_LOCAL = re.compile(r"[\w.+'’-]+$")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:(?:\.|[ ]?[\[(][ ]?dot[ ]?[\])][ ]?)[\w-]{1,63}){1,8}", re.IGNORECASE)
_LOCAL_LENGTH = 64
_PUBLIC_BODY = re.compile(r"(?:^|\.)(?:gov\.uk|nhs\.uk|nhs\.net|police\.uk|parliament\.uk)$", re.IGNORECASE)
_OFFICE = frozenset(
    re.findall(
        r"\w+",
        "admin cafcass childrens children complaints contact customer data duty early enquiries enquiry feedback foi "
        "front frontdoor governance help helpdesk hello info information inspection inspections lado mash media news "
        "office participation partnership post press privacy quality records referral referrals safeguarding "
        "scrutiny send sendiass services support team yot",
    )
)


def emails(text: str, looked: Looked) -> Iterator[Found]:
    """Anything with an @ between a name and a domain, also as "(at)".

    An office's own address at a public body (enquiries@…gov.uk) is let be; a person's there is a hint, since it is
    most likely a member of staff's.
    """
    for at in _AT.finditer(text):
        local = _LOCAL.search(text[max(0, at.start() - _LOCAL_LENGTH) : at.start()])
        domain = _DOMAIN.match(text, at.end(), at.end() + 255)
        if not local or not domain:
            continue
        public = _PUBLIC_BODY.search(domain[0]) is not None
        if public and re.split(r"[\W_]", local[0].casefold())[0] in _OFFICE:
            continue
        yield Found(at.start() - len(local[0]), domain.end(), Strength.HINT if public else Strength.LIKELY)
