import type { AccountCreationState, HandshakeState } from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { type Collecting, signalOf } from "./collect-context.ts";

const page = { MaxResults: organizationsQuotas.pageSize };

/** Reads invitations and other handshakes of the organization. Gap: `handshakes`. */
export function collectHandshakes(
  collecting: Collecting,
): Promise<readonly HandshakeState[] | undefined> {
  return collecting.read("handshakes", async () => {
    const handshakes: HandshakeState[] = [];
    const pages = collecting.aws.pages(
      "organizations",
      "ListHandshakesForOrganization",
      page,
      signalOf(collecting),
    );
    for await (const { Handshakes = [] } of pages) {
      for (const handshake of Handshakes) {
        handshakes.push({
          id: handshake.Id ?? "",
          action: handshake.Action ?? "",
          state: handshake.State ?? "",
          ...(handshake.RequestedTimestamp === undefined
            ? {}
            : { requestedAt: handshake.RequestedTimestamp.toISOString() }),
          ...(handshake.ExpirationTimestamp === undefined
            ? {}
            : { expiresAt: handshake.ExpirationTimestamp.toISOString() }),
          parties: (handshake.Parties ?? []).map(({ Id = "", Type = "" }) => ({
            id: Id,
            type: Type,
          })),
        });
      }
    }
    return handshakes.sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}

/** Reads the requests to create accounts that are under way or failed. Gap: `accountCreations`. */
export function collectAccountCreations(
  collecting: Collecting,
): Promise<readonly AccountCreationState[] | undefined> {
  return collecting.read("accountCreations", async () => {
    const creations: AccountCreationState[] = [];
    const pages = collecting.aws.pages(
      "organizations",
      "ListCreateAccountStatus",
      { States: ["IN_PROGRESS", "FAILED"], ...page },
      signalOf(collecting),
    );
    for await (const { CreateAccountStatuses = [] } of pages) {
      for (const status of CreateAccountStatuses) {
        creations.push({
          id: status.Id ?? "",
          accountName: status.AccountName ?? "",
          state: status.State ?? "IN_PROGRESS",
          ...(status.AccountId === undefined ? {} : { accountId: status.AccountId }),
          ...(status.FailureReason === undefined ? {} : { failureReason: status.FailureReason }),
          ...(status.RequestedTimestamp === undefined
            ? {}
            : { requestedAt: status.RequestedTimestamp.toISOString() }),
        });
      }
    }
    return creations.sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}
