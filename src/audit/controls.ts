import type { Compliance } from "./rule.ts";

/** The same control under its numbers in CIS AWS Foundations 3, 4, 5, 6 and 7; `""`: not there. */
export function cis(v3: string, v4: string, v5: string, v6: string, v7: string): Compliance {
  const all = { "cis-v3": v3, "cis-v4": v4, "cis-v5": v5, "cis-v6": v6, "cis-v7": v7 };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, id]) => id !== "")
      .map(([name, id]) => [name, [id]]),
  );
}

/** The controls that many rules answer for a part of, by what they are about. */
export const controls: Readonly<
  Record<
    | "trail"
    | "config"
    | "securityHub"
    | "guardDuty"
    | "accessAnalyzer"
    | "macie"
    | "delegation"
    | "guardrails"
    | "securityContact"
    | "s3Block",
    Compliance
  >
> = {
  trail: {
    ...cis("3.1", "3.1", "3.1", "4.1", "4.1"),
    fsbp: ["CloudTrail.1"],
    "nist-800-53-r5": ["AU-2", "AU-3", "AU-6", "AU-8", "AU-10", "AU-12", "AU-14", "SI-4", "CA-7"],
    soc2: ["CC2.1", "CC7.2", "A1.1", "PI1.3"],
  },
  config: {
    ...cis("3.3", "3.3", "3.3", "4.3", "4.3"),
    fsbp: ["Config.1"],
    soc2: ["CC2.1", "CC3.1", "CC3.4", "CC8.1", "PI1.3"],
  },
  securityHub: {
    ...cis("4.16", "4.16", "4.16", "5.16", "5.16"),
    "nist-800-53-r5": ["AU-6", "AU-12", "AU-14", "CA-2", "CA-7"],
    soc2: ["CC3.1", "CC6.8", "CC7.1", "CC7.2", "CC7.3", "CC7.4"],
  },
  guardDuty: {
    fsbp: ["GuardDuty.1"],
    "nist-800-53-r5": ["SI-4", "SC-5", "RA-10", "AU-6", "CA-7"],
    soc2: ["CC3.1", "CC3.2", "CC4.2", "CC6.8", "CC7.1", "CC7.2", "CC7.3", "CC7.4"],
  },
  accessAnalyzer: cis("1.20", "1.20", "1.19", "2.19", "2.18"),
  macie: { ...cis("2.1.3", "2.1.3", "2.1.3", "3.1.3", "3.1.3"), fsbp: ["Macie.1"] },
  delegation: cis("", "", "", "", "2.1.6"),
  guardrails: { ...cis("", "", "", "", "2.1.2"), "nist-800-53-r5": ["AC-3", "AC-6", "CM-7"] },
  securityContact: { ...cis("1.2", "1.2", "1.2", "2.2", "2.3"), fsbp: ["Account.1"] },
  s3Block: {
    ...cis("2.1.4", "2.1.4", "2.1.4", "3.1.4", "3.1.4"),
    fsbp: ["S3.1"],
    "nist-800-53-r5": ["SC-7", "AC-17", "AC-3", "AC-4(21)", "AC-6"],
  },
};
