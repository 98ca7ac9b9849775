WITH "t25" AS (
  SELECT
    "t24"."person",
    "t24"."outcome_id",
    "t24"."programme_id",
    "t24"."date",
    "t24"."quarter_begins",
    "t24"."other",
    "t4"."child_id",
    "t4"."offence_id",
    "t4"."legal_outcome",
    "t4"."outcome_date",
    "t4"."outcome_end_date",
    "t4"."outcome_group",
    "t4"."seriousness_rank",
    "t4"."appeal_status",
    "t4"."residence",
    "t4"."offence_date",
    "t4"."arrest_date",
    "t4"."recordable",
    "t4"."programme_breach_id",
    "t4"."category",
    "t4"."service",
    "t4"."locality",
    "t4"."date_of_birth",
    "t4"."deleted",
    "t4"."tenth_birthday",
    "t4"."eighteenth_birthday",
    "t4"."sex",
    "t4"."ethnicity_group"
  FROM (
    SELECT
      "t22".*
      EXCLUDE ("seriousness_rank")
    FROM (
      SELECT
        "t21".*
        EXCLUDE ("place")
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t19"."person",
            "t19"."outcome_id",
            "t19"."programme_id",
            "t19"."date",
            "t19"."seriousness_rank",
            "t19"."quarter_begins",
            "t19"."other",
            ROW_NUMBER() OVER (
              PARTITION BY "t19"."person", "t19"."quarter_begins"
              ORDER BY "t19"."date" ASC, "t19"."other" ASC, "t19"."seriousness_rank" DESC, "t19"."outcome_id" ASC, "t19"."programme_id" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "place"
          FROM (
            SELECT
              "t18"."person",
              "t18"."outcome_id",
              "t18"."programme_id",
              "t18"."date",
              "t18"."seriousness_rank",
              DATE_TRUNC('QUARTER', "t18"."date") AS "quarter_begins",
              COALESCE("t18"."residence" = 'OTHER', FALSE) AS "other"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t0"."person",
                  "t0"."outcome_id",
                  "t0"."seriousness_rank",
                  "t0"."residence",
                  "t0"."outcome_date" AS "date",
                  CAST(NULL AS BIGINT) AS "programme_id"
                FROM "decided" AS "t0"
                WHERE
                  COALESCE(
                    NOT (
                      "t0"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
                    ),
                    TRUE
                  )
                  AND NOT (
                    "t0"."deleted"
                  )
                  AND "t0"."outcome_date" <= MAKE_DATE(2024, 3, 31)
                  AND "t0"."outcome_group" IN ('Pre-Court', 'First-tier', 'Community')
              ) AS "t8"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t16"."person",
                  "t16"."outcome_id",
                  "t16"."seriousness_rank",
                  "t16"."residence",
                  "t16"."end_date" AS "date",
                  "t16"."programme_id"
                FROM (
                  SELECT
                    "t12"."person",
                    "t12"."child_id",
                    "t12"."offence_id",
                    "t12"."outcome_id",
                    "t12"."legal_outcome",
                    "t12"."outcome_date",
                    "t12"."outcome_end_date",
                    "t12"."outcome_group",
                    "t12"."seriousness_rank",
                    "t12"."appeal_status",
                    "t12"."residence",
                    "t12"."offence_date",
                    "t12"."arrest_date",
                    "t12"."recordable",
                    "t12"."programme_breach_id",
                    "t12"."category",
                    "t12"."service",
                    "t12"."locality",
                    "t12"."date_of_birth",
                    "t12"."deleted",
                    "t12"."tenth_birthday",
                    "t12"."eighteenth_birthday",
                    "t12"."sex",
                    "t12"."ethnicity_group",
                    "t5"."programme_id",
                    "t15"."end_date"
                  FROM (
                    SELECT
                      *
                    FROM "decided" AS "t0"
                    WHERE
                      COALESCE(
                        NOT (
                          "t0"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
                        ),
                        TRUE
                      )
                      AND NOT (
                        "t0"."deleted"
                      )
                      AND "t0"."outcome_date" <= MAKE_DATE(2024, 3, 31)
                      AND "t0"."outcome_group" = 'Custody'
                  ) AS "t12"
                  INNER JOIN "link_offence_intervention_programme" AS "t5"
                    ON "t12"."person" = "t5"."person" AND "t12"."offence_id" = "t5"."offence_id"
                  INNER JOIN (
                    SELECT
                      "t11"."person",
                      "t11"."programme_id",
                      "t11"."end_date"
                    FROM (
                      SELECT
                        "t6"."programme_id",
                        "t6"."person",
                        "t6"."child_id",
                        "t6"."disposal_type",
                        "t6"."start_date",
                        "t6"."end_date",
                        "t6"."successfully_completed",
                        "t7"."label",
                        "t7"."kind"
                      FROM "intervention_programme" AS "t6"
                      INNER JOIN "disposal_type" AS "t7"
                        ON "t6"."disposal_type" = "t7"."disposal_type"
                    ) AS "t11"
                    WHERE
                      "t11"."kind" = 'custody' AND "t11"."end_date" <= MAKE_DATE(2024, 3, 31)
                  ) AS "t15"
                    ON "t12"."person" = "t15"."person" AND "t5"."programme_id" = "t15"."programme_id"
                ) AS "t16"
                WHERE
                  "t16"."end_date" IS NOT NULL
              ) AS "t17"
            ) AS "t18"
          ) AS "t19"
        ) AS "t20"
        WHERE
          "t20"."place" = 0
      ) AS "t21"
    ) AS "t22"
  ) AS "t24"
  INNER JOIN "decided" AS "t4"
    ON "t24"."person" = "t4"."person" AND "t24"."outcome_id" = "t4"."outcome_id"
)
SELECT
  "t29"."person",
  CASE WHEN NOT (
    "t29"."other"
  ) THEN "t29"."service" ELSE NULL END AS "service",
  CASE WHEN NOT (
    "t29"."other"
  ) THEN "t29"."locality" ELSE NULL END AS "locality",
  "t29"."date",
  CAST(EXTRACT(year FROM "t29"."date") - CAST(EXTRACT(month FROM "t29"."date") < 4 AS INT) AS TEXT) || 'Q' || CAST(CAST(FLOOR((
    (
      EXTRACT(month FROM "t29"."date") + 8
    ) % 12
  ) / (
    3
  )) AS BIGINT) + 1 AS TEXT) AS "quarter",
  "t29"."sex",
  "t29"."ethnicity_group",
  (
    EXTRACT(year FROM "t29"."date") - EXTRACT(year FROM "t29"."date_of_birth")
  ) - CAST((
    (
      EXTRACT(month FROM "t29"."date") * 100
    ) + EXTRACT(day FROM "t29"."date")
  ) < (
    (
      EXTRACT(month FROM "t29"."date_of_birth") * 100
    ) + EXTRACT(day FROM "t29"."date_of_birth")
  ) AS INT) AS "age",
  CASE
    WHEN (
      EXTRACT(year FROM "t29"."date") - EXTRACT(year FROM "t29"."date_of_birth")
    ) - CAST((
      (
        EXTRACT(month FROM "t29"."date") * 100
      ) + EXTRACT(day FROM "t29"."date")
    ) < (
      (
        EXTRACT(month FROM "t29"."date_of_birth") * 100
      ) + EXTRACT(day FROM "t29"."date_of_birth")
    ) AS INT) BETWEEN 10 AND 14
    THEN '10-14'
    WHEN (
      EXTRACT(year FROM "t29"."date") - EXTRACT(year FROM "t29"."date_of_birth")
    ) - CAST((
      (
        EXTRACT(month FROM "t29"."date") * 100
      ) + EXTRACT(day FROM "t29"."date")
    ) < (
      (
        EXTRACT(month FROM "t29"."date_of_birth") * 100
      ) + EXTRACT(day FROM "t29"."date_of_birth")
    ) AS INT) BETWEEN 15 AND 17
    THEN '15-17'
    ELSE 'Not known'
  END AS "age_band",
  "t29"."outcome_group",
  "t29"."legal_outcome",
  "t29"."residence",
  CASE WHEN "t29"."programme_id" IS NULL THEN 'outcome' ELSE 'release' END AS "event",
  COALESCE("t34"."reoffences", 0) > 0 AS "reoffended",
  COALESCE("t34"."reoffences", 0) AS "reoffences",
  "t29"."child_id",
  "t29"."offence_id",
  "t29"."outcome_id",
  "t29"."programme_id"
FROM (
  SELECT
    *
  FROM "t25" AS "t26"
  WHERE
    "t26"."date" >= "t26"."tenth_birthday"
    AND "t26"."date" < "t26"."eighteenth_birthday"
) AS "t29"
LEFT OUTER JOIN (
  SELECT
    "t32"."person",
    "t32"."quarter_begins",
    "t32"."outcome_id",
    COUNT(*) AS "reoffences"
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t30"."person",
        "t30"."quarter_begins",
        "t30"."outcome_id",
        "t13"."offence_id"
      FROM (
        SELECT
          "t26"."person",
          "t26"."quarter_begins",
          "t26"."outcome_id",
          "t26"."date" AS "index_date"
        FROM "t25" AS "t26"
        WHERE
          "t26"."date" >= "t26"."tenth_birthday"
          AND "t26"."date" < "t26"."eighteenth_birthday"
      ) AS "t30"
      INNER JOIN (
        SELECT
          "t0"."person",
          "t0"."offence_id",
          "t0"."offence_date",
          "t0"."outcome_date" AS "proven_date",
          "t0"."outcome_id" AS "proven_by"
        FROM "decided" AS "t0"
        WHERE
          COALESCE(
            NOT (
              "t0"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
            ),
            TRUE
          )
          AND NOT (
            "t0"."deleted"
          )
          AND "t0"."outcome_date" <= MAKE_DATE(2024, 3, 31)
          AND "t0"."outcome_group" IN ('Pre-Court', 'First-tier', 'Community', 'Custody')
          AND COALESCE(
            NOT (
              "t0"."category" IN ('BREACH_OF_BAIL', 'BREACH_OF_CONDITIONAL_DISCHARGE', 'BREACH_OF_STATUTORY_ORDER')
            ),
            TRUE
          )
          AND "t0"."programme_breach_id" IS NULL
          AND COALESCE("t0"."recordable", TRUE)
      ) AS "t13"
        ON "t30"."person" = "t13"."person"
        AND "t13"."offence_date" > "t30"."index_date"
        AND "t13"."offence_date" <= (
          "t30"."index_date" + INTERVAL '12' MONTH
        )
        AND "t13"."proven_date" <= (
          "t30"."index_date" + INTERVAL '18' MONTH
        )
    ) AS "t31"
  ) AS "t32"
  GROUP BY
    1,
    2,
    3
) AS "t34"
  ON "t29"."person" = "t34"."person"
  AND "t29"."quarter_begins" = "t34"."quarter_begins"
  AND "t29"."outcome_id" = "t34"."outcome_id"
