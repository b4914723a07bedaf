import type { SandboxService } from "../../../sandbox/service.ts";
import { invalid } from "./errors.ts";
import * as groups from "./groups.ts";
import * as memberships from "./memberships.ts";
import { identityStores } from "./state.ts";
import * as users from "./users.ts";

/** The sandbox's identity store: users, groups and who is in which. */
export const identityStoreSandbox: SandboxService = {
  id: "identitystore",
  signingName: "identitystore",
  targetPrefix: "AWSIdentityStore",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-identitystore"),
  handlers: {
    CreateGroup: groups.createGroup,
    CreateGroupMembership: memberships.createGroupMembership,
    CreateUser: users.createUser,
    DeleteGroup: groups.deleteGroup,
    DeleteGroupMembership: memberships.deleteGroupMembership,
    DeleteUser: users.deleteUser,
    DescribeGroup: groups.describeGroup,
    DescribeUser: users.describeUser,
    GetGroupId: groups.getGroupId,
    GetUserId: users.getUserId,
    IsMemberInGroups: memberships.isMemberInGroups,
    ListGroupMemberships: memberships.listGroupMemberships,
    ListGroupMembershipsForMember: memberships.listGroupMembershipsForMember,
    ListGroups: groups.listGroups,
    ListUsers: users.listUsers,
  },
  authorization: ({ world, caller }, operation, input) => {
    const { IdentityStoreId: id = "" } = input as { IdentityStoreId?: string };
    const owner = identityStores(world).get(id)?.ownerAccount ?? caller.account;
    return {
      action: `identitystore:${operation}`,
      resource: `arn:aws:identitystore::${owner}:identitystore/${id}`,
      // Delegated administration reaches into the management account without a policy of its own.
      resourceAccount: caller.account,
    };
  },
  invalidInput: (problems) => invalid(problems.join("; ")),
};
