/**
 * Whether the programs are there that holdfast, or a person in need, starts.
 *
 * @module
 */

import type { Finding, Probe } from "./finding.ts";

/** A program, what needs it, and where it comes from. */
interface Wanted {
  readonly name: string;
  readonly use: string;
  readonly get: Readonly<Record<Probe["os"], string>>;
  /** Systems that it is for. */
  readonly on?: readonly Probe["os"][] | undefined;
}

const programs: readonly Wanted[] = [
  {
    name: "rclone",
    use: "targets of the kind rclone",
    get: {
      linux: "apt install rclone, or https://rclone.org/install/",
      darwin: "brew install rclone",
      windows: "winget install Rclone.Rclone",
    },
  },
  {
    name: "age",
    use: "opening encrypted copies without holdfast",
    get: {
      linux: "apt install age, or https://age-encryption.org/",
      darwin: "brew install age",
      windows: "winget install FiloSottile.age",
    },
  },
  {
    name: "zstd",
    use: "opening compressed copies without holdfast",
    get: {
      linux: "apt install zstd",
      darwin: "brew install zstd",
      windows: "winget install Meta.Zstandard",
    },
  },
  {
    name: "sqlite3",
    use: "opening backups without holdfast",
    get: {
      linux: "apt install sqlite3",
      darwin: "macOS brings it: /usr/bin/sqlite3",
      windows: "winget install SQLite.SQLite",
    },
  },
  {
    name: "systemctl",
    on: ["linux"],
    use: "schedule install (or --by cron)",
    get: {
      linux: "a system with systemd; else --by cron, or holdfast watch",
      darwin: "",
      windows: "",
    },
  },
  {
    name: "crontab",
    on: ["linux", "darwin"],
    use: "schedule install --by cron",
    get: { linux: "apt install cron", darwin: "macOS brings it: /usr/bin/crontab", windows: "" },
  },
];

/** Looks for each; `needed` names those that the configuration asks for. */
export async function programFindings(
  probe: Probe,
  needed: ReadonlySet<string>,
): Promise<Finding[]> {
  const here = programs.filter(({ on }) => on === undefined || on.includes(probe.os));
  const found = await Promise.all(here.map((wanted) => findingOf(probe, wanted, needed)));
  return [...copierFinding(probe), ...found];
}

async function findingOf(
  probe: Probe,
  { name, use, get }: Wanted,
  needed: ReadonlySet<string>,
): Promise<Finding> {
  const program = await probe.program(name);
  if (program !== undefined) {
    return { name, status: "ok", found: program.version ?? program.path, use };
  }
  const status = needed.has(name) ? "missing" : "optional";
  return { name, status, found: "not on the PATH", use, hint: get[probe.os] };
}

/** Without it backups are taken by SQLite alone: slower, and just as good. */
function copierFinding({ copier }: Probe): Finding[] {
  if (copier === undefined) return [];
  const about = { name: "cp", use: "the engine clone" };
  if (copier.isThere) return [{ ...about, status: "ok", found: copier.path }];
  const hint = "Backups are taken with the engine online: slower. cp is a part of coreutils.";
  return [{ ...about, status: "optional", found: `no ${copier.path}`, hint }];
}
