import { cis } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { objectAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** A trail of the organization records S3 objects. */
export const s3DataEvents: AuditRule = {
  id: "cloudtrail/s3-data-events",
  title: "A trail of the organization records S3 objects",
  severity: "low",
  why: "Who read or deleted objects is told by data events alone. They cost by event: record the buckets that matter at least.",
  remedy: "Record data events of S3.",
  compliance: {
    ...cis("3.8", "3.8", "3.8", "4.8", "4.8"),
    "nist-800-53-r5": ["AU-2", "AU-3", "AU-12"],
    soc2: ["CC2.1", "CC7.2"],
  },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
  ],
  evaluate: (context) => {
    const results = eachTrail(context);
    const good = results.filter(({ status }) => status === "pass");
    return good.length > 0 ? good : results;
  },
  breaks: {
    "services/cloudtrail/trails/0/selectors": { EventSelectors: [{ ReadWriteType: "All" }] },
  },
};

const eachTrail = eachOrganizationTrail((context, found) => {
  const { trail, name, place } = found;
  const selectors = objectAt(trail, "selectors");
  if (selectors === undefined) return [unreadOfTrail(context, found, "selectors")];
  const words = {
    pass: `\`${name}\` records S3 objects.`,
    fail: `\`${name}\` records no S3 objects.`,
  };
  const hasObjects = JSON.stringify(selectors).includes("AWS::S3::Object");
  return [verdict(hasObjects, words, place, fact("selectors", selectors))];
});
