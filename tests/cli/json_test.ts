import assert from "node:assert/strict";
import { dataShapes } from "../../cli/json_shapes.ts";
import { byItselfShapes } from "../../cli/json_shapes_by_itself.ts";
import { elsewhereShapes } from "../../cli/json_shapes_elsewhere.ts";
import { makeProgram } from "../../cli/program.ts";
import { startSession } from "../../cli/session.ts";
import { checkedData, type Verb } from "../support/json_result.ts";
import { runHoldfast } from "../support/run_holdfast.ts";
import { execSql, makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

/** The verbs that are run here; the others are run by json_elsewhere_test.ts. */
const here = Object.keys(dataShapes).filter((verb) =>
  !(verb in elsewhereShapes || verb in byItselfShapes || verb === "import")
);

/** The name of the first backup of a listing. */
function newest(data: unknown): string {
  return /"name":"([^"]+)"/.exec(JSON.stringify(data))?.[1] ?? "";
}

Deno.test("holdfast --json has a shape for every command", async () => {
  const session = await startSession([], new AbortController().signal);
  const program = await makeProgram(session, "*");
  const leaves = (command: typeof program, path: readonly string[]): string[] =>
    command.commands.length === 0
      ? [path.join(" ")]
      : command.commands.flatMap((sub) => leaves(sub, [...path, sub.name()]));
  // The terminal UI is for people alone: with --json it says so.
  const verbs = leaves(program, []).filter((verb) => verb !== "tui");
  assert.deepEqual([...verbs, "version"].sort(), Object.keys(dataShapes).sort());
});

Deno.test("holdfast --json prints of every verb what its shape says", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  makeSampleDatabase(dir.join("two.db"));
  const seen = new Set<string>();
  const run = async (verb: Verb, ...args: string[]): Promise<unknown> => {
    seen.add(verb);
    const env = { EDITOR: "true" };
    const ran = await runHoldfast([...args, "--json"], { cwd: dir.path, env });
    return checkedData(ran, verb);
  };
  const database = ["--database", "app.db"];
  await run("backup", "backup", "app.db", "--dry-run");
  await run("backup", "backup", "app.db", "--note", "a note", "--source-version", "1.2");
  await run("backup", "backup", "app.db", "two.db", "no.db");
  await run("backup", "backup", "app.db", "--if-changed");
  await run("list", "list", "app.db", "two.db");
  await run("show", "show", "latest", ...database);
  await run("verify", "verify", "--all", ...database);
  execSql(dir.join("app.db"), "DELETE FROM works");
  await run("restore", "restore", "latest", ...database, "--dry-run");
  await run("restore", "restore", "latest", ...database, "--yes");
  await run("undo", "undo", ...database, "--yes");
  await run("peek", "peek", "latest", "works", ...database);
  await run("diff", "diff", "latest", ...database, "--rows", "3");
  await run("rescue", "rescue", "latest", "--table", "works", ...database, "--dry-run");
  await run("drill", "drill", ...database);
  await run("export", "export", "app.db");
  await run("maintain", "maintain", "integrity", "app.db");
  await run("maintain", "maintain", "vacuum", "app.db", "--yes");
  await run("export", "export", "latest", ...database, "--format", "csv", "--output", "tables");
  await run("verify", "verify", "--deep", ...database);
  execSql(dir.join("app.db"), "DELETE FROM works WHERE id = 1");
  await run("rescue", "rescue", "latest", "--table", "works", ...database, "--yes");
  await run("restore", "restore", "latest", ...database, "--to", "copy.db");
  await run("pin", "pin", "latest", ...database);
  await run("unpin", "unpin", "latest", ...database);
  await run("note", "note", "latest", "as delivered", "--expires", "90d", ...database);
  await run("prune", "prune", "app.db", "--explain");
  await run("prune", "prune", "app.db", "--simulate", "--for", "60d");
  await run("prune", "prune", "app.db", "--yes");
  const name = newest(await run("list", "list", "app.db", "--limit", "1"));
  await run("delete", "delete", name, "--yes", ...database);
  await run("undelete", "undelete", name, ...database);
  await run("prune", "prune", "app.db", "--empty-trash", "--yes");
  await run("health", "health", "app.db", "two.db");
  await run("stats", "stats", "app.db");
  await run("log", "log", "app.db", "--failed");
  await run("log", "log", "app.db");
  await run("catalog check", "catalog", "check", "app.db");
  await run("catalog repair", "catalog", "repair", "app.db");
  await run("catalog rebuild", "catalog", "rebuild", "app.db");
  await run("move", "move", "far", ...database);
  await run("init", "init", "app.db");
  await run("config get", "config", "get", "schedule.at");
  await run("config set", "config", "set", "expectTables", "works", "notes");
  await run("config list", "config", "list");
  await run("config unset", "config", "unset", "expectTables");
  await run("config edit", "config", "edit");
  await run("config path", "config", "path");
  await run("config check", "config", "check");
  await run("doctor env", "doctor", "env");
  await run("man", "man");
  await run("version", "--version");
  assert.deepEqual([...seen].sort(), here.sort());
});

Deno.test("holdfast --json --quiet prints nothing but the result", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const ran = await runHoldfast(["backup", "app.db", "--json", "--quiet"], { cwd: dir.path });
  assert.equal(ran.stdout.trimEnd().split("\n").length, 1);
  assert.equal(ran.stderr, "");
});
