"""What a worker does once, so that the first page need not."""

from __future__ import annotations

import os
import subprocess
import sys

from openyj.measures.workbench import definition
from openyj.performance.charts import drawn_svg
from openyj.performance.warm import warm_up


def test_definitions_are_translated_and_the_drawing_has_begun():
    from openyj import measures
    from openyj.core import clock

    definition.cache_clear()
    drawn_svg.cache_clear()
    warm_up()
    assert drawn_svg.cache_info().misses == 1
    before = definition.cache_info().misses
    for measure in measures.ALL.values():
        definition(measure, clock.today())
    assert definition.cache_info().misses == before == len(measures.ALL)


def test_a_management_command_does_not_load_what_draws():
    """Loading it costs every command time, and drawing before a fork hangs the child."""
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        "sys.exit('altair' in sys.modules or 'vl_convert' in sys.modules)"
    )
    path = os.pathsep.join(part for part in sys.path if part)
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, check=False)
    assert done.returncode == 0
