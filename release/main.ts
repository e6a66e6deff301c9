/**
 * `deno task release <patch|minor|major|1.2.3> [--dry-run]`.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { release } from "./release.ts";

const { values, positionals: [wanted] } = parseArgs({
  args: Deno.args,
  options: { "dry-run": { type: "boolean", default: false } },
  allowPositionals: true,
});
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");
try {
  if (wanted === undefined) throw new Error("Say what changed: patch, minor, major, or a version");
  await release({
    root,
    wanted,
    date: Temporal.Now.plainDateISO().toString(),
    dryRun: values["dry-run"],
    generate: () => task("generate"),
    gate: () => task("ok"),
    say,
  });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  say(error.message);
  Deno.exit(1);
}

/** Its output is worth seeing: the gate takes a while. */
async function task(name: string): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["task", name], cwd: root })
    .spawn().status;
  if (!success) throw new Error(`Cannot release: deno task ${name} failed`);
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
