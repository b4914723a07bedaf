import type { CloudTrailEvent } from "../../../core/event.ts";
import { call, example } from "../../example/event.ts";
import {
  accountOf,
  list,
  member,
  request,
  requestText,
  requestTexts,
  text,
} from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { sharedWith } from "../../sharing.ts";

const organization = (managementAccount: string): string =>
  `arn:aws:organizations::${managementAccount}:organization/${example.organization}`;

/** A snapshot or image is shared with everybody, or outside of the organization. */
export const shareImageOrSnapshot: DetectRule = {
  id: "ec2/share-image-or-snapshot",
  title: "A snapshot or image is shared with the outside",
  severity: "high",
  why: "A shared snapshot is a whole disk given away; what was copied cannot be called back.",
  remedy: "Take the permission back, rotate the secrets on the disk, and block public sharing.",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
  ],
  events: events("ec2", "ModifySnapshotAttribute", "ModifyImageAttribute"),
  counts: "success",
  evaluate: (event, facts) => {
    const shared = sharedWith(receivers(event), facts, accountOf(event));
    if (shared === undefined) return undefined;
    const thing = requestText(event, "snapshotId") ?? requestText(event, "imageId");
    return {
      verb: ["share", "shared"],
      object: `${thing ?? "a snapshot or image"} with ${shared.words}`,
      ...(thing === undefined ? {} : { resource: thing }),
      unknown: shared.unknown,
    };
  },
  example: {
    hit: [
      call("ec2", "ModifySnapshotAttribute", {
        snapshotId: "snap-0123456789abcdef0",
        createVolumePermission: { add: { items: [{ group: "all" }] } },
      }),
      call("ec2", "ModifyImageAttribute", {
        imageId: "ami-0123456789abcdef0",
        launchPermission: { add: { items: [{ userId: example.stranger }] } },
      }),
      call("ec2", "ModifyImageAttribute", {
        imageId: "ami-0123456789abcdef0",
        launchPermission: { add: { items: [{ organizationArn: organization(example.stranger) }] } },
      }),
    ],
    pass: [
      call("ec2", "ModifySnapshotAttribute", {
        snapshotId: "snap-0123456789abcdef0",
        createVolumePermission: { add: { items: [{ userId: example.audit }] } },
      }),
      call("ec2", "ModifySnapshotAttribute", {
        snapshotId: "snap-0123456789abcdef0",
        createVolumePermission: { remove: { items: [{ group: "all" }] } },
      }),
      call("ec2", "ModifyImageAttribute", {
        imageId: "ami-0123456789abcdef0",
        launchPermission: {
          add: { items: [{ organizationArn: organization(example.management) }] },
        },
      }),
    ],
  },
};

function receivers(event: CloudTrailEvent): readonly string[] {
  const permissions = ["createVolumePermission", "launchPermission"].flatMap((one) =>
    list(request(event, one, "add")),
  );
  const named = permissions.flatMap(
    (one) =>
      ["group", "userId", "organizationArn", "organizationalUnitArn"]
        .map((receiver) => text(member(one, receiver)))
        .find((receiver) => receiver !== undefined) ?? [],
  );
  if (requestText(event, "operationType") !== "add") return named;
  return [...named, ...requestTexts(event, "userIds"), ...requestTexts(event, "groups")];
}
