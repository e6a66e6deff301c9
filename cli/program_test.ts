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
