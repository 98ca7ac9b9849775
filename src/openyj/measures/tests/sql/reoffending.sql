WITH "t26" AS (
  SELECT
    "t25"."person",
    "t25"."outcome_id",
    "t25"."programme_id",
    "t25"."date",
    "t25"."quarter",
    "t25"."other",
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
    "t4"."sex",
    "t4"."ethnicity_group"
  FROM (
    SELECT
      "t23".*
      EXCLUDE ("seriousness_rank")
    FROM (
      SELECT
        "t22".*
        EXCLUDE ("place")
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t20"."person",
            "t20"."outcome_id",
            "t20"."programme_id",
            "t20"."date",
            "t20"."seriousness_rank",
            "t20"."quarter",
            "t20"."other",
            ROW_NUMBER() OVER (
              PARTITION BY "t20"."person", "t20"."quarter"
              ORDER BY "t20"."date" ASC, "t20"."other" ASC, "t20"."seriousness_rank" DESC, "t20"."outcome_id" ASC, "t20"."programme_id" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "place"
          FROM (
            SELECT
              "t19"."person",
              "t19"."outcome_id",
              "t19"."programme_id",
              "t19"."date",
              "t19"."seriousness_rank",
              CAST(EXTRACT(year FROM "t19"."date") - CAST(EXTRACT(month FROM "t19"."date") < 4 AS INT) AS TEXT) || 'Q' || CAST(CAST(FLOOR((
                (
                  EXTRACT(month FROM "t19"."date") + 8
                ) % 12
              ) / (
                3
              )) AS BIGINT) + 1 AS TEXT) AS "quarter",
              COALESCE("t19"."residence" = 'OTHER', FALSE) AS "other"
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
                  "t17"."person",
                  "t17"."outcome_id",
                  "t17"."seriousness_rank",
                  "t17"."residence",
                  "t17"."end_date" AS "date",
                  "t17"."programme_id"
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
                    "t12"."sex",
                    "t12"."ethnicity_group",
                    "t5"."programme_id",
                    "t16"."end_date"
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
                  ) AS "t16"
                    ON "t12"."person" = "t16"."person" AND "t5"."programme_id" = "t16"."programme_id"
                ) AS "t17"
                WHERE
                  "t17"."end_date" IS NOT NULL
              ) AS "t18"
            ) AS "t19"
          ) AS "t20"
        ) AS "t21"
        WHERE
          "t21"."place" = 0
      ) AS "t22"
    ) AS "t23"
  ) AS "t25"
  INNER JOIN "decided" AS "t4"
    ON "t25"."person" = "t4"."person" AND "t25"."outcome_id" = "t4"."outcome_id"
)
SELECT
  "t30"."person",
  CASE WHEN NOT (
    "t30"."other"
  ) THEN "t30"."service" ELSE NULL END AS "service",
  CASE WHEN NOT (
    "t30"."other"
  ) THEN "t30"."locality" ELSE NULL END AS "locality",
  "t30"."date",
  "t30"."quarter",
  "t30"."sex",
  "t30"."ethnicity_group",
  "t30"."age",
  CASE
    WHEN "t30"."age" BETWEEN 10 AND 14
    THEN '10-14'
    WHEN "t30"."age" BETWEEN 15 AND 17
    THEN '15-17'
    ELSE 'Not known'
  END AS "age_band",
  "t30"."outcome_group",
  "t30"."legal_outcome",
  "t30"."residence",
  CASE WHEN "t30"."programme_id" IS NULL THEN 'outcome' ELSE 'release' END AS "event",
  COALESCE("t35"."reoffences", 0) > 0 AS "reoffended",
  COALESCE("t35"."reoffences", 0) AS "reoffences",
  "t30"."child_id",
  "t30"."offence_id",
  "t30"."outcome_id",
  "t30"."programme_id"
FROM (
  SELECT
    "t27"."person",
    "t27"."outcome_id",
    "t27"."programme_id",
    "t27"."date",
    "t27"."quarter",
    "t27"."other",
    "t27"."child_id",
    "t27"."offence_id",
    "t27"."legal_outcome",
    "t27"."outcome_date",
    "t27"."outcome_end_date",
    "t27"."outcome_group",
    "t27"."seriousness_rank",
    "t27"."appeal_status",
    "t27"."residence",
    "t27"."offence_date",
    "t27"."arrest_date",
    "t27"."recordable",
    "t27"."programme_breach_id",
    "t27"."category",
    "t27"."service",
    "t27"."locality",
    "t27"."date_of_birth",
    "t27"."deleted",
    "t27"."sex",
    "t27"."ethnicity_group",
    (
      EXTRACT(year FROM "t27"."date") - EXTRACT(year FROM "t27"."date_of_birth")
    ) - CAST((
      (
        EXTRACT(month FROM "t27"."date") * 100
      ) + EXTRACT(day FROM "t27"."date")
    ) < (
      (
        EXTRACT(month FROM "t27"."date_of_birth") * 100
      ) + EXTRACT(day FROM "t27"."date_of_birth")
    ) AS INT) AS "age"
  FROM "t26" AS "t27"
  WHERE
    (
      EXTRACT(year FROM "t27"."date") - EXTRACT(year FROM "t27"."date_of_birth")
    ) - CAST((
      (
        EXTRACT(month FROM "t27"."date") * 100
      ) + EXTRACT(day FROM "t27"."date")
    ) < (
      (
        EXTRACT(month FROM "t27"."date_of_birth") * 100
      ) + EXTRACT(day FROM "t27"."date_of_birth")
    ) AS INT) BETWEEN 10 AND 17
) AS "t30"
LEFT OUTER JOIN (
  SELECT
    "t33"."person",
    "t33"."quarter",
    "t33"."outcome_id",
    COUNT(*) AS "reoffences"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t31"."person",
        "t31"."quarter",
        "t31"."outcome_id",
        "t31"."index_date",
        "t15"."offence_id",
        "t15"."offence_date",
        "t15"."proven_date"
      FROM (
        SELECT
          "t27"."person",
          "t27"."quarter",
          "t27"."outcome_id",
          "t27"."date" AS "index_date"
        FROM "t26" AS "t27"
        WHERE
          (
            EXTRACT(year FROM "t27"."date") - EXTRACT(year FROM "t27"."date_of_birth")
          ) - CAST((
            (
              EXTRACT(month FROM "t27"."date") * 100
            ) + EXTRACT(day FROM "t27"."date")
          ) < (
            (
              EXTRACT(month FROM "t27"."date_of_birth") * 100
            ) + EXTRACT(day FROM "t27"."date_of_birth")
          ) AS INT) BETWEEN 10 AND 17
      ) AS "t31"
      INNER JOIN (
        SELECT
          "t10"."person",
          "t10"."offence_id",
          "t10"."offence_date",
          MIN("t10"."outcome_date") AS "proven_date"
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
            AND "t0"."outcome_group" IN ('Pre-Court', 'First-tier', 'Community', 'Custody')
            AND COALESCE(
              NOT (
                "t0"."category" IN ('BREACH_OF_BAIL', 'BREACH_OF_CONDITIONAL_DISCHARGE', 'BREACH_OF_STATUTORY_ORDER')
              ),
              TRUE
            )
            AND "t0"."programme_breach_id" IS NULL
            AND COALESCE("t0"."recordable", TRUE)
        ) AS "t10"
        GROUP BY
          1,
          2,
          3
      ) AS "t15"
        ON "t31"."person" = "t15"."person"
    ) AS "t32"
    WHERE
      "t32"."offence_date" > "t32"."index_date"
      AND "t32"."offence_date" <= (
        "t32"."index_date" + INTERVAL '12' MONTH
      )
      AND "t32"."proven_date" <= (
        "t32"."index_date" + INTERVAL '18' MONTH
      )
  ) AS "t33"
  GROUP BY
    1,
    2,
    3
) AS "t35"
  ON "t30"."person" = "t35"."person"
  AND "t30"."quarter" = "t35"."quarter"
  AND "t30"."outcome_id" = "t35"."outcome_id"
