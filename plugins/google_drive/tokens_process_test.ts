import { equal, ok } from "node:assert/strict";
import { fileStateStore } from "../../core/extend/file_state_store.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { driveBench } from "./testing/drive_bench.ts";
import { startProcess } from "./testing/start_process.ts";
import { loadTokens } from "./tokens.ts";

for (const rotates of [false, true]) {
  const what = rotates ? "also where each refresh token is good for once" : "at the same moment";
  Deno.test(`Tokens of two processes that renew one sign-in lose nothing, ${what}`, async () => {
    await using dir = await tempDir();
    const path = dir.join("state", "drive.json");
    const state = fileStateStore(path);
    await using bench = await driveBench({ state, signedOut: true });
    const { fake } = bench;
    // The processes have the clock of the machine.
    fake.now = Temporal.Now.instant();
    await bench.kind.connect?.(bench.context, bench.ui);
    await state.set("upload:db-1/a.db", "not of the sign-in");
    const before = await loadTokens(state);
    Object.assign(fake.oauth, { rotates });
    fake.oauth.expireAccess();

    const ask = async (): Promise<boolean> =>
      (await startProcess("token_process", { fake, dir, args: [path] }).status).success;
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ended = Promise.withResolvers<void>();
    const reached = Promise.all(both.map(({ promise }) => promise));
    const until = Promise.race([ended.promise, reached]).then(() => undefined);
    for (const { resolve } of both) {
      fake.faults.add({ step: "token", fault: { is: "hold", reached: resolve, until } });
    }
    const went = await Promise.all([ask(), ask()].map((each) => each.finally(ended.resolve)));
    // Of a token that is good for once, the second may hear before the first has kept the next.
    ok(rotates ? went.includes(true) : went.every((each) => each), String(went));

    const after = await loadTokens(state);
    equal(after?.dead, undefined);
    equal(after?.grantedAt, before?.grantedAt);
    equal(after?.refreshToken === before?.refreshToken, !rotates);
    equal(fake.oauth.signIns, 1);
    equal(await state.get("upload:db-1/a.db"), "not of the sign-in");
    if (Deno.build.os !== "windows") equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
    fake.oauth.expireAccess();
    ok(await ask(), "what is kept is good for the next renewal");
    equal((await bench.kind.health(bench.context)).length, 0);
  });
}
