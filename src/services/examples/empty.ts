import { createOrganization, type Example } from "./example.ts";

/** An organization that has just been created: the management account and nothing else. */
export const empty: Example = {
  title: "an organization just created, with its management account only",
  historyDays: 1,
  build: async (site) => {
    await createOrganization(site);
  },
};
