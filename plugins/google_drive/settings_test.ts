import { deepEqual, equal, throws } from "node:assert/strict";
import type { PluginContext } from "../../core/extend/plugin.ts";
import type { SettingValues } from "../../core/extend/setting.ts";
import { driveSettings, readSettings } from "./settings.ts";
import { mapStore } from "./testing/drive_bench.ts";

function context(settings: SettingValues): PluginContext {
  return {
    name: "drive",
    settings: { clientId: "id", ...settings },
    secrets: { get: () => Promise.resolve(undefined) },
    state: mapStore(new Map()),
    signal: new AbortController().signal,
  };
}

Deno.test("readSettings fills in Google's own addresses", () => {
  const settings = readSettings(context({}));
  equal(settings.apiBase, "https://www.googleapis.com");
  equal(settings.tokenBase, "https://oauth2.googleapis.com");
  equal(settings.chunkBytes, 16 * 1024 * 1024);
  equal(settings.folder, "holdfast");
  equal(settings.removal, "bin");
});

Deno.test("readSettings refuses what can never work", () => {
  const wrong: readonly SettingValues[] = [
    { clientId: " " },
    { chunkSizeKiB: 100 },
    { chunkSizeKiB: 0 },
    { chunkSizeKiB: 300 },
    { folder: "" },
    { folder: "ü".repeat(51) },
    { apiBase: "http://drive.example.com" },
    { tokenBase: "ftp://127.0.0.1" },
    { authBase: "nonsense" },
  ];
  for (const settings of wrong) {
    throws(() => readSettings(context(settings)), { name: "TargetError", kind: "invalid" });
  }
});

Deno.test("driveSettings hide the addresses and keep the secrets", () => {
  const names = (test: (one: (typeof driveSettings)[number]) => boolean): readonly string[] =>
    driveSettings.filter(test).map(({ name }) => name);
  deepEqual(names((one) => one.advanced === true), ["apiBase", "authBase", "tokenBase"]);
  deepEqual(names((one) => one.secret === true), ["clientSecret", "tokenIdentity"]);
});
