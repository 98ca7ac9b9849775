"""Management board attendance in plain Python: indicators.md section 7.2, KPI 8."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from openyj.measures.references.life import Row, financial_quarter

FIVE = {
    "SOCIAL_CARE": "Local authority children's social care",
    "EDUCATION": "Local authority education",
    "POLICE": "Police",
    "PROBATION": "Probation",
    "HEALTH": "Health",
}


def counted(rows: Iterable[Row], as_of: date) -> list[dict[str, Any]]:
    """One service's statutory sectors, one a quarter in which its board met. ``rows`` are one service's."""
    meetings: dict[str, dict[int, list[Row]]] = {}
    for row in rows:
        if row["held"] and row["meeting_date"] <= as_of:
            quarter = financial_quarter(row["meeting_date"])
            meetings.setdefault(quarter, {}).setdefault(row["meeting_id"], []).append(row)
    found = []
    for quarter, held in sorted(meetings.items()):
        for code, label in FIVE.items():
            seats = [seat for meeting in held.values() for seat in meeting if seat["sector"] == code]
            if not seats:
                continue  # a meeting without a row for a sector is a fault of the data (BRD-2)
            came = [seat for seat in seats if seat["senior_attended"] or seat["delegate_attended"]]
            found.append(
                {
                    "service": seats[0]["service"],
                    "date": min(seat["meeting_date"] for seat in seats),
                    "quarter": quarter,
                    "sector": label,
                    "senior": any(seat["senior_attended"] for seat in seats),
                    "delegate": any(seat["delegate_attended"] for seat in seats),
                    "new_partner": any(seat["new_partner"] is True for seat in came),
                    "boards": len(seats),
                }
            )
    return found
