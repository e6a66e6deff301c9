/**
 * Runs pieces of work and tells what becomes of them.
 *
 * @module
 */

import { type Clock, HoldfastError, type HoldfastEvent } from "../../mod.ts";
import type { DatabaseActions, Outcome, Work } from "../actions.ts";
import type { Task } from "../state/command.ts";
import type { Message } from "../state/message.ts";
import { problemOf } from "../state/problem.ts";

/** Milliseconds between two reports of the same phase: more of them only cost time. */
const REPORT_MS = 100;

/** The work that runs, each piece with its own way to be stopped. */
export class Jobs {
  readonly #clock: Clock;
  readonly #dispatch: (message: Message) => void;
  readonly #readAgain: () => Promise<void>;
  readonly #running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  /**
   * Reports to `dispatch`. The end of a piece of work is told once `readAgain` has read what
   * it changed: whoever sees the news presses the next key, which must find it true.
   */
  constructor(
    { clock, dispatch, readAgain }: {
      readonly clock: Clock;
      readonly dispatch: (message: Message) => void;
      readonly readAgain: () => Promise<void>;
    },
  ) {
    this.#clock = clock;
    this.#dispatch = dispatch;
    this.#readAgain = readAgain;
  }

  /** Begins. */
  start(job: string, task: Task, actions: DatabaseActions): void {
    const stop = new AbortController();
    this.#running.set(job, { stop, ended: this.#run(job, stop.signal, { task, actions }) });
  }

  /** Asks one to stop. */
  stop(job: string): void {
    this.#running.get(job)?.stop.abort();
  }

  /** Stops all, and waits until they have ended. */
  async stopAll(): Promise<void> {
    const all = [...this.#running.values()];
    all.forEach(({ stop }) => stop.abort());
    await Promise.all(all.map(({ ended }) => ended));
  }

  async #run(
    job: string,
    signal: AbortSignal,
    { task, actions }: { readonly task: Task; readonly actions: DatabaseActions },
  ): Promise<void> {
    const began = this.#clock.elapsed();
    const end = await perform(task, actions, { signal, onEvent: this.#listener(job) }).then(
      (result) => ({ type: "jobDone", result } as const),
      (error: unknown) => ({ type: "jobFailed", problem: problemOf(error) } as const),
    );
    const tookMs = this.#clock.elapsed() - began;
    await this.#readAgain();
    this.#running.delete(job);
    this.#dispatch({ ...end, job, tookMs });
  }

  /** Passes on what changes a line of the screen, not every page that was copied. */
  #listener(job: string): (event: HoldfastEvent) => void {
    let phase: string | undefined;
    let last = -Infinity;
    return (event) => {
      if (event.type === "progress") {
        const now = this.#clock.elapsed();
        const ends = event.done === event.total || event.pointOfNoReturn === true;
        if (event.phase === phase && !ends && now - last < REPORT_MS) return;
        phase = event.phase;
        last = now;
      }
      this.#dispatch({ type: "event", job, event });
    };
  }
}

async function perform(
  task: Task,
  actions: DatabaseActions,
  work: Work,
): Promise<Outcome> {
  switch (task.verb) {
    case "backup":
      return await actions.backup(task.choice, work);
    case "verify":
      return await actions.verify(task.ids, work);
    case "restore":
      return await actions.restore({ ...task.choice, force: task.force }, work);
    case "undo":
      return await actions.undo(work);
    case "edit":
      return await actions.edit(task.change, work);
    case "delete":
      return await actions.remove(task.ids, work);
    case "undelete":
      return await actions.undelete(task.ids, work);
    case "prune":
      return await actions.prune(work);
    case "drill":
      return await actions.drill(task.backup, work);
    case "save setting":
      if (actions.saveSetting === undefined) throw noFile();
      return await actions.saveSetting(task.key, task.text, work);
    case "compare":
      return await actions.compare(task.backup, work);
    case "peek":
      return await actions.peek(task.backup, task.table, work);
    case "look":
      return await actions.missing(task.backup, task.table, work);
    case "rescue":
      return await actions.rescue(task.choice, work);
    case "save policy":
      if (actions.savePolicy === undefined) throw noFile();
      return await actions.savePolicy(task.policy, work);
  }
}

function noFile(): HoldfastError {
  return new HoldfastError("CONFIG_INVALID", "Cannot save: there is no configuration file", {
    hint: "Write one first: holdfast init",
  });
}
