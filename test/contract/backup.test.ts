import { backup } from "./fixtures/backup.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("backup", backup);
