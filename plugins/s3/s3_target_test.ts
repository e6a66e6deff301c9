import { deepEqual, equal, ok } from "node:assert/strict";
import { memoryState } from "../../core/extend/memory_state.ts";
import { bytesBody } from "../../core/extend/mod.ts";
import { checkTarget } from "../../core/extend/testing.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { rgwPrograms, rgwServer } from "../../tests/support/rgw_server.ts";
import s3, { s3Target } from "./mod.ts";
import { S3Client } from "./s3_client.ts";
import { sweepOlder } from "./sweep_uploads.ts";
import { faultSteps } from "./testing/fault_steps.ts";
import {
  mebibyte,
  optionsFor,
  signal,
  type Steps,
  unfinished,
  withTarget,
} from "./testing/rgw_bucket.ts";
import { UploadSessions } from "./upload_sessions.ts";

const steps: Steps = {
  "keeps the promises of a target": async (server, t) => {
    const state = memoryState();
    await checkTarget(() => s3Target(optionsFor(server, { prefix: "/some/ folder+/", state })), {
      largeBytes: 12 * mebibyte,
      step: async (name, run) => void await t.step(name, run),
    });
  },

  "lists more than a page": async (server) => {
    await withTarget(optionsFor(server, { prefix: "pages" }), async (target) => {
      const keys = Array.from({ length: 1_003 }, (_, at) => `${at}`);
      const workers = Array.from({ length: 8 }, async (_, first) => {
        for (let at = first; at < keys.length; at += 8) {
          await target.put(`${at}`, bytesBody(new Uint8Array()), { signal });
        }
      });
      await Promise.all(workers);
      const found = await Array.fromAsync(target.list("", { signal }), ({ key }) => key);
      deepEqual(found.sort(), keys.sort());
    });
  },

  "connect tries the bucket and tells what it honours": async (server) => {
    const said: string[] = [];
    const { endpoint, accessKeyId, secretAccessKey } = server;
    const context = {
      name: "offsite",
      settings: { bucket: "copies", endpoint },
      secrets: {
        get: (name: string) =>
          Promise.resolve(
            { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }[name],
          ),
      },
      state: memoryState(),
      signal,
    };
    const ui = {
      say: (line: string) => void said.push(line),
      visit: () => Promise.resolve(),
      ask: () => Promise.resolve(""),
    };
    await s3.targets?.["s3"]?.connect?.(context, ui);
    deepEqual(said, ['The bucket "copies" can be written. It honours If-None-Match.']);
    await withTarget(optionsFor(server), async (target) => {
      deepEqual(await Array.fromAsync(target.list(".holdfast-probe", { signal })), []);
    });
  },

  "what killed runs left is taken back by age": async (server) => {
    const begun = await server.request("POST", "/copies/left?uploads=");
    await begun.body?.cancel();
    const before = await unfinished(server);
    ok(before > 0);
    const options = optionsFor(server);
    const client = new S3Client(options);
    const sessions = new UploadSessions(options.state);
    const now = Temporal.Now.instant();
    await sweepOlder({ client, sessions }, now.subtract({ hours: 1 }), signal);
    equal(await unfinished(server), before);
    await sweepOlder({ client, sessions }, now.add({ hours: 1 }), signal);
    equal(await unfinished(server), 0);
    client.close();
  },
};

Deno.test({
  ...requireProgram(rgwPrograms, "s3Target on Ceph's object gateway"),
  async fn(t) {
    await using server = await rgwServer();
    await server.makeBucket("copies");
    for (const [name, step] of Object.entries({ ...steps, ...faultSteps })) {
      await t.step(name, (context) => step(server, context));
    }
  },
});
