import type {
  DisableMacieCommandInput,
  DisableMacieCommandOutput,
  EnableMacieCommandInput,
  EnableMacieCommandOutput,
  GetMacieSessionCommandInput,
  GetMacieSessionCommandOutput,
  UpdateMacieSessionCommandInput,
  UpdateMacieSessionCommandOutput,
} from "@aws-sdk/client-macie2";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import { conflict } from "./errors.ts";
import {
  administratorIn,
  callersSession,
  maciePrincipal,
  memberRecord,
  sessionOf,
} from "./organization.ts";
import type { Served } from "./served.ts";
import { accountRegion } from "./state.ts";

const enableMacie: Served<EnableMacieCommandInput, EnableMacieCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  if (sessionOf(world, caller.account, region) !== undefined) {
    throw conflict("Macie has already been enabled");
  }
  ensureServiceLinkedRole(world, caller.account, maciePrincipal);
  const now = world.clock.now();
  accountRegion(world, caller.account, region).session = {
    createdAt: now,
    updatedAt: now,
    status: input.status ?? "ENABLED",
    frequency: input.findingPublishingFrequency ?? "FIFTEEN_MINUTES",
  };
  return {};
};

const getMacieSession: Served<GetMacieSessionCommandInput, GetMacieSessionCommandOutput> = (
  context,
) => {
  const session = callersSession(context);
  const { account } = context.caller;
  return {
    createdAt: new Date(session.createdAt),
    updatedAt: new Date(session.updatedAt),
    status: session.status,
    findingPublishingFrequency: session.frequency,
    serviceRole: `arn:aws:iam::${account}:role/aws-service-role/${maciePrincipal}/AWSServiceRoleForAmazonMacie`,
  };
};

const updateMacieSession: Served<
  UpdateMacieSessionCommandInput,
  UpdateMacieSessionCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const session = callersSession(context);
  const organization = organizationWith(world, caller.account);
  if (input.status === "PAUSED" && organization !== undefined) {
    const administrator = administratorIn(world, organization, region);
    if (administrator === caller.account) {
      throw conflict(
        "The request failed because the account is a Macie administrator account that has members",
      );
    }
    const member =
      administrator === undefined
        ? undefined
        : memberRecord(world, organization, administrator, caller.account, region);
    if (member !== undefined && member.status !== "Removed") {
      throw conflict(
        "The request failed because the account is a member of an organization in Macie",
      );
    }
  }
  const state = accountRegion(world, caller.account, region);
  state.session = {
    ...session,
    updatedAt: world.clock.now(),
    status: input.status ?? session.status,
    frequency: input.findingPublishingFrequency ?? session.frequency,
  };
  return {};
};

const disableMacie: Served<DisableMacieCommandInput, DisableMacieCommandOutput> = (context) => {
  const { world, caller, region } = context;
  callersSession(context);
  const organization = organizationWith(world, caller.account);
  if (organization !== undefined) {
    const administrator = administratorIn(world, organization, region);
    const member =
      administrator === undefined
        ? undefined
        : memberRecord(world, organization, administrator, caller.account, region);
    if (administrator === caller.account || (member !== undefined && member.status !== "Removed")) {
      throw conflict(
        "The request failed because the account is associated with other accounts in Macie",
      );
    }
  }
  const state = accountRegion(world, caller.account, region);
  delete state.session;
  delete state.discovery;
  delete state.exports;
  return {};
};

/** Operations on an account's own Macie. */
export const sessionHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableMacie: enableMacie,
  GetMacieSession: getMacieSession,
  UpdateMacieSession: updateMacieSession,
  DisableMacie: disableMacie,
};
