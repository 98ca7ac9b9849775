"""Checks and tests, as a person and as CI runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ops import assets, environment, postgres
from ops.places import ROOT, Problem, running_as_root

CODE = ["src", "ops", "tests", "benchmarks", "conftest.py", "manage.py", "run"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test(arguments: list[str]) -> int:
    """Without arguments, every check and then every test; with them, only what they name."""
    assets.install(ROOT, dev=True)
    ensure_browser()
    ensure_spark()
    postgres.start()
    if arguments:
        return pytest(arguments)
    failed = check()
    return pytest(["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]) or failed


def pytest(arguments: list[str]) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)


def ensure_browser() -> None:
    """A browser for the tests that drive one: installed where this machine lets us, otherwise the command to type.

    In CI a missing browser is a failure; on a desk those tests are skipped, and say so."""
    if any(shutil.which(name) for name in CHROMIUM):
        return
    install = ["apt-get", "install", "--yes", "--quiet", "chromium", "fonts-liberation"]
    if shutil.which("apt-get") and running_as_root():
        print("Installing a browser for the tests ...", flush=True)
        subprocess.call(["apt-get", "update", "--quiet"], stdout=subprocess.DEVNULL)
        subprocess.call(install, stdout=subprocess.DEVNULL)
    if any(shutil.which(name) for name in CHROMIUM):
        return
    message = f"No Chromium was found for the browser tests. Type: sudo {' '.join(install)}"
    if os.environ.get("CI"):
        raise Problem(message)
    print(f"{message}\nThe browser tests are skipped until then.", flush=True)


def ensure_spark() -> None:
    """Spark for the tests that compute the measures with it, where Java is found.

    In CI a missing Java is fetched where this machine lets us, and otherwise a failure; on a desk those tests are
    skipped, and say so."""
    java = "openjdk-17-jre-headless"
    if shutil.which("java") is None and os.environ.get("CI") and shutil.which("apt-get") and running_as_root():
        print("Installing Java for the tests of Spark ...", flush=True)
        subprocess.call(["apt-get", "update", "--quiet"], stdout=subprocess.DEVNULL)
        subprocess.call(["apt-get", "install", "--yes", "--quiet", java], stdout=subprocess.DEVNULL)
    if shutil.which("java"):
        environment.ensure_spark()
        return
    message = f"No Java was found for the tests of Spark. Type: sudo apt-get install {java}"
    if os.environ.get("CI"):
        raise Problem(message)
    print(f"{message}\nThe tests of Spark are skipped until then.", flush=True)


def check() -> int:
    """Every check, one after the other; how many failed is the exit code."""
    checks = {
        "code style": [tool("ruff"), "check", "--quiet", *CODE],
        "code layout": [tool("ruff"), "format", "--check", "--quiet", *CODE],
        "types": [tool("mypy")],
        "order of rooms": [tool("lint-imports")],
        "templates": [tool("djlint"), "src", "--lint", "--quiet"],
        "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    }
    environment = {**postgres.site_environment("postgres", mode="test"), "PYTHONPATH": str(ROOT / "src")}
    failed = 0
    for name, command in checks.items():
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        print(f"{name:<16} {'right' if done.returncode == 0 else 'WRONG'}", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout[-6000:] + done.stderr[-3000:], flush=True)
    return failed


def fix() -> int:
    """Format the code and mend what the linter can mend."""
    mended = subprocess.call([tool("ruff"), "check", "--fix", *CODE], cwd=ROOT)
    return subprocess.call([tool("ruff"), "format", *CODE], cwd=ROOT) or mended


def lock() -> int:
    """Write the locks anew: exact versions with hashes, no addresses of where they came from."""
    for name in ("site", "test", "spark"):
        done = subprocess.call(
            [tool("uv"), "pip", "compile", "--quiet", "--generate-hashes", "--no-emit-index-url", "--no-header",
             "--universal", "--python-version", "3.11", f"requirements/{name}.in", "-o", f"requirements/{name}.txt"],
            cwd=ROOT,
        )  # fmt: skip
        if done:
            return done
    return 0
