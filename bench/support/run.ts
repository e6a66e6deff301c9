/**
 * Runs a program to its end.
 *
 * @module
 */

/** Runs it; fails where it fails. */
export async function run(program: string, ...args: readonly string[]): Promise<string> {
  const command = new Deno.Command(program, { args: [...args], stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** Runs Deno with a program of this project. */
export async function runDeno(script: string, ...args: readonly string[]): Promise<string> {
  return await run(Deno.execPath(), "run", "-A", "-q", script, ...args);
}

/** The path of a file of this project. */
export function projectFile(path: string): string {
  return decodeURIComponent(new URL(`../../${path}`, import.meta.url).pathname);
}

/** Removes a folder with its content, if it is there. */
export async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
