/**
 * `holdfast man`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import settings from "../../deno.json" with { type: "json" };
import { globalsOf, newCommand } from "../command.ts";
import { examplesOf } from "../help/examples_of.ts";
import { manPage } from "../help/man_page.ts";
import { allTopics } from "../help/topics.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function manCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "man",
    summary: "Print the manual page",
    about: "It is made from the commands themselves.",
    examples: [
      ["holdfast man > holdfast.1", "Then: man -l holdfast.1"],
    ],
  })
    .action(async (_options, command) => {
      await perform(session, globalsOf(command), async () => {
        const { makeProgram } = await import("../program.ts");
        const program = await makeProgram(session, "*");
        const { version } = settings;
        const page = manPage({ program, topics: allTopics(), version, examplesOf });
        return { verb: "man", data: { page }, text: page.trimEnd() };
      });
    });
}
