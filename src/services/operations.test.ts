import { describe, expect, it } from "vitest";
import { iamActions } from "../data/iam-actions.gen.ts";
import { knownActions } from "../policy/known-actions.ts";
import { services } from "./registry.ts";
import { sandboxServices } from "./sandboxes.ts";

const actions: ReadonlySet<string> = new Set(knownActions(iamActions));

describe.each(sandboxServices)("sandbox of $id", ({ sdk, handlers }) => {
  it("serves operations that the SDK's client has, each by its schema", async () => {
    const client = await sdk();
    const unknown = Object.keys(handlers).filter(
      (operation) => client[`${operation}Command`] === undefined || !(`${operation}$` in client),
    );
    expect(unknown).toEqual([]);
  });
});

// What others ask for is theirs to say, by the request.
const plain = sandboxServices.filter(({ authorization }) => authorization === undefined);

it.each(plain)("sandbox of $id asks for actions that IAM knows", ({ id, handlers }) => {
  const asked = Object.keys(handlers).map((operation) => `${id}:${operation}`);
  expect(asked.filter((action) => !actions.has(action))).toEqual([]);
});

describe.each(Object.entries(services))("changes of %s", (id, load) => {
  it("are operations of a client for which the service has write permissions", async () => {
    const { changes, permissions } = await load();
    const prefixes = new Set([id, ...permissions.write.map((action) => action.split(":")[0])]);
    // One prefix can have two clients: what IAM calls s3 is S3 and S3 Control.
    const mine = sandboxServices.filter(
      (service) => prefixes.has(service.id) || prefixes.has(service.signingName),
    );
    const clients = await Promise.all(mine.map(({ sdk }) => sdk()));
    const operations = Object.keys(changes);
    expect(
      operations.filter((name) =>
        clients.every((client) => client[`${name}Command`] === undefined),
      ),
    ).toEqual([]);
    expect(
      operations.filter((name) => mine.every(({ handlers }) => handlers[name] === undefined)),
    ).toEqual([]);
  });
});
