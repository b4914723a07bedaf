import { expect, test } from "vitest";
import { examples } from "../../../services/open-example.ts";
import { sandbox } from "./sandbox.command.ts";

test("the choices of --example are the examples that there are", () => {
  const { example } = sandbox.options;
  expect(example.choices).toEqual(Object.keys(examples));
});
