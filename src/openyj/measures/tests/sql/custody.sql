SELECT
  "t22"."person",
  "t22"."service",
  "t22"."locality",
  "t22"."outcome_date" AS "date",
  CAST(EXTRACT(year FROM "t22"."outcome_date") - CAST(EXTRACT(month FROM "t22"."outcome_date") < 4 AS INT) AS TEXT) || 'Q' || CAST(CAST(FLOOR((
    (
      EXTRACT(month FROM "t22"."outcome_date") + 8
    ) % 12
  ) / (
    3
  )) AS BIGINT) + 1 AS TEXT) AS "quarter",
  "t22"."sex",
  "t22"."ethnicity_group",
  "t22"."age",
  CASE
    WHEN "t22"."age" BETWEEN 10 AND 14
    THEN '10-14'
    WHEN "t22"."age" BETWEEN 15 AND 17
    THEN '15-17'
    ELSE 'Not known'
  END AS "age_band",
  "t22"."outcome_group",
  "t22"."legal_outcome",
  "t22"."residence",
  "t22"."child_id",
  "t22"."offence_id",
  "t22"."outcome_id"
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
        "t19"."child_id",
        "t19"."offence_id",
        "t19"."outcome_id",
        "t19"."legal_outcome",
        "t19"."outcome_date",
        "t19"."outcome_end_date",
        "t19"."outcome_group",
        "t19"."seriousness_rank",
        "t19"."appeal_status",
        "t19"."residence",
        "t19"."offence_date",
        "t19"."arrest_date",
        "t19"."recordable",
        "t19"."programme_breach_id",
        "t19"."category",
        "t19"."service",
        "t19"."locality",
        "t19"."date_of_birth",
        "t19"."deleted",
        "t19"."sex",
        "t19"."ethnicity_group",
        "t19"."person_right",
        "t19"."offence_id_right",
        "t19"."first_hearing",
        "t19"."age",
        ROW_NUMBER() OVER (
          PARTITION BY "t19"."person", "t19"."outcome_date"
          ORDER BY "t19"."seriousness_rank" DESC, "t19"."outcome_id" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "place"
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
            EXTRACT(year FROM "t18"."first_hearing") - EXTRACT(year FROM "t18"."date_of_birth")
          ) - CAST((
            (
              EXTRACT(month FROM "t18"."first_hearing") * 100
            ) + EXTRACT(day FROM "t18"."first_hearing")
          ) < (
            (
              EXTRACT(month FROM "t18"."date_of_birth") * 100
            ) + EXTRACT(day FROM "t18"."date_of_birth")
          ) AS INT) AS "age"
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
        WHERE
          "t18"."outcome_group" = 'Custody'
          AND COALESCE(
            NOT (
              "t18"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
            ),
            TRUE
          )
          AND NOT (
            COALESCE("t18"."residence" = 'OTHER', FALSE)
          )
          AND (
            (
              "t18"."first_hearing" IS NULL
            )
            OR (
              EXTRACT(year FROM "t18"."first_hearing") - EXTRACT(year FROM "t18"."date_of_birth")
            ) - CAST((
              (
                EXTRACT(month FROM "t18"."first_hearing") * 100
              ) + EXTRACT(day FROM "t18"."first_hearing")
            ) < (
              (
                EXTRACT(month FROM "t18"."date_of_birth") * 100
              ) + EXTRACT(day FROM "t18"."date_of_birth")
            ) AS INT) BETWEEN 10 AND 17
          )
          AND "t18"."first_hearing" IS NOT NULL
          AND "t18"."outcome_date" <= MAKE_DATE(2024, 3, 31)
          AND NOT (
            "t18"."deleted"
          )
      ) AS "t19"
    ) AS "t20"
    WHERE
      "t20"."place" = 0
  ) AS "t21"
) AS "t22"
