/**
 * Stand-ins for `crontab` and `systemctl`, which would change this machine.
 *
 * @module
 */

import type { TempDir } from "./temp_dir.ts";

/**
 * Makes them, below a folder.
 *
 * @returns The environment in which they are found. The crontab is the file `crontab` of the
 * folder, what systemctl was told is in its file `systemctl`.
 */
export async function stubTimers(dir: TempDir): Promise<Record<string, string>> {
  const bin = dir.join("bin");
  await Deno.mkdir(bin);
  const write = (name: string, script: string): Promise<void> =>
    Deno.writeTextFile(`${bin}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const tab = dir.join("crontab");
  await write(
    "crontab",
    `if [ "$1" = -l ]; then cat '${tab}' 2>/dev/null || ` +
      `{ echo "no crontab for me" >&2; exit 1; }; else cat > '${tab}'; fi`,
  );
  await write("systemctl", `echo "$@" >> '${dir.join("systemctl")}'`);
  return { PATH: `${bin}:${Deno.env.get("PATH") ?? ""}` };
}
