/**
 * The program. Started with the hidden engine command it is the engine (inside the
 * single binary); else it is the command line.
 *
 * @module
 */

if (import.meta.main) {
  if (Deno.args[0] === "__engine") {
    const { engineMain } = await import("./core/engine/main.ts");
    await engineMain();
  }
  const { main } = await import("./cli/main.ts");
  Deno.exit(await main(Deno.args));
}
