import assert from "node:assert/strict";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

/** A file name, and how it is to be printed. */
const names: readonly (readonly [string, string])[] = [
  ["two words.db", "two words.db"],
  ["quote'\"s.db", "quote'\"s.db"],
  ["line\nend.db", "line\\nend.db"],
  ["\u001b[31mred.db", "\\e[31mred.db"],
  ["-x", "-x"],
  ["--help", "--help"],
  ["données.db", "données.db"],
  ["データ.db", "データ.db"],
  ["👩‍🚀.db", "👩‍🚀.db"],
  ["\u202egnp.db", "\\u202egnp.db"],
  ["a,b=c;d&e.db", "a,b=c;d&e.db"],
  ["$HOME *?.db", "$HOME *?.db"],
];

/** Those that are restored too. */
const restored = ["quote'\"s.db", "line\nend.db", "--help"];

function assertPrintable(text: string): void {
  // deno-lint-ignore no-control-regex -- nothing of the kind may come out
  assert.ok(!/[\u0000-\u0009\u000b-\u001f\u202e]/.test(text), JSON.stringify(text));
}

for (const [name, shown] of names) {
  Deno.test({
    name: `holdfast takes the name ${JSON.stringify(name)} as it is and prints it safely`,
    ignore: Deno.build.os === "windows",
    fn: async () => {
      await using dir = await tempDir();
      makeSampleDatabase(dir.join(name));
      const backup = await runHoldfast(["backup", "--", name], { cwd: dir.path });
      assert.equal(backup.code, 0, backup.stderr);
      assert.ok(backup.stdout.startsWith(`${shown} → `), backup.stdout);
      assertPrintable(backup.stdout + backup.stderr);
      const list = await runHoldfast(["list", "--json", "--", name], { cwd: dir.path });
      assert.equal(list.code, 0, list.stderr);
      const data = JSON.stringify(resultOf(list.stdout).data);
      assert.ok(data.includes(JSON.stringify(dir.join(name)).slice(1, -1)), data);
      const database = [`--database=${name}`];
      if (!restored.includes(name)) return;
      const restore = await runHoldfast(["restore", "--yes", ...database], { cwd: dir.path });
      assert.equal(restore.code, 0, restore.stderr);
      assertPrintable(restore.stdout + restore.stderr);
    },
  });
}
