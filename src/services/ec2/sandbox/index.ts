import type {
  DescribeRegionsCommandInput,
  DescribeRegionsCommandOutput,
} from "@aws-sdk/client-ec2";
import { regions } from "../../../data/regions.ts";
import { type SandboxService, ServiceError } from "../../../sandbox/service.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import { ebsHandlers } from "./ebs.ts";
import { imageHandlers } from "./images.ts";
import { metadataHandlers } from "./metadata.ts";
import { sharingHandlers } from "./sharing.ts";
import type { Served } from "./state.ts";
import { vpcHandlers } from "./vpc.ts";

const describeRegions: Served<DescribeRegionsCommandInput, DescribeRegionsCommandOutput> = (
  { world, caller },
  { RegionNames, AllRegions = false },
) => ({
  Regions: regions.list
    .filter(({ name }) => RegionNames === undefined || RegionNames.includes(name))
    .map(({ name, optIn }) => ({
      RegionName: name,
      Endpoint: `ec2.${name}.amazonaws.com`,
      OptInStatus: !optIn
        ? "opt-in-not-required"
        : isRegionUsable(world, caller.account, name)
          ? "opted-in"
          : "not-opted-in",
    }))
    .filter(({ OptInStatus }) => AllRegions || OptInStatus !== "not-opted-in"),
});

/** The sandbox's Amazon EC2: settings of accounts, and what a declarative policy makes of them. */
export const ec2Sandbox: SandboxService = {
  id: "ec2",
  signingName: "ec2",
  protocol: "ec2Query",
  apiVersion: "2016-11-15",
  xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
  sdk: () => import("@aws-sdk/client-ec2"),
  handlers: {
    ...ebsHandlers,
    ...imageHandlers,
    ...metadataHandlers,
    ...sharingHandlers,
    ...vpcHandlers,
    DescribeRegions: describeRegions,
  },
  invalidInput: (problems) => new ServiceError("InvalidParameterValue", problems.join("; ")),
  accessDenied: (message) =>
    new ServiceError("UnauthorizedOperation", message, { httpStatus: 403 }),
  throttled: () =>
    new ServiceError("RequestLimitExceeded", "Request limit exceeded.", { httpStatus: 503 }),
};
