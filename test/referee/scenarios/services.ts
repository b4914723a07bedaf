import {
  DeleteAlternateContactCommand,
  GetAlternateContactCommand,
  PutAlternateContactCommand,
} from "@aws-sdk/client-account";
import {
  CreateRoleCommand,
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListTagsForResourceCommand,
  RegisterDelegatedAdministratorCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { errorName, need, type Scenario } from "./scenario.ts";
import { createAccount, createOrganization, createUnit } from "./tree.ts";

const guardduty = "guardduty.amazonaws.com";

const delegation: Scenario = {
  name: "trusted access and delegated administrators",
  run: async (aws) => {
    const { organizations } = aws;
    await createOrganization(aws);
    const account = await createAccount(aws, "audit", "audit@example.com");
    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: guardduty }));
    const trusted = await organizations.send(new ListAWSServiceAccessForOrganizationCommand({}));
    const register = new RegisterDelegatedAdministratorCommand({
      AccountId: account,
      ServicePrincipal: guardduty,
    });
    await organizations.send(register);
    const again = await errorName(organizations.send(register));
    const administrators = await organizations.send(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: guardduty }),
    );
    const services = await organizations.send(
      new ListDelegatedServicesForAccountCommand({ AccountId: account }),
    );
    await organizations.send(
      new DeregisterDelegatedAdministratorCommand({
        AccountId: account,
        ServicePrincipal: guardduty,
      }),
    );
    const left = await organizations.send(new ListDelegatedAdministratorsCommand({}));
    await organizations.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: guardduty }));
    const none = await organizations.send(new ListAWSServiceAccessForOrganizationCommand({}));
    return {
      trusted: trusted.EnabledServicePrincipals?.map(({ ServicePrincipal }) => ServicePrincipal),
      again,
      administrators: administrators.DelegatedAdministrators?.map(({ Name, Email }) => ({
        Name,
        Email,
      })),
      services: services.DelegatedServices?.map(({ ServicePrincipal }) => ServicePrincipal),
      left: left.DelegatedAdministrators,
      none: none.EnabledServicePrincipals,
    };
  },
};

const tags: Scenario = {
  name: "tags of an account and an organizational unit",
  run: async (aws) => {
    const { organizations } = aws;
    const root = await createOrganization(aws);
    const unit = await createUnit(aws, root, "Prod");
    const account = await createAccount(aws, "app", "app@example.com");
    const seen: unknown[] = [];
    for (const id of [unit, account]) {
      await organizations.send(
        new TagResourceCommand({
          ResourceId: id,
          Tags: [
            { Key: "owner", Value: "team-a" },
            { Key: "stage", Value: "prod" },
          ],
        }),
      );
      await organizations.send(new UntagResourceCommand({ ResourceId: id, TagKeys: ["stage"] }));
      const listed = await organizations.send(new ListTagsForResourceCommand({ ResourceId: id }));
      seen.push(listed.Tags);
    }
    return seen;
  },
};

const assumeRole: Scenario = {
  name: "a role in a member account, assumed from the management account",
  run: async (aws) => {
    await createOrganization(aws);
    const account = await createAccount(aws, "app", "app@example.com");
    const { Credentials } = await aws.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
        RoleSessionName: "scenario",
      }),
    );
    const member = aws.as({
      accessKeyId: need(Credentials?.AccessKeyId),
      secretAccessKey: need(Credentials?.SecretAccessKey),
      sessionToken: need(Credentials?.SessionToken),
    });
    const identity = await member.sts.send(new GetCallerIdentityCommand({}));
    const role = await member.iam.send(
      new GetRoleCommand({ RoleName: "OrganizationAccountAccessRole" }),
    );
    return {
      inAccount: identity.Account === account,
      arn: identity.Arn?.replace(account, "ACCOUNT"),
      role: role.Role?.RoleName,
      nobody: await errorName(member.iam.send(new GetRoleCommand({ RoleName: "nobody" }))),
    };
  },
};

const iam: Scenario = {
  name: "IAM roles and the account password policy",
  run: async ({ iam: client }) => {
    const none = await errorName(client.send(new GetAccountPasswordPolicyCommand({})));
    await client.send(
      new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, RequireSymbols: true }),
    );
    const { PasswordPolicy } = await client.send(new GetAccountPasswordPolicyCommand({}));
    await client.send(new DeleteAccountPasswordPolicyCommand({}));
    const create = new CreateRoleCommand({
      RoleName: "reader",
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    });
    await client.send(create);
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
    const inline = { RoleName: "reader", PolicyName: "read" };
    await client.send(new PutRolePolicyCommand({ ...inline, PolicyDocument: document }));
    const listed = await client.send(new ListRolePoliciesCommand({ RoleName: "reader" }));
    const read = await client.send(new GetRolePolicyCommand(inline));
    return {
      none,
      length: PasswordPolicy?.MinimumPasswordLength,
      symbols: PasswordPolicy?.RequireSymbols,
      again: await errorName(client.send(create)),
      policies: listed.PolicyNames,
      document: JSON.parse(decodeURIComponent(read.PolicyDocument ?? "null")),
    };
  },
};

const contacts: Scenario = {
  name: "alternate contacts of the own account",
  run: async ({ account }) => {
    const kind = { AlternateContactType: "SECURITY" } as const;
    const none = await errorName(account.send(new GetAlternateContactCommand(kind)));
    await account.send(
      new PutAlternateContactCommand({
        ...kind,
        Name: "Sam Security",
        Title: "CISO",
        EmailAddress: "security@example.com",
        PhoneNumber: "+31 20 000 0000",
      }),
    );
    const read = await account.send(new GetAlternateContactCommand(kind));
    await account.send(new DeleteAlternateContactCommand(kind));
    return {
      none,
      read: read.AlternateContact,
      after: await errorName(account.send(new GetAlternateContactCommand(kind))),
    };
  },
};

/** Scenarios of delegation, tags, STS, IAM and Account Management. */
export const serviceScenarios: readonly Scenario[] = [delegation, tags, assumeRole, iam, contacts];
