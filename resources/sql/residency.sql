-- Calls that ran outside the approved Regions: by who called which model, and where it ran.
-- A call counts once, however often it is logged.
--
-- Parameters: account and Region of the log; first and last day of its objects; first and last day of its calls;
-- the approved Regions, with commas between them.
WITH records AS (
  SELECT
    coalesce(requestid, CAST(uuid() AS VARCHAR)) AS call,
    substr("timestamp", 1, 10) AS day,
    coalesce(accountid, '') AS account,
    coalesce(identity.arn, '') AS arn,
    coalesce(modelid, '') AS model,
    coalesce(region, '') AS region,
    coalesce(nullif(inferenceregion, ''), region, '') AS ran_in
  FROM bedrock_invocation_logs
  WHERE log_account = ?
    AND log_region = ?
    AND log_day BETWEEN ? AND ?
    AND "$path" NOT LIKE '%/data/%'
    AND substr("timestamp", 1, 10) BETWEEN ? AND ?
    AND schematype = 'ModelInvocationLog'
    AND schemaversion = '1.0'
),
once AS (
  SELECT
    account, arn, model, region, ran_in,
    row_number() OVER (PARTITION BY call ORDER BY day) AS copy
  FROM records
),
named AS (
  SELECT
    account, model, region, ran_in,
    CASE
      WHEN regexp_like(arn, '^[^/]*:assumed-role/[^/]+/([0-9a-f-]{16,}|.*[0-9]{8,}.*|i-[0-9a-f]{8,})$')
      THEN concat(regexp_extract(arn, '^[^/]*/[^/]+/'), '*')
      ELSE arn
    END AS caller
  FROM once
  WHERE copy = 1 AND NOT contains(split(?, ','), ran_in)
)
SELECT account, caller, model, region, ran_in, count(*) AS calls
FROM named
GROUP BY account, caller, model, region, ran_in
ORDER BY calls DESC
LIMIT 50000
