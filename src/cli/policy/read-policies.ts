import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { InputError } from "../../core/app-error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { parsePolicy } from "../../policy/parse.ts";
import type { Policy, PolicyType } from "../../policy/types.ts";
import type { Deps } from "../deps.ts";
import { plainFileText, whyNoText } from "../plain-file.ts";
import { detectPolicyType, isPolicyType } from "./detect-type.ts";

/** A policy file, parsed. */
export interface PolicyFile {
  /** As the user wrote it, or found below the folder that he wrote. */
  readonly file: string;
  readonly type: PolicyType;
  /** Absent when the document cannot be understood; the diagnostics say why. */
  readonly policy?: Policy;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads policies from files, and from the `.json` files of folders. */
export function readPolicies(
  deps: Deps,
  paths: readonly string[],
  type: string | undefined,
): readonly PolicyFile[] {
  if (type !== undefined && !isPolicyType(type)) {
    throw new InputError("ORGRAIL5040", `\`${type}\` is no type of policy`, []);
  }
  return paths.flatMap((path) => filesOf(deps, path)).map((file) => readPolicy(deps, file, type));
}

/** Policies of files without errors, for commands that need each of them. */
export function readSoundPolicies(
  deps: Deps,
  paths: readonly string[],
  type: string | undefined,
): readonly Policy[] {
  const files = readPolicies(deps, paths, type);
  const diagnostics = files.flatMap(({ diagnostics: found }) => found);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new InputError("ORGRAIL5041", "a policy cannot be understood", diagnostics);
  }
  return files.flatMap(({ policy }) => policy ?? []);
}

/**
 * Reads one policy file without errors.
 *
 * @throws InputError when it cannot be read or understood.
 */
export function readPolicyFile(deps: Deps, file: string, type: PolicyType | undefined): Policy {
  const { policy, diagnostics } = readPolicy(deps, file, type);
  if (policy === undefined || diagnostics.some(({ severity }) => severity === "error")) {
    throw new InputError("ORGRAIL5041", `\`${file}\` cannot be understood`, diagnostics);
  }
  return policy;
}

function readPolicy(deps: Deps, file: string, given: PolicyType | undefined): PolicyFile {
  const text = plainFileText(resolve(deps.cwd, file));
  if (text === undefined) {
    throw new InputError(
      "ORGRAIL5042",
      `\`${file}\` cannot be read: ${whyNoText(resolve(deps.cwd, file))}`,
      [],
    );
  }
  const type = given ?? detectPolicyType(text);
  const { policy, diagnostics } = parsePolicy(text, { type });
  return {
    file,
    type,
    ...(policy === undefined ? {} : { policy: { ...policy, name: file } }),
    diagnostics: diagnostics.map((one) => inFile(one, file)),
  };
}

/** A diagnostic whose place says in which file it is. */
export function inFile(diagnostic: Diagnostic, file: string): Diagnostic {
  const { span } = diagnostic;
  return span === undefined
    ? { ...diagnostic, summary: `${file}: ${diagnostic.summary}` }
    : { ...diagnostic, span: { ...span, file } };
}

function filesOf(deps: Deps, path: string): readonly string[] {
  const absolute = resolve(deps.cwd, path);
  if (!existsSync(absolute)) {
    throw new InputError("ORGRAIL5042", `there is no file or folder \`${path}\``, []);
  }
  if (!statSync(absolute).isDirectory()) return [path];
  const found = readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(path, relative(absolute, join(entry.parentPath, entry.name))))
    .sort();
  if (found.length === 0) {
    throw new InputError("ORGRAIL5043", `the folder \`${path}\` holds no .json file`, []);
  }
  return found;
}
