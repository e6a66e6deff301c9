/**
 * Work that talks with the person: what it says, what it asks, how it ends.
 *
 * @module
 */

import { fieldOf } from "./field.ts";
import { isRunning } from "./job.ts";
import type { Message } from "./message.ts";
import type { LiveModal } from "./modal.ts";
import { bodyRows } from "./page_size.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { stop, updateJobs } from "./update_jobs.ts";
import { distance } from "./update_list.ts";
import { talkLines } from "../text/talk_lines.ts";

/** The step with a window on the job that it starts. */
export function liveModal(
  { state, commands }: Step,
  { title, then }: { readonly title: string; readonly then?: Message },
): Step {
  const job = state.jobs[0]?.id ?? "";
  const modal: LiveModal = {
    kind: "live",
    job,
    title,
    top: 0,
    lines: [],
    question: undefined,
    then,
  };
  return { state: { ...state, modal }, commands };
}

/** The next step of it. */
export function updateLive(state: State, message: Message): Step | undefined {
  const { modal } = state;
  if (modal?.kind !== "live") {
    return message.type === "said" || message.type === "asked" ? step(state) : undefined;
  }
  const to = (change: Partial<LiveModal>): Step =>
    step({ ...state, modal: { ...modal, ...change } });
  switch (message.type) {
    case "said":
      return message.job === modal.job
        ? to({ lines: [...modal.lines, ...fitting(state, message.line)] })
        : step(state);
    case "asked": {
      if (message.job !== modal.job) return step(state);
      const { question: text, secret } = message;
      return to({ question: { text, secret, field: fieldOf() } });
    }
    case "submit": {
      if (modal.question === undefined) return step({ ...state, modal: undefined });
      const { field, text, secret } = modal.question;
      const echo = `${text}: ${secret ? "•••" : field.text}`;
      return {
        ...to({ question: undefined, lines: [...modal.lines, ...fitting(state, echo)] }),
        commands: [{ type: "answer", job: modal.job, text: field.text }],
      };
    }
    case "back": {
      const job = state.jobs.find(({ id }) => id === modal.job);
      if (job === undefined || !isRunning(job)) return step({ ...state, modal: undefined });
      const stopped = stop(state, modal.job);
      return { ...stopped, state: { ...stopped.state, modal: { ...modal, question: undefined } } };
    }
    case "move": {
      const most = Math.max(0, modal.lines.length - bodyRows(state.size) + 3);
      const top = modal.top + distance(message.move, bodyRows(state.size) - 4);
      return to({ top: Math.min(most, Math.max(0, top)) });
    }
    case "jobDone":
    case "jobFailed":
      return message.job === modal.job ? ended(state, modal, message) : undefined;
  }
  return undefined;
}

/** The lines of a text, as they fit now. */
function fitting({ size }: State, text: string): readonly string[] {
  return talkLines(text, { width: size.columns - 4, rows: bodyRows(size) - 3 });
}

function ended(
  state: State,
  modal: LiveModal,
  message: Extract<Message, { type: "jobDone" | "jobFailed" }>,
): Step | undefined {
  const after = updateJobs(state, message);
  if (after === undefined) return undefined;
  if (message.type === "jobFailed" && message.problem.code === "CANCELLED") {
    return { ...after, state: { ...after.state, modal: undefined } };
  }
  if (message.type === "jobDone" && modal.then !== undefined && !message.result.doubtful) {
    return withNext(after, modal.then);
  }
  const news = message.type === "jobDone"
    ? [`${message.result.doubtful ? "✖" : "✔"} ${message.result.summary}`]
    : [
      `✖ ${message.problem.message}`,
      ...(message.problem.hint === undefined ? [] : [`  ${message.problem.hint}`]),
    ];
  const lines = [...modal.lines, "", ...news.flatMap((line) => fitting(state, line))];
  const most = Math.max(0, lines.length - bodyRows(state.size) + 3);
  // It is said here: a line of news would say it twice.
  return {
    ...after,
    state: {
      ...after.state,
      toasts: state.toasts,
      modal: { ...modal, question: undefined, lines, top: most },
    },
  };
}

/** The window closes, and what follows happens before any key that was pressed meanwhile. */
function withNext({ state, commands }: Step, then: Message): Step {
  return { state: { ...state, modal: undefined, held: [then, ...state.held] }, commands };
}
