/**
 * Does what the state asks for, and tells it what came out: the only place of the UI
 * with effects.
 *
 * @module
 */

import type { Clock } from "../../mod.ts";
import { type Ability, type DatabaseActions, NOT_OPTIONAL, type TuiActions } from "../actions.ts";
import type { Command } from "../state/command.ts";
import type { Message } from "../state/message.ts";
import { problemOf } from "../state/problem.ts";
import { Jobs } from "./jobs.ts";
import { Previews } from "./previews.ts";
import { Simulations } from "./simulations.ts";

/** What the world is made of. */
export interface WorldOptions {
  readonly actions: TuiActions;
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  /** Called when the UI is to be left, after all work has ended. */
  readonly leave: (code: number) => void;
}

/** Milliseconds between two looks at the clock and at what other processes changed. */
const TICK_MS = 1_000;

/** Does commands. */
export class World implements Disposable {
  readonly #options: WorldOptions;
  readonly #jobs: Jobs;
  readonly #previews: Previews;
  readonly #simulations: Simulations;
  readonly #timer: ReturnType<typeof setInterval>;
  #database: DatabaseActions | undefined;
  #fingerprint = "";
  /** The reading that is under way, and the one that follows it. */
  #reading: Promise<void> | undefined;
  #nextReading: Promise<void> | undefined;
  #leaving = false;
  /** Whatever reads or asks, until it has ended. */
  readonly #asked = new Set<Promise<void>>();
  /** Ends what asks a place far away. */
  readonly #stop = new AbortController();

  /** Begins to tell the time. */
  constructor(options: WorldOptions) {
    this.#options = options;
    const { clock } = options;
    this.#jobs = new Jobs({ clock, dispatch: this.#tell, readAgain: () => this.#load() });
    this.#previews = new Previews(this.#tell);
    this.#simulations = new Simulations(this.#tell);
    this.#timer = setInterval(() => this.#ask(this.#tick()), TICK_MS);
  }

  /** Does one command. */
  readonly run = (command: Command): void => {
    switch (command.type) {
      case "look":
        return this.#ask(this.#look());
      case "complete":
        return this.#ask(this.#complete(command.text));
      case "open":
        return this.#ask(this.#open(command.path));
      case "load":
        return this.#ask(this.#load());
      case "preview":
        if (this.#database === undefined) return;
        return this.#previews.look(command.of, command.choice, this.#database);
      case "endPreview":
        return void this.#previews.end();
      case "checkSetting":
        return this.#tell({
          type: "settingChecked",
          key: command.key,
          text: command.text,
          error: this.#database?.checkSetting(command.key, command.text),
        });
      case "offer":
        return this.#ask(this.#offer());
      case "quota":
        return this.#ask(this.#quota(command.target));
      case "answer":
        return this.#jobs.answer(command.job, command.text);
      case "simulate":
        return this.#simulations.run(command.request);
      case "start":
        return void this.#start(command);
      case "stop":
        return this.#jobs.stop(command.job);
      case "quit":
        return void this.#quit(command.code);
    }
  };

  /** Stops telling the time. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#simulations[Symbol.dispose]();
  }

  readonly #tell = (message: Message): void => {
    if (!this.#leaving) this.#options.dispatch(message);
  };

  #ask(work: Promise<void>): void {
    this.#asked.add(work);
    void work.finally(() => this.#asked.delete(work));
  }

  async #tick(): Promise<void> {
    if (this.#leaving) return;
    const { clock } = this.#options;
    this.#tell({ type: "tick", now: clock.now(), zone: clock.zone() });
    if (this.#database !== undefined && await this.#hasChanged(this.#database)) await this.#load();
  }

  async #hasChanged(database: DatabaseActions): Promise<boolean> {
    try {
      const fingerprint = await database.fingerprint();
      return fingerprint !== this.#fingerprint;
    } catch {
      // A disk that is away, a folder that is closed: the reading says what is wrong.
      return true;
    }
  }

  async #look(): Promise<void> {
    try {
      this.#tell({ type: "found", files: await this.#options.actions.look() });
    } catch (error) {
      this.#tell({ type: "found", files: [] });
      this.#tell({ type: "notOpened", problem: problemOf(error) });
    }
  }

  async #complete(text: string): Promise<void> {
    this.#tell({ type: "completions", paths: await this.#options.actions.complete(text) });
  }

  async #offer(): Promise<void> {
    const offer = await this.#database?.targets.offer().catch(problemOf);
    if (offer !== undefined) this.#tell({ type: "offer", offer });
  }

  async #quota(target: string): Promise<void> {
    const quota = await this.#database?.targets.quota(target, this.#stop.signal).catch(problemOf);
    this.#tell({ type: "quota", target, quota });
  }

  async #open(path: string): Promise<void> {
    try {
      const database = await this.#options.actions.open(path);
      this.#database = database;
      const abilities = Object.keys(database).filter(isAbility);
      this.#tell({ type: "opened", place: database.place, abilities });
    } catch (error) {
      this.#tell({ type: "notOpened", problem: problemOf(error) });
    }
  }

  /** Resolves after a reading of everything that began after the call; one at a time. */
  #load(): Promise<void> {
    if (this.#reading === undefined) {
      this.#reading = this.#read().finally(() => this.#reading = undefined);
      return this.#reading;
    }
    this.#nextReading ??= this.#reading.then(() => {
      this.#nextReading = undefined;
      return this.#load();
    });
    return this.#nextReading;
  }

  async #read(): Promise<void> {
    if (this.#database === undefined || this.#leaving) return;
    try {
      this.#fingerprint = await this.#database.fingerprint();
      this.#tell({ type: "loaded", loaded: await this.#database.load() });
    } catch (error) {
      // Tried again with the next look: what was wrong may be over without a trace in the files.
      this.#fingerprint = "";
      this.#tell({ type: "notLoaded", problem: problemOf(error) });
    }
  }

  async #start({ job, task }: Extract<Command, { type: "start" }>): Promise<void> {
    // A look holds the lock of the backup directory: it must have ended first.
    await this.#previews.end();
    if (this.#database !== undefined && !this.#leaving) {
      this.#jobs.start(job, task, this.#database);
    }
  }

  async #quit(code: number): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    this.#stop.abort();
    await Promise.all([this.#previews.end(), this.#jobs.stopAll()]);
    await Promise.allSettled(this.#asked);
    this.#options.leave(code);
  }
}

function isAbility(name: string): name is Ability {
  return !NOT_OPTIONAL.some((each) => each === name);
}
