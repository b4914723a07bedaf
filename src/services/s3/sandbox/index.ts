import { type SandboxService, ServiceError } from "../../../sandbox/service.ts";
import { s3Address } from "./address.ts";
import { s3Authorization } from "./authorization.ts";
import { bucketAccessHandlers } from "./bucket-access.ts";
import { bucketProtectionHandlers } from "./bucket-protection.ts";
import { bucketHandlers } from "./buckets.ts";
import { listingHandlers } from "./listing.ts";
import { objectHandlers } from "./objects.ts";

/** The sandbox's Amazon S3: buckets and objects, strongly consistent, with conditional writes. */
export const s3Sandbox: SandboxService = {
  id: "s3",
  signingName: "s3",
  protocol: "restXml",
  xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/",
  sdk: () => import("@aws-sdk/client-s3"),
  handlers: {
    ...bucketHandlers,
    ...bucketAccessHandlers,
    ...bucketProtectionHandlers,
    ...objectHandlers,
    ...listingHandlers,
  },
  address: s3Address,
  authorization: s3Authorization,
  throttled: () =>
    new ServiceError("SlowDown", "Please reduce your request rate.", { httpStatus: 503 }),
};
