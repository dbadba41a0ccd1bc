-- What guardrails caught: by day and policy, by what was caught and what happened, by who called.
-- A call counts once, however often it is logged. Of matched text, prompts and answers nothing is selected.
--
-- Parameters: account and Region of the log; first and last day of its objects; first and last day of its calls.
WITH records AS (
  SELECT
    coalesce(requestid, CAST(uuid() AS VARCHAR)) AS call,
    substr("timestamp", 1, 10) AS day,
    coalesce(accountid, '') AS account,
    coalesce(identity.arn, '') AS arn,
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
  SELECT call, day, account, arn, body, row_number() OVER (PARTITION BY call ORDER BY day) AS copy
  FROM records
),
chunked AS (
  -- An answer is one object, or a list of them where it was streamed.
  SELECT
    call, day, account, arn,
    TRY(CAST(json_parse(
      CASE WHEN starts_with(body, '[') THEN body ELSE concat('[', body, ']') END
    ) AS ARRAY(JSON))) AS chunks
  FROM once
  WHERE copy = 1 AND body IS NOT NULL
),
parted AS (
  SELECT
    call, day, account, arn,
    flatten(transform(chunks, c -> ARRAY[
      c, json_extract(c, '$.metadata'), json_extract(c, '$.messageStop'), json_extract(c, '$.chunk')
    ])) AS parts
  FROM chunked
),
marked AS (
  -- That a guardrail stepped in stands beside what it caught, and alone where the caller asked for no trace:
  -- it becomes one more part, which counts only where nothing else was stopped.
  SELECT
    call, day, account, arn,
    CASE WHEN cardinality(filter(parts, p ->
        json_extract_scalar(p, '$.stopReason') = 'guardrail_intervened'
        OR json_extract_scalar(p, '$["amazon-bedrock-guardrailAction"]') IN ('INTERVENED', 'GUARDRAIL_INTERVENED')
      )) > 0
      THEN concat(parts, ARRAY[
        json_parse('{"trace": {"guardrail": {"input": {"": {"intervened": [{"action": "INTERVENED"}]}}}}}')
      ])
      ELSE parts
    END AS parts
  FROM parted
),
assessed AS (
  -- Assessments stand under either side of a call, by guardrail, alone or in lists.
  SELECT call, day, account, arn, assessment
  FROM marked
  CROSS JOIN UNNEST(parts) AS a(part)
  CROSS JOIN UNNEST(ARRAY[
    json_extract(part, '$.trace'), json_extract(part, '$["amazon-bedrock-trace"]')
  ]) AS b(trace)
  CROSS JOIN UNNEST(ARRAY[json_extract(trace, '$.guardrail'), json_extract(trace, '$.guardrails')]) AS c(guardrail)
  CROSS JOIN UNNEST(ARRAY[
    json_extract(guardrail, '$.inputAssessment'), json_extract(guardrail, '$.inputAssessments'),
    json_extract(guardrail, '$.input'), json_extract(guardrail, '$.outputAssessment'),
    json_extract(guardrail, '$.outputAssessments'), json_extract(guardrail, '$.outputs')
  ]) AS d(side)
  CROSS JOIN UNNEST(TRY(CAST(json_parse(
    CASE WHEN starts_with(json_format(side), '[') THEN json_format(side) ELSE concat('[', json_format(side), ']') END
  ) AS ARRAY(JSON)))) AS e(by_guardrail)
  CROSS JOIN UNNEST(map_values(TRY(CAST(by_guardrail AS MAP(VARCHAR, JSON))))) AS f(one_or_many)
  CROSS JOIN UNNEST(TRY(CAST(json_parse(
    CASE
      WHEN starts_with(json_format(one_or_many), '[') THEN json_format(one_or_many)
      ELSE concat('[', json_format(one_or_many), ']')
    END
  ) AS ARRAY(JSON)))) AS g(assessment)
),
entries AS (
  SELECT call, day, account, arn, sort, entry
  FROM assessed
  CROSS JOIN UNNEST(ARRAY[
    'topic', 'content', 'custom word', 'managed word', 'entity', 'pattern', 'grounding', 'reasoning', 'intervened'
  ]) AS h(sort)
  CROSS JOIN UNNEST(TRY(CAST(CASE sort
    WHEN 'topic' THEN json_extract(assessment, '$.topicPolicy.topics')
    WHEN 'content' THEN json_extract(assessment, '$.contentPolicy.filters')
    WHEN 'custom word' THEN json_extract(assessment, '$.wordPolicy.customWords')
    WHEN 'managed word' THEN json_extract(assessment, '$.wordPolicy.managedWordLists')
    WHEN 'entity' THEN json_extract(assessment, '$.sensitiveInformationPolicy.piiEntities')
    WHEN 'pattern' THEN json_extract(assessment, '$.sensitiveInformationPolicy.regexes')
    WHEN 'grounding' THEN json_extract(assessment, '$.contextualGroundingPolicy.filters')
    WHEN 'reasoning' THEN json_extract(assessment, '$.automatedReasoningPolicy.findings')
    WHEN 'intervened' THEN json_extract(assessment, '$.intervened')
  END AS ARRAY(JSON)))) AS i(entry)
),
named AS (
  SELECT
    call, day, account, arn,
    CASE sort
      WHEN 'custom word' THEN 'word'
      WHEN 'managed word' THEN 'word'
      WHEN 'entity' THEN 'sensitive information'
      WHEN 'pattern' THEN 'sensitive information'
      WHEN 'grounding' THEN 'contextual grounding'
      WHEN 'reasoning' THEN 'automated reasoning'
      WHEN 'intervened' THEN ''
      ELSE sort
    END AS policy,
    CASE sort
      WHEN 'topic' THEN coalesce(json_extract_scalar(entry, '$.name'), '')
      WHEN 'pattern' THEN coalesce(json_extract_scalar(entry, '$.name'), '')
      WHEN 'custom word' THEN 'CUSTOM_WORD'
      WHEN 'intervened' THEN ''
      WHEN 'reasoning' THEN CASE
        WHEN json_extract(entry, '$.invalid') IS NOT NULL THEN 'INVALID'
        WHEN json_extract(entry, '$.satisfiable') IS NOT NULL THEN 'SATISFIABLE'
        WHEN json_extract(entry, '$.impossible') IS NOT NULL THEN 'IMPOSSIBLE'
        WHEN json_extract(entry, '$.translationAmbiguous') IS NOT NULL THEN 'TRANSLATION_AMBIGUOUS'
        WHEN json_extract(entry, '$.tooComplex') IS NOT NULL THEN 'TOO_COMPLEX'
      END
      ELSE coalesce(json_extract_scalar(entry, '$.type'), '')
    END AS type,
    CASE WHEN sort = 'reasoning' THEN 'NONE' ELSE json_extract_scalar(entry, '$.action') END AS action,
    sort = 'reasoning' OR json_extract_scalar(entry, '$.detected') = 'true' AS detected
  FROM entries
),
caught AS (
  SELECT
    day, account, policy, type, action,
    -- A session that a machine named says no more than whose it is.
    CASE
      WHEN regexp_like(arn, '^[^/]*:assumed-role/[^/]+/([0-9a-f-]{16,}|.*[0-9]{8,}.*|i-[0-9a-f]{8,})$')
      THEN concat(regexp_extract(arn, '^[^/]*/[^/]+/'), '*')
      ELSE arn
    END AS caller,
    count_if(action IN ('BLOCKED', 'ANONYMIZED')) OVER (PARTITION BY call) AS stopped
  FROM named
  WHERE type IS NOT NULL
    AND (action IN ('BLOCKED', 'ANONYMIZED', 'INTERVENED') OR (action = 'NONE' AND detected))
)
SELECT day, policy, type, action, account, caller, count(*) AS hits
FROM caught
WHERE action <> 'INTERVENED' OR stopped = 0
GROUP BY GROUPING SETS ((day, policy), (policy, type, action), (account, caller))
ORDER BY hits DESC
LIMIT 50000
