import assert from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { definitionAt, editConfigFile, editConfigText } from "./edit_config.ts";

const text = `{
    // which file
    "database": "app.db", // ours
    "verify": "quick",
    /* last */
    "schedule": { "at": "03:00" }
}
`;

Deno.test("editConfigText() changes a value and nothing else", async () => {
  const edited = await editConfigText(text, { key: "verify", value: "full" });
  assert.equal(edited, text.replace('"quick"', '"full"'));
});

Deno.test("editConfigText() adds a key with the file's own indent", async () => {
  const edited = await editConfigText(text, { key: "warnSizeMB", value: 9 });
  assert.ok(edited.includes('\n    "warnSizeMB": 9'), edited);
  assert.ok(edited.includes("// which file") && edited.includes("/* last */"));
  const nested = await editConfigText(text, { key: "schedule.enabled", value: true });
  assert.match(nested, /"at": "03:00",\s+"enabled": true/);
  const table = await editConfigText("{}", { key: "databases.app", value: { path: "a.db" } });
  assert.deepEqual(JSON.parse(table), { databases: { app: { path: "a.db" } } });
});

Deno.test("editConfigText() takes a key out with its line, and keeps a file without it", async () => {
  const without = await editConfigText(text, { key: "verify", value: undefined });
  assert.equal(without, text.replace('    "verify": "quick",\n', ""));
  const last = await editConfigText(text, { key: "schedule", value: undefined });
  assert.equal(last, text.replace('"quick",', '"quick"').replace(/\n.*schedule.*/, ""));
  assert.equal(await editConfigText(text, { key: "engine", value: undefined }), text);
  const inline = '{ "verify": "full", "engine": "auto" }';
  for (const key of ["verify", "engine"]) {
    const left = await editConfigText(inline, { key, value: undefined });
    assert.equal(Object.keys(JSON.parse(left)).length, 1, left);
  }
});

Deno.test("editConfigText() keeps line ends", async () => {
  const edited = await editConfigText('{\r\n  "verify": "full"\r\n}\r\n', {
    key: "warnSizeMB",
    value: 9,
  });
  assert.ok(!/[^\r]\n/.test(edited), JSON.stringify(edited));
});

Deno.test("editConfigText() refuses an unknown key and a wrong value", async () => {
  await assert.rejects(editConfigText(text, { key: "schedule.att", value: 1 }), {
    code: "CONFIG_INVALID",
    hint: 'Did you mean "schedule.at"?',
  });
  await assert.rejects(editConfigText(text, { key: "verify", value: "ful" }), {
    message: /"verify" = "ful": "none", "quick" or "full" is wanted/,
  });
  assert.throws(() => definitionAt(""), { code: "CONFIG_INVALID" });
  assert.throws(() => definitionAt("verify.deep"), { code: "CONFIG_INVALID" });
  assert.throws(() => definitionAt("constructor"), { code: "CONFIG_INVALID" });
});

Deno.test("editConfigFile() keeps the mode, writes through a link, and leaves nothing behind", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("real.json"), text, { mode: 0o640 });
  await Deno.symlink("real.json", dir.join("holdfast.json"));
  await editConfigFile(dir.join("holdfast.json"), { key: "verify", value: "none" });
  assert.ok((await Deno.lstat(dir.join("holdfast.json"))).isSymlink);
  const { mode } = await Deno.stat(dir.join("real.json"));
  assert.equal((mode ?? 0) & 0o777, 0o640);
  assert.ok((await Deno.readTextFile(dir.join("real.json"))).includes('"none"'));
  assert.equal([...Deno.readDirSync(dir.path)].length, 2);
});

Deno.test("editConfigFile() leaves the file alone where the value is wrong", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("holdfast.json"), text);
  await assert.rejects(
    editConfigFile(dir.join("holdfast.json"), { key: "warnSizeMB", value: "x" }),
  );
  assert.equal(await Deno.readTextFile(dir.join("holdfast.json")), text);
});
