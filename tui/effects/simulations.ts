/**
 * Has retention policies tried by a worker, one at a time; of those that wait only the
 * newest is wanted.
 *
 * @module
 */

import { Worker } from "node:worker_threads";
import type { Message } from "../state/message.ts";
import type { Forecast, SimulationRequest } from "../state/simulation.ts";

/** JavaScript where the program was bundled. */
const workerFile = import.meta.url.endsWith(".js")
  ? "./simulation_worker.js"
  : "./simulation_worker.ts";

/** The worker and what it is to do next. */
export class Simulations implements Disposable {
  readonly #dispatch: (message: Message) => void;
  #worker: Worker | undefined;
  #working = false;
  #next: SimulationRequest | undefined;

  /** Reports to `dispatch`. */
  constructor(dispatch: (message: Message) => void) {
    this.#dispatch = dispatch;
  }

  /** Tries a policy, after the one that is being tried. */
  run(request: SimulationRequest): void {
    this.#next = request;
    if (!this.#working) this.#go();
  }

  #go(): void {
    if (this.#next === undefined) return;
    this.#worker ??= this.#start();
    this.#working = true;
    this.#worker.postMessage(this.#next);
    this.#next = undefined;
  }

  #start(): Worker {
    const worker = new Worker(new URL(workerFile, import.meta.url));
    worker.on("message", (answer: { readonly of: string; readonly forecast: Forecast }) => {
      this.#working = false;
      this.#dispatch({ type: "simulated", ...answer });
      this.#go();
    });
    return worker;
  }

  /** Ends the worker. */
  [Symbol.dispose](): void {
    void this.#worker?.terminate();
  }
}
