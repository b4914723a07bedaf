import { type Check, policyOf, sources } from "../check.ts";
import { quote } from "../elements.ts";
import { githubScopes } from "../github-trust.ts";

const key = "token.actions.githubusercontent.com";
const statement = {
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${key}` },
  Action: "sts:AssumeRoleWithWebIdentity",
};

/** A wildcard in the subject of GitHub's tokens. */
export const specificGithubRepoAndBranchRecommended: Check = {
  code: "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
  severity: "warning",
  types: ["RESOURCE_POLICY"],
  title: "GitHub is trusted for more than one repository and branch",
  why: "whoever can push any branch, or open a pull request, of what the wildcard takes in can assume the role",
  remedy: `name repository and branch in \`${key}:sub\`, or the branch in \`${key}:ref\``,
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      ...statement,
      Condition: { StringLike: { [`${key}:sub`]: "repo:owner/name:*" } },
    }),
    good: policyOf({
      ...statement,
      Condition: {
        StringLike: { [`${key}:sub`]: "repo:owner/name:*" },
        StringEquals: { [`${key}:ref`]: "refs/heads/main" },
      },
    }),
  },
  *check(policy, _facts, context) {
    for (const { wideSubjects } of githubScopes(policy, context)) {
      for (const text of wideSubjects) {
        yield { at: text, summary: `${quote(text.value)} takes in more than one branch` };
      }
    }
  },
};
