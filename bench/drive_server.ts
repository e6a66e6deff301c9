/**
 * The servers of `drive_upload.ts`, in a process of their own: the strict server of
 * the Drive protocol, and a plain one that takes a PUT. Both hash what arrives and
 * keep nothing. Prints one line of JSON, and ends with its standard input.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { FakeDrive } from "../plugins/google_drive/testing/fake_drive.ts";

const fake = await FakeDrive.start();
fake.keepAlive = true;
fake.uploads.keepBytes = false;
fake.files.limit = undefined;
fake.now = Temporal.Now.instant();

const plain = createServer((request, response) => {
  const hash = createHash("sha256");
  request.on("data", (bytes: Uint8Array) => void hash.update(bytes));
  request.on("end", () => void response.end(hash.digest("hex")));
});
await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
const address = plain.address();
const port = typeof address === "object" && address !== null ? address.port : 0;
const { clientId, clientSecret } = fake.oauth;
// deno-lint-ignore no-console -- it tells its parent where it is
console.log(JSON.stringify({
  drive: fake.base,
  plain: `http://127.0.0.1:${port}/`,
  clientId,
  clientSecret,
}));
for await (const _ of Deno.stdin.readable) continue;
plain.closeAllConnections();
plain.close();
await fake[Symbol.asyncDispose]();
