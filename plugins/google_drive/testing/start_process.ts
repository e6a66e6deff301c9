/**
 * Starts a process that works with the fake server.
 *
 * @module
 */

import type { TempDir } from "../../../tests/support/temp_dir.ts";
import type { FakeDrive } from "./fake_drive.ts";

/** Starts one of the programs beside this file; it may read and write in the folder only. */
export function startProcess(
  program: "token_process" | "upload_process",
  { fake, dir, args }: {
    readonly fake: FakeDrive;
    readonly dir: TempDir;
    /** After the address of the server and the client secret. */
    readonly args: readonly string[];
  },
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-check", "--allow-net=127.0.0.1"],
      ...[`--allow-read=${dir.path}`, `--allow-write=${dir.path}`],
      new URL(`${program}.ts`, import.meta.url).href,
      ...[fake.base, fake.oauth.clientSecret, ...args],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
}
