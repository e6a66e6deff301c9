import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { driveBench, visitor } from "./testing/drive_bench.ts";

Deno.test("connect signs in with PKCE and a loopback address, and makes the folder", async () => {
  await using bench = await driveBench({ signedOut: true });
  const { fake, kind, context } = bench;
  await kind.connect?.(context, bench.ui);
  match(bench.said.join("\n"), /You can close this window/);
  match(bench.said.join("\n"), /Signed in to Google Drive as ada@example\.com/);
  const { connected, account, folder, quota } = await kind.describe(context);
  ok(connected);
  equal(account?.email, "ada@example.com");
  equal(fake.files.all.get(folder.id ?? "")?.name, "holdfast");
  equal(quota?.total, 15_000_000_000);
  deepEqual(fake.violations, []);
  equal(bench.values.has("authorization"), false);
});

Deno.test("connect again keeps the folder", async () => {
  await using bench = await driveBench();
  const before = (await bench.kind.describe(bench.context)).folder.id;
  await bench.kind.connect?.(bench.context, bench.ui);
  equal((await bench.kind.describe(bench.context)).folder.id, before);
  equal(bench.fake.count("create"), 0);
});

Deno.test("connect of a second machine finds the folder by its name", async () => {
  await using bench = await driveBench();
  await using other = await driveBench({ fake: bench.fake });
  const id = (await bench.kind.describe(bench.context)).folder.id;
  equal((await other.kind.describe(other.context)).folder.id, id);
});

Deno.test("two accounts are two instances with stores of their own", async () => {
  await using ada = await driveBench();
  await using bob = await driveBench({ name: "bob", settings: { folder: "second" } });
  bob.fake.email = "bob@example.com";
  equal((await ada.kind.describe(ada.context)).account?.email, "ada@example.com");
  equal((await bob.kind.describe(bob.context)).account?.email, "bob@example.com");
  await ada.kind.disconnect?.(ada.context);
  equal((await bob.kind.describe(bob.context)).connected, true);
});

Deno.test("connect says so where the person refuses or leaves out Drive", async () => {
  await using bench = await driveBench({ signedOut: true });
  bench.fake.oauth.consent = "deny";
  await rejects(async () => await bench.kind.connect?.(bench.context, bench.ui), {
    kind: "denied",
    message: /the consent was refused/,
  });
  bench.fake.oauth.consent = "leave_out_drive";
  await rejects(async () => await bench.kind.connect?.(bench.context, bench.ui), {
    kind: "denied",
    hint: /tick the box/,
  });
  equal((await bench.kind.describe(bench.context)).connected, false);
});

Deno.test("connect says so where no lasting sign-in is granted", async () => {
  await using bench = await driveBench({ signedOut: true });
  bench.fake.oauth.withoutRefreshToken = true;
  await rejects(async () => await bench.kind.connect?.(bench.context, bench.ui), {
    kind: "denied",
    message: /no lasting sign-in/,
  });
});

Deno.test("the loopback address answers one request, and 404 to anything else", async () => {
  await using bench = await driveBench({ signedOut: true });
  const statuses: number[] = [];
  let address = "";
  const ui = {
    ...visitor([]),
    async visit(url: string): Promise<void> {
      const consent = await fetch(url, { redirect: "manual" });
      await consent.body?.cancel();
      const back = consent.headers.get("location") ?? "";
      address = new URL(back).origin;
      const ask = async (target: string, init?: RequestInit): Promise<void> => {
        const response = await fetch(target, init);
        statuses.push(response.status);
        await response.body?.cancel();
      };
      await ask(`${address}/favicon.ico`);
      await ask(`${address}/?code=stolen&state=guessed`);
      await ask(back, { method: "POST" });
      await ask(back);
      await ask(back);
    },
  };
  await bench.kind.connect?.(bench.context, ui);
  deepEqual(statuses, [404, 404, 404, 200, 404]);
  await rejects(fetch(address), TypeError);
});

Deno.test("connect refuses a state that is not its own", async () => {
  await using bench = await driveBench({ signedOut: true });
  const ui = {
    ...visitor([]),
    async visit(url: string): Promise<void> {
      const redirect = new URL(new URL(url).searchParams.get("redirect_uri") ?? "");
      redirect.search = "?code=of-somebody-else&state=of-somebody-else";
      await (await fetch(redirect)).body?.cancel();
    },
  };
  await rejects(async () => await bench.kind.connect?.(bench.context, ui), {
    kind: "denied",
    message: /its state is not ours/,
  });
  equal(bench.fake.count("token"), 0);
});

Deno.test("connect stops when it is aborted, and closes the address", async () => {
  await using bench = await driveBench({ signedOut: true });
  const abort = new AbortController();
  let address = "";
  const ui = {
    ...visitor([]),
    visit(url: string): Promise<void> {
      address = new URL(url).searchParams.get("redirect_uri") ?? "";
      abort.abort(new RangeError("given up"));
      return Promise.resolve();
    },
  };
  const context = { ...bench.context, signal: abort.signal };
  await rejects(async () => await bench.kind.connect?.(context, ui), RangeError);
  await rejects(fetch(address), TypeError);
});

Deno.test("begin and complete are the two halves, each beginning good for one answer", async () => {
  await using bench = await driveBench({ signedOut: true });
  const { kind, context } = bench;
  const visit = async (): Promise<{ code: string; state: string }> => {
    const url = await kind.begin(context, "http://127.0.0.1:4100/done");
    const consent = await fetch(url, { redirect: "manual" });
    await consent.body?.cancel();
    const back = new URL(consent.headers.get("location") ?? "");
    equal(back.pathname, "/done");
    const value = (name: string): string => back.searchParams.get(name) ?? "";
    return { code: value("code"), state: value("state") };
  };
  const answer = await visit();
  await kind.complete(context, answer);
  equal((await kind.describe(context)).connected, true);
  await rejects(kind.complete(context, answer), { kind: "denied", message: /none was begun/ });

  const older = await visit();
  const newer = await visit();
  await rejects(kind.complete(context, older), { message: /its state is not ours/ });
  await rejects(kind.complete(context, newer), { message: /none was begun/ });

  const late = await visit();
  bench.fake.now = bench.fake.now.add({ hours: 1 });
  await rejects(kind.complete(context, late), { message: /it came too late/ });
});

Deno.test("the device flow shows a code, waits, and slows down when asked", async () => {
  await using bench = await driveBench({ signedOut: true, settings: { flow: "device" } });
  bench.fake.oauth.devicePending = 5;
  await bench.kind.connect?.(bench.context, bench.ui);
  match(bench.said[0] ?? "", /visit .*\/device and enter GQVQ-JKEC/);
  equal(bench.waits.length, 6);
  equal(bench.waits[0], 5000);
  ok(bench.waits.includes(10_000), "slow_down adds five seconds");
  deepEqual(bench.fake.violations, []);
});

Deno.test("the device flow ends where the person refuses or the code runs out", async () => {
  await using bench = await driveBench({ signedOut: true, settings: { flow: "device" } });
  bench.fake.oauth.consent = "deny";
  await rejects(async () => await bench.kind.connect?.(bench.context, bench.ui), {
    message: /the consent was refused/,
  });
  bench.fake.oauth.devicePending = 100_000;
  await rejects(async () => await bench.kind.connect?.(bench.context, bench.ui), {
    message: /the code was not entered in time/,
  });
});

Deno.test("disconnect revokes the sign-in and forgets all of it", async () => {
  await using bench = await driveBench();
  equal(bench.fake.oauth.signIns, 1);
  await bench.kind.disconnect?.(bench.context);
  equal(bench.fake.oauth.signIns, 0);
  deepEqual([...bench.values.keys()], []);
  await bench.kind.disconnect?.(bench.context);
});

Deno.test("disconnect of a sign-in that Google ended before is no error", async () => {
  await using bench = await driveBench();
  bench.fake.oauth.endAll();
  await bench.kind.disconnect?.(bench.context);
  deepEqual([...bench.values.keys()], []);
});

Deno.test("disconnect without Google forgets all the same, and says where to end it", async () => {
  await using bench = await driveBench();
  for (let at = 0; at < 6; at++) bench.fake.faults.add({ step: "revoke", fault: { is: "drop" } });
  await rejects(async () => await bench.kind.disconnect?.(bench.context), {
    kind: "unavailable",
    hint: /myaccount\.google\.com/,
  });
  deepEqual([...bench.values.keys()], []);
});

Deno.test("states and verifiers never repeat", async () => {
  await using bench = await driveBench({ signedOut: true });
  const one = new URL(await bench.kind.begin(bench.context, "http://127.0.0.1:1/"));
  const other = new URL(await bench.kind.begin(bench.context, "http://127.0.0.1:1/"));
  for (const name of ["state", "code_challenge"]) {
    notEqual(one.searchParams.get(name), other.searchParams.get(name));
  }
});
