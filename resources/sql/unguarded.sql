-- Calls whose record speaks of no guardrail, and those logged without text, of which that cannot be told:
-- by who called which model. A call counts once, however often it is logged.
--
-- Parameters: account and Region of the log; first and last day of its objects; first and last day of its calls.
WITH records AS (
  SELECT
    coalesce(requestid, CAST(uuid() AS VARCHAR)) AS call,
    substr("timestamp", 1, 10) AS day,
    coalesce(accountid, '') AS account,
    coalesce(identity.arn, '') AS arn,
    coalesce(modelid, '') AS model,
    coalesce(operation, '') AS operation,
    input.inputbodyjson AS asked,
    output.outputbodyjson AS body
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
    call, account, arn, model, operation, asked, body,
    row_number() OVER (PARTITION BY call ORDER BY day) AS copy
  FROM records
),
parted AS (
  SELECT
    account, arn, model, operation,
    asked IS NOT NULL OR body IS NOT NULL AS has_text,
    json_extract(TRY(json_parse(asked)), '$.guardrailConfig') IS NOT NULL AS was_asked_for,
    flatten(transform(
      TRY(CAST(json_parse(
        CASE WHEN starts_with(body, '[') THEN body ELSE concat('[', body, ']') END
      ) AS ARRAY(JSON))),
      c -> ARRAY[
        c, json_extract(c, '$.metadata'), json_extract(c, '$.messageStop'), json_extract(c, '$.chunk')
      ]
    )) AS parts
  FROM once
  WHERE copy = 1
),
told AS (
  SELECT
    account, arn, model, operation, has_text,
    was_asked_for OR coalesce(cardinality(filter(parts, p ->
      json_extract_scalar(p, '$.stopReason') = 'guardrail_intervened'
      OR json_extract_scalar(p, '$["amazon-bedrock-guardrailAction"]') IS NOT NULL
      OR regexp_like(
        concat(
          coalesce(json_format(json_extract(p, '$.trace')), ''),
          coalesce(json_format(json_extract(p, '$["amazon-bedrock-trace"]')), '')
        ),
        '"((topic|content|word|sensitiveInformation|contextualGrounding|automatedReasoning)Policy|appliedGuardrailDetails|invocationMetrics)" ?:'
      )
    )), 0) > 0 AS was_guarded
  FROM parted
),
named AS (
  SELECT
    account, model, operation,
    CASE WHEN has_text THEN 'none' ELSE 'untold' END AS guarded,
    CASE
      WHEN regexp_like(arn, '^[^/]*:assumed-role/[^/]+/([0-9a-f-]{16,}|.*[0-9]{8,}.*|i-[0-9a-f]{8,})$')
      THEN concat(regexp_extract(arn, '^[^/]*/[^/]+/'), '*')
      ELSE arn
    END AS caller
  FROM told
  WHERE NOT was_guarded
)
SELECT guarded, account, caller, model, operation, count(*) AS calls
FROM named
GROUP BY guarded, account, caller, model, operation
ORDER BY calls DESC
LIMIT 50000
