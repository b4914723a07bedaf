import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { stackSetsSlot } from "./state.ts";

/** CloudFormation's action and resource of a request. */
export function cloudformationAuthorization(
  { world, caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget {
  const given = input as Readonly<Record<string, string | undefined>>;
  const action = `cloudformation:${operation}`;
  const { StackSetName: setName, StackName: name } = given;
  if (setName !== undefined) {
    const known = [...world.state(stackSetsSlot).stackSets.values()].find(
      (it) =>
        it.region === region && (it.name === setName || it.id === setName || it.arn === setName),
    );
    return {
      action,
      resource:
        known?.arn ?? `arn:aws:cloudformation:${region}:${caller.account}:stackset/${setName}:*`,
      // A delegated administrator's own policies are asked, and nobody else's.
      resourceAccount: caller.account,
    };
  }
  if (name === undefined) return { action, resource: "*" };
  const resource = name.startsWith("arn:")
    ? name
    : `arn:aws:cloudformation:${region}:${caller.account}:stack/${name}/*`;
  return { action, resource, resourceAccount: caller.account };
}
