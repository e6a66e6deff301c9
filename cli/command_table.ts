/**
 * Every command by name: enough for the list in the help. The rest of a command is
 * imported when it is called.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Session } from "./session.ts";

/** One command. */
export interface CommandEntry {
  readonly name: string;
  /** As in its own help. */
  readonly summary: string;
  /** The heading above it in the list. */
  readonly group: string;
  /** Makes it. */
  load(session: Session): Promise<CommandUnknownOpts>;
}

const everyday = "Everyday:";
const inside = "Looking inside:";
const setUp = "Setting up:";

/** Every command, in the order of the help. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: "backup",
    summary: "Take a proven backup of a live database",
    group: everyday,
    load: async (session) => (await import("./commands/backup.ts")).backupCommand(session),
  },
  {
    name: "list",
    summary: "List the backups, newest first",
    group: everyday,
    load: async (session) => (await import("./commands/list.ts")).listCommand(session),
  },
  {
    name: "show",
    summary: "Show everything that is known of a backup",
    group: everyday,
    load: async (session) => (await import("./commands/show.ts")).showCommand(session),
  },
  {
    name: "verify",
    summary: "Verify backups: hash, integrity, what is expected of them",
    group: everyday,
    load: async (session) => (await import("./commands/verify.ts")).verifyCommand(session),
  },
  {
    name: "restore",
    summary: "Restore a backup while the application keeps running",
    group: everyday,
    load: async (session) => (await import("./commands/restore.ts")).restoreCommand(session),
  },
  {
    name: "undo",
    summary: "Undo the last restore or rescue",
    group: everyday,
    load: async (session) => (await import("./commands/undo.ts")).undoCommand(session),
  },
  {
    name: "tui",
    summary: "Open the full-screen terminal UI",
    group: everyday,
    load: async (session) => (await import("./commands/tui.ts")).tuiCommand(session),
  },
  {
    name: "peek",
    summary: "Look into a backup: its tables, and the first rows of one",
    group: inside,
    load: async (session) => (await import("./commands/peek.ts")).peekCommand(session),
  },
  {
    name: "diff",
    summary: "Compare a backup with the live database, or with another backup",
    group: inside,
    load: async (session) => (await import("./commands/diff.ts")).diffCommand(session),
  },
  {
    name: "rescue",
    summary: "Bring rows of a backup back into the live database",
    group: inside,
    load: async (session) => (await import("./commands/rescue.ts")).rescueCommand(session),
  },
  {
    name: "drill",
    summary: "Rehearse a restore: into a scratch file, proved and timed",
    group: inside,
    load: async (session) => (await import("./commands/drill.ts")).drillCommand(session),
  },
  {
    name: "init",
    summary: "Write a configuration file",
    group: setUp,
    load: async (session) => (await import("./commands/init.ts")).initCommand(session),
  },
  {
    name: "config",
    summary: "Show, check and change the configuration",
    group: setUp,
    load: async (session) => (await import("./commands/config.ts")).configCommand(session),
  },
];
