import { InputError } from "../../../core/app-error.ts";
import type { Run } from "../../command.ts";

const scripts: Readonly<Record<string, string>> = {
  bash: `_orgrail() {
  local IFS=$'\\n'
  COMPREPLY=($(orgrail __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _orgrail orgrail
`,
  zsh: `#compdef orgrail
_orgrail() {
  local -a found
  found=("\${(@f)$(orgrail __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -a found; else _files; fi
}
compdef _orgrail orgrail
`,
  fish: `complete -c orgrail -a '(orgrail __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
};

/** Prints the completion script of a shell. */
export const run: Run<Record<never, never>> = async (_deps, _options, [shell = ""]) => {
  const script = scripts[shell];
  if (script === undefined) {
    const hint = `give it one of ${Object.keys(scripts).join(", ")}`;
    throw new InputError("ORGRAIL5002", `there is no completion for \`${shell}\``, [], hint);
  }
  return { result: { shell, script }, text: () => script };
};
