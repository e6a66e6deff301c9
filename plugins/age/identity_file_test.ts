import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { Secrets } from "../../core/extend/mod.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import {
  configuredAgeKeys,
  newAgeKey,
  readIdentities,
  recoverySheet,
  writeIdentityFile,
} from "./mod.ts";

const createdAt = Temporal.Instant.from("2026-01-03T14:30:00.123Z");

/** Secrets from an object. */
function secretsOf(values: Readonly<Record<string, string>>): Secrets {
  return { get: (name) => Promise.resolve(values[name]) };
}

Deno.test("writeIdentityFile writes a file that only its owner reads, never over another", async () => {
  await using dir = await tempDir();
  const key = await newAgeKey();
  match(key.identity, /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
  match(key.recipient, /^age1[a-z0-9]{58}$/);
  const path = dir.join("key.txt");
  await writeIdentityFile(path, key, createdAt);
  if (Deno.build.os !== "windows") equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
  equal(
    await Deno.readTextFile(path),
    `# created: 2026-01-03T14:30:00Z\n# public key: ${key.recipient}\n${key.identity}\n`,
  );
  deepEqual(await readIdentities(path), [key.identity]);
  await rejects(writeIdentityFile(path, await newAgeKey(), createdAt), {
    code: "DESTINATION_EXISTS",
  });
  deepEqual(await readIdentities(path), [key.identity]);
});

Deno.test("readIdentities says why a file gives none", async () => {
  await using dir = await tempDir();
  await rejects(readIdentities(dir.join("none.txt")), { kind: "denied" });
  await Deno.writeTextFile(dir.join("empty.txt"), "# public key: age1\n\n");
  await rejects(readIdentities(dir.join("empty.txt")), { kind: "invalid" });
});

Deno.test("configuredAgeKeys reads no identity to encrypt for recipients", async () => {
  await using dir = await tempDir();
  const settings = { recipients: ["age1x"], identityFile: dir.join("in the safe.txt") };
  const context = { settings, secrets: secretsOf({}) };
  deepEqual((await configuredAgeKeys(context, "encode")).recipients, ["age1x"]);
  await rejects(configuredAgeKeys(context, "decode"), { kind: "denied" });
});

Deno.test("configuredAgeKeys takes identities from a file and from a secret", async () => {
  await using dir = await tempDir();
  const [one, two] = [await newAgeKey(), await newAgeKey()];
  await writeIdentityFile(dir.join("key.txt"), one, createdAt);
  const keys = await configuredAgeKeys({
    settings: { identityFile: dir.join("key.txt") },
    secrets: secretsOf({ identity: `# two\n${two.identity}\n`, passphrase: "x" }),
  }, "decode");
  deepEqual(keys.identities, [one.identity, two.identity]);
  equal(keys.passphrase, "x");
});

Deno.test("recoverySheet holds the key and the way back without us", async () => {
  const key = await newAgeKey();
  const sheet = recoverySheet(key, { subject: "notes.db", createdAt });
  for (const part of [key.identity, key.recipient, "notes.db", "2026-01-03", "age -d -i key.txt"]) {
    ok(sheet.includes(part), part);
  }
  ok(sheet.split("\n").every((line) => line.length <= 80), "it fits a page");
});
