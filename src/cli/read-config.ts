import { resolve } from "node:path";
import { auditRuleIds } from "../audit/rule-ids.gen.ts";
import { type LoadResult, loadConfig } from "../config/load.ts";
import type { ConfigValues } from "../config/schema/config-input.ts";
import { namedServices } from "../config/service-blocks.ts";
import { parseValueOption, parseValuesFile } from "../config/values.ts";
import { InputError } from "../core/app-error.ts";
import type { Desired } from "../core/desired.ts";
import { type Diagnostic, hasErrors } from "../core/diagnostic.ts";
import { detectRuleIds } from "../detect/rule-ids.gen.ts";
import { guardrailNames, resolveGuardrail } from "../policy/guardrails/resolve-guardrail.ts";
import { securityServices } from "../services/registry.ts";
import type { AnySecurityService } from "../services/security-service.ts";
import type { ConfigOptions } from "./config-options.ts";
import type { Deps } from "./deps.ts";
import { type ConfigPath, findConfig } from "./find-config.ts";
import { plainFileText, whyNoText } from "./plain-file.ts";

/** A configuration without errors. */
export interface ReadConfig extends ConfigPath {
  readonly desired: Desired;
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files that it was read from, by the paths that spans have. */
  readonly sources: LoadResult["sources"];
  /** The services that it has blocks for. */
  readonly services: readonly AnySecurityService[];
}

/**
 * Finds and reads the configuration with the values of the command line.
 *
 * @throws InputError with all that is wrong.
 */
export async function readConfig(
  deps: Deps,
  options: ConfigOptions,
  argument?: string,
): Promise<ReadConfig> {
  const found = await findConfig(deps, argument);
  const outside = outsideValues(deps, options);
  const text = plainFileText(found.path);
  if (text === undefined) {
    const why = whyNoText(found.path);
    throw new InputError("ORGRAIL5021", `\`${found.shown}\` cannot be read: ${why}`, []);
  }
  const services = await loadServices(namedServices(text));
  const loaded = loadConfig({
    file: found.shown,
    text,
    readFile: (path) => plainFileText(resolve(deps.cwd, path)),
    whyNotRead: (path) => whyNoText(resolve(deps.cwd, path)),
    values: outside.values,
    detectionRules: detectRuleIds,
    auditRules: auditRuleIds,
    guardrails: { names: guardrailNames, resolve: resolveGuardrail },
    services: { names: Object.keys(securityServices), loaded: services },
  });
  const diagnostics = [...outside.diagnostics, ...loaded.diagnostics];
  const { desired, sources } = loaded;
  if (desired === undefined || hasErrors(diagnostics)) throw invalid(found.shown, diagnostics);
  return { ...found, desired, diagnostics, sources, services: Object.values(services) };
}

/** Loads the services that a file names; a name that is none is left to the schema. */
async function loadServices(
  names: readonly string[],
): Promise<Readonly<Record<string, AnySecurityService>>> {
  const known = names.filter((name) => Object.hasOwn(securityServices, name));
  const loaded = await Promise.all(
    known.map(async (name) => [name, await securityServices[name]?.()] as const),
  );
  return Object.fromEntries(
    loaded.flatMap(([name, service]) => (service === undefined ? [] : [[name, service]])),
  );
}

function outsideValues(
  deps: Deps,
  options: ConfigOptions,
): { readonly values: ConfigValues; readonly diagnostics: readonly Diagnostic[] } {
  let values: ConfigValues = {};
  const diagnostics: Diagnostic[] = [];
  for (const file of options.values) {
    const path = resolve(deps.cwd, file);
    const text = plainFileText(path);
    if (text === undefined) {
      const why = whyNoText(path);
      throw new InputError("ORGRAIL5021", `the values file \`${file}\` cannot be read: ${why}`, []);
    }
    const read = parseValuesFile(text, file);
    values = { ...values, ...read.values };
    diagnostics.push(...read.diagnostics);
  }
  for (const option of options.value) {
    const read = parseValueOption(option);
    if ("diagnostic" in read) diagnostics.push(read.diagnostic);
    else values = { ...values, [read.name]: read.value };
  }
  return { values, diagnostics };
}

function invalid(shown: string, diagnostics: readonly Diagnostic[]): InputError {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const count = errors === 1 ? "an error" : `${errors} errors`;
  return new InputError("ORGRAIL5022", `\`${shown}\` has ${count}`, diagnostics);
}
