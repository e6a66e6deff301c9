/**
 * `holdfast help <topic>`.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import { nearestWord } from "../../core/extend/nearest_word.ts";
import { commandTable } from "../command_table.ts";
import type { Session } from "../session.ts";
import { topicText } from "./topic.ts";
import { topicNames } from "./topic_names.ts";
import { allTopics } from "./topics.ts";

/**
 * Prints the page that is named; `false` where a command is, or nothing.
 *
 * @throws {HoldfastError} `USAGE` where it is neither.
 */
export function helpTopic({ screen }: Session, [name]: readonly string[]): boolean {
  if (name === undefined || commandTable.some((entry) => entry.name === name)) return false;
  const topic = allTopics().find((each) => each.name === name);
  if (topic === undefined) {
    const near = nearestWord(name, [...topicNames, ...commandTable.map((entry) => entry.name)]);
    throw new HoldfastError("USAGE", `Cannot help with "${name}": no command, no topic`, {
      hint: near === undefined
        ? `The topics are ${topicNames.join(", ")}; holdfast --help shows the commands.`
        : `Did you mean: holdfast help ${near}`,
    });
  }
  screen.out.write(`${topicText(topic, screen.columns())}\n`);
  return true;
}
