import assert from "node:assert/strict";
import { type BadInput, refusesEach } from "../support/bad_input.ts";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

const rows: readonly BadInput[] = [
  // commands and flags
  [["bakcup"], 2, "Did you mean backup?"],
  [["lits"], 2, "Did you mean list?"],
  [["frobnicate"], 2, 'unknown command "frobnicate"'],
  [["--frobnicate"], 2, 'unknown option "--frobnicate"'],
  [["--jsn", "list"], 2, "Did you mean --json?"],
  [["backup", "--egnine", "clone", "app.db"], 2, "Did you mean --engine?"],
  [["backup", "--engine", "colne", "app.db"], 2, "Did you mean clone?"],
  [["backup", "--engine", "x", "app.db"], 2, "Wanted is one of auto, online, clone, compact"],
  [["backup", "--engine"], 2, "argument missing"],
  [["backup", "--verify", "ful", "app.db"], 2, "Did you mean full?"],
  [["backup", "--reason", "manul", "app.db"], 2, "Did you mean manual?"],
  [["backup", "--reason", "", "app.db"], 2, "Wanted is one of manual"],
  [["backup", "--note"], 2, "argument missing"],
  [["backup", "--expect-table"], 2, "argument missing"],
  [["backup", "--directory"], 2, "argument missing"],
  [["backup", "-z", "app.db"], 2, 'unknown option "-z"'],
  [["list", "--limit", "0"], 2, "a whole number from 1"],
  [["list", "--limit", "-1"], 2, "a whole number from 1"],
  [["list", "--limit", "many"], 2, "a whole number from 1"],
  [["list", "--limit", "1e3"], 2, "a whole number from 1"],
  [["list", "--limit", "99999999999999999999"], 2, "a whole number from 1"],
  [["list", "--sort", "sise", "app.db"], 2, "Did you mean size?"],
  [["list", "--state", "avail", "app.db"], 2, "Wanted is one of available, missing, deleted"],
  [["list", "--since", "sometime", "app.db"], 2, 'Cannot read the time "sometime"'],
  [["list", "--until", "2026-02-30", "app.db"], 2, 'Cannot read the time "2026-02-30"'],
  [["show"], 2, 'missing required argument "backup"'],
  [["show", "a", "b"], 2, "too many arguments"],
  [["restore", "a", "b"], 2, "too many arguments"],
  [["undo", "app.db"], 2, "too many arguments"],
  [["verify", "latest", "--all", "--database", "app.db"], 2, "Cannot verify --all and named"],
  [["restore", "x.db", "--at", "now", "--database", "app.db"], 2, "--at together with a named"],
  [["restore", "--at", "the day before", "--database", "app.db"], 2, "Cannot read the time"],
  [["restore", "--at", "", "--database", "app.db"], 2, "Cannot read the time"],
  [["restore", "latest", "--no-safety", "--yes", "--database", "app.db"], 2, "the configuration"],
  [["config"], 2, ""],
  [["config", "gte", "verify"], 2, "Did you mean get?"],
  [["config", "get"], 2, 'missing required argument "key"'],
  [["config", "set", "verify"], 2, 'missing required argument "value"'],
  [["help", "bakcup"], 2, "Did you mean: holdfast help backup"],
  // databases
  [["backup"], 2, "none is named"],
  [["list"], 2, "no backups lie here"],
  [["verify"], 2, "no backups lie here"],
  [["restore", "latest", "--yes"], 2, "no backups lie here"],
  [["undo", "--yes"], 2, "no backups lie here"],
  [["backup", "no.db"], 10, 'Cannot find the database "'],
  [["backup", ""], 2, "the name is empty"],
  [["list", "app.db", "--directory", ""], 2, "is a variable of the shell not set?"],
  [["list", "--config=", "app.db"], 2, "is a variable of the shell not set?"],
  [["restore", "latest", "--database", "", "--yes"], 2, "the name is empty"],
  [["backup", "app.db", "--encrypt"], 2, "Add --format zip"],
  [["backup", "app.db", "--level", "9"], 2, "Add --format zip"],
  [["backup", "app.db", "--expires", "99999y"], 2, 'a span like "90d"'],
  [["backup", "app.db", "--files-query", "DELETE FROM works"], 2, "a query for files names them"],
  [["verify", "--sample", "5%", "--database", "app.db"], 2, "Cannot use --sample without --target"],
  [["verify", "--target", "x", "--assert", "SELECT 1"], 2, "--assert together with --target"],
  [["list", "app.db", "--target", "folder:x", "--limit", "1"], 2, "--limit together with --target"],
  [["list", "app.db", "other.db", "--target", "folder:x"], 2, "copies of several databases"],
  [["restore", "--copies", "x", "--database", "app.db"], 2, "Cannot use --copies without"],
  [["log", "no.db"], 10, "DATABASE_MISSING"],
  [["stats", "no.db"], 10, "DATABASE_MISSING"],
  [["prune", "no.db", "--explain"], 10, "DATABASE_MISSING"],
  [["log", "app.db", "--job", "restoer"], 2, "Did you mean restore?"],
  [["maintain", "vaccum", "app.db"], 2, "Did you mean vacuum?"],
  [["move", "app.db", "--database", "other.db"], 10, "Its first backup makes the folder"],
  [["export", "app.db", "--output", "-"], 2, "Cannot export to standard output"],
  [["backup", "."], 10, "it is a folder"],
  [["backup", "empty.db"], 10, "it is empty"],
  [["backup", "text.db"], 10, "NOT_A_DATABASE"],
  [["backup", "app.db?mode=ro"], 10, "DATABASE_MISSING"],
  [["backup", "file:app.db"], 10, "DATABASE_MISSING"],
  [["backup", ":memory:"], 10, "DATABASE_MISSING"],
  [["backup", "none-*.db"], 10, 'Cannot find a database that fits "none-*.db"'],
  [["backup", "a\nb\u001b[31m.db"], 10, "a\\nb\\e[31m.db"],
  [["backup", "app.db", "other.db", "--directory", "d"], 2, "several databases into one"],
  [["backup", "no.db", "--dry-run"], 10, "DATABASE_MISSING"],
  [["list", "no.db"], 10, "DATABASE_MISSING"],
  [["list", "text.db"], 0, ""],
  [["list", "--directory", "nowhere"], 10, 'Cannot find backups in "'],
  [["show", "latest", "--directory", "nowhere"], 10, "Cannot find backups in"],
  [["restore", "latest", "--directory", "nowhere", "--yes"], 10, "Cannot find backups in"],
  [["init", "no.db"], 10, "DATABASE_MISSING"],
  [["init"], 2, "Found here: app.db, other.db"],
  // configuration
  [["list", "--config", "no.json", "app.db"], 2, 'no.json" that --config names'],
  [["list", "--config", "broken.json", "app.db"], 2, "CONFIG_INVALID: Cannot read the"],
  [["list", "--config", "wrong.json", "app.db"], 2, 'Did you mean "verify"?'],
  [["list", "--config", ".", "app.db"], 2, "CONFIG_INVALID"],
  [["config", "path"], 2, "Cannot find a configuration file"],
  [["config", "check", "--config", "no.json"], 2, "there is no such file"],
  [["config", "get", "verfy"], 2, 'Did you mean "verify"?'],
  [["config", "get", "schedule.att"], 2, 'Did you mean "schedule.at"?'],
  [["config", "get", "databases.app.verify"], 2, 'Cannot find the database "app"'],
  [["config", "set", "verify", "full"], 2, "there is no file"],
  [["config", "set", "verify", "ful", "--config", "good.json"], 2, '"none", "quick" or "full"'],
  [["config", "set", "verify", "a", "b", "--config", "good.json"], 2, "to 2 values"],
  [["config", "set", "warnSizeMB", "much", "--config", "good.json"], 2, "a whole number"],
  [["config", "set", "verifyChecksumAfterBackup", "false", "--config", "good.json"], 2, "needs"],
  [["config", "set", "retention", "{}", "--config", "good.json"], 2, "it says nothing to keep"],
  [["config", "set", "hooks.beforeBackup", "rm", "--config", "good.json"], 2, "a command such as"],
  [["config", "unset", "verfy", "--config", "good.json"], 2, 'Did you mean "verify"?'],
  [["config", "list", "--database", "x", "--config", "good.json"], 2, 'the database "x"'],
];

async function prepare(path: string): Promise<void> {
  makeSampleDatabase(`${path}/app.db`);
  makeSampleDatabase(`${path}/other.db`);
  await Deno.writeTextFile(`${path}/empty.db`, "");
  await Deno.writeTextFile(`${path}/text.db`, "no database, ".repeat(100));
  await Deno.writeTextFile(`${path}/broken.json`, '{ "verify" ');
  await Deno.writeTextFile(`${path}/wrong.json`, '{ "verfy": "full" }');
  await Deno.writeTextFile(`${path}/good.json`, "{\n  // ours\n}\n");
}

Deno.test(`holdfast refuses each of ${rows.length} wrong inputs with message and exit code, and creates nothing`, async () => {
  await using dir = await tempDir();
  await prepare(dir.path);
  await refusesEach(rows, dir.path);
});

Deno.test("holdfast gives errors as one JSON object with --json", async () => {
  await using dir = await tempDir();
  const ran = await runHoldfast(["backup", "no.db", "--json"], { cwd: dir.path });
  const result = resultOf(ran.stdout);
  assert.equal(ran.code, 10);
  assert.deepEqual([result.type, result.version, result.verb, result.ok], [
    "result",
    1,
    "backup",
    false,
  ]);
  assert.equal(result.exitCode, 10);
  assert.equal(ran.stderr, "");
  const usage = await runHoldfast(["backup", "--json", "--wrong"], { cwd: dir.path });
  assert.equal(resultOf(usage.stdout).exitCode, 2);
  // A failure has the name that a success has.
  for (
    const [line, verb] of [
      ["catalog check no.db", "catalog check"],
      ["config --directory x get", "config get"],
      ["catalog chekc", "catalog"],
    ] as const
  ) {
    const failed = await runHoldfast([...line.split(" "), "--json"], { cwd: dir.path });
    assert.equal(resultOf(failed.stdout).verb, verb);
  }
});

for (
  const [sql, message] of [
    ["DELETE FROM works", "is not a SELECT"],
    ["SELECT 1; DROP TABLE works", "has a second statement"],
    ["SELECT nothing FROM nowhere", "is not valid"],
    ["", "a list of SQL queries is wanted"],
  ] as const
) {
  Deno.test(`holdfast takes no backup with the assertion ${JSON.stringify(sql)}`, async () => {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    const ran = await runHoldfast(["backup", "app.db", "--assert", sql], { cwd: dir.path });
    assert.equal(ran.code, 2, ran.stderr);
    assert.ok(ran.stderr.includes(message), ran.stderr);
    const list = await runHoldfast(["list", "app.db"], { cwd: dir.path });
    assert.equal(list.stdout, "No backups.\n");
  });
}
