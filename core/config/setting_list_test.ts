import assert from "node:assert/strict";
import { configJsonSchema } from "./config_json_schema.ts";
import { listSettings, variableFor } from "./setting_list.ts";

Deno.test("listSettings() gives every setting a sentence and a kind", () => {
  for (const info of listSettings()) {
    assert.match(info.help, /^[A-Z].*\.$/s, info.key);
    assert.notEqual(info.kind, "unknown", info.key);
  }
});

Deno.test("listSettings() names no variable twice, and none for a policy", () => {
  const variables = listSettings().flatMap((info) => info.variable ?? []);
  assert.equal(new Set(variables).size, variables.length);
  assert.ok(variables.includes("HOLDFAST_WARN_SIZE_MB"));
  assert.ok(!variables.some((name) => name.startsWith("HOLDFAST_RETENTION_")));
  assert.ok(!variables.some((name) => name.startsWith("HOLDFAST_HOOK")));
});

Deno.test("variableFor() writes a key in capitals", () => {
  assert.equal(variableFor("schedule.retentionDays"), "HOLDFAST_SCHEDULE_RETENTION_DAYS");
  assert.equal(variableFor("maxSizeMB"), "HOLDFAST_MAX_SIZE_MB");
});

Deno.test("configJsonSchema() refuses unknown keys and knows each setting", () => {
  const schema = configJsonSchema();
  assert.equal(schema.additionalProperties, false);
  const keys = Object.keys(schema.properties ?? {});
  for (const info of listSettings()) {
    assert.ok(keys.includes(info.key.split(".")[0] ?? ""), info.key);
  }
});
