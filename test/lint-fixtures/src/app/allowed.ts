import { redirect } from "next/navigation";
import { caller } from "#server/api/caller.ts";
import { options } from "#server/auth/options.ts";
import { Gate } from "#ui/gate/gate.tsx";
