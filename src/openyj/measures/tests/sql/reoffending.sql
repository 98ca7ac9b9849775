WITH "t20" AS (
  SELECT
    "t7"."person",
    "t7"."child_id",
    "t7"."offence_id",
    "t7"."outcome_id",
    "t7"."legal_outcome",
    "t7"."outcome_date",
    "t7"."outcome_end_date",
    "t15"."outcome_group",
    "t15"."seriousness_rank",
    "t7"."outcome_appeal_status" AS "appeal_status",
    "t7"."residence_on_legal_outcome_date" AS "residence",
    "t12"."offence_date",
    "t12"."arrest_date",
    "t12"."recordable",
    "t12"."programme_breach_id",
    "t12"."category",
    "t16"."service",
    "t16"."locality",
    "t16"."date_of_birth",
    "t16"."deleted",
    "t16"."sex",
    "t16"."ethnicity_group"
  FROM "offence_legal_outcome" AS "t7"
  INNER JOIN (
    SELECT
      "t2"."legal_outcome",
      "t2"."valid_from",
      "t2"."valid_to",
      "t2"."seriousness_rank",
      CASE LOWER("t2"."outcome_group")
        WHEN 'diversion'
        THEN 'Diversion'
        WHEN 'pre-court'
        THEN 'Pre-Court'
        WHEN 'first-tier'
        THEN 'First-tier'
        WHEN 'community'
        THEN 'Community'
        WHEN 'custody'
        THEN 'Custody'
        ELSE LOWER("t2"."outcome_group")
      END AS "outcome_group"
    FROM "legal_outcome" AS "t2"
  ) AS "t15"
    ON "t7"."legal_outcome" = "t15"."legal_outcome"
    AND "t7"."outcome_date" >= "t15"."valid_from"
    AND COALESCE("t7"."outcome_date" <= "t15"."valid_to", TRUE)
  INNER JOIN (
    SELECT
      "t3"."person",
      "t3"."offence_id",
      "t3"."offence_date",
      "t3"."arrest_date",
      "t3"."recordable",
      "t3"."programme_breach_id",
      "t3"."yjb_offence_category" AS "category"
    FROM "offence" AS "t3"
  ) AS "t12"
    ON "t7"."person" = "t12"."person" AND "t7"."offence_id" = "t12"."offence_id"
  INNER JOIN (
    SELECT
      "t4"."person",
      "t4"."child_id",
      "t4"."service",
      "t4"."locality",
      "t4"."date_of_birth",
      "t4"."deleted",
      COALESCE(
        CASE "t4"."sex" WHEN '1' THEN 'Male' WHEN '2' THEN 'Female' ELSE 'Unknown' END,
        'Unknown'
      ) AS "sex",
      COALESCE(
        CASE "t4"."ethnicity"
          WHEN 'W1'
          THEN 'White'
          WHEN 'W2'
          THEN 'White'
          WHEN 'W3'
          THEN 'White'
          WHEN 'W4'
          THEN 'White'
          WHEN 'W9'
          THEN 'White'
          WHEN 'M1'
          THEN 'Mixed'
          WHEN 'M2'
          THEN 'Mixed'
          WHEN 'M3'
          THEN 'Mixed'
          WHEN 'M9'
          THEN 'Mixed'
          WHEN 'A1'
          THEN 'Asian or Asian British'
          WHEN 'A2'
          THEN 'Asian or Asian British'
          WHEN 'A3'
          THEN 'Asian or Asian British'
          WHEN 'A4'
          THEN 'Asian or Asian British'
          WHEN 'A9'
          THEN 'Asian or Asian British'
          WHEN 'B1'
          THEN 'Black or Black British'
          WHEN 'B2'
          THEN 'Black or Black British'
          WHEN 'B9'
          THEN 'Black or Black British'
          WHEN 'O1'
          THEN 'Other Ethnic Group'
          WHEN 'O2'
          THEN 'Other Ethnic Group'
          WHEN 'O9'
          THEN 'Other Ethnic Group'
          WHEN 'NS'
          THEN 'Information not obtainable'
          ELSE 'Not known'
        END,
        'Not known'
      ) AS "ethnicity_group"
    FROM "child" AS "t4"
  ) AS "t16"
    ON "t7"."person" = "t16"."person" AND "t7"."child_id" = "t16"."child_id"
), "t35" AS (
  SELECT
    "t34"."person",
    "t34"."outcome_id",
    "t34"."offence_id",
    "t34"."child_id",
    "t34"."service",
    "t34"."locality",
    "t34"."date_of_birth",
    "t34"."sex",
    "t34"."ethnicity_group",
    "t34"."outcome_group",
    "t34"."legal_outcome",
    "t34"."seriousness_rank",
    "t34"."residence",
    "t34"."event",
    "t34"."date",
    "t34"."programme_id",
    "t34"."quarter",
    "t34"."other",
    (
      EXTRACT(year FROM "t34"."date") - EXTRACT(year FROM "t34"."date_of_birth")
    ) - CAST((
      (
        EXTRACT(month FROM "t34"."date") * 100
      ) + EXTRACT(day FROM "t34"."date")
    ) < (
      (
        EXTRACT(month FROM "t34"."date_of_birth") * 100
      ) + EXTRACT(day FROM "t34"."date_of_birth")
    ) AS INT) AS "age"
  FROM (
    SELECT
      "t33".*
      EXCLUDE ("place")
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t31"."person",
          "t31"."outcome_id",
          "t31"."offence_id",
          "t31"."child_id",
          "t31"."service",
          "t31"."locality",
          "t31"."date_of_birth",
          "t31"."sex",
          "t31"."ethnicity_group",
          "t31"."outcome_group",
          "t31"."legal_outcome",
          "t31"."seriousness_rank",
          "t31"."residence",
          "t31"."event",
          "t31"."date",
          "t31"."programme_id",
          "t31"."quarter",
          "t31"."other",
          ROW_NUMBER() OVER (
            PARTITION BY "t31"."person", "t31"."quarter"
            ORDER BY "t31"."date" ASC, "t31"."other" ASC, "t31"."seriousness_rank" DESC, "t31"."outcome_id" ASC, "t31"."programme_id" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "place"
        FROM (
          SELECT
            "t30"."person",
            "t30"."outcome_id",
            "t30"."offence_id",
            "t30"."child_id",
            "t30"."service",
            "t30"."locality",
            "t30"."date_of_birth",
            "t30"."sex",
            "t30"."ethnicity_group",
            "t30"."outcome_group",
            "t30"."legal_outcome",
            "t30"."seriousness_rank",
            "t30"."residence",
            "t30"."event",
            "t30"."date",
            "t30"."programme_id",
            CAST(EXTRACT(year FROM "t30"."date") - CAST(EXTRACT(month FROM "t30"."date") < 4 AS INT) AS TEXT) || 'Q' || CAST(CAST(FLOOR((
              (
                EXTRACT(month FROM "t30"."date") + 8
              ) % 12
            ) / (
              3
            )) AS BIGINT) + 1 AS TEXT) AS "quarter",
            COALESCE("t30"."residence" = 'OTHER', FALSE) AS "other"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t21"."person",
                "t21"."outcome_id",
                "t21"."offence_id",
                "t21"."child_id",
                "t21"."service",
                "t21"."locality",
                "t21"."date_of_birth",
                "t21"."sex",
                "t21"."ethnicity_group",
                "t21"."outcome_group",
                "t21"."legal_outcome",
                "t21"."seriousness_rank",
                "t21"."residence",
                'outcome' AS "event",
                "t21"."outcome_date" AS "date",
                CAST(NULL AS BIGINT) AS "programme_id"
              FROM "t20" AS "t21"
              WHERE
                COALESCE(
                  NOT (
                    "t21"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
                  ),
                  TRUE
                )
                AND NOT (
                  "t21"."deleted"
                )
                AND "t21"."outcome_date" <= MAKE_DATE(2024, 3, 31)
                AND "t21"."outcome_group" IN ('Pre-Court', 'First-tier', 'Community')
            ) AS "t22"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t28"."person",
                "t28"."outcome_id",
                "t28"."offence_id",
                "t28"."child_id",
                "t28"."service",
                "t28"."locality",
                "t28"."date_of_birth",
                "t28"."sex",
                "t28"."ethnicity_group",
                "t28"."outcome_group",
                "t28"."legal_outcome",
                "t28"."seriousness_rank",
                "t28"."residence",
                'release' AS "event",
                "t28"."end_date" AS "date",
                "t28"."programme_id"
              FROM (
                SELECT
                  "t25"."person",
                  "t25"."child_id",
                  "t25"."offence_id",
                  "t25"."outcome_id",
                  "t25"."legal_outcome",
                  "t25"."outcome_date",
                  "t25"."outcome_end_date",
                  "t25"."outcome_group",
                  "t25"."seriousness_rank",
                  "t25"."appeal_status",
                  "t25"."residence",
                  "t25"."offence_date",
                  "t25"."arrest_date",
                  "t25"."recordable",
                  "t25"."programme_breach_id",
                  "t25"."category",
                  "t25"."service",
                  "t25"."locality",
                  "t25"."date_of_birth",
                  "t25"."deleted",
                  "t25"."sex",
                  "t25"."ethnicity_group",
                  "t8"."programme_id",
                  "t19"."end_date"
                FROM (
                  SELECT
                    *
                  FROM "t20" AS "t21"
                  WHERE
                    COALESCE(
                      NOT (
                        "t21"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
                      ),
                      TRUE
                    )
                    AND NOT (
                      "t21"."deleted"
                    )
                    AND "t21"."outcome_date" <= MAKE_DATE(2024, 3, 31)
                    AND "t21"."outcome_group" = 'Custody'
                ) AS "t25"
                INNER JOIN "link_offence_intervention_programme" AS "t8"
                  ON "t25"."person" = "t8"."person" AND "t25"."offence_id" = "t8"."offence_id"
                INNER JOIN (
                  SELECT
                    "t17"."person",
                    "t17"."programme_id",
                    "t17"."end_date"
                  FROM (
                    SELECT
                      "t9"."programme_id",
                      "t9"."person",
                      "t9"."child_id",
                      "t9"."disposal_type",
                      "t9"."start_date",
                      "t9"."end_date",
                      "t9"."successfully_completed",
                      "t10"."label",
                      "t10"."kind"
                    FROM "intervention_programme" AS "t9"
                    INNER JOIN "disposal_type" AS "t10"
                      ON "t9"."disposal_type" = "t10"."disposal_type"
                  ) AS "t17"
                  WHERE
                    "t17"."kind" = 'custody' AND "t17"."end_date" <= MAKE_DATE(2024, 3, 31)
                ) AS "t19"
                  ON "t25"."person" = "t19"."person" AND "t8"."programme_id" = "t19"."programme_id"
              ) AS "t28"
              WHERE
                "t28"."end_date" IS NOT NULL
            ) AS "t29"
          ) AS "t30"
        ) AS "t31"
      ) AS "t32"
      WHERE
        "t32"."place" = 0
    ) AS "t33"
  ) AS "t34"
)
SELECT
  "t39"."person",
  CASE WHEN NOT (
    "t39"."other"
  ) THEN "t39"."service" ELSE NULL END AS "service",
  CASE WHEN NOT (
    "t39"."other"
  ) THEN "t39"."locality" ELSE NULL END AS "locality",
  "t39"."date",
  "t39"."quarter",
  "t39"."sex",
  "t39"."ethnicity_group",
  "t39"."age",
  CASE
    WHEN "t39"."age" BETWEEN 10 AND 14
    THEN '10-14'
    WHEN "t39"."age" BETWEEN 15 AND 17
    THEN '15-17'
    ELSE 'Not known'
  END AS "age_band",
  "t39"."outcome_group",
  "t39"."legal_outcome",
  "t39"."residence",
  "t39"."event",
  COALESCE("t44"."reoffences", 0) > 0 AS "reoffended",
  COALESCE("t44"."reoffences", 0) AS "reoffences",
  "t39"."child_id",
  "t39"."offence_id",
  "t39"."outcome_id",
  "t39"."programme_id"
FROM (
  SELECT
    *
  FROM "t35" AS "t36"
  WHERE
    "t36"."age" BETWEEN 10 AND 17
) AS "t39"
LEFT OUTER JOIN (
  SELECT
    "t42"."person",
    "t42"."quarter",
    "t42"."outcome_id",
    COUNT(*) AS "reoffences"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t40"."person",
        "t40"."quarter",
        "t40"."outcome_id",
        "t40"."index_date",
        "t27"."offence_id",
        "t27"."offence_date",
        "t27"."proven_date"
      FROM (
        SELECT
          "t36"."person",
          "t36"."quarter",
          "t36"."outcome_id",
          "t36"."date" AS "index_date"
        FROM "t35" AS "t36"
        WHERE
          "t36"."age" BETWEEN 10 AND 17
      ) AS "t40"
      INNER JOIN (
        SELECT
          "t24"."person",
          "t24"."offence_id",
          "t24"."offence_date",
          MIN("t24"."outcome_date") AS "proven_date"
        FROM (
          SELECT
            *
          FROM "t20" AS "t21"
          WHERE
            COALESCE(
              NOT (
                "t21"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
              ),
              TRUE
            )
            AND NOT (
              "t21"."deleted"
            )
            AND "t21"."outcome_date" <= MAKE_DATE(2024, 3, 31)
            AND "t21"."outcome_group" IN ('Pre-Court', 'First-tier', 'Community', 'Custody')
            AND COALESCE(
              NOT (
                "t21"."category" IN ('BREACH_OF_BAIL', 'BREACH_OF_CONDITIONAL_DISCHARGE', 'BREACH_OF_STATUTORY_ORDER')
              ),
              TRUE
            )
            AND "t21"."programme_breach_id" IS NULL
            AND COALESCE("t21"."recordable", TRUE)
        ) AS "t24"
        GROUP BY
          1,
          2,
          3
      ) AS "t27"
        ON "t40"."person" = "t27"."person"
    ) AS "t41"
    WHERE
      "t41"."offence_date" > "t41"."index_date"
      AND "t41"."offence_date" <= (
        "t41"."index_date" + INTERVAL '12' MONTH
      )
      AND "t41"."proven_date" <= (
        "t41"."index_date" + INTERVAL '18' MONTH
      )
  ) AS "t42"
  GROUP BY
    1,
    2,
    3
) AS "t44"
  ON "t39"."person" = "t44"."person"
  AND "t39"."quarter" = "t44"."quarter"
  AND "t39"."outcome_id" = "t44"."outcome_id"
