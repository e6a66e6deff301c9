/**
 * A person at a terminal who signs in to Google Drive: the strict server stands in for Google.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { type DriveFolder, driveFolder } from "./drive_program.ts";
import { becomes } from "./patience.ts";
import { bareEnvironment, programPath } from "./run_holdfast.ts";
import { TmuxScreen } from "./tmux_screen.ts";

/** A person at a terminal, whose browser only notes where it is sent. */
export interface DrivePerson extends DriveFolder {
  readonly screen: TmuxScreen;
  /** Types a command of the program; its exit code shows after it. */
  type(line: string): Promise<void>;
  /** The address that the browser was sent to last; each is told once. */
  opened(): Promise<URL>;
  /** What the configuration and the folder of states hold. */
  kept(): Promise<{ readonly config: string; readonly states: readonly string[] }>;
}

/** Makes one; without a browser there is nothing to open an address with. */
export async function drivePerson({ browser = true } = {}): Promise<DrivePerson> {
  const folder = await driveFolder();
  const { dir } = folder;
  await Deno.mkdir(dir.join("bin"));
  for (const name of browser ? ["xdg-open", "open"] : []) {
    // Made at once and whole: the test never reads half an address.
    const script =
      '#!/bin/sh\nprintf %s "$1" >"$HOME/going" && /bin/mv "$HOME/going" "$HOME/opened"\n';
    await Deno.writeTextFile(dir.join("bin", name), script, { mode: 0o700 });
  }
  // The program finds no other browser than this one.
  await Deno.symlink(Deno.execPath(), dir.join("bin", "deno"));
  const env = { ...bareEnvironment(dir.path), XDG_STATE_HOME: dir.join("state") };
  const screen = await TmuxScreen.open({ cwd: dir.path, columns: 110, rows: 60, env });
  const holdfast = `PATH='${dir.join("bin")}' deno run -q -A '${programPath}'`;
  return {
    ...folder,
    screen,
    type: (line) => screen.typeAfresh(`${holdfast} ${line}; echo code=$?`),
    async opened() {
      await becomes("a browser is opened", () => existsSync(dir.join("opened")));
      const url = new URL(await Deno.readTextFile(dir.join("opened")));
      await Deno.remove(dir.join("opened"));
      return url;
    },
    async kept() {
      const config = await Deno.readTextFile(dir.join("holdfast.json"));
      return { config, states: await names(dir.join("state")) };
    },
    async [Symbol.asyncDispose]() {
      await screen[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The files in a folder, with their modes. */
async function names(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      const mode = ((await Deno.stat(path)).mode ?? 0) & 0o777;
      found.push(`${name.replace(/^[0-9a-f]{12}$/, "scope")} ${mode.toString(8)}`);
      if (isDirectory) found.push(...await names(path));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}
