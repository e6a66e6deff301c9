import assert from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import { checkConfig, parseConfig } from "./parse_config.ts";

/** The text of a configuration, the start of the message, and a part of the hint. */
const refused: readonly (readonly [string, string, string?])[] = [
  ["", 'Cannot read the configuration "x.json": value expected at line 1, column 1'],
  ["{", 'Cannot read the configuration "x.json": close brace expected at line 1', "JSON"],
  ['{"verify" "full"}', 'Cannot read the configuration "x.json": colon expected'],
  ["{'verify': 1}", 'Cannot read the configuration "x.json": invalid symbol at line 1, column 2'],
  ["[]", "Cannot use the configuration: an object with settings is wanted"],
  ["null", "Cannot use the configuration: an object with settings is wanted"],
  ['"text"', "Cannot use the configuration: an object with settings is wanted"],
  [
    '{"verfy":"full"}',
    'Cannot use the unknown setting "verfy", in "x.json"',
    'Did you mean "verify"?',
  ],
  ['{"Verify":"full"}', 'Cannot use the unknown setting "Verify"', 'Did you mean "verify"?'],
  ['{"colour":1}', 'Cannot use the unknown setting "colour"', "Known here: database, databases"],
  [
    '{"schedule":{"enable":true}}',
    'Cannot use the unknown setting "schedule.enable"',
    'Did you mean "schedule.enabled"?',
  ],
  [
    '{"retention":{"keepDayly":7}}',
    'Cannot use the unknown setting "retention.keepDayly"',
    'Did you mean "retention.keepDaily"?',
  ],
  [
    '{"databases":{"a":{"path":"a.db","verfy":"full"}}}',
    'Cannot use the unknown setting "databases.a.verfy"',
    'Did you mean "databases.a.verify"?',
  ],
  [
    '{"verify":"ful"}',
    'Cannot use "verify" = "ful": "none", "quick" or "full" is wanted',
  ],
  ['{"verify":true}', 'Cannot use "verify" = true: "none", "quick" or "full" is wanted'],
  ['{"engine":"fast"}', 'Cannot use "engine" = "fast": "auto", "online", "clone" or "compact"'],
  ['{"warnSizeMB":"500"}', 'Cannot use "warnSizeMB" = "500": a whole number from 1'],
  ['{"warnSizeMB":-1}', 'Cannot use "warnSizeMB" = -1: a whole number from 1'],
  ['{"warnSizeMB":1.5}', 'Cannot use "warnSizeMB" = 1.5: a whole number from 1'],
  ['{"maxSizeMB":0}', 'Cannot use "maxSizeMB" = 0: a whole number from 1'],
  ['{"maxSizeMB":1e99}', 'Cannot use "maxSizeMB" = 1e+99: a whole number from 1'],
  [
    '{"databases":{"a":{"path":"a.db","verifyChecksumAfterBackup":false}}}',
    'Cannot use "databases.a.verifyChecksumAfterBackup" = false: true is wanted',
    "Every record needs the SHA-256",
  ],
  ['{"maxHold":2}', 'Cannot use "maxHold" = 2: a duration such as "90s"'],
  ['{"maxHold":"soon"}', 'Cannot use "maxHold" = "soon": a duration such as "90s"'],
  ['{"database":""}', 'Cannot use "database" = "": a path is wanted'],
  ['{"database":7}', 'Cannot use "database" = 7: a path is wanted'],
  ['{"database":"a\\u0000b"}', 'Cannot use "database" = "a\\u0000b": a path without NUL'],
  ['{"databases":[]}', 'Cannot use "databases" = []: an object with databases by name'],
  ['{"databases":{"a":{}}}', 'Cannot do without the setting "databases.a.path": a path'],
  ['{"databases":{"a":"a.db"}}', 'Cannot use "databases.a" = "a.db": an object such as'],
  [
    '{"databases":{"a.b":{"path":"x"}}}',
    'Cannot use the name "a.b" in "databases": a name of letters',
  ],
  ['{"databases":{"":{"path":"x"}}}', 'Cannot use the name "" in "databases": a name of letters'],
  [
    '{"database":"a.db","databases":{"a":{"path":"a.db"}}}',
    'Cannot use the configuration: either "database" or "databases", not both is wanted',
  ],
  ['{"expectTables":"works"}', 'Cannot use "expectTables" = "works": a list of table names'],
  ['{"expectTables":[1]}', 'Cannot use "expectTables.0" = 1: a list of table names'],
  ['{"assertions":[""]}', 'Cannot use "assertions.0" = "": a list of SQL queries'],
  ['{"retention":{}}', 'Cannot use "retention": it says nothing to keep', "keepWithin"],
  ['{"retention":{"minKeep":3}}', 'Cannot use "retention": it says nothing to keep'],
  ['{"retention":{"maxCount":2}}', 'Cannot use 2 for "retention.maxCount"', "at least minKeep"],
  [
    '{"databases":{"a":{"path":"a.db","retention":{"keepLast":0}}}}',
    'Cannot use "databases.a.retention": it says nothing to keep',
  ],
  [
    '{"targets":{"usb":{"kind":"folder","retention":{"keepLast":0}}}}',
    'Cannot use "targets.usb.retention": it says nothing to keep',
  ],
  [
    '{"schedule":{"cron":"0 0 30 2 *"}}',
    'Cannot use "0 0 30 2 *" for "schedule.cron"',
    "a date that exists",
  ],
  ['{"schedule":{"kind":"cron"}}', 'Cannot use nothing for "schedule.cron"'],
  [
    '{"schedule":{"quiet":"always"}}',
    'Cannot use "schedule.quiet" = "always": a window of the day',
  ],
  [
    '{"retention":{"keepDaily":-1}}',
    'Cannot use "retention.keepDaily" = -1: a whole number, or a duration',
  ],
  ['{"retention":{"keepWithin":24}}', 'Cannot use "retention.keepWithin" = 24: a duration'],
  [
    '{"retention":{"maxTotalSize":"big"}}',
    'Cannot use "retention.maxTotalSize" = "big": a number of bytes, or a size',
  ],
  ['{"schedule":{"enabled":"yes"}}', 'Cannot use "schedule.enabled" = "yes": true or false'],
  ['{"schedule":{"at":"25:00"}}', 'Cannot use "schedule.at" = "25:00": a time of day'],
  ['{"schedule":{"at":"2:00"}}', 'Cannot use "schedule.at" = "2:00": a time of day'],
  ['{"schedule":{"day":"someday"}}', 'Cannot use "schedule.day" = "someday": "monday"'],
  ['{"schedule":{"cron":"61 2 * * *"}}', 'Cannot use "schedule.cron" = "61 2 * * *": a cron'],
  ['{"schedule":{"cron":"often"}}', 'Cannot use "schedule.cron" = "often": a cron expression'],
  ['{"schedule":{"zone":"Here"}}', 'Cannot use "schedule.zone" = "Here": an IANA time zone'],
  ['{"hooks":{"beforeBackup":"rm x"}}', 'Cannot use "hooks.beforeBackup" = "rm x": a command'],
  ['{"hooks":{"beforeBackup":[]}}', 'Cannot use "hooks.beforeBackup" = []: a command such as'],
  [
    '{"hooks":{"beforBackup":["x"]}}',
    'Cannot use the unknown setting "hooks.beforBackup"',
    'Did you mean "hooks.beforeBackup"?',
  ],
  ['{"targets":{"usb":{}}}', 'Cannot do without the setting "targets.usb.kind"'],
  ['{"targets":{"usb":{"kind":"folder","codecs":"zstd"}}}', 'Cannot use "targets.usb.codecs" ='],
  [
    '{"targets":{"s":{"kind":"s3","settings":{"secretKey":{"a":1}}}}}',
    'Cannot use "targets.s.settings.secretKey" = (hidden): a text, a number',
  ],
  ['{"notifiers":{"n":{"kind":"mail","on":["never"]}}}', 'Cannot use "notifiers.n.on.0" = "never"'],
  ['{"plugins":"s3"}', 'Cannot use "plugins" = "s3": a list of bundled names'],
  ['{"maxAge":{"good":"-1h"}}', 'Cannot use "maxAge.good" = "-1h": a duration'],
];

for (const [text, message, hint] of refused) {
  Deno.test(`parseConfig() refuses ${text || "an empty file"}`, async () => {
    await assert.rejects(parseConfig(text, "x.json"), (error) => {
      assert.ok(error instanceof HoldfastError);
      assert.equal(error.code, "CONFIG_INVALID");
      assert.ok(error.message.startsWith(message), error.message);
      if (hint !== undefined) assert.ok(error.hint?.includes(hint), error.hint);
      return true;
    });
  });
}

Deno.test("parseConfig() reads comments, trailing commas and a byte order mark", async () => {
  const text = '\uFEFF{\n  // why\n  "verify": "quick", /* so */\n}\n';
  assert.deepEqual(await parseConfig(text, "x.json"), { verify: "quick" });
});

Deno.test("parseConfig() fills in no defaults", async () => {
  assert.deepEqual(await parseConfig("{}", "x.json"), {});
});

Deno.test("checkConfig() finds everything that is wrong", async () => {
  const issues = await checkConfig('{"verfy":1,"engine":"x","schedule":{"at":"x"}}', "x.json");
  assert.deepEqual(issues.map((issue) => issue.key).sort(), ["engine", "schedule.at", "verfy"]);
  assert.deepEqual((await checkConfig("{", "x.json")).length, 1);
  assert.deepEqual(await checkConfig("{}", "x.json"), []);
});
