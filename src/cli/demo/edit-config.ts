import { parseDocument } from "yaml";

/** Where an account belongs, by its name: the first that fits. */
const places: readonly (readonly [pattern: RegExp, unit: string])[] = [
  [/^(security|security-dev|logs)$/, "Security"],
  [/^interviews$/, "Interviews"],
  [/prod|^edge-/i, "Workloads/Production"],
  [/stage/i, "Workloads/Staging"],
  [/dev|science/i, "Workloads/Development"],
  [/demo|training|poc/, "Sandbox"],
  [/./, "Infrastructure"],
];

/** Guardrails of the library, by name, and where they hold. */
const guardrails = [
  { guardrail: "deny-leave-organization", attach: ["Root"] },
  { guardrail: "protect-cloudtrail", attach: ["Root"] },
  { guardrail: "deny-root-user", attach: ["Workloads"] },
] as const;

/** What the demo's user writes into the configuration that `orgrail init` made. */
export interface Edit {
  readonly text: string;
  /** The lines that say most of it, for the screen. */
  readonly excerpt: readonly string[];
}

/**
 * Edits the configuration as the security team would: units, a place for every account, three
 * guardrails, and GuardDuty in the hands of the security account.
 */
export function editConfig(text: string): Edit {
  const document = parseDocument(text);
  const config = document.toJS();
  const units: { name: string; id?: string }[] = config.organizationalUnits ?? [];
  const interviews = units.find(({ name }) => name === "Interviews");
  const abandoned = units.find(({ name }) => name === "Engineering (new)");
  document.set(
    "organizationalUnits",
    document.createNode([
      { name: "Security" },
      {
        name: "Workloads",
        organizationalUnits: [{ name: "Production" }, { name: "Staging" }, { name: "Development" }],
      },
      { name: "Infrastructure" },
      { name: "Sandbox" },
      ...(interviews === undefined ? [] : [interviews]),
      ...(abandoned === undefined ? [] : [{ ...abandoned, remove: true }]),
    ]),
  );
  for (const [index, { name, id }] of (config.accounts ?? []).entries()) {
    if (id === config.organization?.managementAccountId) continue;
    const unit = places.find(([pattern]) => pattern.test(name))?.[1] ?? "Infrastructure";
    document.setIn(["accounts", index, "organizationalUnit"], unit);
  }
  for (const guardrail of guardrails) {
    document.addIn(["policies"], document.createNode(policyOf(guardrail)));
  }
  document.setIn(
    ["organization", "trustedAccess"],
    [...(config.organization?.trustedAccess ?? []), "guardduty.amazonaws.com"],
  );
  document.setIn(
    ["organization", "delegatedAdministrators"],
    [{ account: "security", services: ["guardduty.amazonaws.com"] }],
  );
  return {
    text: String(document),
    excerpt: [
      "organizationalUnits:",
      "  - name: Security",
      "  - name: Workloads",
      "    organizationalUnits: [{ name: Production }, { name: Staging }, { name: Development }]",
      "accounts:",
      "  - name: old-production",
      "    organizationalUnit: Workloads/Production      # a place for every account",
      "policies:",
      "  - name: deny-leave-organization",
      "    type: SERVICE_CONTROL_POLICY",
      "    guardrail: deny-leave-organization            # from the library; two more like it",
      "    attach: [Root]",
    ],
  };
}

function policyOf({ guardrail, attach }: (typeof guardrails)[number]): object {
  return { name: guardrail, type: "SERVICE_CONTROL_POLICY", guardrail, attach };
}
