"""The measures that are bundled: some forty that say how a place's services for children are faring.

Chosen for what inspectors ask about (the front door, protection, care, leaving care, the workforce, special
educational needs, youth justice) and for being published for every area, each region and England, year by year. The
keys are those that `joinedup.statistics` gives.
"""

from __future__ import annotations

POPULATION = "ees/e0325fc0/population-estimate/age-group=children-aged-0-to-17-years"

HEADLINES: tuple[str, ...] = (
    POPULATION,
    # Coming to notice
    "lait/CIN",
    "lait/CPP_Total_Rateper10,000",
    "lait/ReReferral",
    "lait/CIN_Refferals_NFA",
    "lait/Continue_Assess_Comp",
    # Protection
    "lait/Section_47",
    "lait/CP_conf_15days",
    "lait/CPP_rate",
    "lait/PrevRegCPR",
    "lait/CPPlans2yrs",
    "lait/RevCP",
    "lait/CareApplications",
    # In care
    "lait/LAC",
    "lait/LACnum",
    "lait/LAC_Start_Rate",
    "lait/LACStable_2016on",
    "lait/LAC_LongStable%",
    "lait/LACDistance",
    "lait/LAC_Foster_Placements",
    "lait/Children_missing",
    "lait/LAC_Convictions",
    "lait/Emotional_LAC",
    "lait/LACHealth%",
    "lait/%_of LAC Adopted",
    # Leaving care
    "lait/CareLeaverAcc",
    "lait/CareLeaverEET",
    "lait/CareLeavers_LA_NotInTouch",
    # Those who do the work
    "lait/Work_Force_NoSW",
    "lait/Work_Force_TO_Rate",
    "lait/Work_Force_Vac_Rate",
    "lait/Work_Force_Agecy_Rate",
    "lait/Work_Force_AvgNumCase_SW",
    "lait/Work_Force_SWAbsence",
    # Special educational needs, youth justice
    "lait/SEN_TotStat",
    "lait/SEN_EHC_Excpt_20wks",
    "lait/SEN_AppealableDec",
    "lait/FirstYJS",
    "lait/ReoffYO15-17",
)

SAID: dict[str, dict[str, str]] = {
    POPULATION: {"title": "Children aged 0 to 17", "unit": "number", "topic": "Population"},
}
"""What the publisher's file leaves a person to guess: its own words name a column."""
