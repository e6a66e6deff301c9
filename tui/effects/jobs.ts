/**
 * Runs pieces of work and tells what becomes of them.
 *
 * @module
 */

import type { Clock, HoldfastEvent } from "../../mod.ts";
import type { DatabaseActions } from "../actions.ts";
import type { Talk } from "../target_actions.ts";
import type { Task } from "../state/command.ts";
import type { Message } from "../state/message.ts";
import { problemOf } from "../state/problem.ts";
import { perform } from "./perform.ts";

/** Milliseconds between two reports of the same phase: more of them only cost time. */
const REPORT_MS = 100;

/** However it noticed that it was to stop. */
const stopped = { code: "CANCELLED", message: "Stopped", hint: undefined };

/** The work that runs, each piece with its own way to be stopped. */
export class Jobs {
  readonly #clock: Clock;
  readonly #dispatch: (message: Message) => void;
  readonly #readAgain: () => Promise<void>;
  /** Who waits for an answer of the person, by job. */
  readonly #questions = new Map<string, (text: string) => void>();
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

  /** Gives a job the answer that it waits for. */
  answer(job: string, text: string): void {
    this.#questions.get(job)?.(text);
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
    const end = await perform(task, actions, this.#talk(job, signal)).then(
      (result) => ({ type: "jobDone", result } as const),
      (error: unknown) =>
        ({ type: "jobFailed", problem: signal.aborted ? stopped : problemOf(error) }) as const,
    );
    const tookMs = this.#clock.elapsed() - began;
    await this.#readAgain();
    this.#running.delete(job);
    this.#dispatch({ ...end, job, tookMs });
  }

  #talk(job: string, signal: AbortSignal): Talk {
    return {
      signal,
      onEvent: this.#listener(job),
      say: (line) => this.#dispatch({ type: "said", job, line }),
      ask: (question, { secret = false } = {}) => {
        const answered = Promise.withResolvers<string>();
        const stop = (): void => answered.reject(signal.reason);
        signal.addEventListener("abort", stop);
        this.#questions.set(job, answered.resolve);
        if (signal.aborted) stop();
        this.#dispatch({ type: "asked", job, question, secret });
        return answered.promise.finally(() => {
          signal.removeEventListener("abort", stop);
          this.#questions.delete(job);
        });
      },
    };
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
