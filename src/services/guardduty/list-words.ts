import type { ListKind } from "./state.ts";

/** How a kind of list is called in the file and in the operations' inputs. */
export const listWords: Readonly<
  Record<
    ListKind,
    {
      /** Member of the block. */
      readonly member:
        | "trustedIpLists"
        | "threatIpLists"
        | "trustedEntityLists"
        | "threatEntityLists";
      /** Member of the inputs that holds the list's id. */
      readonly id: string;
      /** Lists of the kind that an account may have in a Region. */
      readonly most: number;
    }
  >
> = {
  IPSet: { member: "trustedIpLists", id: "IpSetId", most: 1 },
  ThreatIntelSet: { member: "threatIpLists", id: "ThreatIntelSetId", most: 6 },
  TrustedEntitySet: { member: "trustedEntityLists", id: "TrustedEntitySetId", most: 1 },
  ThreatEntitySet: { member: "threatEntityLists", id: "ThreatEntitySetId", most: 6 },
};
