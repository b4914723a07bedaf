import { serviceContract } from "./service-contract.ts";

serviceContract("health", { block: { delegatedAdministrator: "Audit" } });
