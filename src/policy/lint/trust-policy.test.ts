import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import type { ResourceType } from "../../data/resource-policy-types.ts";
import { lintPolicy } from "../lint.ts";
import { parsePolicy } from "../parse.ts";

const missing = "MISSING_GITHUB_REPO_CONDITION_KEY";
const wide = "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED";
const oidc = "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL";
const confirm = "CONFIRM_AUDIENCE_CLAIM_TYPE";
const anyAudience = "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE";
const anywhere = "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY";
const looked: readonly string[] = [missing, wide, oidc, confirm, anyAudience, anywhere];

function codes(statements: readonly JsonObject[], resourceType?: ResourceType): string[] {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { policy } = parsePolicy(text, { type: "RESOURCE_POLICY" });
  if (policy === undefined) throw new Error("not parsed");
  const options = resourceType === undefined ? {} : { resourceType };
  return lintPolicy(policy, options).map(({ code }) => code);
}

const github = "token.actions.githubusercontent.com";
const main = "repo:owner/name:ref:refs/heads/main";

function trust(provider: string, condition?: JsonObject): JsonObject {
  return {
    Effect: "Allow",
    Principal: {
      Federated: provider.includes("/id/")
        ? `arn:aws:iam::111122223333:oidc-provider/${provider}`
        : provider,
    },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

describe("trust in GitHub", () => {
  it.each<[string, JsonObject | undefined, string[]]>([
    ["no condition", undefined, [missing]],
    ["the audience alone", { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } }, [missing]],
    ["repository and branch", { StringEquals: { [`${github}:sub`]: main } }, []],
    ["StringLike without a wildcard", { StringLike: { [`${github}:sub`]: main } }, []],
    ["any branch", { StringLike: { [`${github}:sub`]: "repo:owner/name:*" } }, [wide]],
    ["any repository of an owner", { StringLike: { [`${github}:sub`]: "repo:owner/*" } }, [wide]],
    ["any owner", { StringLike: { [`${github}:sub`]: "repo:*" } }, [missing, wide]],
    [
      "owners that begin alike",
      { StringLike: { [`${github}:sub`]: "repo:own*" } },
      [missing, wide],
    ],
    ["anything", { StringLike: { [`${github}:sub`]: "*" } }, [missing, wide]],
    [
      "one value that is too wide",
      { StringLike: { [`${github}:sub`]: [main, "repo:*"] } },
      [missing, wide],
    ],
    [
      "any branch, and a branch",
      {
        StringLike: { [`${github}:sub`]: "repo:owner/name:*" },
        StringEquals: { [`${github}:ref`]: "refs/heads/main" },
      },
      [],
    ],
    [
      "any repository, and a branch",
      {
        StringLike: { [`${github}:sub`]: "repo:owner/*" },
        StringEquals: { [`${github}:ref`]: "refs/heads/main" },
      },
      [wide],
    ],
    ["all but one", { StringNotEquals: { [`${github}:sub`]: main } }, [missing]],
    ["a key that may be absent", { Null: { [`${github}:sub`]: "false" } }, [missing]],
    ["ForAllValues", { "ForAllValues:StringEquals": { [`${github}:sub`]: main } }, [missing]],
    ["another claim", { StringEquals: { [`${github}:repository_id`]: "123" } }, []],
    ["the key in another case", { StringEquals: { [`${github.toUpperCase()}:SUB`]: main } }, []],
  ])("%s", (_name, condition, expected) => {
    const found = codes([trust(github, condition)]).filter((code) => looked.includes(code));
    expect([...found].sort()).toEqual([...expected].sort());
  });

  it("does not ask it of a Deny", () => {
    const found = codes([{ ...trust(github), Effect: "Deny" }]);
    expect(found.filter((code) => looked.includes(code))).toEqual([]);
  });
});

const eks = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E";

describe("trust in other OpenID Connect providers", () => {
  it.each<[string, JsonObject, string[]]>([
    ["a cluster, any pod", trust(eks), [oidc]],
    ["a cluster, one service account", trust(eks, { StringEquals: { [`${eks}:sub`]: "x" } }), []],
    ["a key of another provider", trust(eks, { StringEquals: { "gitlab.com:sub": "x" } }), [oidc]],
    ["Google", trust("accounts.google.com"), [oidc]],
    [
      "ForAllValues of the audience",
      trust(eks, { "ForAllValues:StringEquals": { [`${eks}:aud`]: "x" } }),
      [confirm],
    ],
    [
      "ForAnyValue of the audience",
      trust(eks, { "ForAnyValue:StringEquals": { [`${eks}:aud`]: "x" } }),
      [anyAudience],
    ],
    [
      "ForAnyValue of what is a list",
      trust("cognito-identity.amazonaws.com", {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:x" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      }),
      [],
    ],
  ])("%s", (_name, statement, expected) => {
    expect(codes([statement]).filter((code) => looked.includes(code))).toEqual(expected);
  });
});

describe("trust in IAM Roles Anywhere", () => {
  const statement = (Action: string | readonly string[], Effect = "Allow"): JsonObject => ({
    Effect,
    Principal: { Service: "rolesanywhere.amazonaws.com" },
    Action,
  });
  it.each<[string, readonly JsonObject[], boolean]>([
    ["one action", [statement("sts:AssumeRole")], true],
    ["a wildcard", [statement("sts:*")], false],
    [
      "two statements",
      [statement(["sts:AssumeRole", "sts:TagSession"]), statement("sts:SetSourceIdentity")],
      false,
    ],
    ["a Deny", [statement("sts:AssumeRole", "Deny")], false],
  ])("%s", (_name, statements, isFound) => {
    expect(codes(statements).includes(anywhere)).toBe(isFound);
  });
});

describe("what the policy is attached to", () => {
  const named: JsonObject = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:role/ci" },
    Action: "sts:AssumeRole",
    Resource: "*",
  };

  it("makes a policy that names resources a trust policy", () => {
    const code = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE";
    expect(codes([named])).not.toContain(code);
    expect(codes([named], "AWS::IAM::AssumeRolePolicyDocument")).toContain(code);
    expect(codes([named], "AWS::S3::Bucket")).not.toContain(code);
  });

  it.each<[ResourceType, string | readonly string[], string | readonly string[], string[]]>([
    ["AWS::S3::Bucket", "s3:*", ["arn:aws:s3:::data", "arn:aws:s3:::data/*"], []],
    ["AWS::S3::Bucket", "*", "*", []],
    ["AWS::S3::Bucket", "s3:ListAllMyBuckets", "*", ["UNSUPPORTED_ACTION_IN_POLICY"]],
    [
      "AWS::S3::Bucket",
      "s3:GetObject",
      "arn:aws:sqs:*:*:q",
      ["UNSUPPORTED_RESOURCE_ARN_IN_POLICY"],
    ],
    [
      "AWS::S3::AccessPoint",
      "s3:GetObject",
      "arn:aws:s3:eu-west-1:111122223333:accesspoint/data/object/*",
      [],
    ],
    ["AWS::KMS::Key", ["kms:Create*", "kms:Describe*", "kms:List*", "kms:TagResource"], "*", []],
    ["AWS::KMS::Key", "kms:GenerateRandom", "*", ["UNSUPPORTED_ACTION_IN_POLICY"]],
    ["AWS::SQS::Queue", "SQS:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q", []],
    ["AWS::SNS::Topic", "SNS:Publish", "arn:aws:sns:eu-west-1:111122223333:t", []],
    ["AWS::SecretsManager::Secret", "secretsmanager:GetSecretValue", "*", []],
    ["AWS::Lambda::Function", "lambda:InvokeFunction", "*", []],
    ["AWS::ECR::Repository", "ecr:BatchGetImage", "*", []],
    ["AWS::ECR::Repository", "ecr:GetAuthorizationToken", "*", ["UNSUPPORTED_ACTION_IN_POLICY"]],
    ["AWS::EFS::FileSystem", "elasticfilesystem:ClientMount", "*", []],
    ["AWS::DynamoDB::Table", "dynamodb:GetItem", "*", []],
    ["AWS::IAM::AssumeRolePolicyDocument", ["sts:AssumeRole", "sts:TagSession"], [], []],
    [
      "AWS::IAM::AssumeRolePolicyDocument",
      ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:SetSourceIdentity"],
      [],
      [],
    ],
    ["AWS::IAM::AssumeRolePolicyDocument", "s3:GetObject", [], ["UNSUPPORTED_ACTION_IN_POLICY"]],
  ])("%s: %j on %j", (resourceType, Action, Resource, expected) => {
    const { Resource: _, ...rest } = named;
    const statement = { ...rest, Action, ...(Resource.length === 0 ? {} : { Resource }) };
    const found = codes([statement], resourceType);
    expect(found.filter((code) => code.endsWith("_IN_POLICY"))).toEqual(expected);
  });
});
