import type { AccountId } from "../core/identifiers.ts";
import type { JsonObject } from "../core/json.ts";
import type { Service } from "../services/service.ts";
import { rolePolicies } from "./role-policies.ts";

/** What the roles of a bootstrap are made for. */
export interface BootstrapOptions {
  readonly services: readonly Service[];
  readonly managementAccountId: AccountId;
  readonly readRole: string;
  readonly writeRole: string;
  /** ARNs (patterns as in `aws:PrincipalArn`) of who may assume them; anybody of the management account when empty. */
  readonly principals: readonly string[];
  /** Who may assume the write role, when they are fewer. */
  readonly writePrincipals: readonly string[];
}

/**
 * A CloudFormation template with a role for reading and one for applying, which hold exactly what
 * the services declare, and which only the management account can assume.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function bootstrapTemplate(options: BootstrapOptions): JsonObject {
  const read = policies("Read", options.readRole, rolePolicies(options.services, "read"));
  const write = policies("Write", options.writeRole, rolePolicies(options.services, "write"));
  const writers = options.writePrincipals.length > 0 ? options.writePrincipals : options.principals;
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description:
      "Roles by which orgrail reads and changes this account: assumed from the management account only.",
    Resources: {
      ...read,
      ...write,
      ReadRole: role(options, options.readRole, options.principals, Object.keys(read)),
      WriteRole: role(options, options.writeRole, writers, [
        ...Object.keys(read),
        ...Object.keys(write),
      ]),
    },
    Outputs: {
      ReadRoleArn: { Value: { "Fn::GetAtt": ["ReadRole", "Arn"] } },
      WriteRoleArn: { Value: { "Fn::GetAtt": ["WriteRole", "Arn"] } },
    },
  };
}

function policies(
  kind: string,
  role: string,
  documents: readonly JsonObject[],
): Record<string, JsonObject> {
  return Object.fromEntries(
    documents.map((PolicyDocument, index) => [
      `${kind}Policy${index + 1}`,
      {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: {
          ManagedPolicyName: `${role}-${kind}-${index + 1}`,
          Description: `What orgrail needs to ${kind === "Read" ? "read" : "apply"}; made by orgrail bootstrap.`,
          PolicyDocument,
        },
      },
    ]),
  );
}

function role(
  { managementAccountId }: BootstrapOptions,
  RoleName: string,
  principals: readonly string[],
  attached: readonly string[],
): JsonObject {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName,
      Description: "Assumed by orgrail from the management account.",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: {
              AWS: { "Fn::Sub": `arn:\${AWS::Partition}:iam::${managementAccountId}:root` },
            },
            Action: "sts:AssumeRole",
            ...(principals.length === 0
              ? {}
              : { Condition: { ArnLike: { "aws:PrincipalArn": [...principals] } } }),
          },
        ],
      },
      ManagedPolicyArns: attached.map((Ref) => ({ Ref })),
    },
  };
}
