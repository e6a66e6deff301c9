import { equal, ok } from "node:assert/strict";
import { forbiddenImport } from "./layers.ts";

Deno.test("forbiddenImport holds the arrows of the house", () => {
  const forbidden = [
    ["core/backup.ts", "../cli/main.ts"],
    ["core/engine/client.ts", "../../plugins/zip/mod.ts"],
    ["core/extend/target.ts", "../backup.ts"],
    ["plugins/zip/mod.ts", "../s3/mod.ts"],
    ["plugins/zip/mod.ts", "../../core/backup.ts"],
    ["tui/app.tsx", "../core/backup.ts"],
    ["mod.ts", "./cli/main.ts"],
  ] as const;
  for (const [from, to] of forbidden) ok(forbiddenImport(from, to), `${from} → ${to}`);
  const allowed = [
    ["core/backup.ts", "./engine/client.ts"],
    ["plugins/zip/mod.ts", "../../core/extend/mod.ts"],
    ["plugins/zip/mod_test.ts", "../../tests/support/temp.ts"],
    ["tui/app.tsx", "../mod.ts"],
    ["cli/list.ts", "../core/catalog.ts"],
    ["core/backup.ts", "node:sqlite"],
  ] as const;
  for (const [from, to] of allowed) equal(forbiddenImport(from, to), undefined);
});
