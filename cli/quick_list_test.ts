import assert from "node:assert/strict";
import { Command } from "@commander-js/extra-typings";
import fc from "fast-check";
import { globalsOf } from "./command.ts";
import { listCommand } from "./commands/list.ts";
import { quickList } from "./quick_list.ts";
import { startSession } from "./session.ts";

Deno.test("quickList() reads a plain list", () => {
  assert.deepEqual(quickList(["list", "a.db", "--json", "--limit", "5", "b.db"]), {
    databases: ["a.db", "b.db"],
    globals: { config: undefined, directory: undefined },
    limit: 5,
  });
});

Deno.test("quickList() leaves everything else to the parser", () => {
  const others = [
    [],
    ["backup"],
    ["list", "--help"],
    ["list", "--sort", "size"],
    ["list", "--limit", "0"],
    ["list", "--limit", "x"],
    ["list", "--limit"],
    ["list", "--limit=5"],
    ["list", "--", "--json"],
    ["list", "--config", "--json"],
    ["--config", "x", "list"],
    ["lits"],
  ];
  for (const args of others) assert.equal(quickList(args), undefined, args.join(" "));
});

Deno.test("quickList() agrees with the parser on whatever it reads", async () => {
  const word = fc.constantFrom(
    ...["list", "a.db", "b", "--json", "-q", "--limit", "3", "0", "--config", "c", "--directory"],
    ...["d", "--no-color", "--sort", "--", "-x", "", "--quiet"],
  );
  const session = await startSession([], new AbortController().signal);
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 7 }), async (rest) => {
      const args = ["list", ...rest];
      const quick = quickList(args);
      if (quick === undefined) return;
      const program = new Command("holdfast").enablePositionalOptions();
      const command = listCommand(session);
      let databases: unknown;
      command.action((...given) => {
        databases = given[0];
      });
      program.addCommand(command);
      await program.parseAsync(args, { from: "user" });
      assert.deepEqual(databases, quick.databases);
      assert.deepEqual(globalsOf(command), quick.globals);
      assert.equal(command.opts().limit, quick.limit);
    }),
    { numRuns: 500 },
  );
});
