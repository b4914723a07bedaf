import {
  GuardDutyClient,
  ListDetectorsCommand,
  ListMembersCommand,
} from "@aws-sdk/client-guardduty";
import { createAdministrator } from "../../services/iam/sandbox/create-administrator.ts";
import type { Sandbox } from "../../services/open-sandbox.ts";

/**
 * Looks at an account through a client that has nothing to do with orgrail: its state as GuardDuty's
 * administrator sees it, by Region.
 */
export async function guardDutyStates(
  sandbox: Sandbox,
  administrator: string,
  account: string,
  regions: readonly string[],
): Promise<readonly string[]> {
  const credentials = createAdministrator(sandbox.world, administrator);
  const states: string[] = [];
  for (const region of regions) {
    const requestHandler = sandbox.requestHandler();
    const client = new GuardDutyClient({ region, credentials, requestHandler });
    const { DetectorIds = [] } = await client.send(new ListDetectorsCommand({}));
    let NextToken: string | undefined;
    do {
      const page = await client.send(
        new ListMembersCommand({ DetectorId: DetectorIds[0], NextToken }),
      );
      const found = page.Members?.find(({ AccountId }) => AccountId === account);
      if (found !== undefined) states.push(`${region}: ${found.RelationshipStatus}`);
      NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== "");
    client.destroy();
  }
  return states;
}
