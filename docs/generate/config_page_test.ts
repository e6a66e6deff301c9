import assert from "node:assert/strict";
import { parseConfig } from "../../core/config/parse_config.ts";
import { listSettings } from "../../core/config/setting_list.ts";
import { configPage } from "./config_page.ts";

Deno.test("configPage() shows an example that is a good configuration", async () => {
  const [, example = ""] = /```jsonc\n([\s\S]*?)```/.exec(configPage()) ?? [];
  const config = await parseConfig(example, "the example");
  assert.deepEqual(Object.keys(config.databases ?? {}), ["app", "users"]);
});

Deno.test("configPage() has a section for every setting", () => {
  const page = configPage();
  for (const { key } of listSettings()) assert.ok(page.includes(`#### \`${key}\`\n`), key);
});
