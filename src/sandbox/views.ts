import type { HandlerContext, SandboxService, Views } from "./service.ts";
import type { World } from "./world.ts";

/** What the services of a sandbox know of one another's things in a world. */
export function viewsOf(services: readonly SandboxService[], world: World): Views {
  const first = <T>(ask: (service: SandboxService) => T | undefined): T | undefined => {
    for (const service of services) {
      const answer = ask(service);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  return {
    organizationOf: (account) => first((service) => service.organizationOf?.(world, account)),
    principalOf: (arn) => first((service) => service.principalOf?.(world, arn)),
    managedPolicy: (account, arn) =>
      first((service) => service.managedPolicyOf?.(world, account, arn)),
    hasRootSessions: (account) =>
      services.some((service) => service.hasRootSessions?.(world, account) === true),
  };
}

/** The views of a request; a handler that is called past the dispatcher knows nothing of others. */
export function contextViews({ views }: HandlerContext): Views {
  return (
    views ?? {
      organizationOf: () => undefined,
      principalOf: () => undefined,
      managedPolicy: () => undefined,
      hasRootSessions: () => false,
    }
  );
}
