import pg from "pg";
import { env } from "../env.ts";
import { PrismaClient } from "./generated/client.ts";
