-- The table that counting with Athena asks, for an administrator to make once in each Region. It declares only what is
-- counted by; partitions are worked out from names, so nothing has to be loaded. It reads the log and changes nothing.
CREATE EXTERNAL TABLE IF NOT EXISTS $database.bedrock_invocation_logs (
  schematype string,
  schemaversion string,
  `timestamp` string,
  accountid string,
  identity struct<arn:string>,
  region string,
  requestid string,
  operation string,
  modelid string,
  inferenceregion string,
  input struct<inputbodyjson:string>,
  output struct<outputbodyjson:string>
)
PARTITIONED BY (log_account string, log_region string, log_day string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
LOCATION '$location'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.log_account.type' = 'enum',
  'projection.log_account.values' = '$accounts',
  'projection.log_region.type' = 'enum',
  'projection.log_region.values' = '$regions',
  'projection.log_day.type' = 'date',
  'projection.log_day.format' = 'yyyy/MM/dd',
  'projection.log_day.range' = '2023/09/01,NOW',
  'projection.log_day.interval' = '1',
  'projection.log_day.interval.unit' = 'DAYS',
  'storage.location.template' = '$template'
)
