"""``python -m openyj.plancheck FILE...``: the same as ``openyj check-plan``, without the rest of the project."""

import sys

from openyj.plancheck.command import main

sys.exit(main())
