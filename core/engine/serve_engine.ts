/**
 * The engine inside a compiled program.
 *
 * @module
 */

import { binaryAnswersEngine } from "./launch.ts";
import { ENGINE_COMMAND } from "./protocol.ts";

/**
 * Lets a program made by `deno compile` be its own engine: call it as the first
 * thing. Started as the engine it does the job and never returns; started by a person
 * it returns at once. Elsewhere it does nothing.
 *
 * @example
 * ```ts
 * import { serveEngine } from "@holdfast/holdfast";
 *
 * await serveEngine();
 * // … the application
 * ```
 */
export async function serveEngine(): Promise<void> {
  if (!Deno.build.standalone) return;
  binaryAnswersEngine();
  if (Deno.args[0] !== ENGINE_COMMAND) return;
  const { engineMain } = await import("./main.ts");
  await engineMain();
}
