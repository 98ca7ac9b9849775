"""Bringing the design system's files, with a stand-in for npm that needs no network."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from ops.assets import install
from ops.places import Problem

ROOT = Path(__file__).parents[2]
VENDOR = Path("src/openyj/core/static/vendor")
CSS = (
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
    ".a{font-family:GDS Transport,arial,sans-serif;background:url(/assets/images/icon-x.svg)}"
    ".crest{background-image:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=x.css.map */"
)
NPM = """#!{python}
import json, pathlib, sys
log = pathlib.Path({log!r})
log.write_text(log.read_text() + " ".join(sys.argv[1:]) + "\\n" if log.exists() else " ".join(sys.argv[1:]) + "\\n")
if {fails}:
    print("npm error: no network", file=sys.stderr)
    sys.exit(1)
def put(path, text):
    path = pathlib.Path("node_modules", path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
css = {css!r}
put("govuk-frontend/dist/govuk/govuk-frontend.min.css", css)
put("govuk-frontend/dist/govuk/govuk-frontend.min.js", "export {{}};\\n//# sourceMappingURL=x.js.map\\n")
put("govuk-frontend/dist/govuk/components/tag/fixtures.json", "{{}}")
put("@ministryofjustice/frontend/moj/moj-frontend.min.css", css)
put("@ministryofjustice/frontend/moj/moj-frontend.min.js", "export {{}};//# sourceMappingURL=x.js.map")
for image in ("icon-x.svg", "govuk-logotype-crown.png", "moj-logotype-crest-2024.svg"):
    put("@ministryofjustice/frontend/moj/assets/images/" + image, "<svg/>")
if "--omit=dev" not in sys.argv:
    put("axe-core/axe.min.js", "axe")
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A checkout with a lock and an npm that writes what the real one would; `place.npm(fails=True)` breaks it."""

    class Place:
        root = tmp_path / "checkout"
        log = tmp_path / "npm.log"

        def npm(self, fails=False, css=CSS):
            path = tmp_path / "bin" / "npm"
            path.parent.mkdir(exist_ok=True)
            path.write_text(NPM.format(python=sys.executable, log=str(self.log), fails=fails, css=css))
            path.chmod(path.stat().st_mode | stat.S_IXUSR)

        def calls(self):
            return self.log.read_text().splitlines() if self.log.exists() else []

        def files(self):
            found = (self.root / VENDOR).rglob("*")
            return sorted(str(path.relative_to(self.root / VENDOR)) for path in found if path.is_file())

    made = Place()
    made.root.mkdir()
    (made.root / "package.json").write_text("{}")
    (made.root / "package-lock.json").write_text("{}")
    made.npm()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return made


WANTED = [
    "STAMP",
    "govuk/govuk-frontend.min.css",
    "govuk/govuk-frontend.min.js",
    "moj/assets/images/icon-x.svg",
    "moj/moj-frontend.min.css",
    "moj/moj-frontend.min.js",
]


def test_only_what_the_page_needs_is_taken_and_no_reserved_mark(place):
    install(place.root, dev=False)
    assert place.files() == WANTED
    assert place.calls() == ["ci --ignore-scripts --no-audit --no-fund --omit=peer --omit=dev"]
    for sheet in (place.root / VENDOR).rglob("*.css"):
        assert sheet.read_text() == (
            ".a{font-family:arial,sans-serif;background:url(assets/images/icon-x.svg)}.crest{background-image:none}"
        )
    for script in (place.root / VENDOR).rglob("*.js"):
        assert "sourceMappingURL" not in script.read_text()


def test_tests_get_axe_and_the_examples_as_well(place):
    install(place.root, dev=False)
    assert not (place.root / ".data/axe.min.js").exists()
    install(place.root, dev=True)
    assert (place.root / ".data/axe.min.js").read_text() == "axe"
    assert (place.root / ".data/reference/tag.json").exists()


def test_a_second_run_does_nothing_until_the_lock_changes(place):
    install(place.root, dev=True)
    install(place.root, dev=True)
    install(place.root, dev=False)
    assert len(place.calls()) == 1
    (place.root / "package-lock.json").write_text('{"new": 1}')
    install(place.root, dev=False)
    assert len(place.calls()) == 2


def test_a_run_that_failed_says_what_to_do_and_the_next_heals_it(place):
    place.npm(fails=True)
    with pytest.raises(Problem, match=r"(?s)npm could not bring .* run the command again.*npm error: no network"):
        install(place.root, dev=False)
    assert place.files() == []
    place.npm()
    install(place.root, dev=False)
    assert place.files() == WANTED


def test_a_run_that_was_killed_half_way_heals(place):
    install(place.root, dev=False)
    vendor = place.root / VENDOR
    (vendor / "STAMP").unlink()
    (vendor / "govuk/govuk-frontend.min.css").unlink()
    (vendor / ".part-1/node_modules").mkdir(parents=True)
    (vendor / ".part-1/node_modules/half").write_text("x")
    install(place.root, dev=False)
    assert place.files() == WANTED


def test_a_failed_upgrade_leaves_the_old_files_standing(place):
    install(place.root, dev=False)
    (place.root / "package-lock.json").write_text('{"new": 1}')
    place.npm(fails=True)
    with pytest.raises(Problem):
        install(place.root, dev=False)
    assert place.files() == [name for name in WANTED if name != "STAMP"]


def test_a_style_sheet_of_another_shape_is_not_taken_blindly(place):
    place.npm(css=".a{background:url(/elsewhere/x.svg)}")
    with pytest.raises(Problem, match="new shape"):
        install(place.root, dev=False)


def test_the_committed_lock_names_exact_versions_and_no_address():
    text = (ROOT / "package-lock.json").read_text()
    assert "://" not in text and "resolved" not in text
    packages = json.loads(text)["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"].startswith("sha512-")
