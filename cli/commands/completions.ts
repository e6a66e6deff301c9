/**
 * `holdfast completions`.
 *
 * @module
 */

import { script } from "@bomb.sh/tab";
import { Argument, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** What tab's script asks of the package bash-completion, for a bash without it. */
const bashShim = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=\${words[cword]}; prev=\${words[cword-1]}; }
fi
`;

/** Makes the command. */
export function completionsCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "completions",
    summary: "Print the completions for a shell",
    about: "The shell reads what it prints when it starts.",
    examples: [
      ["source <(holdfast completions bash)", "In ~/.bashrc."],
      ["source <(holdfast completions zsh)", "In ~/.zshrc, behind compinit."],
      ["holdfast completions fish > ~/.config/fish/completions/holdfast.fish", "Once."],
    ],
  })
    .addArgument(new Argument("<shell>", "The shell").choices(["bash", "zsh", "fish"]))
    .action(async (shell, _options, command) => {
      await perform(session, globalsOf(command), () => {
        const text = `${shell === "bash" ? bashShim : ""}${scriptFor(shell)}`;
        return Promise.resolve({ verb: "completions", data: { shell, script: text }, text });
      });
    });
}

/** The script for a shell; tab prints it, here it is a text. */
function scriptFor(shell: string): string {
  const lines: string[] = [];
  const { log } = console;
  try {
    // deno-lint-ignore no-console -- it is where tab prints
    console.log = (text: unknown) => lines.push(String(text));
    script(shell, "holdfast", "holdfast");
  } finally {
    // deno-lint-ignore no-console -- as it was
    console.log = log;
  }
  return lines.join("\n");
}
