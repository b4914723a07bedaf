import { resolve } from "node:path";
import { AppError, InputError } from "../../../core/app-error.ts";
import { iamActions } from "../../../data/iam-actions.gen.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { guardrailPolicies } from "../../../policy/guardrails/compose-guardrails.ts";
import { knownActions } from "../../../policy/known-actions.ts";
import type { Packing } from "../../../policy/pack/pack.ts";
import { type PackedType, packByType } from "../../../policy/pack/pack-by-type.ts";
import type { Policy } from "../../../policy/types.ts";
import { makeDirectory, writeFileAtomically } from "../../../store/atomic-file.ts";
import type { Run } from "../../command.ts";
import { findGuardrail } from "../../policy/find-guardrail.ts";
import { parametersOf } from "../../policy/read-parameters.ts";
import { readSoundPolicies } from "../../policy/read-policies.ts";
import { count } from "../../progress.ts";
import { counted } from "../../words.ts";
import type { PolicyPackOptions } from "./pack.command.ts";

const shortNames: Readonly<Record<PackedType, string>> = {
  SERVICE_CONTROL_POLICY: "scp",
  RESOURCE_CONTROL_POLICY: "rcp",
};

interface PackedPolicies {
  readonly type: PackedType;
  readonly packing: Packing;
  /** Where each document was written; empty when it was not. */
  readonly files: readonly string[];
}

/** Packs policies. */
export const run: Run<PolicyPackOptions> = async (deps, options, paths) => {
  if (paths.length + options.guardrail.length === 0) {
    const hint = "name policy documents, folders of them, or --guardrail NAME";
    throw new InputError("ORGRAIL5044", "there is nothing to pack", [], hint);
  }
  const policies = [
    ...readSoundPolicies(deps, paths, options.type),
    ...chosenGuardrails(options.guardrail, options.param),
  ];
  const { packed, refused, leftAlone } = packByType(policies, {
    characters: (type) => organizationsQuotas.policyTypes[type].contentCharacters,
    actions: knownActions(iamActions),
  });
  const [firstRefused] = refused;
  if (firstRefused !== undefined) {
    throw new AppError("ORGRAIL5045", `the policies were not packed: ${firstRefused.why}`);
  }
  if (packed.length === 0) {
    const [{ type } = { type: "" }] = policies;
    throw new AppError("ORGRAIL5044", `policies of the type \`${type}\` cannot be packed`, {
      exit: "usage",
      hint: "service and resource control policies can; --type says which they are",
    });
  }
  const written = packed.map(({ type, packing }): PackedPolicies => {
    const files = packing.documents.map(
      (_, index) => `${options.out}/${shortNames[type]}-${index + 1}.json`,
    );
    return { type, packing, files: options.out === undefined ? [] : files };
  });
  for (const { packing, files } of written) {
    for (const [index, file] of files.entries()) {
      await makeDirectory(resolve(deps.cwd, options.out ?? ""));
      await writeFileAtomically(resolve(deps.cwd, file), packing.documents[index] ?? "");
    }
  }
  return {
    result: {
      packed: written.map(({ type, packing, files }) => ({
        type,
        documents: packing.documents,
        files,
        before: packing.before,
        after: { documents: packing.documents.length, ...packing.after },
        lowerBound: packing.lowerBound,
        quota: quotaOf(type),
        proof: { ...packing.proof, actionsAsOf: iamActions.asOf },
      })),
      leftAlone: leftAlone.map(({ name, type }) => ({ name, type })),
    },
    text: () =>
      [
        ...written.map(text),
        ...leftAlone.map(({ name, type }) => `left alone: ${name} (${type})`),
      ].join("\n"),
    next:
      options.out === undefined
        ? "Next: `--out DIR` writes them."
        : "Next: name them in `policies` of orgrail.yaml, and `orgrail plan`.",
  };
};

function quotaOf(type: PackedType): { readonly characters: number; readonly perTarget: number } {
  const quota = organizationsQuotas.policyTypes[type];
  return { characters: quota.contentCharacters, perTarget: quota.maximumPerTarget };
}

function text({ type, packing, files }: PackedPolicies): string {
  const { documents, before, after, proof, lowerBound } = packing;
  const quota = quotaOf(type);
  return [
    `${type}: ${counted(before.documents, "document")} of ${count(before.characters)} characters ` +
      `${before.documents === 1 ? "becomes" : "become"} ${counted(documents.length, "document")} of ${count(after.characters)}` +
      (documents.length === lowerBound ? ", the fewest that their size allows." : "."),
    `A document may have ${count(quota.characters)} characters, a target ${quota.perTarget} policies ` +
      `(${organizationsQuotas.asOf}).`,
    `Proven equal over ${count(proof.comparedActions)} actions (${iamActions.asOf}) and ` +
      `${count(proof.decidedRequests)} requests.`,
    ...(files.length === 0 ? documents : [`written: ${files.join(", ")}`]),
  ].join("\n");
}

function chosenGuardrails(names: readonly string[], params: readonly string[]): readonly Policy[] {
  const stray = params.find((word) => !names.some((name) => word.startsWith(`${name}.`)));
  if (stray !== undefined) {
    throw new InputError(
      "ORGRAIL5053",
      `\`${stray}\` is a parameter of no guardrail that is packed`,
      [],
      "write --param GUARDRAIL.NAME=VALUE, with a guardrail that --guardrail names",
    );
  }
  const choices = names.map((name) => {
    const words = params
      .filter((word) => word.startsWith(`${name}.`))
      .map((word) => word.slice(name.length + 1));
    return { name, parameters: parametersOf(findGuardrail(name), words) };
  });
  const { policies, diagnostics } = guardrailPolicies(choices);
  if (diagnostics.length > 0) {
    throw new InputError("ORGRAIL5054", "a guardrail cannot be made", diagnostics);
  }
  return policies;
}
