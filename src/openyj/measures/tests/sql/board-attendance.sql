SELECT
  "t2"."service",
  "t2"."date",
  CAST(EXTRACT(year FROM "t2"."date") - CAST(EXTRACT(month FROM "t2"."date") < 4 AS INT) AS TEXT) || 'Q' || CAST(CAST(FLOOR((
    (
      EXTRACT(month FROM "t2"."date") + 8
    ) % 12
  ) / (
    3
  )) AS BIGINT) + 1 AS TEXT) AS "quarter",
  CASE "t2"."sector"
    WHEN 'SOCIAL_CARE'
    THEN 'Local authority children''s social care'
    WHEN 'EDUCATION'
    THEN 'Local authority education'
    WHEN 'POLICE'
    THEN 'Police'
    WHEN 'PROBATION'
    THEN 'Probation'
    WHEN 'HEALTH'
    THEN 'Health'
    WHEN 'OTHER'
    THEN 'Other'
    ELSE "t2"."sector"
  END AS "sector",
  "t2"."without_senior" = 0 AS "senior",
  "t2"."without_delegate" = 0 AS "delegate",
  "t2"."without_new" = 0 AS "new_partner",
  "t2"."boards"
FROM (
  SELECT
    "t1"."service",
    "t1"."quarter_begins",
    "t1"."sector",
    MIN("t1"."meeting_date") AS "date",
    COUNT(*) AS "boards",
    MIN("t1"."without_senior") AS "without_senior",
    MIN("t1"."without_delegate") AS "without_delegate",
    MIN("t1"."without_new") AS "without_new"
  FROM (
    SELECT
      "t0"."service",
      "t0"."meeting_id",
      "t0"."sector",
      "t0"."meeting_date",
      DATE_TRUNC('QUARTER', "t0"."meeting_date") AS "quarter_begins",
      CAST(NOT (
        "t0"."senior_attended"
      ) AS BIGINT) AS "without_senior",
      CAST(NOT (
        "t0"."delegate_attended"
      ) AS BIGINT) AS "without_delegate",
      CAST(NOT (
        COALESCE("t0"."new_partner", FALSE)
        AND (
          "t0"."senior_attended" OR "t0"."delegate_attended"
        )
      ) AS BIGINT) AS "without_new"
    FROM "board_attendance" AS "t0"
    WHERE
      "t0"."held"
      AND "t0"."sector" IN ('SOCIAL_CARE', 'EDUCATION', 'POLICE', 'PROBATION', 'HEALTH')
      AND "t0"."meeting_date" <= MAKE_DATE(2024, 3, 31)
  ) AS "t1"
  GROUP BY
    1,
    2,
    3
) AS "t2"
