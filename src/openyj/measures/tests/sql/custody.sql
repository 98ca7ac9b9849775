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
  (
    EXTRACT(year FROM "t17"."first_hearing") - EXTRACT(year FROM "t3"."date_of_birth")
  ) - CAST((
    (
      EXTRACT(month FROM "t17"."first_hearing") * 100
    ) + EXTRACT(day FROM "t17"."first_hearing")
  ) < (
    (
      EXTRACT(month FROM "t3"."date_of_birth") * 100
    ) + EXTRACT(day FROM "t3"."date_of_birth")
  ) AS INT) AS "age",
  CASE
    WHEN (
      EXTRACT(year FROM "t17"."first_hearing") - EXTRACT(year FROM "t3"."date_of_birth")
    ) - CAST((
      (
        EXTRACT(month FROM "t17"."first_hearing") * 100
      ) + EXTRACT(day FROM "t17"."first_hearing")
    ) < (
      (
        EXTRACT(month FROM "t3"."date_of_birth") * 100
      ) + EXTRACT(day FROM "t3"."date_of_birth")
    ) AS INT) BETWEEN 10 AND 14
    THEN '10-14'
    WHEN (
      EXTRACT(year FROM "t17"."first_hearing") - EXTRACT(year FROM "t3"."date_of_birth")
    ) - CAST((
      (
        EXTRACT(month FROM "t17"."first_hearing") * 100
      ) + EXTRACT(day FROM "t17"."first_hearing")
    ) < (
      (
        EXTRACT(month FROM "t3"."date_of_birth") * 100
      ) + EXTRACT(day FROM "t3"."date_of_birth")
    ) AS INT) BETWEEN 15 AND 17
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
    "t15"."first_hearing"
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
          "t12"."first_hearing",
          ROW_NUMBER() OVER (
            PARTITION BY "t12"."person", "t12"."outcome_date"
            ORDER BY "t12"."seriousness_rank" DESC, "t12"."outcome_id" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "place"
        FROM (
          SELECT
            "t11"."person",
            "t11"."outcome_id",
            "t11"."outcome_date",
            "t11"."seriousness_rank",
            "t11"."first_hearing"
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
              "t4"."tenth_birthday",
              "t4"."eighteenth_birthday",
              "t4"."sex",
              "t4"."ethnicity_group",
              "t10"."person" AS "person_right",
              "t10"."offence_id" AS "offence_id_right",
              "t10"."first_hearing"
            FROM "decided" AS "t4"
            LEFT OUTER JOIN (
              SELECT
                "t8"."person",
                "t8"."offence_id",
                MIN("t8"."hearing_date") AS "first_hearing"
              FROM (
                SELECT
                  "t5"."hearing_id",
                  "t5"."offence_id",
                  "t5"."person",
                  "t7"."hearing_date"
                FROM "link_hearing_offence" AS "t5"
                INNER JOIN (
                  SELECT
                    "t2"."person",
                    "t2"."hearing_id",
                    "t2"."hearing_date"
                  FROM "hearing" AS "t2"
                ) AS "t7"
                  ON "t5"."person" = "t7"."person" AND "t5"."hearing_id" = "t7"."hearing_id"
              ) AS "t8"
              GROUP BY
                1,
                2
            ) AS "t10"
              ON "t4"."person" = "t10"."person" AND "t4"."offence_id" = "t10"."offence_id"
          ) AS "t11"
          WHERE
            "t11"."outcome_group" = 'Custody'
            AND COALESCE(
              NOT (
                "t11"."appeal_status" IN ('Changed on appeal', 'Result of appeal successful')
              ),
              TRUE
            )
            AND NOT (
              COALESCE("t11"."residence" = 'OTHER', FALSE)
            )
            AND (
              (
                "t11"."first_hearing" IS NULL
              )
              OR (
                (
                  "t11"."first_hearing" >= "t11"."tenth_birthday"
                )
                AND (
                  "t11"."first_hearing" < "t11"."eighteenth_birthday"
                )
              )
            )
            AND "t11"."first_hearing" IS NOT NULL
            AND "t11"."outcome_date" <= MAKE_DATE(2024, 3, 31)
            AND NOT (
              "t11"."deleted"
            )
        ) AS "t12"
      ) AS "t13"
      WHERE
        "t13"."place" = 0
    ) AS "t14"
  ) AS "t15"
) AS "t17"
INNER JOIN "decided" AS "t3"
  ON "t17"."person" = "t3"."person" AND "t17"."outcome_id" = "t3"."outcome_id"
