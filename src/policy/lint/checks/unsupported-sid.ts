import { type Check, deny, sources } from "../check.ts";
import { quote } from "../elements.ts";

/** A `Sid` with characters other than letters and digits. */
export const unsupportedSid: Check = {
  code: "UNSUPPORTED_SID",
  severity: "error",
  types: ["IDENTITY_POLICY"],
  title: "Sid has characters that are not allowed",
  why: "a `Sid` of an identity policy takes the letters A-Z and a-z and the digits 0-9; AWS refuses others",
  remedy: "leave out spaces, hyphens and the like",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  ],
  example: {
    type: "IDENTITY_POLICY",
    bad: deny({ Sid: "keep-buckets" }),
    good: deny({ Sid: "KeepBuckets" }),
  },
  *check({ statements }) {
    for (const { sid } of statements) {
      if (sid === undefined || /^[A-Za-z0-9]*$/.test(sid.value)) continue;
      yield {
        at: sid,
        summary: `statement id ${quote(sid.value)} has characters that are not allowed`,
      };
    }
  },
};
