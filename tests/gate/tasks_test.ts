import assert from "node:assert/strict";
import { commandTable } from "../../cli/command_table.ts";
import config from "../../deno.json" with { type: "json" };

const tasks = new Map<string, { readonly description: string; readonly command?: string }>(
  Object.entries(config.tasks),
);

for (const { name } of commandTable) {
  Deno.test(`deno task ${name} is there, with a description`, () => {
    const task = tasks.get(name);
    assert.ok(task !== undefined, `deno.json has no task "${name}"`);
    assert.match(task.description, new RegExp(`^[A-Z].*deno task ${name}\\b`), name);
    assert.ok(task.command?.endsWith(`-P "$HERE/cli.ts" ${name}`), task.command);
  });
}
