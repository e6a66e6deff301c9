/**
 * Bytes through a program of the system.
 *
 * @module
 */

import { equal } from "node:assert/strict";

/** What the program writes when it reads these bytes; fails the test where it fails. */
export async function pipeProgram(
  command: readonly string[],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [output] = await Promise.all([
    child.output(),
    new Blob([bytes]).stream().pipeTo(child.stdin),
  ]);
  equal(output.success, true, new TextDecoder().decode(output.stderr));
  return new Uint8Array(output.stdout);
}
