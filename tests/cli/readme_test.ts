import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { backup } from "../../core/backup.ts";
import type { Clock } from "../../core/clock.ts";
import { bareEnvironment, programPath } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

const page = fileURLToPath(new URL("../../README.md", import.meta.url));

/** What a person types for each recipe, by its heading. */
async function recipes(): Promise<ReadonlyMap<string, string>> {
  const text = await Deno.readTextFile(page);
  const [, chapter = ""] = /^## Recipes\n([^]*?)^## /m.exec(text) ?? [];
  const found = chapter.matchAll(/^### (.+)\n[^]*?(?=^### |(?![^]))/gm);
  return new Map([...found].flatMap(([section, title = ""]) => {
    const [, script] = /```sh\n([^]*?)```/.exec(section) ?? [];
    return script === undefined ? [] : [[title, script]];
  }));
}

/** A clock that stands two days ago. */
const earlier: Clock = {
  now: () => Temporal.Now.instant().subtract({ hours: 48 }),
  zone: () => "UTC",
  elapsed: () => performance.now(),
};

async function shell(script: string, cwd: string): Promise<void> {
  const holdfast = `holdfast() { '${Deno.execPath()}' run -q -A '${programPath}' "$@"; }\n`;
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-e", "-c", holdfast + script],
    cwd,
    clearEnv: true,
    env: bareEnvironment(cwd),
    stdin: "null",
  }).output();
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  assert.equal(code, 0, `${script}\n${said}`);
}

Deno.test({
  name: "README.md: the recipes run one after another, as they are",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    await backup({ database: dir.join("app.db"), clock: earlier, retention: false });
    await Deno.mkdir(dir.join("offsite"));
    const all = await recipes();
    assert.equal(all.size, 4);
    // A bucket stands in no test: a folder keeps the same promises.
    for (const script of all.values()) {
      await shell(script.replace("s3:my-bucket", "folder:offsite"), dir.path);
    }
    const names = await Array.fromAsync(Deno.readDir(dir.join("offsite")));
    assert.ok(names.some(({ isDirectory }) => isDirectory));
  },
});
