-- name: tuned
-- For this session, as an analyst's own would be: memory for sorts and hashes, both processors, no compiling.
SET work_mem = '512MB';
SET hash_mem_multiplier = 2;
SET maintenance_work_mem = '512MB';
SET effective_cache_size = '8GB';
SET random_page_cost = 1.1;
SET max_parallel_workers_per_gather = 2;
SET min_parallel_table_scan_size = '1MB';
SET jit = off;
-- Every table is read whole. Without this a guess too low of how many outcomes a mapping fits looks each offence up.
SET enable_nestloop = off;
SET synchronous_commit = off;

-- name: indexes
ALTER TABLE child ADD PRIMARY KEY (child_id);
ALTER TABLE offence ADD PRIMARY KEY (offence_id);
ALTER TABLE offence_legal_outcome ADD PRIMARY KEY (outcome_id);
ALTER TABLE hearing ADD PRIMARY KEY (hearing_id);
ALTER TABLE intervention_programme ADD PRIMARY KEY (programme_id);
ALTER TABLE link_hearing_offence ADD PRIMARY KEY (offence_id, hearing_id);
ALTER TABLE link_offence_intervention_programme ADD PRIMARY KEY (offence_id, programme_id);
CREATE INDEX ON offence_legal_outcome (person, outcome_date);
CREATE INDEX ON offence (person, offence_date);

-- name: decided
-- Unlogged and not temporary: a temporary table is read by one process only.
DROP TABLE IF EXISTS decided;
CREATE UNLOGGED TABLE decided AS
SELECT
    o.person, o.outcome_id, o.offence_id, o.outcome_date,
    m.seriousness_rank,
    lower(m.outcome_group) AS outcome_group,
    coalesce(o.residence_on_legal_outcome_date = 'OTHER', false) AS other,
    f.offence_date, f.arrest_date,
    coalesce(f.yjb_offence_category NOT IN (:breaches), true)
        AND f.programme_breach_id IS NULL
        AND f.recordable IS NOT FALSE AS may_be_reoffence,
    c.service, c.tenth, c.eighteenth
FROM offence_legal_outcome o
JOIN legal_outcome m
    ON m.legal_outcome = o.legal_outcome
    AND o.outcome_date >= m.valid_from
    AND (m.valid_to IS NULL OR o.outcome_date <= m.valid_to)
JOIN offence f ON f.offence_id = o.offence_id
JOIN (
    -- The days of two birthdays, once a child. Born on 29 February: on 1 March of other years.
    SELECT child_id, service,
        (date_of_birth + interval '10 years')::date
            + (extract(day FROM date_of_birth + interval '10 years') <> extract(day FROM date_of_birth))::int AS tenth,
        (date_of_birth + interval '18 years')::date
            + (extract(day FROM date_of_birth + interval '18 years') <> extract(day FROM date_of_birth))::int
            AS eighteenth
    FROM child
    WHERE NOT deleted
) c ON c.child_id = o.child_id
WHERE o.outcome_date <= :as_of
    AND (o.outcome_appeal_status IS NULL OR o.outcome_appeal_status NOT IN (:overturned))
    AND lower(m.outcome_group) IN ('pre-court', 'first-tier', 'community', 'custody');
ANALYZE decided;

-- name: heard
DROP TABLE IF EXISTS heard;
CREATE UNLOGGED TABLE heard AS
SELECT l.offence_id, min(h.hearing_date) AS first_hearing
FROM link_hearing_offence l
JOIN hearing h ON h.hearing_id = l.hearing_id
GROUP BY l.offence_id;
ANALYZE heard;

-- name: first-time-entrants
WITH first AS (
    SELECT DISTINCT ON (d.person) d.service, d.outcome_date, d.other
    FROM decided d
    LEFT JOIN heard h ON h.offence_id = d.offence_id
    WHERE coalesce(d.arrest_date, d.offence_date) >= d.tenth
        AND coalesce(d.arrest_date, d.offence_date) < d.eighteenth
        AND (h.first_hearing IS NULL OR h.first_hearing < d.eighteenth)
    ORDER BY d.person, d.outcome_date, d.seriousness_rank DESC, d.other, d.outcome_id
), summed AS (
    SELECT service, date_trunc('quarter', outcome_date::timestamp) AS begins, count(*) AS entrants
    FROM first
    WHERE NOT other
    GROUP BY 1, 2
)
SELECT service, to_char(begins - interval '3 months', 'YYYY"Q"Q'), entrants FROM summed;

-- name: custody
WITH sentences AS (
    SELECT DISTINCT ON (d.person, d.outcome_date) d.service, d.outcome_date
    FROM decided d
    JOIN heard h ON h.offence_id = d.offence_id
    WHERE d.outcome_group = 'custody'
        AND NOT d.other
        AND h.first_hearing >= d.tenth
        AND h.first_hearing < d.eighteenth
    ORDER BY d.person, d.outcome_date, d.seriousness_rank DESC, d.outcome_id
), summed AS (
    SELECT service, date_trunc('quarter', outcome_date::timestamp) AS begins, count(*) AS sentences
    FROM sentences
    GROUP BY 1, 2
)
SELECT service, to_char(begins - interval '3 months', 'YYYY"Q"Q'), sentences FROM summed;

-- name: proven
DROP TABLE IF EXISTS proven;
CREATE UNLOGGED TABLE proven AS
SELECT person, offence_id, min(offence_date) AS offence_date, min(outcome_date) AS proven_date
FROM decided
WHERE may_be_reoffence
GROUP BY person, offence_id;
ANALYZE proven;

-- name: index_events
DROP TABLE IF EXISTS index_events;
CREATE UNLOGGED TABLE index_events AS
WITH events AS (
    SELECT person, outcome_id, NULL::bigint AS programme_id, outcome_date AS day, seriousness_rank, other, service,
        tenth, eighteenth
    FROM decided
    WHERE outcome_group <> 'custody'
    UNION ALL
    SELECT d.person, d.outcome_id, p.programme_id, p.end_date, d.seriousness_rank, d.other, d.service,
        d.tenth, d.eighteenth
    FROM decided d
    JOIN link_offence_intervention_programme l ON l.offence_id = d.offence_id
    JOIN intervention_programme p ON p.programme_id = l.programme_id
    JOIN disposal_type k ON k.disposal_type = p.disposal_type
    WHERE d.outcome_group = 'custody' AND k.kind = 'custody' AND p.end_date <= :as_of
), first AS (
    SELECT DISTINCT ON (person, begins) *
    FROM (SELECT *, date_trunc('quarter', day::timestamp)::date AS begins FROM events) AS dated
    ORDER BY person, begins, day, other, seriousness_rank DESC, outcome_id, programme_id
)
SELECT person, begins, day, CASE WHEN NOT other THEN service END AS service,
    (day + interval '12 months')::date AS offending_until, (day + interval '18 months')::date AS proven_until
FROM first
WHERE day >= tenth AND day < eighteenth;
ANALYZE index_events;

-- name: reoffending
WITH again AS (
    SELECT i.person, i.begins, count(*) AS reoffences
    FROM index_events i
    JOIN proven p ON p.person = i.person
        AND p.offence_date > i.day
        AND p.offence_date <= i.offending_until
        AND p.proven_date <= i.proven_until
    GROUP BY i.person, i.begins
), summed AS (
    SELECT i.service, i.begins,
        count(*) AS cohort, count(a.reoffences) AS reoffended, coalesce(sum(a.reoffences), 0) AS reoffences
    FROM index_events i
    LEFT JOIN again a ON a.person = i.person AND a.begins = i.begins
    GROUP BY i.service, i.begins
)
SELECT service, to_char(begins - interval '3 months', 'YYYY"Q"Q'), cohort, reoffended, reoffences FROM summed;
