/**
 * What the timers of an operating system are given. Pure: texts only.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";

/** What a timer runs. */
export interface TimerJob {
  /** Tells this timer from others: letters, digits and `-`. */
  readonly id: string;
  /** The program and its arguments, all absolute. */
  readonly command: readonly string[];
  /** What it is for, one line. */
  readonly about: string;
}

/** The two files of a systemd user timer. */
export interface SystemdUnits {
  readonly service: string;
  readonly timer: string;
}

/**
 * A systemd user timer that looks every five minutes whether a run is due; what was missed
 * while the machine was off is looked at when it is back (systemd.timer(5), `Persistent`).
 *
 * @throws {HoldfastError} `USAGE` for a path that cannot stand in a unit.
 */
export function systemdUnits({ command, about }: TimerJob): SystemdUnits {
  const exec = command.map(systemdQuoted).join(" ");
  return {
    service: `# Written by: holdfast schedule install
[Unit]
Description=${about.replaceAll("%", "%%")}

[Service]
Type=oneshot
ExecStart=${exec}
Nice=10
`,
    timer: `# Written by: holdfast schedule install
[Unit]
Description=${about.replaceAll("%", "%%")}

[Timer]
OnCalendar=*:0/5
Persistent=true

[Install]
WantedBy=timers.target
`,
  };
}

/** The line of a crontab, with a mark to find it again. */
export function cronLine({ id, command }: TimerJob): string {
  // A percent sign ends the command in a crontab, see crontab(5).
  const shell = command.map(shellQuoted).join(" ").replaceAll("%", "\\%");
  return `*/5 * * * * ${shell} ${cronMark(id)}`;
}

/** A crontab with this line in place of the one with its mark; without it where there is none. */
export function withCronLine(crontab: string, id: string, line: string | undefined): string {
  const others = crontab.split("\n").filter((each) => !each.endsWith(cronMark(id)));
  while (others.at(-1) === "") others.pop();
  const lines = line === undefined ? others : [...others, line];
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** The line of this timer in a crontab. */
export function cronLineIn(crontab: string, id: string): string | undefined {
  return crontab.split("\n").find((line) => line.endsWith(cronMark(id)));
}

function cronMark(id: string): string {
  return `# holdfast ${id}`;
}

/**
 * What to know of a program that may not stay where it is: `npx` runs programs from npm's cache.
 * `undefined` for any other.
 */
export function fleetingNote(program: string): string | undefined {
  if (!program.split(/[/\\]/).includes("_npx")) return undefined;
  return "The timer calls the Deno of npx, which lies in npm's cache: once that is cleared, no " +
    "backup comes. A program that stays: deno task compile, then: dist/holdfast schedule install";
}

/** As systemd.service(5) reads a command line: `%`, `$`, quotes and backslashes stand for themselves. */
function systemdQuoted(text: string): string {
  refuseLines(text);
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return `"${escaped.replaceAll("%", "%%").replaceAll("$", "$$$$")}"`;
}

function shellQuoted(text: string): string {
  refuseLines(text);
  return /^[\w@:,./=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function refuseLines(text: string): void {
  // deno-lint-ignore no-control-regex -- these are what is looked for
  if (!/[\u0000-\u001f]/.test(text)) return;
  throw new HoldfastError("USAGE", `Cannot put ${JSON.stringify(text)} into a timer`, {
    hint: "Rename the file: its path has a line break or a control character.",
  });
}
