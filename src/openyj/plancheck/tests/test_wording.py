"""Sentences as Plans write them: those that contradict themselves are seen, those that do not are left alone."""

import pytest

from openyj.plancheck import check
from openyj.plancheck.reading import read_text

WRONG = [
    "First time entrants fell from 120 in 2021/22 to 96 in 2022/23, a reduction of 30%.",
    "There were 45 first time entrants in 2022/23 compared with 60 in 2021/22, a reduction of 33%.",
    "There were 45 first time entrants compared to 60 the year before, a 33% decrease.",
    "The number of children in custody has increased from 8 to 5 over the last year.",
    "Custody numbers have decreased from 5 to 8.",
    "We saw a 20% increase in referrals, from 100 to 150.",
    "Referrals rose by 20% from 100 to 150.",
    "Of 64 children, 16 (35%) were girls.",
    "35% (16 of 64) of children were girls.",
    "16 out of 64 children (35%) were girls.",
    "The binary rate was 31.2%, with 40 of 104 children reoffending.",
    "In the cohort of 104 children, 40 reoffended, a rate of 31.2%.",
    "42% of staff, or one in five, are part time.",
    "Three quarters (62%) of children were in education.",
    "The FTE rate is 180 per 1,000 population. In the table the first time entrants rate of 180 per 100,000 is shown.",
    "There has been a reduction of 12 first time entrants, from 60 to 45.",
    "The caseload fell from 150 to 120, 40 fewer than the year before.",
    "65% of the workforce is female and 45% male.",
    "The grant is £500,000, made up of £350,000 core grant and £100,000 for prevention.",
    "The rate of custody was 0.3% per 1,000 young people.",
    "The rate reduced to 38.2% from 35.1% the previous year.",
    "Reoffending has fallen to 38.2% compared to 35.1% last year.",
    "The reoffending rate increased by 3.1 percentage points from 35.1% to 40.0%.",
    "The number of first time entrants reduced by 14 percentage points from 105 to 91.",
    "The plan was agreed on 30 February 2023.",
    "The total cost is £1.234.567.",
    "There were 12 custodial sentences, a rate of 0.50 per 1,000. In the year before there "
    "were 6 custodial sentences, a rate of 0.90 per 1,000.",
    "Of the 80 interventions 20 were completed (35%).",
    "Attendance was 85% (102/130).",
    "The cohort has decreased by 25% (from 80 to 70).",
    "Our ETE rate was 72%, which represents 50 of 62 children.",
    "33 children were remanded, up from 22 the year before, an increase of 40%.",
    "A total of 48 orders ended in the year, of which 30 (72%) ended well.",
    "28 of the 40 children (60%) engaged.",
    "The number of victims contacted was 120, and 90 of 120 victims (65%) took part.",
    "The YOT has 30 staff, 18 female and 14 male.",
]
RIGHT = [
    "First time entrants fell from 120 in 2021/22 to 96 in 2022/23, a reduction of 20%.",
    "There were 45 first time entrants in 2022/23 compared with 60 in 2021/22, a reduction of 25%.",
    "Referrals rose by 50% from 100 to 150, and the caseload by 10%.",
    "The rate rose from 180 to 196 per 100,000 (8.9%).",
    "Children aged from 10 to 17 made up 80% of the caseload, and 20% were girls.",
    "The number of orders fell from 150 to 120 while reoffending increased by 5%.",
    "From April 2021 to March 2022 there was a 20% reduction in first time entrants.",
    "Of 64 children, 16 (25%) were girls, an increase of 5% on last year.",
    "We ranked 12 of 29 (41.2%) in the region.",
    "Reoffending increased from 30% to 36%, an increase of 6%.",
    "The rate reduced from 40.0% to 36.0%, a reduction of 10%.",
    "About a third (31%) of children were in care.",
    "A third of children (36%) had a plan.",
    "The funding is £500,000 including £350,000 core grant and £100,000 for prevention.",
    "Between 2018 and 2020 the custody rate was 0.3 per 1,000 and is now 0.2 per 1,000.",
    "In 2021/22 there were 60 first time entrants and in 2022/23 there were 45 first time entrants.",
    "Of the 80 interventions 20 were completed, against a target of 35%.",
    "Attendance was 78% (102/130).",
    "The family average fell from 40% to 38% while ours rose to 41%.",
    "Around 50% of 63 children (30) engaged.",
    "The number of children fell by half, from 21 to 10, a 50% drop.",
    "In 18/19 we worked with 44% of 120 children.",
    "Staff moved from 2 teams to 3 and sickness fell by 20%.",
    "The board met on 29 February 2024 and 30 June 2024.",
    "The section 34 grant of 2019 pays for 2 posts (0.5 FTE each).",
    "The 2023-24 budget reduced from £1,250,000 to £1,200,000 (4%).",
    "There were 12 custodial sentences, a rate of 0.50 per 1,000. In the year before there "
    "were 6 custodial sentences, a rate of 0.25 per 1,000.",
    "We have 12 girls (15%) and 68 boys (85%).",
    "Of 100 children 63 were male, 30 female and 7 not known.",
    "The grant of £500,000 is made up of £350,000 core grant, £100,000 for prevention and £50,000 for remand.",
    "Compared to 60 last year there were 45 first time entrants, a reduction of 25%.",
    "3 out of 4 children said yes; 60% liked the sessions.",
    "The national rate is 31.5% (12,000 of 38,100 children).",
    "84.6% (11 of 13) of children and 50% (5 of 10) of parents replied.",
    "Two thirds of the cohort (66%) are 16 or 17 years old.",
    "From a baseline of 100 we want to move to 80 by 2025, a 10% reduction each year.",
    "Knife offences fell from 21 to 10 and robbery from 30 to 15 (50%).",
    "Ofsted visited from 10 to 14 June 2023 and graded 80% of cases good.",
    "Since 2010 first time entrants have fallen by 86%, from 292 to 41.",
    "This is a reduction of 5 on last year, from 30 to 25.",
    "54 children took part, 30 of them (56%) girls.",
    "The custody rate fell from 0.4 to 0.3 per 1,000, a 25% fall.",
    "The binary rate fell from 40.4% to 38.1%, a fall of 2.3 percentage points.",
    "The frequency rate rose from 3.0 to 3.6 (20%).",
    "The total budget is £1.2m, of which £419,026 is the grant.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_sentence_that_contradicts_itself_is_seen(text):
    assert check(read_text(text + "\n")).findings


@pytest.mark.parametrize("text", RIGHT)
def test_a_sentence_that_is_right_is_left_alone(text):
    assert check(read_text(text + "\n")).findings == []
