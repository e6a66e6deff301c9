import { equal, ok, rejects } from "node:assert/strict";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import { systemClock } from "../clock.ts";
import type { HoldfastError } from "../errors.ts";
import { lockDirectory } from "../files/directory_lock.ts";
import { Report } from "../report.ts";
import { type LockedPlace, lockPlace } from "./lock_place.ts";
import { writePointer } from "./moved_pointer.ts";

const clock = systemClock;

/** Waits for the lock of a directory, to which its last holder does something before it lets go. */
async function lockedAfter(
  dir: TempDir,
  lastAct: (directory: string) => Promise<void>,
): Promise<LockedPlace> {
  const directory = dir.join("backups");
  await Deno.mkdir(directory);
  const holder = await lockDirectory(directory, { job: "move", clock });
  const { promise: waits, resolve } = Promise.withResolvers<void>();
  const report = new Report("backup", {
    subject: "app.db",
    clock,
    onEvent: ({ type }) => type === "progress" && resolve(),
  });
  const locked = lockPlace({ database: dir.join("app.db"), directory }, { report, clock });
  await waits;
  await lastAct(directory);
  holder[Symbol.dispose]();
  return await locked;
}

Deno.test("lockPlace follows a directory that was moved while it waited", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("elsewhere"));
  using locked = await lockedAfter(
    dir,
    (directory) => writePointer(directory, dir.join("elsewhere")),
  );
  equal(locked.place.directory, dir.join("elsewhere"));
});

Deno.test("lockPlace makes a directory anew that was removed while it waited", async () => {
  await using dir = await tempDir();
  using locked = await lockedAfter(dir, (path) => Deno.remove(path, { recursive: true }));
  equal(locked.made, locked.place.directory);
  using file = await Deno.open(dir.join("backups/.lock"), { write: true });
  ok(!await file.tryLock(true), "what is locked is not what others try");
});

Deno.test({
  name: "lockPlace names the way out where no directory can be made",
  permissions: { read: true, write: false, sys: true, env: true },
  fn: async () => {
    const place = { database: "/nowhere/app.db", directory: "/nowhere/backups" };
    const report = new Report("backup", { subject: "app.db", clock });
    await rejects(
      lockPlace(place, { report, clock }),
      ({ code, hint }: HoldfastError) =>
        code === "PERMISSION_DENIED" && hint?.includes("--directory") === true,
    );
  },
});
