import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { hasWildcard, policyResources, quote } from "../elements.ts";
import { regionProblem } from "../region-name.ts";

/** An ARN whose Region is no Region. */
export const invalidArnRegion: Check = {
  code: "INVALID_ARN_REGION",
  severity: "warning",
  types: allPolicyTypes,
  title: "The ARN's Region is not valid",
  why: "an ARN of a Region that does not exist matches nothing",
  remedy: "write a Region such as `eu-west-1`, or `*` for every Region",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "sqs:DeleteQueue", Resource: "arn:aws:sqs:europe:111122223333:jobs" }),
    good: deny({ Action: "sqs:DeleteQueue", Resource: "arn:aws:sqs:eu-west-1:111122223333:jobs" }),
  },
  *check(policy) {
    for (const { text, arn } of policyResources(policy)) {
      const region = arn?.region ?? "";
      if (region === "" || hasWildcard(region) || region.includes("$")) continue;
      const problem = regionProblem(region);
      if (problem !== undefined) yield { at: text, summary: `${quote(region)} ${problem}` };
    }
  },
};
