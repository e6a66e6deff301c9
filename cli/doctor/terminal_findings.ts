/**
 * What the terminal can show.
 *
 * @module
 */

import { refuseTerminal } from "../../tui/terminal/refuse_terminal.ts";
import type { Finding } from "./finding.ts";

/** What is known of the terminal. */
export interface TerminalFacts {
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly color: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly os: "linux" | "darwin" | "windows";
}

/** Nothing of it is needed by the plain commands. */
export function terminalFindings(facts: TerminalFacts): Finding[] {
  return [screen(facts), letters(facts), colors(facts)];
}

function screen({ stdinIsTerminal, stdoutIsTerminal, env }: TerminalFacts): Finding {
  const about = { name: "terminal", use: "the terminal UI, questions" };
  const refused = refuseTerminal({ stdinIsTerminal, stdoutIsTerminal, term: env.TERM });
  if (refused === undefined) return { ...about, status: "ok", found: env.TERM ?? "yes" };
  const [, why = refused.message] = refused.message.split(": ");
  const hint = "The plain commands need none; for questions there is --yes.";
  return { ...about, status: "optional", found: why, hint };
}

function letters({ env, os }: TerminalFacts): Finding {
  const about = { name: "UTF-8", use: "signs such as ✔ and names beyond ASCII" };
  if (os === "windows") return { ...about, status: "ok", found: "the system's own" };
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  const isThere = /utf-?8/i.test(locale);
  if (isThere || os === "darwin") return { ...about, status: "ok", found: locale || "macOS" };
  const found = locale === "" ? "no locale is set" : locale;
  return { ...about, status: "optional", found, hint: "export LANG=C.UTF-8" };
}

function colors({ color, env }: TerminalFacts): Finding {
  const about = { name: "colours", use: "nothing: they never carry the meaning alone" };
  const found = color ? "yes" : env.NO_COLOR ? "off by NO_COLOR" : "off";
  return { ...about, status: "ok", found };
}
