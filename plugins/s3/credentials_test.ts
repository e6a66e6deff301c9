import { deepEqual, rejects } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { findCredentials } from "./credentials.ts";
import { readProfile } from "./profile_file.ts";

/** Secrets by name. */
function secretsOf(values: Readonly<Record<string, string>>): {
  get(name: string): Promise<string | undefined>;
} {
  return { get: (name) => Promise.resolve(values[name]) };
}

const file = `; of the office
[default]
aws_access_key_id = FILE
aws_secret_access_key=file/secret=+
[profile other]
AWS_ACCESS_KEY_ID = OTHER
aws_secret_access_key = other
# aws_session_token = no
aws_session_token = token
`;

Deno.test("readProfile reads one section", () => {
  deepEqual([...readProfile(file, "default")], [
    ["aws_access_key_id", "FILE"],
    ["aws_secret_access_key", "file/secret=+"],
  ]);
  deepEqual(readProfile(file, "other").get("aws_session_token"), "token");
  deepEqual(readProfile(file, "none").size, 0);
});

Deno.test("findCredentials takes the target's own, then the file, then the environment", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("credentials"), file);
  const credentialsFile = dir.join("credentials");
  const environment = { AWS_ACCESS_KEY_ID: "ENV", AWS_SECRET_ACCESS_KEY: "env" };
  const own = { accessKeyId: "OWN", secretAccessKey: "own" };
  const secrets = secretsOf({ ...environment, ...own });
  deepEqual(await findCredentials({ settings: { credentialsFile }, secrets }), own);
  const elsewhere = secretsOf(environment);
  const settings = { credentialsFile, profile: "other" };
  deepEqual(await findCredentials({ settings, secrets: elsewhere }), {
    accessKeyId: "OTHER",
    secretAccessKey: "other",
    sessionToken: "token",
  });
  deepEqual(await findCredentials({ settings: {}, secrets: elsewhere }), {
    accessKeyId: "ENV",
    secretAccessKey: "env",
  });
});

Deno.test("findCredentials tells what is missing", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("credentials"), file);
  const secrets = secretsOf({});
  await rejects(findCredentials({ settings: {}, secrets }), { kind: "denied" });
  const credentialsFile = dir.join("credentials");
  const settings = { credentialsFile, profile: "none" };
  await rejects(findCredentials({ settings, secrets }), { kind: "denied" });
  const gone = { credentialsFile: dir.join("gone") };
  await rejects(findCredentials({ settings: gone, secrets }), { kind: "invalid" });
});
