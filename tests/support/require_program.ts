/**
 * Tests that need programs of the system.
 *
 * @module
 */

/** The head of a test: its name, and whether it is skipped. */
export interface ProgramTest {
  readonly name: string;
  readonly ignore: boolean;
}

/**
 * The head of a test that needs these programs: skipped where one is missing, with
 * the reason in its name. With `HOLDFAST_TEST_ALL=1` it is not skipped, so it fails.
 *
 * @example
 * ```ts ignore test material, not exported by the package
 * Deno.test({ ...requireProgram(["unzip"], "unzip reads ours"), fn: async () => {} });
 * ```
 */
export function requireProgram(programs: readonly string[], name: string): ProgramTest {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length === 0) return { name, ignore: false };
  const ignore = Deno.env.get("HOLDFAST_TEST_ALL") !== "1";
  return { name: `${name} (not installed: ${missing.join(", ")})`, ignore };
}

/** Whether a program is on the PATH. */
function isThere(program: string): boolean {
  const separator = Deno.build.os === "windows" ? ";" : ":";
  const folders = (Deno.env.get("PATH") ?? "").split(separator);
  return folders.some((folder) => isFile(`${folder}/${program}`));
}

/** Whether a file is there. */
function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw cause;
  }
}
