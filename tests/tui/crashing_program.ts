/**
 * A terminal UI that crashes, to see what is left on the terminal.
 *
 * @module
 */

import process from "node:process";
import { HoldfastError, systemClock } from "../../mod.ts";
import { openTui } from "../../tui/mod.tsx";

const way = Deno.args[0];

await openTui({
  actions: {
    look: () => Promise.resolve([]),
    complete: () => {
      if (way === "exit") Deno.exit(7);
      if (way === "rejection") return Promise.reject(new Error("Nobody caught this"));
      setTimeout(() => {
        throw new Error("Nobody caught this");
      });
      return Promise.resolve([]);
    },
    open: () => Promise.reject(new HoldfastError("DATABASE_MISSING", "Cannot find it")),
  },
  clock: systemClock,
  colour: true,
  stdin: process.stdin,
  stdout: process.stdout,
  onCrash: (error) => {
    const text = `crashed: ${error instanceof Error ? error.message : error}\n`;
    Deno.stderr.writeSync(new TextEncoder().encode(text));
    Deno.exit(1);
  },
});
