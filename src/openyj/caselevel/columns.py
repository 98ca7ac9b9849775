"""How each case-level table is read from the record: one SELECT a table, its columns in the declared order.

`mine` is the children whose rows are wanted, `ours` the services whose own rows are, and up to which day. What was
recorded in error is looked past, and so is what hangs on it: an outcome of an offence recorded in error is not a row. A
child recorded in error stays, marked deleted, because the return must say so. Reference tables are read whole.

REC-1  a meeting is one of the management board when its kind is the one that the service marks as its board; those of
       any other kind (a panel, a multi-agency meeting) are no rows
"""

SELECTS: dict[str, str] = {
    "service": """
        SELECT code, name, nullif(region, ''), country, invented FROM accounts_service WHERE oversees = ''
    """,
    "legal_outcome": """
        SELECT o.code, o.label, m.outcome_group, m.seriousness_rank, m.valid_from, m.valid_to
        FROM reference_legaloutcomemeaning m JOIN reference_legaloutcome o ON o.id = m.legal_outcome_id
        WHERE m.in_error_at IS NULL
    """,
    "disposal_type": "SELECT code, label, kind FROM reference_disposaltype",
    "population": """
        SELECT s.code, p.year, p.aged_10_to_17, p.source, p.invented
        FROM reference_population p JOIN accounts_service s ON s.id = p.of_service_id
    """,
    "board_attendance": """
        SELECT s.code, m.id, upper(of.sector), m.day, m.state = 'held',
               coalesce(bool_or(a.level = 'senior'), false), coalesce(bool_or(a.level = 'delegate'), false),
               bool_or(a.new_partner)
        FROM meetings_meeting m JOIN ours ON ours.id = m.service_id JOIN accounts_service s ON s.id = m.service_id
        JOIN meetings_meetingkind k ON k.id = m.kind_id AND k.is_board /* REC-1 */
        CROSS JOIN (VALUES ('social_care'), ('education'), ('police'), ('probation'), ('health'), ('other'))
             of (sector)
        LEFT JOIN (meetings_attendance a JOIN meetings_agency g ON g.id = a.agency_id)
             ON a.meeting_id = m.id AND g.sector = of.sector AND a.how IN ('present', 'substitute')
                AND a.in_error_at IS NULL
        WHERE m.in_error_at IS NULL AND m.state <> 'planned' AND m.day <= ours.today
        GROUP BY s.code, m.id, of.sector
    """,
    "child": """
        SELECT c.id, c.person_id, s.code, l.name, c.number, nullif(c.originating_number, ''), c.date_of_birth,
               c.sex, c.ethnicity, c.in_error_at IS NOT NULL
        FROM people_child c JOIN mine USING (id) JOIN accounts_service s ON s.id = c.service_id
        LEFT JOIN accounts_locality l ON l.id = c.locality_id
    """,
    "residence": """
        SELECT a.id, mine.person_id, a.child_id, a.start_date, a.end_date, a.accommodation_type, a.suitability,
               a."primary"
        FROM people_address a JOIN mine ON mine.id = a.child_id WHERE a.in_error_at IS NULL
    """,
    "ete_status": """
        SELECT e.id, mine.person_id, e.child_id, e.start_date, e.end_date, nullif(e.description, ''),
               e.provision_type, e.suitability, e.hours_offered, e.hours_attended
        FROM circumstances_etestatus e JOIN mine ON mine.id = e.child_id WHERE e.in_error_at IS NULL
    """,
    "care_status": """
        SELECT c.id, mine.person_id, c.child_id, c.status, c.start_date, c.end_date, nullif(c.description, '')
        FROM circumstances_carestatus c JOIN mine ON mine.id = c.child_id WHERE c.in_error_at IS NULL
    """,
    "sendaln": """
        SELECT n.id, mine.person_id, n.child_id, n.identified, n.formal_plan, n.start_date, n.end_date,
               nullif(n.description, '')
        FROM circumstances_additionalneed n JOIN mine ON mine.id = n.child_id WHERE n.in_error_at IS NULL
    """,
    "mental_health": """
        SELECT h.id, mine.person_id, h.child_id, h.date_screened, h.need_identified, h.date_referred, h.date_offered,
               h.date_attended_start, h.date_attended_end, h.intervention_type
        FROM circumstances_mentalhealth h JOIN mine ON mine.id = h.child_id WHERE h.in_error_at IS NULL
    """,
    "substance_misuse": """
        SELECT h.id, mine.person_id, h.child_id, h.date_screened, h.need_identified, h.date_referred, h.date_offered,
               h.date_attended_start, h.date_attended_end, h.intervention_type
        FROM circumstances_substancemisuse h JOIN mine ON mine.id = h.child_id WHERE h.in_error_at IS NULL
    """,
    "partner_referral": """
        SELECT r.id, mine.person_id, r.child_id, r.partner_kind, nullif(r.partner, ''), r.date_referred,
               r.date_accepted, r.date_declined, r.decline_reason, r.date_first_seen, r.date_ended
        FROM circumstances_partnerreferral r JOIN mine ON mine.id = r.child_id WHERE r.in_error_at IS NULL
    """,
    "transfer": """
        SELECT t.id, mine.person_id, t.child_id, t.transfer_date, t.description
        FROM casework_transfer t JOIN mine ON mine.id = t.child_id WHERE t.in_error_at IS NULL
    """,
    "intervention_programme": """
        SELECT p.id, mine.person_id, p.child_id, d.code, p.start_date, p.end_date, p.successfully_completed
        FROM casework_programme p JOIN mine ON mine.id = p.child_id
        JOIN reference_disposaltype d ON d.id = p.disposal_type_id WHERE p.in_error_at IS NULL
    """,
    "parenting_intervention": """
        SELECT i.id, mine.person_id, i.child_id, i.parenting_intervention_type, nullif(i.description, ''),
               i.date_referred, i.start_date, i.end_date, i.sessions_planned, i.sessions_attended,
               i.engagement_level, p.id
        FROM circumstances_parentingintervention i JOIN mine ON mine.id = i.child_id
        LEFT JOIN casework_programme p ON p.id = i.programme_id AND p.in_error_at IS NULL
        WHERE i.in_error_at IS NULL
    """,
    "offence": """
        SELECT o.id, mine.person_id, o.child_id, o.offence_date, o.arrest_date, o.charge_date, o.plea,
               nullif(o.location_postcode, ''), o.cjs_code, o.cjs_code_unknown, o.category, o.seriousness_score,
               o.gravity_matrix, o.gravity_score, o.knife_related, o.recordable, p.id
        FROM casework_offence o JOIN mine ON mine.id = o.child_id
        LEFT JOIN casework_programme p ON p.id = o.programme_breached_id AND p.in_error_at IS NULL
        WHERE o.in_error_at IS NULL
    """,
    "police_bail": """
        SELECT b.id, mine.person_id, b.child_id, b.status, b.start_date, b.end_date
        FROM casework_policebail b JOIN mine ON mine.id = b.child_id WHERE b.in_error_at IS NULL
    """,
    "link_police_bail_offence": """
        SELECT b.id, o.id, mine.person_id
        FROM casework_policebailoffence k JOIN mine ON mine.id = k.child_id
        JOIN casework_policebail b ON b.id = k.police_bail_id AND b.in_error_at IS NULL
        JOIN casework_offence o ON o.id = k.offence_id AND o.in_error_at IS NULL
        WHERE k.in_error_at IS NULL
    """,
    "hearing": """
        SELECT h.id, mine.person_id, h.child_id, h.hearing_date, h.court_type, h.remand_proposal,
               nullif(h.remand_proposal_words, ''), h.remand_decision, nullif(h.remand_decision_words, ''),
               h.adjourned_to
        FROM casework_hearing h JOIN mine ON mine.id = h.child_id WHERE h.in_error_at IS NULL
    """,
    "link_hearing_offence": """
        SELECT h.id, o.id, mine.person_id
        FROM casework_hearingoffence k JOIN mine ON mine.id = k.child_id
        JOIN casework_hearing h ON h.id = k.hearing_id AND h.in_error_at IS NULL
        JOIN casework_offence o ON o.id = k.offence_id AND o.in_error_at IS NULL
        WHERE k.in_error_at IS NULL
    """,
    "sentence_proposal": """
        SELECT s.id, mine.person_id, s.child_id, s.hearing_id, s."order", o.code, nullif(s.description, '')
        FROM court_sentenceproposal s JOIN mine ON mine.id = s.child_id
        JOIN reference_legaloutcome o ON o.id = s.proposal_id WHERE s.in_error_at IS NULL
    """,
    "bail_offer": """
        SELECT b.id, mine.person_id, b.child_id, b.hearing_id, b.date_offered, nullif(b.provider, ''), b.accepted
        FROM court_bailoffer b JOIN mine ON mine.id = b.child_id WHERE b.in_error_at IS NULL
    """,
    "remand_episode": """
        SELECT r.id, mine.person_id, r.child_id, r.hearing_id, r.remand_kind, r.accommodation_type,
               nullif(r.establishment, ''), r.start_date, r.end_date, r.looked_after_from, r.looked_after_until,
               r.cost_a_day_pence
        FROM court_remand r JOIN mine ON mine.id = r.child_id WHERE r.in_error_at IS NULL
    """,
    "post_charge_accommodation": """
        SELECT p.id, mine.person_id, p.child_id, p.date_asked, p.asked_for, p.offered, p.kept_overnight
        FROM court_postchargeaccommodation p JOIN mine ON mine.id = p.child_id WHERE p.in_error_at IS NULL
    """,
    "offence_legal_outcome": """
        SELECT u.id, mine.person_id, u.child_id, u.offence_id, g.code, u.outcome_date, u.end_date, u.appeal_status,
               u.residence, u.main_or_other, u.occasion, u.term_months
        FROM casework_outcome u JOIN mine ON mine.id = u.child_id
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        JOIN reference_legaloutcome g ON g.id = u.legal_outcome_id WHERE u.in_error_at IS NULL
    """,
    "link_offence_intervention_programme": """
        SELECT o.id, p.id, mine.person_id
        FROM casework_programmeoffence k JOIN mine ON mine.id = k.child_id
        JOIN casework_programme p ON p.id = k.programme_id AND p.in_error_at IS NULL
        JOIN casework_offence o ON o.id = k.offence_id AND o.in_error_at IS NULL
        WHERE k.in_error_at IS NULL
    """,
    "outcome_requirement": """
        SELECT r.id, mine.person_id, r.child_id, r.outcome_id, w.code, r.start_date, r.end_date, nullif(r.term, ''),
               r.substantive, r.hours_ordered, r.ended_early_on, r.ended_early_how
        FROM casework_requirement r JOIN mine ON mine.id = r.child_id JOIN casework_caseword w ON w.id = r.kind_id
        JOIN casework_outcome u ON u.id = r.outcome_id AND u.in_error_at IS NULL
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        WHERE r.in_error_at IS NULL
    """,
    "requirement_hours": """
        SELECT e.id, mine.person_id, e.child_id, e.requirement_id, e.day, e.hours, nullif(e.supervised_by, '')
        FROM casework_requirementhours e JOIN mine ON mine.id = e.child_id
        JOIN casework_requirement r ON r.id = e.requirement_id AND r.in_error_at IS NULL
        JOIN casework_outcome u ON u.id = r.outcome_id AND u.in_error_at IS NULL
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        WHERE e.in_error_at IS NULL
    """,
    "appeal": """
        SELECT a.id, mine.person_id, a.child_id, a.outcome_id, a.appealed_on, a.about, a.result, a.result_on, n.id
        FROM casework_appeal a JOIN mine ON mine.id = a.child_id
        JOIN casework_outcome u ON u.id = a.outcome_id AND u.in_error_at IS NULL
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        LEFT JOIN (casework_outcome n JOIN casework_offence f ON f.id = n.offence_id AND f.in_error_at IS NULL)
             ON n.id = a.new_outcome_id AND n.in_error_at IS NULL
        WHERE a.in_error_at IS NULL
    """,
    "referral_order_contract": """
        SELECT c.id, mine.person_id, c.child_id, c.outcome_id, c.signed_on, nullif(c.signed_by, '')
        FROM casework_contract c JOIN mine ON mine.id = c.child_id
        JOIN casework_outcome u ON u.id = c.outcome_id AND u.in_error_at IS NULL
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        WHERE c.in_error_at IS NULL
    """,
    "order_change": """
        SELECT c.id, mine.person_id, c.child_id, c.outcome_id, c.how, c.decided_on, c.months, nullif(c.by_whom, '')
        FROM casework_orderchange c JOIN mine ON mine.id = c.child_id
        JOIN casework_outcome u ON u.id = c.outcome_id AND u.in_error_at IS NULL
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        WHERE c.in_error_at IS NULL
    """,
    "order_transfer": """
        SELECT t.id, mine.person_id, t.child_id, t.outcome_id, t.how, s.code, t.asked_on, t.answer, t.answered_on,
               t.starts_on, nullif(t.reason, ''), m.id
        FROM casework_ordertransfer t JOIN mine ON mine.id = t.child_id
        JOIN accounts_service s ON s.id = t.other_service_id
        JOIN casework_outcome u ON u.id = t.outcome_id AND u.in_error_at IS NULL
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        LEFT JOIN casework_transfer m ON m.id = t.transfer_id AND m.in_error_at IS NULL
        WHERE t.in_error_at IS NULL
    """,
    "custody_and_licence": """
        SELECT c.id, mine.person_id, c.child_id, c.outcome_id, c.custody_programme_id, l.id, w.code, c.letter_on,
               c.release_on, c.expiry_on
        FROM casework_custody c JOIN mine ON mine.id = c.child_id
        JOIN casework_outcome u ON u.id = c.outcome_id AND u.in_error_at IS NULL
        JOIN casework_offence o ON o.id = u.offence_id AND o.in_error_at IS NULL
        JOIN casework_programme p ON p.id = c.custody_programme_id AND p.in_error_at IS NULL
        LEFT JOIN casework_programme l ON l.id = c.licence_programme_id AND l.in_error_at IS NULL
        LEFT JOIN casework_caseword w ON w.id = c.establishment_id
        WHERE c.in_error_at IS NULL
    """,
}
