"""The command: exit codes, the machine's list, dismissals, comments, several Plans at once."""

import json

import docx
import pytest
import yaml

from openyj.plancheck.command import main
from openyj.plancheck.tests.plans import BUDGET, as_docx, as_pdf, changed, invented

WRONG = "Of them 25 of 118 (31.2%) reoffended.\n"
RIGHT = "Of them 25 of 118 (21.2%) reoffended.\n"


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


@pytest.fixture
def right(tmp_path):
    path = tmp_path / "right.txt"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def test_nothing_found_is_0_and_something_is_1(wrong, right, capsys):
    assert main([str(right)]) == 0
    assert "nothing contradicts itself" in capsys.readouterr().out
    assert main([str(wrong)]) == 1
    assert "1 contradiction." in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_2_and_the_others_are_still_checked(wrong, tmp_path, capsys):
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04")
    assert main(["--json", str(bad), str(wrong)]) == 2
    out, err = capsys.readouterr()
    assert "bad.docx" in err
    assert "damaged" in err
    assert [f["file"] for f in json.loads(out)] == [str(wrong)]


def test_the_machines_list_has_five_fields(wrong, right, capsys):
    assert main(["--json", str(wrong)]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {
            "rule": "share-is-not-its-count",
            "figures": ["25", "118", "31.2%"],
            "lines": [1],
            "confidence": "high",
            "message": "25 of 118 is 21.2%, printed 31.2%.",
        }
    ]
    assert main(["--json", str(right)]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_undecided_is_left_out_of_the_list_unless_asked_for(tmp_path, capsys):
    path = tmp_path / "plan.txt"
    path.write_text("The rate fell by 5.6% from 38.9% to 33.3%.\n", encoding="utf-8")
    assert main(["--json", str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["--json", "--undecided", str(path)]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["confidence"] == "undecided"
    assert main([str(path)]) == 0
    assert "Undecided" in capsys.readouterr().out


def test_the_report_shows_place_sentence_arithmetic_and_remedy(wrong, capsys):
    main([str(wrong)])
    report = capsys.readouterr().out
    assert "line 1: Of them 25 of 118 (31.2%) reoffended." in report
    assert "Worked out: 25 / 118 = 21.2%" in report
    assert "To make it right: Print 21.2%" in report
    assert report.index("Sure") < report.index("25 of 118")


def test_money_comes_before_the_rest_in_the_report(tmp_path, capsys):
    path = as_docx(
        invented(budget_table=changed(BUDGET, 1, 4, "73,570"), sexes="We know 90 children (72 boys and 28 girls)."),
        tmp_path / "plan.docx",
    )
    assert main([str(path)]) == 1
    report = capsys.readouterr().out
    assert report.index("Sure, and about money") < report.index("73,570") < report.index("72 and 28")


def test_a_dismissed_finding_stays_quiet_until_its_figure_changes(wrong, tmp_path, capsys):
    kept = tmp_path / "dismissed.yaml"
    assert main(["--write-dismissals", str(kept), str(wrong)]) == 1
    assert main(["--dismissals", str(kept), str(wrong)]) == 2
    assert "does not say why" in capsys.readouterr().err
    entries = yaml.safe_load(kept.read_text(encoding="utf-8"))
    entries[0]["why"] = "The share is of another total."
    kept.write_text(yaml.safe_dump(entries), encoding="utf-8")
    assert main(["--dismissals", str(kept), str(wrong)]) == 0
    assert "1 dismissed before" in capsys.readouterr().out
    wrong.write_text("A line before it.\n\n" + WRONG, encoding="utf-8")
    assert main(["--dismissals", str(kept), str(wrong)]) == 0
    wrong.write_text(WRONG.replace("31.2", "32.2"), encoding="utf-8")
    assert main(["--dismissals", str(kept), str(wrong)]) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rule: x", "a list"),
        ("- figures: [1]", "entry 1"),
        ("- {rule: x, figures: [a]}", "why"),
        ("[", "cannot be read"),
    ],
)
def test_a_file_of_dismissals_that_is_none_is_refused(wrong, tmp_path, capsys, text, words):
    kept = tmp_path / "dismissed.yaml"
    kept.write_text(text, encoding="utf-8")
    assert main(["--dismissals", str(kept), str(wrong)]) == 2
    assert words in capsys.readouterr().err


def test_comments_stand_beside_the_text_and_nothing_else_changes(tmp_path):
    plan = as_docx(
        invented(budget_table=changed(BUDGET, 1, 4, "73,570"), fall="The number has reduced from 76 to 57 (35%)."),
        tmp_path / "plan.docx",
    )
    copy = tmp_path / "commented.docx"
    assert main(["--comments", str(copy), str(plan)]) == 1
    before, after = docx.Document(str(plan)), docx.Document(str(copy))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    said = [c.text for c in after.comments]
    assert any("73,570" in text for text in said)
    assert any("76 to 57" in text for text in said)
    commented = [p.text for p in after.paragraphs if p._p.xpath(".//w:commentReference")]
    assert any("76 to 57 (35%)" in text for text in commented)


def test_comments_are_refused_where_they_cannot_be_written(wrong, tmp_path, capsys):
    assert main(["--comments", str(tmp_path / "out.docx"), str(wrong)]) == 2
    assert ".docx" in capsys.readouterr().err
    plan = as_docx(invented(), tmp_path / "plan.docx")
    assert main(["--comments", str(plan), str(plan)]) == 2
    assert "another name" in capsys.readouterr().err


def test_a_pdf_and_a_word_document_in_one_run(tmp_path, capsys):
    seed = {"fall": "The number has reduced from 76 to 57 (35%)."}
    pdf = as_pdf(invented(**seed), tmp_path / "a.pdf")
    word = as_docx(invented(**seed), tmp_path / "b.docx")
    assert main(["--json", str(pdf), str(word)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(f["file"], f["figures"]) for f in told] == [
        (str(pdf), ["76", "57", "35%"]),
        (str(word), ["76", "57", "35%"]),
    ]
