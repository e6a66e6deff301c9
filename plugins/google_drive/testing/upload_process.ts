/**
 * A process that uploads one file to the fake server, to be killed by a test.
 * Arguments: the address of the server, the client secret, the file of the store,
 * the file to upload, its SHA-256.
 *
 * @module
 */

import { fileBody, fileStateStore } from "../../../core/extend/mod.ts";
import { driveKind } from "../drive_kind.ts";

const [base = "", secret = "", store = "", file = "", sha256 = ""] = Deno.args;
const { signal } = new AbortController();
const target = await driveKind().create({
  name: "drive",
  settings: {
    clientId: "1234.apps.googleusercontent.com",
    apiBase: base,
    authBase: base,
    tokenBase: base,
    chunkSizeKiB: 512,
  },
  secrets: { get: (name) => Promise.resolve(name === "clientSecret" ? secret : undefined) },
  state: fileStateStore(store),
  signal,
});
await target.put("db-1/a.db", await fileBody(file), { signal, sha256 });
