"""The reference page says what the rules say."""

from openyj.plancheck.reference import PAGE, page


def test_the_reference_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m openyj.plancheck.reference"
