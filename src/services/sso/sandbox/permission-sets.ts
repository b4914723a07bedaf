import type {
  CreatePermissionSetCommandInput,
  CreatePermissionSetCommandOutput,
  DeletePermissionSetCommandInput,
  DeletePermissionSetCommandOutput,
  DescribePermissionSetCommandInput,
  DescribePermissionSetCommandOutput,
  ListPermissionSetsCommandInput,
  ListPermissionSetsCommandOutput,
  UpdatePermissionSetCommandInput,
  UpdatePermissionSetCommandOutput,
} from "@aws-sdk/client-sso-admin";
import { identityCenterFacts } from "../../../data/identity-center.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import { conflict, denied, invalid, notFound, quotaExceeded } from "./errors.ts";
import { organizationInstance, standing } from "./instances.ts";
import { page } from "./page.ts";
import type { InstanceRecord, PermissionSetRecord, Served } from "./state.ts";

/** What requests about one permission set name. */
export interface SetInput {
  readonly InstanceArn?: string | undefined;
  readonly PermissionSetArn?: string | undefined;
}

/** The permission set of a request that reads. */
export function setOf(
  context: HandlerContext,
  input: SetInput,
): { readonly instance: InstanceRecord; readonly set: PermissionSetRecord } {
  const instance = organizationInstance(context, input.InstanceArn);
  const arn = input.PermissionSetArn ?? "";
  const set = instance.permissionSets.get(arn);
  if (set === undefined) throw notFound(`PermissionSet with id ${arn.split("/").at(-1) ?? ""}`);
  return { instance, set };
}

/**
 * The permission set of a request that writes. A delegated administrator may not touch one that is
 * provisioned in the management account.
 */
export function writableSetOf(context: HandlerContext, input: SetInput): ReturnType<typeof setOf> {
  const found = setOf(context, input);
  const { instance, set } = found;
  if (set.accounts.has(instance.ownerAccount) && standing(context, instance) === "administrator") {
    throw denied(
      "A delegated administrator cannot manage permission sets that are provisioned in the management account",
    );
  }
  return found;
}

/** CreatePermissionSet. */
export const createPermissionSet: Served<
  CreatePermissionSetCommandInput,
  CreatePermissionSetCommandOutput
> = (context, input) => {
  const { world } = context;
  const instance = organizationInstance(context, input.InstanceArn);
  const name = input.Name ?? "";
  if (!/^[\w+=,.@-]{1,32}$/.test(name)) {
    throw invalid(`Value '${name}' at 'name' failed to satisfy constraint`);
  }
  const sessionDuration = input.SessionDuration ?? identityCenterFacts.sessionHours.default;
  checkDuration(sessionDuration);
  if ([...instance.permissionSets.values()].some((set) => set.name === name)) {
    throw conflict(`PermissionSet with name ${name} already exists.`);
  }
  if (instance.permissionSets.size >= identityCenterFacts.permissionSets) {
    throw quotaExceeded("You have exceeded AWS SSO limits. Cannot create more PermissionSets.");
  }
  const arn = `arn:aws:sso:::permissionSet/${instance.id}/ps-${world.newId(16, "0123456789abcdef")}`;
  const { Description: description, RelayState: relayState, Tags = [] } = input;
  const set: PermissionSetRecord = {
    arn,
    name,
    createdAt: world.clock.now(),
    ...(description === undefined ? {} : { description }),
    sessionDuration,
    ...(relayState === undefined ? {} : { relayState }),
    managedPolicies: new Set(),
    customerPolicies: new Map(),
    tags: new Map(Tags.map(({ Key = "", Value = "" }) => [Key, Value])),
    version: 1,
    accounts: new Map(),
  };
  instance.permissionSets.set(arn, set);
  return { PermissionSet: setOutput(set) };
};

/** UpdatePermissionSet. Members that are not given stay as they are. */
export const updatePermissionSet: Served<
  UpdatePermissionSetCommandInput,
  UpdatePermissionSetCommandOutput
> = (context, input) => {
  const { set } = writableSetOf(context, input);
  const { Description, SessionDuration, RelayState } = input;
  if (SessionDuration !== undefined) {
    checkDuration(SessionDuration);
    set.sessionDuration = SessionDuration;
  }
  if (Description !== undefined) set.description = Description;
  if (RelayState !== undefined) set.relayState = RelayState;
  set.version++;
  return {};
};

/** DescribePermissionSet. */
export const describePermissionSet: Served<
  DescribePermissionSetCommandInput,
  DescribePermissionSetCommandOutput
> = (context, input) => ({ PermissionSet: setOutput(setOf(context, input).set) });

/** ListPermissionSets: ARNs only. */
export const listPermissionSets: Served<
  ListPermissionSetsCommandInput,
  ListPermissionSetsCommandOutput
> = (context, input) => {
  const instance = organizationInstance(context, input.InstanceArn);
  const { items, next } = page([...instance.permissionSets.keys()], input, "permission sets");
  return { PermissionSets: items, ...next };
};

/** DeletePermissionSet: not while it is in an account. */
export const deletePermissionSet: Served<
  DeletePermissionSetCommandInput,
  DeletePermissionSetCommandOutput
> = (context, input) => {
  const { instance, set } = writableSetOf(context, input);
  const isUsed = [...instance.open].some(
    (id) => instance.requests.get(id)?.permissionSetArn === set.arn,
  );
  if (set.accounts.size > 0 || isUsed) {
    throw conflict(
      "Could not delete because PermissionSet has ApplicationProfile associated with it",
    );
  }
  instance.permissionSets.delete(set.arn);
  return {};
};

function setOutput(set: PermissionSetRecord): {
  Name: string;
  PermissionSetArn: string;
  CreatedDate: Date;
  SessionDuration: string;
  Description?: string;
  RelayState?: string;
} {
  const { name, arn, createdAt, description, sessionDuration, relayState } = set;
  return {
    Name: name,
    PermissionSetArn: arn,
    CreatedDate: new Date(createdAt),
    SessionDuration: sessionDuration,
    ...(description === undefined ? {} : { Description: description }),
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  };
}

function checkDuration(duration: string): void {
  const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  const length = Number(hours) + Number(minutes) / 60;
  const { least, most } = identityCenterFacts.sessionHours;
  if (length < least || length > most) {
    throw invalid(`SessionDuration must be between ${least} and ${most} hours`);
  }
}
