import assert from "node:assert/strict";
import { commandTable } from "./command_table.ts";
import { commandNameIn } from "./command_name.ts";
import { makeProgram } from "./program.ts";
import { flagsIn, startSession } from "./session.ts";

Deno.test("commandNameIn() finds the command behind global options", () => {
  const table: readonly (readonly [readonly string[], string | undefined])[] = [
    [[], undefined],
    [["list"], "list"],
    [["--json", "list", "x"], "list"],
    [["--config", "list", "backup"], "backup"],
    [["--config=x", "show"], "show"],
    [["--directory", "d"], undefined],
    [["--", "list"], undefined],
  ];
  for (const [args, name] of table) assert.equal(commandNameIn(args), name, args.join(" "));
});

Deno.test("flagsIn() looks only before --", () => {
  assert.ok(flagsIn(["backup", "--json"]).has("--json"));
  assert.ok(!flagsIn(["backup", "--", "--json"]).has("--json"));
});

Deno.test("makeProgram() says of each command in the list what its own help says", async () => {
  const session = await startSession([], new AbortController().signal);
  const program = await makeProgram(session, "*");
  for (const { name, summary } of commandTable) {
    const command = program.commands.find((each) => each.name() === name);
    assert.equal(command?.summary(), summary);
    assert.ok(command?.options.some((option) => option.long === "--json"), name);
  }
});

Deno.test("makeProgram() takes --database wherever the database is an argument", async () => {
  const session = await startSession([], new AbortController().signal);
  const all = await makeProgram(session, "*");
  const withArgument = all.commands.flatMap((each) => [each, ...each.commands])
    .filter((each) => each.registeredArguments.some((argument) => argument.name() === "database"));
  assert.ok(withArgument.length > 8);
  for (const command of withArgument) {
    const at = command.registeredArguments.findIndex((each) => each.name() === "database");
    const before = command.registeredArguments.slice(0, at).map(() => "integrity");
    const taken: unknown[] = [];
    command.action((...values: unknown[]) => void taken.push(values[at]));
    await command.parseAsync([...before, "--database", "app.db"], { from: "user" });
    assert.deepEqual(taken.flat(), ["app.db"], command.name());
    const both = command.parseAsync([...before, "a.db", "--database", "b.db"], { from: "user" });
    await assert.rejects(both, { code: "USAGE" });
  }
});
