import { deepStrictEqual as equal } from "node:assert/strict";
import { makeSampleDatabase } from "../../tests/support/sample_database.ts";
import { SteppedTime } from "../../tests/support/stepped_time.ts";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import type { Notification } from "../extend/notifier.ts";
import { TargetError } from "../extend/target_error.ts";
import { readLog } from "../log.ts";
import type { Occurrence } from "./decide_news.ts";
import { tell, type TellOptions } from "./tell.ts";

const failed: Occurrence = {
  kind: "failed",
  job: "backup",
  code: "NO_SPACE",
  message: "The disk is full",
};
const done: Occurrence = { kind: "done", job: "backup", summary: "fine" };

interface Bench extends AsyncDisposable {
  readonly got: Notification[];
  /** Errors for the next tries. */
  readonly errors: unknown[];
  readonly options: TellOptions;
  readonly dir: TempDir;
}

async function bench(): Promise<Bench> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await backup({ database: dir.join("app.db") });
  const got: Notification[] = [];
  const errors: unknown[] = [];
  const options: TellOptions = {
    database: "app",
    directory: dir.join("backups"),
    clock: new SteppedTime(),
    timers: { sleep: () => Promise.resolve() },
    notifiers: [{
      name: "desk",
      on: ["failure", "recovery", "warning"],
      notifier: {
        notify: (notification) => {
          const [error] = errors.splice(0, 1);
          if (error !== undefined) return Promise.reject(error);
          got.push(notification);
          return Promise.resolve();
        },
      },
    }],
  };
  return { got, errors, options, dir, [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() };
}

Deno.test("tell remembers in the catalog what was told", async () => {
  await using it = await bench();
  for (const occurrence of [failed, failed, done, done]) await tell(occurrence, it.options);
  equal(it.got.map(({ kind }) => kind), ["failure", "recovery"]);
});

Deno.test("tell tries again what is unavailable, and logs what could not be sent", async () => {
  await using it = await bench();
  const away = new TargetError("unavailable", "Cannot reach the server");
  it.errors.push(away, away);
  equal(await tell(failed, it.options), []);
  equal(it.got.length, 1);
  it.errors.push(new TargetError("denied", "Cannot sign in"));
  const [warning] = await tell(done, it.options);
  equal(warning?.message, 'Cannot notify "desk": Cannot sign in');
  const [run] = await readLog({ directory: it.options.directory, failed: true });
  equal([run?.job, run?.outcome, run?.details.notifier], ["notify", "failed", "desk"]);
  await tell(done, it.options);
  equal(it.got.map(({ kind }) => kind), ["failure", "recovery"]);
});

Deno.test("tell is not harmed by a notifier that hangs or throws nonsense", async () => {
  await using it = await bench();
  const [desk] = it.options.notifiers;
  if (desk === undefined) throw new Error("no desk");
  const hanging = { ...desk, notifier: { notify: () => new Promise<void>(() => undefined) } };
  const options = { ...it.options, notifiers: [hanging], deadlineMs: 5, attempts: 1 };
  equal((await tell(failed, options)).map(({ code }) => code), ["NOT_NOTIFIED"]);
  it.errors.push("nonsense");
  equal((await tell(failed, it.options))[0]?.message, 'Cannot notify "desk": nonsense');
});

Deno.test("tell remembers by itself where the directory is away", async () => {
  await using it = await bench();
  const memory = new Map<string, string>();
  const options = { ...it.options, directory: it.dir.join("gone"), memory };
  for (const occurrence of [failed, failed, done]) await tell(occurrence, options);
  equal(it.got.map(({ kind }) => kind), ["failure", "recovery"]);
});
