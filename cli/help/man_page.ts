/**
 * The manual page, made from the definitions of the commands and the topics: so it says
 * what the program does.
 *
 * @module
 * @see https://man7.org/linux/man-pages/man7/man.7.html
 */

import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { Block, Topic } from "./topic.ts";

/** What the page is made from. */
export interface ManPageSource {
  /** The program with all its commands. */
  readonly program: CommandUnknownOpts;
  readonly topics: readonly Topic[];
  readonly version: string;
  /** The examples in the help of a command. */
  examplesOf(command: CommandUnknownOpts): readonly (readonly [string, string])[];
}

/** The page in roff, for `man -l`. */
export function manPage({ program, topics, version, examplesOf }: ManPageSource): string {
  const globals = program.options.filter(({ long }) => long !== "--version");
  return [
    `.TH HOLDFAST 1 "" "holdfast ${plain(version)}" "User Commands"`,
    section("NAME"),
    `holdfast \\- ${plain("protects SQLite databases")}`,
    section("SYNOPSIS"),
    "\\fBholdfast\\fR \\fIcommand\\fR [\\fIoptions\\fR]",
    section("DESCRIPTION"),
    line(program.description()),
    section("GLOBAL OPTIONS"),
    ...globals.map(optionText),
    section("COMMANDS"),
    ...program.commands.flatMap((command) => commandText(command, { above: "", examplesOf })),
    ...topics.flatMap((topic) => [
      section(topic.name.toUpperCase()),
      line(`${topic.summary.charAt(0).toUpperCase()}${topic.summary.slice(1)}.`),
      ...topic.blocks.map(blockText),
    ]),
    section("SEE ALSO"),
    "\\fBsqlite3\\fR(1), \\fBrclone\\fR(1), \\fBage\\fR(1), \\fBzstd\\fR(1)",
    "",
  ].join("\n");
}

function commandText(
  command: CommandUnknownOpts,
  { above, examplesOf }: {
    readonly above: string;
    readonly examplesOf: ManPageSource["examplesOf"];
  },
): string[] {
  const name = `${above}${command.name()}`;
  const own = command.options.filter((option) => option.helpGroupHeading !== "Global options:");
  const args = command.registeredArguments.map((argument) => {
    const word = `\\fI${plain(argument.name())}\\fR${argument.variadic ? "..." : ""}`;
    return argument.required ? word : `[${word}]`;
  });
  const examples = examplesOf(command);
  return [
    `.SS "holdfast ${plain(name)}"`,
    [`\\fBholdfast ${plain(name)}\\fR`, ...args].join(" "),
    ".PP",
    line(command.description()),
    ...command.registeredArguments.filter(({ description }) => description !== "").map((each) =>
      `.TP\n\\fI${plain(each.name())}\\fR\n${line(each.description)}`
    ),
    ...own.map(optionText),
    ...examples.map(([typed, what]) => `.PP\n${line(what)}\n${typedLines([typed])}`),
    ...command.commands.flatMap((sub) => commandText(sub, { above: `${name} `, examplesOf })),
  ];
}

function optionText({ flags, description, argChoices }: Option): string {
  const choices = argChoices === undefined ? "" : `: ${argChoices.join(", ")}`;
  return `.TP\n\\fB${plain(flags)}\\fR\n${line(`${description}${choices}`)}`;
}

function blockText(block: Block): string {
  if ("text" in block) return `.PP\n${line(block.text)}`;
  if ("lines" in block) return typedLines(block.lines);
  return block.rows.map(([term, meaning]) => `.TP\n\\fB${plain(term)}\\fR\n${line(meaning)}`)
    .join("\n");
}

function typedLines(lines: readonly string[]): string {
  return `.PP\n.nf\n.RS\n${lines.map(line).join("\n")}\n.RE\n.fi`;
}

function section(title: string): string {
  return `.SH "${plain(title)}"`;
}

/** A line of text; one that begins with a point or an apostrophe would be a request. */
function line(text: string): string {
  const escaped = plain(text);
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

/** Text without meaning for roff; letters beyond ASCII by their number. */
function plain(text: string): string {
  return text.replaceAll("\n", " ").replaceAll("\\", "\\e").replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq").replaceAll("`", "\\(ga").replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti").replaceAll('"', "\\(dq")
    .replace(/[^\x20-\x7e]/gu, (letter) => {
      const number = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase();
      return `\\[u${number.padStart(4, "0")}]`;
    });
}
