import { ram } from "./fixtures/ram.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("ram", ram);
