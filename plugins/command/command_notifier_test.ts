import { deepEqual, ok, rejects, throws } from "node:assert/strict";
import type { Notification } from "../../core/extend/mod.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { commandNotifier } from "./command_notifier.ts";

const { signal } = new AbortController();
const news: Notification = {
  kind: "failure",
  job: "backup",
  database: "shop.db",
  title: "Backup failed",
  text: "first $(id)\nsecond",
  at: "2026-01-03T14:30:00.000Z",
  code: "NO_SPACE",
  facts: { free: 3 },
};

/** A command that runs a program of this text. */
function script(text: string, ...args: readonly string[]): readonly string[] {
  return [Deno.execPath(), "eval", text, ...args];
}

Deno.test("commandNotifier gives the facts in the environment and on standard input", async () => {
  await using dir = await tempDir();
  const text = `
    const input = await new Response(Deno.stdin.readable).json();
    const names = Object.keys(Deno.env.toObject()).filter((n) => n.startsWith("HOLDFAST_"));
    const facts = Object.fromEntries(names.map((name) => [name, Deno.env.get(name)]));
    await Deno.writeTextFile(Deno.args[0], JSON.stringify({ input, facts }));
  `;
  const command = script(text, "--", dir.join("out"));
  await commandNotifier(pluginContext({ command })).notify(news, { signal });
  const { input, facts } = JSON.parse(await Deno.readTextFile(dir.join("out")));
  deepEqual(input, news);
  const found = Object.entries(facts).filter(([name]) => name !== "HOLDFAST_TEST_ALL").sort();
  deepEqual(found, [
    ["HOLDFAST_AT", "2026-01-03T14:30:00.000Z"],
    ["HOLDFAST_CODE", "NO_SPACE"],
    ["HOLDFAST_DATABASE", "shop.db"],
    ["HOLDFAST_FACTS", '{"free":3}'],
    ["HOLDFAST_JOB", "backup"],
    ["HOLDFAST_KIND", "failure"],
    ["HOLDFAST_TEXT", "first $(id)\nsecond"],
    ["HOLDFAST_TITLE", "Backup failed"],
  ]);
});

Deno.test("commandNotifier tells by the exit code whether to try again", async () => {
  for (const [code, kind] of [[1, "invalid"], [75, "unavailable"]] as const) {
    const command = script(`Deno.exit(${code})`);
    const notifying = commandNotifier(pluginContext({ command })).notify(news, { signal });
    await rejects(notifying, { name: "TargetError", kind });
  }
});

Deno.test("commandNotifier takes a command that reads nothing of a long notification", async () => {
  const big = { ...news, text: "ü".repeat(200_000), facts: { long: "x".repeat(200_000) } };
  await commandNotifier(pluginContext({ command: script("Deno.exit(0)") })).notify(big, { signal });
});

Deno.test("commandNotifier kills a command at its time limit, and when it is aborted", async () => {
  const command = script("setInterval(() => {}, 1000)");
  const slow = commandNotifier(pluginContext({ command, timeout: 1 })).notify(news, { signal });
  await rejects(slow, { name: "TargetError", kind: "unavailable" });
  const abort = new AbortController();
  const reason = new Error("enough");
  const running = commandNotifier(pluginContext({ command })).notify(news, abort);
  abort.abort(reason);
  await rejects(running, reason);
});

Deno.test("commandNotifier refuses an empty command when it is made, and a missing one when it runs", async () => {
  for (const command of [[], [""], ["a\0b"]]) {
    throws(() => commandNotifier(pluginContext({ command })), {
      name: "TargetError",
      kind: "invalid",
      message: /"command"/,
    });
  }
  const missing = commandNotifier(pluginContext({ command: ["no-such-program-of-ours"] }));
  await rejects(missing.notify(news, { signal }), (error: Error) => {
    ok("kind" in error && error.kind === "invalid");
    return true;
  });
});
