/**
 * Goes down a list or a form.
 *
 * @module
 */

import type { TerminalRobot } from "../support/terminal_robot.ts";

/**
 * Presses down until the line under the cursor holds the text. News come and go: only that
 * line tells that a press has arrived.
 */
export async function downTo(robot: TerminalRobot, wanted: string): Promise<void> {
  for (let i = 0; i < 60 && !underCursor(robot.text()).includes(wanted); i++) {
    const before = underCursor(robot.text());
    await robot.press("down");
    await robot.until((text) => underCursor(text) !== before, "the next line");
  }
  await robot.until((text) => underCursor(text).includes(wanted), wanted);
}

function underCursor(text: string): string {
  return text.split("\n").find((line) => line.includes("›")) ?? "";
}
