/** A framework whose controls rules name by id. */
export interface ComplianceFrameworkFacts {
  readonly title: string;
  /** What its ids look like. */
  readonly pattern: RegExp;
}

/**
 * Frameworks that rules are mapped to. Ids alone: the texts of the controls belong to their authors.
 */
export const complianceFrameworks: {
  readonly asOf: string;
  readonly source: string;
  readonly list: Readonly<
    Record<
      "cis-v3" | "cis-v4" | "cis-v5" | "cis-v6" | "cis-v7" | "fsbp" | "nist-800-53-r5" | "soc2",
      ComplianceFrameworkFacts
    >
  >;
} = {
  asOf: "2026-11-23",
  source:
    "https://www.cisecurity.org/benchmark/amazon_web_services, " +
    "https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html, " +
    "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final, " +
    "compared with the mapping tables of Prowler 5.40 (Apache-2.0, commit 3e000faa31 of 2026-08-21) " +
    "for every id of CIS, SOC 2 and NIST of a shared question, and for FSBP also with those of " +
    "Steampipe (Apache-2.0, commit a1d0b446 of 2025-12-06): ids on which the two disagree are left out. " +
    "Mappings of what these have no check for are our own judgement",
  list: {
    "cis-v3": { title: "CIS AWS Foundations 3.0", pattern: /^\d+(\.\d+){1,2}$/ },
    "cis-v4": { title: "CIS AWS Foundations 4.0", pattern: /^\d+(\.\d+){1,2}$/ },
    "cis-v5": { title: "CIS AWS Foundations 5.0", pattern: /^\d+(\.\d+){1,2}$/ },
    "cis-v6": { title: "CIS AWS Foundations 6.0", pattern: /^\d+(\.\d+){1,2}$/ },
    "cis-v7": { title: "CIS AWS Foundations 7.0", pattern: /^\d+(\.\d+){1,2}$/ },
    fsbp: {
      title: "AWS Foundational Security Best Practices",
      pattern: /^[A-Z][A-Za-z0-9]*\.\d+$/,
    },
    "nist-800-53-r5": { title: "NIST SP 800-53 Rev. 5", pattern: /^[A-Z]{2}-\d+(\(\d+\))?$/ },
    soc2: { title: "SOC 2", pattern: /^(CC|A|PI)\d\.\d$/ },
  },
};

/** Name of a framework that rules are mapped to. */
export type ComplianceFramework = keyof (typeof complianceFrameworks)["list"];
