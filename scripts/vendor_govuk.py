"""Bring GOV.UK Frontend into the service's static files: `make vendor`.

Takes the two packages at the versions below with npm into a throwaway folder, compiles only the components that our
pages use (scripts/govuk/govuk.scss) with our own colours and the system's fonts, and writes the style sheet, the
script, the licence and `version.json` (versions and the SHA-256 of each file written) into the package. The result is
committed, so that running the service needs neither npm nor the network.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

VERSIONS = {"govuk-frontend": "6.6.0", "sass": "1.108.2"}

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "scripts" / "govuk" / "govuk.scss"
TARGET = ROOT / "src" / "joinedup" / "service" / "site" / "static" / "govuk"

# The npm package carries no licence file of its own; this is the MIT text that its repository states.
LICENCE = ROOT / "scripts" / "govuk" / "LICENSE.txt"

# What belongs to GOV.UK alone and must never reach our pages.
FORBIDDEN = ("GDS Transport", "@font-face", "crown", "GOV.UK logo")


def run(*command: str, cwd: Path) -> None:
    """Run a command and stop with its own words if it fails."""
    subprocess.run(command, cwd=cwd, check=True)


def compile_styles(work: Path) -> str:
    """The compressed style sheet; refuses one that holds what is GOV.UK's alone."""
    shutil.copy(SOURCE, work / "govuk.scss")
    run("npx", "--no-install", "sass", "--style=compressed", "--no-source-map", "govuk.scss", "govuk.css", cwd=work)
    styles = (work / "govuk.css").read_text(encoding="utf-8")
    for word in FORBIDDEN:
        if word in styles:
            raise SystemExit(f"The compiled styles hold {word!r}, which is for GOV.UK alone: look at {SOURCE}")
    return styles


def main() -> None:
    """Install, compile, write."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wanted = [f"{name}@{version}" for name, version in VERSIONS.items()]
        flags = ("--no-package-lock", "--ignore-scripts", "--no-fund", "--no-audit", "--silent")
        run("npm", "install", *flags, *wanted, cwd=work)
        script = (work / "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js").read_text(encoding="utf-8")
        files = {
            "govuk.css": compile_styles(work),
            "govuk-frontend.min.js": script.split("//# sourceMappingURL=")[0],
            "LICENSE.txt": LICENCE.read_text(encoding="utf-8"),
        }
    TARGET.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, text in files.items():
        (TARGET / name).write_text(text, encoding="utf-8")
        digests[name] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    record = {"versions": VERSIONS, "sha256": digests}
    (TARGET / "version.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(f"Wrote {', '.join(files)} and version.json to {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
