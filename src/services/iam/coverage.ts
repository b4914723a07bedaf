import type { ServiceCoverage } from "../../core/service-coverage.ts";
import { fact, unread, verdict } from "../kit/coverage.ts";
import type { IamState } from "./state.ts";

const wanted = ["RootCredentialsManagement", "RootSessions"];

/** Whether root access is managed centrally: one answer for the organization. */
export const iamCoverage: ServiceCoverage<IamState> = {
  cells: "organization",
  read: ({ state: { features } }) => ({
    at: () => {
      if (features === undefined) return unread("features");
      const seen = fact("EnabledFeatures", features, "iam:ListOrganizationsFeatures");
      const missing = wanted.filter((feature) => !features.includes(feature));
      if (missing.length === 0) return verdict("on", "root access is managed centrally", seen);
      return missing.length === wanted.length
        ? verdict("off", "root access is not managed centrally", seen)
        : verdict("partial", `of centralized root access, ${missing.join()} is off`, seen);
    },
  }),
};
