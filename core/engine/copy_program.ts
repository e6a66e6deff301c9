/**
 * The system's own program for copying a file with the kernel, sharing blocks where
 * the filesystem can. It runs as a process of its own: a descriptor of the live
 * file that closed in ours would drop SQLite's locks.
 *
 * @module
 */

/** A program and its first arguments; the source and the destination follow. */
export interface CopyProgram {
  readonly program: string;
  readonly args: readonly string[];
}

/** The programs by system. On Windows SQLite's locks are mandatory: there is none. */
const programs: Readonly<Partial<Record<typeof Deno.build.os, CopyProgram>>> = {
  linux: { program: "/bin/cp", args: ["--reflink=auto", "--"] },
  darwin: { program: "/bin/cp", args: ["-c", "--"] },
};

/** The copy program of this system, `undefined` where there is none. */
export function copyProgram(): CopyProgram | undefined {
  const known = programs[Deno.build.os];
  if (known === undefined) return undefined;
  try {
    return Deno.statSync(known.program).isFile ? known : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
