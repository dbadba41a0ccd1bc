-- How many calls the log has, by day, to be held against what CloudWatch counted; and how many of its lines are
-- no record of a form that is known, which stand apart. A call counts once, however often it is logged.
--
-- Parameters: account and Region of the log; first and last day of its objects; first and last day of its calls.
WITH records AS (
  SELECT
    coalesce(requestid, CAST(uuid() AS VARCHAR)) AS call,
    coalesce(schematype = 'ModelInvocationLog' AND schemaversion = '1.0', FALSE) AS is_known,
    coalesce(substr("timestamp", 1, 10), '') AS day,
    coalesce(accountid, '') AS account,
    coalesce(region, '') AS region
  FROM bedrock_invocation_logs
  WHERE log_account = ?
    AND log_region = ?
    AND log_day BETWEEN ? AND ?
    AND "$path" NOT LIKE '%/data/%'
),
once AS (
  SELECT
    is_known, day, account, region,
    row_number() OVER (PARTITION BY call, is_known ORDER BY day) AS copy
  FROM records
  WHERE NOT is_known OR day BETWEEN ? AND ?
),
named AS (
  SELECT
    CASE WHEN is_known THEN 'counted' ELSE 'not a record' END AS state,
    CASE WHEN is_known THEN day ELSE '' END AS day,
    CASE WHEN is_known THEN account ELSE '' END AS account,
    CASE WHEN is_known THEN region ELSE '' END AS region
  FROM once
  WHERE copy = 1 OR NOT is_known
)
SELECT state, day, account, region, count(*) AS calls
FROM named
GROUP BY state, day, account, region
ORDER BY calls DESC
LIMIT 50000
