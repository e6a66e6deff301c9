/**
 * Writes, shows and takes away the timer of the operating system.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { homeFolder } from "../../core/config/surroundings.ts";
import { HoldfastError } from "../../core/errors.ts";
import { writeFileAtomic } from "../../core/files/atomic_file.ts";
import { readIfThere } from "../../core/files/read_if_there.ts";
import {
  cronLine,
  cronLineIn,
  fleetingNote,
  systemdUnits,
  type TimerJob,
  withCronLine,
} from "../../core/schedule/timer_files.ts";
import { UNHEALTHY } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** By which timer. */
export type TimerKind = "systemd" | "cron";

/** The options of the three commands. */
export interface TimerFlags {
  readonly by?: TimerKind | undefined;
  readonly print?: boolean | undefined;
}

/** Writes and enables it; `--print` only shows what would be written. */
export async function scheduleInstall(
  run: Run,
  { by = "systemd", print }: TimerFlags,
): Promise<Outcome> {
  const job = await jobOf(run);
  const files = filesOf(run, job, by);
  const verb = "schedule install";
  const text = files.map(({ path, content }) => `# ${path}\n${content}`).join("\n");
  const fleeting = fleetingNote(Deno.execPath());
  if (print === true) return { verb, data: { installed: false, files }, text, note: fleeting };
  if (by === "cron") {
    await writeCrontab(withCronLine(await readCrontab(), job.id, cronLine(job)));
  } else {
    for (const { path, content } of files) {
      await Deno.mkdir(join(path, ".."), { recursive: true });
      await writeFileAtomic(path, content, { mode: 0o644 });
    }
    await systemctl("daemon-reload");
    await systemctl("enable", "--now", `${unitOf(job)}.timer`);
  }
  const notes = [
    "It looks every 5 minutes whether a run is due.",
    ...(by === "cron" ? [] : ["To run while you are not logged in: loginctl enable-linger"]),
    ...(fleeting === undefined ? [] : [fleeting]),
  ];
  return { verb, data: { installed: true, files }, text, note: notes.join("\n") };
}

/** Takes it away. */
export async function scheduleUninstall(
  run: Run,
  { by = "systemd" }: TimerFlags,
): Promise<Outcome> {
  const job = await jobOf(run);
  const files = filesOf(run, job, by);
  if (by === "cron") await writeCrontab(withCronLine(await readCrontab(), job.id, undefined));
  else {
    const there = await Promise.all(files.map(({ path }) => readIfThere(path)));
    if (there.some((text) => text !== undefined)) {
      await systemctl("disable", "--now", `${unitOf(job)}.timer`);
      for (const { path } of files) await removeIfThere(path);
      await systemctl("daemon-reload");
    }
  }
  return {
    verb: "schedule uninstall",
    data: { files: files.map(({ path }) => path) },
    text: "The timer is gone",
  };
}

/** Says whether it is there, as it would be written now, and on. */
export async function scheduleStatus(run: Run): Promise<Outcome> {
  const job = await jobOf(run);
  const files = filesOf(run, job, "systemd");
  const found = await Promise.all(files.map(({ path }) => readIfThere(path)));
  const isThere = found.some((text) => text !== undefined);
  const isSame = found.every((text, i) => text === files[i]?.content);
  const isOn = isThere &&
    await succeeds("systemctl", ["--user", "is-active", `${unitOf(job)}.timer`]);
  const line = cronLineIn(await readCrontab().catch(noCron), job.id);
  const systemd = !isThere ? "none" : !isSame ? "stale" : isOn ? "on" : "off";
  const cron = line === undefined ? "none" : line === cronLine(job) ? "on" : "stale";
  const isBad = systemd === "stale" || systemd === "off" || cron === "stale";
  const words = {
    none: "not installed",
    on: "installed",
    off: "installed, but not active: holdfast schedule install",
    stale: "STALE: the program or the configuration moved: holdfast schedule install",
  };
  return {
    verb: "schedule status",
    data: { systemd, cron },
    text: `systemd  ${words[systemd]}\ncron     ${words[cron]}`,
    exitCode: isBad ? UNHEALTHY : 0,
  };
}

async function jobOf(run: Run): Promise<TimerJob> {
  const { found } = await run.config();
  if (found === undefined) {
    throw new HoldfastError("CONFIG_INVALID", "Cannot set up a timer: there is no configuration", {
      hint: "Write one first: holdfast init, then: holdfast schedule set",
    });
  }
  const config = await Deno.realPath(found.path);
  const id = createHash("sha256").update(config).digest("hex").slice(0, 8);
  const own = ["schedule", "run", "--quiet", "--config", config];
  const about = `holdfast: backups by ${config}`;
  if (Deno.build.standalone) return { id, about, command: [Deno.execPath(), ...own] };
  const entry = new URL("../../cli.ts", import.meta.url);
  const program = entry.protocol === "file:" ? fileURLToPath(entry) : entry.href;
  return { id, about, command: [Deno.execPath(), "run", "-q", "-A", program, ...own] };
}

interface TimerFile {
  readonly path: string;
  readonly content: string;
}

function filesOf(run: Run, job: TimerJob, by: TimerKind): readonly TimerFile[] {
  if (by === "cron") return [{ path: "crontab", content: `${cronLine(job)}\n` }];
  const { around } = run.session;
  const home = homeFolder(around);
  const base = around.env.XDG_CONFIG_HOME ||
    (home === undefined ? undefined : join(home, ".config"));
  if (base === undefined) {
    throw new HoldfastError("CONFIG_INVALID", "Cannot find the home folder for the timer", {
      hint: "Set HOME, or use --by cron.",
    });
  }
  const { service, timer } = systemdUnits(job);
  const folder = join(base, "systemd", "user");
  return [
    { path: join(folder, `${unitOf(job)}.service`), content: service },
    { path: join(folder, `${unitOf(job)}.timer`), content: timer },
  ];
}

function unitOf({ id }: TimerJob): string {
  return `holdfast-${id}`;
}

async function systemctl(...args: readonly string[]): Promise<void> {
  const { success, said } = await output("systemctl", ["--user", ...args]);
  if (success) return;
  throw new HoldfastError(
    "INTERNAL",
    `Cannot set up the timer: systemctl --user ${args.join(" ")}: ${said}`,
    {
      hint: "Where there is no systemd for users: holdfast schedule install --by cron",
    },
  );
}

async function readCrontab(): Promise<string> {
  const { success, said, text } = await output("crontab", ["-l"]);
  if (success) return text;
  if (/no crontab/i.test(said)) return "";
  throw new HoldfastError("INTERNAL", `Cannot read the crontab: ${said}`, {
    hint: "Is cron installed? holdfast schedule install --by cron --print shows the line.",
  });
}

function noCron(error: unknown): string {
  if (error instanceof HoldfastError) return "";
  throw error;
}

async function writeCrontab(text: string): Promise<void> {
  const { success, said } = await output("crontab", ["-"], text);
  if (!success) throw new HoldfastError("INTERNAL", `Cannot write the crontab: ${said}`);
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return (await output(program, args)).success;
}

interface Output {
  readonly success: boolean;
  readonly text: string;
  readonly said: string;
}

async function output(program: string, args: readonly string[], input = ""): Promise<Output> {
  try {
    const child = new Deno.Command(program, {
      args: [...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const fed = new Response(input).body?.pipeTo(child.stdin) ?? child.stdin.close();
    const [{ success, stdout, stderr }] = await Promise.all([child.output(), fed]);
    const decoder = new TextDecoder();
    return { success, text: decoder.decode(stdout), said: decoder.decode(stderr).trim() };
  } catch (error) {
    // Not installed, or gone before it read its input.
    if (!(error instanceof Error)) throw error;
    return { success: false, text: "", said: error.message };
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
