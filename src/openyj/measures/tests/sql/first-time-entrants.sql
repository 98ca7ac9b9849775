SELECT
  "t17"."person",
  "t3"."service",
  "t3"."locality",
  "t3"."outcome_date" AS "date",
  CAST(EXTRACT(year FROM "t3"."outcome_date") - CAST(EXTRACT(month FROM "t3"."outcome_date") < 4 AS INT) AS TEXT) || 'Q' || CAST(CAST(FLOOR((
    (
      EXTRACT(month FROM "t3"."outcome_date") + 8
    ) % 12
  ) / (
    3
  )) AS BIGINT) + 1 AS TEXT) AS "quarter",
  "t3"."sex",
  "t3"."ethnicity_group",
  "t17"."age",
  CASE
    WHEN "t17"."age" BETWEEN 10 AND 14
    THEN '10-14'
    WHEN "t17"."age" BETWEEN 15 AND 17
    THEN '15-17'
    ELSE 'Not known'
  END AS "age_band",
  "t3"."outcome_group",
  "t3"."legal_outcome",
  "t3"."residence",
  "t3"."child_id",
  "t3"."offence_id",
  "t17"."outcome_id"
FROM (
  SELECT
    "t15"."person",
    "t15"."outcome_id",
    "t15"."age"
  FROM (
    SELECT
      "t14".*
      EXCLUDE ("place")
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t12"."person",
          "t12"."outcome_id",
          "t12"."outcome_date",
          "t12"."seriousness_rank",
          "t12"."other",
          "t12"."age",
          ROW_NUMBER() OVER (
            PARTITION BY "t12"."person"
            ORDER BY "t12"."outcome_date" ASC, "t12"."seriousness_rank" DESC, "t12"."other" ASC, "t12"."outcome_id" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "place"
        FROM (
          SELECT
            "t11"."person",
            "t11"."outcome_id",
            "t11"."outcome_date",
            "t11"."seriousness_rank",
            "t11"."other",
            "t11"."age"
          FROM (
            SELECT
              "t10"."person",
              "t10"."child_id",
              "t10"."offence_id",
              "t10"."outcome_id",
              "t10"."legal_outcome",
              "t10"."outcome_date",
              "t10"."outcome_end_date",
              "t10"."outcome_group",
              "t10"."seriousness_rank",
              "t10"."appeal_status",
              "t10"."residence",
              "t10"."offence_date",
              "t10"."arrest_date",
              "t10"."recordable",
              "t10"."programme_breach_id",
              "t10"."category",
              "t10"."service",
              "t10"."locality",
              "t10"."date_of_birth",
              "t10"."deleted",
              "t10"."sex",
              "t10"."ethnicity_group",
              "t10"."person_right",
              "t10"."offence_id_right",
              "t10"."first_hearing",
              (
                EXTRACT(year FROM COALESCE("t10"."arrest_date", "t10"."offence_date")) - EXTRACT(year FROM "t10"."date_of_birth")
              ) - CAST((
                (
                  EXTRACT(month FROM COALESCE("t10"."arrest_date", "t10"."offence_date")) * 100
                ) + EXTRACT(day FROM COALESCE("t10"."arrest_date", "t10"."offence_date"))
              ) < (
                (
                  EXTRACT(month FROM "t10"."date_of_birth") * 100
                ) + EXTRACT(day FROM "t10"."date_of_birth")
              ) AS INT) AS "age",
              (
                EXTRACT(year FROM "t10"."first_hearing") - EXTRACT(year FROM "t10"."date_of_birth")
              ) - CAST((
                (
                  EXTRACT(month FROM "t10"."first_hearing") * 100
                ) + EXTRACT(day FROM "t10"."first_hearing")
              ) < (
                (
                  EXTRACT(month FROM "t10"."date_of_birth") * 100
                ) + EXTRACT(day FROM "t10"."date_of_birth")
              ) AS INT) AS "age_at_first_hearing",
              COALESCE("t10"."residence" = 'OTHER', FALSE) AS "other"
            FROM (
              SELECT
                "t4"."person",
                "t4"."child_id",
                "t4"."offence_id",
                "t4"."outcome_id",
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
                "t4"."ethnicity_group",
                "t9"."person" AS "person_right",
                "t9"."offence_id" AS "offence_id_right",
                "t9"."first_hearing"
              FROM "decided" AS "t4"
              LEFT OUTER JOIN (
                SELECT
                  "t7"."person",
                  "t7"."offence_id",
                  MIN("t7"."hearing_date") AS "first_hearing"
                FROM (
                  SELECT
                    "t5"."hearing_id",
                    "t5"."offence_id",
                    "t5"."person",
                    "t6"."child_id",
                    "t6"."hearing_date",
                    "t6"."court_type"
                  FROM "link_hearing_offence" AS "t5"
                  INNER JOIN "hearing" AS "t6"
                    ON "t5"."person" = "t6"."person" AND "t5"."hearing_id" = "t6"."hearing_id"
                ) AS "t7"
                GROUP BY
                  1,
                  2
              ) AS "t9"
                ON "t4"."person" = "t9"."person" AND "t4"."offence_id" = "t9"."offence_id"
            ) AS "t10"
          ) AS "t11"
          WHERE
            "t11"."outcome_group" IN ('Pre-Court', 'First-tier', 'Community', 'Custody')
            AND "t11"."age" BETWEEN 10 AND 17
            AND (
              (
                "t11"."first_hearing" IS NULL
              ) OR (
                "t11"."age_at_first_hearing" <= 17
              )
            )
            AND COALESCE(
              NOT (
                "t11"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
              ),
              TRUE
            )
            AND NOT (
              "t11"."deleted"
            )
            AND "t11"."outcome_date" <= MAKE_DATE(2024, 3, 31)
        ) AS "t12"
      ) AS "t13"
      WHERE
        "t13"."place" = 0
    ) AS "t14"
  ) AS "t15"
  WHERE
    NOT (
      "t15"."other"
    )
) AS "t17"
INNER JOIN "decided" AS "t3"
  ON "t17"."person" = "t3"."person" AND "t17"."outcome_id" = "t3"."outcome_id"
