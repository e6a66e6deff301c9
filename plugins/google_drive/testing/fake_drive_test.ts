import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { FakeDrive } from "./fake_drive.ts";
import type { Fault } from "./fault_script.ts";

const unit = 256 * 1024;

/** A signed-in client that keeps to no rules but those of its caller. */
async function signedIn() {
  const fake = await FakeDrive.start();
  const { oauth } = fake;
  const verifier = "v".repeat(43);
  const challenge = (await digest(verifier)).toBase64({ alphabet: "base64url", omitPadding: true });
  const back = new URL(oauth.authorize(
    new URLSearchParams({
      client_id: oauth.clientId,
      redirect_uri: "http://127.0.0.1:1/",
      response_type: "code",
      scope: "https://www.googleapis.com/auth/drive.file",
      state: "s".repeat(43),
      code_challenge: challenge,
      code_challenge_method: "S256",
      access_type: "offline",
      prompt: "consent",
    }),
  ));
  const form = {
    client_id: oauth.clientId,
    client_secret: oauth.clientSecret,
    grant_type: "authorization_code",
    code: back.searchParams.get("code") ?? "",
    code_verifier: verifier,
    redirect_uri: "http://127.0.0.1:1/",
  };
  const token = async (change: Record<string, string> = {}): Promise<Response> =>
    await fetch(`${fake.base}/token`, {
      method: "POST",
      body: new URLSearchParams({ ...form, ...change }),
    });
  const { access_token } = await (await token()).json();
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${access_token}`);
    const response = await fetch(new URL(path, fake.base), {
      ...init,
      headers,
      redirect: "manual",
    });
    const text = await response.text();
    return new Response(text === "" ? null : text, response);
  };
  return { fake, token, call, [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose]() };
}

/** The SHA-256 of a text. */
async function digest(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** A session for so many bytes. */
async function begin(client: Awaited<ReturnType<typeof signedIn>>, total: number): Promise<string> {
  const [id] = client.fake.files.generateIds(1);
  const response = await client.call("/upload/drive/v3/files?uploadType=resumable&fields=id", {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "x-upload-content-type": "application/octet-stream",
      "x-upload-content-length": String(total),
    },
    body: JSON.stringify({ id, name: "a" }),
  });
  return response.headers.get("location") ?? "";
}

Deno.test("FakeDrive refuses pieces of a wrong size, place or length", async () => {
  await using client = await signedIn();
  const put = async (uri: string, range: string, size: number): Promise<number> =>
    (await client.call(uri, {
      method: "PUT",
      headers: { "content-range": range },
      body: new Uint8Array(size),
    })).status;
  const uri = await begin(client, unit * 2);
  equal(await put(uri, `bytes 0-99999/${unit * 2}`, 100_000), 400);
  equal(await put(uri, `bytes ${unit}-${unit * 2 - 1}/${unit * 2}`, unit), 400);
  equal(await put(uri, `bytes 0-${unit - 1}/${unit * 2}`, unit - 1), 400);
  equal(await put(uri, `bytes 0-${unit - 1}/${unit * 3}`, unit), 400);
  equal(await put(uri, "bytes 0-1", 2), 400);
  equal(client.fake.violations.length, 5);
  equal(await put(uri, `bytes 0-${unit - 1}/${unit * 2}`, unit), 308);
  equal(await put(uri, `bytes ${unit}-${unit * 2 - 1}/${unit * 2}`, unit), 200);
  equal(await put(uri, `bytes */${unit * 2}`, 0), 200);
  equal(client.fake.violations.length, 5);
});

Deno.test("FakeDrive ends sessions after a week, and access after an hour", async () => {
  await using client = await signedIn();
  const uri = await begin(client, unit);
  const ask = { method: "PUT", headers: { "content-range": `bytes */${unit}` } };
  equal((await client.call(uri, ask)).status, 308);
  client.fake.now = client.fake.now.add({ hours: 1 });
  equal((await client.call(uri, ask)).status, 401);
  const old = new URL(uri).searchParams.get("upload_id") ?? "";
  client.fake.now = client.fake.now.add({ hours: 7 * 24 });
  throws(() => client.fake.uploads.query(old, unit), { status: 404 });
});

Deno.test("FakeDrive refuses wrong codes, verifiers, secrets and redirects", async () => {
  await using client = await signedIn();
  const status = async (change: Record<string, string>): Promise<number> => {
    const response = await client.token(change);
    await response.body?.cancel();
    return response.status;
  };
  equal(await status({}), 400, "a code is good once");
  equal(await status({ client_secret: "wrong" }), 401);
  equal(await status({ grant_type: "password" }), 400);
  equal(await status({ grant_type: "refresh_token", refresh_token: "wrong" }), 400);
});

Deno.test("FakeDrive refuses requests without what Google needs, or we want", async () => {
  await using client = await signedIn();
  const json = { "content-type": "application/json; charset=UTF-8" };
  const create = (metadata: unknown): RequestInit => ({
    method: "POST",
    headers: json,
    body: JSON.stringify(metadata),
  });
  const [id = ""] = client.fake.files.generateIds(1);
  const wrong: readonly (readonly [string, RequestInit?])[] = [
    ["/drive/v3/about"],
    ["/drive/v3/files?fields=files&q=trashed=false"],
    ["/drive/v3/files?fields=files&q=trashed=false&pageSize=1001"],
    ["/drive/v3/files?fields=files&q=name contains 'a'&pageSize=10"],
    ["/drive/v3/files?fields=files&q=trashed=false&pageSize=10&pageToken=3-other"],
    ["/drive/v3/files/generateIds?fields=ids&count=0&space=drive&type=files"],
    ["/drive/v3/files?fields=id", create({ name: "no id" })],
    ["/drive/v3/files?fields=id", create({ id: "of-our-own", name: "a" })],
    ["/drive/v3/files?fields=id", create({ id, starred: true })],
    ["/drive/v3/files?fields=id", create({ id, appProperties: { long: "x".repeat(121) } })],
    [
      "/drive/v3/files?fields=id",
      create({
        id,
        appProperties: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [n, n])),
      }),
    ],
  ];
  for (const [path, init] of wrong) equal((await client.call(path, init)).status, 400, path);
  equal(client.fake.violations.length, wrong.length);
  equal((await client.call("/drive/v3/files?fields=id", create({ id, name: "a" }))).status, 200);
  equal((await client.call("/drive/v3/files?fields=id", create({ id, name: "b" }))).status, 409);
  const bare = await fetch(`${client.fake.base}/drive/v3/about?fields=user`);
  await bare.body?.cancel();
  equal(bare.status, 401);
});

Deno.test("FakeDrive takes each line of its script once, in its place", async () => {
  await using client = await signedIn();
  const fault: Fault = { is: "status", status: 503, retryAfter: "7" };
  client.fake.faults.add({ step: "about", fault, skip: 1 });
  const statuses: number[] = [];
  for (let at = 0; at < 3; at++) {
    statuses.push((await client.call("/drive/v3/about?fields=user")).status);
  }
  deepEqual(statuses, [200, 503, 200]);
  ok(client.fake.faults.left === 0);
});
