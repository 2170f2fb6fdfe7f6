"""Writes src/joinedup/areas/data/neighbours.csv from the published lists of statistical neighbours.

    python scripts/make_neighbours.py ../shared/data/official

The folder holds the lists as published: `New_Statistical_Neighbour_Groupings_April_2021.csv` and
`sn_model_2025_wide.csv` (DfE, after NFER's model of 2007). Each gives ten neighbours an area by three-digit code, each
with how close it is. The 2021 file also keeps the old lists of councils that had ended, under a heading of its own;
they are kept too. A neighbour that is no area, or a label that is not one of the model's five, stops the script.
"""

import csv
import sys
from pathlib import Path

from joinedup.areas import find_area
from joinedup.areas.likeness import CLOSENESS

DATA = Path(__file__).resolve().parents[1] / "src" / "joinedup" / "areas" / "data"
EDITIONS = {
    "2021": ("New_Statistical_Neighbour_Groupings_April_2021.csv", "LA num", "SN1"),
    "2025": ("sn_model_2025_wide.csv", "old_la_code", "SN_1"),
}


def main(folder: Path) -> None:
    labels = {label.casefold(): label for label in CLOSENESS}
    with (DATA / "neighbours.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("edition", "area", "neighbours"))
        for edition, (name, code_column, first_column) in EDITIONS.items():
            writer.writerows(rows(edition, folder / name, code_column, first_column, labels))


def rows(edition, path, code_column, first_column, labels):
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    code, first = header.index(code_column), header.index(first_column)
    found = []
    for line in lines:
        if not line[code].strip().isdigit():
            continue  # a heading or an empty line between the two parts
        pairs = zip(line[first : first + 20 : 2], line[first + 1 : first + 20 : 2], strict=True)
        near = [f"{find_area(other).slug}:{labels[label.strip().casefold()]}" for other, label in pairs]
        found.append((edition, find_area(line[code]).slug, ";".join(near)))
    return sorted(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
