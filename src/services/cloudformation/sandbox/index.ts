import type { SandboxService } from "../../../sandbox/service.ts";
import { cloudformationAuthorization } from "./authorization.ts";
import { deployAutomatically } from "./auto-deployment.ts";
import { organizationsAccessHandlers } from "./organizations-access.ts";
import { runOperations } from "./run-operations.ts";
import { stackInstanceHandlers } from "./stack-instances.ts";
import { stackSetListHandlers } from "./stack-set-lists.ts";
import { stackSetHandlers } from "./stack-sets.ts";
import { stackHandlers } from "./stacks.ts";
import { updateStackSetHandlers } from "./update-stack-set.ts";

/** The sandbox's AWS CloudFormation: stack sets, and stacks of which some resources are real. */
export const cloudformationSandbox: SandboxService = {
  id: "cloudformation",
  signingName: "cloudformation",
  protocol: "awsQuery",
  apiVersion: "2010-05-15",
  xmlNamespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
  sdk: () => import("@aws-sdk/client-cloudformation"),
  handlers: {
    ...organizationsAccessHandlers,
    ...stackSetHandlers,
    ...updateStackSetHandlers,
    ...stackInstanceHandlers,
    ...stackSetListHandlers,
    ...stackHandlers,
  },
  authorization: cloudformationAuthorization,
  readOperations: ["ValidateTemplate"],
  settle: (world) => {
    runOperations(world);
    deployAutomatically(world);
  },
};
