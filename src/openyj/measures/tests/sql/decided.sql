SELECT
  "t4"."person",
  "t4"."child_id",
  "t4"."offence_id",
  "t4"."outcome_id",
  "t4"."legal_outcome",
  "t4"."outcome_date",
  "t4"."outcome_end_date",
  "t8"."outcome_group",
  "t8"."seriousness_rank",
  "t4"."outcome_appeal_status" AS "appeal_status",
  "t4"."residence_on_legal_outcome_date" AS "residence",
  "t6"."offence_date",
  "t6"."arrest_date",
  "t6"."recordable",
  "t6"."programme_breach_id",
  "t6"."category",
  "t10"."service",
  "t10"."locality",
  "t10"."date_of_birth",
  "t10"."deleted",
  "t10"."tenth_birthday",
  "t10"."eighteenth_birthday",
  "t10"."sex",
  "t10"."ethnicity_group"
FROM "offence_legal_outcome" AS "t4"
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
) AS "t8"
  ON "t4"."legal_outcome" = "t8"."legal_outcome"
  AND "t4"."outcome_date" >= "t8"."valid_from"
  AND COALESCE("t4"."outcome_date" <= "t8"."valid_to", TRUE)
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
) AS "t6"
  ON "t4"."person" = "t6"."person" AND "t4"."offence_id" = "t6"."offence_id"
INNER JOIN (
  SELECT
    "t3"."person",
    "t3"."child_id",
    "t3"."service",
    "t3"."locality",
    "t3"."date_of_birth",
    "t3"."deleted",
    MAKE_DATE(
      EXTRACT(year FROM "t3"."date_of_birth") + 10,
      CASE
        WHEN (
          EXTRACT(month FROM "t3"."date_of_birth") = 2
        )
        AND (
          EXTRACT(day FROM "t3"."date_of_birth") = 29
        )
        THEN 3
        ELSE EXTRACT(month FROM "t3"."date_of_birth")
      END,
      CASE
        WHEN (
          EXTRACT(month FROM "t3"."date_of_birth") = 2
        )
        AND (
          EXTRACT(day FROM "t3"."date_of_birth") = 29
        )
        THEN 1
        ELSE EXTRACT(day FROM "t3"."date_of_birth")
      END
    ) AS "tenth_birthday",
    MAKE_DATE(
      EXTRACT(year FROM "t3"."date_of_birth") + 18,
      CASE
        WHEN (
          EXTRACT(month FROM "t3"."date_of_birth") = 2
        )
        AND (
          EXTRACT(day FROM "t3"."date_of_birth") = 29
        )
        THEN 3
        ELSE EXTRACT(month FROM "t3"."date_of_birth")
      END,
      CASE
        WHEN (
          EXTRACT(month FROM "t3"."date_of_birth") = 2
        )
        AND (
          EXTRACT(day FROM "t3"."date_of_birth") = 29
        )
        THEN 1
        ELSE EXTRACT(day FROM "t3"."date_of_birth")
      END
    ) AS "eighteenth_birthday",
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
) AS "t10"
  ON "t4"."person" = "t10"."person" AND "t4"."child_id" = "t10"."child_id"
