import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { pathsAbove } from "../../kinds/paths.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

const most = organizationsQuotas.organizationalUnitDepth;

/** Organizational units are not nested to the limit. */
export const unitDepth: AuditRule = {
  id: "organization/unit-depth",
  title: "Organizational units are not nested to the limit",
  severity: "info",
  why: "At the limit nothing can be told apart any more, and every level adds policies that an account has to pass; deep trees are where guardrails get lost.",
  remedy: "Group by purpose and environment in two or three levels.",
  compliance: {},
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html",
  ],
  evaluate: ({ organization }) => {
    const above = pathsAbove(organization);
    // The path has the unit itself and the root.
    const depths = organization.organizationalUnits.map(({ id, name }) => ({
      name,
      depth: above(id).length - 1,
    }));
    const deepest = Math.max(0, ...depths.map(({ depth }) => depth));
    const names = depths.filter(({ depth }) => depth >= most).map(({ name }) => name);
    const words = {
      pass: `The deepest organizational unit is at level ${deepest} of ${most}.`,
      fail: `Units are at level ${most}, below which AWS allows none: ${names.slice(0, 5).join(", ")}.`,
    };
    return [verdict(names.length === 0, words, {}, fact("deepest level", deepest))];
  },
  breaks: {
    "organization/organizationalUnits": ["1", "2", "3", "4", "5"].map((level) => ({
      id: `ou-exmp-${level.repeat(8)}`,
      arn: `arn:aws:organizations::111111111111:ou/o-example/ou-exmp-${level.repeat(8)}`,
      name: `Level${level}`,
      parentId: level === "1" ? "r-exmp" : `ou-exmp-${String(Number(level) - 1).repeat(8)}`,
    })),
  },
};
