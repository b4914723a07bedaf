import { serviceContract } from "./service-contract.ts";

serviceContract("ram", { block: {} });
