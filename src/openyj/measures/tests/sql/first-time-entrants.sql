SELECT
  "t23"."person",
  "t23"."service",
  "t23"."locality",
  "t23"."outcome_date" AS "date",
  CAST(EXTRACT(year FROM "t23"."outcome_date") - CAST(EXTRACT(month FROM "t23"."outcome_date") < 4 AS INT) AS TEXT) || 'Q' || CAST(CAST(FLOOR((
    (
      EXTRACT(month FROM "t23"."outcome_date") + 8
    ) % 12
  ) / (
    3
  )) AS BIGINT) + 1 AS TEXT) AS "quarter",
  "t23"."sex",
  "t23"."ethnicity_group",
  "t23"."age",
  CASE
    WHEN "t23"."age" BETWEEN 10 AND 14
    THEN '10-14'
    WHEN "t23"."age" BETWEEN 15 AND 17
    THEN '15-17'
    ELSE 'Not known'
  END AS "age_band",
  "t23"."outcome_group",
  "t23"."legal_outcome",
  "t23"."residence",
  "t23"."child_id",
  "t23"."offence_id",
  "t23"."outcome_id"
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
        "t20"."child_id",
        "t20"."offence_id",
        "t20"."outcome_id",
        "t20"."legal_outcome",
        "t20"."outcome_date",
        "t20"."outcome_end_date",
        "t20"."outcome_group",
        "t20"."seriousness_rank",
        "t20"."appeal_status",
        "t20"."residence",
        "t20"."offence_date",
        "t20"."arrest_date",
        "t20"."recordable",
        "t20"."programme_breach_id",
        "t20"."category",
        "t20"."service",
        "t20"."locality",
        "t20"."date_of_birth",
        "t20"."deleted",
        "t20"."sex",
        "t20"."ethnicity_group",
        "t20"."person_right",
        "t20"."offence_id_right",
        "t20"."first_hearing",
        "t20"."age",
        "t20"."age_at_first_hearing",
        "t20"."other",
        ROW_NUMBER() OVER (
          PARTITION BY "t20"."person"
          ORDER BY "t20"."outcome_date" ASC, "t20"."seriousness_rank" DESC, "t20"."other" ASC, "t20"."outcome_id" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "place"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t18"."person",
            "t18"."child_id",
            "t18"."offence_id",
            "t18"."outcome_id",
            "t18"."legal_outcome",
            "t18"."outcome_date",
            "t18"."outcome_end_date",
            "t18"."outcome_group",
            "t18"."seriousness_rank",
            "t18"."appeal_status",
            "t18"."residence",
            "t18"."offence_date",
            "t18"."arrest_date",
            "t18"."recordable",
            "t18"."programme_breach_id",
            "t18"."category",
            "t18"."service",
            "t18"."locality",
            "t18"."date_of_birth",
            "t18"."deleted",
            "t18"."sex",
            "t18"."ethnicity_group",
            "t18"."person_right",
            "t18"."offence_id_right",
            "t18"."first_hearing",
            (
              EXTRACT(year FROM COALESCE("t18"."arrest_date", "t18"."offence_date")) - EXTRACT(year FROM "t18"."date_of_birth")
            ) - CAST((
              (
                EXTRACT(month FROM COALESCE("t18"."arrest_date", "t18"."offence_date")) * 100
              ) + EXTRACT(day FROM COALESCE("t18"."arrest_date", "t18"."offence_date"))
            ) < (
              (
                EXTRACT(month FROM "t18"."date_of_birth") * 100
              ) + EXTRACT(day FROM "t18"."date_of_birth")
            ) AS INT) AS "age",
            (
              EXTRACT(year FROM "t18"."first_hearing") - EXTRACT(year FROM "t18"."date_of_birth")
            ) - CAST((
              (
                EXTRACT(month FROM "t18"."first_hearing") * 100
              ) + EXTRACT(day FROM "t18"."first_hearing")
            ) < (
              (
                EXTRACT(month FROM "t18"."date_of_birth") * 100
              ) + EXTRACT(day FROM "t18"."date_of_birth")
            ) AS INT) AS "age_at_first_hearing",
            COALESCE("t18"."residence" = 'OTHER', FALSE) AS "other"
          FROM (
            SELECT
              "t6"."person",
              "t6"."child_id",
              "t6"."offence_id",
              "t6"."outcome_id",
              "t6"."legal_outcome",
              "t6"."outcome_date",
              "t6"."outcome_end_date",
              "t13"."outcome_group",
              "t13"."seriousness_rank",
              "t6"."outcome_appeal_status" AS "appeal_status",
              "t6"."residence_on_legal_outcome_date" AS "residence",
              "t10"."offence_date",
              "t10"."arrest_date",
              "t10"."recordable",
              "t10"."programme_breach_id",
              "t10"."category",
              "t14"."service",
              "t14"."locality",
              "t14"."date_of_birth",
              "t14"."deleted",
              "t14"."sex",
              "t14"."ethnicity_group",
              "t17"."person" AS "person_right",
              "t17"."offence_id" AS "offence_id_right",
              "t17"."first_hearing"
            FROM "offence_legal_outcome" AS "t6"
            INNER JOIN (
              SELECT
                "t1"."legal_outcome",
                "t1"."valid_from",
                "t1"."valid_to",
                "t1"."seriousness_rank",
                CASE LOWER("t1"."outcome_group")
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
                  ELSE LOWER("t1"."outcome_group")
                END AS "outcome_group"
              FROM "legal_outcome" AS "t1"
            ) AS "t13"
              ON "t6"."legal_outcome" = "t13"."legal_outcome"
              AND "t6"."outcome_date" >= "t13"."valid_from"
              AND COALESCE("t6"."outcome_date" <= "t13"."valid_to", TRUE)
            INNER JOIN (
              SELECT
                "t2"."person",
                "t2"."offence_id",
                "t2"."offence_date",
                "t2"."arrest_date",
                "t2"."recordable",
                "t2"."programme_breach_id",
                "t2"."yjb_offence_category" AS "category"
              FROM "offence" AS "t2"
            ) AS "t10"
              ON "t6"."person" = "t10"."person" AND "t6"."offence_id" = "t10"."offence_id"
            INNER JOIN (
              SELECT
                "t3"."person",
                "t3"."child_id",
                "t3"."service",
                "t3"."locality",
                "t3"."date_of_birth",
                "t3"."deleted",
                COALESCE(
                  CASE "t3"."sex" WHEN '1' THEN 'Male' WHEN '2' THEN 'Female' ELSE 'Unknown' END,
                  'Unknown'
                ) AS "sex",
                COALESCE(
                  CASE "t3"."ethnicity"
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
              FROM "child" AS "t3"
            ) AS "t14"
              ON "t6"."person" = "t14"."person" AND "t6"."child_id" = "t14"."child_id"
            LEFT OUTER JOIN (
              SELECT
                "t15"."person",
                "t15"."offence_id",
                MIN("t15"."hearing_date") AS "first_hearing"
              FROM (
                SELECT
                  "t7"."hearing_id",
                  "t7"."offence_id",
                  "t7"."person",
                  "t8"."child_id",
                  "t8"."hearing_date",
                  "t8"."court_type"
                FROM "link_hearing_offence" AS "t7"
                INNER JOIN "hearing" AS "t8"
                  ON "t7"."person" = "t8"."person" AND "t7"."hearing_id" = "t8"."hearing_id"
              ) AS "t15"
              GROUP BY
                1,
                2
            ) AS "t17"
              ON "t6"."person" = "t17"."person" AND "t6"."offence_id" = "t17"."offence_id"
          ) AS "t18"
        ) AS "t19"
        WHERE
          "t19"."outcome_group" IN ('Pre-Court', 'First-tier', 'Community', 'Custody')
          AND "t19"."age" BETWEEN 10 AND 17
          AND (
            (
              "t19"."first_hearing" IS NULL
            ) OR (
              "t19"."age_at_first_hearing" <= 17
            )
          )
          AND COALESCE(
            NOT (
              "t19"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
            ),
            TRUE
          )
          AND NOT (
            "t19"."deleted"
          )
          AND "t19"."outcome_date" <= MAKE_DATE(2024, 3, 31)
      ) AS "t20"
    ) AS "t21"
    WHERE
      "t21"."place" = 0
  ) AS "t22"
) AS "t23"
WHERE
  NOT (
    "t23"."other"
  )
