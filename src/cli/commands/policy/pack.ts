import { resolve } from "node:path";
import { AppError } from "../../../core/app-error.ts";
import { iamActions } from "../../../data/iam-actions.gen.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { knownActions } from "../../../policy/known-actions.ts";
import { packPolicies } from "../../../policy/pack/pack.ts";
import { writeFileAtomically } from "../../../store/atomic-file.ts";
import type { Run } from "../../command.ts";
import { readSoundPolicies } from "../../policy/read-policies.ts";
import { count } from "../../progress.ts";
import { counted } from "../../words.ts";
import type { PolicyPackOptions } from "./pack.command.ts";

/** Packs policies. */
export const run: Run<PolicyPackOptions> = async (deps, options, paths) => {
  const policies = readSoundPolicies(deps, paths, options.type);
  const [{ type } = { type: "IDENTITY_POLICY" as const }] = policies;
  if (type !== "SERVICE_CONTROL_POLICY" && type !== "RESOURCE_CONTROL_POLICY") {
    throw new AppError("ORGRAIL5044", `policies of the type \`${type}\` cannot be packed`, {
      exit: "usage",
      hint: "service and resource control policies can; --type says which they are",
    });
  }
  const quota = organizationsQuotas.policyTypes[type];
  const packing = packPolicies(policies, {
    characters: quota.contentCharacters,
    actions: knownActions(iamActions),
  });
  if ("refused" in packing) {
    throw new AppError("ORGRAIL5045", `the policies were not packed: ${packing.refused}`);
  }
  const files = packing.documents.map((_, index) => `packed-${index + 1}.json`);
  if (options.out !== undefined) {
    const folder = resolve(deps.cwd, options.out);
    for (const [index, document] of packing.documents.entries()) {
      await writeFileAtomically(resolve(folder, files[index] ?? ""), document);
    }
  }
  const { documents, before, after, proof, lowerBound } = packing;
  return {
    result: {
      type,
      documents: options.out === undefined ? documents : files,
      before,
      after: { documents: documents.length, ...after },
      lowerBound,
      quota: { characters: quota.contentCharacters, perTarget: quota.maximumPerTarget },
      proof: { ...proof, actionsAsOf: iamActions.asOf },
    },
    text: () =>
      [
        `${counted(before.documents, "document")} of ${count(before.characters)} characters become ` +
          `${counted(documents.length, "document")} of ${count(after.characters)}` +
          (documents.length === lowerBound ? ", the fewest that their size allows." : "."),
        `A document may have ${count(quota.contentCharacters)} characters, a target ` +
          `${quota.maximumPerTarget} policies (${organizationsQuotas.asOf}).`,
        `Proven equal over ${count(proof.comparedActions)} actions (${iamActions.asOf}) and ` +
          `${count(proof.decidedRequests)} requests.`,
        ...(options.out === undefined
          ? documents
          : [`written: ${files.map((file) => `${options.out}/${file}`).join(", ")}`]),
      ].join("\n"),
    ...(options.out === undefined
      ? { next: "Next: `--out DIR` writes them." }
      : { next: "Next: name them in `policies` of orgrail.yaml, and `orgrail plan`." }),
  };
};
