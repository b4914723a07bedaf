import type { Command } from "../../command.ts";

/** `orgrail completion`. */
export const completion: Command<Record<never, never>> = {
  path: ["completion"],
  group: "Program",
  summary: "Print the script that makes your shell complete orgrail",
  description: [
    "Prints a completion script for a shell. Commands, flags and their choices complete.",
  ],
  arguments: [
    {
      name: "SHELL",
      description: "bash, zsh or fish",
      required: true,
      choices: ["bash", "zsh", "fish"],
    },
  ],
  options: {},
  examples: [
    { command: 'eval "$(orgrail completion bash)"', says: "in ~/.bashrc" },
    { command: 'eval "$(orgrail completion zsh)"', says: "in ~/.zshrc, after compinit" },
    { command: "orgrail completion fish | source", says: "in fish's configuration" },
  ],
  exits: ["done"],
  load: async () => (await import("./completion.ts")).run,
};

/** `orgrail __complete`, which the scripts call. */
export const completeWords: Command<Record<never, never>> = {
  path: ["__complete"],
  group: "Program",
  hidden: true,
  summary: "Say what completes the last word",
  description: ["Called by the completion scripts."],
  arguments: [{ name: "WORD", description: "words so far", required: false, variadic: true }],
  options: {},
  examples: [],
  exits: ["done"],
  load: async () => (await import("./complete-words.ts")).run,
};
