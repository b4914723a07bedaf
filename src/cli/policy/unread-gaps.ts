import type { Gap } from "../../core/read.ts";
import type { OrganizationSource } from "./organization-source.ts";

/** The gaps behind what an answer lacks: those of the snapshot, or one that says why it has none. */
export function unreadGaps(source: OrganizationSource, unread: readonly string[]): readonly Gap[] {
  const { snapshot, kind } = source;
  const { policies = [] } = snapshot.organization;
  return unread.map((subject): Gap => {
    const known = snapshot.gaps.find(
      (gap) => gap.subject === subject || subject.startsWith(`${gap.subject}/`),
    );
    if (known !== undefined) return known;
    const id = subject.split("/")[1];
    const name = policies.find((policy) => policy.id === id)?.name ?? subject;
    return {
      kind: kind === "configuration" ? "unsupported" : "failed",
      operation: "organizations:DescribePolicy",
      subject,
      message:
        kind === "configuration"
          ? `the configuration attaches policy ${name} and does not hold its document; --live reads it`
          : `policy ${name} was not read, or cannot be understood`,
    };
  });
}
