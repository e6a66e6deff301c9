import { deepEqual, equal, throws } from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import type { Setting } from "./setting.ts";
import { settingValues } from "./setting_values.ts";

const declared: readonly Setting[] = [
  { name: "bucket", kind: "text", help: "The bucket.", required: true },
  { name: "endpoint", kind: "url", help: "Where the server is." },
  { name: "level", kind: "number", help: "How hard to try.", default: 3, min: 1, max: 9 },
  { name: "style", kind: "choice", help: "How it looks.", choices: ["path", "host"] },
  { name: "fast", kind: "boolean", help: "Go fast.", default: false },
  { name: "recipients", kind: "list", help: "For whom." },
  { name: "secretKey", kind: "text", help: "The key.", secret: true, required: true },
];

Deno.test("settingValues fills in defaults and leaves secrets out", () => {
  deepEqual(settingValues(declared, { bucket: "b", style: "host" }, 'target "s3"'), {
    bucket: "b",
    endpoint: undefined,
    level: 3,
    style: "host",
    fast: false,
    recipients: undefined,
  });
});

Deno.test("settingValues names the key, the value and what is wanted", () => {
  const wrong: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{}, /"bucket" is missing/],
    [{ bucket: 5 }, /"bucket" of target "s3": 5 is not a text/],
    [{ bucket: "" }, /"" is not a text that is not empty/],
    [{ bucket: "b", endpoint: "nowhere" }, /"endpoint".*"nowhere" is not an address/],
    [{ bucket: "b", level: 10 }, /10 is not a number from 1 to 9/],
    [{ bucket: "b", level: "3" }, /"3" is not a number/],
    [{ bucket: "b", level: NaN }, /not a number/],
    [{ bucket: "b", style: "dns" }, /"dns" is not one of "path", "host"/],
    [{ bucket: "b", fast: 1 }, /1 is not true or false/],
    [{ bucket: "b", recipients: "age1" }, /"age1" is not a list/],
  ];
  for (const [given, message] of wrong) {
    throws(() => settingValues(declared, given, 'target "s3"'), {
      code: "CONFIG_INVALID",
      message,
    });
  }
});

Deno.test("settingValues tells what the plugin finds wrong with a text, or with one of a list", () => {
  const problem = (text: string): string | undefined =>
    text.startsWith("a") ? undefined : `${text} does not begin with a`;
  const checked: readonly Setting[] = [
    { name: "one", kind: "text", help: "One.", problem },
    { name: "some", kind: "list", help: "Some.", problem },
    { name: "count", kind: "number", help: "How many.", problem },
  ];
  const good = { one: "ab", some: ["ac", "ad"], count: 3 };
  deepEqual(settingValues(checked, good, "x"), good);
  for (const [name, value] of [["one", "b"], ["some", ["ac", "b"]]] as const) {
    throws(() => settingValues(checked, { ...good, [name]: value }, 'codec "x"'), {
      code: "CONFIG_INVALID",
      message: `Cannot use "${name}" of codec "x": b does not begin with a`,
    });
  }
});

Deno.test("settingValues suggests the name that was meant", () => {
  const hint = (given: Record<string, unknown>): string | undefined => {
    try {
      settingValues(declared, given, 'target "s3"');
    } catch (error) {
      if (error instanceof HoldfastError) return error.hint;
      throw error;
    }
    return undefined;
  };
  equal(hint({ buckte: "b" }), 'Did you mean "bucket"?');
  equal(hint({ zzzzzz: "b" })?.startsWith('Known are "bucket"'), true);
});

Deno.test("settingValues refuses a secret without showing it", () => {
  throws(() => settingValues(declared, { bucket: "b", secretKey: "hunter2" }, "x"), (error) => {
    equal(error instanceof HoldfastError && error.code === "CONFIG_INVALID", true);
    equal(String(error).includes("hunter2"), false);
    return true;
  });
});
