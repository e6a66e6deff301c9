/**
 * What Ink leaves open, so that the sanitizers see only what a story itself leaves.
 *
 * @module
 */

import { render, Text } from "ink";
import { createElement } from "react";
import { TerminalRobot } from "../support/terminal_robot.ts";

/** Milliseconds that Ink's timer outlives the last frame: a thirtieth of a second, and some. */
const FRAME_MS = 50;

/** Waits until the timer of the last frame has ended: timers end in the order of their times. */
export async function lastFrameOver(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
}

/**
 * Ink's cursor library listens to signals from the first cursor on, until the process ends:
 * called before any test, that is of none.
 */
export async function listenToSignals(): Promise<void> {
  using robot = new TerminalRobot({ columns: 80, rows: 24 });
  const { stdin, stdout } = robot;
  // Where CI is set Ink draws no cursor unless it is told to.
  const inked = { stdin, stdout, patchConsole: false, interactive: true };
  const ui = render(createElement(Text, null, "…"), inked);
  ui.unmount();
  await ui.waitUntilExit();
  await lastFrameOver();
}
